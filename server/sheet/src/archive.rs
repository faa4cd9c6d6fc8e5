//! The zip walk before anything is parsed: entries counted, sizes measured while inflating, merged regions noted.
//! Knows no cell.

mod marks;

use crate::limits::Limits;
use contract::workbook::{OtherFormat, ReadRefusal};
use marks::{UnitScan, VeilScan};
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};
use zip::ZipArchive;

pub use marks::Veil;

/// A merged region: rows from 1, columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// What the walk learned.
#[derive(Debug, Default)]
pub struct Walked {
    /// Merged regions by sheet name.
    pub merges: HashMap<String, Vec<Region>>,
    /// Names of sheets that the workbook hides, `veryHidden` ones included.
    pub hidden: Vec<String>,
    /// The program that wrote the book calculated nothing: it asks for all results when the book is opened.
    pub uncalculated: bool,
    /// Rows and columns out of sight, by sheet name.
    pub veils: HashMap<String, Veil>,
    /// Somewhere a text names a unit of amounts.
    pub names_unit: bool,
}

const WORKBOOK: &str = "xl/workbook.xml";
const SHEETS: &str = "xl/worksheets/";
const TEXTS: &str = "xl/sharedStrings.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
/// The texts of merged regions of one sheet are kept up to this size.
const MERGE_TEXT_BYTES: usize = 4 << 20;

/// Walks the archive under `limits`. Only XML entries are inflated; nothing else is ever read later.
pub fn walk<R: Read + Seek>(reader: R, limits: &Limits) -> Result<Walked, ReadRefusal> {
    let mut zip = ZipArchive::new(reader).map_err(|fault| damaged("zip", &fault))?;
    let entries = zip.len() as u64;
    if entries > limits.entries {
        return Err(ReadRefusal::TooManyEntries { entries, most: limits.entries });
    }
    let mut total = 0_u64;
    let mut kept = Kept::default();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(|fault| entry_fault(&fault))?;
        let name = entry.name().replace('\\', "/");
        if entry.encrypted() {
            return Err(ReadRefusal::Encrypted);
        }
        let (stated, packed) = (entry.size(), entry.compressed_size());
        let gauge = Gauge { name: &name, packed, limits };
        gauge.check(stated, total)?;
        let real = if name.ends_with(".xml") || name.ends_with(".rels") {
            let real = gauge.inflate(&mut entry, total, &mut kept)?;
            if real != stated {
                return Err(ReadRefusal::LyingEntry { entry: name, stated, real });
            }
            real
        } else {
            stated
        };
        kept.names.push(name);
        total += real;
    }
    kept.finish()
}

/// The measure of one entry.
struct Gauge<'a> {
    name: &'a str,
    /// Packed bytes.
    packed: u64,
    limits: &'a Limits,
}

impl Gauge<'_> {
    fn check(&self, size: u64, before: u64) -> Result<(), ReadRefusal> {
        let entry = || self.name.to_owned();
        if size > self.limits.entry_bytes {
            return Err(ReadRefusal::EntryTooLarge { entry: entry(), most: self.limits.entry_bytes });
        }
        if before + size > self.limits.total_bytes {
            return Err(ReadRefusal::TotalTooLarge { most: self.limits.total_bytes });
        }
        if size > self.limits.ratio_from_bytes && size > self.packed.saturating_mul(self.limits.ratio) {
            return Err(ReadRefusal::RatioTooHigh { entry: entry(), most: self.limits.ratio });
        }
        Ok(())
    }

    fn inflate(&self, entry: &mut impl Read, before: u64, kept: &mut Kept) -> Result<u64, ReadRefusal> {
        let mut scan = Scan::of(self.name);
        let has_texts = self.name.starts_with(SHEETS) || self.name == TEXTS;
        let mut unit = has_texts.then(UnitScan::default);
        let mut buffer = vec![0_u8; 128 << 10];
        let mut size = 0_u64;
        loop {
            let read = entry.read(&mut buffer).map_err(|fault| damaged(self.name, &fault))?;
            if read == 0 {
                break;
            }
            size += read as u64;
            self.check(size, before)?;
            scan.feed(&buffer[..read]);
            if let Some(unit) = &mut unit {
                unit.feed(&buffer[..read]);
            }
        }
        kept.names_unit |= unit.is_some_and(|unit| unit.found);
        kept.take(self.name, scan);
        Ok(size)
    }
}

/// What is kept of an entry while its bytes pass by.
enum Scan {
    Nothing,
    /// Everything: the two small files that name the sheets.
    Whole(Vec<u8>),
    /// Of a worksheet, the part from `mergeCells` on, and what is out of sight. `tail` bridges two reads.
    Sheet {
        tail: Vec<u8>,
        found: Option<Vec<u8>>,
        veil: VeilScan,
    },
}

const MARK: &[u8] = b"mergeCells";

impl Scan {
    fn of(name: &str) -> Scan {
        if name == WORKBOOK || name == RELATIONS {
            Scan::Whole(Vec::new())
        } else if name.starts_with(SHEETS) {
            Scan::Sheet { tail: Vec::new(), found: None, veil: VeilScan::default() }
        } else {
            Scan::Nothing
        }
    }

    fn feed(&mut self, bytes: &[u8]) {
        if let Scan::Sheet { veil, .. } = self {
            veil.feed(bytes);
        }
        match self {
            Scan::Nothing => {}
            Scan::Whole(body) => {
                if body.len() < MERGE_TEXT_BYTES {
                    body.extend_from_slice(bytes);
                }
            }
            Scan::Sheet { found: Some(body), .. } => {
                if body.len() < MERGE_TEXT_BYTES {
                    body.extend_from_slice(bytes);
                }
            }
            Scan::Sheet { tail, found, .. } => {
                let before = tail.len();
                tail.extend_from_slice(&bytes[..bytes.len().min(MARK.len())]);
                let start = memchr::memmem::find(tail, MARK)
                    .map(|at| at.saturating_sub(before))
                    .or_else(|| memchr::memmem::find(bytes, MARK));
                *found = start.map(|at| bytes[at..].to_vec());
                tail.clear();
                tail.extend_from_slice(&bytes[bytes.len().saturating_sub(MARK.len() - 1)..]);
            }
        }
    }
}

#[derive(Default)]
struct Kept {
    names: Vec<String>,
    workbook: Vec<u8>,
    relations: Vec<u8>,
    merges: HashMap<String, Vec<Region>>,
    veils: HashMap<String, Veil>,
    names_unit: bool,
}

impl Kept {
    fn take(&mut self, name: &str, scan: Scan) {
        match scan {
            Scan::Nothing => {}
            Scan::Whole(body) if name == WORKBOOK => self.workbook = body,
            Scan::Whole(body) => self.relations = body,
            Scan::Sheet { found, veil, .. } => {
                if let Some(body) = found {
                    self.merges.insert(name.to_owned(), regions(&body));
                }
                self.veils.insert(name.to_owned(), veil.veil);
            }
        }
    }

    fn finish(mut self) -> Result<Walked, ReadRefusal> {
        let has = |name: &str| self.names.iter().any(|known| known == name);
        if !self.names.iter().any(|name| name.ends_with("workbook.xml")) {
            return Err(if has("xl/workbook.bin") {
                ReadRefusal::OldFormat { format: OtherFormat::Xlsb }
            } else if has("content.xml") && has("mimetype") {
                ReadRefusal::OldFormat { format: OtherFormat::Ods }
            } else {
                ReadRefusal::NotAWorkbook
            });
        }
        let targets: HashMap<String, String> = elements(&self.relations, "Relationship", &["Id", "Target"])
            .into_iter()
            .filter_map(|pair| <[Option<String>; 2]>::try_from(pair).ok())
            .filter_map(|[id, target]| Some((id?, target?)))
            .collect();
        let recalculated = elements(&self.workbook, "calcPr", &["fullCalcOnLoad"]);
        let asks = |on: &Option<String>| on.as_ref().is_some_and(|on| on == "1" || on == "true");
        let mut walked = Walked { names_unit: self.names_unit, ..Walked::default() };
        walked.uncalculated = recalculated.iter().flatten().any(asks);
        for sheet in elements(&self.workbook, "sheet", &["name", "id", "state"]) {
            let Ok([Some(name), id, state]) = <[Option<String>; 3]>::try_from(sheet) else { continue };
            if state.is_some_and(|state| state != "visible") {
                walked.hidden.push(name.clone());
            }
            let target = id.and_then(|id| targets.get(&id).cloned()).unwrap_or_default();
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            if let Some(veil) = self.veils.remove(&path) {
                walked.veils.insert(name.clone(), veil);
            }
            if let Some(regions) = self.merges.remove(&path) {
                walked.merges.insert(name, regions);
            }
        }
        Ok(walked)
    }
}

/// The wanted attributes (local names, in order) of every element of that local name. Unsound XML ends the list.
fn elements(body: &[u8], element: &str, wanted: &[&str]) -> Vec<Vec<Option<String>>> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(body));
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == element => {
                let mut row: Vec<Option<String>> = vec![None; wanted.len()];
                for attribute in start.attributes().flatten() {
                    let place = wanted.iter().position(|name| *name == attribute.key.local_name().as_ref());
                    if let (Some(place), Ok(value)) =
                        (place, attribute.normalized_value(XmlVersion::Implicit1_0))
                    {
                        row[place] = Some(value.into_owned());
                    }
                }
                found.push(row);
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Every `ref="A1:B2"` of the bytes.
fn regions(body: &[u8]) -> Vec<Region> {
    memchr::memmem::find_iter(body, b"ref=")
        .filter_map(|at| {
            let rest = &body[at + 5..(at + 40).min(body.len())];
            let end = rest.iter().position(|&b| b == b'"' || b == b'\'')?;
            let (from, to) = std::str::from_utf8(&rest[..end]).ok()?.split_once(':')?;
            let (top, left) = crate::cell::parse_address(from)?;
            let (bottom, right) = crate::cell::parse_address(to)?;
            (top <= bottom && left <= right).then_some(Region { top, left, bottom, right })
        })
        .collect()
}

fn entry_fault(fault: &zip::result::ZipError) -> ReadRefusal {
    if fault.to_string().to_lowercase().contains("password") {
        return ReadRefusal::Encrypted;
    }
    damaged("zip", fault)
}

fn damaged(place: &str, fault: &impl std::fmt::Display) -> ReadRefusal {
    ReadRefusal::Damaged { place: place.to_owned(), detail: fault.to_string() }
}

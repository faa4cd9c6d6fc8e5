//! Reads a whole file into a sink: every sheet, its layout, its rows. Knows no process and no database.

use crate::book::Book;
use crate::cell::{Cell, address};
use crate::column::Column;
use crate::layout::{self, Layout};
use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::stage::{Seen, Stage};
use crate::staged::{Origin, Parsed, SheetFacts, Sink, StagedRow};
use contract::workbook::ReadRefusal;
use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::period::FiscalYear;
use std::collections::BTreeMap;
use std::path::Path;

/// Rows kept back until the heading is found.
const HEAD_ROWS: usize = 30;
/// Rows and columns shown of a sheet to a person.
const SAMPLE: (usize, usize) = (8, 60);
/// The hidden sheet of our own exports.
pub const ORIGIN_SHEET: &str = "_houfu";
/// First cell of that sheet.
pub const ORIGIN_MARK: &str = "houfu-export-1";

/// Reads the file at `path` into `sink`; `name` is what the person calls it. The rows go to the sink only.
pub fn read_into(
    path: &Path,
    name: &str,
    mappings: &[Mapping],
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<(Vec<SheetFacts>, bool), ReadRefusal> {
    let mut book = Book::open(path, name, limits)?;
    let names = book.sheets();
    if let Some(missing) =
        mappings.iter().filter_map(|m| m.sheet.as_ref()).find(|wanted| !names.contains(wanted))
    {
        return Err(ReadRefusal::NoSuchSheet { sheet: missing.clone() });
    }
    let mut seen = Seen::default();
    let mut exported = None;
    if names.iter().any(|name| name == ORIGIN_SHEET) {
        exported = origins(&mut book, &mut seen)?;
        book.trusts_results = exported.is_some();
    }
    let mut sheets = Vec::new();
    for sheet in names.iter().filter(|name| *name != ORIGIN_SHEET) {
        let wanted = mappings.is_empty() || mappings.iter().any(|mapping| mapping.covers(sheet));
        if !wanted || book.is_hidden(sheet) {
            sheets.push(skipped(sheet, Vec::new()));
            continue;
        }
        let default = Mapping::default();
        let mapping = mappings.iter().find(|mapping| mapping.covers(sheet)).unwrap_or(&default);
        let mut facts = read_sheet(&mut book, sheet, mapping, &mut seen, sink)?;
        if let (Some(layout), Some(Origins { plan_year: Some(year) })) = (&mut facts.layout, &exported) {
            layout.plan_year = Some(*year);
        }
        sheets.push(facts);
    }
    Ok((sheets, exported.is_some()))
}

/// Reads everything into memory; for files of a size that a person looks at.
pub fn read_all(
    path: &Path,
    name: &str,
    mappings: &[Mapping],
    limits: &Limits,
) -> Result<Parsed, ReadRefusal> {
    let mut parsed = Parsed::default();
    let (sheets, exported) = read_into(path, name, mappings, limits, &mut parsed)?;
    parsed.sheets = sheets;
    parsed.exported = exported;
    parsed.findings.extend(parsed.rows.iter().flat_map(|row| row.findings.clone()));
    parsed.findings.sort_by(|one, two| one.place.cmp(&two.place));
    Ok(parsed)
}

impl Sink for Parsed {
    fn wants_rows(&self) -> bool {
        true
    }

    fn row(&mut self, row: StagedRow) {
        self.rows.push(row);
    }

    fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn progress(&mut self, _sheet: &str, _rows: u32) {}
}

fn read_sheet(
    book: &mut Book,
    sheet: &str,
    mapping: &Mapping,
    seen: &mut Seen,
    sink: &mut dyn Sink,
) -> Result<SheetFacts, ReadRefusal> {
    let merges = book.merges(sheet);
    let mut head: Vec<(u32, Vec<(u16, Cell<'static>)>)> = Vec::new();
    let mut seen = Some(seen);
    let mut reading: Option<(Layout, Stage<'_>)> = None;
    let mut settled = false;
    let mut reported_on = None;
    book.rows(sheet, &mut |row, cells| {
        if let Some((_, stage)) = &mut reading {
            reported_on = reported_on.or_else(|| foot_date(cells));
            stage.row(row, cells, sink);
        } else if !settled {
            head.push((row, cells.iter().map(|(at, cell)| (*at, cell.clone().into_owned())).collect()));
            if head.len() >= HEAD_ROWS {
                settled = true;
                reading = begin(sheet, &head, &merges, mapping, &mut seen, sink);
            }
        }
        Ok(())
    })?;
    if !settled {
        reading = begin(sheet, &head, &merges, mapping, &mut seen, sink);
    }
    let Some((mut layout, mut stage)) = reading else {
        if mapping.header_rows.is_some() {
            sink.finding(about_sheet(sheet, 1, None, FindingKind::NoHeader, Severity::Error));
        }
        return Ok(skipped(sheet, sample(&head)));
    };
    stage.finish(sink);
    sink.progress(sheet, stage.rows);
    let in_head = head.iter().find_map(|(_, cells)| foot_date(cells));
    layout.reported_on = layout.reported_on.or(in_head).or(reported_on);
    let (totals, counts) = stage.tally.totals();
    Ok(SheetFacts {
        sheet: sheet.to_owned(),
        rows: stage.rows,
        aside: stage.aside,
        sample: sample(&head),
        layout: Some(layout),
        totals,
        counts,
    })
}

/// Finds the layout and hands over the rows kept back so far.
fn begin<'a>(
    sheet: &'a str,
    head: &layout::Head,
    merges: &[crate::archive::Region],
    mapping: &Mapping,
    seen: &mut Option<&'a mut Seen>,
    sink: &mut dyn Sink,
) -> Option<(Layout, Stage<'a>)> {
    let layout = layout::find(sheet, head, merges, mapping)?;
    headings(sheet, &layout, sink);
    let mut stage = Stage::new(sheet, &layout, merges, seen.take()?);
    for (row, cells) in head.iter().filter(|(row, _)| *row > layout.header_rows.1) {
        stage.row(*row, cells, sink);
    }
    Some((layout, stage))
}

/// Headings that nobody knows, and headings that say the same twice, are asked about.
fn headings(sheet: &str, layout: &Layout, sink: &mut dyn Sink) {
    let mut taken: Vec<Column> = Vec::new();
    for facts in &layout.columns {
        let column = facts.key.as_deref().map(Column::from_key);
        let again =
            matches!(column, Some(Some(column)) if column != Column::Ordinal && taken.contains(&column));
        taken.extend(column.flatten());
        if column.is_none() || again {
            let heading = if facts.band.is_empty() {
                facts.heading.clone()
            } else {
                format!("{}/{}", facts.band, facts.heading)
            };
            let row = layout.header_rows.1;
            let at = Some(address(row, facts.at.into()));
            sink.finding(about_sheet(
                sheet,
                row,
                at,
                FindingKind::UnknownHeading { heading },
                Severity::Warning,
            ));
        }
    }
}

fn about_sheet(
    sheet: &str,
    row: u32,
    address: Option<String>,
    kind: FindingKind,
    severity: Severity,
) -> Finding {
    Finding { severity, place: Place { sheet: sheet.to_owned(), row, address }, field: None, kind }
}

fn foot_date(cells: &[(u16, Cell<'_>)]) -> Option<chrono::NaiveDate> {
    cells.iter().find_map(|(_, cell)| match cell {
        Cell::Text(text) => layout::reported_on(text),
        Cell::Number(_) | Cell::Date(_) | Cell::Flag(_) | Cell::Fault(_) | Cell::Formula(_) => None,
    })
}

fn skipped(sheet: &str, sample: Vec<(u32, Vec<String>)>) -> SheetFacts {
    SheetFacts {
        sheet: sheet.to_owned(),
        layout: None,
        rows: 0,
        aside: Vec::new(),
        sample,
        totals: BTreeMap::new(),
        counts: BTreeMap::new(),
    }
}

fn sample(head: &layout::Head) -> Vec<(u32, Vec<String>)> {
    let line = |cells: &[(u16, Cell<'static>)]| {
        let mut texts = Vec::new();
        for (at, cell) in cells.iter().filter(|(at, _)| usize::from(*at) < SAMPLE.1) {
            texts.resize(usize::from(*at), String::new());
            texts.push(cell.shown().chars().take(60).collect());
        }
        texts
    };
    head.iter().take(SAMPLE.0).map(|(row, cells)| (*row, line(cells))).collect()
}

/// What the hidden sheet says of the export as a whole.
struct Origins {
    /// An amount of an earlier year must not be taken for the plan year.
    plan_year: Option<FiscalYear>,
}

/// Ids and versions of an export. `None` when the hidden sheet is not ours after all.
fn origins(book: &mut Book, seen: &mut Seen) -> Result<Option<Origins>, ReadRefusal> {
    let mut ours = None;
    book.rows(ORIGIN_SHEET, &mut |row, cells| {
        let texts: Vec<_> = cells.iter().map(|(_, cell)| cell.shown()).collect();
        if row == 1 {
            let year = texts.get(1).and_then(|year| year.parse().ok()).and_then(FiscalYear::new);
            let is_ours = texts.first().is_some_and(|mark| mark == ORIGIN_MARK);
            ours = is_ours.then_some(Origins { plan_year: year });
        } else if let (true, [number, id, version]) = (ours.is_some(), texts.as_slice())
            && let Ok(version) = version.parse()
        {
            seen.origins.insert(number.to_string(), Origin { id: id.to_string(), version });
        }
        Ok(())
    })?;
    Ok(ours)
}

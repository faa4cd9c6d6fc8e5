//! Reads a whole file into a sink: every sheet, its layout, its rows. Knows no process and no database.

mod out_of_sight;

use crate::archive::Region;
use crate::book::Book;
use crate::cell::{Cell, address};
use crate::column::{Column, Subject};
use crate::layout::{self, ColumnFacts, Layout};
use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::stage::{Seen, Stage};
use crate::staged::{Origin, Parsed, SheetFacts, Sink, StagedRow};
use contract::workbook::ReadRefusal;
use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::money::Named;
use domain::period::FiscalYear;
use domain::project::{Field, Kind};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

/// Filled rows among which the heading is looked for.
const HEAD_ROWS: usize = 200;
/// Rows and columns shown of a sheet to a person.
const SAMPLE: (usize, usize) = (8, 60);
/// Characters shown of a note.
const NOTE_SHOWN: usize = 60;
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
        // A sheet out of sight is read when the person asks for this very sheet.
        let asked = mappings.iter().any(|mapping| mapping.sheet.as_ref() == Some(sheet));
        if wanted && !asked && book.is_hidden(sheet) {
            let head = book.head(sheet, SAMPLE.0)?;
            if !head.is_empty() {
                sink.finding(about_sheet(sheet, 1, None, FindingKind::HiddenSheet, Severity::Note));
            }
            sheets.push(skipped(sheet, sample(&head, None)));
            continue;
        }
        if !wanted {
            sheets.push(skipped(sheet, Vec::new()));
            continue;
        }
        let default = Mapping::default();
        let mapping = mappings.iter().find(|mapping| mapping.covers(sheet)).unwrap_or(&default);
        let mut facts = read_sheet(&mut book, sheet, mapping, &mut seen, sink)?;
        if let (Some(layout), Some(Origins { plan_year: Some(year) })) = (&mut facts.layout, &exported) {
            layout.plan_year = Some(*year);
        }
        // Our own exports say it of every project on their hidden sheet.
        let layout = facts.layout.as_ref().filter(|_| exported.is_none());
        layout.and_then(|layout| which_list(sheet, layout)).into_iter().for_each(|one| sink.finding(one));
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
    let head = book.head(sheet, HEAD_ROWS)?;
    let Some(mut layout) = layout_of(book, sheet, &head, &merges, mapping)? else {
        // The limits hold for what is no list too.
        book.rows(sheet, &mut |_, _| Ok(ControlFlow::Continue(())))?;
        if mapping.header_rows.is_some() {
            sink.finding(about_sheet(sheet, 1, None, FindingKind::NoHeader, Severity::Error));
        }
        return Ok(skipped(sheet, sample(&head, None)));
    };
    headings(sheet, &layout, sink);
    let veil = book.veil(sheet);
    let mut stage = Stage::new(sheet, &layout, &merges, seen);
    stage.veiled = veil.rows;
    let (mut reported_on, mut note) = (None, None);
    book.rows(sheet, &mut |row, cells| {
        reported_on = reported_on.or_else(|| foot_date(cells));
        if row > layout.header_rows.1 {
            note = note.take().or_else(|| layout::unit_of_note(cells).map(|note| (row, cells[0].0, note)));
            stage.row(row, cells, sink);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    stage.finish(sink);
    sink.progress(sheet, stage.rows);
    let told = out_of_sight::rows(sheet, &stage.unseen);
    told.into_iter()
        .chain(out_of_sight::columns(sheet, &layout, &veil.columns))
        .chain(other_unit(sheet, &layout, mapping, note))
        .for_each(|finding| sink.finding(finding));
    layout.reported_on = layout.reported_on.or(reported_on);
    let (totals, counts) = stage.tally.totals();
    Ok(SheetFacts {
        sheet: sheet.to_owned(),
        rows: stage.rows,
        aside: stage.aside,
        left_out: stage.left_out,
        sample: sample(&head, Some(layout.header_rows)),
        layout: Some(layout),
        totals,
        counts,
    })
}

/// The layout, with the unit that a note below the list names when nothing above it does.
fn layout_of(
    book: &mut Book,
    sheet: &str,
    head: &layout::Head,
    merges: &[Region],
    mapping: &Mapping,
) -> Result<Option<Layout>, ReadRefusal> {
    let found = layout::find(sheet, head, merges, mapping, None);
    let Some(open) = found
        .as_ref()
        .filter(|layout| mapping.unit.is_none() && book.may_name_unit() && layout::lacks_unit(layout, head))
    else {
        return Ok(found);
    };
    let (bottom, mut foot) = (open.header_rows.1, None);
    book.look(sheet, &mut |row, cells| {
        foot = (row > bottom).then(|| layout::unit_of_note(cells)).flatten();
        Ok(if foot.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(match foot {
        Some((_, named)) => layout::find(sheet, head, merges, mapping, Some(&named)),
        None => found,
    })
}

/// A note below the list that names another unit than the one amounts were read in.
fn other_unit(
    sheet: &str,
    layout: &Layout,
    mapping: &Mapping,
    note: Option<(u32, u16, (String, Named))>,
) -> Option<Finding> {
    let (row, at, (text, named)) = note.filter(|_| mapping.unit.is_none())?;
    let read_as = |column: &ColumnFacts| {
        let kind = column.key.as_deref().and_then(Column::from_key).map(Column::kind);
        let is_told = mapping.units.contains_key(&column.letters) || column.unclear.is_some();
        (kind == Some(Kind::Money) && !is_told).then(|| column.unit.unwrap_or(layout.unit))
    };
    let read_as = layout.columns.iter().filter_map(read_as).find(|unit| named != Named::Unit(*unit))?;
    let text = text.chars().take(NOTE_SHOWN).collect();
    let kind = FindingKind::UnitDiffers { text, read_as };
    Some(about_sheet(sheet, row, Some(address(row, at.into())), kind, Severity::Warning))
}

/// Asks on which list the projects of a sheet are to stand when nothing says it, since without it they stand on none.
fn which_list(sheet: &str, layout: &Layout) -> Option<Finding> {
    let by_row = |column: &ColumnFacts| {
        column.key.as_deref().and_then(Column::from_key) == Some(Column::Project(Field::Horizon))
    };
    let is_open =
        layout.subject == Subject::Projects && layout.horizon.is_none() && !layout.columns.iter().any(by_row);
    let finding =
        || about_sheet(sheet, layout.header_rows.1, None, FindingKind::WhichList, Severity::Warning);
    is_open.then(finding)
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
        left_out: Vec::new(),
        sample,
        totals: BTreeMap::new(),
        counts: BTreeMap::new(),
    }
}

/// The first rows, and those around the heading when it stands further down.
fn sample(head: &layout::Head, heading: Option<(u32, u32)>) -> Vec<(u32, Vec<String>)> {
    let line = |cells: &[(u16, Cell<'static>)]| {
        let mut texts = Vec::new();
        for (at, cell) in cells.iter().filter(|(at, _)| usize::from(*at) < SAMPLE.1) {
            texts.resize(usize::from(*at), String::new());
            texts.push(cell.shown().chars().take(60).collect());
        }
        texts
    };
    let near =
        |row: u32| heading.is_some_and(|(first, last)| (first.saturating_sub(1)..=last + 2).contains(&row));
    let shown = head.iter().enumerate().filter(|(at, (row, _))| *at < SAMPLE.0 || near(*row));
    shown.map(|(_, (row, cells))| (*row, line(cells))).collect()
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
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(ours)
}

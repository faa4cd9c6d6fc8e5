//! A file opened for reading, row by row and under limits. Knows no column meaning; never asks calamine for a range.

use crate::archive::{self, Region, Veil, Walked};
use crate::cell::{Cell, Placed, address};
use crate::csv_text::CsvText;
use crate::limits::Limits;
use crate::sniff::{Kind, sniff, unreadable};
use calamine::{DataRef, Reader, Xlsx, XlsxError, XlsxFormulaMetadata};
use contract::workbook::ReadRefusal;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

/// Characters kept of a formula that is shown to a person.
const FORMULA_SHOWN: usize = 60;

/// Takes one row: its number from 1 and its filled cells from left to right. A break ends the reading of the sheet.
pub type EachRow<'f> = dyn FnMut(u32, &[Placed<'_>]) -> Result<ControlFlow<()>, ReadRefusal> + 'f;

/// The first rows of a sheet: row number from 1 with its filled cells.
pub type Rows = Vec<(u32, Vec<Placed<'static>>)>;

/// An opened file. Cells read so far count against the limit of the whole file.
pub struct Book {
    source: Source,
    limits: Limits,
    cells: u64,
    /// Results of formulas are as good as typed.
    pub trusts_results: bool,
}

enum Source {
    Xlsx { xlsx: Box<Xlsx<BufReader<File>>>, walked: Walked },
    Csv(CsvText),
}

impl Book {
    /// Opens the file at `path`; `name` is what the person calls it.
    pub fn open(path: &Path, name: &str, limits: &Limits) -> Result<Book, ReadRefusal> {
        let mut file = File::open(path).map_err(|fault| unreadable(&fault))?;
        let bytes = file.metadata().map_err(|fault| unreadable(&fault))?.len();
        if bytes > limits.file_bytes {
            return Err(ReadRefusal::FileTooLarge { bytes, most: limits.file_bytes });
        }
        let source = match sniff(&mut file, name)? {
            Kind::Text => Source::Csv(CsvText::read(file, limits)?),
            Kind::Zip => {
                let walked = archive::walk(BufReader::new(&file), limits)?;
                file.seek(SeekFrom::Start(0)).map_err(|fault| unreadable(&fault))?;
                let xlsx = Xlsx::new(BufReader::new(file)).map_err(|fault| fault_of("workbook", &fault))?;
                Source::Xlsx { xlsx: Box::new(xlsx), walked }
            }
        };
        Ok(Book { source, limits: limits.clone(), cells: 0, trusts_results: false })
    }

    /// Sheet names in the order of the workbook; a CSV file is one sheet named `CSV`.
    pub fn sheets(&self) -> Vec<String> {
        match &self.source {
            Source::Xlsx { xlsx, .. } => xlsx.sheet_names().clone(),
            Source::Csv(_) => vec!["CSV".to_owned()],
        }
    }

    pub fn is_hidden(&self, sheet: &str) -> bool {
        match &self.source {
            Source::Xlsx { walked, .. } => walked.hidden.iter().any(|name| name == sheet),
            Source::Csv(_) => false,
        }
    }

    /// Merged regions of a sheet, at most as many as the limits remember.
    pub fn merges(&self, sheet: &str) -> Vec<Region> {
        match &self.source {
            Source::Xlsx { walked, .. } => walked
                .merges
                .get(sheet)
                .map(|all| all.iter().copied().take(self.limits.merges).collect())
                .unwrap_or_default(),
            Source::Csv(_) => Vec::new(),
        }
    }

    /// Rows and columns of a sheet that are out of sight.
    pub fn veil(&self, sheet: &str) -> Veil {
        match &self.source {
            Source::Xlsx { walked, .. } => walked.veils.get(sheet).cloned().unwrap_or_default(),
            Source::Csv(_) => Veil::default(),
        }
    }

    /// False when no text of the file can be naming a unit, so that nobody need look for one.
    pub const fn may_name_unit(&self) -> bool {
        match &self.source {
            Source::Xlsx { walked, .. } => walked.names_unit,
            Source::Csv(_) => true,
        }
    }

    /// The first filled rows. They count once they are read for good.
    pub fn head(&mut self, sheet: &str, most: usize) -> Result<Rows, ReadRefusal> {
        let mut head = Rows::new();
        self.look(sheet, &mut |row, cells| {
            head.push((row, cells.iter().map(|(at, cell)| (*at, cell.clone().into_owned())).collect()));
            let full = head.len() >= most;
            Ok(if full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(head)
    }

    /// As [`Book::rows`], before they are read for good: cells do not count twice.
    pub fn look(&mut self, sheet: &str, each: &mut EachRow<'_>) -> Result<(), ReadRefusal> {
        let before = self.cells;
        let done = self.rows(sheet, each);
        self.cells = before;
        done
    }

    /// Hands every row that has a filled cell to `each`, in file order.
    pub fn rows(&mut self, sheet: &str, each: &mut EachRow<'_>) -> Result<(), ReadRefusal> {
        let mut gate = Gate { sheet, limits: &self.limits, cells: &mut self.cells };
        match &mut self.source {
            Source::Csv(text) => text.rows(&mut gate, each),
            Source::Xlsx { xlsx, walked } => {
                let doubts_zeros = walked.uncalculated && !self.trusts_results;
                xlsx_rows(xlsx, &mut gate, doubts_zeros, each)
            }
        }
    }
}

/// Counts cells and refuses what lies beyond the limits.
pub(crate) struct Gate<'a> {
    sheet: &'a str,
    limits: &'a Limits,
    cells: &'a mut u64,
}

impl Gate<'_> {
    /// One cell passed, blank or not.
    pub(crate) fn count(&mut self) -> Result<(), ReadRefusal> {
        *self.cells += 1;
        if *self.cells <= self.limits.cells {
            return Ok(());
        }
        Err(ReadRefusal::TooManyCells { sheet: self.sheet.to_owned(), most: self.limits.cells })
    }

    /// A filled cell at `row` (from 1) and `column` (from 0).
    pub(crate) fn place(&self, row: u32, column: u32, cell: &Cell<'_>) -> Result<(), ReadRefusal> {
        let sheet = || self.sheet.to_owned();
        let at = || address(row, column);
        if row > self.limits.rows {
            return Err(ReadRefusal::TooManyRows {
                sheet: sheet(),
                address: at(),
                most: self.limits.rows.into(),
            });
        }
        if column >= self.limits.columns {
            let most = self.limits.columns.into();
            return Err(ReadRefusal::TooManyColumns { sheet: sheet(), address: at(), most });
        }
        match cell {
            // Bytes bound characters from above, so most texts need no counting.
            Cell::Text(text)
                if text.len() as u64 > self.limits.cell_chars
                    && text.chars().count() as u64 > self.limits.cell_chars =>
            {
                Err(ReadRefusal::CellTooLong { sheet: sheet(), address: at(), most: self.limits.cell_chars })
            }
            Cell::Text(_)
            | Cell::Number(_)
            | Cell::Date(_)
            | Cell::Flag(_)
            | Cell::Fault(_)
            | Cell::Formula(_) => Ok(()),
        }
    }
}

fn xlsx_rows(
    xlsx: &mut Xlsx<BufReader<File>>,
    gate: &mut Gate<'_>,
    doubts_zeros: bool,
    each: &mut EachRow<'_>,
) -> Result<(), ReadRefusal> {
    let sheet = gate.sheet.to_owned();
    let mut reader = match xlsx.worksheet_cells_reader(&sheet) {
        Ok(reader) => reader,
        // Chart sheets hold no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(fault) => return Err(fault_of(&sheet, &fault)),
    };
    let mut row: Vec<Placed<'_>> = Vec::with_capacity(64);
    let mut current = 0_u32;
    loop {
        let cell = match reader.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(fault) => return Err(fault_of(&format!("{sheet} after row {}", current + 1), &fault)),
        };
        gate.count()?;
        let (at_row, at_column) = cell.pos;
        let value = match (value_of(&cell.value), cell.formula) {
            // Programs that calculate nothing write a zero where the result should stand.
            (Some(Cell::Number(0.0)), Some(formula)) if doubts_zeros => not_calculated(formula),
            (Some(value), _) => value,
            (None, Some(formula)) if matches!(cell.value, DataRef::Empty) => not_calculated(formula),
            (None, _) => continue,
        };
        gate.place(at_row + 1, at_column, &value)?;
        if at_row != current {
            if !row.is_empty() {
                if each(current + 1, &row)?.is_break() {
                    return Ok(());
                }
                row.clear();
            }
            current = at_row;
        }
        if let Ok(column) = u16::try_from(at_column) {
            row.push((column, value));
        }
    }
    if row.is_empty() { Ok(()) } else { each(current + 1, &row).map(drop) }
}

/// The formula as written; one that is shared with a cell above is not spelled out again.
fn not_calculated(formula: XlsxFormulaMetadata) -> Cell<'static> {
    let text = match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            formula.chars().take(FORMULA_SHOWN).collect()
        }
        XlsxFormulaMetadata::SharedDerived { .. } | _ => String::new(),
    };
    Cell::Formula(Cow::Owned(text))
}

fn value_of<'a>(value: &DataRef<'a>) -> Option<Cell<'a>> {
    let cell = match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(Cow::Owned(text.clone())),
        DataRef::SharedString(text) => Cell::Text(Cow::Borrowed(text)),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(instant) if instant.is_datetime() => {
            let (year, month, day, ..) = instant.to_ymd_hms_milli();
            match chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()) {
                Some(date) => Cell::Date(date),
                None => Cell::Number(instant.as_f64()),
            }
        }
        DataRef::DateTime(duration) => Cell::Number(duration.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(Cow::Owned(text.clone())),
        DataRef::Error(fault) => Cell::Fault(fault_sign(fault)),
    };
    (!cell.is_blank()).then_some(cell)
}

fn fault_sign(fault: &calamine::CellErrorType) -> &'static str {
    use calamine::CellErrorType as Fault;
    match fault {
        Fault::Div0 => "#DIV/0!",
        Fault::NA => "#N/A",
        Fault::Name => "#NAME?",
        Fault::Null => "#NULL!",
        Fault::Num => "#NUM!",
        Fault::Ref => "#REF!",
        Fault::Value => "#VALUE!",
        _ => "#ERROR!",
    }
}

fn fault_of(place: &str, fault: &XlsxError) -> ReadRefusal {
    if matches!(fault, XlsxError::Password) {
        return ReadRefusal::Encrypted;
    }
    ReadRefusal::Damaged { place: place.to_owned(), detail: fault.to_string() }
}

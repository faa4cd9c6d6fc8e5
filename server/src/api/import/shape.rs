//! What the interface says of an import: its state, its rows and their cells, findings in the caller's language.
//! Knows no route.

use contract::import::{Counts, ImportLine, ImportView, RowView, SheetView};
use domain::finding::{Finding, Severity};
use serde::Serialize;
use utoipa::ToSchema;
use words::{Locale, explain};

#[derive(Serialize, ToSchema)]
pub struct ImportPage {
    pub items: Vec<ImportEntry>,
}

/// An import in the list.
#[derive(Serialize, ToSchema)]
pub struct ImportEntry {
    pub id: String,
    /// `projects` or `sites`
    pub kind: String,
    /// `reading`, `failed`, `staged`, `committed`, `undone` or `cancelled`
    pub state: String,
    pub file_name: String,
    pub by: String,
    /// UTC
    pub at: String,
    pub counts: RowCounts,
}

/// One import with what was found.
#[derive(Serialize, ToSchema)]
pub struct Import {
    pub id: String,
    pub kind: String,
    pub state: String,
    pub file_name: String,
    pub by: String,
    /// UTC
    pub at: String,
    pub version: i64,
    pub plan_year: Option<i32>,
    /// How each sheet was understood
    pub sheets: Vec<ImportSheet>,
    /// A blank cell clears what is kept
    pub blank_clears: bool,
    pub counts: RowCounts,
    /// Why the file was refused
    pub refusal: Option<String>,
    pub findings: Vec<ImportFinding>,
    /// Findings beyond those listed
    pub more_findings: u32,
    pub change_set: Option<String>,
    /// Rows changed again since the commit, or of projects that the ledger speaks of by now; zero means it can be undone
    /// as a whole
    pub changed_since: u32,
}

/// A sheet of the file.
#[derive(Serialize, ToSchema)]
pub struct ImportSheet {
    pub sheet: String,
    /// Rows of the list
    pub rows: u32,
    /// First row of the heading, from 1; absent when the sheet holds no list
    pub header_first: Option<u32>,
    pub header_last: Option<u32>,
    /// `yuan`, `wan` or `yi`: unit of amounts in columns without one of their own
    pub unit: Option<String>,
    /// False: no unit is written and 万元 was assumed
    pub unit_stated: bool,
    pub columns: Vec<ImportColumn>,
}

/// A heading and what it was taken for.
#[derive(Serialize, ToSchema)]
pub struct ImportColumn {
    #[schema(example = "L")]
    pub letters: String,
    pub band: String,
    pub heading: String,
    /// Such as `total`; empty: left out; absent: nobody knows it
    pub column: Option<String>,
    /// Its own unit
    pub unit: Option<String>,
}

/// Rows by outcome.
#[derive(Serialize, ToSchema)]
pub struct RowCounts {
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    pub faulty: u32,
    pub unclear: u32,
    pub conflict: u32,
    pub skipped: u32,
}

#[derive(Serialize, ToSchema)]
pub struct ImportFinding {
    /// `error`, `warning` or `note`
    pub severity: String,
    pub sheet: String,
    pub row: u32,
    #[schema(example = "L17")]
    pub address: Option<String>,
    /// In the language of `Accept-Language`
    pub detail: String,
}

#[derive(Serialize, ToSchema)]
pub struct RowPage {
    pub items: Vec<ImportRow>,
    pub next: Option<String>,
}

/// One row of the file beside what is kept.
#[derive(Serialize, ToSchema)]
pub struct ImportRow {
    pub sheet: String,
    pub row: u32,
    pub outcome: String,
    pub name: String,
    /// Project it was matched with
    pub target: Option<String>,
    pub cells: Vec<ImportCell>,
    pub findings: Vec<ImportFinding>,
}

#[derive(Serialize, ToSchema)]
pub struct ImportCell {
    /// Column, such as `total` or `source.CBI`
    pub column: String,
    pub address: Option<String>,
    pub raw: String,
    /// Kept now; amounts in fen
    pub old: Option<String>,
    /// In the file; amounts in fen
    pub new: Option<String>,
    pub conflict: bool,
}

/// The code by which a plain enum stands on the wire.
fn code(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

impl From<Counts> for RowCounts {
    fn from(counts: Counts) -> RowCounts {
        RowCounts {
            new: counts.new,
            changed: counts.changed,
            same: counts.same,
            faulty: counts.faulty,
            unclear: counts.unclear,
            conflict: counts.conflict,
            skipped: counts.skipped,
        }
    }
}

impl ImportEntry {
    pub fn of(line: ImportLine) -> ImportEntry {
        ImportEntry {
            id: line.import.to_string(),
            kind: code(line.kind),
            state: code(line.state),
            file_name: line.file_name,
            by: line.by,
            at: crate::api::instant(line.at),
            counts: line.counts.into(),
        }
    }
}

impl ImportSheet {
    fn of(view: SheetView) -> ImportSheet {
        let layout = view.layout;
        let columns = layout.iter().flat_map(|layout| &layout.columns).map(|column| ImportColumn {
            letters: column.letters.clone(),
            band: column.band.clone(),
            heading: column.heading.clone(),
            column: column.key.clone(),
            unit: column.unit.map(|unit| unit.code().to_owned()),
        });
        ImportSheet {
            sheet: view.sheet,
            rows: view.rows,
            columns: columns.collect(),
            header_first: layout.as_ref().map(|layout| layout.header_rows.0),
            header_last: layout.as_ref().map(|layout| layout.header_rows.1),
            unit: layout.as_ref().map(|layout| layout.unit.code().to_owned()),
            unit_stated: layout.as_ref().is_some_and(|layout| layout.unit_stated),
        }
    }
}

impl Import {
    pub fn of(view: ImportView, locale: Locale) -> Import {
        Import {
            id: view.import.to_string(),
            kind: code(view.kind),
            state: code(view.state),
            file_name: view.file_name,
            by: view.by,
            at: crate::api::instant(view.at),
            version: view.version,
            plan_year: view.plan_year.map(|year| year.get()),
            sheets: view.sheets.into_iter().map(ImportSheet::of).collect(),
            blank_clears: view.blank_clears,
            counts: view.counts.into(),
            refusal: view.refusal.map(|refusal| explain::refusal_file(locale, &refusal)),
            findings: view.findings.iter().map(|finding| ImportFinding::of(finding, locale)).collect(),
            more_findings: view.more_findings,
            change_set: view.change_set.map(|set| set.to_string()),
            changed_since: view.changed_since,
        }
    }
}

impl ImportFinding {
    pub fn of(finding: &Finding, locale: Locale) -> ImportFinding {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        ImportFinding {
            severity: severity.to_owned(),
            sheet: finding.place.sheet.clone(),
            row: finding.place.row,
            address: finding.place.address.clone(),
            detail: explain::finding(locale, &finding.kind),
        }
    }
}

impl ImportRow {
    pub fn of(row: RowView, locale: Locale) -> ImportRow {
        let of_cells = row.cells.iter().flat_map(|cell| &cell.findings);
        let findings = row.findings.iter().chain(of_cells).map(|finding| ImportFinding::of(finding, locale));
        ImportRow {
            findings: findings.collect(),
            sheet: row.sheet,
            row: row.row,
            outcome: code(row.outcome),
            name: row.name,
            target: row.target.map(|project| project.project.to_string()),
            cells: row
                .cells
                .into_iter()
                .map(|cell| ImportCell {
                    column: cell.field,
                    address: cell.address,
                    raw: cell.raw,
                    old: cell.old,
                    new: cell.new,
                    conflict: cell.conflict,
                })
                .collect(),
        }
    }
}

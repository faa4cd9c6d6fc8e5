//! A check without a database: rows, sums and findings of a file, in little memory. Knows no row once it is counted.

use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::read::read_into;
use crate::staged::{SheetFacts, Sink, StagedRow};
use contract::workbook::ReadRefusal;
use domain::finding::Finding;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Findings kept of one file; the rest is only counted.
const FINDINGS_KEPT: usize = 5_000;

/// What `houfu import --check` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    pub sheets: Vec<SheetFacts>,
    pub findings: Vec<Finding>,
    /// Findings beyond those listed.
    pub more_findings: u64,
    /// The file is an export of ours.
    pub exported: bool,
}

/// Reads and type-checks the file at `path`.
pub fn check(path: &Path, mappings: &[Mapping], limits: &Limits) -> Result<CheckReport, ReadRefusal> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    check_named(path, &name, mappings, limits, &mut |_, _| ())
}

/// As [`check`], with the name a person gave the file, and progress.
pub fn check_named(
    path: &Path,
    name: &str,
    mappings: &[Mapping],
    limits: &Limits,
    progress: &mut dyn FnMut(&str, u32),
) -> Result<CheckReport, ReadRefusal> {
    let mut counter = Counter { report: CheckReport::default(), progress };
    let (sheets, exported) = read_into(path, name, mappings, limits, &mut counter)?;
    let mut report = counter.report;
    report.sheets = sheets;
    report.exported = exported;
    report.findings.sort_by(|one, two| one.place.cmp(&two.place));
    Ok(report)
}

struct Counter<'a> {
    report: CheckReport,
    progress: &'a mut dyn FnMut(&str, u32),
}

impl Sink for Counter<'_> {
    fn wants_rows(&self) -> bool {
        false
    }

    fn row(&mut self, row: StagedRow) {
        row.findings.into_iter().for_each(|finding| self.finding(finding));
    }

    fn finding(&mut self, finding: Finding) {
        if self.report.findings.len() < FINDINGS_KEPT {
            self.report.findings.push(finding);
        } else {
            self.report.more_findings += 1;
        }
    }

    fn progress(&mut self, sheet: &str, rows: u32) {
        (self.progress)(sheet, rows);
    }
}

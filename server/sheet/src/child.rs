//! Reading in a process of its own, so that a hostile file can only take that process down.
//!
//! The binary starts itself with a hidden subcommand whose handler calls [`main`] before any thread exists.
//! One JSON line goes in, JSON lines come out. Knows no database.

pub mod parent;

use crate::annotate::{self, Annotated};
use crate::check::{CheckReport, check_named};
use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::plain::{self, PlainRow, PlainSheet};
use crate::read::read_into;
use crate::staged::{SheetFacts, Sink, StagedRow};
use contract::workbook::ReadRefusal;
use domain::finding::Finding;
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;

/// What the child shall do with one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    pub path: PathBuf,
    /// What the person calls the file.
    pub name: String,
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    #[serde(default)]
    pub limits: Limits,
    pub task: Task,
}

/// What a child can do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "one request a process; a box would only burden the callers")]
pub enum Task {
    /// Hand over every row.
    Rows,
    /// Count and check only; little memory.
    Check,
    /// Hand over the first sheet as texts.
    Plain,
    /// Hand over every sheet as texts.
    Sheets,
    /// Write a copy of the file with the findings in it.
    Annotate { out: PathBuf, findings: Vec<annotate::Remark>, words: annotate::Words },
}

/// One line of the child's answer. The last one is `Done`, `Report`, `Annotated`, `Plain`, `Sheets` or `Refused`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    Progress { sheet: String, rows: u32 },
    Row(StagedRow),
    Finding(Finding),
    Done { sheets: Vec<SheetFacts>, exported: bool },
    Report(CheckReport),
    Annotated(Annotated),
    Plain(Vec<PlainRow>),
    Sheets(Vec<PlainSheet>),
    Refused(ReadRefusal),
}

/// The whole life of the child; returns the exit code.
pub fn main() -> i32 {
    let mut input = String::new();
    if std::io::stdin().lock().read_line(&mut input).is_err() {
        return 2;
    }
    let request: Request = match serde_json::from_str(&input) {
        Ok(request) => request,
        Err(fault) => {
            eprintln!("request not understood: {fault}");
            return 2;
        }
    };
    if let Err(fault) = confine(&request.limits) {
        eprintln!("limits not set: {fault}");
        return 2;
    }
    let mut out = Lines { out: BufWriter::new(std::io::stdout().lock()), broken: false };
    let last = work(&request, &mut out).unwrap_or_else(Line::Refused);
    out.put(&last);
    if out.broken || out.out.flush().is_err() { 3 } else { 0 }
}

/// Bounds this process before it touches the file.
fn confine(limits: &Limits) -> Result<(), rustix::io::Errno> {
    let both = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, both(limits.memory_mib << 20))?;
    setrlimit(Resource::Cpu, both(limits.seconds + 1))?;
    setrlimit(Resource::Core, both(0))
}

fn work(request: &Request, out: &mut Lines<'_>) -> Result<Line, ReadRefusal> {
    let Request { path, name, mappings, limits, task } = request;
    match task {
        Task::Rows => {
            let (sheets, exported) = read_into(path, name, mappings, limits, out)?;
            Ok(Line::Done { sheets, exported })
        }
        Task::Check => {
            let mut tell = |sheet: &str, rows: u32| out.progress(sheet, rows);
            check_named(path, name, mappings, limits, &mut tell).map(Line::Report)
        }
        Task::Plain => plain::read(path, name, limits).map(Line::Plain),
        Task::Sheets => plain::read_sheets(path, name, limits).map(Line::Sheets),
        Task::Annotate { out: target, findings, words } => {
            annotate::annotate(path, target, findings, words, limits).map(Line::Annotated)
        }
    }
}

struct Lines<'a> {
    out: BufWriter<std::io::StdoutLock<'a>>,
    /// The parent is gone; the rest of the work is for nobody.
    broken: bool,
}

impl Lines<'_> {
    fn put(&mut self, line: &Line) {
        if self.broken {
            return;
        }
        let written = serde_json::to_writer(&mut self.out, line).is_ok() && self.out.write_all(b"\n").is_ok();
        self.broken = !written;
    }
}

impl Sink for Lines<'_> {
    fn wants_rows(&self) -> bool {
        true
    }

    fn row(&mut self, row: StagedRow) {
        self.put(&Line::Row(row));
    }

    fn finding(&mut self, finding: Finding) {
        self.put(&Line::Finding(finding));
    }

    fn progress(&mut self, sheet: &str, rows: u32) {
        self.put(&Line::Progress { sheet: sheet.to_owned(), rows });
        self.broken |= self.out.flush().is_err();
    }
}

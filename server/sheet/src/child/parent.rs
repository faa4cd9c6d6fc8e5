//! The parent's side of a reading process: start, watch the clock, collect, kill on drop. Knows no file format.

use super::{Line, Request, Task};
use crate::annotate::Annotated;
use crate::check::CheckReport;
use crate::plain::{PlainRow, PlainSheet};
use crate::staged::Parsed;
use contract::workbook::ReadRefusal;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

/// The hidden subcommand of the binary.
pub const SUBCOMMAND: &str = "__sheet";

/// Reads all rows of a file in a child of `exe`. Dropping the future kills the child.
/// `progress` hears the sheet and the rows read so far.
pub async fn read_in_child(
    exe: &Path,
    mut request: Request,
    progress: impl FnMut(&str, u32) + Send,
) -> Result<Parsed, ReadRefusal> {
    request.task = Task::Rows;
    let (parsed, _) = run(exe, &request, progress).await?;
    Ok(parsed)
}

/// Checks a file in a child of `exe`.
pub async fn check_in_child(
    exe: &Path,
    mut request: Request,
    progress: impl FnMut(&str, u32) + Send,
) -> Result<CheckReport, ReadRefusal> {
    request.task = Task::Check;
    match run(exe, &request, progress).await? {
        (_, Line::Report(report)) => Ok(report),
        (_, other) => Err(unexpected(&other)),
    }
}

/// Writes an annotated copy in a child of `exe`; the request's task says where and what.
pub async fn annotate_in_child(exe: &Path, request: Request) -> Result<Annotated, ReadRefusal> {
    match run(exe, &request, |_, _| ()).await? {
        (_, Line::Annotated(done)) => Ok(done),
        (_, other) => Err(unexpected(&other)),
    }
}

/// Reads the first sheet of a file as texts in a child of `exe`.
pub async fn plain_in_child(exe: &Path, mut request: Request) -> Result<Vec<PlainRow>, ReadRefusal> {
    request.task = Task::Plain;
    match run(exe, &request, |_, _| ()).await? {
        (_, Line::Plain(rows)) => Ok(rows),
        (_, other) => Err(unexpected(&other)),
    }
}

/// Reads every sheet of a file as texts in a child of `exe`.
pub async fn sheets_in_child(exe: &Path, mut request: Request) -> Result<Vec<PlainSheet>, ReadRefusal> {
    request.task = Task::Sheets;
    match run(exe, &request, |_, _| ()).await? {
        (_, Line::Sheets(sheets)) => Ok(sheets),
        (_, other) => Err(unexpected(&other)),
    }
}

async fn run(
    exe: &Path,
    request: &Request,
    progress: impl FnMut(&str, u32) + Send,
) -> Result<(Parsed, Line), ReadRefusal> {
    let seconds = request.limits.seconds;
    let mut child = Command::new(exe)
        .arg(SUBCOMMAND)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|fault| failed(&fault))?;
    match tokio::time::timeout(Duration::from_secs(seconds), converse(&mut child, request, progress)).await {
        Ok(answer) => {
            // It has said all; waiting for it leaves no dead process behind and counts its work as ours. One that
            // is gone already cannot be killed, which is as well.
            drop(child.kill().await);
            answer
        }
        Err(_) => {
            child.kill().await.map_err(|fault| failed(&fault))?;
            Err(ReadRefusal::TimedOut { seconds })
        }
    }
}

async fn converse(
    child: &mut Child,
    request: &Request,
    mut progress: impl FnMut(&str, u32) + Send,
) -> Result<(Parsed, Line), ReadRefusal> {
    let mut input = serde_json::to_vec(request).map_err(|fault| failed(&fault))?;
    input.push(b'\n');
    let (Some(mut stdin), Some(stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(failed(&"no pipes"));
    };
    stdin.write_all(&input).await.map_err(|fault| failed(&fault))?;
    drop(stdin);
    let mut lines = BufReader::with_capacity(256 << 10, stdout).lines();
    let mut parsed = Parsed::default();
    while let Some(text) = lines.next_line().await.map_err(|fault| failed(&fault))? {
        // A line cut short by the child's death is no answer; its exit status tells why.
        let line = match serde_json::from_str::<Line>(&text) {
            Ok(line) => line,
            Err(fault) if fault.is_eof() => break,
            Err(fault) => return Err(failed(&fault)),
        };
        match line {
            Line::Progress { sheet, rows } => progress(&sheet, rows),
            Line::Row(row) => {
                parsed.findings.extend(row.findings.iter().cloned());
                parsed.rows.push(row);
            }
            Line::Finding(finding) => parsed.findings.push(finding),
            Line::Refused(refusal) => return Err(refusal),
            Line::Done { ref sheets, exported } => {
                parsed.sheets = sheets.clone();
                parsed.exported = exported;
                parsed.findings.sort_by(|one, two| one.place.cmp(&two.place));
                return Ok((parsed, line));
            }
            Line::Report(_) | Line::Annotated(_) | Line::Plain(_) | Line::Sheets(_) => {
                return Ok((parsed, line));
            }
        }
    }
    let status = child.wait().await.map_err(|fault| failed(&fault))?;
    let mut last_words = String::new();
    stderr.take(4096).read_to_string(&mut last_words).await.map_err(|fault| failed(&fault))?;
    Err(died(status, &last_words, request))
}

/// Why a child ended without an answer: an abort after a failed allocation, the processor limit, or something unknown.
fn died(status: ExitStatus, last_words: &str, request: &Request) -> ReadRefusal {
    const SIGABRT: i32 = 6;
    const SIGKILL: i32 = 9;
    const SIGSEGV: i32 = 11;
    const SIGXCPU: i32 = 24;
    match status.signal() {
        Some(SIGXCPU | SIGKILL) => ReadRefusal::TimedOut { seconds: request.limits.seconds },
        Some(SIGABRT | SIGSEGV) => ReadRefusal::MemoryExceeded { mebibytes: request.limits.memory_mib },
        _ if last_words.contains("memory allocation") => {
            ReadRefusal::MemoryExceeded { mebibytes: request.limits.memory_mib }
        }
        _ => failed(&format!("{status}: {}", last_words.trim())),
    }
}

fn failed(fault: &impl std::fmt::Display) -> ReadRefusal {
    ReadRefusal::ReaderFailed { detail: fault.to_string() }
}

fn unexpected(line: &Line) -> ReadRefusal {
    let kind = match line {
        Line::Progress { .. } => "progress",
        Line::Row(_) => "row",
        Line::Finding(_) => "finding",
        Line::Done { .. } => "rows",
        Line::Report(_) => "report",
        Line::Annotated(_) => "annotated",
        Line::Plain(_) => "plain",
        Line::Sheets(_) => "sheets",
        Line::Refused(_) => "refusal",
    };
    failed(&format!("answered with {kind}"))
}

//! Lines of a book against what is kept: which project each means, which budget year, which stand in the ledger already,
//! and where the order of stages would break. Nothing here refuses: everything found is a finding.

use super::write::{NoticeKey, notice_key};
use super::{count, json};
use crate::area::short_form;
use crate::call::Call;
use crate::failure::Outcome;
use chrono::NaiveDate;
use contract::ledger::Sums;
use contract::ledger::batch::{LedgerSheet, LineCounts, LineFault, LineFinding};
use domain::finding::{Place, Severity};
use domain::id::ProjectId;
use domain::ledger::{Column, Key, Line, Movement, Paper, Position, Posting, Refusal, Stage, Totals, number};
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
use domain::project::ProjectCode;
use domain::source::Source;
use domain::text::fold;
use serde::{Deserialize, Serialize};
use sheet::ledger::{Book, BookLine};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Conn;
use store::ledger::batch::StagedLine;
use store::ledger::project::{self, Named};
use store::ledger::{entry, position};

/// A line that would become an entry, and where its amount stands.
pub(super) struct NewLine {
    pub staged: Staged,
    pub place: Place,
}

/// A posting as it waits for approval, and which of its equals in the file it is, from 1.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Staged {
    pub posting: Posting,
    pub ordinal: u32,
}

/// What a file would do.
pub(super) struct Judged {
    pub sheets: Vec<LedgerSheet>,
    pub counts: LineCounts,
    /// what the new lines add
    pub totals: Sums,
    pub lines: Vec<NewLine>,
    pub findings: Vec<LineFinding>,
}

pub(super) fn staged(line: NewLine) -> Outcome<StagedLine> {
    let body = json(&line.staged)?;
    let cell = line.place.address.unwrap_or_else(|| line.place.row.to_string());
    Ok(StagedLine { sheet: line.place.sheet, cell, body })
}

/// Compares a book with what is kept.
pub(super) async fn judge(conn: &Conn, call: &Call, book: Book) -> Outcome<Judged> {
    let Book { sheets, lines, mut findings, faulty } = book;
    let total = lines.len();
    let mut counts = LineCounts { faulty, ..LineCounts::default() };
    counts.notices = count(lines.iter().filter(|line| line.movement == Movement::Issue).count());
    counts.movements = count(total) - counts.notices;
    let today = call.today();
    let lines: Vec<BookLine> = lines.into_iter().filter(|line| is_due(line, today, &mut findings)).collect();
    let meant = Projects::load(conn, call, &lines).await?;
    let placed: Vec<(BookLine, Named)> =
        lines.into_iter().filter_map(|line| meant.of(line, &mut findings)).collect();
    let ids: Vec<ProjectId> = placed.iter().map(|(_, project)| project.id).collect();
    let held = position::of(conn, &ids).await?;
    let years = Years::of(&placed, held.values().map(|held| &held.position));
    let postings: Vec<(BookLine, Posting)> = placed
        .into_iter()
        .filter_map(|(line, project)| {
            let year = years.of_line(&line, project.id, &mut findings)?;
            let posting = posting(&line, project.id, year);
            Some((line, posting))
        })
        .collect();
    counts.faulty += count(total - postings.len());
    let fresh = fresh(conn, call, postings, &mut findings).await?;
    counts.known = count(total) + faulty - counts.faulty - count(fresh.len());
    counts.new = count(fresh.len());
    over_notices(conn, call, &fresh, &mut findings).await?;
    let totals = breaches(&fresh, |key| held.get(key).map(|held| held.position), &mut findings);
    let lines = fresh
        .into_iter()
        .map(|(line, staged)| NewLine { place: line.place(Column::Amount), staged })
        .collect();
    Ok(Judged { sheets, counts, totals, lines, findings })
}

/// Nothing is entered before its day, by hand or by a file.
fn is_due(line: &BookLine, today: NaiveDate, findings: &mut Vec<LineFinding>) -> bool {
    let is_due = line.date <= today;
    if !is_due {
        findings.push(error(line, Column::Date, LineFault::InFuture { date: line.date, today }));
    }
    is_due
}

/// Projects that the lines may mean.
struct Projects {
    by_code: HashMap<String, Named>,
    by_name: HashMap<String, Vec<Named>>,
}

impl Projects {
    async fn load(conn: &Conn, call: &Call, lines: &[BookLine]) -> Outcome<Projects> {
        let scope = call.scope();
        let codes: BTreeSet<String> = lines.iter().filter_map(code).collect();
        let codes: Vec<String> = codes.into_iter().collect();
        let names: BTreeSet<String> =
            lines.iter().filter(|line| code(line).is_none()).map(|line| line.project_name.clone()).collect();
        let names: Vec<String> = names.into_iter().collect();
        let mut by_name: HashMap<String, Vec<Named>> = HashMap::new();
        for named in project::by_names(conn, &scope, &names).await? {
            by_name.entry(named.name.clone()).or_default().push(named);
        }
        let by_code = project::by_codes(conn, &scope, &codes).await?;
        let by_code = by_code.into_iter().filter_map(|named| Some((named.code.clone()?, named))).collect();
        Ok(Projects { by_code, by_name })
    }

    /// By code; without one, by name and place when that is one project.
    fn of(&self, line: BookLine, findings: &mut Vec<LineFinding>) -> Option<(BookLine, Named)> {
        if let Some(code) = code(&line) {
            let Some(named) = self.by_code.get(&code) else {
                let fault = LineFault::UnknownProject { text: code };
                findings.push(error(&line, Column::ProjectCode, fault));
                return None;
            };
            differences(&line, named, findings);
            return Some((line, named.clone()));
        }
        let text = line.project_name.clone();
        let all = self.by_name.get(&text).map(Vec::as_slice).unwrap_or_default();
        let found: Vec<&Named> = all.iter().filter(|named| is_at(&line.area, named)).collect();
        match found.as_slice() {
            [one] => Some((line, (*one).clone())),
            [] => {
                findings.push(error(&line, Column::ProjectName, LineFault::UnknownProject { text }));
                None
            }
            _ => {
                findings.push(error(&line, Column::ProjectName, LineFault::AmbiguousProject { text }));
                None
            }
        }
    }
}

/// Whether a cell names the place of a project, or no place.
fn is_at(written: &str, named: &Named) -> bool {
    let area = fold(written);
    area.is_empty()
        || area == fold(&named.area_name)
        || area == fold(&short_form(&named.area_name))
        || area == named.area_code().as_str()
}

/// The code counts; a name or a place beside it that says something else is a slip of one of them.
fn differences(line: &BookLine, named: &Named, findings: &mut Vec<LineFinding>) {
    if !line.project_name.is_empty() && fold(&line.project_name) != fold(&named.name) {
        let fault = LineFault::DiffersFromCode { kept: named.name.clone() };
        findings.push(finding(Severity::Warning, line, Column::ProjectName, fault));
    }
    if !is_at(&line.area, named) {
        let fault = LineFault::DiffersFromCode { kept: named.area_name.clone() };
        findings.push(finding(Severity::Warning, line, Column::Area, fault));
    }
}

fn code(line: &BookLine) -> Option<String> {
    ProjectCode::new(&line.project_code).map(|code| code.as_str().to_owned())
}

/// Budget years in which notices gave money of a source to a project: in the file and in the ledger.
struct Years(BTreeMap<(ProjectId, Source), BTreeSet<FiscalYear>>);

impl Years {
    fn of<'a>(lines: &[(BookLine, Named)], positions: impl Iterator<Item = &'a Position>) -> Years {
        let mut years: BTreeMap<(ProjectId, Source), BTreeSet<FiscalYear>> = BTreeMap::new();
        for (line, project) in lines.iter().filter(|(line, _)| line.movement == Movement::Issue) {
            if let Some(year) = line.year {
                years.entry((project.id, line.source)).or_default().insert(year);
            }
        }
        for position in positions {
            let key = position.key();
            if !position.totals().entered.get(Stage::Issued).is_zero() {
                years.entry((key.project, key.source)).or_default().insert(key.year);
            }
        }
        Years(years)
    }

    /// The year of the line, or that of the only notice; otherwise it is asked.
    fn of_line(
        &self,
        line: &BookLine,
        project: ProjectId,
        findings: &mut Vec<LineFinding>,
    ) -> Option<FiscalYear> {
        if line.year.is_some() {
            return line.year;
        }
        let known = self.0.get(&(project, line.source));
        let years: Vec<FiscalYear> = known.into_iter().flatten().copied().collect();
        match years.as_slice() {
            [year] if line.movement != Movement::Issue => {
                let fault = LineFault::YearFromNotice { year: *year };
                findings.push(finding(Severity::Note, line, Column::Year, fault));
                Some(*year)
            }
            _ => {
                findings.push(error(line, Column::Year, LineFault::YearUnclear { years }));
                None
            }
        }
    }
}

fn posting(line: &BookLine, project: ProjectId, year: FiscalYear) -> Posting {
    Posting {
        movement: line.movement,
        key: Key { project, source: line.source, year },
        amount: line.amount,
        date: line.date,
        paper: Paper { document: line.document.clone(), voucher: line.voucher.clone() },
        payee: line.payee.clone(),
        purpose: line.purpose.clone(),
        memo: line.memo.clone(),
    }
}

/// The facts by which a posting is recognised when it comes again.
pub(super) fn line_of(posting: &Posting) -> Line<'_> {
    Line {
        movement: posting.movement,
        paper: &posting.paper,
        date: posting.date,
        project: posting.key.project,
        source: posting.key.source,
        amount: posting.amount,
    }
}

/// Lines that do not stand in the ledger: of equal lines, those beyond the number that stands there.
async fn fresh(
    conn: &Conn,
    call: &Call,
    postings: Vec<(BookLine, Posting)>,
    findings: &mut Vec<LineFinding>,
) -> Outcome<Vec<(BookLine, Staged)>> {
    let identities = number(postings.iter().map(|(_, posting)| line_of(posting)));
    let keys: BTreeSet<String> = identities.iter().map(|identity| identity.key.clone()).collect();
    let keys: Vec<String> = keys.into_iter().collect();
    let standing = entry::standing(conn, &call.scope(), &keys).await?;
    let mut fresh = Vec::with_capacity(postings.len());
    for ((line, posting), identity) in postings.into_iter().zip(identities) {
        if identity.ordinal <= standing.get(&identity.key).copied().unwrap_or_default() {
            findings.push(finding(Severity::Note, &line, Column::Amount, LineFault::Known));
        } else {
            fresh.push((line, Staged { posting, ordinal: identity.ordinal }));
        }
    }
    Ok(fresh)
}

/// Where the new lines break the order of a position, at the last line that reaches too far; and their sum.
fn breaches(
    fresh: &[(BookLine, Staged)],
    held: impl Fn(&Key) -> Option<Position>,
    findings: &mut Vec<LineFinding>,
) -> Sums {
    let mut groups: BTreeMap<Key, Vec<(&BookLine, &Posting)>> = BTreeMap::new();
    for (line, staged) in fresh {
        groups.entry(staged.posting.key).or_default().push((line, &staged.posting));
    }
    let mut sum = Totals::default();
    for (key, group) in groups {
        let before = held(&key).unwrap_or_else(|| Position::empty(key));
        let moved: Vec<(Movement, Delta)> =
            group.iter().map(|(_, posting)| (posting.movement, Delta::from(posting.amount))).collect();
        sum = sum.after_all(moved.iter().copied()).unwrap_or(sum);
        let after = before.totals().after_all(moved).and_then(|totals| Position::restore(key, totals));
        let (source, year) = (key.source, key.year);
        let last = |stage: Option<Stage>| {
            let reaches = |posting: &Posting| posting.movement.kind().reaches() == stage;
            group.iter().rev().find(|(_, posting)| reaches(posting)).or(group.last()).map(|(line, _)| *line)
        };
        match after {
            Ok(after) => {
                let broken = after.worsened_since(&before);
                if let Some(line) = broken.last().and_then(|breach| last(Some(breach.later))) {
                    let fault = LineFault::OutOfOrder { source, year, breaches: broken };
                    findings.push(finding(Severity::Warning, line, Column::Amount, fault));
                }
            }
            Err(refusal) => {
                let short = if let Refusal::Negative { short, .. } = refusal { short } else { Money::ZERO };
                if let Some(line) = last(None) {
                    findings.push(error(line, Column::Amount, LineFault::BelowZero { source, short }));
                }
            }
        }
    }
    Sums::from(&sum)
}

/// Lines of 下达 that go beyond the notice as it was registered, at the last line of the document.
async fn over_notices(
    conn: &Conn,
    call: &Call,
    fresh: &[(BookLine, Staged)],
    findings: &mut Vec<LineFinding>,
) -> Outcome<()> {
    let mut sums: BTreeMap<NoticeKey, (Delta, &BookLine)> = BTreeMap::new();
    for (line, staged) in fresh {
        let Some(key) = notice_key(&staged.posting) else { continue };
        let (sum, last) = sums.entry(key).or_insert((Delta::ZERO, line));
        *sum = sum.checked_add(staged.posting.amount.into()).unwrap_or(*sum);
        *last = line;
    }
    let documents: BTreeSet<String> = sums.keys().map(|(document, ..)| document.clone()).collect();
    let documents: Vec<String> = documents.into_iter().collect();
    let scope = call.scope();
    for kept in store::fund::by_documents(conn, &scope, &[call.area().code()], &documents).await? {
        let notice = kept.notice;
        let key = (store::fund::document_key(&notice.document), notice.source, notice.year);
        let Some((sum, line)) = sums.get(&key).filter(|_| !kept.withdrawn) else { continue };
        let over = Delta::from_fen(kept.arranged.fen() + sum.fen() - notice.amount.fen());
        if over > Delta::ZERO {
            let fault = LineFault::OverNotice { document: notice.document, over };
            findings.push(finding(Severity::Warning, line, Column::Amount, fault));
        }
    }
    Ok(())
}

fn error(line: &BookLine, column: Column, fault: LineFault) -> LineFinding {
    finding(Severity::Error, line, column, fault)
}

fn finding(severity: Severity, line: &BookLine, column: Column, fault: LineFault) -> LineFinding {
    LineFinding { severity, place: line.place(column), column: Some(column), fault }
}

//! Reports of closed months: a function of the month, the place of the chain that was known and the names that stood at
//! first issue. So an issue can be made again, byte for byte, whatever was corrected since.

mod body;

use super::view::{entry_line, instant};
use super::write::Books;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use body::{Frozen, lines, names, workbook};
use contract::error::FieldFault;
use contract::ledger::report::{
    Difference, IssueReport, ReportComparison, ReportHead, ReportLine, ReportQuery, ReportView, ReportsView,
};
use domain::area::AreaCode;
use domain::id::ReportId;
use domain::ledger::PerStage;
use domain::money::Delta;
use domain::permission::Action;
use domain::source::Source;
use std::collections::BTreeMap;
use store::Conn;
use store::ledger::entry::{self, Filter};
use store::ledger::report::{self as kept, Issue};
use store::ledger::{chain, control};

const ISSUE: &str = "ledger/issue_report";
/// Issues on the page.
const SHOWN: u32 = 200;

/// A workbook and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub bytes: Vec<u8>,
    pub name: String,
}

/// Every issue of the person's area, and the months that may be reported on: those that the area closed, or one above it.
pub async fn reports(call: &Call, (): ()) -> Outcome<ReportsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let issues = kept::list(&conn, &scope, SHOWN).await?;
    let closed = Books::load(&conn, [scope.area()]).await?.closed(scope.area());
    Ok(ReportsView {
        reports: issues.iter().map(|issue| Ok(head(issue, &Frozen::read(issue)?))).collect::<Outcome<_>>()?,
        closed: closed.into_iter().rev().collect(),
        key: call.new_id().to_string(),
        may: call.abilities(scope.area()),
    })
}

/// One issue, made again with what it knew.
pub async fn one(call: &Call, query: ReportQuery) -> Outcome<ReportView> {
    let conn = call.read().await?;
    let issue = kept::load(&conn, &call.scope(), query.report).await?;
    call.permit(Action::ViewMoney, &issue.area)?;
    let frozen = Frozen::read(&issue)?;
    let lines = lines(&conn, call, &issue, issue.known_at, &frozen.names()).await?;
    let book = workbook(&issue, &frozen, &lines).await?;
    Ok(ReportView {
        same: book.sha256 == issue.sha256,
        head: head(&issue, &frozen),
        lines,
        rules: frozen.rules,
        control: frozen.control,
        may: call.abilities(&issue.area),
    })
}

/// Issues the report of a closed month. What was issued with the same knowledge is that issue.
pub async fn issue(call: &Call, command: IssueReport) -> Outcome<ReportView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let report = issued(&call, command).await?;
        one(&call, ReportQuery { report }).await
    })
    .await
}

async fn issued(call: &Call, command: IssueReport) -> Outcome<ReportId> {
    // Whoever closes the books answers for what is reported of them.
    let permit = call.permit(Action::CloseMonth, &call.area())?;
    let tx = call.begin().await?;
    if let Some(report) = once::before::<ReportId>(&tx, &permit, ISSUE, &command.key, &command).await? {
        tx.rollback().await?;
        return Ok(report);
    }
    // Whoever holds the head is alone: nothing is written between what is read and the place that is named.
    chain::hold(&tx).await?;
    let area = call.area();
    if !Books::load(&tx, [&area]).await?.of(&area).is_closed(command.month) {
        return Err(Failure::field("month", FieldFault::NotAChoice));
    }
    let (known_at, _) = chain::head(&tx).await?;
    let scope = call.scope();
    let before = kept::same(&tx, &scope, area.code(), command.month, known_at).await?;
    let report = match before {
        Some(issue) => issue.id,
        None => {
            let mut issue = Issue {
                id: ReportId::new(call.new_id()),
                area,
                month: command.month,
                known_at,
                frozen: String::new(),
                sha256: String::new(),
                issuer: call.user()?,
                at: tx.at(),
            };
            let frozen = freeze(&tx, call, &issue).await?;
            let lines = lines(&tx, call, &issue, known_at, &frozen.names()).await?;
            issue.frozen = frozen.text()?;
            issue.sha256 = workbook(&issue, &frozen, &lines).await?.sha256;
            kept::keep(&tx, &permit, &issue).await?;
            issue.id
        }
    };
    once::settle(tx, &permit, ISSUE, &command.key, report).await
}

/// Names and editions as they stand now.
async fn freeze(conn: &Conn, call: &Call, issue: &Issue) -> Outcome<Frozen> {
    let editions = store::review::editions(conn).await?;
    let rules = editions.map_or_else(Vec::new, |editions| body::holding(&editions, issue));
    Ok(Frozen {
        issuer: store::account::own(conn, issue.issuer).await?.0.name,
        areas: names(conn, call, issue).await?,
        sources: Source::ALL
            .iter()
            .map(|source| (source.code().to_owned(), source.heading().to_owned()))
            .collect(),
        rules,
        control: control::current(conn).await?.validity().edition,
    })
}

/// The issue beside what is known now: what came since and is dated up to the end of its month, and what that changes.
pub async fn compare(call: &Call, query: ReportQuery) -> Outcome<ReportComparison> {
    let conn = call.read().await?;
    let scope = call.scope();
    let issue = kept::load(&conn, &scope, query.report).await?;
    call.permit(Action::ViewMoney, &issue.area)?;
    let frozen = Frozen::read(&issue)?;
    let (known_at, _) = chain::head(&conn).await?;
    let first = lines(&conn, call, &issue, issue.known_at, &frozen.names()).await?;
    let mut named = frozen.names();
    for (area, name) in names(&conn, call, &issue).await? {
        named.areas.entry(area).or_insert(name);
    }
    let now = lines(&conn, call, &issue, known_at, &named).await?;
    let filter = Filter {
        area: Some(issue.area.clone()),
        as_of: Some(issue.month.last_day()),
        unknown_at: Some(issue.known_at),
        known_at: Some(known_at),
        ..Filter::default()
    };
    let corrections = entry::all(&conn, &scope, &filter).await?;
    Ok(ReportComparison {
        head: head(&issue, &frozen),
        known_at,
        corrections: corrections.into_iter().map(|kept| entry_line(&scope, kept)).collect(),
        differences: differences(first, now),
        may: call.abilities(&issue.area),
    })
}

/// The workbook of an issue as it went out first; the trail names who took it.
pub async fn export(call: &Call, query: ReportQuery) -> Outcome<Made> {
    let conn = call.read().await?;
    let issue = kept::load(&conn, &call.scope(), query.report).await?;
    let permit = call.permit(Action::ExportList, &issue.area)?;
    let frozen = Frozen::read(&issue)?;
    let lines = lines(&conn, call, &issue, issue.known_at, &frozen.names()).await?;
    drop(conn);
    let book = workbook(&issue, &frozen, &lines).await?;
    let act = store::audit::Act {
        object: "ledger_report",
        object_id: Some(issue.id.to_string()),
        detail: format!("rows={} month={} known_at={}", lines.len(), issue.month, issue.known_at),
        after: Some(book.sha256),
        ..store::audit::Act::default()
    };
    let tx = call.begin().await?;
    store::audit::note(&tx, &permit, act);
    tx.commit().await?;
    let area = frozen.areas.get(issue.area.code().as_str()).cloned().unwrap_or_default();
    Ok(Made {
        bytes: book.bytes,
        name: format!("{}_{area}_{}_{}.xlsx", sheet::write::report::WORD, issue.month, issue.known_at),
    })
}

fn head(issue: &Issue, frozen: &Frozen) -> ReportHead {
    ReportHead {
        report: issue.id,
        month: issue.month,
        area_name: frozen.areas.get(issue.area.code().as_str()).cloned().unwrap_or_default(),
        known_at: issue.known_at,
        issuer: frozen.issuer.clone(),
        at: instant(issue.at),
        sha256: issue.sha256.clone(),
    }
}

fn differences(first: Vec<ReportLine>, now: Vec<ReportLine>) -> Vec<Difference> {
    type Both = (String, String, PerStage<Delta>, PerStage<Delta>);
    let mut all: BTreeMap<(AreaCode, Source), Both> = BTreeMap::new();
    for line in first {
        let both = (line.area_name, line.source_name, line.total, PerStage::default());
        all.insert((line.area, line.source), both);
    }
    for line in now {
        let fresh = (line.area_name, line.source_name, PerStage::default(), PerStage::default());
        all.entry((line.area, line.source)).or_insert(fresh).3 = line.total;
    }
    all.into_values()
        .filter(|(_, _, first, now)| first != now)
        .map(|(area_name, source_name, first, now)| Difference { area_name, source_name, first, now })
        .collect()
}

impl From<serde_json::Error> for Failure {
    fn from(fault: serde_json::Error) -> Failure {
        Failure::Unexpected(fault.to_string())
    }
}

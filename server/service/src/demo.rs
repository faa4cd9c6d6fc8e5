//! The demo's invented people and first data. Takes workbooks already read; knows no file and no command line.
//!
//! Runs only on a folder that the demo made for itself: the known password must never reach a real one.

use crate::account::{self, people};
use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::import::site::{self, SitesCommitted};
use crate::import::{self, Choices, Committed};
use crate::{ledger, statement};
use contract::ledger::batch::BatchState;
use contract::ledger::command::{BatchStep, LedgerFile};
use domain::area::AreaCode;
use domain::finding::{Finding, Severity};
use domain::permission::Role;
use domain::statement::shipped;
use sheet::staged::Parsed;
use store::account::AccountFacts;

/// Password of every account of the demo; printed when it starts.
pub const PASSWORD: &str = "houfu-demo-2026";

/// Who loads the books: the planner of the whole province they are about.
pub const IMPORTER: &str = "planner-gz";

/// Who keeps the book of funds.
const TREASURER: &str = "treasurer-gz";

/// Who approves it, and keeps the figures of documents.
const REVIEWER: &str = "reviewer-gz";

/// One key for both steps: a first start that was broken off goes on where it stopped.
const LEDGER_KEY: &str = "demo-ledger";

/// An invented person.
pub struct Person {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
    /// code of GB/T 2260
    pub area: &'static str,
}

/// Every role, and planners on every level.
pub const PEOPLE: [Person; 14] = [
    person("planner-cn", "国家规划员", Role::Planner, "100000"),
    person("leader-cn", "国家领导", Role::Leader, "100000"),
    person("planner-gz", "省规划员", Role::Planner, "520000"),
    person("planner-bijie", "毕节规划员", Role::Planner, "520500"),
    person("planner-weining", "威宁规划员", Role::Planner, "520526"),
    person("planner-zhijin", "织金规划员", Role::Planner, "520524"),
    person("treasurer-gz", "省财务经办", Role::Treasurer, "520000"),
    person("treasurer-weining", "威宁财务经办", Role::Treasurer, "520526"),
    person("reviewer-gz", "省财务审核", Role::Reviewer, "520000"),
    person("reviewer-gz-2", "省财务复核", Role::Reviewer, "520000"),
    person("leader-gz", "省领导", Role::Leader, "520000"),
    person("leader-bijie", "毕节领导", Role::Leader, "520500"),
    person("admin", "系统管理员", Role::Administrator, "100000"),
    person("auditor", "审计员", Role::Auditor, "520000"),
];

const fn person(login: &'static str, name: &'static str, role: Role, area: &'static str) -> Person {
    Person { login, name, role, area }
}

/// Adds those people who are not there yet.
pub async fn add_people(app: &App) -> Outcome<()> {
    let call = Call::system(app);
    for person in &PEOPLE {
        let there = store::account::by_login(&*call.read().await?, person.login).await?.is_some();
        if there {
            continue;
        }
        let area = AreaCode::new(person.area).ok_or_else(|| unreadable(person.login, "area"))?;
        let (login, name) = (person.login.to_owned(), person.name.to_owned());
        let facts = AccountFacts { login, name, role: person.role, area, disabled: false };
        people::add(&call, facts, PASSWORD.to_owned()).await?;
    }
    Ok(())
}

/// Brings the communities of the book in by the import that everybody uses; a second start finds them there.
/// Returns how many were made.
pub async fn add_sites(call: &Call, book: &Parsed) -> Outcome<usize> {
    match site::commit(call, book.clone(), false, "demo".to_owned()).await? {
        SitesCommitted::Done { comparison } => Ok(comparison.counts().new as usize),
        SitesCommitted::Repeated => Ok(0),
        SitesCommitted::Held { comparison } => Err(held(&comparison.findings)),
    }
}

/// Brings the projects of the book in by the import that everybody uses; a second start finds the key used.
/// Returns how many were made.
pub async fn add_projects(call: &Call, book: Parsed) -> Outcome<usize> {
    match import::commit(call, book, Choices::default(), "demo".to_owned()).await? {
        Committed::Done { comparison, .. } => Ok(comparison.counts().new as usize),
        Committed::Repeated => Ok(0),
        Committed::Held { comparison } => Err(held(&comparison.findings)),
    }
}

/// Keeps the figures of the public documents that come with the product; a second start finds them there.
/// Returns how many were kept.
pub async fn add_statements(app: &App) -> Outcome<u32> {
    let call = account::call_as(app, REVIEWER).await?;
    let statements = shipped::statements().map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    Ok(statement::keep(&call, statements, shipped::remarks()).await?.statements)
}

/// Brings the book of funds in by the import that everybody uses: one person stages it, another approves it. A second start
/// finds it there. Returns how many entries it has.
pub async fn add_ledger(app: &App, name: &str, bytes: &[u8]) -> Outcome<u32> {
    let maker = account::call_as(app, TREASURER).await?;
    let file = LedgerFile { key: LEDGER_KEY.to_owned(), file_name: name.to_owned(), bytes: bytes.to_vec() };
    let batch = ledger::import::stage(&maker, file).await?;
    if batch.state == BatchState::Staged {
        let checker = account::call_as(app, REVIEWER).await?;
        let step = BatchStep {
            batch: batch.batch,
            version: batch.version,
            key: LEDGER_KEY.to_owned(),
            reason: String::new(),
        };
        ledger::import::approve(&checker, step).await?;
    }
    Ok(batch.counts.new)
}

/// Hands in invented returns of the months that are over; a second start finds them there.
/// Returns how many books were handed in.
pub async fn add_returns(app: &App) -> Outcome<usize> {
    crate::dispatch::demo::add(app).await
}

fn held(findings: &[Finding]) -> Failure {
    let first = findings.iter().find(|finding| finding.severity == Severity::Error);
    Failure::Unexpected(format!("demo book held back: {first:?}"))
}

fn unreadable(place: &str, what: &str) -> Failure {
    Failure::Unexpected(format!("demo: {place}: {what} cannot be used"))
}

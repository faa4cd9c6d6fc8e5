//! The demo's invented people and first data. Takes workbooks already read; knows no file and no command line.
//!
//! Runs only on a folder that the demo made for itself: the known password must never reach a real one.

use crate::account::people;
use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::import::{self, Choices, Committed};
use domain::area::AreaCode;
use domain::finding::Severity;
use domain::id::SiteId;
use domain::permission::{Action, Role};
use domain::project::Value;
use domain::site::SiteFacts;
use domain::text::fold;
use sheet::staged::{Parsed, StagedRow};
use std::collections::HashMap;
use store::account::AccountFacts;
use store::area::Area;

/// Password of every account of the demo; printed when it starts.
pub const PASSWORD: &str = "houfu-demo-2026";

/// Who loads the books: the planner of the whole province they are about.
pub const IMPORTER: &str = "planner-gz";

/// An invented person.
pub struct Person {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
    /// code of GB/T 2260
    pub area: &'static str,
}

/// Every role, and planners on every level.
pub const PEOPLE: [Person; 11] = [
    person("planner-gz", "省规划员", Role::Planner, "520000"),
    person("planner-bijie", "毕节规划员", Role::Planner, "520500"),
    person("planner-weining", "威宁规划员", Role::Planner, "520526"),
    person("planner-zhijin", "织金规划员", Role::Planner, "520524"),
    person("treasurer-gz", "省财务经办", Role::Treasurer, "520000"),
    person("treasurer-weining", "威宁财务经办", Role::Treasurer, "520526"),
    person("reviewer-gz", "省财务审核", Role::Reviewer, "520000"),
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

/// Makes the communities of the book, all or none; does nothing when there are some. Returns how many were made.
pub async fn add_sites(call: &Call, book: &Parsed) -> Outcome<usize> {
    let tx = call.begin().await?;
    if !store::site::list(&tx, &call.scope(), "").await?.is_empty() {
        return Ok(0);
    }
    let permit = call.permit(Action::EditSite, &call.area())?;
    let places = Places::new(store::area::all(&tx, &call.scope()).await?, call, Action::EditSite)?;
    let mut made = Vec::with_capacity(book.rows.len());
    for row in &book.rows {
        made.push((SiteId::new(call.new_id()), site(row, &places)?));
    }
    store::site::insert_many(&tx, &permit, &made).await?;
    tx.commit().await?;
    Ok(made.len())
}

/// Brings the projects of the book in by the import that everybody uses; a second start finds the key used.
/// Returns how many were made.
pub async fn add_projects(call: &Call, book: Parsed) -> Outcome<usize> {
    match import::commit(call, book, Choices::default(), "demo".to_owned()).await? {
        Committed::Done { comparison, .. } => Ok(comparison.counts().new),
        Committed::Repeated => Ok(0),
        Committed::Held { comparison } => {
            let first = comparison.findings.iter().find(|finding| finding.severity == Severity::Error);
            Err(Failure::Unexpected(format!("demo book held back: {first:?}")))
        }
    }
}

/// Areas by the names people write, those only in which the importer may write.
struct Places(HashMap<String, AreaCode>);

impl Places {
    fn new(areas: Vec<Area>, call: &Call, action: Action) -> Outcome<Places> {
        let mut names = HashMap::new();
        for area in areas {
            call.permit(action, &area.path)?;
            names.insert(fold(&area.short), area.code);
            names.insert(fold(&area.name), area.code);
        }
        Ok(Places(names))
    }

    fn find(&self, row: &StagedRow, key: &str) -> Outcome<AreaCode> {
        let written = row.cells.get(key).map(|cell| cell.raw.trim()).unwrap_or_default();
        self.0.get(&fold(written)).copied().ok_or_else(|| wrong(row, key))
    }
}

fn site(row: &StagedRow, places: &Places) -> Outcome<SiteFacts> {
    let text =
        |key: &str| row.cells.get(key).map(|cell| cell.raw.trim().to_owned()).filter(|text| !text.is_empty());
    let count = |key: &str| match row.cells.get(key).and_then(|cell| cell.value.as_ref()) {
        Some(Value::Count(count)) => Some(*count),
        Some(_) | None => None,
    };
    Ok(SiteFacts {
        code: text("site.code"),
        name: text("site.name").ok_or_else(|| wrong(row, "site.name"))?,
        area: places.find(row, "site.area")?,
        households: count("site.households"),
        people: count("site.people"),
        labour: count("site.labour"),
        employed: count("site.employed"),
        employed_out_of_province: count("site.employed_out_of_province"),
        employed_in_province: count("site.employed_in_province"),
        employed_in_county: count("site.employed_in_county"),
        zero_employment_households: count("site.zero_employment_households"),
    })
}

fn wrong(row: &StagedRow, key: &str) -> Failure {
    unreadable(&format!("{} row {}", row.sheet, row.row), key)
}

fn unreadable(place: &str, what: &str) -> Failure {
    Failure::Unexpected(format!("demo book: {place}: {what} cannot be used"))
}

//! Money of documents, from the entries: of each project, in the place in which it was entered. Reckons nothing.

use crate::fault::Fault;
use crate::ledger::figures;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::{AreaCode, AreaPath};
use domain::bulletin::facts::{Entry, Facts};
use domain::id::ProjectId;
use domain::ledger::{PerStage, Stage as FundStage};
use domain::money::Delta;
use domain::period::{FiscalYear, Month};
use domain::permission::Scope;
use domain::project::Stage;
use std::collections::BTreeMap;

const TABLE: &str = "ledger_entry";

/// Money by project and place.
pub type Spent = BTreeMap<(ProjectId, AreaCode), PerStage<Delta>>;

/// Up to when entries count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// the books of a month, which take late entries of months that are closed: as the ledger and the leaders' page count
    Books(Month),
    /// the last day of a month by their own date: as documents of the first edition count
    Date(Month),
}

/// Money of a budget year, of entries up to the end of a month and written up to a place of the chain.
pub async fn money(
    conn: &Conn,
    scope: &Scope,
    year: FiscalYear,
    until: Until,
    ledger_at: i64,
) -> Result<Spent, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT e.project_id, e.area_path, {} FROM ledger_entry e WHERE ",
        figures::sums_of_entries("e")
    ));
    written(&mut sql, scope, year, ledger_at);
    match until {
        Until::Books(month) => sql.bind(" AND e.month <= ?", month.to_string()),
        Until::Date(month) => sql.bind(" AND e.date <= ?", month.last_day().to_string()),
    };
    sql.push(" GROUP BY e.project_id, e.area_path");
    let mut spent = Spent::new();
    for row in conn.all(sql).await? {
        let sums = figures::signed(&row)?;
        let project: ProjectId = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
        let held = spent.entry((project, place(&row, "area_path")?)).or_default();
        *held = PerStage::of(|stage: FundStage| {
            Delta::from_fen(held.get(stage).fen().saturating_add(sums.net(stage).fen()))
        });
    }
    Ok(spent)
}

/// Projects with entries of the year in a place in which they do not lie now, as the register calls them.
pub async fn elsewhere(
    conn: &Conn,
    scope: &Scope,
    year: FiscalYear,
    ledger_at: i64,
) -> Result<Vec<Entry>, Fault> {
    let mut sql = Sql::new(
        "SELECT DISTINCT p.id, p.number, p.code, p.name, p.stage, p.area_path AS now_path, e.area_path FROM ledger_entry e JOIN project p ON p.id = e.project_id WHERE e.area_path <> p.area_path AND ",
    );
    written(&mut sql, scope, year, ledger_at);
    let mut found: BTreeMap<(AreaCode, i64), Entry> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let own = place(&row, "area_path")?;
        if own != place(&row, "now_path")? {
            let entry = entry(&row, own)?;
            found.insert((own, entry.number), entry);
        }
    }
    Ok(found.into_values().collect())
}

fn written(sql: &mut Sql, scope: &Scope, year: FiscalYear, ledger_at: i64) {
    scope::under(sql, "e.area_path", scope.area());
    sql.bind(" AND e.budget_year = ?", i64::from(year.get()));
    sql.bind(" AND e.seq <= ?", ledger_at);
}

fn place(row: &Row, column: &str) -> Result<AreaCode, Fault> {
    let area: AreaPath = row.parsed(TABLE, column, AreaPath::new)?;
    Ok(Facts::place_of(&area))
}

/// With its name alone: list, plan and estimate are of where it lies.
fn entry(row: &Row, place: AreaCode) -> Result<Entry, Fault> {
    const TABLE: &str = "project";
    Ok(Entry {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        number: row.int("number")?,
        code: row.maybe_text("code")?,
        name: row.text("name")?,
        place,
        stage: row.parsed(TABLE, "stage", Stage::from_code)?,
        horizon: None,
        total: None,
        planned: None,
        posts_milli: None,
    })
}

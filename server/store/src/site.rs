//! Settlement communities (安置点): rows, search, and names within a county. Knows no form and no workbook.

pub mod change;
pub mod need;
pub mod newest;
pub mod page;
pub mod size;
pub mod standing;

use crate::area;
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::search::{self, anywhere};
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::id::SiteId;
use domain::permission::{Permit, Scope};
use domain::site::SiteFacts;
use domain::text;

/// A community as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub id: SiteId,
    pub facts: SiteFacts,
    pub area_path: AreaPath,
    pub version: i64,
    /// Unix milliseconds
    pub updated_at: i64,
}

pub(crate) const COLUMNS: &str = "id, code, name, area_code, area_path, households, people, labour, employed, employed_out_of_province, employed_in_province, employed_in_county, zero_employment_households, version, updated_at";

pub(crate) fn read(row: &Row) -> Result<Site, Fault> {
    let id = row.text("id")?;
    let count = |column: &str| -> Result<Option<u32>, Fault> {
        let corrupt = || Fault::Corrupt { table: "site", id: id.clone() };
        row.maybe_int(column)?.map(|count| u32::try_from(count).map_err(|_| corrupt())).transpose()
    };
    Ok(Site {
        facts: SiteFacts {
            code: row.maybe_text("code")?,
            name: row.text("name")?,
            area: row.parsed("site", "area_code", AreaCode::new)?,
            households: count("households")?,
            people: count("people")?,
            labour: count("labour")?,
            employed: count("employed")?,
            employed_out_of_province: count("employed_out_of_province")?,
            employed_in_province: count("employed_in_province")?,
            employed_in_county: count("employed_in_county")?,
            zero_employment_households: count("zero_employment_households")?,
        },
        id: row.parsed("site", "id", |id| id.parse().ok())?,
        area_path: row.parsed("site", "area_path", AreaPath::new)?,
        version: row.int("version")?,
        updated_at: row.int("updated_at")?,
    })
}

/// One community in the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: SiteId) -> Result<Site, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM site WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "site" })?
}

/// Communities in the scope, by area and name; `needle` empty means all.
pub async fn list(conn: &Conn, scope: &Scope, needle: &str) -> Result<Vec<Site>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM site WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    if !needle.trim().is_empty() {
        let pattern = anywhere(needle);
        sql.bind(" AND (folded LIKE ? ESCAPE '\\'", pattern.clone());
        sql.bind(" OR code LIKE ? ESCAPE '\\'", pattern.clone());
        if search::may_be_pinyin(needle) {
            sql.bind(" OR pinyin LIKE ? ESCAPE '\\'", pattern.clone());
            sql.bind(" OR initials LIKE ? ESCAPE '\\'", pattern);
        }
        sql.push(")");
    }
    sql.push(" ORDER BY area_path, folded, id");
    conn.all(sql).await?.iter().map(read).collect()
}

/// Communities of these counties, for resolving names of a whole workbook at once.
pub async fn of_areas(conn: &Conn, scope: &Scope, areas: &[AreaCode]) -> Result<Vec<Site>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM site WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" AND area_code IN ").list(areas.iter().map(AreaCode::to_string));
    conn.all(sql).await?.iter().map(read).collect()
}

/// Makes communities, a few statements for all.
pub async fn insert_many(tx: &Tx, permit: &Permit, sites: &[(SiteId, SiteFacts)]) -> Result<(), Fault> {
    let paths = area::paths_of(tx, sites.iter().map(|(_, facts)| facts.area)).await?;
    let by = permit.actor().user().map(|user| user.to_string());
    let mut rows = Vec::with_capacity(sites.len());
    for (id, facts) in sites {
        let path = paths.get(&facts.area).ok_or(Fault::Missing { table: "area" })?;
        let mut row: Vec<sea_orm::Value> = vec![id.to_string().into()];
        row.extend(values(facts, path));
        tx.disturb_area(path.clone());
        row.extend([1_i64.into(), tx.at().into(), by.clone().into(), tx.at().into(), by.clone().into()]);
        rows.push(row);
        tx.record(permit, act(*id, "created", facts));
    }
    tx.insert_many(
        "INSERT INTO site (id, code, name, folded, pinyin, initials, area_code, area_path, households, people, labour, employed, employed_out_of_province, employed_in_province, employed_in_county, zero_employment_households, version, created_at, created_by, updated_at, updated_by)",
        rows,
    )
    .await
}

/// Changes a community when nobody did so since `version`.
pub async fn update(
    tx: &Tx,
    permit: &Permit,
    id: SiteId,
    facts: &SiteFacts,
    version: i64,
) -> Result<(), Fault> {
    let before = stored(tx, id).await?;
    let path = area::path_of(tx, facts.area).await?;
    let mut sql = Sql::new("UPDATE site SET ");
    for (name, value) in NAMES.iter().zip(values(facts, &path)) {
        sql.bind(&format!("{name} = ?, "), value);
    }
    sql.bind("updated_at = ?", tx.at());
    sql.bind(", updated_by = ?", permit.actor().user().map(|user| user.to_string()));
    sql.bind(", version = version + 1 WHERE id = ?", id.to_string());
    sql.bind(" AND version = ?", version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "site" });
    }
    tx.disturb_area(before.area_path.clone());
    tx.disturb_area(path);
    change::keep(tx, permit, id, version + 1, &before.facts, facts).await?;
    let before = serde_json::to_string(&before.facts).ok();
    tx.record(permit, Act { before, ..act(id, "changed", facts) });
    Ok(())
}

/// One community in the scope, held until the transaction ends.
pub async fn load_for_update(tx: &Tx, scope: &Scope, id: SiteId) -> Result<Site, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM site WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND id = ?", id.to_string());
    sql.push(tx.for_update());
    tx.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "site" })?
}

/// The row before a change that is already permitted.
async fn stored(tx: &Tx, id: SiteId) -> Result<Site, Fault> {
    let sql = Sql::new(&format!("SELECT {COLUMNS} FROM site WHERE id = ?")).with(id.to_string());
    tx.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "site" })?
}

const NAMES: [&str; 15] = [
    "code",
    "name",
    "folded",
    "pinyin",
    "initials",
    "area_code",
    "area_path",
    "households",
    "people",
    "labour",
    "employed",
    "employed_out_of_province",
    "employed_in_province",
    "employed_in_county",
    "zero_employment_households",
];

fn values(facts: &SiteFacts, path: &AreaPath) -> Vec<sea_orm::Value> {
    let keys = search::keys(&facts.name);
    let count = |count: Option<u32>| -> sea_orm::Value { count.map(i64::from).into() };
    vec![
        facts.code.clone().into(),
        facts.name.clone().into(),
        text::fold(&facts.name).into(),
        keys.pinyin.into(),
        keys.initials.into(),
        facts.area.to_string().into(),
        path.as_str().to_owned().into(),
        count(facts.households),
        count(facts.people),
        count(facts.labour),
        count(facts.employed),
        count(facts.employed_out_of_province),
        count(facts.employed_in_province),
        count(facts.employed_in_county),
        count(facts.zero_employment_households),
    ]
}

fn act(id: SiteId, detail: &str, facts: &SiteFacts) -> Act {
    let after = serde_json::to_string(facts).ok();
    Act {
        object: "site",
        object_id: Some(id.to_string()),
        detail: detail.to_owned(),
        after,
        ..Act::default()
    }
}

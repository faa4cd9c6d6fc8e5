//! The area tree: rows, search and names as people write them. Which area a name means is decided by the service.

pub mod tree;

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::search::{self, anywhere};
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use chrono::NaiveDate;
use domain::area::{AreaCode, AreaPath, Level};
use domain::permission::{Permit, Scope};
use domain::text;

/// One area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub code: AreaCode,
    pub name: String,
    pub level: Level,
    pub parent: Option<AreaCode>,
    pub path: AreaPath,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// short form, `威宁县` for 威宁彝族回族苗族自治县
    pub short: String,
    pub version: i64,
}

impl Area {
    /// Ended areas, and those that begin later, stay for old rows but are not offered for new ones.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

const COLUMNS: &str = "code, name, level, parent, path, valid_from, valid_to, short, version";

fn read(row: &Row) -> Result<Area, Fault> {
    Ok(Area {
        code: row.parsed("area", "code", AreaCode::new)?,
        name: row.text("name")?,
        level: row.parsed("area", "level", Level::from_code)?,
        parent: row.maybe_parsed("area", "parent", AreaCode::new)?,
        path: row.parsed("area", "path", AreaPath::new)?,
        valid_from: row.maybe_parsed("area", "valid_from", |text| text.parse().ok())?,
        valid_to: row.maybe_parsed("area", "valid_to", |text| text.parse().ok())?,
        short: row.text("short")?,
        version: row.int("version")?,
    })
}

/// Inserts areas or changes those that are there, parents before children; tells how many differ now.
pub async fn save(tx: &Tx, permit: &Permit, areas: &[Area]) -> Result<u64, Fault> {
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(areas.len());
    for area in areas {
        let keys = search::keys(&area.name);
        rows.push(vec![
            area.code.to_string().into(),
            area.name.clone().into(),
            area.level.code().to_owned().into(),
            area.parent.map(|code| code.to_string()).into(),
            area.path.as_str().to_owned().into(),
            area.valid_from.map(|date| date.to_string()).into(),
            area.valid_to.map(|date| date.to_string()).into(),
            keys.folded.into(),
            text::fold(&area.short).into(),
            keys.pinyin.into(),
            initials(area).into(),
            1_i64.into(),
        ]);
    }
    let mut changed = 0;
    // One value list a statement, because the upsert clause follows it.
    for chunk in rows.chunks(500) {
        let mut sql = Sql::new(
            "INSERT INTO area (code, name, level, parent, path, valid_from, valid_to, folded, short, pinyin, initials, version) VALUES ",
        );
        for (index, row) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "" } else { ", " });
            sql.list(row.clone());
        }
        sql.push(" ON CONFLICT (code) DO UPDATE SET name = excluded.name, valid_from = excluded.valid_from, valid_to = excluded.valid_to, folded = excluded.folded, short = excluded.short, pinyin = excluded.pinyin, initials = excluded.initials, version = area.version + 1 WHERE area.name <> excluded.name OR COALESCE(area.valid_from, '') <> COALESCE(excluded.valid_from, '') OR COALESCE(area.valid_to, '') <> COALESCE(excluded.valid_to, '')");
        changed += tx.run(sql).await?;
    }
    if changed > 0 {
        tx.record(permit, Act { object: "area", detail: format!("changed={changed}"), ..Act::default() });
    }
    Ok(changed)
}

/// Initials of the name and of the short form: `wnx` finds 威宁县 although the full name has more letters.
fn initials(area: &Area) -> String {
    format!("{} {}", search::keys(&area.name).initials, search::keys(&area.short).initials)
}

/// Renames an area or sets the dates between which it is valid, when nobody did so since `version`.
pub async fn update(tx: &Tx, permit: &Permit, area: &Area) -> Result<(), Fault> {
    let keys = search::keys(&area.name);
    let sql = Sql::new("UPDATE area SET name = ?, valid_from = ?, valid_to = ?, folded = ?, short = ?, pinyin = ?, initials = ?, version = version + 1 WHERE code = ? AND version = ?")
        .with(area.name.clone())
        .with(area.valid_from.map(|date| date.to_string()))
        .with(area.valid_to.map(|date| date.to_string()))
        .with(keys.folded)
        .with(text::fold(&area.short))
        .with(keys.pinyin)
        .with(initials(area))
        .with(area.code.to_string())
        .with(area.version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "area" });
    }
    let (object_id, after) = (Some(area.code.to_string()), Some(canonical(area)));
    let detail = "changed".to_owned();
    tx.record(permit, Act { object: "area", object_id, detail, after, ..Act::default() });
    Ok(())
}

fn canonical(area: &Area) -> String {
    format!("{} {:?} {:?}", area.name, area.valid_from, area.valid_to)
}

/// One area in the scope.
pub async fn load(conn: &Conn, scope: &Scope, code: AreaCode) -> Result<Area, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM area WHERE "));
    scope::under(&mut sql, "path", scope.area());
    sql.bind(" AND code = ?", code.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "area" })?
}

/// Areas of these codes in the scope, in the order of the tree.
pub async fn by_codes(conn: &Conn, scope: &Scope, codes: &[AreaCode]) -> Result<Vec<Area>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM area WHERE "));
    scope::under(&mut sql, "path", scope.area());
    sql.push(" AND code IN ").list(codes.iter().map(AreaCode::to_string));
    sql.push(" ORDER BY path");
    conn.all(sql).await?.iter().map(read).collect()
}

/// Everything in the scope, parents before children. `levels` empty means all.
pub async fn all(conn: &Conn, scope: &Scope) -> Result<Vec<Area>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM area WHERE "));
    scope::under(&mut sql, "path", scope.area());
    sql.push(" ORDER BY path");
    conn.all(sql).await?.iter().map(read).collect()
}

/// Direct children of an area, within the scope.
pub async fn children(conn: &Conn, scope: &Scope, parent: AreaCode) -> Result<Vec<Area>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM area WHERE "));
    scope::under(&mut sql, "path", scope.area());
    sql.bind(" AND parent = ?", parent.to_string());
    sql.push(" ORDER BY code");
    conn.all(sql).await?.iter().map(read).collect()
}

/// Finds by name, short form, pinyin, initials or the beginning of a code.
pub async fn search(conn: &Conn, scope: &Scope, needle: &str, limit: u32) -> Result<Vec<Area>, Fault> {
    let pattern = anywhere(needle);
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM area WHERE "));
    scope::under(&mut sql, "path", scope.area());
    sql.bind(" AND (folded LIKE ? ESCAPE '\\'", pattern.clone());
    sql.bind(" OR short LIKE ? ESCAPE '\\'", pattern.clone());
    sql.bind(" OR code LIKE ? ESCAPE '\\'", pattern.trim_start_matches('%').to_owned());
    if search::may_be_pinyin(needle) {
        sql.bind(" OR pinyin LIKE ? ESCAPE '\\'", pattern.trim_start_matches('%').to_owned());
        sql.bind(" OR initials LIKE ? ESCAPE '\\'", pattern);
    }
    sql.bind(") ORDER BY path LIMIT ?", i64::from(limit.clamp(1, 200)));
    conn.all(sql).await?.iter().map(read).collect()
}

/// Areas in the scope whose name, short form or taught alias is exactly this, on the day.
pub async fn named(conn: &Conn, scope: &Scope, name: &str, on: NaiveDate) -> Result<Vec<Area>, Fault> {
    let folded = text::fold(name);
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM area WHERE "));
    scope::under(&mut sql, "path", scope.area());
    sql.bind(" AND (folded = ?", folded.clone());
    sql.bind(" OR short = ?", folded.clone());
    sql.bind(" OR code IN (SELECT area_code FROM area_alias WHERE folded = ?))", folded);
    sql.bind(" AND (valid_from IS NULL OR valid_from <= ?)", on.to_string());
    sql.bind(" AND (valid_to IS NULL OR valid_to >= ?) ORDER BY path", on.to_string());
    conn.all(sql).await?.iter().map(read).collect()
}

/// Remembers another spelling of an area.
pub async fn teach(tx: &Tx, permit: &Permit, code: AreaCode, alias: &str) -> Result<(), Fault> {
    let sql =
        Sql::new("INSERT INTO area_alias (folded, area_code, alias) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .with(text::fold(alias))
            .with(code.to_string())
            .with(alias.to_owned());
    if tx.run(sql).await? > 0 {
        let detail = format!("alias={alias}");
        tx.record(
            permit,
            Act { object: "area", object_id: Some(code.to_string()), detail, ..Act::default() },
        );
    }
    Ok(())
}

/// How many areas there are in all; zero before the first start.
pub async fn count(conn: &Conn) -> Result<i64, Fault> {
    let row = conn.one(Sql::new("SELECT COUNT(*) AS n FROM area")).await?;
    row.map_or(Ok(0), |row| row.int("n"))
}

/// The path of a code anywhere in the tree; tells nobody whether it is in his scope.
pub(crate) async fn path_of(conn: &Conn, code: AreaCode) -> Result<AreaPath, Fault> {
    let row = conn.one(Sql::new("SELECT path FROM area WHERE code = ?").with(code.to_string())).await?;
    row.ok_or(Fault::Missing { table: "area" })?.parsed("area", "path", AreaPath::new)
}

/// Paths of many codes at once.
pub(crate) async fn paths_of(
    conn: &Conn,
    codes: impl IntoIterator<Item = AreaCode>,
) -> Result<std::collections::BTreeMap<AreaCode, AreaPath>, Fault> {
    let mut wanted: Vec<AreaCode> = codes.into_iter().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut sql = Sql::new("SELECT code, path FROM area WHERE code IN ");
    sql.list(wanted.iter().map(AreaCode::to_string));
    let mut found = std::collections::BTreeMap::new();
    for row in conn.all(sql).await? {
        found.insert(row.parsed("area", "code", AreaCode::new)?, row.parsed("area", "path", AreaPath::new)?);
    }
    if found.len() == wanted.len() { Ok(found) } else { Err(Fault::Missing { table: "area" }) }
}

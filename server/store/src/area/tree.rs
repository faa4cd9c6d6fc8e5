//! The tree as administrators keep it: how much lies in an area, its spellings, areas that are added.

use super::{Area, initials};
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::search;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::permission::{Permit, Scope};
use domain::text;
use std::collections::BTreeMap;

/// What lies in an area and under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    pub projects: u64,
    pub sites: u64,
    pub people: u64,
}

/// How many areas lie directly under each of these.
pub async fn children_of(
    conn: &Conn,
    scope: &Scope,
    codes: &[AreaCode],
) -> Result<BTreeMap<AreaCode, u64>, Fault> {
    let mut sql = Sql::new("SELECT parent AS parent, COUNT(*) AS n FROM area WHERE ");
    scope::under(&mut sql, "path", scope.area());
    sql.push(" AND parent IN ").list(codes.iter().map(AreaCode::to_string));
    sql.push(" GROUP BY parent");
    let mut found = BTreeMap::new();
    for row in conn.all(sql).await? {
        let count = u64::try_from(row.int("n")?).unwrap_or_default();
        found.insert(row.parsed("area", "parent", AreaCode::new)?, count);
    }
    Ok(found)
}

/// What lies in the area, which must lie in the scope.
pub async fn holdings(conn: &Conn, scope: &Scope, area: &AreaPath) -> Result<Holdings, Fault> {
    let narrowed = scope.narrowed(area).ok_or(Fault::Missing { table: "area" })?;
    let mut counts = [0; 3];
    for (count, table) in counts.iter_mut().zip(["project", "site", "account"]) {
        let mut sql = Sql::new(&format!("SELECT COUNT(*) AS n FROM {table} WHERE "));
        scope::under(&mut sql, "area_path", narrowed.area());
        let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "area" })?;
        *count = u64::try_from(row.int("n")?).unwrap_or_default();
    }
    let [projects, sites, people] = counts;
    Ok(Holdings { projects, sites, people })
}

/// Other spellings of an area in the scope.
pub async fn aliases(conn: &Conn, scope: &Scope, code: AreaCode) -> Result<Vec<String>, Fault> {
    let mut sql =
        Sql::new("SELECT l.alias AS alias FROM area_alias l JOIN area a ON a.code = l.area_code WHERE ");
    scope::under(&mut sql, "a.path", scope.area());
    sql.bind(" AND l.area_code = ? ORDER BY l.folded", code.to_string());
    conn.all(sql).await?.iter().map(|row| row.text("alias")).collect()
}

/// Forgets a spelling; `Missing` when nobody taught it.
pub async fn forget(tx: &Tx, permit: &Permit, code: AreaCode, alias: &str) -> Result<(), Fault> {
    let sql = Sql::new("DELETE FROM area_alias WHERE area_code = ? AND folded = ?")
        .with(code.to_string())
        .with(text::fold(alias));
    if tx.run(sql).await? == 0 {
        return Err(Fault::Missing { table: "area_alias" });
    }
    let detail = format!("alias_removed={alias}");
    tx.record(permit, Act { object: "area", object_id: Some(code.to_string()), detail, ..Act::default() });
    Ok(())
}

/// Adds areas that nobody has, parents before children; a code that is there is a conflict.
pub async fn insert(tx: &Tx, permit: &Permit, areas: &[Area]) -> Result<(), Fault> {
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
        tx.record(
            permit,
            Act {
                object: "area",
                object_id: Some(area.code.to_string()),
                detail: "created".into(),
                after: Some(super::canonical(area)),
                ..Act::default()
            },
        );
    }
    tx.insert_many(
        "INSERT INTO area (code, name, level, parent, path, valid_from, valid_to, folded, short, pinyin, initials, version)",
        rows,
    )
    .await
}

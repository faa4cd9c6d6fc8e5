//! Communities as an import meets them: found by code, taken back when an import is undone. Knows no workbook.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::site::{COLUMNS, Site, read};
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::SiteId;
use domain::permission::{Permit, Scope};
use std::collections::BTreeSet;

/// Values in one `IN (…)`.
const CHUNK: usize = 1000;

/// Communities in the scope that have one of these codes.
pub async fn by_codes(conn: &Conn, scope: &Scope, codes: &[String]) -> Result<Vec<Site>, Fault> {
    found(conn, scope, "code", codes).await
}

/// Communities in the scope with these ids.
pub async fn load_many(conn: &Conn, scope: &Scope, ids: &[SiteId]) -> Result<Vec<Site>, Fault> {
    let ids: Vec<String> = ids.iter().map(SiteId::to_string).collect();
    found(conn, scope, "id", &ids).await
}

async fn found(conn: &Conn, scope: &Scope, column: &str, texts: &[String]) -> Result<Vec<Site>, Fault> {
    let mut sites = Vec::new();
    for chunk in texts.chunks(CHUNK) {
        let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM site WHERE "));
        scope::under(&mut sql, "area_path", scope.area());
        sql.push(&format!(" AND {column} IN ")).list(chunk.iter().cloned());
        for row in conn.all(sql).await? {
            sites.push(read(&row)?);
        }
    }
    Ok(sites)
}

/// Which of these codes stand on any community at all. Tells nothing but that.
pub async fn codes_taken(conn: &Conn, codes: &[String]) -> Result<BTreeSet<String>, Fault> {
    let mut taken = BTreeSet::new();
    for chunk in codes.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT code FROM site WHERE code IN ");
        sql.list(chunk.iter().cloned());
        for row in conn.all(sql).await? {
            taken.insert(row.text("code")?);
        }
    }
    Ok(taken)
}

/// A need of a community and what was reported of it are work of somebody: the community does not vanish with them.
async fn spare_work(tx: &Tx, sites: &[Site]) -> Result<(), Fault> {
    for chunk in sites.chunks(CHUNK) {
        // Rows that a month began with and nobody filled in go with their community.
        for (table, touched) in [("site_need", "version > 0"), ("site_return", "version > 1")] {
            let mut sql = Sql::new(&format!("SELECT 1 AS one FROM {table} WHERE {touched} AND site_id IN "));
            sql.list(chunk.iter().map(|site| site.id.to_string())).push(" LIMIT 1");
            if tx.one(sql).await?.is_some() {
                return Err(Fault::Stale { table });
            }
        }
    }
    Ok(())
}

/// Removes communities that nobody changed since, as an undo of their making does.
pub async fn remove_many(tx: &Tx, permit: &Permit, sites: &[Site]) -> Result<(), Fault> {
    spare_work(tx, sites).await?;
    for site in sites {
        let sql = Sql::new("DELETE FROM site WHERE id = ? AND version = ?")
            .with(site.id.to_string())
            .with(site.version);
        if tx.run(sql).await? == 0 {
            return Err(Fault::Stale { table: "site" });
        }
        let before = serde_json::to_string(&site.facts).ok();
        let (object_id, detail) = (Some(site.id.to_string()), "removed".to_owned());
        tx.record(permit, Act { object: "site", object_id, detail, before, ..Act::default() });
    }
    Ok(())
}

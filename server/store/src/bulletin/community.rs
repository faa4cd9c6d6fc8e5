//! Communities as documents speak of them: each with its newest report of the year that gives people able to work and at work.
//! What a former county reported of one that was moved is that county's. Judges nothing.

use super::source::counted;
use crate::dispatch;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaPath;
use domain::bulletin::community::Community;
use domain::dispatch::column::SiteColumn;
use domain::dispatch::row::SiteRow;
use domain::id::SiteId;
use domain::period::Month;
use domain::permission::Scope;
use std::collections::BTreeMap;

const TABLE: &str = "site_return";

/// Every community of the scope with its newest report between two months, in the order of place and name.
pub async fn all(conn: &Conn, scope: &Scope, first: Month, last: Month) -> Result<Vec<Community>, Fault> {
    let mut newest = reports(conn, scope, first, last).await?;
    let mut sql = Sql::new("SELECT s.id, s.code, s.name, s.area_path FROM site s WHERE ");
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.push(" ORDER BY s.area_path, s.folded, s.id");
    let mut read = |row: &Row| {
        let id = row.parsed("site", "id", |id| id.parse().ok())?;
        Ok(Community {
            id,
            code: row.maybe_text("code")?,
            name: row.text("name")?,
            area: row.parsed("site", "area_path", AreaPath::new)?,
            reported: newest.remove(&id),
        })
    };
    let mut all: Vec<Community> = conn.all(sql).await?.iter().map(&mut read).collect::<Result<_, Fault>>()?;
    all.sort_by_key(Community::place);
    Ok(all)
}

/// The newest that books that count say of each community of the scope.
async fn reports(
    conn: &Conn,
    scope: &Scope,
    first: Month,
    last: Month,
) -> Result<BTreeMap<SiteId, (Month, SiteRow)>, Fault> {
    let columns = SiteColumn::ALL.map(|column| format!("r.{}", column.key())).join(", ");
    let mut sql = Sql::new(&format!(
        "SELECT r.site_id, r.month, {columns} FROM site_return r JOIN site s ON s.id = r.site_id AND substr(s.area_path, 1, length(r.area_path)) = r.area_path JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE "
    ));
    counted(&mut sql, scope, first, last);
    sql.push(" AND r.labour IS NOT NULL AND r.employed IS NOT NULL ORDER BY r.month, r.site_id");
    let mut found = BTreeMap::new();
    for row in conn.all(sql).await? {
        let id: SiteId = row.parsed(TABLE, "site_id", |id| id.parse().ok())?;
        let month = row.parsed(TABLE, "month", |text| Month::parse(text).ok())?;
        found.insert(id, (month, dispatch::site::read(&row)?));
    }
    Ok(found)
}

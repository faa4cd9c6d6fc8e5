//! The newest figures of communities: those of the newest monthly return that counts, else the community's own; and the
//! months of one. A return counts when its book was handed in or accepted and it gives labour and employed; then all of its
//! figures of work hold together, also those that it leaves open. What a former county reported of a community before it was
//! moved is that county's: it speaks for the community no longer, and its months are shown to whom its area is shown. Judges
//! nothing.

use super::{COLUMNS, Site, read};
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaCode;
use domain::id::SiteId;
use domain::period::Month;
use domain::permission::Scope;

/// A table like `site` with the newest figures, and `figures_month`.
pub(super) const NEWEST: &str = "(SELECT o.id, o.code, o.name, o.folded, o.pinyin, o.initials, o.area_code, o.area_path, o.households, o.people, CASE WHEN n.month IS NULL THEN o.labour ELSE n.labour END AS labour, CASE WHEN n.month IS NULL THEN o.employed ELSE n.employed END AS employed, CASE WHEN n.month IS NULL THEN o.employed_out_of_province ELSE n.employed_out_of_province END AS employed_out_of_province, CASE WHEN n.month IS NULL THEN o.employed_in_province ELSE n.employed_in_province END AS employed_in_province, CASE WHEN n.month IS NULL THEN o.employed_in_county ELSE n.employed_in_county END AS employed_in_county, CASE WHEN n.month IS NULL THEN o.zero_employment_households ELSE n.zero_employment_households END AS zero_employment_households, n.month AS figures_month, o.version, o.updated_at FROM site o LEFT JOIN site_return n ON n.site_id = o.id AND n.month = (SELECT MAX(r.month) FROM site_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE r.site_id = o.id AND substr(o.area_path, 1, length(r.area_path)) = r.area_path AND b.state IN ('submitted', 'accepted') AND r.labour IS NOT NULL AND r.employed IS NOT NULL))";

/// Figures of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthLine {
    pub month: Month,
    pub labour: Option<u32>,
    pub employed: Option<u32>,
    pub zero_employment_households: Option<u32>,
}

/// One community in the scope with its newest figures, and the month they are from.
pub async fn load(conn: &Conn, scope: &Scope, id: SiteId) -> Result<(Site, Option<Month>), Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS}, figures_month FROM {NEWEST} s WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND id = ?", id.to_string());
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "site" })?;
    Ok((read(&row)?, month(&row)?))
}

/// Communities of these counties with their newest figures.
pub async fn of_areas(conn: &Conn, scope: &Scope, areas: &[AreaCode]) -> Result<Vec<Site>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS}, figures_month FROM {NEWEST} s WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" AND area_code IN ").list(areas.iter().map(AreaCode::to_string));
    conn.all(sql).await?.iter().map(read).collect()
}

/// Months of one community by returns whose book counts, the oldest first.
pub async fn months(conn: &Conn, scope: &Scope, site: SiteId) -> Result<Vec<MonthLine>, Fault> {
    let mut sql = Sql::new(
        "SELECT r.month AS month, r.labour AS labour, r.employed AS employed, r.zero_employment_households AS zero FROM site_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month JOIN site s ON s.id = r.site_id WHERE ",
    );
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.push(" AND ");
    scope::under(&mut sql, "r.area_path", scope.area());
    sql.bind(" AND r.site_id = ?", site.to_string());
    sql.push(" AND b.state IN ('submitted', 'accepted') AND (r.labour IS NOT NULL OR r.employed IS NOT NULL OR r.zero_employment_households IS NOT NULL) ORDER BY r.month");
    let count = |row: &Row, name: &str| -> Result<Option<u32>, Fault> {
        let corrupt = || Fault::Corrupt { table: "site_return", id: site.to_string() };
        row.maybe_int(name)?.map(|count| u32::try_from(count).map_err(|_| corrupt())).transpose()
    };
    let read = |row: &Row| {
        Ok(MonthLine {
            month: row.parsed("site_return", "month", |month| Month::parse(month).ok())?,
            labour: count(row, "labour")?,
            employed: count(row, "employed")?,
            zero_employment_households: count(row, "zero")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// The month that the figures of a row are from.
pub(super) fn month(row: &Row) -> Result<Option<Month>, Fault> {
    row.maybe_parsed("site_return", "figures_month", |month| Month::parse(month).ok())
}

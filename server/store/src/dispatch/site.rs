//! Rows of communities: those a book begins with, those of a month, those before it that count. Knows no check.

use super::{COUNTS, Of, by};
use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, Level};
use domain::dispatch::book::Book;
use domain::dispatch::column::SiteColumn;
use domain::dispatch::row::SiteRow;
use domain::id::SiteId;
use domain::period::Month;
use domain::permission::Permit;
use std::collections::BTreeMap;

/// A community's row with what is shown of it.
#[derive(Clone, Debug)]
pub struct Line {
    pub site: SiteId,
    /// area of the book
    pub area: AreaCode,
    pub code: Option<String>,
    pub name: String,
    pub row: SiteRow,
    pub version: i64,
}

const TABLE: &str = "site_return";
const COLUMNS: &str = "r.site_id AS site_id, r.month AS month, r.area_code AS area_code, r.labour AS labour, r.employed AS employed, r.employed_out_of_province AS employed_out_of_province, r.employed_in_province AS employed_in_province, r.employed_in_county AS employed_in_county, r.zero_employment_households AS zero_employment_households, r.version AS version";

/// The figures of a row that has every column by its own name.
pub(crate) fn read(row: &Row) -> Result<SiteRow, Fault> {
    let mut read = SiteRow::default();
    for column in SiteColumn::ALL {
        let count = row.maybe_int(column.key())?.map(|count| count.to_string());
        if !read.set(column, count.as_deref()) {
            return Err(Fault::Corrupt { table: TABLE, id: format!("{} {count:?}", column.key()) });
        }
    }
    Ok(read)
}

fn values(row: &SiteRow) -> impl Iterator<Item = sea_orm::Value> + '_ {
    SiteColumn::ALL.into_iter().map(|column| row.figure(column).map(i64::from).into())
}

/// Gives a book a row for every community of its area.
pub async fn fill(tx: &Tx, book: &Book, level: Level) -> Result<u64, Fault> {
    let mut sql = Sql::new("INSERT INTO site_return (site_id, month, area_code, area_path, version, updated_at) SELECT s.id, ?, ?, ?, 1, CAST(? AS BIGINT) FROM site s WHERE ")
        .with(book.month().to_string())
        .with(book.area().code().to_string())
        .with(book.area().as_str().to_owned())
        .with(tx.at());
    super::project::covered(&mut sql, "s", book, level);
    sql.push(" ON CONFLICT (site_id, month) DO NOTHING");
    tx.run(sql).await
}

/// Rows of a month, by area and name.
pub async fn rows(conn: &Conn, of: Of<'_>, month: Month) -> Result<Vec<Line>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS}, s.code AS code, s.name AS name FROM site_return r JOIN site s ON s.id = r.site_id WHERE "
    ));
    of.condition(&mut sql, "r");
    sql.bind(" AND r.month = ? ORDER BY r.area_path, s.folded, s.id", month.to_string());
    let line = |row: &Row| {
        Ok(Line {
            site: row.parsed(TABLE, "site_id", |id| id.parse().ok())?,
            area: row.parsed(TABLE, "area_code", AreaCode::new)?,
            code: row.maybe_text("code")?,
            name: row.text("name")?,
            row: read(row)?,
            version: row.int("version")?,
        })
    };
    conn.all(sql).await?.iter().map(line).collect()
}

/// Of every community its last row before a month whose book counts, of whatever year: these are no sums of a year.
pub async fn before(
    conn: &Conn,
    of: Of<'_>,
    month: Month,
) -> Result<BTreeMap<SiteId, (Month, SiteRow)>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM site_return r JOIN (SELECT r.site_id AS site_id, MAX(r.month) AS month FROM site_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE {COUNTS} AND "
    ));
    of.condition(&mut sql, "r");
    sql.bind(" AND r.month < ?", month.to_string());
    sql.push(" GROUP BY r.site_id) n ON n.site_id = r.site_id AND n.month = r.month");
    let found = |row: &Row| {
        let id: SiteId = row.parsed(TABLE, "site_id", |id| id.parse().ok())?;
        let month = row.parsed(TABLE, "month", |text| Month::parse(text).ok())?;
        Ok((id, (month, read(row)?)))
    };
    conn.all(sql).await?.iter().map(found).collect()
}

/// Changes a row when nobody did so since `version`.
pub async fn update(tx: &Tx, permit: &Permit, month: Month, line: &Line, row: &SiteRow) -> Result<(), Fault> {
    let mut sql = Sql::new("UPDATE site_return SET ");
    for (column, value) in SiteColumn::ALL.into_iter().zip(values(row)) {
        sql.bind(&format!("{} = ?, ", column.key()), value);
    }
    sql.bind("updated_at = ?", tx.at()).bind(", updated_by = ?", by(permit));
    sql.bind(", version = version + 1 WHERE site_id = ?", line.site.to_string());
    sql.bind(" AND month = ?", month.to_string()).bind(" AND version = ?", line.version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    tx.record(
        permit,
        Act {
            object: "return_row",
            object_id: Some(line.site.to_string()),
            detail: format!("month={month}"),
            before: serde_json::to_string(&line.row).ok(),
            after: serde_json::to_string(row).ok(),
        },
    );
    Ok(())
}

/// Writes whole rows of a book at once, whatever stood there: for returns that the product makes up itself.
pub async fn put(tx: &Tx, permit: &Permit, book: &Book, rows: &[(SiteId, SiteRow)]) -> Result<(), Fault> {
    let rows = rows.iter().map(|(site, row)| {
        let mut cells: Vec<sea_orm::Value> = vec![
            site.to_string().into(),
            book.month().to_string().into(),
            book.area().code().to_string().into(),
            book.area().as_str().to_owned().into(),
        ];
        cells.extend(values(row));
        cells.extend([2_i64.into(), by(permit).into(), tx.at().into()]);
        cells
    });
    tx.upsert_many(
        "INSERT INTO site_return (site_id, month, area_code, area_path, labour, employed, employed_out_of_province, employed_in_province, employed_in_county, zero_employment_households, version, updated_by, updated_at)",
        rows.collect(),
        " ON CONFLICT (site_id, month) DO UPDATE SET labour = excluded.labour, employed = excluded.employed, employed_out_of_province = excluded.employed_out_of_province, employed_in_province = excluded.employed_in_province, employed_in_county = excluded.employed_in_county, zero_employment_households = excluded.zero_employment_households, version = excluded.version, updated_by = excluded.updated_by, updated_at = excluded.updated_at",
    )
    .await
}

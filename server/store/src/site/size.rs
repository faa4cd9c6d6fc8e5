//! Editions of the thresholds of the size classes. They hold for the whole country and are no secret: every reader may know
//! them. Chooses none.

use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::permission::Permit;
use domain::site::size::{SizeBounds, SizeEdition};

const TABLE: &str = "size_edition";

/// Every edition that a person made, the newest first.
pub async fn editions(conn: &Conn) -> Result<Vec<SizeEdition>, Fault> {
    let sql = Sql::new(
        "SELECT number, valid_from, small, medium, large, huge, basis FROM size_edition ORDER BY number DESC",
    );
    conn.all(sql).await?.iter().map(read).collect()
}

/// Adds the next edition. `Stale` when somebody else added it first.
pub async fn adopt(tx: &Tx, permit: &Permit, edition: &SizeEdition) -> Result<(), Fault> {
    let [small, medium, large, huge] = edition.bounds.least().map(i64::from);
    let insert = Sql::new("INSERT INTO size_edition (number, valid_from, small, medium, large, huge, basis, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .with(i64::from(edition.number))
        .with(edition.valid_from.to_string())
        .with(small)
        .with(medium)
        .with(large)
        .with(huge)
        .with(edition.basis.clone())
        .with(permit.actor().user().map(|user| user.to_string()))
        .with(tx.at());
    if tx.run(insert).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    tx.record(
        permit,
        Act {
            object: "site",
            detail: format!("what=sizes edition={}", edition.number),
            after: serde_json::to_string(edition).ok(),
            ..Act::default()
        },
    );
    Ok(())
}

fn read(row: &Row) -> Result<SizeEdition, Fault> {
    let number = row.int("number")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: number.to_string() };
    let count = |name: &str| u32::try_from(row.int(name)?).map_err(|_| corrupt());
    let bounds = SizeBounds::new(count("small")?, count("medium")?, count("large")?, count("huge")?);
    Ok(SizeEdition {
        number: u32::try_from(number).map_err(|_| corrupt())?,
        valid_from: row.parsed(TABLE, "valid_from", |day| day.parse().ok())?,
        bounds: bounds.map_err(|_| corrupt())?,
        basis: row.text("basis")?,
    })
}

//! The edition of coefficients that estimates stand on: of a day, or of a number. Making editions lies elsewhere.

use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use chrono::NaiveDate;
use domain::jobs::coefficient::{Coefficient, Coefficients, Key};
use serde::Deserialize;
use std::collections::BTreeMap;

const TABLE: &str = "coefficient_edition";

/// What a body may be: a whole edition, or its lines alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Whole(Coefficients),
    Lines(BTreeMap<Key, Coefficient>),
}

/// The edition in force on a day; edition 0, which ships, while people have made none.
pub async fn in_force(conn: &Conn, day: NaiveDate) -> Result<Coefficients, Fault> {
    let sql = Sql::new("SELECT number, valid_from, body FROM coefficient_edition WHERE state = 'in_force' AND valid_from <= ? ORDER BY valid_from DESC, number DESC LIMIT 1")
        .with(day.to_string());
    conn.one(sql).await?.map_or_else(|| Ok(Coefficients::shipped()), |row| read(&row))
}

/// The edition of a number, `None` where there is none.
pub(crate) async fn of_number(conn: &Conn, number: i64) -> Result<Option<Coefficients>, Fault> {
    if number == 0 {
        return Ok(Some(Coefficients::shipped()));
    }
    let sql =
        Sql::new("SELECT number, valid_from, body FROM coefficient_edition WHERE number = ?").with(number);
    conn.one(sql).await?.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<Coefficients, Fault> {
    let number = row.int("number")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: number.to_string() };
    let lines = match serde_json::from_str(&row.text("body")?).map_err(|_| corrupt())? {
        Body::Whole(edition) => edition.lines,
        Body::Lines(lines) => lines,
    };
    let valid_from = row.parsed(TABLE, "valid_from", |text| text.parse().ok())?;
    Ok(Coefficients { edition: u32::try_from(number).map_err(|_| corrupt())?, valid_from, lines })
}

//! Editions of the rules of sources. Judges nothing.

use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::fund::{Edition, EditionRefusal, Editions};
use domain::permission::Permit;
use domain::source::Source;

const TABLE: &str = "source_edition";

/// All editions; none before the first one of a person.
pub async fn editions(conn: &Conn) -> Result<Option<Editions>, Fault> {
    let rows = conn.all(Sql::new("SELECT body FROM source_edition ORDER BY source, number")).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let editions: Vec<Edition> = rows.iter().map(read).collect::<Result<_, _>>()?;
    let corrupt = |fault: EditionRefusal| Fault::Corrupt { table: TABLE, id: fault.to_string() };
    Editions::new(editions).map(Some).map_err(corrupt)
}

fn read(row: &Row) -> Result<Edition, Fault> {
    let text = row.text("body")?;
    serde_json::from_str(&text).map_err(|_| Fault::Corrupt { table: TABLE, id: text })
}

fn body(edition: &Edition) -> Result<String, Fault> {
    serde_json::to_string(edition).map_err(|fault| Fault::Corrupt { table: TABLE, id: fault.to_string() })
}

/// Keeps what the product comes with; an edition that is there already stays as it is.
pub async fn keep_shipped(tx: &Tx, _permit: &Permit, shipped: &[Edition]) -> Result<(), Fault> {
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(shipped.len());
    for edition in shipped {
        rows.push(vec![
            edition.source().code().to_owned().into(),
            i64::from(edition.number).into(),
            body(edition)?.into(),
            tx.at().into(),
        ]);
    }
    let insert = "INSERT INTO source_edition (source, number, body, created_at)";
    tx.upsert_many(insert, rows, " ON CONFLICT (source, number) DO NOTHING").await
}

/// Editions of one source, held until the transaction ends, so that two people do not follow the same one.
pub async fn hold(tx: &Tx, source: Source) -> Result<(), Fault> {
    let mut sql = Sql::new("SELECT number FROM source_edition");
    sql.bind(" WHERE source = ? ORDER BY number", source.code().to_owned()).push(tx.for_update());
    tx.all(sql).await.map(drop)
}

/// Adds an edition and writes those that it ends; nothing else of them may differ.
pub async fn adopt(tx: &Tx, permit: &Permit, new: &Edition, ended: &[Edition]) -> Result<(), Fault> {
    let source = new.source().code();
    for edition in ended {
        let sql = Sql::new("UPDATE source_edition SET body = ? WHERE source = ? AND number = ?")
            .with(body(edition)?)
            .with(source.to_owned())
            .with(i64::from(edition.number));
        tx.run(sql).await?;
    }
    let sql = Sql::new(
        "INSERT INTO source_edition (source, number, body, created_at, created_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, number) DO NOTHING",
    )
    .with(source.to_owned())
    .with(i64::from(new.number))
    .with(body(new)?)
    .with(tx.at())
    .with(permit.actor().user().map(|user| user.to_string()));
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    let act = Act {
        object: TABLE,
        object_id: Some(format!("{source}.{}", new.number)),
        detail: new.valid_from.map(|day| format!("from={day}")).unwrap_or_default(),
        before: ended.first().map(body).transpose()?,
        after: Some(body(new)?),
    };
    tx.record(permit, act);
    Ok(())
}

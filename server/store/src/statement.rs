//! Figures that documents state, remarks about their text, signed choices: append only. Knows no verdict.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::AreaPath;
use domain::id::StatementId;
use domain::permission::{Permit, Scope};
use domain::statement::Statement;
use domain::statement::remark::Remark;
use domain::statement::working::Working;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A statement as kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: StatementId,
    pub area_path: AreaPath,
    pub statement: Statement,
}

/// A choice as kept, with the name of who signed it.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub statement: StatementId,
    /// from 1, in the order of signing
    pub number: i64,
    pub working: Working,
    pub signer_name: String,
}

fn body<T: DeserializeOwned>(row: &Row, table: &'static str) -> Result<T, Fault> {
    let text = row.text("body")?;
    serde_json::from_str(&text).map_err(|_| Fault::Corrupt { table, id: text })
}

fn text(table: &'static str, value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|fault| Fault::Corrupt { table, id: fault.to_string() })
}

fn read(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept {
        id: row.parsed("statement", "id", |id| id.parse().ok())?,
        area_path: row.parsed("statement", "area_path", AreaPath::new)?,
        statement: body(row, "statement")?,
    })
}

/// Statements of the scope in the order of their collections.
pub async fn list(conn: &Conn, scope: &Scope) -> Result<Vec<Kept>, Fault> {
    let mut sql = Sql::new("SELECT id, area_path, body FROM statement WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" ORDER BY area_path, ordinal, code");
    conn.all(sql).await?.iter().map(read).collect()
}

/// One statement of the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: StatementId) -> Result<Kept, Fault> {
    let mut sql = Sql::new("SELECT id, area_path, body FROM statement WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "statement" })?
}

/// Remarks of the scope in the order of their collections.
pub async fn remarks(conn: &Conn, scope: &Scope) -> Result<Vec<Remark>, Fault> {
    let mut sql = Sql::new("SELECT body FROM statement_remark WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" ORDER BY area_path, ordinal, code");
    conn.all(sql).await?.iter().map(|row| body(row, "statement_remark")).collect()
}

/// Choices of the scope, oldest first; of one statement or of all.
pub async fn choices(
    conn: &Conn,
    scope: &Scope,
    statement: Option<StatementId>,
) -> Result<Vec<Chosen>, Fault> {
    const TABLE: &str = "statement_choice";
    let mut sql = Sql::new(
        "SELECT c.statement_id, c.number, c.body, a.name AS signer_name FROM statement_choice c JOIN statement s ON s.id = c.statement_id JOIN account a ON a.id = c.signer WHERE ",
    );
    scope::under(&mut sql, "s.area_path", scope.area());
    if let Some(statement) = statement {
        sql.bind(" AND c.statement_id = ?", statement.to_string());
    }
    sql.push(" ORDER BY c.statement_id, c.number");
    let chosen = |row: &Row| {
        Ok(Chosen {
            statement: row.parsed(TABLE, "statement_id", |id| id.parse().ok())?,
            number: row.int("number")?,
            working: body(row, TABLE)?,
            signer_name: row.text("signer_name")?,
        })
    };
    conn.all(sql).await?.iter().map(chosen).collect()
}

/// Keeps statements in the area of the permit.
pub async fn keep(
    tx: &Tx,
    permit: &Permit,
    statements: &[(StatementId, i64, Statement)],
) -> Result<(), Fault> {
    let by = permit.actor().user().map(|user| user.to_string());
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(statements.len());
    for (id, ordinal, statement) in statements {
        let body = text("statement", statement)?;
        tx.record(
            permit,
            Act {
                object: "statement",
                object_id: Some(id.to_string()),
                detail: "created".to_owned(),
                after: Some(body.clone()),
                ..Act::default()
            },
        );
        rows.push(vec![
            id.to_string().into(),
            permit.area().as_str().to_owned().into(),
            statement.code().to_owned().into(),
            (*ordinal).into(),
            body.into(),
            tx.at().into(),
            by.clone().into(),
        ]);
    }
    tx.insert_many("INSERT INTO statement (id, area_path, code, ordinal, body, created_at, created_by)", rows)
        .await
}

/// Keeps remarks in the area of the permit; one that is there already stays as it is.
pub async fn keep_remarks(tx: &Tx, permit: &Permit, remarks: &[Remark]) -> Result<(), Fault> {
    let by = permit.actor().user().map(|user| user.to_string());
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(remarks.len());
    for (remark, ordinal) in remarks.iter().zip(1_i64..) {
        rows.push(vec![
            permit.area().as_str().to_owned().into(),
            remark.code.clone().into(),
            ordinal.into(),
            text("statement_remark", remark)?.into(),
            tx.at().into(),
            by.clone().into(),
        ]);
    }
    tx.upsert_many(
        "INSERT INTO statement_remark (area_path, code, ordinal, body, created_at, created_by)",
        rows,
        " ON CONFLICT (area_path, code) DO NOTHING",
    )
    .await
}

/// Adds a choice after those seen; `Fault::Stale` when somebody signed another meanwhile.
pub async fn choose(
    tx: &Tx,
    permit: &Permit,
    statement: StatementId,
    seen: i64,
    working: &Working,
) -> Result<(), Fault> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM statement_choice WHERE statement_id = ?")
        .with(statement.to_string());
    let kept = tx.one(sql).await?.map_or(Ok(0), |row| row.int("n"))?;
    if kept != seen {
        return Err(Fault::Stale { table: "statement_choice" });
    }
    let body = text("statement_choice", working)?;
    let sql = Sql::new("INSERT INTO statement_choice (statement_id, number, body, signer, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (statement_id, number) DO NOTHING")
        .with(statement.to_string())
        .with(seen + 1)
        .with(body.clone())
        .with(working.signed_by().to_string())
        .with(tx.at());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "statement_choice" });
    }
    let act = Act {
        object: "statement",
        object_id: Some(statement.to_string()),
        detail: "changed".to_owned(),
        after: Some(body),
        ..Act::default()
    };
    tx.record(permit, act);
    Ok(())
}

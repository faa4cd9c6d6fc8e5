//! Documents of months and quarters as kept, and their issues. What they are made of is read in `source`. Knows no figure.

pub mod community;
pub mod handed;
pub mod orders;
pub mod source;
pub mod spent;

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::AreaPath;
use domain::bulletin::facts::Facts;
use domain::bulletin::period::Period;
use domain::bulletin::wording::Wording;
use domain::id::{BulletinId, UserId};
use domain::permission::{Permit, Scope};

const TABLE: &str = "bulletin";

/// A document as kept, without its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub id: BulletinId,
    pub area: AreaPath,
    pub period: Period,
    /// places of the trail and of the ledger's chain that were known
    pub known_at: i64,
    pub ledger_at: i64,
    pub sha256: String,
    pub version: i64,
    pub maker: UserId,
    pub maker_name: String,
    /// Unix milliseconds
    pub made_at: i64,
    pub issues: i64,
    /// name of the area when the document was begun
    pub area_name: String,
    /// instant of the place of the trail, Unix milliseconds
    pub known_ms: i64,
}

/// The whole document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub head: Head,
    pub facts: Facts,
    pub wording: Wording,
}

/// A new document.
#[derive(Clone, Debug)]
pub struct New {
    pub id: BulletinId,
    pub period: Period,
    pub known_at: i64,
    pub ledger_at: i64,
    /// canonical JSON
    pub facts: String,
    pub sha256: String,
    pub maker: UserId,
}

/// One issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub number: i64,
    pub sha256: String,
    pub issuer_name: String,
    /// Unix milliseconds
    pub at: i64,
}

const HEAD: &str = "SELECT b.id, b.area_path, b.period, b.known_at, b.ledger_at, b.sha256, b.version, b.created_by, b.created_at, a.name AS area_name, m.name AS maker_name, (SELECT COUNT(*) FROM bulletin_issue i WHERE i.bulletin_id = b.id) AS issues, COALESCE((SELECT t.at FROM audit t WHERE t.seq = b.known_at), 0) AS known_ms";
const FROM: &str =
    " FROM bulletin b JOIN area a ON a.code = b.area_code JOIN account m ON m.id = b.created_by WHERE ";

fn head(row: &Row) -> Result<Head, Fault> {
    Ok(Head {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        period: row.parsed(TABLE, "period", Period::parse)?,
        known_at: row.int("known_at")?,
        ledger_at: row.int("ledger_at")?,
        sha256: row.text("sha256")?,
        version: row.int("version")?,
        maker: row.parsed(TABLE, "created_by", |id| id.parse().ok())?,
        maker_name: row.text("maker_name")?,
        made_at: row.int("created_at")?,
        issues: row.int("issues")?,
        area_name: row.text("area_name")?,
        known_ms: row.int("known_ms")?,
    })
}

/// Documents of the scope, the latest first.
pub async fn list(conn: &Conn, scope: &Scope, limit: u32) -> Result<Vec<Head>, Fault> {
    let mut sql = Sql::new(&format!("{HEAD}{FROM}"));
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" ORDER BY b.created_at DESC, b.id DESC LIMIT ?", i64::from(limit));
    conn.all(sql).await?.iter().map(head).collect()
}

/// One document of the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: BulletinId) -> Result<Kept, Fault> {
    let mut sql = Sql::new(&format!("{HEAD}, b.facts, b.wording{FROM}"));
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.id = ?", id.to_string());
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: TABLE })?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: id.to_string() };
    Ok(Kept {
        head: head(&row)?,
        facts: serde_json::from_str(&row.text("facts")?).map_err(|_| corrupt())?,
        wording: serde_json::from_str(&row.text("wording")?).map_err(|_| corrupt())?,
    })
}

/// Issues of a document of the scope, the newest first.
pub async fn issues(conn: &Conn, scope: &Scope, id: BulletinId) -> Result<Vec<Issue>, Fault> {
    let mut sql = Sql::new(
        "SELECT i.number, i.sha256, i.at, a.name AS issuer_name FROM bulletin_issue i JOIN bulletin b ON b.id = i.bulletin_id JOIN account a ON a.id = i.issuer WHERE ",
    );
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.id = ?", id.to_string());
    sql.push(" ORDER BY i.number DESC");
    let issue = |row: &Row| {
        Ok(Issue {
            number: row.int("number")?,
            sha256: row.text("sha256")?,
            issuer_name: row.text("issuer_name")?,
            at: row.int("at")?,
        })
    };
    conn.all(sql).await?.iter().map(issue).collect()
}

fn text(wording: &Wording) -> Result<String, Fault> {
    serde_json::to_string(wording).map_err(|fault| Fault::Corrupt { table: TABLE, id: fault.to_string() })
}

/// Keeps a new document in the permit's area, with nothing that a person wrote.
pub async fn begin(tx: &Tx, permit: &Permit, new: &New) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO bulletin (id, kind, area_code, area_path, period, known_at, ledger_at, facts, sha256, wording, version, created_by, created_at, updated_by, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)")
        .with(new.id.to_string())
        .with(new.period.kind().to_owned())
        .with(permit.area().code().to_string())
        .with(permit.area().as_str().to_owned())
        .with(new.period.to_string())
        .with(new.known_at)
        .with(new.ledger_at)
        .with(new.facts.clone())
        .with(new.sha256.clone())
        .with(text(&Wording::default())?)
        .with(new.maker.to_string())
        .with(tx.at())
        .with(new.maker.to_string())
        .with(tx.at());
    tx.run(sql).await?;
    let act = Act {
        object: TABLE,
        object_id: Some(new.id.to_string()),
        detail: format!("begun period={} known_at={} ledger_at={}", new.period, new.known_at, new.ledger_at),
        after: Some(new.sha256.clone()),
        ..Act::default()
    };
    tx.record(permit, act);
    Ok(())
}

/// Keeps what a person wrote, when nobody did so since `version`.
pub async fn reword(
    tx: &Tx,
    permit: &Permit,
    before: &Kept,
    version: i64,
    wording: &Wording,
    by: UserId,
) -> Result<(), Fault> {
    let after = text(wording)?;
    let sql = Sql::new("UPDATE bulletin SET wording = ?, version = version + 1, updated_by = ?, updated_at = ? WHERE id = ? AND version = ?")
        .with(after.clone())
        .with(by.to_string())
        .with(tx.at())
        .with(before.head.id.to_string())
        .with(version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    let act = Act {
        object: TABLE,
        object_id: Some(before.head.id.to_string()),
        detail: "changed".to_owned(),
        before: Some(text(&before.wording)?),
        after: Some(after),
    };
    tx.record(permit, act);
    Ok(())
}

/// Adds an issue after those there are; a document that was changed since `version` is not what the person saw.
pub async fn issue(
    tx: &Tx,
    permit: &Permit,
    kept: &Kept,
    version: i64,
    sha256: &str,
    issuer: UserId,
) -> Result<i64, Fault> {
    let id = kept.head.id.to_string();
    let held = Sql::new("UPDATE bulletin SET version = version + 1 WHERE id = ? AND version = ?")
        .with(id.clone())
        .with(version);
    if tx.run(held).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    let count = Sql::new("SELECT COUNT(*) AS n FROM bulletin_issue WHERE bulletin_id = ?").with(id.clone());
    let number = tx.one(count).await?.map_or(Ok(0), |row| row.int("n"))? + 1;
    let sql = Sql::new(
        "INSERT INTO bulletin_issue (bulletin_id, number, wording, sha256, issuer, at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .with(id.clone())
    .with(number)
    .with(text(&kept.wording)?)
    .with(sha256.to_owned())
    .with(issuer.to_string())
    .with(tx.at());
    tx.run(sql).await?;
    let act = Act {
        object: TABLE,
        object_id: Some(id),
        detail: format!("issued number={number} period={}", kept.head.period),
        after: Some(sha256.to_owned()),
        ..Act::default()
    };
    tx.record(permit, act);
    Ok(number)
}

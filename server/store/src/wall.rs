//! Keys of wall screens, kept as digests. Knows no cookie.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::session::digest;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::id::WallId;
use domain::permission::{Permit, Scope};

const TABLE: &str = "wall";
const SELECTION: &str = "SELECT w.id AS id, w.name AS name, w.area_code AS area_code, a.path AS area_path, a.name AS area_name, \
     w.created_at AS created_at, w.expires_at AS expires_at, w.revoked_at AS revoked_at, w.last_used AS last_used, \
     m.name AS maker FROM wall w JOIN area a ON a.code = w.area_code JOIN account m ON m.id = w.created_by WHERE ";

/// A key as administrators see it; the secret itself is shown once and kept nowhere.
#[derive(Clone, Debug)]
pub struct Wall {
    pub id: WallId,
    pub name: String,
    pub area: AreaPath,
    pub area_code: AreaCode,
    pub area_name: String,
    pub maker: String,
    /// Unix milliseconds
    pub created_at: i64,
    /// from this moment on it opens nothing
    pub expires_at: Option<i64>,
    pub revoked_at: Option<i64>,
    pub last_used: Option<i64>,
}

/// Makes a key for an area.
pub async fn insert(
    tx: &Tx,
    permit: &Permit,
    id: WallId,
    (name, expires_at): (&str, Option<i64>),
    secret: &str,
) -> Result<(), Fault> {
    let maker = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    let area = permit.area().code();
    let sql = Sql::new("INSERT INTO wall (id, secret_hash, name, area_code, created_at, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .with(id.to_string())
        .with(digest(secret))
        .with(name.to_owned())
        .with(area.to_string())
        .with(tx.at())
        .with(maker.to_string())
        .with(expires_at);
    tx.run(sql).await?;
    record(tx, permit, id, format!("created {name}"));
    Ok(())
}

fn record(tx: &Tx, permit: &Permit, id: WallId, detail: String) {
    tx.record(permit, Act { object: TABLE, object_id: Some(id.to_string()), detail, ..Act::default() });
}

/// Keys of a scope, the newest first.
pub async fn list(conn: &Conn, scope: &Scope) -> Result<Vec<Wall>, Fault> {
    let mut sql = Sql::new(SELECTION);
    scope::under(&mut sql, "a.path", scope.area());
    sql.push(" ORDER BY w.created_at DESC, w.id DESC");
    conn.all(sql).await?.iter().map(wall).collect()
}

/// One key of a scope.
pub async fn load(conn: &Conn, scope: &Scope, id: WallId) -> Result<Wall, Fault> {
    let mut sql = Sql::new(SELECTION);
    scope::under(&mut sql, "a.path", scope.area());
    sql.bind(" AND w.id = ?", id.to_string());
    wall(&conn.one(sql).await?.ok_or(Fault::Missing { table: TABLE })?)
}

/// Takes a key back; one that was taken back already is missing.
pub async fn revoke(tx: &Tx, permit: &Permit, wall: &Wall) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE wall SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
        .with(tx.at())
        .with(wall.id.to_string());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Missing { table: TABLE });
    }
    record(tx, permit, wall.id, format!("revoked {}", wall.name));
    Ok(())
}

/// Whose key this is, also when it is over: the screen is told which it is.
pub async fn find(conn: &Conn, secret: &str) -> Result<Option<Wall>, Fault> {
    let mut sql = Sql::new(SELECTION);
    sql.bind("w.secret_hash = ?", digest(secret));
    conn.one(sql).await?.as_ref().map(wall).transpose()
}

/// Notes that the key was used; like a session's use it is no act and leaves no audit row.
pub async fn used(tx: &Tx, id: WallId) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE wall SET last_used = ? WHERE id = ?").with(tx.at()).with(id.to_string());
    tx.run(sql).await.map(drop)
}

fn wall(row: &Row) -> Result<Wall, Fault> {
    Ok(Wall {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        name: row.text("name")?,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        area_code: row.parsed(TABLE, "area_code", AreaCode::new)?,
        area_name: row.text("area_name")?,
        maker: row.text("maker")?,
        created_at: row.int("created_at")?,
        expires_at: row.maybe_int("expires_at")?,
        revoked_at: row.maybe_int("revoked_at")?,
        last_used: row.maybe_int("last_used")?,
    })
}

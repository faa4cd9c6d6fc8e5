//! Words that people taught the importer, each for an area and everything under it. Knows no workbook.

use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::SynonymId;
use domain::permission::{Permit, Scope};
use domain::text;
use std::collections::BTreeMap;

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SynonymKind {
    /// heading of a workbook → column key
    Heading,
}

impl SynonymKind {
    const fn code(self) -> &'static str {
        match self {
            SynonymKind::Heading => "heading",
        }
    }
}

/// Words taught for the area of the scope or for one above it, by spelling; the nearest area wins.
pub async fn known(conn: &Conn, scope: &Scope, kind: SynonymKind) -> Result<BTreeMap<String, String>, Fault> {
    let mut above = Vec::new();
    let mut path = String::from("/");
    for code in scope.area().codes() {
        path.push_str(&format!("{code}/"));
        above.push(path.clone());
    }
    let mut sql =
        Sql::new("SELECT spelling, target FROM synonym WHERE kind = ?").with(kind.code().to_owned());
    sql.push(" AND area_path IN ").list(above).push(" ORDER BY LENGTH(area_path), id");
    let mut known = BTreeMap::new();
    for row in conn.all(sql).await? {
        known.insert(text::fold(&row.text("spelling")?), row.text("target")?);
    }
    Ok(known)
}

/// Remembers a word for the area of the permit; a word known there already gets the new meaning.
pub async fn teach(
    tx: &Tx,
    permit: &Permit,
    id: SynonymId,
    kind: SynonymKind,
    spelling: &str,
    target: &str,
) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO synonym (id, kind, folded, spelling, target, area_path, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, folded, area_path) DO UPDATE SET spelling = excluded.spelling, target = excluded.target, created_by = excluded.created_by, created_at = excluded.created_at")
        .with(id.to_string())
        .with(kind.code().to_owned())
        .with(text::fold(spelling))
        .with(spelling.to_owned())
        .with(target.to_owned())
        .with(permit.area().as_str().to_owned())
        .with(permit.actor().user().map_or_else(String::new, |user| user.to_string()))
        .with(tx.at());
    tx.run(sql).await?;
    let detail = format!("{} {spelling} = {target}", kind.code());
    tx.record(permit, Act { object: "synonym", object_id: Some(id.to_string()), detail, ..Act::default() });
    Ok(())
}

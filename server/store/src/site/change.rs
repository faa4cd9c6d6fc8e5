//! History of communities: old and new value of every changed column. Append only; the databases refuse the rest.

use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::id::SiteId;
use domain::permission::{Permit, Scope};
use domain::site::{SiteFacts, SiteField};

/// One change of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub version_after: i64,
    pub field: SiteField,
    pub old: Option<String>,
    pub new: Option<String>,
    /// Unix milliseconds
    pub at: i64,
    /// name of the person, `None` for the product itself
    pub by: Option<String>,
}

/// Keeps what an update changes.
pub(super) async fn keep(
    tx: &Tx,
    permit: &Permit,
    id: SiteId,
    version_after: i64,
    before: &SiteFacts,
    after: &SiteFacts,
) -> Result<(), Fault> {
    let by = permit.actor().user().map(|user| user.to_string());
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::new();
    for (seq, field) in (0_i64..).zip(SiteField::ALL) {
        let (old, new) = (before.text(field), after.text(field));
        if old != new {
            rows.push(vec![
                id.to_string().into(),
                version_after.into(),
                field.key().to_owned().into(),
                seq.into(),
                old.into(),
                new.into(),
                tx.at().into(),
                by.clone().into(),
            ]);
        }
    }
    tx.insert_many(
        "INSERT INTO site_change (site_id, version_after, field, seq, old_value, new_value, at, actor)",
        rows,
    )
    .await
}

/// Changes of one community in the scope, the newest first.
pub async fn of_site(conn: &Conn, scope: &Scope, site: SiteId) -> Result<Vec<Change>, Fault> {
    let mut sql = Sql::new(
        "SELECT c.version_after AS version_after, c.field AS field, c.old_value AS old_value, c.new_value AS new_value, c.at AS at, a.name AS by_name FROM site_change c JOIN site s ON s.id = c.site_id LEFT JOIN account a ON a.id = c.actor WHERE ",
    );
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.bind(" AND c.site_id = ? ORDER BY c.version_after DESC, c.seq LIMIT 500", site.to_string());
    let read = |row: &Row| {
        Ok(Change {
            version_after: row.int("version_after")?,
            field: row.parsed("site_change", "field", |key| key.parse().ok())?,
            old: row.maybe_text("old_value")?,
            new: row.maybe_text("new_value")?,
            at: row.int("at")?,
            by: row.maybe_text("by_name")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

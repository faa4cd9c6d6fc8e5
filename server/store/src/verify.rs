//! Recomputes everything that is kept twice, and names the first place that does not agree. Changes nothing.

use crate::audit;
use crate::fault::Fault;
use crate::jobs::estimate;
use crate::ledger::verify as ledger;
use crate::list::rollup::{self, SUMS, sums};
use crate::sql::Sql;
use crate::tx::Conn;

/// A place where the data contradict themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// which invariant: `audit_chain`, `rollup_own`
    pub check: &'static str,
    /// the row, for a person to look at
    pub place: String,
}

/// What was checked, in order, and the first breach of each.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub checks: Vec<(&'static str, Option<Breach>)>,
    pub audit_entries: i64,
    pub ledger_entries: i64,
}

impl Report {
    pub fn first_breach(&self) -> Option<&Breach> {
        self.checks.iter().find_map(|(_, breach)| breach.as_ref())
    }
}

/// Queries whose first row, if any, is a breach; the column `place` names it.
const QUERIES: [(&str, &str); 8] = [
    (
        "area_path",
        "SELECT a.code AS place FROM area a LEFT JOIN area b ON b.code = a.parent WHERE a.path <> COALESCE(b.path, '/') || a.code || '/' LIMIT 1",
    ),
    (
        "project_area",
        "SELECT p.id AS place FROM project p LEFT JOIN area a ON a.code = p.area_code WHERE a.path IS NULL OR a.path <> p.area_path LIMIT 1",
    ),
    (
        "site_area",
        "SELECT p.id AS place FROM site p LEFT JOIN area a ON a.code = p.area_code WHERE a.path IS NULL OR a.path <> p.area_path LIMIT 1",
    ),
    (
        "account_area",
        "SELECT p.id AS place FROM account p LEFT JOIN area a ON a.code = p.area_code WHERE a.path IS NULL OR a.path <> p.area_path LIMIT 1",
    ),
    (
        "project_number",
        "SELECT p.id AS place FROM project p WHERE p.number >= (SELECT next FROM number_counter WHERE name = 'project') OR p.number < 1 LIMIT 1",
    ),
    (
        "list_entry",
        "SELECT e.project_id AS place FROM list_entry e LEFT JOIN project p ON p.id = e.project_id WHERE p.id IS NULL OR e.area_path <> p.area_path OR e.area_code <> p.area_code OR e.category <> COALESCE(p.category, '') OR e.stage <> p.stage OR e.number <> p.number LIMIT 1",
    ),
    (
        "history_version",
        "SELECT t.project_id AS place FROM change_project t JOIN project p ON p.id = t.project_id WHERE t.version_after > p.version LIMIT 1",
    ),
    (
        "orphan_parts",
        "SELECT project_id AS place FROM project_amount WHERE project_id NOT IN (SELECT id FROM project) LIMIT 1",
    ),
];

/// Kept estimates of jobs against what the rules make of their projects.
const ESTIMATES: &str = "estimate_lines";

/// Runs every check in one read transaction.
pub async fn verify(conn: &Conn) -> Result<Report, Fault> {
    let mut report = Report::default();
    for (check, query) in QUERIES {
        let breach = first(conn, check, Sql::new(query)).await?;
        report.checks.push((check, breach));
    }
    for (check, query) in rollups() {
        let breach = first(conn, check, Sql::new(&query)).await?;
        report.checks.push((check, breach));
    }
    for (check, query) in ledger::queries() {
        let breach = first(conn, check, Sql::new(&query)).await?;
        report.checks.push((check, breach));
    }
    let stray = estimate::first_breach(conn).await?;
    report.checks.push((ESTIMATES, stray.map(|place| Breach { check: ESTIMATES, place })));
    let (check, query) = ledger::reversals();
    report.checks.push((check, first(conn, check, query).await?));
    let (entries, breach) = ledger::walk(conn).await?;
    report.ledger_entries = entries;
    report.checks.push(("ledger_chain", breach));
    let (entries, breach) = audit_chain(conn).await?;
    report.audit_entries = entries;
    report.checks.push(("audit_chain", breach));
    Ok(report)
}

async fn first(conn: &Conn, check: &'static str, sql: Sql) -> Result<Option<Breach>, Fault> {
    let row = conn.one(sql).await?;
    row.map(|row| Ok(Breach { check, place: row.text("place")? })).transpose()
}

/// Kept totals against fresh sums, in both directions: what is kept and not there, what is there and not kept.
fn rollups() -> Vec<(&'static str, String)> {
    let key = "plan_year, horizon, area_code, category, stage";
    let sum_names = SUMS.join(", ");
    let entries = format!(
        "(SELECT project_id, plan_year, horizon, area_code, area_path, category, stage FROM list_entry UNION ALL SELECT project_id, plan_year, horizon, area_code, area_path, category, stage FROM {} x)",
        rollup::entries(rollup::EVERYWHERE)
    );
    let kept_own = format!("SELECT {key}, projects, {sum_names} FROM list_rollup WHERE kind = 'own'");
    let fresh_own = format!(
        "SELECT e.plan_year, e.horizon, e.area_code, e.category, e.stage, CAST(COUNT(*) AS BIGINT) AS projects, {} FROM {entries} e JOIN project p ON p.id = e.project_id GROUP BY e.plan_year, e.horizon, e.area_code, e.category, e.stage",
        sums("p")
    );
    let kept_all = format!("SELECT {key}, projects, {sum_names} FROM list_rollup WHERE kind = 'all'");
    let fresh_all = format!(
        "SELECT e.plan_year, e.horizon, a.code AS area_code, e.category, e.stage, CAST(COUNT(*) AS BIGINT) AS projects, {} FROM {entries} e JOIN project p ON p.id = e.project_id JOIN area a ON substr(e.area_path, 1, length(a.path)) = a.path WHERE a.code IN (SELECT area_code FROM list_rollup) GROUP BY e.plan_year, e.horizon, a.code, e.category, e.stage",
        sums("p")
    );
    let amounts = format!(
        "(SELECT project_id, kind, key, fen FROM project_amount UNION ALL SELECT s.project_id, '{}' AS kind, s.kind AS key, s.fen FROM project_amount s JOIN project q ON q.id = s.project_id WHERE s.kind = 'source' AND q.total_fen IS NULL)",
        rollup::UNTOTALLED
    );
    let kept_amounts = format!("SELECT {key}, amount, key, fen FROM list_rollup_amount WHERE kind = 'all'");
    let fresh_amounts = format!(
        "SELECT e.plan_year, e.horizon, a.code AS area_code, e.category, e.stage, x.kind AS amount, x.key, CAST(SUM(x.fen) AS BIGINT) AS fen FROM {entries} e JOIN {amounts} x ON x.project_id = e.project_id JOIN area a ON substr(e.area_path, 1, length(a.path)) = a.path WHERE a.code IN (SELECT area_code FROM list_rollup) GROUP BY e.plan_year, e.horizon, a.code, e.category, e.stage, x.kind, x.key"
    );
    let kept_own_amounts =
        format!("SELECT {key}, amount, key, fen FROM list_rollup_amount WHERE kind = 'own'");
    let fresh_own_amounts = format!(
        "SELECT e.plan_year, e.horizon, e.area_code, e.category, e.stage, x.kind AS amount, x.key, CAST(SUM(x.fen) AS BIGINT) AS fen FROM {entries} e JOIN {amounts} x ON x.project_id = e.project_id GROUP BY e.plan_year, e.horizon, e.area_code, e.category, e.stage, x.kind, x.key"
    );
    let mut queries = Vec::new();
    for (check, kept, fresh) in [
        ("rollup_own_amounts", kept_own_amounts, fresh_own_amounts),
        ("rollup_own", kept_own, fresh_own),
        ("rollup_all", kept_all, fresh_all),
        ("rollup_amounts", kept_amounts, fresh_amounts),
    ] {
        for (left, right) in [(&kept, &fresh), (&fresh, &kept)] {
            queries.push((
                check,
                format!(
                    "SELECT d.area_code || ' ' || d.horizon AS place FROM ({left} EXCEPT {right}) d LIMIT 1"
                ),
            ));
        }
    }
    queries
}

/// Compares heads of the chain that were written down elsewhere with what the chain says now; a cut or a forged
/// trail is found even when it is whole in itself.
pub async fn anchors(conn: &Conn, anchors: &[(i64, String)]) -> Result<Option<Breach>, Fault> {
    for (seq, hash) in anchors.iter().filter(|(seq, _)| *seq > 0) {
        let row = conn.one(Sql::new("SELECT hash FROM audit WHERE seq = ?").with(*seq)).await?;
        if row.map(|row| row.text("hash")).transpose()?.as_ref() != Some(hash) {
            return Ok(Some(Breach { check: "audit_anchors", place: format!("seq {seq}") }));
        }
    }
    Ok(None)
}

/// Walks the chain from its beginning: sequence without gaps, each hash over its row, the head equal to the last.
pub async fn audit_chain(conn: &Conn) -> Result<(i64, Option<Breach>), Fault> {
    let (mut seq, mut hash) = (0, String::new());
    loop {
        let entries = audit::after(conn, seq, 1000).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            if entry.seq != seq + 1 || entry.prev_hash != hash || entry.hash != entry.computed_hash() {
                return Ok((seq, Some(Breach { check: "audit_chain", place: format!("seq {}", entry.seq) })));
            }
            seq = entry.seq;
            hash = entry.hash;
        }
    }
    let sound = audit::head(conn).await? == (seq, hash);
    let breach = (!sound).then(|| Breach { check: "audit_chain", place: "head".into() });
    Ok((seq, breach))
}

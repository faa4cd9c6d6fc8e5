//! Recomputes positions and totals of the ledger from its entries, and walks its chain. Changes nothing.

use super::{chain, figures, row};
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::Conn;
use crate::verify::Breach;

/// Pairs of what is kept and what entries say; a row on one side only is a breach, named by the column `place`.
pub(crate) fn queries() -> Vec<(&'static str, String)> {
    let names = figures::names();
    let position = "q.project_id || ' ' || q.source || ' ' || CAST(q.budget_year AS TEXT) AS place";
    let of_entries = format!(
        "SELECT e.project_id, e.source, e.budget_year, e.area_path, {} FROM ledger_entry e GROUP BY e.project_id, e.source, e.budget_year, e.area_path",
        figures::sums_of_entries("e")
    );
    let kept_positions =
        format!("SELECT {position}, q.area_path, {names} FROM ledger_position q WHERE {}", figures::any("q"));
    let fresh_positions =
        format!("SELECT {position}, q.area_path, {names} FROM ({of_entries}) q WHERE {}", figures::any("q"));
    let cell = "area_code || ' ' || kind || ' ' || source || ' ' || CAST(budget_year AS TEXT) || ' ' || month || ' ' || horizon AS place";
    let kept =
        |kind: &str| format!("SELECT {cell}, entries, {names} FROM ledger_rollup WHERE kind = '{kind}'");
    let fresh_own = format!(
        "SELECT {cell}, entries, {names} FROM (SELECT e.area_code, 'own' AS kind, e.source, e.budget_year, e.month, e.horizon, CAST(COUNT(*) AS BIGINT) AS entries, {} FROM ledger_entry e GROUP BY e.area_code, e.source, e.budget_year, e.month, e.horizon) x",
        figures::sums_of_entries("e")
    );
    let fresh_all = format!(
        "SELECT {cell}, entries, {names} FROM (SELECT a.code AS area_code, 'all' AS kind, r.source, r.budget_year, r.month, r.horizon, CAST(SUM(r.entries) AS BIGINT) AS entries, {} FROM ledger_rollup r JOIN area a ON substr(r.area_path, 1, length(a.path)) = a.path WHERE r.kind = 'own' GROUP BY a.code, r.source, r.budget_year, r.month, r.horizon) x",
        figures::sums("r")
    );
    let mut queries = Vec::new();
    for (check, kept, fresh) in [
        ("ledger_position", kept_positions, fresh_positions),
        ("ledger_rollup_own", kept("own"), fresh_own),
        ("ledger_rollup_all", kept("all"), fresh_all),
    ] {
        for (left, right) in [(&kept, &fresh), (&fresh, &kept)] {
            queries.push((
                check,
                format!("SELECT d.place FROM ({left} EXCEPT {right}) d ORDER BY d.place LIMIT 1"),
            ));
        }
    }
    queries
}

/// Walks the chain from its beginning: no place left out, each hash over its row, the head equal to the last.
pub(crate) async fn walk(conn: &Conn) -> Result<(i64, Option<Breach>), Fault> {
    let (mut seq, mut hash) = (0, String::new());
    loop {
        let links = row::links(conn, seq, 1000).await?;
        if links.is_empty() {
            break;
        }
        for link in links {
            if link.seq != seq + 1 || link.prev_hash != hash || link.hash != link.computed {
                let place = format!("seq {}", link.seq);
                return Ok((seq, Some(Breach { check: "ledger_chain", place })));
            }
            seq = link.seq;
            hash = link.hash;
        }
    }
    let sound = chain::head(conn).await? == (seq, hash);
    let breach = (!sound).then(|| Breach { check: "ledger_chain", place: "head".into() });
    Ok((seq, breach))
}

/// Entries that do not add up with each other: a reversal that is not its original's opposite.
pub(crate) fn reversals() -> (&'static str, Sql) {
    let text = "SELECT r.id AS place FROM ledger_entry r LEFT JOIN ledger_entry o ON o.id = r.reverses WHERE r.reverses IS NOT NULL AND (o.id IS NULL OR o.reverses IS NOT NULL OR o.fen + r.fen <> 0 OR o.movement <> r.movement OR o.project_id <> r.project_id OR o.source <> r.source OR o.budget_year <> r.budget_year) ORDER BY r.seq LIMIT 1";
    ("ledger_reversal", Sql::new(text))
}

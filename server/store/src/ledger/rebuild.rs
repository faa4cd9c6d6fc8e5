//! Positions and totals made anew from the entries, for when `verify` says that they disagree. Touches no entry.

use super::{chain, figures};
use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::Tx;
use domain::permission::Permit;

/// Rows written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    pub positions: u64,
    pub totals: u64,
}

/// Throws away what follows from entries and makes it again, in the caller's transaction. Takes its locks in the order of
/// every write: all positions, then the head of the chain; so no entry is written meanwhile.
pub async fn rebuild(tx: &Tx, permit: &Permit) -> Result<Rebuilt, Fault> {
    if tx.is_postgres() {
        tx.run(Sql::new("LOCK TABLE ledger_position IN EXCLUSIVE MODE")).await?;
    }
    chain::hold(tx).await?;
    let names = figures::names();
    tx.run(Sql::new("DELETE FROM ledger_position")).await?;
    let positions = tx
        .run(Sql::new(&format!(
            "INSERT INTO ledger_position (project_id, source, budget_year, area_code, area_path, {names}) SELECT e.project_id, e.source, e.budget_year, e.area_code, e.area_path, {} FROM ledger_entry e GROUP BY e.project_id, e.source, e.budget_year, e.area_code, e.area_path",
            figures::sums_of_entries("e")
        )))
        .await?;
    tx.run(Sql::new("DELETE FROM ledger_rollup")).await?;
    let own = tx
        .run(Sql::new(&format!(
            "INSERT INTO ledger_rollup (area_code, kind, source, budget_year, month, horizon, area_path, entries, {names}) SELECT e.area_code, 'own', e.source, e.budget_year, e.month, e.horizon, e.area_path, CAST(COUNT(*) AS BIGINT), {} FROM ledger_entry e GROUP BY e.area_code, e.area_path, e.source, e.budget_year, e.month, e.horizon",
            figures::sums_of_entries("e")
        )))
        .await?;
    let all = tx
        .run(Sql::new(&format!(
            "INSERT INTO ledger_rollup (area_code, kind, source, budget_year, month, horizon, area_path, entries, {names}) SELECT a.code, 'all', r.source, r.budget_year, r.month, r.horizon, a.path, CAST(SUM(r.entries) AS BIGINT), {} FROM ledger_rollup r JOIN area a ON substr(r.area_path, 1, length(a.path)) = a.path WHERE r.kind = 'own' GROUP BY a.code, a.path, r.source, r.budget_year, r.month, r.horizon",
            figures::sums("r")
        )))
        .await?;
    let rebuilt = Rebuilt { positions, totals: own + all };
    let detail = format!("rebuilt positions={positions} totals={}", rebuilt.totals);
    tx.record(permit, Act { object: "ledger", detail, ..Act::default() });
    Ok(rebuilt)
}

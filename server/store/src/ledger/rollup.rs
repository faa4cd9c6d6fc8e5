//! Kept totals of the ledger by area, source, budget year, month and list; moved by increments together with entries.

use domain::broken::{self, Broken};
#[cfg(test)]
mod proof;

use super::entry::{Filter, by_source};
use super::figures::{self, FIGURES};
use super::row::Row;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use contract::ledger::Sums;
use domain::area::AreaPath;
use domain::permission::Scope;
use domain::source::Source;
use std::collections::BTreeMap;

/// Area, kind, source, budget year, month and list: the primary key, in its order.
type Cell = (String, &'static str, &'static str, i64, String, String);

/// What entries add, summed before it is written.
#[derive(Default)]
pub(crate) struct Increments(BTreeMap<Cell, (String, i64, [i64; 16])>);

impl Increments {
    pub fn add(&mut self, row: &Row) {
        let mut prefix = String::from("/");
        for code in row.area.codes() {
            prefix.push_str(&format!("{code}/"));
            self.put(row, code.to_string(), "all", prefix.clone());
        }
        self.put(row, row.area.code().to_string(), "own", row.area.as_str().to_owned());
    }

    fn put(&mut self, row: &Row, code: String, kind: &'static str, path: String) {
        let year = i64::from(row.key.year.get());
        let cell = (code, kind, row.key.source.code(), year, row.month.to_string(), row.horizon.clone());
        let (_, entries, sums) = self.0.entry(cell).or_insert_with(|| (path, 0, [0; 16]));
        *entries += 1;
        sums[row.figure] += row.fen;
    }

    /// Adds them in the order of the primary key.
    pub async fn save(self, tx: &Tx) -> Result<(), Fault> {
        if broken::is(Broken::Totals) {
            return Ok(());
        }
        let row = |(cell, (path, entries, sums)): (Cell, (String, i64, [i64; 16]))| {
            let (code, kind, source, year, month, horizon) = cell;
            let mut row: Vec<sea_orm::Value> = vec![
                code.into(),
                kind.to_owned().into(),
                source.to_owned().into(),
                year.into(),
                month.into(),
                horizon.into(),
                path.into(),
                entries.into(),
            ];
            row.extend(sums.map(sea_orm::Value::from));
            row
        };
        let head = format!(
            "INSERT INTO ledger_rollup (area_code, kind, source, budget_year, month, horizon, area_path, entries, {})",
            figures::names()
        );
        let names = FIGURES.iter().map(|(name, _)| *name).chain(["entries"]);
        let set: Vec<String> =
            names.map(|name| format!("{name} = ledger_rollup.{name} + excluded.{name}")).collect();
        let tail = format!(
            " ON CONFLICT (area_code, kind, source, budget_year, month, horizon) DO UPDATE SET {}",
            set.join(", ")
        );
        tx.upsert_many(&head, self.0.into_iter().map(row).collect(), &tail).await
    }
}

/// Sums of the scope, or of the filter's area within it, by source; the filter is one that [`Filter::is_kept`].
pub async fn sums(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Vec<(Source, Sums)>, Fault> {
    let area: &AreaPath = match &filter.area {
        Some(area) if scope.area().contains(area) => area,
        Some(_) => return Ok(Vec::new()),
        None => scope.area(),
    };
    let mut sql = Sql::new(&format!(
        "SELECT r.source, {} FROM ledger_rollup r WHERE r.kind = 'all'",
        figures::sums("r")
    ));
    sql.bind(" AND r.area_code = ?", area.code().to_string());
    if let Some(source) = filter.source {
        sql.bind(" AND r.source = ?", source.code().to_owned());
    }
    if let Some(year) = filter.year {
        sql.bind(" AND r.budget_year = ?", i64::from(year.get()));
    }
    if let Some(month) = filter.month {
        sql.bind(" AND r.month = ?", month.to_string());
    }
    if let Some(month) = filter.through {
        sql.bind(" AND r.month <= ?", month.to_string());
    }
    sql.push(" GROUP BY r.source");
    by_source(&conn.all(sql).await?, "ledger_rollup")
}

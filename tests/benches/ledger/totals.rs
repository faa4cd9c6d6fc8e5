//! A province's totals over all entries: ours from the kept totals, DuckDB's by grouping the raw rows, the same answer in
//! the same run.

use super::line;
use super::load::{self, CHECKER};
use crate::{cpu, median, peer, scaled, seed};
use contract::ledger::TotalsView;
use contract::ledger::command::LedgerQuery;
use domain::ledger::Stage;
use serde_json::Value;
use service::{account, ledger};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

const TURNS: usize = 200;
const DUCK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/ledger/duck.py");

pub fn run() {
    let python = peer::python(&["duckdb"]);
    let runtime = cpu::runtime();
    let mut ours = Vec::new();
    for entries in [scaled(1_000_000), scaled(10_000_000)] {
        let folder = runtime.block_on(load::folder(entries));
        let (view, own) = runtime.block_on(asked(&folder));
        let duck = grouped(&python, &folder);
        same(&view, &duck);
        let theirs = duck["milliseconds"].as_f64().unwrap();
        line(
            &format!("a province's totals over {entries} entries"),
            &format!("{own:.3} ms, DuckDB {theirs:.1} ms, {:.0} × faster", theirs / own),
            "≥ 100 × faster at ten million",
            theirs / own >= 100.0 || entries < 10_000_000,
        );
        ours.push(own);
    }
    let ratio = ours[1] / ours[0];
    line("ten times the entries", &format!("{ratio:.2} × the time"), "≤ 1.2", ratio <= 1.2);
}

/// What the product answers, and the median of its milliseconds.
async fn asked(folder: &Path) -> (TotalsView, f64) {
    let app = seed::open(folder).await;
    let call = account::call_as(&app, CHECKER).await.unwrap();
    let mut figures = Vec::new();
    let mut view = ledger::totals(&call, LedgerQuery::default()).await.unwrap();
    for _ in 0..TURNS {
        let begin = Instant::now();
        view = ledger::totals(&call, LedgerQuery::default()).await.unwrap();
        figures.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    drop(call);
    app.db().close().await.unwrap();
    (view, median(figures))
}

/// DuckDB's answer with the median of its milliseconds.
fn grouped(python: &Path, folder: &Path) -> Value {
    let output = Command::new(python).arg(DUCK).arg(seed::file(folder)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn same(view: &TotalsView, duck: &Value) {
    assert!(!view.by_source.is_empty());
    for (source, sums) in &view.by_source {
        for (movement, stage) in [
            ("issue", Stage::Issued),
            ("receive", Stage::Received),
            ("disburse", Stage::Disbursed),
            ("pay", Stage::Paid),
        ] {
            let theirs = duck["sums"][source.code()][movement].as_i64();
            assert_eq!(Some(sums.entered.get(stage).fen()), theirs, "{} {movement}", source.code());
        }
    }
}

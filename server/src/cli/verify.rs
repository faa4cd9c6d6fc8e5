//! `houfu verify`: recomputes every invariant; exit code 1 names the first place that fails.

use super::Fault;
use crate::anchor;
use crate::config::Config;
use serde_json::json;
use service::attachment::first_breach;
use std::process::ExitCode;
use store::verify::{Breach, Report, anchors, verify};
use store::{Db, DbOptions};

/// Every attachment lies in the data folder under its own digest.
const FILES: &str = "attachment_files";

#[derive(Debug, clap::Args)]
pub struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Changes nothing, the schema neither, and may run beside the server.
pub async fn run(config: Config, args: &Args) -> Result<ExitCode, Fault> {
    let options =
        DbOptions { url: config.database.clone(), reading: true, ..DbOptions::sqlite(&config.data) };
    let db = Db::open(&options).await?;
    if !db.is_current().await? {
        return Err("the schema is not of this version; run `houfu migrate` first".into());
    }
    let (mut report, digests) = {
        let conn = db.read().await?;
        let mut report = verify(&conn).await?;
        let written = anchor::read(&config.data)?;
        let written: Vec<_> = written.into_iter().map(|anchor| (anchor.seq, anchor.hash)).collect();
        report.checks.push(("audit_anchors", anchors(&conn, &written).await?));
        (report, store::attachment::digests(&conn).await?)
    };
    let folder = config.data.clone();
    let breach = tokio::task::spawn_blocking(move || first_breach(&folder, &digests)).await?;
    report.checks.push((FILES, breach.map(|place| Breach { check: FILES, place })));
    if args.json {
        print_json(&report)
    } else {
        print_lines(&report)
    }
    Ok(if report.first_breach().is_some() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn print_json(report: &Report) {
    let line = |(check, breach): &(&str, Option<Breach>)| json!({ "check": check, "ok": breach.is_none(), "place": breach.as_ref().map(|breach| &breach.place) });
    let checks: Vec<_> = report.checks.iter().map(line).collect();
    let ok = report.first_breach().is_none();
    println!(
        "{}",
        json!({ "ok": ok, "checks": checks, "audit_entries": report.audit_entries, "ledger_entries": report.ledger_entries })
    );
}

fn print_lines(report: &Report) {
    for (check, breach) in &report.checks {
        match breach {
            None => println!("ok    {check}"),
            Some(breach) => println!("FAIL  {check}: {}", breach.place),
        }
    }
    println!("audit entries: {}", report.audit_entries);
    println!("ledger entries: {}", report.ledger_entries);
}

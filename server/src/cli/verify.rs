//! `houfu verify`: recomputes every invariant; exit code 1 names the first place that fails.

use super::Fault;
use crate::backup::archive;
use crate::config::Config;
use crate::{anchor, backup};
use domain::permission::{Actor, scope};
use serde_json::json;
use std::process::ExitCode;
use store::backup::{Kept, kept_files};
use store::verify::{Breach, Report, anchors, verify};
use store::{Db, DbOptions};

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
    let report = {
        let conn = db.read().await?;
        let mut report = verify(&conn).await?;
        let written = anchor::read(&config.data)?;
        let written: Vec<_> = written.into_iter().map(|anchor| (anchor.seq, anchor.hash)).collect();
        report.checks.push(("audit_anchors", anchors(&conn, &written).await?));
        let kept = kept_files(&conn, &scope(&Actor::System)).await?;
        report.checks.push(("attachment_files", files(&config, &kept)));
        report
    };
    if args.json {
        print_json(&report)
    } else {
        print_lines(&report)
    }
    Ok(if report.first_breach().is_some() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Every file that the database speaks of lies there, unchanged.
fn files(config: &Config, kept: &[Kept]) -> Option<Breach> {
    let is_whole = |file: &&Kept| {
        let path = config.data.join(backup::attachment(&file.sha256));
        archive::digest(&path).is_ok_and(|found| found.sha256 == file.sha256)
    };
    let broken = kept.iter().find(|file| !is_whole(file))?;
    Some(Breach { check: "attachment_files", place: backup::attachment(&broken.sha256) })
}

fn print_json(report: &Report) {
    let line = |(check, breach): &(&str, Option<Breach>)| json!({ "check": check, "ok": breach.is_none(), "place": breach.as_ref().map(|breach| &breach.place) });
    let checks: Vec<_> = report.checks.iter().map(line).collect();
    let ok = report.first_breach().is_none();
    println!("{}", json!({ "ok": ok, "checks": checks, "audit_entries": report.audit_entries }));
}

fn print_lines(report: &Report) {
    for (check, breach) in &report.checks {
        match breach {
            None => println!("ok    {check}"),
            Some(breach) => println!("FAIL  {check}: {}", breach.place),
        }
    }
    println!("audit entries: {}", report.audit_entries);
}

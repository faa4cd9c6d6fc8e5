//! `houfu import-ledger`: a book of funds into the ledger, by one person, approved by another.

use super::{Fault, serve};
use crate::config::Config;
use contract::ledger::batch::{BatchView, LineFinding};
use contract::ledger::command::{BatchStep, LedgerFile};
use domain::finding::Severity;
use domain::ledger::Stage;
use serde_json::json;
use service::ledger::import;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Workbook (.xlsx) or text table (.csv)
    file: PathBuf,
    /// Sign-in name of the person who imports
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
    /// Sign-in name of the second person, who approves; without one the batch waits
    #[arg(long, value_name = "LOGIN")]
    approve_as: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// The same key is applied once only; a new one is made when absent
    #[arg(long)]
    key: Option<String>,
}

/// Exit code 0: every line can be read; 1: some cannot and were left out.
pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let bytes = std::fs::read(&args.file)?;
    let file_name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let app = serve::open(&config).await?;
    let maker = super::person(&app, &args.login).await?;
    let key = args.key.clone().unwrap_or_else(|| maker.new_id().to_string());
    let file = LedgerFile { key: key.clone(), file_name, bytes };
    let mut batch = import::stage(&maker, file).await?;
    if let Some(login) = &args.approve_as {
        let checker = super::person(&app, login).await?;
        let (version, reason) = (batch.version, String::new());
        let findings = std::mem::take(&mut batch.findings);
        batch = import::approve(&checker, BatchStep { batch: batch.batch, version, key, reason }).await?;
        batch.findings = findings;
    }
    // The rules look at what came in before the program ends.
    app.drain().await;
    print(&batch, args.json)?;
    Ok(ExitCode::from(u8::from(batch.counts.faulty > 0)))
}

fn print(batch: &BatchView, as_json: bool) -> Result<(), Fault> {
    if as_json {
        let totals =
            Stage::ALL.map(|stage| (stage.code(), batch.totals.entered.get(stage).fen().to_string()));
        let totals: std::collections::BTreeMap<_, _> = totals.into_iter().collect();
        let id = batch.batch.to_string();
        println!(
            "{}",
            json!({ "batch": id, "state": batch.state.code(), "counts": batch.counts, "entered_fen": totals, "findings": batch.findings })
        );
        return Ok(());
    }
    batch.findings.iter().for_each(print_finding);
    if batch.more_findings > 0 {
        println!("and {} findings more", batch.more_findings);
    }
    let counts = batch.counts;
    println!(
        "{}: {} allocations, {} movements; {} new, {} known, {} faulty",
        batch.state.code(),
        counts.notices,
        counts.movements,
        counts.new,
        counts.known,
        counts.faulty
    );
    Ok(())
}

fn print_finding(finding: &LineFinding) {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = &finding.place;
    let at = place.address.clone().unwrap_or_else(|| place.row.to_string());
    let sentence = words::explain::line_fault(words::Locale::en, &finding.fault);
    println!("{severity:<8}{} {at}: {sentence}", place.sheet);
}

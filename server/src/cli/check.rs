//! `houfu check --deploy`: is this installation fit to be used by others? Exit code 1 names each weakness with its cure.

use super::Fault;
use crate::config::Config;
use crate::deploy::{Weakness, of_data, of_settings};
use service::App;
use std::process::ExitCode;
use store::{Db, DbOptions};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Look at settings, folder, accounts, database and clock as for production
    #[arg(long, required = true)]
    deploy: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Changes nothing, and may run beside the server.
pub async fn run(config: Config, args: &Args) -> Result<ExitCode, Fault> {
    let mut found = of_settings(&config);
    let options =
        DbOptions { url: config.database.clone(), reading: true, ..DbOptions::sqlite(&config.data) };
    match Db::open(&options).await {
        Ok(db) => found.extend(of_data(&App::new(db, config.data.clone(), config.demo)).await?),
        Err(fault) => found.push(Weakness {
            what: fault.to_string(),
            cure: "start the server once, or name the right --data or --database".into(),
        }),
    }
    if args.json {
        let lines: Vec<_> =
            found.iter().map(|weak| serde_json::json!({ "what": weak.what, "cure": weak.cure })).collect();
        println!("{}", serde_json::json!({ "ok": found.is_empty(), "weaknesses": lines }));
    } else {
        print(&found);
    }
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// One line a weakness, its cure below.
pub fn print(found: &[Weakness]) {
    for weak in found {
        println!("FAIL  {}\n      {}", weak.what, weak.cure);
    }
    if found.is_empty() {
        println!("ok    fit to be used by others");
    }
}

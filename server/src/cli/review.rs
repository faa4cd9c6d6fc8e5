//! `houfu review`: asks every rule about everything in one person's area.

use super::{Fault, serve};
use crate::config::Config;
use service::review;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sign-in name of the reviewer in whose area the rules run
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Exit code 0: the rules ran; what they found is on the desk.
pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let app = serve::open(&config).await?;
    let call = super::person(&app, &args.login).await?;
    let done = review::walk::run(&call, ()).await?;
    if args.json {
        println!("{}", serde_json::to_string(&done)?);
        return Ok(ExitCode::SUCCESS);
    }
    for rule in &done.rules {
        let missing: Vec<String> = rule.missing.iter().map(|name| name.code()).collect();
        let lacks =
            if missing.is_empty() { String::new() } else { format!("; lacks {}", missing.join(", ")) };
        println!(
            "{} {}: {} findings, {} clear, {} not judged{lacks}",
            rule.rule,
            rule.rule.sign(),
            rule.findings,
            rule.clear,
            rule.not_run
        );
    }
    println!("{} projects; {} new findings, {} vanished", done.projects, done.new, done.vanished);
    Ok(ExitCode::SUCCESS)
}

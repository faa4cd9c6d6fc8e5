//! `houfu routes`: every address the server answers, taken from the program itself.

use super::Fault;
use crate::routes;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let all = routes::all();
    if args.json {
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(ExitCode::SUCCESS);
    }
    for route in all {
        let kind = serde_json::to_value(route.kind)?;
        println!(
            "{:<7}{:<40}{:<6}{:<8}{} bytes",
            route.method,
            route.path,
            kind.as_str().unwrap_or_default(),
            if route.public { "public" } else { "" },
            route.body_limit
        );
    }
    Ok(ExitCode::SUCCESS)
}

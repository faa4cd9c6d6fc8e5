//! `houfu openapi`: the description of the interface for programs, as JSON.

use super::Fault;
use std::process::ExitCode;

pub fn run() -> Result<ExitCode, Fault> {
    println!("{}", crate::api::document().to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}

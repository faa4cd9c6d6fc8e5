//! `houfu migrate`: brings the database to the newest schema and loads the area tree.

use super::{Fault, serve};
use crate::config::Config;
use std::process::ExitCode;

pub async fn run(config: Config) -> Result<ExitCode, Fault> {
    serve::open(&config).await?;
    println!("schema is current");
    Ok(ExitCode::SUCCESS)
}

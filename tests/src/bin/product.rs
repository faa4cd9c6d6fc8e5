//! The program `houfu` for proofs that end it by force: its own command line, and a server that also takes a PostgreSQL
//! with `fsync=off`, which the clusters of tests have and which the product itself refuses.

use clap::Parser;
use server::cli::{Cli, Command, Fault, serve};
use server::config::Config;
use std::process::ExitCode;
use store::DbOptions;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == sheet::child::parent::SUBCOMMAND) {
        return u8::try_from(sheet::child::main()).map_or(ExitCode::FAILURE, ExitCode::from);
    }
    command()
}

#[tokio::main]
async fn command() -> ExitCode {
    run(Cli::parse()).await.unwrap_or_else(|fault| {
        eprintln!("product: {fault}");
        ExitCode::from(2)
    })
}

async fn run(cli: Cli) -> Result<ExitCode, Fault> {
    let config = Config::load(&cli.flags)?;
    if !matches!(cli.command, Command::Serve(_)) || config.database.is_none() {
        return cli.run().await;
    }
    server::telemetry::start(config.log_json);
    let sqlite = DbOptions::sqlite(&config.data);
    let options = DbOptions { url: config.database.clone(), allow_fsync_off: true, ..sqlite };
    let app = serve::open_by(&config, &options).await?;
    serve::serve(app, config).await
}

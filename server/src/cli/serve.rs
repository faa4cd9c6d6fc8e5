//! `houfu serve`: opens the data, listens, and stops without losing work.

use super::Fault;
use crate::config::Config;
use crate::state::State;
use crate::{anchor, backup, deploy, nightly, telemetry};
use service::clock::SystemClock;
use service::{App, Clock};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::ExitCode;
use store::{Db, DbOptions};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Default, clap::Args)]
pub struct Args {}

/// Serves until the process is told to stop. With a public origin, weaknesses keep it from starting.
pub async fn run(config: Config, _args: Args) -> Result<ExitCode, Fault> {
    telemetry::start(config.log_json);
    let app = open(&config).await?;
    serve(app, config).await
}

/// Serves what was opened.
pub async fn serve(app: App, config: Config) -> Result<ExitCode, Fault> {
    if config.public_origin.is_some() {
        let mut found = deploy::of_settings(&config);
        found.extend(deploy::of_data(&app).await?);
        if !found.is_empty() {
            super::check::print(&found);
            return Ok(ExitCode::from(1));
        }
    }
    if let Some(code) = service::account::setup_code(&app).await? {
        // Printed, not logged: log files are read by more people than the terminal is.
        eprintln!("No users yet. Open /setup and enter this one-time code: {code}");
    }
    listen(State::new(app, config)).await?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the database of the settings, migrated to the newest schema. A SQLite database that holds data is backed up
/// before its schema changes.
pub async fn open(config: &Config) -> Result<App, Fault> {
    let options = DbOptions { url: config.database.clone(), ..DbOptions::sqlite(&config.data) };
    open_by(config, &options).await
}

/// The same with options of the caller's.
pub async fn open_by(config: &Config, options: &DbOptions) -> Result<App, Fault> {
    private_folder(&config.data)?;
    let db = Db::open(options).await?;
    if config.database.is_none() && !db.applied().await?.is_empty() && !db.is_current().await? {
        let taken = backup::take(config, None, SystemClock.now()).await?;
        eprintln!("backed up before the schema changes: {}", taken.file.display());
    }
    db.migrate().await?;
    let app = App::new(db, config.data.clone(), config.demo);
    service::area::load_tree(&app).await?;
    // A database of a version without estimates has none yet.
    service::jobs::settle(&app).await?;
    Ok(app)
}

/// A data folder that is made here is its owner's alone.
fn private_folder(data: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data)
}

/// Listens, and after a signal finishes what is under way.
pub async fn listen(state: State) -> Result<(), Fault> {
    let listener = TcpListener::bind(state.config.listen).await?;
    let address = listener.local_addr()?;
    tracing::info!(%address, "listening");
    println!("http://{address}");
    let anchors = tokio::spawn(anchor::keep(state.app.clone()));
    let nights = tokio::spawn(nightly::keep_nightly(state.app.clone()));
    let stop = CancellationToken::new();
    let signal = stop.clone();
    tokio::spawn(async move {
        stop_signal().await;
        signal.cancel();
    });
    crate::listen::serve(listener, state, stop).await;
    anchors.abort();
    nights.abort();
    Ok(())
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    match terminate {
        Ok(mut terminate) => tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        },
        Err(_) => {
            if interrupt.await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

//! `houfu serve`: opens the data, listens, and stops without losing work.

use super::Fault;
use crate::config::Config;
use crate::state::State;
use crate::{router, telemetry};
use service::App;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use store::{Db, DbOptions};
use tokio::net::TcpListener;

/// How long a shutdown waits for work under way.
const DRAIN: Duration = Duration::from_secs(8);

#[derive(Debug, Default, clap::Args)]
pub struct Args {}

/// Serves until the process is told to stop.
pub async fn run(config: Config, _args: Args) -> Result<ExitCode, Fault> {
    telemetry::start(config.log_json);
    let app = open(&config).await?;
    if let Some(code) = service::account::setup_code(&app).await? {
        // Printed, not logged: log files are read by more people than the terminal is.
        eprintln!("No users yet. Open /setup and enter this one-time code: {code}");
    }
    listen(State::new(app, config)).await?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the database of the settings, migrated to the newest schema.
pub async fn open(config: &Config) -> Result<App, Fault> {
    let options = DbOptions { url: config.database.clone(), ..DbOptions::sqlite(&config.data) };
    let db = Db::open(&options).await?;
    db.migrate().await?;
    let app = App::new(db, config.data.clone(), config.demo);
    service::area::load_tree(&app).await?;
    Ok(app)
}

/// Listens, and after a signal finishes what is under way.
pub async fn listen(state: State) -> Result<(), Fault> {
    let listener = TcpListener::bind(state.config.listen).await?;
    let address = listener.local_addr()?;
    tracing::info!(%address, "listening");
    println!("http://{address}");
    let tracker = state.tracker.clone();
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop_signal().await;
        tracker.close();
        if stopping.send(tracker).is_err() {
            tracing::debug!("the server had ended before the signal");
        }
    });
    let drained = async move {
        if let Ok(tracker) = stopped.await
            && tokio::time::timeout(DRAIN, tracker.wait()).await.is_err()
        {
            tracing::warn!("work was still under way when the time to stop was over");
        }
    };
    // Idle connections may stay open for ever, so the end of the work ends the server too.
    tokio::select! {
        ended = server.into_future() => ended?,
        () = drained => {}
    }
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

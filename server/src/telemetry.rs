//! Log lines on standard error: for people on a terminal, JSON otherwise. Never a secret, never a body.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging; a second call does nothing, so tests may call it freely.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_env("HOUFU_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm=warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started =
        if json || !std::io::stderr().is_terminal() { lines.json().try_init() } else { lines.try_init() };
    if started.is_err() {
        tracing::debug!("logging was already started");
    }
}

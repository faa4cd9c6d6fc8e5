//! What every handler may reach. Cheap to clone.

use crate::api::pace::Pace;
use crate::config::Config;
use crate::static_files::Pkg;
use app::bridge::Site;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use service::App;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

/// Requests worked on at one time; more get 503 at once instead of a long wait.
const MOST_IN_FLIGHT: usize = 512;

#[derive(Clone)]
pub struct State {
    pub app: App,
    pub config: Arc<Config>,
    pub pkg: Arc<Pkg>,
    /// Every request's work; shutdown waits for it.
    pub tracker: TaskTracker,
    pub in_flight: Arc<Semaphore>,
    /// How often tokens may ask.
    pub pace: Arc<Pace>,
}

impl State {
    pub fn new(app: App, config: Config) -> State {
        let pkg = Pkg::find(config.pkg.as_ref());
        State {
            app,
            config: Arc::new(config),
            pkg: Arc::new(pkg),
            tracker: TaskTracker::new(),
            in_flight: Arc::new(Semaphore::new(MOST_IN_FLIGHT)),
            pace: Arc::new(Pace::default()),
        }
    }

    /// What the screens' side of the server needs to know.
    pub fn site(&self) -> Site {
        Site { app: self.app.clone(), is_https: self.config.is_https() }
    }
}

impl FromRef<State> for LeptosOptions {
    fn from_ref(_: &State) -> LeptosOptions {
        LeptosOptions::builder().output_name("houfu").build()
    }
}

//! What the running product consists of: database, folder, clock, and the tasks that must end before it stops.

use crate::clock::{Clock, SystemClock};
use crate::failure::{Failure, Outcome};
use crate::throttle::Throttle;
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Db;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

/// The running product. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    db: Db,
    folder: PathBuf,
    demo: bool,
    clock: Arc<dyn Clock>,
    hashing: Arc<Semaphore>,
    throttle: Throttle,
    tasks: TaskTracker,
}

impl App {
    pub fn new(db: Db, folder: PathBuf, demo: bool) -> App {
        App::with_clock(db, folder, demo, Arc::new(SystemClock))
    }

    /// The same with another clock.
    pub fn with_clock(db: Db, folder: PathBuf, demo: bool, clock: Arc<dyn Clock>) -> App {
        App(Arc::new(Inner {
            db,
            folder,
            demo,
            clock,
            hashing: Arc::new(Semaphore::new(4)),
            throttle: Throttle::default(),
            tasks: TaskTracker::new(),
        }))
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// True when the data is invented.
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub(crate) fn hashing(&self) -> Arc<Semaphore> {
        self.0.hashing.clone()
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// Runs a mutation to its end even when nobody waits any more: a disconnect loses the answer, never half the work.
    pub async fn see_through<T: Send + 'static>(
        &self,
        work: impl Future<Output = Outcome<T>> + Send + 'static,
    ) -> Outcome<T> {
        match self.0.tasks.spawn(work).await {
            Ok(outcome) => outcome,
            Err(panic) => Err(Failure::Unexpected(panic.to_string())),
        }
    }

    /// Waits for every mutation under way.
    pub async fn drain(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }
}

//! What the running product consists of: database, folder, clock, and the tasks that must end before it stops.

use crate::clock::{Clock, SystemClock};
use crate::failure::{Failure, Outcome};
use crate::import::job::Jobs;
use crate::review::follow;
use crate::review::job::Walks;
use crate::throttle::Throttle;
use chrono::{DateTime, Utc};
use domain::broken::{self, Broken};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use store::Db;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;
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
    jobs: Jobs,
    walks: Walks,
    /// program that reads workbooks as a child; this one itself unless told otherwise
    reader: OnceLock<PathBuf>,
    /// a file or folder of fonts that goes before the machine's, for papers as PDF
    fonts: OnceLock<PathBuf>,
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
            jobs: Jobs::default(),
            walks: Walks::default(),
            reader: OnceLock::new(),
            fonts: OnceLock::new(),
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

    pub(crate) fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    pub(crate) fn walks(&self) -> &Walks {
        &self.0.walks
    }

    /// Names another program that reads workbooks as a child; the first word counts.
    pub fn read_by(&self, program: PathBuf) {
        self.0.reader.get_or_init(|| program);
    }

    /// The program that reads workbooks as a child.
    pub fn reader(&self) -> Outcome<PathBuf> {
        match self.0.reader.get() {
            Some(program) => Ok(program.clone()),
            None => std::env::current_exe().map_err(|fault| Failure::Unexpected(fault.to_string())),
        }
    }

    /// Names a file or a folder of fonts for papers; the first word counts.
    pub fn print_with(&self, fonts: PathBuf) {
        self.0.fonts.get_or_init(|| fonts);
    }

    /// Fonts that go before the machine's.
    pub fn fonts(&self) -> Option<PathBuf> {
        self.0.fonts.get().cloned()
    }

    /// Runs work that nobody waits for; it may be stopped, and a stop of the product ends it.
    pub(crate) fn background(&self, work: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        tokio::spawn(work).abort_handle()
    }

    /// Runs work that nobody waits for and that a stop of the product does not cut short.
    pub(crate) fn follow(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.tasks.spawn(work));
    }

    /// Runs a mutation to its end even when nobody waits any more: a disconnect loses the answer, never half the work.
    /// What it changed is then looked at by the review rules.
    pub async fn see_through<T: Send + 'static>(
        &self,
        work: impl Future<Output = Outcome<T>> + Send + 'static,
    ) -> Outcome<T> {
        let app = self.clone();
        let work = async move {
            let outcome = work.await;
            follow::after(&app);
            outcome
        };
        if broken::is(Broken::Cancel) {
            // Neither finished nor undone when nobody waits any more.
            return Box::leak(Box::new(Box::pin(work))).await;
        }
        match self.0.tasks.spawn(work).await {
            Ok(outcome) => outcome,
            Err(panic) => Err(Failure::Unexpected(panic.to_string())),
        }
    }

    /// Waits for every mutation under way, and for the rules to look at what they changed. A walk over everything ends
    /// after the area it is in.
    pub async fn drain(&self) {
        self.0.walks.stop_all();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }
}

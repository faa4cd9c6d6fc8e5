//! Files being read right now: how far each is, and the means to stop it. In memory only; a restart ends them all.

use contract::import::Progress;
use domain::id::ImportId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::AbortHandle;

/// Every reading under way.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<HashMap<ImportId, Job>>);

#[derive(Default)]
struct Job {
    /// which reading of this import it is
    turn: u64,
    progress: Progress,
    stop: Option<AbortHandle>,
}

impl Jobs {
    fn all(&self) -> MutexGuard<'_, HashMap<ImportId, Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a reading before it begins, so that nobody takes it for one that a restart broke off.
    /// `turn` tells it from an earlier reading of the same import that has not quite ended.
    pub fn announce(&self, import: ImportId, turn: u64) {
        self.all().insert(import, Job { turn, ..Job::default() });
    }

    /// Gives the means to stop it.
    pub fn begun(&self, import: ImportId, stop: AbortHandle) {
        if let Some(job) = self.all().get_mut(&import) {
            job.stop = Some(stop);
        }
    }

    pub fn tell(&self, import: ImportId, sheet: &str, rows: u32) {
        if let Some(job) = self.all().get_mut(&import) {
            job.progress = Progress { sheet: sheet.to_owned(), rows, of: None };
        }
    }

    pub fn progress(&self, import: ImportId) -> Option<Progress> {
        self.all().get(&import).map(|job| job.progress.clone())
    }

    pub fn end(&self, import: ImportId, turn: u64) {
        let mut all = self.all();
        if all.get(&import).is_some_and(|job| job.turn == turn) {
            all.remove(&import);
        }
    }

    /// Stops a reading; its child process dies with it.
    pub fn stop(&self, import: ImportId) {
        if let Some(Job { stop: Some(stop), .. }) = self.all().remove(&import) {
            stop.abort();
        }
    }

    /// Waits a little for a reading to end, so that a short one needs no second look.
    pub async fn wait(&self, import: ImportId, most: Duration) {
        const STEP: Duration = Duration::from_millis(50);
        let mut waited = Duration::ZERO;
        while waited < most && self.progress(import).is_some() {
            tokio::time::sleep(STEP).await;
            waited += STEP;
        }
    }
}

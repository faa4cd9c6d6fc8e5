//! Walks of the rules under way: which, and the wish to stop one. One walk at a time; in memory only, so that a walk that a
//! restart broke off is known by its absence here.

use domain::id::RunId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Every walk that was begun here and has not ended.
#[derive(Default)]
pub(crate) struct Walks {
    stops: Mutex<HashMap<RunId, Arc<AtomicBool>>>,
    /// Held by the walk that runs.
    turn: tokio::sync::Mutex<()>,
    /// A walk over what was changed is on its way and will see everything committed until it begins.
    follows: AtomicBool,
}

impl Walks {
    fn all(&self) -> MutexGuard<'_, HashMap<RunId, Arc<AtomicBool>>> {
        self.stops.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a walk before anybody can ask for it; the answer is true once somebody wants it to stop.
    pub fn announce(&self, run: RunId) -> Arc<AtomicBool> {
        let stop = Arc::<AtomicBool>::default();
        self.all().insert(run, Arc::clone(&stop));
        stop
    }

    pub fn is_running(&self, run: RunId) -> bool {
        self.all().contains_key(&run)
    }

    /// Asks a walk to stop after the area it is in.
    pub fn stop(&self, run: RunId) {
        if let Some(stop) = self.all().get(&run) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Asks every walk to stop.
    pub fn stop_all(&self) {
        self.all().values().for_each(|stop| stop.store(true, Ordering::Relaxed));
    }

    pub fn end(&self, run: RunId) {
        self.all().remove(&run);
    }

    /// Waits until no other walk runs.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// True for the first who asks; the others are followed by the same walk.
    pub fn claim_following(&self) -> bool {
        !self.follows.swap(true, Ordering::AcqRel)
    }

    /// From here on what is committed needs another walk.
    pub fn following_begins(&self) {
        self.follows.store(false, Ordering::Release);
    }
}

//! Brakes on guessing: five misses by name or thirty by address, then a wait of thirty seconds.
//! Kept in memory: a restart forgives, an attacker cannot cause one.

use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Misses before a name has to wait.
const BY_NAME: u32 = 5;
/// Misses before an address has to wait; offices share one.
const BY_ADDRESS: u32 = 30;
const WAIT: Duration = Duration::seconds(30);
/// Entries kept at most; the oldest go first.
const MOST: usize = 20_000;

/// Misses by name and by address.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, Misses>>);

#[derive(Clone, Copy)]
struct Misses {
    count: u32,
    last: DateTime<Utc>,
}

impl Throttle {
    /// Seconds still to wait, if any.
    pub fn wait(&self, login: &str, ip: &str, now: DateTime<Utc>) -> Option<u32> {
        let misses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys(login, ip)
            .into_iter()
            .filter_map(|(key, allowed)| misses.get(&key).filter(|miss| miss.count >= allowed))
            .map(|miss| (miss.last + WAIT - now).num_seconds())
            .filter_map(|seconds| u32::try_from(seconds).ok().filter(|seconds| *seconds > 0))
            .max()
    }

    /// Notes a miss; how many tries the name has left before it has to wait.
    pub fn miss(&self, login: &str, ip: &str, now: DateTime<Utc>) -> u32 {
        let mut misses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        misses.retain(|_, miss| now - miss.last < Duration::minutes(15));
        if misses.len() >= MOST {
            misses.clear();
        }
        let mut left = BY_NAME;
        for (key, allowed) in keys(login, ip) {
            let miss = misses.entry(key).or_insert(Misses { count: 0, last: now });
            // After a wait that was kept, counting begins anew.
            let waited = miss.count >= allowed && now - miss.last >= WAIT;
            *miss = Misses { count: if waited { 1 } else { miss.count + 1 }, last: now };
            left = left.min(allowed.saturating_sub(miss.count));
        }
        left
    }

    /// A right password forgives the name's misses, not the address's.
    pub fn forgive(&self, login: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&name_key(login));
    }
}

fn name_key(login: &str) -> String {
    format!("name {}", login.to_lowercase())
}

fn keys(login: &str, ip: &str) -> [(String, u32); 2] {
    [(name_key(login), BY_NAME), (format!("address {ip}"), BY_ADDRESS)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_miss_waits_and_a_kept_wait_starts_anew() {
        let throttle = Throttle::default();
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let left: Vec<u32> = (0..5).map(|_| throttle.miss("wang", "10.0.0.1", start)).collect();
        assert_eq!(left, [4, 3, 2, 1, 0]);
        assert_eq!(throttle.wait("Wang", "10.0.0.2", start + Duration::seconds(10)), Some(20));
        assert_eq!(throttle.wait("li", "10.0.0.1", start), None);
        assert_eq!(throttle.wait("wang", "10.0.0.1", start + WAIT), None);
        assert_eq!(throttle.miss("wang", "10.0.0.1", start + WAIT), 4);
    }

    #[test]
    fn a_right_password_forgives() {
        let throttle = Throttle::default();
        let start = DateTime::<Utc>::UNIX_EPOCH;
        for _ in 0..5 {
            throttle.miss("wang", "10.0.0.1", start);
        }
        throttle.forgive("wang");
        assert_eq!(throttle.wait("wang", "10.0.0.1", start), None);
    }
}

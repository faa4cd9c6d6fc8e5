//! How often a token may ask, and how often an address may be wrong. Kept in memory; knows no token's owner.

use super::problem::Denied;
use contract::account::{TOKEN_BURST, TOKEN_PER_SECOND};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::num::NonZeroU32;

/// Wrong tokens a minute from one address.
const MISSES_PER_MINUTE: u32 = 30;
/// Entries above which those that are full again are forgotten.
const MOST: usize = 10_000;

pub struct Pace {
    tokens: DefaultKeyedRateLimiter<String>,
    misses: DefaultKeyedRateLimiter<String>,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            tokens: DefaultKeyedRateLimiter::keyed(
                Quota::per_second(count(TOKEN_PER_SECOND)).allow_burst(count(TOKEN_BURST)),
            ),
            misses: DefaultKeyedRateLimiter::keyed(Quota::per_minute(count(MISSES_PER_MINUTE))),
        }
    }
}

fn count(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

impl Pace {
    /// Counts a request of a good token.
    pub fn used(&self, token: &str) -> Result<(), Denied> {
        spend(&self.tokens, &store::session::digest(token))
    }

    /// Counts a wrong token.
    pub fn missed(&self, address: &str) -> Result<(), Denied> {
        spend(&self.misses, address)
    }
}

fn spend(limiter: &DefaultKeyedRateLimiter<String>, key: &str) -> Result<(), Denied> {
    if limiter.len() > MOST {
        limiter.retain_recent();
    }
    limiter.check_key(&key.to_owned()).map_err(|wait| {
        let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        Denied::TooMany { seconds }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_asks_too_much_has_to_wait_and_another_has_not() {
        let pace = Pace::default();
        let refused = (0..2 * TOKEN_BURST).filter(|_| pace.used("a").is_err()).count();
        assert!(refused > 0);
        assert!(pace.used("b").is_ok());
    }
}

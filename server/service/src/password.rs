//! Passwords: argon2id with 19 MiB, two passes (rule 13). Hashing never blocks the server and never runs more than fourfold.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::time::Duration;

/// How long a sign-in waits for a place before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(2);

fn hasher() -> Result<Argon2<'static>, Failure> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(unexpected)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The password in PHC form.
pub async fn hash(app: &App, password: String) -> Outcome<String> {
    run(app, move || {
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(unexpected)?;
        let salt = SaltString::encode_b64(&salt).map_err(unexpected)?;
        Ok(hasher()?.hash_password(password.as_bytes(), &salt).map_err(unexpected)?.to_string())
    })
    .await
}

/// Whether the password fits. Without a stored hash the same work is done for nothing, so that a name does not show
/// by the time its refusal takes.
pub async fn matches(app: &App, password: String, stored: Option<String>) -> Outcome<bool> {
    run(app, move || {
        let Some(stored) = stored else {
            let salt = SaltString::encode_b64(b"nobody has this name").map_err(unexpected)?;
            hasher()?.hash_password(password.as_bytes(), &salt).map_err(unexpected)?;
            return Ok(false);
        };
        let parsed = PasswordHash::new(&stored).map_err(unexpected)?;
        Ok(hasher()?.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

/// A password to give to somebody: twelve letters and digits that are not taken for each other, about 59 bits.
pub(crate) fn proposal() -> Outcome<String> {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut text = String::with_capacity(14);
    let mut drawn = [0_u8; 1];
    while text.len() < 14 {
        if matches!(text.len(), 4 | 9) {
            text.push('-');
        }
        getrandom::fill(&mut drawn).map_err(unexpected)?;
        // 248 is eight times 31: numbers above it would favour the first letters.
        if drawn[0] < 248 {
            text.push(char::from(LETTERS[usize::from(drawn[0] % 31)]));
        }
    }
    Ok(text)
}

async fn run<T: Send + 'static>(app: &App, work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    let place = tokio::time::timeout(PATIENCE, app.hashing().acquire_owned())
        .await
        .map_err(|_| Failure::Busy)?
        .map_err(unexpected)?;
    tokio::task::spawn_blocking(move || {
        // The place moves into the task: a caller who hangs up does not free it before the work is done.
        let _place = place;
        work()
    })
    .await
    .map_err(unexpected)?
}

fn unexpected(error: impl std::fmt::Display) -> Failure {
    Failure::Unexpected(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_is_long_enough_and_never_the_same() {
        let (one, two) = (proposal().unwrap(), proposal().unwrap());
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4]);
        assert_ne!(one, two);
    }
}

//! Who calls: the bearer of a token, judged anew at every request. A cookie is never looked at.

use super::problem::Denied;
use crate::state::State;
use app::bridge::ClientIp;
use axum::extract::FromRequestParts;
use contract::account::TokenScope;
use http::header::AUTHORIZATION;
use http::request::Parts;
use service::Call;

/// Longest key that is looked at, in bytes; ours have 64.
const KEY_MOST: usize = 64;
const KEY_LEAST: usize = 8;

/// Any token: may read what its person may read.
pub struct Reader(pub Call);

/// A token that may write, acting as its person.
pub struct Writer(pub Call);

/// `Idempotency-Key`, required where something is made.
pub struct Key(pub String);

impl FromRequestParts<State> for Reader {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Reader, Denied> {
        Ok(Reader(bearer(parts, state).await?.0))
    }
}

impl FromRequestParts<State> for Writer {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Writer, Denied> {
        match bearer(parts, state).await? {
            (call, TokenScope::Write) => Ok(Writer(call)),
            (_, TokenScope::Read) => Err(Denied::ReadOnlyToken),
        }
    }
}

impl FromRequestParts<State> for Key {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Key, Denied> {
        key(parts)?.map(Key).ok_or(Denied::NoKey)
    }
}

/// The key of the request, `None` when it has none.
pub fn key(parts: &Parts) -> Result<Option<String>, Denied> {
    let Some(value) = parts.headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let fits = (KEY_LEAST..=KEY_MOST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(Some(text.to_owned())) } else { Err(Denied::NoKey) }
}

async fn bearer(parts: &Parts, state: &State) -> Result<(Call, TokenScope), Denied> {
    let ip = parts.extensions.get::<ClientIp>().map(|ClientIp(address)| address.to_string());
    let Some(secret) = secret(parts) else { return Err(Denied::Unauthenticated) };
    let found = service::account::bearer(&state.app, secret, ip.clone()).await.map_err(Denied::Failure)?;
    let Some((call, scope)) = found else {
        state.pace.missed(&ip.unwrap_or_default())?;
        return Err(Denied::Unauthenticated);
    };
    state.pace.used(secret)?;
    Ok((call, scope))
}

fn secret(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !secret.trim().is_empty()).then(|| secret.trim())
}

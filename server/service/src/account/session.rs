//! From a secret to a call: cookies and bearer tokens. Rights are read anew at every request.

use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::account::TokenScope;
use contract::error::Refusal;

/// Milliseconds without a request after which a session ends: 30 minutes.
const IDLE: i64 = 30 * 60 * 1000;
/// Milliseconds after which a session ends in any case: 12 hours.
pub(super) const ABSOLUTE: i64 = 12 * 60 * 60 * 1000;
/// How often use is noted; a write at every request would queue readers behind writers.
const NOTED_EVERY: i64 = 60 * 1000;

/// 256 random bits as text, or fewer where somebody types them. Only its hash is ever stored.
pub struct Secret(String);

impl Secret {
    pub(super) fn new() -> Outcome<Secret> {
        Secret::of::<32>()
    }

    /// 128 random bits: what somebody types on a screen, at a door that counts misses.
    pub(crate) fn short() -> Outcome<Secret> {
        Secret::of::<16>()
    }

    fn of<const BYTES: usize>() -> Outcome<Secret> {
        let mut bytes = [0_u8; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| Failure::Unexpected(error.to_string()))?;
        Ok(Secret(hex::encode(bytes)))
    }

    /// For the cookie, or to be shown once.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// The call of the person whose cookie this is; `None` when the session is over. Whoever still has the password that
/// an administrator gave him gets none before he changes it.
pub async fn resume(app: &App, secret: &str, ip: Option<String>) -> Outcome<Option<Call>> {
    let found = resume_to_change(app, secret, ip).await?;
    if found.as_ref().is_some_and(|(_, must_change)| *must_change) {
        return Err(Failure::Refused(Refusal::PasswordMustChange));
    }
    Ok(found.map(|(call, _)| call))
}

/// The same for what a person does with his own account: who he is, a new password, leaving. Tells whether he must
/// change it.
pub async fn resume_to_change(app: &App, secret: &str, ip: Option<String>) -> Outcome<Option<(Call, bool)>> {
    let found = store::session::find(&*app.db().read().await?, secret).await?;
    let now = app.now().timestamp_millis();
    let alive = |session: &store::session::Session| {
        !session.account.disabled && now - session.last_seen <= IDLE && now < session.expires_at
    };
    let Some(session) = found.filter(alive) else { return Ok(None) };
    let must_change = session.account.must_change;
    let call = Call::new(app.clone(), super::actor(&session.account), ip, Some(session.id));
    if now - session.last_seen > NOTED_EVERY {
        let tx = call.begin().await?;
        store::session::seen(&tx, session.id).await?;
        tx.commit().await?;
    }
    Ok(Some((call, must_change)))
}

/// The call of a bearer token, with what the token may be used for.
pub async fn bearer(app: &App, secret: &str, ip: Option<String>) -> Outcome<Option<(Call, TokenScope)>> {
    let now = app.now().timestamp_millis();
    let found = store::token::find(&*app.db().read().await?, secret, now).await?;
    // A password given by somebody else opens nothing, and neither does a token of before.
    let Some(token) = found.filter(|token| !token.account.must_change) else { return Ok(None) };
    let scope = if token.can_write { TokenScope::Write } else { TokenScope::Read };
    let call = Call::new(app.clone(), super::actor(&token.account), ip, None);
    if token.last_used.is_none_or(|last| now - last > NOTED_EVERY) {
        let tx = call.begin().await?;
        store::token::used(&tx, token.id).await?;
        tx.commit().await?;
    }
    Ok(Some((call, scope)))
}

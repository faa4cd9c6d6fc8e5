//! Signing in and out, the first start, one's own account. Administrators' use cases are in `people`.

pub mod people;
pub mod session;

use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::password;
use chrono::{DateTime, NaiveDateTime};
use contract::account::{
    ChangePassword, MakeToken, MeView, RevokeToken, SetUp, SignIn, TokenLine, TokenMade, TokenScope,
};
use contract::error::{FieldFault, Refusal};
use domain::area::{AreaCode, AreaPath};
use domain::id::{SessionId, TokenId, UserId};
use domain::permission::{Action, Actor, Role};
pub use session::{Secret, bearer, resume, resume_to_change};
use store::Tx;
use store::account::{Account, AccountFacts};
use store::token::Token;

/// Milliseconds a token is good for: one year.
const TOKEN_LIFE: i64 = 365 * 24 * 60 * 60 * 1000;

/// A session was opened: the secret goes into the cookie and is kept nowhere.
pub struct Opened {
    pub secret: Secret,
    pub call: Call,
}

pub(crate) fn actor(account: &Account) -> Actor {
    Actor::Person { user: account.id, role: account.role, area: account.area_path.clone() }
}

/// Checks name and password and opens a session.
pub async fn sign_in(app: &App, ip: Option<String>, command: SignIn) -> Outcome<Opened> {
    let now = app.now();
    let address = ip.clone().unwrap_or_default();
    if let Some(wait_seconds) = app.throttle().wait(&command.login, &address, now) {
        return Err(Failure::Refused(Refusal::TooManyAttempts { wait_seconds }));
    }
    let found = store::account::by_login(&*app.db().read().await?, &command.login).await?;
    let stored = found.as_ref().map(|(_, hash)| hash.clone());
    let fits = password::matches(app, command.password, stored).await?;
    let Some((account, _)) = found.filter(|(account, _)| fits && !account.disabled) else {
        let left = app.throttle().miss(&command.login, &address, now);
        return Err(Failure::Refused(Refusal::WrongPassword { left }));
    };
    app.throttle().forgive(&command.login);
    let call = Call::new(app.clone(), actor(&account), ip, None);
    let tx = call.begin().await?;
    let opened = open(&call, &tx).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Opens a session for the person of `call`, whose password or code was just checked.
async fn open(call: &Call, tx: &Tx) -> Outcome<Opened> {
    let secret = Secret::new()?;
    let session = SessionId::new(call.new_id());
    let permit = call.permit(Action::ManageOwnAccount, &call.area())?;
    let expires_at = call.now().timestamp_millis() + session::ABSOLUTE;
    store::session::open(tx, &permit, session, secret.text(), expires_at).await?;
    let call =
        Call::new(call.app().clone(), call.actor().clone(), call.ip().map(str::to_owned), Some(session));
    Ok(Opened { secret, call })
}

/// Ends this session.
pub async fn sign_out(call: &Call) -> Outcome<()> {
    let Some(session) = call.session() else { return Ok(()) };
    let permit = call.permit(Action::ManageOwnAccount, &call.area())?;
    let tx = call.begin().await?;
    store::session::close(&tx, &permit, session).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the one-time code of the first start; `None` once somebody can sign in.
pub async fn setup_code(app: &App) -> Outcome<Option<String>> {
    let call = Call::system(app);
    let permit = call.permit(Action::ManageUsers, &AreaPath::root())?;
    let tx = call.begin().await?;
    if store::account::count(&tx).await? > 0 {
        return Ok(None);
    }
    let secret = Secret::new()?;
    store::session::set_setup_code(&tx, &permit, secret.text()).await?;
    tx.commit().await?;
    Ok(Some(secret.text().to_owned()))
}

/// Makes the first administrator of the whole country with the one-time code, and signs him in.
pub async fn set_up(app: &App, ip: Option<String>, command: SetUp) -> Outcome<Opened> {
    let now = app.now();
    let address = ip.clone().unwrap_or_default();
    if let Some(wait_seconds) = app.throttle().wait("set-up", &address, now) {
        return Err(Failure::Refused(Refusal::TooManyAttempts { wait_seconds }));
    }
    let hash = password::hash(app, command.password).await?;
    let system = Call::system(app);
    let permit = system.permit(Action::ManageUsers, &AreaPath::root())?;
    let tx = system.begin().await?;
    if store::account::count(&tx).await? > 0 {
        return Err(Failure::Refused(Refusal::AlreadySetUp));
    }
    if !store::session::take_setup_code(&tx, &permit, command.code.trim()).await? {
        app.throttle().miss("set-up", &address, now);
        return Err(Failure::Refused(Refusal::WrongSetupCode));
    }
    let user = UserId::new(system.new_id());
    let (role, area) = (Role::Administrator, AreaCode::ROOT);
    let facts = AccountFacts { login: command.login, name: command.name, role, area, disabled: false };
    store::account::insert(&tx, &permit, user, &facts, &hash, false).await?;
    let person = Actor::Person { user, role, area: AreaPath::root() };
    let opened = open(&Call::new(app.clone(), person, ip, None), &tx).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Who asks, with what the frame of every page shows.
pub async fn me(call: &Call, (): ()) -> Outcome<MeView> {
    let conn = call.read().await?;
    let (account, _) = store::account::own(&conn, call.user()?).await?;
    let area = store::area::load(&conn, &call.scope(), account.area).await?;
    Ok(MeView {
        user: account.id,
        login: account.login,
        name: account.name,
        role: account.role,
        area: area.code,
        area_name: area.name,
        may: call.abilities(&account.area_path),
        demo: call.app().is_demo(),
        must_change: account.must_change,
    })
}

/// Changes the own password, ends all sessions and opens a new one.
pub async fn change_password(call: &Call, command: ChangePassword) -> Outcome<Opened> {
    let app = call.app();
    let (account, stored) = store::account::own(&*call.read().await?, call.user()?).await?;
    if !password::matches(app, command.old_password, Some(stored)).await? {
        return Err(Failure::field("old_password", FieldFault::Wrong));
    }
    let hash = password::hash(app, command.new_password).await?;
    let permit = call.permit(Action::ManageOwnAccount, &account.area_path)?;
    let tx = call.begin().await?;
    store::account::set_password(&tx, &permit, account.id, &hash, false).await?;
    let opened = open(call, &tx).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The own API tokens.
pub async fn tokens(call: &Call, (): ()) -> Outcome<Vec<TokenLine>> {
    let tokens = store::token::list(&*call.read().await?, call.user()?).await?;
    Ok(tokens.iter().map(line).collect())
}

/// Makes an API token; the secret is in this answer only.
pub async fn make_token(call: &Call, command: MakeToken) -> Outcome<TokenMade> {
    let permit = call.permit(Action::ManageOwnAccount, &call.area())?;
    let secret = Secret::new()?;
    let now = call.now().timestamp_millis();
    let token = Token {
        id: TokenId::new(call.new_id()),
        name: command.name,
        can_write: command.scope == TokenScope::Write,
        created_at: now,
        expires_at: now + TOKEN_LIFE,
        last_used: None,
    };
    let tx = call.begin().await?;
    store::token::insert(&tx, &permit, &token, secret.text()).await?;
    tx.commit().await?;
    Ok(TokenMade { line: line(&token), secret: secret.text().to_owned() })
}

/// Takes one of the own tokens back.
pub async fn revoke_token(call: &Call, command: RevokeToken) -> Outcome<()> {
    let permit = call.permit(Action::ManageOwnAccount, &call.area())?;
    let tx = call.begin().await?;
    store::token::remove(&tx, &permit, command.token).await?;
    tx.commit().await?;
    Ok(())
}

/// A setting of the person's own, such as the columns of a grid.
pub async fn preference(call: &Call, key: &str) -> Outcome<Option<String>> {
    Ok(store::preference::load(&*call.read().await?, call.user()?, key).await?)
}

/// Keeps a setting of the person's own; at most 16 KiB.
pub async fn set_preference(call: &Call, key: &str, value: &str) -> Outcome<()> {
    if key.len() > 100 || value.len() > 16 * 1024 {
        return Err(Failure::field("value", FieldFault::TooLong { most: 16 * 1024 }));
    }
    let permit = call.permit(Action::ManageOwnAccount, &call.area())?;
    let tx = call.begin().await?;
    store::preference::save(&tx, &permit, key, value).await?;
    tx.commit().await?;
    Ok(())
}

fn line(token: &Token) -> TokenLine {
    TokenLine {
        token: token.id,
        name: token.name.clone(),
        scope: if token.can_write { TokenScope::Write } else { TokenScope::Read },
        created: instant(token.created_at),
        last_used: token.last_used.map(instant),
        expires: Some(instant(token.expires_at)),
    }
}

fn instant(milliseconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default().naive_utc()
}

/// The person with this sign-in name as the actor of a command line (`--as`).
pub async fn call_as(app: &App, login: &str) -> Outcome<Call> {
    let found = store::account::by_login(&*app.db().read().await?, login).await?;
    let (account, _) = found.filter(|(account, _)| !account.disabled).ok_or(Failure::NotFound)?;
    Ok(Call::new(app.clone(), actor(&account), None, None))
}

/// Whether anybody can sign in yet.
pub async fn is_set_up(app: &App) -> Outcome<bool> {
    Ok(store::account::count(&*app.db().read().await?).await? > 0)
}

/// Whether the store answers and its schema is this program's; for `/readyz`.
pub async fn store_answers(app: &App) -> Outcome<()> {
    if app.db().is_current().await? { Ok(()) } else { Err(Failure::Busy) }
}

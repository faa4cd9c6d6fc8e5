//! What administrators do with people: look, add, change, disable, reset. Never above or beside their own area.

pub mod upload;

use crate::area::{self, tree};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::password;
use chrono::{DateTime, NaiveDateTime};
use contract::account::people::{
    AddPerson, BlankPersonView, ChangePerson, Disable, PeopleQuery, PeopleView, PersonLine, PersonQuery,
    PersonView, Reset, SavedPerson,
};
use contract::error::{Refusal, StaleField};
use domain::area::AreaCode;
use domain::id::UserId;
use domain::permission::{Action, Permit, Role};
use std::collections::BTreeMap;
use store::Tx;
use store::account::people::{Filter, another_administrator, page, sessions, total};
use store::account::{Account, AccountFacts};
use store::area::Area;
use store::idempotency::{Claim, claim, keep};
use store::page::Cursor;

const ROUTE: &str = "people/add";
/// Rows of one page.
const ROWS: u64 = 50;

/// One page of the people of the administrator's area and below.
pub async fn list(call: &Call, query: PeopleQuery) -> Outcome<PeopleView> {
    call.permit(Action::ManageUsers, &call.area())?;
    let area = match &query.area {
        Some(text) => Some(area::meant(call, text).await?.path),
        None => None,
    };
    let conn = call.read().await?;
    let filter = Filter { area, role: query.role, disabled: query.disabled, text: query.text };
    let after = query.page.as_deref().map(Cursor::decode).transpose()?;
    let found = page(&conn, &call.scope(), &filter, after.as_ref(), ROWS).await?;
    let names = tree::names_of(&conn, call, found.rows.iter().map(|one| one.area_path.clone())).await?;
    Ok(PeopleView {
        rows: found.rows.into_iter().map(|account| line(account, &names)).collect(),
        total: total(&conn, &call.scope(), &filter).await?,
        next: found.next.map(|cursor| cursor.encode()),
    })
}

/// One person with everything the page shows.
pub async fn one(call: &Call, query: PersonQuery) -> Outcome<PersonView> {
    call.permit(Action::ManageUsers, &call.area())?;
    let conn = call.read().await?;
    let account = store::account::load(&conn, &call.scope(), query.user.ok_or(Failure::NotFound)?).await?;
    let names = tree::names_of(&conn, call, std::iter::once(account.area_path.clone())).await?;
    Ok(PersonView {
        is_self: call.actor().user() == Some(account.id),
        sessions: sessions(&conn, account.id, call.now().timestamp_millis()).await?,
        proposal: password::proposal()?,
        person: line(account, &names),
    })
}

/// What an empty form needs.
pub async fn blank(call: &Call, (): ()) -> Outcome<BlankPersonView> {
    call.permit(Action::ManageUsers, &call.area())?;
    let area = store::area::load(&*call.read().await?, &call.scope(), call.area().code()).await?;
    Ok(BlankPersonView {
        area: area.code,
        area_name: area.name,
        proposal: password::proposal()?,
        key: call.new_id().to_string(),
    })
}

/// Adds a person with a password in clear text that stays his own: the demo, tests, the command line.
pub async fn add(call: &Call, facts: AccountFacts, password: String) -> Outcome<UserId> {
    let hash = password::hash(call.app(), password).await?;
    let tx = call.begin().await?;
    let area = store::area::load(&tx, &call.scope(), facts.area).await?;
    let permit = call.permit(Action::ManageUsers, &area.path)?;
    let user = UserId::new(call.new_id());
    store::account::insert(&tx, &permit, user, &facts, &hash, false).await?;
    tx.commit().await?;
    Ok(user)
}

/// Adds a person whose password an administrator knows: it must be changed at the first sign-in.
pub async fn hire(call: &Call, command: AddPerson) -> Outcome<SavedPerson> {
    let area = place(call, &command.area, None).await?;
    let permit = call.permit(Action::ManageUsers, &area.path)?;
    let hash = password::hash(call.app(), command.password).await?;
    let facts = AccountFacts {
        login: command.login,
        name: command.name,
        role: command.role,
        area: area.code,
        disabled: false,
    };
    let tx = call.begin().await?;
    // The password is no part of what is compared: not even its digest is kept twice.
    let body = format!("{facts:?}");
    if let Claim::Done { answer } = claim(&tx, &permit, ROUTE, &command.key, body.as_bytes()).await? {
        return serde_json::from_str(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()));
    }
    let saved = SavedPerson { user: UserId::new(call.new_id()) };
    store::account::insert(&tx, &permit, saved.user, &facts, &hash, true).await?;
    let answer = serde_json::to_string(&saved).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    keep(&tx, &permit, ROUTE, &command.key, &answer).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Changes name, role and area; another role or area ends the person's sessions in the same transaction.
pub async fn change(call: &Call, command: ChangePerson) -> Outcome<SavedPerson> {
    let tx = call.begin().await?;
    let before = seen(&tx, call, command.user).await?;
    let area = place(call, &command.area, Some(before.area)).await?;
    let permit = call.permit(Action::ManageUsers, &area.path)?;
    if before.version != command.version {
        return Err(Failure::Stale(conflicts(&before, &command, &area)));
    }
    let keeps = command.role == Role::Administrator && area.path.contains(&before.area_path);
    spare_the_last(&tx, &before, keeps).await?;
    let facts = AccountFacts {
        login: before.login.clone(),
        name: command.name,
        role: command.role,
        area: area.code,
        disabled: before.disabled,
    };
    store::account::update(&tx, &permit, &before, &facts, command.version).await?;
    tx.commit().await?;
    Ok(SavedPerson { user: before.id })
}

/// Shuts a person out, sessions and tokens and all, or lets him in again.
pub async fn disable(call: &Call, command: Disable) -> Outcome<SavedPerson> {
    let tx = call.begin().await?;
    let before = seen(&tx, call, command.user).await?;
    let permit = call.permit(Action::ManageUsers, &before.area_path)?;
    same_version(&before, command.version)?;
    spare_the_last(&tx, &before, !command.disabled).await?;
    let facts = AccountFacts { disabled: command.disabled, ..facts(&before) };
    store::account::update(&tx, &permit, &before, &facts, command.version).await?;
    tx.commit().await?;
    Ok(SavedPerson { user: before.id })
}

/// Gives a person another password, to be changed at the next sign-in; every session ends.
pub async fn reset(call: &Call, command: Reset) -> Outcome<SavedPerson> {
    let hash = password::hash(call.app(), command.password).await?;
    let tx = call.begin().await?;
    let before = seen(&tx, call, command.user).await?;
    let permit: Permit = call.permit(Action::ManageUsers, &before.area_path)?;
    same_version(&before, command.version)?;
    store::account::set_password(&tx, &permit, before.id, &hash, true).await?;
    tx.commit().await?;
    Ok(SavedPerson { user: before.id })
}

/// A person inside the area; whoever may not manage users is told so before he learns who is there.
async fn seen(tx: &Tx, call: &Call, user: UserId) -> Outcome<Account> {
    call.permit(Action::ManageUsers, &call.area())?;
    Ok(store::account::load(tx, &call.scope(), user).await?)
}

/// Somebody must stay who can administer the area of an administrator that steps down.
async fn spare_the_last(tx: &Tx, before: &Account, keeps: bool) -> Outcome<()> {
    let steps_down = before.role == Role::Administrator && !before.disabled && !keeps;
    if steps_down && !another_administrator(tx, before.id, &before.area_path).await? {
        return Err(Failure::Refused(Refusal::LastAdministrator));
    }
    Ok(())
}

fn same_version(before: &Account, version: i64) -> Outcome<()> {
    if before.version == version { Ok(()) } else { Err(Failure::Stale(Vec::new())) }
}

fn conflicts(theirs: &Account, yours: &ChangePerson, area: &Area) -> Vec<StaleField> {
    [
        ("name", yours.name.clone(), theirs.name.clone()),
        ("role", yours.role.code().to_owned(), theirs.role.code().to_owned()),
        ("area", area.code.to_string(), theirs.area.to_string()),
    ]
    .into_iter()
    .filter(|(_, yours, theirs)| yours != theirs)
    .map(|(field, yours, theirs)| StaleField {
        field: field.to_owned(),
        yours: Some(yours),
        theirs: Some(theirs),
        only_yours: false,
    })
    .collect()
}

fn facts(account: &Account) -> AccountFacts {
    AccountFacts {
        login: account.login.clone(),
        name: account.name.clone(),
        role: account.role,
        area: account.area,
        disabled: account.disabled,
    }
}

async fn place(call: &Call, text: &str, before: Option<AreaCode>) -> Outcome<Area> {
    area::choose(call, text, before).await?.ok_or_else(|| area::unknown(text))
}

fn line(account: Account, names: &BTreeMap<AreaCode, String>) -> PersonLine {
    PersonLine {
        user: account.id,
        version: account.version,
        login: account.login,
        name: account.name,
        role: account.role,
        area: account.area,
        area_name: names.get(&account.area).cloned().unwrap_or_else(|| account.area.to_string()),
        disabled: account.disabled,
        must_change: account.must_change,
        created: instant(account.created_at),
        last_sign_in: account.last_sign_in.map(instant),
    }
}

fn instant(milliseconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default().naive_utc()
}

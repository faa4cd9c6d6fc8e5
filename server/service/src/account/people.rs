//! What administrators do with people: add, change, disable, reset. Never above or beside their own area.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::password;
use contract::error::Refusal;
use domain::id::UserId;
use domain::permission::{Action, Role};
use store::account::{Account, AccountFacts};

/// A person to be changed.
pub struct ChangePerson {
    pub user: UserId,
    /// version the administrator saw
    pub version: i64,
    pub facts: AccountFacts,
    /// A new password, `None` keeps the old one.
    pub password: Option<String>,
}

/// People of the administrator's area and below.
pub async fn list(call: &Call, (): ()) -> Outcome<Vec<Account>> {
    call.permit(Action::ManageUsers, &call.area())?;
    Ok(store::account::list(&*call.read().await?, &call.scope()).await?)
}

/// Adds a person; `password` is in clear text, its rule was checked by the form.
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

/// Changes a person; lost rights end the person's sessions in the same transaction.
pub async fn change(call: &Call, person: ChangePerson) -> Outcome<()> {
    let hash = match person.password {
        Some(password) => Some(password::hash(call.app(), password).await?),
        None => None,
    };
    let tx = call.begin().await?;
    let before = store::account::load(&tx, &call.scope(), person.user).await?;
    call.permit(Action::ManageUsers, &before.area_path)?;
    let area = store::area::load(&tx, &call.scope(), person.facts.area).await?;
    let permit = call.permit(Action::ManageUsers, &area.path)?;
    let steps_down = person.facts.disabled || person.facts.role != Role::Administrator;
    if before.role == Role::Administrator
        && steps_down
        && store::account::other_administrators(&tx, before.id, &before.area_path).await? == 0
    {
        return Err(Failure::Refused(Refusal::LastAdministrator));
    }
    store::account::update(&tx, &permit, &before, &person.facts, person.version).await?;
    if let Some(hash) = hash {
        store::account::set_password(&tx, &permit, before.id, &hash, false).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A new password for a person who lost the old one, from the machine itself; all sessions of the person end.
pub async fn reset_password(call: &Call, login: &str, password: String) -> Outcome<()> {
    let hash = password::hash(call.app(), password).await?;
    let tx = call.begin().await?;
    let (account, _) = store::account::by_login(&tx, login).await?.ok_or(Failure::NotFound)?;
    let permit = call.permit(Action::ManageUsers, &account.area_path)?;
    store::account::set_password(&tx, &permit, account.id, &hash, false).await?;
    tx.commit().await?;
    Ok(())
}

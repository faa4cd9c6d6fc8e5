//! Users: rows, password hashes, roles. Knows no hashing and no rule of who may.

pub mod people;

use crate::area;
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::id::UserId;
use domain::permission::{Permit, Role, Scope};

/// A user without the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: UserId,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub area: AreaCode,
    pub area_path: AreaPath,
    pub must_change: bool,
    pub disabled: bool,
    /// `zh-CN` or `en`; `None` follows the browser
    pub locale: Option<String>,
    /// `light` or `dark`; `None` follows the system
    pub theme: Option<String>,
    pub version: i64,
    /// Unix milliseconds
    pub created_at: i64,
    pub last_sign_in: Option<i64>,
}

/// What an administrator decides about a user.
#[derive(Clone, Debug)]
pub struct AccountFacts {
    pub login: String,
    pub name: String,
    pub role: Role,
    pub area: AreaCode,
    pub disabled: bool,
}

const COLUMNS: &str = "id, login, name, role, area_code, area_path, must_change, disabled, locale, theme, version, created_at, last_sign_in";

fn read(row: &Row) -> Result<Account, Fault> {
    Ok(Account {
        id: row.parsed("account", "id", |id| id.parse().ok())?,
        login: row.text("login")?,
        name: row.text("name")?,
        role: row.parsed("account", "role", Role::from_code)?,
        area: row.parsed("account", "area_code", AreaCode::new)?,
        area_path: row.parsed("account", "area_path", AreaPath::new)?,
        must_change: row.flag("must_change")?,
        disabled: row.flag("disabled")?,
        locale: row.maybe_text("locale")?,
        theme: row.maybe_text("theme")?,
        version: row.int("version")?,
        created_at: row.int("created_at")?,
        last_sign_in: row.maybe_int("last_sign_in")?,
    })
}

/// A user and the password hash, for the password check only; asked before anybody is known.
pub async fn by_login(conn: &Conn, login: &str) -> Result<Option<(Account, String)>, Fault> {
    let sql = Sql::new(&format!("SELECT {COLUMNS}, password_hash FROM account WHERE login = ?"))
        .with(login.to_owned());
    let Some(row) = conn.one(sql).await? else { return Ok(None) };
    Ok(Some((read(&row)?, row.text("password_hash")?)))
}

/// The user behind a session or token; asked before the actor exists.
pub(crate) async fn by_id(conn: &Conn, id: &str) -> Result<Option<Account>, Fault> {
    let sql = Sql::new(&format!("SELECT {COLUMNS} FROM account WHERE id = ?")).with(id.to_owned());
    conn.one(sql).await?.map(|row| read(&row)).transpose()
}

/// The person's own row; no scope, because everybody may see himself.
pub async fn own(conn: &Conn, id: UserId) -> Result<(Account, String), Fault> {
    let sql =
        Sql::new(&format!("SELECT {COLUMNS}, password_hash FROM account WHERE id = ?")).with(id.to_string());
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "account" })?;
    Ok((read(&row)?, row.text("password_hash")?))
}

/// One user in the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: UserId) -> Result<Account, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM account WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "account" })?
}

/// How many users there are at all; zero before the set-up.
pub async fn count(conn: &Conn) -> Result<i64, Fault> {
    let row = conn.one(Sql::new("SELECT COUNT(*) AS n FROM account")).await?;
    row.map_or(Ok(0), |row| row.int("n"))
}

/// Makes a user whose first password must be changed at the first sign-in when `must_change`.
pub async fn insert(
    tx: &Tx,
    permit: &Permit,
    id: UserId,
    facts: &AccountFacts,
    password_hash: &str,
    must_change: bool,
) -> Result<(), Fault> {
    let path = area::path_of(tx, facts.area).await?;
    let sql = Sql::new("INSERT INTO account (id, login, name, role, area_code, area_path, password_hash, must_change, disabled, version, created_at, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)")
        .with(id.to_string())
        .with(facts.login.clone())
        .with(facts.name.clone())
        .with(facts.role.code().to_owned())
        .with(facts.area.to_string())
        .with(path.as_str().to_owned())
        .with(password_hash.to_owned())
        .with(i64::from(must_change))
        .with(i64::from(facts.disabled))
        .with(tx.at())
        .with(people::search_text(&facts.name));
    tx.run(sql).await?;
    tx.record(permit, act(id, "created", Some(canonical(facts))));
    Ok(())
}

/// Changes a user; whoever loses or changes a right is signed out in the same transaction.
pub async fn update(
    tx: &Tx,
    permit: &Permit,
    before: &Account,
    facts: &AccountFacts,
    version: i64,
) -> Result<(), Fault> {
    let path = area::path_of(tx, facts.area).await?;
    let sql = Sql::new("UPDATE account SET login = ?, name = ?, role = ?, area_code = ?, area_path = ?, disabled = ?, search = ?, version = version + 1 WHERE id = ? AND version = ?")
        .with(facts.login.clone())
        .with(facts.name.clone())
        .with(facts.role.code().to_owned())
        .with(facts.area.to_string())
        .with(path.as_str().to_owned())
        .with(i64::from(facts.disabled))
        .with(people::search_text(&facts.name))
        .with(before.id.to_string())
        .with(version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "account" });
    }
    if facts.disabled || facts.role != before.role || facts.area != before.area {
        end_sessions(tx, before.id).await?;
    }
    if facts.disabled {
        tx.run(Sql::new("DELETE FROM api_token WHERE user_id = ?").with(before.id.to_string())).await?;
    }
    let detail = match (before.disabled, facts.disabled) {
        (false, true) => "disabled",
        (true, false) => "enabled",
        (_, _) => "changed",
    };
    let old = AccountFacts {
        login: before.login.clone(),
        name: before.name.clone(),
        role: before.role,
        area: before.area,
        disabled: before.disabled,
    };
    tx.record(
        permit,
        Act { before: Some(canonical(&old)), ..act(before.id, detail, Some(canonical(facts))) },
    );
    Ok(())
}

/// Sets a password and ends every session of the user.
pub async fn set_password(
    tx: &Tx,
    permit: &Permit,
    id: UserId,
    password_hash: &str,
    must_change: bool,
) -> Result<(), Fault> {
    let sql =
        Sql::new("UPDATE account SET password_hash = ?, must_change = ?, version = version + 1 WHERE id = ?")
            .with(password_hash.to_owned())
            .with(i64::from(must_change))
            .with(id.to_string());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Missing { table: "account" });
    }
    end_sessions(tx, id).await?;
    tx.record(permit, act(id, "password", None));
    Ok(())
}

/// Language and theme of the person.
pub async fn set_preferences(
    tx: &Tx,
    permit: &Permit,
    locale: Option<String>,
    theme: Option<String>,
) -> Result<(), Fault> {
    let Some(user) = permit.actor().user() else { return Err(Fault::Missing { table: "account" }) };
    let sql = Sql::new("UPDATE account SET locale = ?, theme = ? WHERE id = ?")
        .with(locale)
        .with(theme)
        .with(user.to_string());
    tx.run(sql).await.map(drop)
}

async fn end_sessions(tx: &Tx, id: UserId) -> Result<(), Fault> {
    tx.run(Sql::new("DELETE FROM session WHERE user_id = ?").with(id.to_string())).await.map(drop)
}

fn canonical(facts: &AccountFacts) -> String {
    format!("{} {} {} {} disabled={}", facts.login, facts.name, facts.role.code(), facts.area, facts.disabled)
}

fn act(id: UserId, detail: &str, after: Option<String>) -> Act {
    Act {
        object: "account",
        object_id: Some(id.to_string()),
        detail: detail.to_owned(),
        after,
        ..Act::default()
    }
}

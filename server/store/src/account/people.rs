//! People as administrators look for them: pages by area and sign-in name, open sessions, who else may administer.

use super::{Account, COLUMNS, read};
use crate::fault::Fault;
use crate::page::{Cursor, Key, MOST_ROWS, Page};
use crate::scope;
use crate::search::{self, anywhere};
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::AreaPath;
use domain::id::UserId;
use domain::permission::{Role, Scope};

/// Which people.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// inside the scope; `None` is the whole scope
    pub area: Option<AreaPath>,
    pub role: Option<Role>,
    pub disabled: Option<bool>,
    /// sign-in name, name, pinyin or initials; empty is everybody
    pub text: String,
}

impl Filter {
    fn condition(&self, sql: &mut Sql, scope: &Scope) {
        scope::under(sql, "area_path", scope.area());
        if let Some(area) = &self.area {
            sql.push(" AND ");
            scope::under(sql, "area_path", area);
        }
        if let Some(role) = self.role {
            sql.bind(" AND role = ?", role.code().to_owned());
        }
        if let Some(disabled) = self.disabled {
            sql.bind(" AND disabled = ?", i64::from(disabled));
        }
        if !self.text.trim().is_empty() {
            sql.bind(" AND (search LIKE ? ESCAPE '\\'", anywhere(&self.text));
            sql.bind(" OR LOWER(login) LIKE ? ESCAPE '\\'", anywhere(&self.text));
            sql.bind(" OR name LIKE ? ESCAPE '\\')", anywhere(&self.text));
        }
    }
}

/// What a person is found by: name, pinyin and initials, one after the other.
pub(super) fn search_text(name: &str) -> String {
    let keys = search::keys(name);
    format!("{} {} {}", keys.folded, keys.pinyin, keys.initials)
}

/// One page of people by area and sign-in name.
pub async fn page(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Account>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM account WHERE "));
    filter.condition(&mut sql, scope);
    match after.map(|cursor| cursor.0.as_slice()) {
        None => {}
        Some([path @ Key::Text(_), login @ Key::Text(_)]) => {
            sql.bind(" AND (area_path, login) > (?", path.clone()).bind(", ?)", login.clone());
        }
        Some(_) => return Err(Fault::Missing { table: "page" }),
    }
    sql.bind(" ORDER BY area_path, login LIMIT ?", i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut rows = conn.all(sql).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let key = |last: &Account| {
        Cursor(vec![Key::Text(last.area_path.as_str().to_owned()), Key::Text(last.login.clone())])
    };
    let next = rows.last().filter(|_| more).map(key);
    Ok(Page { rows, next })
}

/// How many people the filter means.
pub async fn total(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<u64, Fault> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM account WHERE ");
    filter.condition(&mut sql, scope);
    number(conn, sql).await
}

/// Sessions of a person that can still be used at `now` (Unix milliseconds).
pub async fn sessions(conn: &Conn, user: UserId, now: i64) -> Result<u64, Fault> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM session WHERE user_id = ? AND expires_at > ?")
        .with(user.to_string())
        .with(now);
    number(conn, sql).await
}

async fn number(conn: &Conn, sql: Sql) -> Result<u64, Fault> {
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "account" })?;
    u64::try_from(row.int("n")?).map_err(|_| Fault::Corrupt { table: "account", id: "count".into() })
}

/// Sign-in names of these that somebody has, wherever he is: a name is one in the whole product.
pub async fn taken(conn: &Conn, logins: &[String]) -> Result<Vec<String>, Fault> {
    let mut sql = Sql::new("SELECT login FROM account WHERE login IN ");
    sql.list(logins.iter().cloned());
    conn.all(sql).await?.iter().map(|row: &Row| row.text("login")).collect()
}

/// Whether somebody else who may sign in administers the whole of `path`. The rows of all administrators are held, so
/// that two who take each other's right away at the same time cannot both succeed.
pub async fn another_administrator(tx: &Tx, id: UserId, path: &AreaPath) -> Result<bool, Fault> {
    let lock = tx.for_update();
    let sql = Sql::new(&format!(
        "SELECT id, area_path FROM account WHERE role = 'administrator' AND disabled = 0 ORDER BY id{lock}"
    ));
    for row in tx.all(sql).await? {
        let area = row.parsed("account", "area_path", AreaPath::new)?;
        if row.text("id")? != id.to_string() && area.contains(path) {
            return Ok(true);
        }
    }
    Ok(false)
}

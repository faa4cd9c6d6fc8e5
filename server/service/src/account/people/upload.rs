//! A table of people on its way in: kept aside, judged row by row, its good rows added in one transaction.

use crate::area::{Resolved, resolve};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::{password, table};
use contract::account::people::{CommitPeople, PeopleCommitted, PeopleImportView, PersonFault, PersonRow};
use contract::area::{Staged, StagedQuery};
use contract::error::{FieldFault, Refusal};
use contract::workbook::ReadRefusal;
use domain::id::UserId;
use domain::permission::{Action, Role};
use domain::text::fold;
use sheet::plain::PlainRow;
use std::collections::{BTreeMap, BTreeSet};
use store::account::AccountFacts;
use store::idempotency::{Claim, claim, keep};
use store::staged::{self, Kind, Table};

const ROUTE: &str = "people/commit";
/// People of one table: each needs a slow hash, and all must fit into one request.
const MOST: usize = 200;
const LOGIN_MOST: usize = 64;
const NAME_MOST: usize = 100;

/// Headings by which the four columns are found; without any the columns stand in this order.
const HEADINGS: [&[&str]; 4] = [
    &["账号", "登录名", "用户名", "login", "account"],
    &["姓名", "名称", "name"],
    &["角色", "role"],
    &["地区", "行政区划", "区划", "area"],
];

/// Reads the file and keeps it aside for the person who sent it.
pub async fn stage(call: &Call, name: String, bytes: Vec<u8>) -> Outcome<Staged> {
    let permit = call.permit(Action::ManageUsers, &call.area())?;
    let rows = table::read(call.app(), &name, bytes).await?;
    if rows.len() > MOST + 1 {
        let (sheet, most) = (name, MOST as u64);
        let address = format!("A{}", rows[MOST + 1].row);
        let refusal = ReadRefusal::TooManyRows { sheet, address, most };
        return Err(Failure::Refused(Refusal::File { refusal }));
    }
    let body = serde_json::to_string(&rows).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    let id = call.new_id();
    let tx = call.begin().await?;
    staged::keep(&tx, &permit, id, Kind::People, &Table { name, body }).await?;
    tx.commit().await?;
    Ok(Staged { batch: id.to_string() })
}

/// Every row with what is wrong with it, and a password to give for those that are good; `None` while no table is
/// named. Changes nothing.
pub async fn preview(call: &Call, query: StagedQuery) -> Outcome<Option<PeopleImportView>> {
    call.permit(Action::ManageUsers, &call.area())?;
    if query.batch.is_empty() {
        return Ok(None);
    }
    let (file, mut rows) = judge(call, &query.batch).await?;
    for row in rows.iter_mut().filter(|row| row.faults.is_empty()) {
        row.proposal = password::proposal()?;
    }
    let good = rows.iter().filter(|row| row.faults.is_empty()).count();
    Ok(Some(PeopleImportView {
        batch: query.batch,
        file,
        good: u32::try_from(good).unwrap_or(u32::MAX),
        wrong: u32::try_from(rows.len() - good).unwrap_or(u32::MAX),
        rows,
        key: call.new_id().to_string(),
    }))
}

/// Adds the good rows; every password must be changed at the first sign-in.
pub async fn commit(call: &Call, command: CommitPeople) -> Outcome<PeopleCommitted> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_over(&call, command).await }).await
}

async fn take_over(call: &Call, command: CommitPeople) -> Outcome<PeopleCommitted> {
    let permit = call.permit(Action::ManageUsers, &call.area())?;
    let tx = call.begin().await?;
    let first = claim(&tx, &permit, ROUTE, &command.key, command.batch.as_bytes()).await?;
    tx.rollback().await?;
    if let Claim::Done { answer } = first {
        return serde_json::from_str(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()));
    }
    let (_, rows) = judge(call, &command.batch).await?;
    let good: Vec<PersonRow> = rows.into_iter().filter(|row| row.faults.is_empty()).collect();
    // Somebody took a name meanwhile: the passwords no longer stand beside their rows.
    if good.len() != command.passwords.len() {
        return Err(Failure::field("passwords", FieldFault::Wrong));
    }
    // Hashing is slow, and nobody else can write while a transaction is open on SQLite.
    let mut hashes = Vec::with_capacity(good.len());
    for password in command.passwords {
        hashes.push(password::hash(call.app(), password).await?);
    }
    let tx = call.begin().await?;
    if let Claim::Done { answer } = claim(&tx, &permit, ROUTE, &command.key, command.batch.as_bytes()).await?
    {
        return serde_json::from_str(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()));
    }
    let mut people = 0;
    for (row, hash) in good.into_iter().zip(hashes) {
        let (Some(role), Some((area, _))) = (row.known_role, row.known_area) else { continue };
        let path = store::area::load(&tx, &call.scope(), area).await?.path;
        let permit = call.permit(Action::ManageUsers, &path)?;
        let facts = AccountFacts { login: row.login, name: row.name, role, area, disabled: false };
        store::account::insert(&tx, &permit, UserId::new(call.new_id()), &facts, &hash, true).await?;
        people += 1;
    }
    let done = PeopleCommitted { people };
    let answer = serde_json::to_string(&done).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    keep(&tx, &permit, ROUTE, &command.key, &answer).await?;
    tx.commit().await?;
    Ok(done)
}

async fn judge(call: &Call, batch: &str) -> Outcome<(String, Vec<PersonRow>)> {
    let conn = call.read().await?;
    let table = staged::load(&conn, call.actor(), batch, Kind::People).await?;
    let rows: Vec<PlainRow> =
        serde_json::from_str(&table.body).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    let (columns, rows) = columns(&rows);
    let mut judged = Vec::with_capacity(rows.len());
    let mut areas: BTreeMap<String, Resolved> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        let cell = |at: usize| columns[at].and_then(|at| row.cells.get(at).cloned()).unwrap_or_default();
        let [login, name, role, area] = [cell(0), cell(1), cell(2), cell(3)];
        if !areas.contains_key(&area) {
            areas.insert(area.clone(), resolve(call, &area).await?);
        }
        let known_area = match areas.get(&area) {
            Some(Resolved::One(found)) => Some((found.code, found.name.clone())),
            Some(_) | None => None,
        };
        let mut faults = spelling(&login, &name);
        if !login.is_empty() && !seen.insert(login.clone()) {
            faults.push(PersonFault::LoginTwice);
        }
        let known_role = Role::find(&role);
        faults.extend(known_role.is_none().then_some(PersonFault::Role));
        faults.extend(known_area.is_none().then_some(PersonFault::Area));
        let (row, proposal) = (row.row, String::new());
        judged.push(PersonRow { row, login, name, role, area, known_role, known_area, faults, proposal });
    }
    let logins: Vec<String> = judged.iter().map(|row| row.login.clone()).collect();
    let taken = store::account::people::taken(&conn, &logins).await?;
    for row in judged.iter_mut().filter(|row| taken.contains(&row.login)) {
        row.faults.push(PersonFault::LoginTaken);
    }
    Ok((table.name, judged))
}

fn spelling(login: &str, name: &str) -> Vec<PersonFault> {
    let mut faults = Vec::new();
    match login.chars().count() {
        0 => faults.push(PersonFault::LoginMissing),
        1..=LOGIN_MOST => {}
        _ => faults.push(PersonFault::LoginTooLong),
    }
    match name.chars().count() {
        0 => faults.push(PersonFault::NameMissing),
        1..=NAME_MOST => {}
        _ => faults.push(PersonFault::NameTooLong),
    }
    faults
}

/// Where sign-in name, name, role and area stand, and the rows below the headings.
fn columns(rows: &[PlainRow]) -> ([Option<usize>; 4], &[PlainRow]) {
    let Some(head) = rows.first() else { return ([None; 4], rows) };
    let find = |known: &[&str]| {
        head.cells.iter().position(|cell| known.iter().any(|heading| fold(cell) == *heading))
    };
    let found = HEADINGS.map(find);
    if found[0].is_some() { (found, &rows[1..]) } else { ([Some(0), Some(1), Some(2), Some(3)], rows) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_headings_in_any_order() {
        let row = |row, cells: [&str; 4]| PlainRow { row, cells: cells.map(str::to_owned).to_vec() };
        let rows = [row(1, ["姓名", "账号", "地区", "角色"]), row(2, ["a", "b", "c", "d"])];
        let (columns, below) = columns(&rows);
        assert_eq!(columns, [Some(1), Some(0), Some(3), Some(2)]);
        assert_eq!(below.len(), 1);
        let (columns, below) = super::columns(&rows[1..]);
        assert_eq!((columns[2], below.len()), (Some(2), 1));
    }
}

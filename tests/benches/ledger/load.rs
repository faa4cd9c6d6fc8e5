//! Databases of very many entries, written by the product's own function in large batches, so that positions, totals and the
//! chain are what the product keeps; `verify` has the last word before one is used. Kept in the cache.

use crate::{cache, scaled, seed};
use chrono::{Datelike, NaiveDate};
use domain::area::{AreaCode, AreaPath};
use domain::id::{EntryId, ProjectId, UserId};
use domain::ledger::{Entry, Key, Months, Movement, Paper, Position, Posting, Signed};
use domain::money::Money;
use domain::period::{FiscalYear, Month};
use domain::permission::{Action, Permit, Role};
use domain::source::Source;
use sea_orm::{ConnectionTrait, Database};
use service::{App, Call, account};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;
use store::account::AccountFacts;
use store::ledger::{NewEntry, append, chain, position};

/// Whoever makes and whoever approves in the measurements.
pub const CASHIER: &str = "cashier";
pub const CHECKER: &str = "checker";
const PROVINCE: &str = "520000";
/// Of these the ledger speaks, whatever the number of entries: the totals have the same size then.
pub const PROJECTS: usize = 10_000;
const SOURCES: [Source; 5] = [Source::Cbi, Source::Int, Source::Gbg, Source::Loc, Source::Oth];
/// Entries of one transaction.
const BATCH: usize = 20_000;
/// 下达 first, so that nothing is out of order at any time.
const MOVEMENTS: [(Movement, i64); 4] =
    [(Movement::Issue, 100), (Movement::Receive, 90), (Movement::Disburse, 80), (Movement::Pay, 70)];

/// The folder of a database with this many entries.
pub async fn folder(entries: usize) -> PathBuf {
    let folder = cache().join(format!("ledger-2-{entries}"));
    if folder.join("loaded").exists() {
        return folder;
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    copy(&seed::folder(scaled(PROJECTS)).await, &folder);
    let begin = Instant::now();
    let app = seed::open(&folder).await;
    people(&app).await;
    load(&app, entries).await;
    println!("{entries} entries written in {:.0?}", begin.elapsed());
    let begin = Instant::now();
    let report = store::verify::verify(&app.db().read().await.unwrap()).await.unwrap();
    assert_eq!(report.first_breach(), None, "what was loaded does not verify");
    println!("{} entries verified in {:.0?}", report.ledger_entries, begin.elapsed());
    app.db().close().await.unwrap();
    std::fs::write(folder.join("loaded"), "").unwrap();
    folder
}

/// A folder with its database and nothing that a running server keeps.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    std::fs::copy(seed::file(from), to.join(seed::file(from).file_name().unwrap())).unwrap();
}

pub async fn people(app: &App) {
    for (login, role) in [(CASHIER, Role::Treasurer), (CHECKER, Role::Reviewer)] {
        let area = AreaCode::new(PROVINCE).unwrap();
        let facts = AccountFacts { login: login.into(), name: login.into(), role, area, disabled: false };
        account::people::add(&Call::system(app), facts, seed::PASSWORD.into()).await.unwrap();
    }
}

/// Number, id and place of the projects.
async fn projects(folder: &Path) -> Vec<(ProjectId, AreaPath)> {
    let db = Database::connect(format!("sqlite://{}?mode=ro", seed::file(folder).display())).await.unwrap();
    let query = "SELECT id, area_path FROM project ORDER BY number";
    let rows = db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), query)).await;
    let read = |row: &sea_orm::QueryResult| {
        let id: String = row.try_get("", "id").unwrap();
        let path: String = row.try_get("", "area_path").unwrap();
        (id.parse().unwrap(), AreaPath::new(&path).unwrap())
    };
    let found = rows.unwrap().iter().map(read).collect();
    db.close().await.unwrap();
    found
}

/// Who signs, and with what right.
struct Desk {
    checker: Call,
    permit: Permit,
    signed: Signed,
    months: Months,
    document: String,
}

async fn load(app: &App, entries: usize) {
    let person = async |login: &str| account::call_as(app, login).await.unwrap();
    let (cashier, checker) = (person(CASHIER).await, person(CHECKER).await);
    let ids: [UserId; 2] = [cashier.user().unwrap(), checker.user().unwrap()];
    let permit = checker.permit(Action::ApproveMoney, &checker.area()).unwrap();
    let desk = Desk {
        signed: Signed::new(ids[0], ids[1]).unwrap(),
        months: Months::new(Month::parse("2024-01").unwrap()),
        document: "黔财示〔2025〕1号".into(),
        checker,
        permit,
    };
    let projects = projects(app.folder()).await;
    let keys: Vec<(Key, AreaPath)> = SOURCES
        .iter()
        .flat_map(|source| {
            projects.iter().enumerate().map(|(at, (project, area))| {
                let year = FiscalYear::new(if at % 2 == 0 { 2025 } else { 2026 }).unwrap();
                (Key { project: *project, source: *source, year }, area.clone())
            })
        })
        .collect();
    let each = entries.div_ceil(keys.len());
    let mut left = entries;
    for group in keys.chunks((BATCH / each).max(1)) {
        left -= batch(&desk, group, each, left).await;
    }
}

/// Writes up to `each` entries of every key, `left` at most; how many it wrote.
async fn batch(desk: &Desk, group: &[(Key, AreaPath)], each: usize, left: usize) -> usize {
    let tx = desk.checker.begin().await.unwrap();
    let keys: BTreeMap<Key, AreaPath> = group.iter().cloned().collect();
    let held = position::hold(&tx, &keys).await.unwrap();
    let head = chain::hold(&tx).await.unwrap();
    let (mut new, mut positions) = (Vec::new(), Vec::<Position>::new());
    for (number, (key, held)) in held.iter().enumerate() {
        let count = each.min(left - new.len());
        let entries: Vec<Entry> = (0..count).map(|at| entry(desk, *key, number, at)).collect();
        positions.push(held.position.apply_all(&entries).unwrap());
        let area = &held.area;
        new.extend(entries.into_iter().map(|entry| NewEntry {
            entry,
            area: area.clone(),
            notice: None,
            batch: None,
            place: None,
            exception: None,
        }));
    }
    append(&tx, &desk.permit, head, &new, &positions).await.unwrap();
    tx.commit().await.unwrap();
    new.len()
}

/// The `at`-th entry of a position: the four movements take turns, the days go through two years.
fn entry(desk: &Desk, key: Key, number: usize, at: usize) -> Entry {
    let (movement, ten) = MOVEMENTS[at % MOVEMENTS.len()];
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let date = first + chrono::Duration::days(((number * 7 + at * 31) % 700) as i64);
    let posting = Posting {
        movement,
        key,
        amount: Money::from_fen(ten * 100_000 + (number % 1000) as i64 * ten).unwrap(),
        date,
        paper: Paper {
            document: Some(desk.document.clone()),
            voucher: Some(format!("{}-{at}", date.year())),
        },
        payee: None,
        purpose: None,
        memo: None,
    };
    posting.enter(EntryId::new(desk.checker.new_id()), desk.signed, &desk.months).unwrap()
}

//! A bank of eight projects: money is only moved among them, so that the sum of all positions never changes. Writers and
//! readers come over sockets and may hang up; every order has a voucher number by which its entries are counted afterwards,
//! in the database itself.

use crate::wire::{Dice, Reply, Wire};
use crate::world::World;
use contract::form::Form;
use contract::ledger::command::{Decide, PostEntry, Verdict};
use contract::ledger::form::PostEntryForm;
use contract::ledger::{PositionsView, RequestView, Sums, TotalsView};
use contract::project::SaveForm;
use domain::ledger::Stage;
use domain::permission::Role;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use service::ledger::request;
use service::{Call, project};
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

const COUNTY: &str = "520526";
const ACCOUNTS: usize = 8;
/// 万元 in each account at the beginning.
const EACH: i64 = 1_000_000;
/// Whole fen in the bank.
pub const TOTAL: i64 = EACH * 1_000_000 * ACCOUNTS as i64;
/// Milliseconds after which a client that hangs up does so at the latest: half of them while the request is hardly read, half
/// of them in the middle of the work, which takes this long where nothing is optimised.
const SHORT: [u64; 2] = [20, 150];

/// Projects and the two persons who move money among them.
#[derive(Clone)]
pub struct Bank {
    accounts: Vec<String>,
    treasurer: String,
    reviewer: String,
}

/// One order of a client: the same forms under the same keys, however often it is sent.
#[derive(Clone, Debug)]
pub struct Order {
    pub voucher: String,
    post: String,
    decide: Option<String>,
}

/// What a client knows of its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The answer said that it was done.
    Done,
    /// No answer: done or not, but not half.
    Nothing,
}

/// What became of all orders.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    pub done: Vec<Order>,
    pub open: Vec<Order>,
}

impl Bank {
    /// Makes people and projects and fills the accounts.
    pub async fn found(world: &World) -> Bank {
        for (login, role) in
            [("planner", Role::Planner), ("cashier", Role::Treasurer), ("checker", Role::Reviewer)]
        {
            world.person(login, role, COUNTY).await;
        }
        let planner = world.call("planner").await;
        let (cashier, checker) = (world.call("cashier").await, world.call("checker").await);
        let mut accounts = Vec::new();
        for number in 0..ACCOUNTS {
            let mut form = SaveForm { key: format!("account-{number}"), ..SaveForm::default() };
            for (key, text) in [("name", format!("车间{number}")), ("area", COUNTY.into())] {
                form.values.insert(key.into(), text);
            }
            let command = form.check().expect("a project may have these");
            let made = project::save(&planner, command).await.expect("a planner may make projects");
            let account = made.project.to_string();
            fill(&cashier, &checker, &account).await;
            accounts.push(account);
        }
        let (treasurer, reviewer) = (world.cookie("cashier").await, world.cookie("checker").await);
        Bank { accounts, treasurer, reviewer }
    }

    /// A transfer between two accounts by chance.
    pub fn order(&self, voucher: String, dice: &mut Dice) -> Order {
        let from = dice.below(ACCOUNTS as u64);
        let to = (from + 1 + dice.below(ACCOUNTS as u64 - 1)) % ACCOUNTS as u64;
        let account = |at: u64| &self.accounts[usize::try_from(at).unwrap_or_default()];
        let amount = dice.below(90) + 1;
        let post = format!(
            "form[key]=post-{voucher}&form[kind]=transfer&form[stage]=issued&form[project]={}&form[other]={}&form[source]=GBG&form[year]=2026&form[amount]={amount}&form[date]=2025-03-05&form[document]=doc-1&form[voucher]={voucher}&form[submit]=1",
            account(from),
            account(to)
        );
        Order { voucher, post, decide: None }
    }

    /// Sends an order to its end. `hang_up` of a hundred requests are left after a short moment. Any answer but success
    /// ends the proof: nothing here may be refused, late or locked.
    pub async fn carry(
        &self,
        wire: &Wire,
        order: &mut Order,
        dice: &mut Dice,
        hang_up: u64,
    ) -> io::Result<Told> {
        let post = order.post.clone();
        let Some(reply) = send(wire, &self.treasurer, "post_entry", &post, dice, hang_up).await? else {
            return Ok(Told::Nothing);
        };
        order.posted(&reply);
        let decide = order.decide.clone().unwrap_or_default();
        let Some(reply) = send(wire, &self.reviewer, "decide", &decide, dice, hang_up).await? else {
            return Ok(Told::Nothing);
        };
        assert_eq!(reply.status, 200, "{}", reply.body);
        Ok(Told::Done)
    }

    /// The first of the two requests of an order.
    pub async fn post(&self, wire: &Wire, order: &mut Order) -> io::Result<()> {
        let reply = wire.post(&self.treasurer, "/api/ledger/post_entry", &order.post).await?;
        order.posted(&reply);
        Ok(())
    }

    /// The second, which writes the entries.
    pub async fn approve(&self, wire: &Wire, order: &Order) -> io::Result<()> {
        let decide = order.decide.as_deref().unwrap_or_default();
        let reply = wire.post(&self.reviewer, "/api/ledger/decide", decide).await?;
        assert_eq!(reply.status, 200, "{}", reply.body);
        Ok(())
    }

    /// 下达 of one 万元, as a use case takes it.
    pub fn issue(&self, cashier: &Call, number: usize) -> PostEntry {
        let form = issue(cashier, &self.accounts[number % ACCOUNTS], 1);
        form.check().expect("a well-formed posting")
    }

    /// The status of the same order under the same key with another amount.
    pub async fn other_body(&self, wire: &Wire, order: &Order) -> io::Result<u16> {
        let form = order.post.replace("form[amount]=", "form[amount]=1");
        Ok(wire.post(&self.treasurer, "/api/ledger/post_entry", &form).await?.status)
    }

    /// Writes orders one after the other until told to stop, or until there is nobody to write to.
    pub async fn write(
        &self,
        wire: &Wire,
        name: &str,
        most: usize,
        hang_up: u64,
        again: bool,
    ) -> (Orders, io::Result<()>) {
        let mut orders = Orders::default();
        let mut dice = Dice(name.bytes().fold(7, |sum, byte| sum.wrapping_mul(31) + u64::from(byte)));
        for number in 0..most {
            let mut order = self.order(format!("{name}-{number}"), &mut dice);
            let mut told = self.carry(wire, &mut order, &mut dice, hang_up).await;
            // Some come again, as a browser would, under the same keys.
            if again && matches!(told, Ok(Told::Nothing)) && dice.says(50) {
                told = self.carry(wire, &mut order, &mut dice, 0).await;
            }
            match told {
                Ok(Told::Done) => orders.done.push(order),
                Ok(Told::Nothing) => orders.open.push(order),
                Err(fault) => {
                    orders.open.push(order);
                    return (orders, Err(fault));
                }
            }
        }
        (orders, Ok(()))
    }

    /// Reads all positions and the kept totals over and over; every time they sum to what is in the bank. How often.
    pub async fn watch(&self, wire: &Wire, stop: &AtomicBool) -> usize {
        let mut reads = 0;
        while !stop.load(Ordering::Relaxed) {
            let reply = wire.get(&self.reviewer, "/api/ledger/positions").await.expect("the server answers");
            let view: PositionsView = read(&reply);
            assert_eq!((view.rows.len(), view.next.is_none()), (ACCOUNTS, true));
            let lying = |sums: &Sums| sums.lying(Stage::Issued).fen();
            let sum: i64 = view.rows.iter().map(|line| lying(&Sums::from(&line.totals))).sum();
            assert_eq!(sum, TOTAL, "positions read at one moment");
            assert_eq!(lying(&view.totals), TOTAL, "their own total");
            let reply = wire.get(&self.reviewer, "/api/ledger/totals").await.expect("the server answers");
            let view: TotalsView = read(&reply);
            assert_eq!(lying(&view.totals), TOTAL, "kept totals");
            reads += 1;
        }
        reads
    }
}

impl Order {
    /// What the answer to the first request makes of the second; it stays as it is when the first is sent again.
    fn posted(&mut self, reply: &Reply) {
        let view: RequestView = read(reply);
        let voucher = &self.voucher;
        self.decide.get_or_insert_with(|| {
            format!(
                "form[request]={}&form[version]={}&form[key]=decide-{voucher}&form[verdict]=approve",
                view.request, view.version
            )
        });
    }
}

impl Orders {
    pub fn extend(&mut self, other: Orders) {
        self.done.extend(other.done);
        self.open.extend(other.open);
    }

    /// What was acknowledged stands with both legs, what was not stands with both or with none.
    pub async fn stand(&self, url: &str) {
        let mut legs = legs(url).await;
        for order in &self.done {
            let found = legs.remove(&order.voucher).unwrap_or_default();
            assert_eq!(found, 2, "{}: acknowledged, {found} legs", order.voucher);
        }
        for order in &self.open {
            let found = legs.remove(&order.voucher).unwrap_or_default();
            assert!(matches!(found, 0 | 2), "{}: no answer, {found} legs", order.voucher);
        }
        assert!(legs.is_empty(), "entries that nobody ordered: {legs:?}");
    }
}

/// 下达 of the opening balance, by two persons.
async fn fill(cashier: &Call, checker: &Call, account: &str) {
    let command = issue(cashier, account, EACH).check().expect("a well-formed posting");
    let view = request::post(cashier, command).await.expect("a treasurer may post");
    request::decide(checker, approval(checker, &view)).await.expect("a reviewer may approve");
}

fn issue(cashier: &Call, account: &str, wan: i64) -> PostEntryForm {
    PostEntryForm {
        key: cashier.new_id().to_string(),
        kind: "issue".into(),
        project: account.to_owned(),
        source: "GBG".into(),
        year: "2026".into(),
        amount: wan.to_string(),
        date: "2025-03-02".into(),
        document: "doc-1".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    }
}

/// The approval of a request as it was posted.
pub fn approval(checker: &Call, view: &RequestView) -> Decide {
    let verdict = Verdict::Approve { exception: None };
    Decide { request: view.request, version: view.version, key: checker.new_id().to_string(), verdict }
}

async fn send(
    wire: &Wire,
    cookie: &str,
    door: &str,
    form: &str,
    dice: &mut Dice,
    hang_up: u64,
) -> io::Result<Option<Reply>> {
    let path = format!("/api/ledger/{door}");
    if dice.says(hang_up) {
        let most = SHORT[usize::from(dice.says(50))];
        return wire.post_within(cookie, &path, form, dice.millis(most)).await;
    }
    wire.post(cookie, &path, form).await.map(Some)
}

fn read<T: serde::de::DeserializeOwned>(reply: &Reply) -> T {
    assert!(!reply.body.contains("database is locked"), "{}", reply.body);
    assert_eq!(reply.status, 200, "{}", reply.body);
    serde_json::from_str(&reply.body).unwrap_or_else(|fault| panic!("{fault}: {}", reply.body))
}

/// A connection beside the product.
pub async fn beside(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("the database answers")
}

/// Entries of each voucher.
async fn legs(url: &str) -> HashMap<String, i64> {
    let raw = beside(url).await;
    let query = "SELECT voucher, COUNT(*) AS n FROM ledger_entry WHERE voucher IS NOT NULL GROUP BY voucher";
    let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), query)).await;
    let rows = rows.expect("entries can be counted");
    let pair = |row: &sea_orm::QueryResult| {
        Ok::<_, sea_orm::DbErr>((row.try_get::<String>("", "voucher")?, row.try_get::<i64>("", "n")?))
    };
    let found = rows.iter().map(pair).collect::<Result<_, _>>().expect("two columns");
    raw.close().await.expect("the connection closes");
    found
}

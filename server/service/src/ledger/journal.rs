//! The ledger as an hledger journal, with the balance after every posting asserted; and what follows from entries made
//! anew. Written entry by entry: memory does not grow with the ledger.
//!
//! Accounts are `fund:STAGE:SOURCE:YEAR:PNUMBER`, what lies there; money comes from `fund:given`, leaves by
//! `fund:recovered` and passes between projects by `fund:transfer`.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use domain::id::ProjectId;
use domain::ledger::{Entry, Key, Movement, Stage};
use domain::money::{Delta, Unit};
use domain::permission::Action;
use std::collections::HashMap;
use std::io::Write;
use store::audit::Act;
use store::ledger::entry::Filter;
use store::ledger::flow::{self, Moved};
use store::ledger::project;
use store::ledger::rebuild::{self, Rebuilt};

const GIVEN: &str = "fund:given";
const RECOVERED: &str = "fund:recovered";
const TRANSFER: &str = "fund:transfer";

/// Numbers of projects met and balances so far, in fen.
#[derive(Default)]
struct Books {
    numbers: HashMap<ProjectId, i64>,
    balances: HashMap<String, i64>,
}

/// Writes every entry of the person's area, by business date; how many.
pub async fn export(call: &Call, to: &mut (impl Write + Send)) -> Outcome<u64> {
    let tx = call.begin().await?;
    let scope = call.scope();
    let permit = call.permit(Action::ExportList, scope.area())?;
    let broken = |fault: std::io::Error| Failure::Unexpected(fault.to_string());
    writeln!(to, "commodity CNY 1000.00").map_err(broken)?;
    let (mut books, mut written, mut after) = (Books::default(), 0, None);
    loop {
        let batch = flow::by_date(&tx, &scope, &Filter::default(), after).await?;
        let Some(last) = batch.last() else { break };
        after = Some((last.entry.posting.date, last.seq));
        let mut fresh: Vec<ProjectId> = batch.iter().map(|moved| moved.entry.posting.key.project).collect();
        fresh.retain(|id| !books.numbers.contains_key(id));
        for project in project::by_ids(&tx, &scope, &fresh).await? {
            books.numbers.insert(project.id, project.number);
        }
        for moved in &batch {
            books.write(to, moved).map_err(broken)?;
            written += 1;
        }
    }
    to.flush().map_err(broken)?;
    let detail = format!("rows={written} what=journal");
    store::audit::note(&tx, &permit, Act { object: "ledger", detail, ..Act::default() });
    tx.commit().await?;
    Ok(written)
}

/// Makes positions and totals anew from the entries, in one transaction.
pub async fn rebuild(call: &Call) -> Outcome<Rebuilt> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        // Like the control matrix, the upkeep of the ledger is the administrator's; no entry is touched.
        let permit = call.permit(Action::EditControl, &call.area())?;
        let tx = call.begin().await?;
        let rebuilt = rebuild::rebuild(&tx, &permit).await?;
        tx.commit().await?;
        Ok(rebuilt)
    })
    .await
}

impl Books {
    fn write(&mut self, to: &mut impl Write, moved: &Moved) -> std::io::Result<()> {
        let entry = &moved.entry;
        let (from, into) = self.accounts(entry);
        for account in [&from, &into] {
            if !self.balances.contains_key(account) {
                writeln!(to, "\naccount {account}")?;
                self.balances.insert(account.clone(), 0);
            }
        }
        writeln!(to, "\n{} ({}) {}", entry.posting.date, moved.seq, described(entry))?;
        writeln!(to, "    ; entry:{}", entry.id)?;
        let effect = entry.effect().fen();
        for (account, fen) in [(into, effect), (from, -effect)] {
            let balance = self.balances.entry(account.clone()).or_default();
            *balance += fen;
            writeln!(to, "    {account}  CNY {} = CNY {}", yuan(fen), yuan(*balance))?;
        }
        Ok(())
    }

    /// Where the money of an entry comes from and goes to; a reversal moves the opposite amount.
    fn accounts(&self, entry: &Entry) -> (String, String) {
        let key = entry.posting.key;
        let at = |stage: Stage| self.account(key, stage);
        match entry.posting.movement {
            Movement::Issue => (GIVEN.to_owned(), at(Stage::Issued)),
            Movement::Receive => (at(Stage::Issued), at(Stage::Received)),
            Movement::Disburse => (at(Stage::Received), at(Stage::Disbursed)),
            Movement::Pay => (at(Stage::Disbursed), at(Stage::Paid)),
            Movement::Recover { from } => (at(from), RECOVERED.to_owned()),
            Movement::TransferOut { at: stage, .. } => (at(stage), TRANSFER.to_owned()),
            Movement::TransferIn { at: stage, .. } => (TRANSFER.to_owned(), at(stage)),
        }
    }

    fn account(&self, key: Key, stage: Stage) -> String {
        let number = self.numbers.get(&key.project).copied().unwrap_or_default();
        account(stage, key, number)
    }
}

/// The account of what lies at a stage of a position; `number` is the project's.
pub fn account(stage: Stage, key: Key, number: i64) -> String {
    format!("fund:{}:{}:{}:P{number}", stage.code(), key.source.code(), key.year)
}

/// All digits of 元, with the minus sign that every program reads.
fn yuan(fen: i64) -> String {
    Delta::from_fen(fen).exact(Unit::Yuan)
}

/// Movement and papers on one line, without the marks that mean something in a journal.
fn described(entry: &Entry) -> String {
    let paper = &entry.posting.paper;
    let parts = [Some(entry.posting.movement.code()), paper.document.clone(), paper.voucher.clone()];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    text.chars()
        .map(|letter| if letter.is_control() || ";|".contains(letter) { ' ' } else { letter })
        .collect()
}

//! An export of a bank or treasury against the ledger: brought and matched by one person, signed by another, kept. What
//! follows from lines, entries and steps is a rule of the domain; here they are loaded, permitted and kept.

mod view;

use super::import::{limits, plain_name};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::{once, table};
use contract::ledger::reconcile::{
    BankFile, JudgeReconciliation, Judgement, ReconciliationQuery, ReconciliationView, ReconciliationsView,
    StepAct, TakeStep,
};
use domain::id::{EntryId, ReconciliationId};
use domain::ledger::reconcile::{
    Act, BankLine, Group, Outcome as Found, RawLine, Refusal, State, Step, Work, joinable, read_in, reconcile,
};
use domain::money::Unit;
use domain::permission::Action;
use sha2::{Digest, Sha256};
use store::Conn;
use store::ledger::chain;
use store::ledger::reconcile::{self as kept, Kept, Passed, Taken};

const BRING: &str = "ledger/reconcile/upload";
const STEP: &str = "ledger/reconcile/step";
const JUDGE: &str = "ledger/reconcile/judge";
/// Most lines of an export, and most entries around its days.
const MOST_LINES: u32 = 5_000;
const MOST_ITEMS: u32 = 20_000;
/// Reconciliations shown at once.
const SHOWN: u32 = 50;
/// Rows of a list that a page shows.
const ROWS: usize = 200;

/// One reconciliation with everything that it follows from.
struct Case {
    kept: Kept,
    taken: Vec<Taken>,
    work: Work,
    raw: Vec<RawLine>,
    /// none while nobody said the unit
    lines: Vec<BankLine>,
    passed: Vec<Passed>,
    found: Found,
    known_at: i64,
}

/// Those of the person's area.
pub async fn list(call: &Call, (): ()) -> Outcome<ReconciliationsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let rows = kept::list(&conn, &scope, SHOWN).await?;
    let ids: Vec<ReconciliationId> = rows.iter().map(|row| row.id).collect();
    let mut turns = kept::turns(&conn, &ids).await?;
    let rows = rows.into_iter().map(|row| {
        let turn = turns.remove(&row.id);
        view::listed(row, turn)
    });
    Ok(ReconciliationsView {
        rows: rows.collect::<Outcome<_>>()?,
        key: call.new_id().to_string(),
        may: call.abilities(scope.area()),
    })
}

/// One as its page shows it.
pub async fn one(call: &Call, query: ReconciliationQuery) -> Outcome<ReconciliationView> {
    let conn = call.read().await?;
    let id = query.reconciliation.ok_or(Failure::NotFound)?;
    let kept = kept::load(&conn, &call.scope(), id).await?;
    call.permit(Action::ViewMoney, &kept.area)?;
    let case = Case::load(&conn, call, kept).await?;
    view::of(call, &case, ROWS)
}

/// One with all its rows, for a file, and into the trail.
pub async fn export(call: &Call, query: ReconciliationQuery) -> Outcome<ReconciliationView> {
    let id = query.reconciliation.ok_or(Failure::NotFound)?;
    let conn = call.read().await?;
    let kept = kept::load(&conn, &call.scope(), id).await?;
    let permit = call.permit(Action::ExportList, &kept.area)?;
    let case = Case::load(&conn, call, kept).await?;
    drop(conn);
    let made = view::of(call, &case, usize::MAX)?;
    let tx = call.begin().await?;
    kept::exported(&tx, &permit, id, made.head.lines);
    tx.commit().await?;
    Ok(made)
}

/// Keeps an export with its lines. The same key is the same reconciliation.
pub async fn bring(call: &Call, file: BankFile) -> Outcome<ReconciliationView> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_in(&call, file).await }).await
}

/// A step of whoever matches.
pub async fn step(call: &Call, command: TakeStep) -> Outcome<ReconciliationView> {
    let call = call.clone();
    call.app().clone().see_through(async move { go_on(&call, command).await }).await
}

/// The word of the second person.
pub async fn judge(call: &Call, command: JudgeReconciliation) -> Outcome<ReconciliationView> {
    let call = call.clone();
    call.app().clone().see_through(async move { decide(&call, command).await }).await
}

async fn take_in(call: &Call, file: BankFile) -> Outcome<ReconciliationView> {
    let area = call.area();
    let permit = call.permit(Action::Reconcile, &area)?;
    let maker = call.user()?;
    let file_name = plain_name(&file.file_name);
    let sha256 = hex::encode(Sha256::digest(&file.bytes));
    let body = (file_name.clone(), sha256.clone(), file.source, file.unit);
    let sheets = table::sheets(call.app(), &file_name, file.bytes, limits()).await?;
    let book = sheet::ledger::bank::read(&sheets);
    let tx = call.begin().await?;
    if let Some(id) = once::before::<ReconciliationId>(&tx, &permit, BRING, &file.key, &body).await? {
        tx.rollback().await?;
        return one(call, ReconciliationQuery { reconciliation: Some(id) }).await;
    }
    let days = book.lines.iter().map(|line| line.date);
    let (Some(from), Some(to)) = (days.clone().min(), days.max()) else {
        return Err(Refusal::NoLines.into());
    };
    let lines = u32::try_from(book.lines.len()).unwrap_or(u32::MAX);
    if lines > MOST_LINES {
        return Err(Refusal::TooMany { most: MOST_LINES }.into());
    }
    if let Some(reconciliation) = kept::of_file(&tx, &area, &sha256).await? {
        return Err(Refusal::AlreadyKept { reconciliation }.into());
    }
    let unit = unit_of(file.unit, book.unit).filter(|unit| read_in(&book.lines, *unit).is_ok());
    let new = Kept {
        id: ReconciliationId::new(call.new_id()),
        area,
        area_name: String::new(),
        file_name,
        sha256,
        source: file.source,
        stated: book.unit,
        from,
        to,
        lines,
        faulty: book.faulty,
        findings: view::kept_findings(book.findings)?,
        maker,
        maker_name: String::new(),
        created_at: tx.at(),
    };
    kept::insert(&tx, &permit, &new, book.lines).await?;
    if let Some(unit) = unit {
        let act = Act { step: Step::Unit { unit }, by: maker };
        kept::add(&tx, &permit, new.id, 0, &act, None).await?;
    }
    once::settle(tx, &permit, BRING, &file.key, new.id).await?;
    one(call, ReconciliationQuery { reconciliation: Some(new.id) }).await
}

/// The unit that person and file agree on. Where they differ, or neither says one, it is asked again: a slip there is one
/// of ten thousand times.
fn unit_of(chosen: Option<Unit>, stated: Option<Unit>) -> Option<Unit> {
    match (chosen, stated) {
        (Some(chosen), Some(stated)) => (chosen == stated).then_some(chosen),
        (Some(unit), None) | (None, Some(unit)) => Some(unit),
        (None, None) => None,
    }
}

async fn go_on(call: &Call, command: TakeStep) -> Outcome<ReconciliationView> {
    call.permit(Action::Reconcile, &call.area())?;
    let query = ReconciliationQuery { reconciliation: Some(command.reconciliation) };
    let tx = call.begin().await?;
    let kept = kept::load(&tx, &call.scope(), command.reconciliation).await?;
    let permit = call.permit(Action::Reconcile, &kept.area)?;
    if once::before::<()>(&tx, &permit, STEP, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return one(call, query).await;
    }
    let case = Case::load(&tx, call, kept).await?;
    case.seen(command.seen)?;
    let act = Act { step: case.step(command.act)?, by: call.user()? };
    case.work.clone().after(act.clone())?;
    kept::add(&tx, &permit, case.kept.id, command.seen, &act, None).await?;
    once::settle(tx, &permit, STEP, &command.key, ()).await?;
    one(call, query).await
}

async fn decide(call: &Call, command: JudgeReconciliation) -> Outcome<ReconciliationView> {
    call.permit(Action::SignReconciliation, &call.area())?;
    let query = ReconciliationQuery { reconciliation: Some(command.reconciliation) };
    let tx = call.begin().await?;
    // Whoever holds the head is alone: no entry comes or is found elsewhere between what is compared and what is signed.
    chain::hold(&tx).await?;
    let kept = kept::load(&tx, &call.scope(), command.reconciliation).await?;
    let permit = call.permit(Action::SignReconciliation, &kept.area)?;
    if once::before::<()>(&tx, &permit, JUDGE, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return one(call, query).await;
    }
    let case = Case::load(&tx, call, kept).await?;
    case.seen(command.seen)?;
    let by = call.user()?;
    let (step, tallies) = match command.verdict {
        Judgement::Return { reason } => (Step::Return { reason }, None),
        Judgement::Sign { digest } => {
            // Signed is what was seen, or nothing.
            if case.work.state == State::Submitted && digest != case.digest()? {
                return Err(Failure::Stale(Vec::new()));
            }
            let tallies = view::kept_tallies(&case)?;
            (Step::Sign { outcome: case.found.clone(), known_at: case.known_at }, Some(tallies))
        }
    };
    let act = Act { step, by };
    let after = case.work.clone().after(act.clone())?;
    kept::add(&tx, &permit, case.kept.id, command.seen, &act, tallies).await?;
    if after.state == State::Signed {
        let entries: Vec<EntryId> =
            case.found.matched.iter().flat_map(|matched| matched.group.entries.iter().copied()).collect();
        kept::found(&tx, &permit, case.kept.id, &entries).await?;
    }
    once::settle(tx, &permit, JUDGE, &command.key, ()).await?;
    one(call, query).await
}

impl Case {
    async fn load(conn: &Conn, call: &Call, kept: Kept) -> Outcome<Case> {
        let scope = call.scope();
        let taken = kept::steps(conn, kept.id).await?;
        let acts = taken.iter().map(|taken| taken.act.clone());
        let work = Work::of(kept.maker, acts)
            .map_err(|refusal| Failure::Unexpected(format!("reconciliation {}: {refusal}", kept.id)))?;
        let raw = kept::lines(conn, kept.id).await?;
        let lines = work.unit.map(|unit| read_in(&raw, unit)).transpose()?.unwrap_or_default();
        let (passed, found, known_at) = match &work.signed {
            Some((found, known_at)) => {
                let ids: Vec<EntryId> = entries_of(found).collect();
                (kept::items_of(conn, &scope, &ids).await?, found.clone(), *known_at)
            }
            None => {
                let passed = kept::open_items(conn, &scope, &kept, MOST_ITEMS + 1).await?;
                if passed.len() > MOST_ITEMS as usize {
                    return Err(Refusal::TooMany { most: MOST_ITEMS }.into());
                }
                let items: Vec<_> = passed.iter().map(|passed| passed.item.clone()).collect();
                let found = reconcile(&lines, &items, &work.hand);
                (passed, found, chain::head(conn).await?.0)
            }
        };
        Ok(Case { kept, taken, work, raw, lines, passed, found, known_at })
    }

    fn seen(&self, seen: i64) -> Outcome<()> {
        let steps = i64::try_from(self.taken.len()).unwrap_or(i64::MAX);
        if seen == steps { Ok(()) } else { Err(Failure::Stale(Vec::new())) }
    }

    /// Of what would be signed: file, unit and outcome.
    fn digest(&self) -> Outcome<String> {
        let signed = (&self.kept.sha256, self.work.unit, &self.found);
        let text = view::json(&signed)?;
        Ok(hex::encode(Sha256::digest(text.as_bytes())))
    }

    /// What is asked, as a step, once it is sure that lines and entries are those of this reconciliation.
    fn step(&self, act: StepAct) -> Outcome<Step> {
        Ok(match act {
            StepAct::Unit(unit) => {
                read_in(&self.raw, unit)?;
                Step::Unit { unit }
            }
            StepAct::Link(groups) => {
                let items: Vec<_> = self.passed.iter().map(|passed| passed.item.clone()).collect();
                let mut hand = self.work.hand.clone();
                for group in &groups {
                    joinable(&self.lines, &items, &hand, group)?;
                    hand.groups.push(group.clone());
                }
                Step::Link { groups }
            }
            StepAct::Part(lines) => {
                let meant = |group: &&Group| group.lines.iter().any(|line| lines.contains(line));
                let groups = self.found.matched.iter().map(|matched| &matched.group);
                Step::Part { groups: groups.filter(meant).cloned().collect() }
            }
            StepAct::Explain(group, text) => {
                let is_line = |line: &u32| self.raw.iter().any(|raw| raw.number == *line);
                let is_entry = |entry: &EntryId| self.passed.iter().any(|passed| passed.item.entry == *entry);
                if !group.lines.iter().all(is_line) || !group.entries.iter().all(is_entry) {
                    return Err(Refusal::NotFree.into());
                }
                Step::Explain { group, text }
            }
            StepAct::Submit => Step::Submit,
            StepAct::Withdraw => Step::Withdraw,
        })
    }
}

/// Every entry that an outcome speaks of.
fn entries_of(found: &Found) -> impl Iterator<Item = EntryId> + '_ {
    let matched = found.matched.iter().flat_map(|matched| matched.group.entries.iter().copied());
    let pairs = found.proposed.iter().chain(&found.differing).map(|pair| pair.entry);
    matched.chain(pairs).chain(found.book_only.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_taken_only_where_person_and_file_do_not_differ() {
        let (yuan, wan) = (Some(Unit::Yuan), Some(Unit::Wan));
        assert_eq!(unit_of(yuan, None), yuan);
        assert_eq!(unit_of(None, wan), wan);
        assert_eq!(unit_of(wan, wan), wan);
        assert_eq!(unit_of(yuan, wan), None);
        assert_eq!(unit_of(None, None), None);
    }
}

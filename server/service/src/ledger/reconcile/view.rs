//! What the pages of a reconciliation show, from what is kept. Decides nothing.

use super::{Case, entries_of};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::ledger::view::{instant, named};
use contract::ledger::reconcile::{
    BankFinding, BankLineView, BookItemView, MatchedView, PairView, ReconciliationLine, ReconciliationView,
    StepLine, Tallies, Tally, UnitHint, UnitMeant,
};
use domain::id::EntryId;
use domain::ledger::reconcile::{Direction, Pair, State, Step, read_in, reconcile, sum};
use domain::money::{Delta, Unit};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use store::ledger::reconcile::{Kept, Passed, Taken};

/// Findings kept with an export.
const FINDINGS: usize = 300;

/// The lines and entries of a case by what they are called.
struct Rows<'a> {
    case: &'a Case,
    amounts: HashMap<u32, Delta>,
    passed: HashMap<EntryId, &'a Passed>,
}

/// A reconciliation in a list. `turn` is the last step that changed how far it is.
pub(super) fn listed(
    kept: Kept,
    turn: Option<(String, String, Option<String>)>,
) -> Outcome<ReconciliationLine> {
    let (kind, name, tallies) = turn.unwrap_or_default();
    let state = match kind.as_str() {
        "submit" => State::Submitted,
        "sign" => State::Signed,
        "withdraw" => State::Withdrawn,
        _ => State::Open,
    };
    let tallies = tallies.map(|text| serde_json::from_str(&text)).transpose().map_err(unexpected)?;
    let signer = (state == State::Signed).then_some(name);
    Ok(line(kept, state, signer, tallies))
}

fn line(kept: Kept, state: State, signer: Option<String>, tallies: Option<Tallies>) -> ReconciliationLine {
    ReconciliationLine {
        reconciliation: kept.id,
        file_name: kept.file_name,
        area_name: kept.area_name,
        source: kept.source,
        from: kept.from,
        to: kept.to,
        lines: kept.lines,
        state,
        maker: kept.maker_name,
        signer,
        tallies,
        created: instant(kept.created_at),
    }
}

/// At most so many rows of each list.
pub(super) fn of(call: &Call, case: &Case, rows: usize) -> Outcome<ReconciliationView> {
    let Case { kept, taken, work, found, .. } = case;
    let shown = Rows::of(case);
    let tallies = tallies(case);
    let is_signed = work.state == State::Signed;
    let signer = taken.last().filter(|_| is_signed).map(|taken| taken.name.clone());
    let matched = found.matched.iter().take(rows).map(|matched| MatchedView {
        lines: matched.group.lines.iter().filter_map(|number| shown.line(*number)).collect(),
        entries: matched.group.entries.iter().filter_map(|entry| shown.item(*entry)).collect(),
        by: matched.by,
    });
    let pairs = |pairs: &[Pair]| pairs.iter().take(rows).filter_map(|pair| shown.pair(*pair)).collect();
    Ok(ReconciliationView {
        head: line(kept.clone(), work.state, signer, is_signed.then_some(tallies)),
        sha256: kept.sha256.clone(),
        faulty: kept.faulty,
        findings: serde_json::from_str(&kept.findings).map_err(unexpected)?,
        stated: kept.stated,
        unit: work.unit,
        hints: if work.unit.is_none() { hints(case) } else { Vec::new() },
        tallies,
        matched: matched.collect(),
        proposed: pairs(&found.proposed),
        differing: pairs(&found.differing),
        bank_only: found.bank_only.iter().take(rows).filter_map(|number| shown.line(*number)).collect(),
        book_only: found.book_only.iter().take(rows).filter_map(|entry| shown.item(*entry)).collect(),
        broken: count(found.broken.len()),
        returned: work.returned.clone().filter(|_| work.state == State::Open),
        steps: taken.iter().rev().map(step).collect(),
        seen: i64::try_from(taken.len()).unwrap_or(i64::MAX),
        digest: case.digest()?,
        known_at: case.known_at,
        own: call.actor().user().is_some_and(|user| work.hands.contains(&user)),
        key: call.new_id().to_string(),
        may: call.abilities(&kept.area),
    })
}

fn step(taken: &Taken) -> StepLine {
    let text = match &taken.act.step {
        Step::Explain { text, .. } => Some(text.clone()),
        Step::Return { reason } => Some(reason.clone()),
        Step::Unit { unit } => Some(unit.code().to_owned()),
        Step::Link { .. } | Step::Part { .. } | Step::Submit | Step::Withdraw | Step::Sign { .. } => None,
    };
    let code = taken.act.step.code().to_owned();
    StepLine { step: code, by: taken.name.clone(), at: instant(taken.at), text }
}

impl<'a> Rows<'a> {
    fn of(case: &'a Case) -> Rows<'a> {
        Rows {
            case,
            amounts: case.lines.iter().map(|line| (line.number, line.amount)).collect(),
            passed: case.passed.iter().map(|passed| (passed.item.entry, passed)).collect(),
        }
    }

    fn line(&self, number: u32) -> Option<BankLineView> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        let raw = self.case.raw.get(place)?.clone();
        Some(BankLineView {
            number,
            sheet: raw.sheet,
            cell: raw.cell,
            date: raw.date,
            direction: raw.direction,
            amount: self.amounts.get(&number).copied().unwrap_or(Delta::ZERO),
            voucher: raw.voucher,
            payee: raw.payee,
            memo: raw.memo,
            note: self.case.work.notes.lines.get(&number).cloned(),
        })
    }

    fn item(&self, entry: EntryId) -> Option<BookItemView> {
        let passed = *self.passed.get(&entry)?;
        Some(BookItemView {
            entry,
            seq: passed.seq,
            date: passed.item.date,
            direction: passed.item.direction,
            amount: passed.item.amount,
            project: named(passed.project.clone()),
            source: passed.source,
            year: passed.year,
            voucher: passed.item.voucher.clone(),
            document: passed.document.clone(),
            payee: passed.payee.clone(),
            note: self.case.work.notes.entries.get(&entry).cloned(),
        })
    }

    fn pair(&self, pair: Pair) -> Option<PairView> {
        Some(PairView { line: self.line(pair.line)?, item: self.item(pair.entry)? })
    }
}

/// What each unit would make of the file.
fn hints(case: &Case) -> Vec<UnitHint> {
    let items: Vec<_> = case.passed.iter().map(|passed| passed.item.clone()).collect();
    let meant = |unit: Unit| {
        let lines = read_in(&case.raw, unit).ok()?;
        let found = reconcile(&lines, &items, &case.work.hand);
        Some(UnitMeant {
            first: lines.first()?.amount,
            sum: sum(lines.iter().map(|line| line.amount)),
            matched: count(found.matched.len()),
        })
    };
    [Unit::Yuan, Unit::Wan].into_iter().map(|unit| UnitHint { unit, meant: meant(unit) }).collect()
}

fn tallies(case: &Case) -> Tallies {
    let found = &case.found;
    let bank = |numbers: Option<&BTreeSet<u32>>| {
        let lines = case.lines.iter().filter(|line| numbers.is_none_or(|some| some.contains(&line.number)));
        tally(lines.map(|line| (line.direction, line.amount)))
    };
    let book = |entries: &BTreeSet<EntryId>| {
        let items = case.passed.iter().filter(|passed| entries.contains(&passed.item.entry));
        tally(items.map(|passed| (passed.item.direction, Delta::from(passed.item.amount))))
    };
    let matched = found.matched.iter().flat_map(|matched| matched.group.lines.iter().copied()).collect();
    let all = bank(None);
    Tallies {
        // Without a unit there are lines, but no amounts.
        bank: Tally { count: case.kept.lines, ..all },
        book: book(&entries_of(found).collect()),
        matched: bank(Some(&matched)),
        proposed: count(found.proposed.len()),
        differing: count(found.differing.len()),
        bank_only: bank(Some(&found.bank_only.iter().copied().collect())),
        book_only: book(&found.book_only.iter().copied().collect()),
    }
}

fn tally(rows: impl Iterator<Item = (Direction, Delta)>) -> Tally {
    let rows: Vec<(Direction, Delta)> = rows.collect();
    let of = |way: Direction| sum(rows.iter().filter(|(found, _)| *found == way).map(|(_, amount)| *amount));
    Tally { count: count(rows.len()), incoming: of(Direction::In), outgoing: of(Direction::Out) }
}

pub(super) fn kept_tallies(case: &Case) -> Outcome<String> {
    json(&tallies(case))
}

/// The gravest first; a beginning of them.
pub(super) fn kept_findings(mut findings: Vec<BankFinding>) -> Outcome<String> {
    findings.sort_by_key(|finding| finding.severity);
    findings.truncate(FINDINGS);
    json(&findings)
}

pub(super) fn json<T: Serialize>(value: &T) -> Outcome<String> {
    serde_json::to_string(value).map_err(unexpected)
}

fn unexpected(fault: serde_json::Error) -> Failure {
    Failure::Unexpected(format!("reconciliation: {fault}"))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

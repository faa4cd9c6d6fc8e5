//! A batch becomes entries: its lines as they were staged, less what came into the ledger meanwhile; or the reversals of
//! another batch. Set by set, no question a line.

use super::judge::{Staged, line_of};
use super::{count, parse};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::ledger::write::{Desk, entry_id};
use contract::error::Refusal;
use contract::ledger::Sums;
use contract::ledger::batch::BatchState;
use domain::area::AreaPath;
use domain::fund::Notice;
use domain::id::{BatchId, NoticeId, ProjectId};
use domain::ledger::{Exception, Key, Movement, Paper, PerStage, Posting, Reversal, Signed, Stage, Totals};
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
use domain::permission::Permit;
use domain::source::Source;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::ledger::batch::{self, Batch, StagedLine};
use store::ledger::entry::{self, Filter, Kept};
use store::ledger::{NewEntry, project};
use store::{Conn, Tx};

/// Sheet and cell.
type Cell = (String, String);
/// Number, source and year: what makes lines of 下达 one notice.
pub(super) type NoticeKey = (String, Source, FiscalYear);

/// Writes the lines of an import; how many were new, and how many stood there meanwhile. What breaks the order of stages
/// goes in as an exception that the approver answers for.
pub(super) async fn lines(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    batch: &Batch,
    signed: Signed,
) -> Outcome<(u32, u32)> {
    let staged = batch::lines(tx, batch).await?;
    let read = |line: StagedLine| Ok((parse::<Staged>(&line.body)?, (line.sheet, line.cell)));
    let staged = staged.into_iter().map(read).collect::<Outcome<Vec<_>>>()?;
    let total = staged.len();
    let desk = Desk::open(tx, &keys(tx, call, &staged).await?).await?;
    // The head is held: what stands now, stands until these lines are written.
    let fresh = fresh(tx, call, staged).await?;
    let notices = notices(call, tx, permit, batch, &fresh).await?;
    let mut entries = Vec::with_capacity(fresh.len());
    for (posting, place) in fresh {
        let entry = posting.enter(entry_id(call), signed, desk.months(&posting.key)?)?;
        let notice = notice_key(&posting).and_then(|key| notices.get(&key).copied());
        let area = desk.area(&posting.key)?.clone();
        entries.push(NewEntry {
            entry,
            area,
            notice,
            batch: Some(batch.id),
            place: Some(place),
            exception: None,
        });
    }
    let written = entries.len();
    let exception = Exception::new(signed.checker(), &batch.file_name)?;
    desk.write(tx, permit, entries, Some(&exception)).await?;
    Ok((count(written), count(total - written)))
}

/// Positions of the lines; every project must still be in the person's scope.
async fn keys(tx: &Tx, call: &Call, staged: &[(Staged, Cell)]) -> Outcome<BTreeMap<Key, AreaPath>> {
    let ids: BTreeSet<ProjectId> = staged.iter().map(|(line, _)| line.posting.key.project).collect();
    let ids: Vec<ProjectId> = ids.into_iter().collect();
    let found = project::by_ids(tx, &call.scope(), &ids).await?;
    let areas: HashMap<ProjectId, AreaPath> = found.into_iter().map(|named| (named.id, named.area)).collect();
    let key = |(line, _): &(Staged, Cell)| {
        let area = areas.get(&line.posting.key.project).ok_or(Failure::NotFound)?;
        Ok((line.posting.key, area.clone()))
    };
    staged.iter().map(key).collect()
}

/// Without those that came into the ledger since they were staged.
async fn fresh(tx: &Tx, call: &Call, staged: Vec<(Staged, Cell)>) -> Outcome<Vec<(Posting, Cell)>> {
    let key = |line: &Staged| line_of(&line.posting).key();
    let keys: BTreeSet<String> = staged.iter().map(|(line, _)| key(line)).collect();
    let keys: Vec<String> = keys.into_iter().collect();
    let standing = entry::standing(tx, &call.scope(), &keys).await?;
    let is_fresh = |line: &Staged| line.ordinal > standing.get(&key(line)).copied().unwrap_or_default();
    let fresh = staged.into_iter().filter(|(line, _)| is_fresh(line));
    Ok(fresh.map(|(line, cell)| (line.posting, cell)).collect())
}

pub(super) fn notice_key(posting: &Posting) -> Option<NoticeKey> {
    let document = posting.paper.document.as_ref().filter(|_| posting.movement == Movement::Issue)?;
    Some((store::fund::document_key(document), posting.key.source, posting.key.year))
}

/// The notices that the lines of 下达 stand on: those registered for the maker's area, or new ones of the lines' sum and
/// earliest date.
async fn notices(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    batch: &Batch,
    lines: &[(Posting, Cell)],
) -> Outcome<HashMap<NoticeKey, NoticeId>> {
    let mut wanted: BTreeMap<NoticeKey, Notice> = BTreeMap::new();
    for (posting, _) in lines {
        let Some(key) = notice_key(posting) else { continue };
        let notice = wanted.entry(key).or_insert_with(|| Notice {
            id: NoticeId::new(call.new_id()),
            document: posting.paper.document.clone().unwrap_or_default(),
            date: posting.date,
            source: posting.key.source,
            year: posting.key.year,
            area: batch.area.clone(),
            amount: Money::ZERO,
        });
        notice.date = notice.date.min(posting.date);
        let sum = notice.amount.checked_add(posting.amount);
        notice.amount = sum.ok_or(domain::fund::Refusal::TooLarge)?;
    }
    let documents: BTreeSet<String> = wanted.keys().map(|(document, ..)| document.clone()).collect();
    let documents: Vec<String> = documents.into_iter().collect();
    let mut ids = HashMap::new();
    for kept in store::fund::by_documents(tx, &call.scope(), &[batch.area.code()], &documents).await? {
        let found = kept.notice;
        let key = (store::fund::document_key(&found.document), found.source, found.year);
        let Some(notice) = wanted.remove(&key) else { continue };
        ids.insert(key, found.id);
        if kept.withdrawn {
            store::fund::revive(tx, permit, &Notice { id: found.id, ..notice }, batch.id).await?;
        }
    }
    ids.extend(wanted.iter().map(|(key, notice)| (key.clone(), notice.id)));
    let new: Vec<Notice> = wanted.into_values().collect();
    store::fund::insert(tx, permit, &new, Some(batch.id)).await?;
    Ok(ids)
}

/// Entries of a batch that nobody reversed yet.
pub(super) async fn standing(conn: &Conn, call: &Call, batch: BatchId) -> Outcome<Vec<Kept>> {
    let filter = Filter { batch: Some(batch), ..Filter::default() };
    let mut all = entry::all(conn, &call.scope(), &filter).await?;
    all.retain(|kept| kept.entry.reverses.is_none() && kept.reversed_by.is_none());
    Ok(all)
}

/// What reversing these entries takes away.
pub(super) fn taken_back(standing: &[Kept]) -> Sums {
    let moved = standing.iter().map(|kept| (kept.entry.posting.movement, kept.entry.effect()));
    let sums = Sums::from(&Totals::default().after_all(moved).unwrap_or_default());
    let minus = |row: &PerStage<Delta>| PerStage::of(|stage: Stage| Delta::from_fen(-row.get(stage).fen()));
    Sums {
        entered: minus(&sums.entered),
        recovered: minus(&sums.recovered),
        moved_out: minus(&sums.moved_out),
        moved_in: minus(&sums.moved_in),
    }
}

/// Reverses every entry of the other batch that still stands, judged by where each position ends.
pub(super) async fn reversals(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    undo: &Batch,
    signed: Signed,
) -> Outcome<u32> {
    let undone = undo.undoes.ok_or(Failure::NotFound)?;
    let mut original = batch::load_for_update(tx, &call.scope(), undone).await?;
    if original.state != BatchState::Approved {
        return Err(Failure::Refused(Refusal::BatchNotReady));
    }
    // The order of every write: notices, positions, head.
    store::fund::hold_of_batch(tx, undone).await?;
    let before = standing(tx, call, undone).await?;
    let keys = before.iter().map(|kept| (kept.entry.posting.key, kept.area.clone())).collect();
    let desk = Desk::open(tx, &keys).await?;
    // Again, now that nobody else writes: one of them may have been reversed by hand.
    let all = standing(tx, call, undone).await?;
    let mut entries = Vec::with_capacity(all.len());
    for kept in all {
        let order = Reversal {
            entry: kept.entry.id,
            // An imported history may be dated ahead; its reversal is never dated before it.
            date: call.today().max(kept.entry.posting.date),
            paper: Paper::default(),
            reason: undo.reason.clone().unwrap_or_else(|| undo.file_name.clone()),
        };
        let months = desk.months(&kept.entry.posting.key)?;
        let entry = kept.entry.reverse(&order, entry_id(call), kept.reversed_by, signed, months)?;
        let (area, notice) = (kept.area, kept.notice);
        entries.push(NewEntry { entry, area, notice, batch: Some(undo.id), place: None, exception: None });
    }
    let written = count(entries.len());
    desk.write(tx, permit, entries, None).await?;
    store::fund::withdraw(tx, permit, undone).await?;
    original.state = BatchState::Undone;
    batch::decide(tx, permit, &original).await?;
    Ok(written)
}

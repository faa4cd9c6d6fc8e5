//! A book of communities (安置点台账) on its way in: compared by code, then by name within the county, applied as a
//! whole, taken back as a whole or row by row.

mod compare;

use super::staged::{Judged, Summary, Work, broken, json, read};
use crate::area::Resolved;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::claim;
use contract::error::Refusal;
use contract::import::{Counts, RowOutcome};
use domain::area::{AreaCode, AreaPath};
use domain::finding::Finding;
use domain::id::{ChangeSetId, SiteId};
use domain::permission::{Action, Permit};
use domain::site::SiteFacts;
use sheet::staged::Parsed;
use std::collections::{BTreeMap, HashSet};
use store::history::{Effect, NewSet, SetKind};
use store::import::done::{self, Done};
use store::site::Site;
use store::{Conn, Tx};

const ROUTE: &str = "import/commit_sites";

/// What is to become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteVerdict {
    New(Box<SiteFacts>),
    Changed {
        target: Box<Site>,
        after: Box<SiteFacts>,
        /// column key, text before and after
        changes: Vec<(String, Option<String>, Option<String>)>,
    },
    Same,
    Faulty,
    Skipped,
}

/// One row after comparison.
#[derive(Clone, Debug)]
pub struct SiteCompared {
    pub sheet: String,
    /// from 1
    pub row: u32,
    pub verdict: SiteVerdict,
    pub area: Option<AreaCode>,
}

/// The whole book after comparison.
#[derive(Clone, Debug, Default)]
pub struct SiteComparison {
    pub rows: Vec<SiteCompared>,
    /// Of reading and of comparing, in file order.
    pub findings: Vec<Finding>,
}

/// What came of a commit.
#[derive(Clone, Debug)]
pub enum SitesCommitted {
    Done {
        comparison: SiteComparison,
    },
    /// Some rows cannot go in and nobody said to leave them out; nothing was changed.
    Held {
        comparison: SiteComparison,
    },
    /// The same key was used before; nothing was changed again.
    Repeated,
}

impl SiteVerdict {
    pub const fn outcome(&self) -> RowOutcome {
        match self {
            SiteVerdict::New(_) => RowOutcome::New,
            SiteVerdict::Changed { .. } => RowOutcome::Changed,
            SiteVerdict::Same => RowOutcome::Same,
            SiteVerdict::Faulty => RowOutcome::Faulty,
            SiteVerdict::Skipped => RowOutcome::Skipped,
        }
    }
}

impl SiteComparison {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.rows.iter().for_each(|row| counts.add(row.verdict.outcome()));
        counts
    }
}

/// Compares a book with what is kept; changes nothing.
pub async fn compare(call: &Call, parsed: &Parsed) -> Outcome<SiteComparison> {
    call.permit(Action::ImportWorkbook, &call.area())?;
    compared(call, &*call.read().await?, parsed, &HashSet::new()).await
}

/// Compares and applies in one transaction, once under one key.
pub async fn commit(call: &Call, parsed: Parsed, skip_faulty: bool, key: String) -> Outcome<SitesCommitted> {
    let call = call.clone();
    call.app().clone().see_through(async move { apply_book(&call, &parsed, skip_faulty, &key).await }).await
}

async fn apply_book(call: &Call, parsed: &Parsed, skip_faulty: bool, key: &str) -> Outcome<SitesCommitted> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let tx = call.begin().await?;
    if !claim(&tx, &permit, ROUTE, key, &(parsed, skip_faulty)).await? {
        return Ok(SitesCommitted::Repeated);
    }
    let comparison = compared(call, &tx, parsed, &HashSet::new()).await?;
    let counts = comparison.counts();
    if counts.open() > 0 && !skip_faulty {
        tx.rollback().await?;
        return Ok(SitesCommitted::Held { comparison });
    }
    write(call, &tx, &comparison).await?;
    store::idempotency::keep(&tx, &permit, ROUTE, key, "").await?;
    tx.commit().await?;
    Ok(SitesCommitted::Done { comparison })
}

async fn compared(
    call: &Call,
    conn: &Conn,
    parsed: &Parsed,
    skipped: &HashSet<super::RowPlace>,
) -> Outcome<SiteComparison> {
    let mut names: BTreeMap<String, Resolved> = BTreeMap::new();
    for row in &parsed.rows {
        let name = compare::place(row);
        if !name.is_empty() && !names.contains_key(name) {
            names.insert(name.to_owned(), crate::area::resolve(call, name).await?);
        }
    }
    let known = compare::load(call, conn, parsed, names).await?;
    Ok(compare::compare(parsed, &known, skipped))
}

/// Compares a batch in hand.
pub(super) async fn judge(call: &Call, conn: &Conn, work: &mut Work) -> Outcome<()> {
    let comparison = of_work(call, conn, work).await?;
    note(work, &comparison)
}

async fn of_work(call: &Call, conn: &Conn, work: &Work) -> Outcome<SiteComparison> {
    let mut skipped = HashSet::new();
    for (at, line) in work.lines.iter().enumerate() {
        if work.choice(at)?.skip {
            skipped.insert((line.sheet.clone(), line.row));
        }
    }
    compared(call, conn, &work.parsed(), &skipped).await
}

fn note(work: &mut Work, comparison: &SiteComparison) -> Outcome<()> {
    let mut findings = super::judge::by_row(&comparison.findings);
    for (line, compared) in work.lines.iter_mut().zip(&comparison.rows) {
        line.outcome = compared.verdict.outcome();
        line.findings = json(&findings.remove(&(line.sheet.clone(), line.row)).unwrap_or_default())?;
        let (changes, target) = match &compared.verdict {
            SiteVerdict::Changed { changes, target, .. } => (changes.clone(), Some(target.id.to_string())),
            SiteVerdict::New(_) | SiteVerdict::Same | SiteVerdict::Faulty | SiteVerdict::Skipped => {
                (Vec::new(), None)
            }
        };
        line.judged = json(&Judged { changes, area: compared.area, ..Judged::default() })?;
        line.target = target;
    }
    work.summary = Summary {
        findings: u32::try_from(comparison.findings.len()).unwrap_or(u32::MAX),
        counts: comparison.counts(),
        ..std::mem::take(&mut work.summary)
    };
    Ok(())
}

/// A staged book goes in, unless rows hold it back; tells the rows by outcome.
pub(super) async fn apply(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    mut work: Work,
    skip_faulty: bool,
) -> Outcome<Counts> {
    let comparison = of_work(call, tx, &work).await?;
    let counts = comparison.counts();
    if counts.open() > 0 && !skip_faulty {
        return Ok(counts);
    }
    let before = work.lines.clone();
    note(&mut work, &comparison)?;
    if counts.ready() > 0 {
        let set = ChangeSetId::new(call.new_id());
        let batch = Some(work.batch.id);
        let opened = NewSet { id: set, kind: SetKind::Import, batch, note: None, undoes: None };
        store::history::open(tx, permit, &opened).await?;
        let rows = write(call, tx, &comparison).await?;
        done::insert(tx, permit, work.batch.id, rows).await?;
        work.batch.change_set = Some(set);
    }
    super::apply::committed(tx, permit, &mut work, &before, &counts).await?;
    Ok(counts)
}

/// Makes and changes communities, each under the right to edit them where they lie; tells what became of each row.
async fn write(call: &Call, tx: &Tx, comparison: &SiteComparison) -> Outcome<Vec<Done>> {
    let mut made: BTreeMap<AreaCode, Vec<(SiteId, SiteFacts)>> = BTreeMap::new();
    let mut rows = Vec::new();
    for row in &comparison.rows {
        let (object, effect, version_after, before) = match &row.verdict {
            SiteVerdict::New(facts) => {
                let id = SiteId::new(call.new_id());
                made.entry(facts.area).or_default().push((id, facts.as_ref().clone()));
                (id, Effect::Created, 1, None)
            }
            SiteVerdict::Changed { target, after, .. } => {
                let permit = call.permit(Action::EditSite, &target.area_path)?;
                store::site::update(tx, &permit, target.id, after, target.version).await?;
                (target.id, Effect::Changed, target.version + 1, Some(json(&target.facts)?))
            }
            SiteVerdict::Same | SiteVerdict::Faulty | SiteVerdict::Skipped => continue,
        };
        rows.push(Done {
            sheet: row.sheet.clone(),
            row: row.row,
            object: object.to_string(),
            effect,
            version_after,
            before,
            undone: false,
            untouched: true,
            has_money: false,
        });
    }
    for (area, sites) in made {
        let permit = call.permit(Action::EditSite, &path(call, tx, area).await?)?;
        store::site::insert_many(tx, &permit, &sites).await?;
    }
    Ok(rows)
}

async fn path(call: &Call, tx: &Tx, area: AreaCode) -> Outcome<AreaPath> {
    Ok(store::area::load(tx, &call.scope(), area).await?.path)
}

/// Takes rows back: removes what they made, puts back what they changed.
pub(super) async fn revert(call: &Call, tx: &Tx, permit: &Permit, rows: &[Done]) -> Outcome<()> {
    let ids = rows.iter().map(|row| row.object.parse().map_err(|_| broken("a row that made no community")));
    let ids = ids.collect::<Outcome<Vec<SiteId>>>()?;
    let found = store::import::site::load_many(tx, &call.scope(), &ids).await?;
    let found: BTreeMap<String, Site> = found.into_iter().map(|site| (site.id.to_string(), site)).collect();
    let mut removed = Vec::new();
    for row in rows {
        let site = found.get(&row.object).ok_or(Failure::NotFound)?;
        if site.version != row.version_after {
            return Err(Failure::Refused(Refusal::ChangedSince { rows: 1 }));
        }
        match (row.effect, &row.before) {
            (Effect::Changed, Some(before)) => {
                let before: SiteFacts = read(before)?;
                store::site::update(tx, permit, site.id, &before, site.version).await?;
            }
            (Effect::Created, _) => removed.push(site.clone()),
            (Effect::Changed | Effect::Removed, _) => return Err(broken("a row without its past")),
        }
    }
    Ok(store::import::site::remove_many(tx, permit, &removed).await?)
}

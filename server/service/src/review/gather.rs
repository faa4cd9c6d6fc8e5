//! The facts of all projects and sites of one area, with few questions to the database. Leaves out what is not known;
//! decides nothing.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::plan_year;
use chrono::NaiveDate;
use domain::area::AreaPath;
use domain::id::{ProjectId, SiteId};
use domain::ledger::{Kind, Position, Stage};
use domain::money::Money;
use domain::period::FiscalYear;
use domain::review::facts::{EntryFact, EntryKind, Facts, Recovered, SourceFacts};
use domain::site::SiteFacts;
use domain::source::Source;
use domain::usage::Use;
use std::collections::BTreeMap;
use store::Conn;
use store::ledger::position;
use store::review::facts::{Standing, entries, jobs};

/// Everything of one area that rules look at.
pub(super) struct Gathered {
    pub projects: BTreeMap<ProjectId, Facts>,
    pub sites: BTreeMap<SiteId, (AreaPath, SiteFacts)>,
}

/// What lies in this very area; what lies in areas under it is theirs.
pub(super) async fn gather(conn: &Conn, call: &Call, area: &AreaPath) -> Outcome<Gathered> {
    let scope = call.scope().narrowed(area).ok_or(Failure::NotFound)?;
    let here = [area.code()];
    let sites = store::site::newest::of_areas(conn, &scope, &here).await?;
    let sites: BTreeMap<SiteId, (AreaPath, SiteFacts)> =
        sites.into_iter().map(|site| (site.id, (site.area_path, site.facts))).collect();
    let found = store::project::in_areas(conn, &scope, &here, plan_year(call)?).await?;
    let mut projects: BTreeMap<ProjectId, Facts> = BTreeMap::new();
    for project in found {
        let mut facts = Facts::new(project.id, project.facts, project.area_path);
        let serves = facts.project.sites.iter().filter_map(|id| sites.get(id));
        facts.sites = serves.map(|(_, site)| site.clone()).collect();
        projects.insert(project.id, facts);
    }
    let ids: Vec<ProjectId> = projects.keys().copied().collect();
    for (project, fact) in jobs(conn, &scope, &ids).await? {
        if let Some(facts) = projects.get_mut(&project) {
            facts.jobs.push(fact);
        }
    }
    for facts in projects.values_mut() {
        // While works go on those present are builders; posts are filled by whoever is there afterwards.
        let present = facts.jobs.iter().rev().find_map(|jobs| jobs.present);
        facts.posts_filled = present.filter(|_| facts.has_finished());
    }
    for standing in entries(conn, &ids).await? {
        if let Some(facts) = projects.get_mut(&standing.project) {
            facts.entries.push(entry_fact(standing));
        }
    }
    for (key, held) in position::of(conn, &ids).await? {
        if let Some(facts) = projects.get_mut(&key.project) {
            let position = source_facts(&held.position, &facts.entries)?;
            facts.positions.push(position);
        }
    }
    Ok(Gathered { projects, sites })
}

fn entry_fact(standing: Standing) -> EntryFact {
    EntryFact {
        sequence: standing.seq,
        date: standing.date,
        kind: match standing.movement.kind() {
            Kind::Issue => EntryKind::Issue,
            Kind::Receive => EntryKind::Receive,
            Kind::Disburse => EntryKind::Disburse,
            Kind::Pay => EntryKind::Pay,
            Kind::Recover => EntryKind::Recover,
            Kind::Transfer => EntryKind::Adjust,
        },
        source: standing.source,
        year: Some(standing.year),
        amount: standing.amount,
        voucher: standing.voucher,
        document: standing.document,
        invoice: None,
        payee: standing.payee,
        purpose: standing.purpose.as_deref().and_then(Use::find),
    }
}

/// What an adjustment brought in counts at its stage and at all before; what it took away counts as recovered.
fn source_facts(position: &Position, entries: &[EntryFact]) -> Outcome<SourceFacts> {
    let too_large = || Failure::Unexpected("a position is beyond the range of amounts".to_owned());
    let (key, totals) = (position.key(), position.totals());
    let reached = |stage: Stage| {
        let later = Stage::ALL.into_iter().filter(|other| *other >= stage);
        Money::sum(later.map(|stage| *totals.moved_in.get(stage)).chain([*totals.entered.get(stage)]))
            .ok_or_else(too_large)
    };
    let gone = |stage: Stage| {
        Money::sum([*totals.recovered.get(stage), *totals.moved_out.get(stage)]).ok_or_else(too_large)
    };
    let of = |kind: EntryKind| own(entries, key.source, key.year, kind);
    let recovered = Recovered {
        issued: gone(Stage::Issued)?,
        received: gone(Stage::Received)?,
        disbursed: gone(Stage::Disbursed)?,
        paid: gone(Stage::Paid)?,
    };
    let paid = reached(Stage::Paid)?;
    let used = Money::sum([paid, recovered.received, recovered.disbursed]).ok_or_else(too_large)?;
    Ok(SourceFacts {
        issued: reached(Stage::Issued)?,
        received: reached(Stage::Received)?,
        disbursed: reached(Stage::Disbursed)?,
        paid,
        recovered,
        first_issued_on: of(EntryKind::Issue).first().map(|(date, _)| *date),
        first_received_on: of(EntryKind::Receive).first().map(|(date, _)| *date),
        first_disbursed_on: of(EntryKind::Disburse).first().map(|(date, _)| *date),
        last_disbursed_on: of(EntryKind::Disburse).last().map(|(date, _)| *date),
        oldest_unspent_receipt: oldest_unspent(&of(EntryKind::Receive), used),
        ..SourceFacts::new(key.source, Some(key.year))
    })
}

/// Dates and amounts of one kind in one position, by date.
fn own(entries: &[EntryFact], source: Source, year: FiscalYear, kind: EntryKind) -> Vec<(NaiveDate, Money)> {
    let own = |entry: &&EntryFact| entry.source == source && entry.year == Some(year) && entry.kind == kind;
    let mut found: Vec<(NaiveDate, Money)> =
        entries.iter().filter(own).map(|entry| (entry.date, entry.amount)).collect();
    found.sort_unstable();
    found
}

/// The oldest money goes first: the date of the first receipt that `used` does not cover.
fn oldest_unspent(receipts: &[(NaiveDate, Money)], used: Money) -> Option<NaiveDate> {
    let mut left = used.fen();
    for (date, amount) in receipts {
        if amount.fen() > left {
            return Some(*date);
        }
        left -= amount.fen();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_money_goes_first() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let fen = |fen| Money::from_fen(fen).unwrap();
        let receipts = [(day(1), fen(100)), (day(5), fen(50))];
        assert_eq!(oldest_unspent(&receipts, fen(0)), Some(day(1)));
        assert_eq!(oldest_unspent(&receipts, fen(99)), Some(day(1)));
        assert_eq!(oldest_unspent(&receipts, fen(100)), Some(day(5)));
        assert_eq!(oldest_unspent(&receipts, fen(150)), None);
        assert_eq!(oldest_unspent(&[], fen(0)), None);
    }
}

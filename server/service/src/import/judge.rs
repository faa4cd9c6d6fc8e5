//! A batch in hand compared with what is kept: every row gets its outcome, the file its counts and its effect.

use super::staged::{Judged, Summary, Work, json};
use super::{Comparison, RowPlace, Verdict, compare, known, site};
use crate::call::Call;
use crate::failure::Outcome;
use contract::import::{Counts, Effect, ImportKind, UnknownSite};
use domain::finding::Finding;
use domain::money::Money;
use domain::period::{FiscalYear, Horizon};
use domain::permission::Permit;
use domain::project::ProjectFacts;
use std::collections::{BTreeMap, HashMap};
use store::Conn;
use store::import::row::{self, StagedLine};
use store::project::filter::{Filter, Standing};
use store::project::totals::totals;

/// Compares all rows. Without a plan year projects cannot be compared; the rows then wait.
pub(super) async fn judge(call: &Call, conn: &Conn, work: &mut Work) -> Outcome<()> {
    match work.batch.kind {
        ImportKind::Sites => site::judge(call, conn, work).await,
        ImportKind::Projects => {
            work.batch.plan_year = work.plan_year();
            let Some(year) = work.batch.plan_year else { return wait(work) };
            let comparison = projects(call, conn, work, year).await?;
            note(call, conn, work, &comparison).await
        }
    }
}

/// The comparison of a batch of projects.
pub(super) async fn projects(call: &Call, conn: &Conn, work: &Work, year: FiscalYear) -> Outcome<Comparison> {
    let (parsed, choices) = (work.parsed(), work.choices()?);
    let areas = known::areas(call, &parsed).await?;
    let known = known::load(conn, call, &parsed, &choices, areas, year).await?;
    Ok(compare::compare(&parsed, &known, &choices, year))
}

fn wait(work: &mut Work) -> Outcome<()> {
    let mut counts = Counts::default();
    let mut findings = 0;
    for (line, row) in work.lines.iter().zip(&work.rows) {
        counts.add(line.outcome);
        findings += row.findings.len();
    }
    work.summary.counts = counts;
    work.summary.findings = u32::try_from(findings).unwrap_or(u32::MAX);
    Ok(())
}

/// Puts the outcome of each row and of the file into the batch.
pub(super) async fn note(call: &Call, conn: &Conn, work: &mut Work, comparison: &Comparison) -> Outcome<()> {
    let mut findings = by_row(&comparison.findings);
    for (line, compared) in work.lines.iter_mut().zip(&comparison.rows) {
        line.outcome = compared.verdict.outcome();
        line.findings = json(&findings.remove(&(line.sheet.clone(), line.row)).unwrap_or_default())?;
        line.judged = json(&Judged::of(compared))?;
        // The version at first sight stays: whatever is changed later by others is a conflict to choose.
        let target = compared.target.map(|(id, _)| id.to_string());
        if line.target != target {
            line.base_version = compared.target.map(|(_, version)| version);
            line.target = target;
        }
    }
    let areas = store::area::all(conn, &call.scope()).await?;
    let names: HashMap<_, _> = areas.iter().map(|area| (area.code, area.name.clone())).collect();
    let unknown_sites = comparison.unknown_sites.iter().map(|((area, name), rows)| UnknownSite {
        name: name.clone(),
        area: area.to_string(),
        area_name: names.get(area).cloned().unwrap_or_else(|| area.to_string()),
        rows: *rows,
    });
    work.summary = Summary {
        findings: u32::try_from(comparison.findings.len()).unwrap_or(u32::MAX),
        counts: comparison.counts(),
        unknown_sites: unknown_sites.collect(),
        name_matches: comparison.name_matches,
        effect: effect(call, conn, comparison).await?,
        ..std::mem::take(&mut work.summary)
    };
    Ok(())
}

/// Findings by the row they stand on.
pub(super) fn by_row(findings: &[Finding]) -> HashMap<RowPlace, Vec<&Finding>> {
    let mut by_row: HashMap<RowPlace, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        by_row.entry((finding.place.sheet.clone(), finding.place.row)).or_default().push(finding);
    }
    by_row
}

/// Per list: what stands there now and what will after the commit.
async fn effect(call: &Call, conn: &Conn, comparison: &Comparison) -> Outcome<Vec<Effect>> {
    let mut moves: BTreeMap<Horizon, (i64, i64)> = BTreeMap::new();
    let mut add = |facts: &ProjectFacts, sign: i64| {
        if let Some(horizon) = facts.horizon {
            let (projects, fen) = moves.entry(horizon).or_default();
            *projects += sign;
            *fen = fen.saturating_add(sign * facts.total.map_or(0, |total| total.fen()));
        }
    };
    for row in &comparison.rows {
        match &row.verdict {
            Verdict::New(facts) => add(facts, 1),
            Verdict::Changed { target, after, .. } => {
                add(&target.facts, -1);
                add(after, 1);
            }
            Verdict::Same
            | Verdict::Faulty
            | Verdict::Unclear { .. }
            | Verdict::Conflict { .. }
            | Verdict::Skipped => (),
        }
    }
    let mut effect = Vec::new();
    for horizon in Horizon::ALL {
        let filter = Filter::new(comparison.plan_year, Standing::List(horizon));
        let now = totals(conn, &call.scope(), &filter).await?;
        let (projects, fen) = moves.get(&horizon).copied().unwrap_or_default();
        let total_before = now.amounts.get(&domain::project::Field::Total).copied().unwrap_or(Money::ZERO);
        effect.push(Effect {
            horizon,
            projects_before: now.projects,
            projects_after: now.projects.saturating_add_signed(projects),
            total_before,
            total_after: Money::from_fen(total_before.fen().saturating_add(fen)).unwrap_or(Money::ZERO),
        });
    }
    Ok(effect)
}

/// Saves a judged batch and those of its rows that differ from `before`, as one decision of the person.
pub(super) async fn save(
    tx: &store::Tx,
    permit: &Permit,
    work: &mut Work,
    before: &[StagedLine],
    act: Option<&str>,
) -> Outcome<()> {
    let changed: Vec<StagedLine> =
        work.lines.iter().zip(before).filter(|(now, then)| now != then).map(|(now, _)| now.clone()).collect();
    row::save(tx, permit, work.batch.id, &changed).await?;
    work.batch.settings = json(&work.settings)?;
    work.batch.summary = json(&work.summary)?;
    Ok(store::import::batch::save(tx, permit, &work.batch, act).await?)
}

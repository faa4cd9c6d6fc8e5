//! Findings: the run of all rules over an area, the desk on which its findings lie, the steps of people. Knows no rule.

mod gather;
pub mod run;
pub mod step;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use chrono::DateTime;
use contract::review::{DeskView, FindingGroup, FindingLine, FindingProject, FindingQuery, RuleLine};
use domain::area::AreaCode;
use domain::id::ProjectId;
use domain::permission::Action;
use domain::review::catalogue;
use domain::review::edition::Editions;
use domain::review::predicate::{Check, checks};
use domain::review::rule::RuleCode;
use domain::review::workflow::StateName;
use std::collections::BTreeMap;
use store::review::Kept;

/// Findings of the person's area, folded by group.
pub async fn desk(call: &Call, query: FindingQuery) -> Outcome<DeskView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let all = store::review::list(&conn, &scope).await?;
    let states = StateName::ALL.map(|state| (state, count(&all, state))).to_vec();
    let narrowed = match query.area {
        Some(code) => Some(store::area::load(&conn, &scope, code).await?.path),
        None => None,
    };
    let asked = |kept: &Kept| {
        query.rule.is_none_or(|rule| kept.finding.rule == rule)
            && query.level.is_none_or(|level| kept.finding.level == level)
            && narrowed.as_ref().is_none_or(|area| area.contains(&kept.area_path))
            && query.state.map_or(is_open(kept.state.name()), |state| kept.state.name() == state)
    };
    let found: Vec<Kept> = all.into_iter().filter(asked).collect();
    let areas = store::area::all(&conn, &scope).await?;
    let areas: BTreeMap<AreaCode, String> = areas.into_iter().map(|area| (area.code, area.name)).collect();
    let mut ids: Vec<ProjectId> = found.iter().filter_map(|kept| kept.finding.subject.project()).collect();
    ids.sort_unstable();
    ids.dedup();
    let named = store::ledger::project::by_ids(&conn, &scope, &ids).await?;
    let projects: BTreeMap<ProjectId, FindingProject> = named
        .into_iter()
        .map(|named| {
            let (project, number) = (named.id, named.number);
            (project, FindingProject { project, number, name: named.name, code: named.code })
        })
        .collect();
    let lines = found.into_iter().map(|kept| FindingLine {
        id: kept.id,
        version: kept.version,
        area_name: areas.get(&kept.area_path.code()).cloned().unwrap_or_default(),
        project: kept.finding.subject.project().and_then(|id| projects.get(&id).cloned()),
        days_overdue: kept.state.days_overdue(call.today()),
        found: DateTime::from_timestamp_millis(kept.found_at).unwrap_or_default().naive_utc(),
        finding: kept.finding,
        state: kept.state,
    });
    Ok(DeskView { groups: groups(lines), states, may: call.abilities(scope.area()) })
}

fn count(all: &[Kept], state: StateName) -> u32 {
    u32::try_from(all.iter().filter(|kept| kept.state.name() == state).count()).unwrap_or(u32::MAX)
}

/// Still waiting for somebody.
const fn is_open(state: StateName) -> bool {
    match state {
        StateName::Pending | StateName::Verified | StateName::Rectifying | StateName::Rectified => true,
        StateName::Dismissed | StateName::Closed | StateName::Vanished => false,
    }
}

fn groups(lines: impl Iterator<Item = FindingLine>) -> Vec<FindingGroup> {
    let mut groups: BTreeMap<_, FindingGroup> = BTreeMap::new();
    for line in lines {
        let (rule, group, level) = (line.finding.rule, line.finding.group.clone(), line.finding.level);
        let new = || FindingGroup { group: group.clone(), rule, level, findings: Vec::new() };
        groups.entry((rule, group.clone())).or_insert_with(new).findings.push(line);
    }
    let mut groups: Vec<FindingGroup> = groups.into_values().collect();
    groups.sort_by_key(|group| (group.rule, std::cmp::Reverse(group.findings.len())));
    groups
}

/// Every rule with its editions and what it lacks.
pub async fn rules(call: &Call, (): ()) -> Outcome<Vec<RuleLine>> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, call.scope().area())?;
    let editions = editions(store::review::editions(&conn).await?, call)?;
    let line = |rule: RuleCode| {
        let lacking = checks(rule).iter().filter_map(|check| match check {
            Check::Lacking(names) => Some(*names),
            Check::Project(_)
            | Check::Source(_)
            | Check::Position(_)
            | Check::Payment(_)
            | Check::Elsewhere(_) => None,
        });
        RuleLine { rule, editions: editions.of(rule).to_vec(), lacking: lacking.flatten().copied().collect() }
    };
    Ok(RuleCode::ALL.into_iter().map(line).collect())
}

/// The kept editions; before the first run those that come with the product.
pub(crate) fn editions(kept: Option<Editions>, call: &Call) -> Outcome<Editions> {
    match kept {
        Some(editions) => Ok(editions),
        None => Editions::new(catalogue::shipped(call.today()))
            .map_err(|fault| Failure::Unexpected(fault.to_string())),
    }
}

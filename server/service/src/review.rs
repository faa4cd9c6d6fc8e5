//! Findings: the desk on which they lie, one with everything about it. Walks of the rules, the steps of people, the
//! catalogue and the lists on paper stand beside. Knows no rule.

pub mod follow;
mod gather;
pub(crate) mod job;
mod judge;
mod order;
pub mod paper;
pub mod rules;
mod run;
pub mod step;
pub mod walk;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::review::{
    DeskLine, DeskView, FindingLine, FindingProject, FindingQuery, FindingView, Standing, StepLine,
};
use domain::area::AreaCode;
use domain::id::{FindingId, ProjectId};
use domain::permission::Action;
use domain::review::catalogue;
use domain::review::edition::Editions;
use domain::review::outcome::Subject;
use domain::review::workflow::StateName;
use std::collections::BTreeMap;
use store::Conn;
use store::page::Cursor;
use store::review::Kept;
use store::review::desk::{self, Filter};

/// Lines of a page.
const PAGE: u64 = 50;

/// One page of the desk: findings that say the same folded into one line, unless they are to be seen one by one.
pub async fn desk(call: &Call, query: FindingQuery) -> Outcome<DeskView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let asked = filter(&conn, call, &query).await?;
    let after = query.page.as_deref().map(Cursor::decode).transpose()?;
    let (lines, next) = if query.single || query.group.is_some() {
        let page = desk::page(&conn, &scope, &asked, after.as_ref(), PAGE).await?;
        (page.rows.into_iter().map(|kept| (1, kept)).collect(), page.next)
    } else {
        let page = desk::groups(&conn, &scope, &asked, after.as_ref(), PAGE).await?;
        let ids: Vec<FindingId> = page.rows.iter().map(|group| group.first).collect();
        let found = desk::by_ids(&conn, &scope, &ids).await?;
        let mut found: BTreeMap<FindingId, Kept> = found.into_iter().map(|kept| (kept.id, kept)).collect();
        let line = |group: desk::Group| Some((group.count, found.remove(&group.first)?));
        (page.rows.into_iter().filter_map(line).collect::<Vec<_>>(), page.next)
    };
    let kept: Vec<Kept> = lines.iter().map(|(_, kept)| kept.clone()).collect();
    let names = Names::of(&conn, call, &kept).await?;
    let (counts, overdue) = desk::counts(&conn, &scope, &asked, call.today()).await?;
    let rules = desk::by_rule(&conn, &scope, &asked).await?;
    let line = |(count, kept): (u32, Kept)| DeskLine { count, finding: names.line(call, kept) };
    Ok(DeskView {
        lines: lines.into_iter().map(line).collect(),
        next: next.map(|cursor| cursor.encode()),
        states: StateName::ALL.map(|state| (state, counts.get(&state).copied().unwrap_or_default())).to_vec(),
        overdue,
        rules: rules.into_iter().collect(),
        walk: walk::shown(&conn, call).await?,
        may: call.abilities(scope.area()),
    })
}

/// How many findings of the person's area are open, and how many overdue: the counts of the whole desk.
pub(crate) async fn open(conn: &Conn, call: &Call) -> Outcome<(u64, u64)> {
    let (counts, overdue) = desk::counts(conn, &call.scope(), &Filter::default(), call.today()).await?;
    let open = counts.iter().filter(|(state, _)| state.is_open()).map(|(_, count)| u64::from(*count)).sum();
    Ok((open, u64::from(overdue)))
}

/// The filter with its area found; an area or a project outside the scope is missing.
async fn filter(conn: &Conn, call: &Call, query: &FindingQuery) -> Outcome<Filter> {
    let scope = call.scope();
    let area = match &query.area {
        Some(text) => Some(crate::area::asked(conn, call, text).await?.path),
        None => None,
    };
    if let Some(project) = query.project {
        store::ledger::project::load(conn, &scope, project).await?;
    }
    Ok(Filter {
        rule: query.rule,
        level: query.level,
        states: query.standing.states(),
        area,
        source: query.source,
        category: query.category,
        project: query.project,
        group: query.group.clone(),
        overdue_on: (query.standing == Standing::Overdue).then(|| call.today()),
    })
}

/// One finding with its edition, its facts and its way.
pub async fn one(call: &Call, finding: Option<FindingId>) -> Outcome<FindingView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let kept = store::review::load(&conn, &scope, finding.ok_or(Failure::NotFound)?).await?;
    call.permit(Action::ViewMoney, &kept.area_path)?;
    let editions = editions(store::review::editions(&conn).await?, call)?;
    let names = Names::of(&conn, call, std::slice::from_ref(&kept)).await?;
    let steps = desk::steps(&conn, kept.id).await?;
    let subject = kept.finding.subject;
    let (mut other, mut entry, mut site) = (None, None, None);
    match subject {
        Subject::Pair { other: id, .. } => other = names.projects.get(&id).cloned(),
        Subject::Entry { sequence, .. } => entry = store::ledger::entry::at(&conn, &scope, sequence).await?,
        Subject::Site { site: id } => {
            let found = store::site::load(&conn, &scope, id).await?;
            site = Some((id, found.facts.name));
        }
        Subject::Project { .. }
        | Subject::Source { .. }
        | Subject::Position { .. }
        | Subject::Area { .. }
        | Subject::Finding { .. } => {}
    }
    let may = call.abilities(&kept.area_path);
    let step = |step: desk::Step| StepLine { state: step.state, by: step.by, at: walk::instant(step.at) };
    Ok(FindingView {
        edition: editions.get(kept.finding.edition).cloned(),
        line: names.line(call, kept),
        other,
        entry,
        site,
        steps: steps.into_iter().map(step).collect(),
        today: call.today(),
        key: call.new_id().to_string(),
        may,
    })
}

/// Names of what findings are about.
struct Names {
    areas: BTreeMap<AreaCode, String>,
    projects: BTreeMap<ProjectId, FindingProject>,
}

impl Names {
    async fn of(conn: &Conn, call: &Call, kept: &[Kept]) -> Outcome<Names> {
        let mut ids: Vec<ProjectId> = Vec::new();
        let mut codes: Vec<AreaCode> = Vec::new();
        for kept in kept {
            codes.push(kept.area_path.code());
            ids.extend(kept.finding.subject.project());
            if let Subject::Pair { other, .. } = kept.finding.subject {
                ids.push(other);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        codes.sort_unstable();
        codes.dedup();
        let named = store::ledger::project::by_ids(conn, &call.scope(), &ids).await?;
        let areas = store::area::by_codes(conn, &call.scope(), &codes).await?;
        let project = |named: store::ledger::project::Named| {
            let (project, number) = (named.id, named.number);
            (project, FindingProject { project, number, name: named.name, code: named.code })
        };
        Ok(Names {
            areas: areas.into_iter().map(|area| (area.code, area.name)).collect(),
            projects: named.into_iter().map(project).collect(),
        })
    }

    fn line(&self, call: &Call, kept: Kept) -> FindingLine {
        FindingLine {
            id: kept.id,
            version: kept.version,
            area_name: self.areas.get(&kept.area_path.code()).cloned().unwrap_or_default(),
            project: kept.finding.subject.project().and_then(|id| self.projects.get(&id).cloned()),
            days_overdue: kept.state.days_overdue(call.today()),
            found: walk::instant(kept.found_at),
            finding: kept.finding,
            state: kept.state,
        }
    }
}

/// The kept editions; before the first walk those that come with the product.
pub(crate) fn editions(kept: Option<Editions>, call: &Call) -> Outcome<Editions> {
    match kept {
        Some(editions) => Ok(editions),
        None => Editions::new(catalogue::shipped(call.today()))
            .map_err(|fault| Failure::Unexpected(fault.to_string())),
    }
}

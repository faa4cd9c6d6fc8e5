//! One project: its page and its form. Files and history have slices of their own. Knows no SQL and no layout.

pub(crate) mod merge;
mod place;

use crate::area;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::row::values;
use crate::list::{open_set, plan_year};
use crate::once;
use contract::error::{FieldErrors, FieldFault};
use contract::project::{
    BlankView, Draft, ProjectQuery, ProjectView, SaveForm, SaveProject, SavedView, SiteChoice,
};
use domain::area::AreaCode;
use domain::id::{ProjectId, SiteId};
use domain::period::FiscalYear;
use domain::permission::{Action, Permit};
use domain::project::code::CodeVerdict;
use domain::project::{Field, ProjectFacts, Value};
use store::history::SetKind;
use store::project::write::{Edit, NewProject, insert_many, update_many};
use store::{Conn, Tx};

const ROUTE: &str = "project/save";
/// Under which key of a person's settings a form waits that could not be saved.
const DRAFT: &str = "draft.project";

/// One project with everything its page shows.
pub async fn one(call: &Call, query: ProjectQuery) -> Outcome<ProjectView> {
    let conn = call.read().await?;
    let year = plan_year(call)?;
    let project = store::project::load(&conn, &call.scope(), query.project, year).await?;
    call.permit(Action::ViewProjects, &project.area_path)?;
    let area = store::area::load(&conn, &call.scope(), project.facts.area).await?;
    let facts = &project.facts;
    let years: Vec<FiscalYear> = years(facts, year);
    Ok(ProjectView {
        project: project.id,
        number: u64::try_from(project.number).unwrap_or_default(),
        version: project.version,
        plan_year: year,
        values: values(&project, &Field::all(&years)),
        doubts: domain::project::check::doubts(facts).into_iter().map(|(_, kind)| kind).collect(),
        files: u64::try_from(store::attachment::count(&conn, &call.scope(), project.id).await?)
            .unwrap_or_default(),
        updated: place::updated(&conn, &project).await?,
        previous: place::beside(&conn, call, &project, year, false).await?,
        next: place::beside(&conn, call, &project, year, true).await?,
        area: facts.area,
        area_name: area.name,
        sites: sites(&conn, call, facts).await?,
        listed: place::listed(&conn, call, &project, year).await?,
        gap: facts.funding_gap(),
        maturity_score: facts.maturity_score(),
        need: crate::site::need::origin(&conn, call, project.id).await?,
        expected_digit: expected_digit(facts),
        key: call.new_id().to_string(),
        may: call.abilities(&project.area_path),
    })
}

/// What an empty form needs.
pub async fn blank(call: &Call, (): ()) -> Outcome<BlankView> {
    let path = call.area();
    call.permit(Action::EditProject, &path)?;
    let area = store::area::load(&*call.read().await?, &call.scope(), path.code()).await?;
    Ok(BlankView {
        plan_year: plan_year(call)?,
        area: area.code,
        area_name: area.name,
        key: call.new_id().to_string(),
        may: call.abilities(&path),
    })
}

/// Makes a project, or changes the columns in the form. Whoever saw an older version is told both values.
pub async fn save(call: &Call, command: SaveProject) -> Outcome<SavedView> {
    let call = call.clone();
    call.app().clone().see_through(async move { store_form(&call, command).await }).await
}

/// What this person last sent of this project without success; empty text asks for a new one's.
pub async fn draft(call: &Call, project: String) -> Outcome<Option<Draft>> {
    let text = store::preference::load(&*call.read().await?, call.user()?, DRAFT).await?;
    // A draft that an older version wrote and this one cannot read counts as none.
    let kept = text.and_then(|text| serde_json::from_str::<Draft>(&text).ok());
    Ok(kept.filter(|kept| kept.form.project == project))
}

/// Keeps what could not be saved, for the page that the browser is sent back to.
pub async fn keep_draft(call: &Call, draft: &Draft) -> Outcome<()> {
    let text = serde_json::to_string(draft).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    crate::account::set_preference(call, DRAFT, &text).await
}

/// Keeps what stands in a form that is still being filled in.
pub async fn keep_typed(call: &Call, form: SaveForm) -> Outcome<()> {
    call.permit(Action::EditProject, &call.area())?;
    keep_draft(call, &Draft { form, error: None }).await
}

/// Years of the lists and every other year that carries an amount.
fn years(facts: &ProjectFacts, plan_year: FiscalYear) -> Vec<FiscalYear> {
    let mut years = plan_year.list_years();
    years.extend(facts.years.keys().copied());
    years.sort_unstable();
    years.dedup();
    years
}

async fn sites(conn: &Conn, call: &Call, facts: &ProjectFacts) -> Outcome<Vec<SiteChoice>> {
    let sites = store::site::of_areas(conn, &call.scope(), &[facts.area]).await?;
    let choice = |site: store::site::Site| SiteChoice {
        chosen: facts.sites.contains(&site.id),
        site: site.id,
        name: site.facts.name,
    };
    Ok(sites.into_iter().map(choice).collect())
}

fn expected_digit(facts: &ProjectFacts) -> Option<u8> {
    match facts.code.as_ref()?.verdict() {
        CodeVerdict::CheckDigit { expected } => Some(expected),
        CodeVerdict::Sound
        | CodeVerdict::NoSuchMonth { .. }
        | CodeVerdict::Legacy
        | CodeVerdict::Malformed => None,
    }
}

async fn store_form(call: &Call, command: SaveProject) -> Outcome<SavedView> {
    let permit = call.permit(Action::EditProject, &call.area())?;
    let area = match &command.area {
        Some(name) => Some(named_area(call, name, command.project.map(|(project, _)| project)).await?),
        None => None,
    };
    let tx = call.begin().await?;
    if let Some(answer) = once::before(&tx, &permit, ROUTE, &command.key, &command).await? {
        return Ok(answer);
    }
    let saved = match command.project {
        Some((project, version)) => change(&tx, call, &permit, &command, project, version, area).await?,
        None => make(&tx, call, &permit, &command, area).await?,
    };
    store::preference::save(&tx, &permit, DRAFT, "").await?;
    once::settle(tx, &permit, ROUTE, &command.key, saved).await
}

/// The one area inside the person's own that a code or a name means. An ended one may stay where it is.
async fn named_area(call: &Call, name: &str, project: Option<ProjectId>) -> Outcome<AreaCode> {
    let before = match project {
        Some(project) => {
            let conn = call.read().await?;
            Some(store::project::load(&conn, &call.scope(), project, plan_year(call)?).await?.facts.area)
        }
        None => None,
    };
    area::choose(call, name, before).await?.map(|area| area.code).ok_or_else(|| area::unknown(name))
}

/// Makes a project in a transaction of the caller.
pub(crate) async fn make(
    tx: &Tx,
    call: &Call,
    permit: &Permit,
    command: &SaveProject,
    area: Option<AreaCode>,
) -> Outcome<SavedView> {
    let area = area.ok_or_else(|| Failure::field("area", FieldFault::Missing))?;
    let mut facts = ProjectFacts::new(String::new(), area);
    fill(&mut facts, &command.values)?;
    if facts.name.is_empty() {
        return Err(Failure::field("name", FieldFault::Missing));
    }
    check_sites(tx, call, &facts).await?;
    let project = ProjectId::new(call.new_id());
    let set = open_set(tx, call, permit, SetKind::Edit, None).await?;
    insert_many(tx, permit, set, plan_year(call)?, &[NewProject { id: project, facts }]).await?;
    Ok(SavedView { project, version: 1 })
}

async fn change(
    tx: &Tx,
    call: &Call,
    permit: &Permit,
    command: &SaveProject,
    project: ProjectId,
    version: i64,
    area: Option<AreaCode>,
) -> Outcome<SavedView> {
    let year = plan_year(call)?;
    let before = store::project::load_for_update(tx, &call.scope(), project, year).await?;
    if before.version != version {
        let area = area.map(|area| (Field::Area, Some(Value::Area(area))));
        let yours: Vec<_> = command.values.iter().cloned().chain(area).collect();
        let conflicts = merge::conflicts(tx, call, &before, version, &yours).await?;
        if conflicts.is_empty() {
            // Whatever this person changed, somebody else changed the same way.
            return Ok(SavedView { project, version: before.version });
        }
        return Err(Failure::Stale(conflicts));
    }
    let mut after = before.facts.clone();
    if let Some(area) = area {
        after.area = area;
    }
    fill(&mut after, &command.values)?;
    check_sites(tx, call, &after).await?;
    if after == before.facts {
        return Ok(SavedView { project, version });
    }
    let set = open_set(tx, call, permit, SetKind::Edit, None).await?;
    update_many(tx, permit, set, year, &[Edit { before, after }], None).await?;
    Ok(SavedView { project, version: version + 1 })
}

fn fill(facts: &mut ProjectFacts, values: &[(Field, Option<Value>)]) -> Outcome<()> {
    let mut errors = FieldErrors::new();
    for (field, value) in values {
        if facts.set(*field, value.clone()).is_err() {
            errors.add(field.key(), FieldFault::Wrong);
        }
    }
    Ok(errors.into_result()?)
}

/// Sites must lie in the project's own county; a site elsewhere is no choice, whether it exists or not.
pub(crate) async fn check_sites(conn: &Conn, call: &Call, facts: &ProjectFacts) -> Outcome<()> {
    if facts.sites.is_empty() {
        return Ok(());
    }
    let known = store::site::of_areas(conn, &call.scope(), &[facts.area]).await?;
    let known: Vec<SiteId> = known.iter().map(|site| site.id).collect();
    let sound = facts.sites.iter().all(|site| known.contains(site));
    if sound { Ok(()) } else { Err(Failure::field("sites", FieldFault::NotAChoice)) }
}

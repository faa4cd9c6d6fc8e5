//! One project: its page, its form, its files and its history. Knows no SQL and no layout.

use crate::area::Resolved;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::row::{instant, values};
use crate::list::{claim, conflict, open_set, plan_year};
use chrono::NaiveDate;
use contract::error::{FieldErrors, FieldFault};
use contract::project::{
    BlankView, ChangeKind, FileLine, HistoryLine, ProjectQuery, ProjectView, SaveProject, SavedView,
    SiteChoice,
};
use domain::area::AreaCode;
use domain::id::{ProjectId, SiteId};
use domain::period::{FiscalYear, Horizon, business_date};
use domain::permission::{Action, Permit};
use domain::project::code::CodeVerdict;
use domain::project::value::ValueError;
use domain::project::{Field, ProjectFacts, Value};
use store::history::{Effect, SetKind};
use store::project::Project;
use store::project::write::{Edit, NewProject, insert_many, update_many};
use store::{Conn, Tx};

const ROUTE: &str = "project/save";

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
        area: facts.area,
        area_name: area.name,
        sites: sites(&conn, call, facts).await?,
        listed: listed(&conn, call, &project, year).await?,
        gap: facts.funding_gap(),
        maturity_score: facts.maturity_score(),
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

/// Files of a project.
pub async fn files(call: &Call, query: ProjectQuery) -> Outcome<Vec<FileLine>> {
    let conn = call.read().await?;
    seen(&conn, call, query.project).await?;
    let files = store::attachment::of_project(&conn, &call.scope(), query.project).await?;
    files
        .into_iter()
        .map(|file| {
            Ok(FileLine {
                attachment: file.id,
                name: file.name,
                size: u64::try_from(file.size).unwrap_or_default(),
                gate: file.gate,
                by: file.by.unwrap_or_default(),
                at: instant(file.at)?,
            })
        })
        .collect()
}

/// Changes of a project, the newest first.
pub async fn history(call: &Call, query: ProjectQuery) -> Outcome<Vec<HistoryLine>> {
    let conn = call.read().await?;
    seen(&conn, call, query.project).await?;
    let lines = store::history::of_project(&conn, &call.scope(), query.project).await?;
    lines
        .into_iter()
        .map(|line| {
            Ok(HistoryLine {
                change_set: line.set,
                kind: kind(line.kind),
                at: instant(line.at)?,
                by: line.by.unwrap_or_default(),
                created: line.effect == Effect::Created,
                field: line.change.field.key(),
                old: line.change.old.as_ref().map(Value::canonical),
                new: line.change.new.as_ref().map(Value::canonical),
            })
        })
        .collect()
}

/// A project outside the area is missing, also to its files and its history.
async fn seen(conn: &Conn, call: &Call, project: ProjectId) -> Outcome<Permit> {
    let project = store::project::load(conn, &call.scope(), project, plan_year(call)?).await?;
    call.permit(Action::ViewProjects, &project.area_path)
}

pub(crate) const fn kind(kind: SetKind) -> ChangeKind {
    match kind {
        SetKind::Edit => ChangeKind::Edit,
        SetKind::Bulk => ChangeKind::Bulk,
        SetKind::Import => ChangeKind::Import,
        SetKind::Undo => ChangeKind::Undo,
        SetKind::Move => ChangeKind::Move,
    }
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

async fn listed(
    conn: &Conn,
    call: &Call,
    project: &Project,
    year: FiscalYear,
) -> Outcome<Option<(Horizon, NaiveDate)>> {
    let since = store::list::since(conn, &call.scope(), project.id, year).await?;
    let (Some(horizon), Some(since)) = (project.facts.horizon, since) else { return Ok(None) };
    Ok(Some((horizon, business_date(instant(since)?.and_utc()))))
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
        Some(name) => Some(place(call, name).await?),
        None => None,
    };
    let tx = call.begin().await?;
    if !claim(&tx, &permit, ROUTE, &command.key, &command).await? {
        return again(&tx, &permit, &command).await;
    }
    let saved = match command.project {
        Some((project, version)) => change(&tx, call, &permit, &command, project, version, area).await?,
        None => make(&tx, call, &permit, &command, area).await?,
    };
    let answer = serde_json::to_string(&saved).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    store::idempotency::keep(&tx, &permit, ROUTE, &command.key, &answer).await?;
    tx.commit().await?;
    Ok(saved)
}

/// The answer that was given when the same form came first.
async fn again(tx: &Tx, permit: &Permit, command: &SaveProject) -> Outcome<SavedView> {
    let body = format!("{command:?}");
    match store::idempotency::claim(tx, permit, ROUTE, &command.key, body.as_bytes()).await? {
        store::idempotency::Claim::Done { answer } => {
            serde_json::from_str(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()))
        }
        store::idempotency::Claim::Fresh => Err(Failure::Unexpected("a claimed key is free".into())),
    }
}

/// The one area inside the person's own that a code or a name means.
async fn place(call: &Call, name: &str) -> Outcome<AreaCode> {
    match crate::area::resolve(call, name).await? {
        Resolved::One(area) => Ok(area.code),
        Resolved::Several(_) | Resolved::NotYours | Resolved::Unknown => {
            let error = ValueError::NotInDictionary { text: name.to_owned() };
            Err(Failure::field("area", FieldFault::Value { error }))
        }
    }
}

async fn make(
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
        let mut conflicts: Vec<_> = command
            .values
            .iter()
            .map(|(field, yours)| conflict(&before, *field, yours.as_ref()))
            .filter(|conflict| conflict.yours != conflict.theirs)
            .collect();
        if let Some(area) = area.filter(|area| *area != before.facts.area) {
            conflicts.push(conflict(&before, Field::Area, Some(&Value::Area(area))));
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
async fn check_sites(conn: &Conn, call: &Call, facts: &ProjectFacts) -> Outcome<()> {
    if facts.sites.is_empty() {
        return Ok(());
    }
    let known = store::site::of_areas(conn, &call.scope(), &[facts.area]).await?;
    let known: Vec<SiteId> = known.iter().map(|site| site.id).collect();
    let sound = facts.sites.iter().all(|site| known.contains(site));
    if sound { Ok(()) } else { Err(Failure::field("sites", FieldFault::NotAChoice)) }
}

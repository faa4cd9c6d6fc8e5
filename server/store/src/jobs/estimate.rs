//! Lines of estimates: written with every change of a project, made anew for all, compared with what they follow from.

use super::coefficient::{in_force, of_number};
use super::input;
use super::past::{self, Standing};
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use chrono::{DateTime, NaiveDate};
use domain::area::{AreaCode, AreaPath};
use domain::id::ProjectId;
use domain::jobs::coefficient::{Coefficients, Key};
use domain::jobs::estimate::Estimate;
use domain::jobs::input::{Basis, Inputs};
use domain::jobs::kind::{Layer, Phase, Population, Unit};
use domain::jobs::method::Method;
use domain::jobs::quantity::{Kind, Quantity, Range};
use domain::money::Money;
use domain::period::business_date;
use domain::permission::{Permit, Scope};
use domain::project::{Category, ProjectFacts};
use domain::source::Source;
use std::collections::BTreeMap;

const TABLE: &str = "estimate_line";
/// Projects reckoned at a time.
const STEP: usize = 1000;
pub(super) const COLUMNS: &str = "project_id, phase, layer, unit, population, area_code, area_path, method, low_milli, standard_milli, high_milli, is_manual, edition, is_net, teaches, since";

/// A project as its estimate needs it.
pub(crate) struct Subject {
    pub project: ProjectId,
    pub area: AreaCode,
    pub path: AreaPath,
    pub basis: Basis,
    pub inputs: Inputs,
}

/// One number of an estimate as kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptLine {
    pub quantity: Quantity,
    pub method: Method,
    pub is_manual: bool,
    /// edition of coefficients
    pub edition: i64,
    /// Never true of what is made today; `None` of lines that are older than the question.
    pub is_net: Option<bool>,
    /// the coefficient that it teaches something of
    pub teaches: Option<Key>,
}

/// What is kept of a project in the scope.
pub async fn of_project(conn: &Conn, scope: &Scope, project: ProjectId) -> Result<Vec<KeptLine>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM estimate_line WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND project_id = ?", project.to_string());
    sql.push(" ORDER BY phase, layer, unit, population");
    conn.all(sql).await?.iter().map(read).collect()
}

/// Writes the estimates of projects that were just made or changed; `paths` are those of their areas.
pub(crate) async fn follow(
    tx: &Tx,
    projects: &[(ProjectId, &ProjectFacts)],
    paths: &BTreeMap<AreaCode, AreaPath>,
    are_new: bool,
) -> Result<(), Fault> {
    let ids: Vec<ProjectId> = projects.iter().map(|(id, _)| *id).collect();
    let mut inputs = if are_new { BTreeMap::new() } else { input::of_many(tx, &ids).await? };
    let mut subjects = Vec::with_capacity(projects.len());
    for (project, facts) in projects {
        subjects.push(Subject {
            project: *project,
            area: facts.area,
            path: paths.get(&facts.area).cloned().ok_or(Fault::Missing { table: "area" })?,
            basis: Basis::of(facts),
            inputs: inputs.remove(project).unwrap_or_default(),
        });
    }
    if are_new {
        insert(tx, &subjects, &mut BTreeMap::new(), &in_force(tx, day(tx)).await?).await
    } else {
        keep(tx, &subjects).await
    }
}

/// Puts the estimates of these projects in the place of the kept ones.
pub(crate) async fn keep(tx: &Tx, subjects: &[Subject]) -> Result<(), Fault> {
    let coefficients = in_force(tx, day(tx)).await?;
    replace(tx, subjects, &coefficients).await
}

async fn replace(tx: &Tx, subjects: &[Subject], coefficients: &Coefficients) -> Result<(), Fault> {
    for chunk in subjects.chunks(STEP) {
        let ids: Vec<ProjectId> = chunk.iter().map(|subject| subject.project).collect();
        let mut before = of_many(tx, &ids).await?;
        let mut sql = Sql::new("DELETE FROM estimate_line WHERE project_id IN ");
        sql.list(ids.iter().map(ProjectId::to_string));
        tx.run(sql).await?;
        insert(tx, chunk, &mut before, coefficients).await?;
    }
    Ok(())
}

/// Writes lines where none are; what stood `before` and changes is kept for the months that are over.
async fn insert(
    tx: &Tx,
    subjects: &[Subject],
    before: &mut BTreeMap<ProjectId, Vec<Standing>>,
    coefficients: &Coefficients,
) -> Result<(), Fault> {
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(subjects.len() * 6);
    let mut changes = Vec::with_capacity(before.len());
    for subject in subjects {
        let before = before.remove(&subject.project).unwrap_or_default();
        let after = lines(subject, coefficients);
        for line in &after {
            let since = past::since(&before, line, day(tx));
            let Kind { phase, layer, unit, population } = line.quantity.kind;
            let [low, standard, high] = line.quantity.range.into();
            rows.push(vec![
                subject.project.to_string().into(),
                phase.code().to_owned().into(),
                layer.code().to_owned().into(),
                unit.code().to_owned().into(),
                population.code().to_owned().into(),
                subject.area.to_string().into(),
                subject.path.as_str().to_owned().into(),
                line.method.code().to_owned().into(),
                low.into(),
                standard.into(),
                high.into(),
                i64::from(line.is_manual).into(),
                line.edition.into(),
                line.is_net.map(i64::from).into(),
                line.teaches.map(|key| key.code().to_owned()).into(),
                since.map(|since| since.to_string()).into(),
            ]);
        }
        changes.push((subject.project, before, after));
    }
    past::keep(tx, &changes, day(tx)).await?;
    tx.insert_many(&format!("INSERT INTO estimate_line ({COLUMNS})"), rows).await
}

/// What the rules of the domain make of a project.
pub(crate) fn lines(subject: &Subject, coefficients: &Coefficients) -> Vec<KeptLine> {
    let estimate = Estimate::of(&subject.basis, &subject.inputs, coefficients);
    let kept = estimate.lines.into_iter().map(|line| KeptLine {
        quantity: line.quantity,
        method: line.method,
        is_manual: line.manual.is_some(),
        edition: i64::from(coefficients.edition),
        is_net: Some(line.is_net),
        teaches: line.teaches(),
    });
    let mut kept: Vec<KeptLine> = kept.collect();
    kept.sort_unstable_by_key(|line| line.quantity.kind);
    kept
}

/// Holds all projects and their estimates until the transaction ends: whoever changes a project meanwhile writes its lines
/// after these. Such a person holds the project first and its lines then, so both are held in that order here, before
/// anything else of them is: otherwise each would wait for the other.
pub(super) async fn hold(tx: &Tx) -> Result<(), Fault> {
    if tx.is_postgres() {
        tx.run(Sql::new("LOCK TABLE project IN EXCLUSIVE MODE")).await?;
        tx.run(Sql::new("LOCK TABLE estimate_line IN EXCLUSIVE MODE")).await?;
    }
    Ok(())
}

/// Makes every estimate anew with the coefficients in force; how many projects.
pub async fn rebuild(tx: &Tx, permit: &Permit) -> Result<u64, Fault> {
    let coefficients = in_force(tx, day(tx)).await?;
    hold(tx).await?;
    let (mut after, mut projects) = (String::new(), 0);
    loop {
        let found = subjects(tx, &after).await?;
        let Some(last) = found.last() else { break };
        after = last.project.to_string();
        projects += found.len() as u64;
        replace(tx, &found, &coefficients).await?;
    }
    let detail = format!("rebuilt estimates={projects} edition={}", coefficients.edition);
    tx.record(permit, Act { object: "project", detail, ..Act::default() });
    Ok(projects)
}

/// Whether the kept lines stand on the edition in force on a day and are known to be gross. They are not after an update
/// from a version without estimates, or from one that added net to gross, and from the morning on which another edition
/// comes into force.
pub async fn is_settled(conn: &Conn, day: NaiveDate) -> Result<bool, Fault> {
    let edition = i64::from(in_force(conn, day).await?.edition);
    let stray = Sql::new("SELECT project_id FROM estimate_line WHERE edition <> ? OR is_net IS NULL LIMIT 1")
        .with(edition);
    if conn.one(stray).await?.is_some() {
        return Ok(false);
    }
    let none = conn.one(Sql::new("SELECT project_id FROM estimate_line LIMIT 1")).await?.is_none();
    let any = conn.one(Sql::new("SELECT id FROM project LIMIT 1")).await?.is_some();
    Ok(!(none && any))
}

/// The first project whose kept lines are not what follows from it by the edition they name.
pub(crate) async fn first_breach(conn: &Conn) -> Result<Option<String>, Fault> {
    let mut editions = BTreeMap::from([(0, Some(Coefficients::shipped()))]);
    for row in conn.all(Sql::new("SELECT DISTINCT edition FROM estimate_line WHERE edition > 0")).await? {
        let number = row.int("edition")?;
        editions.insert(number, of_number(conn, number).await?);
    }
    // A project without a line is judged by the newest.
    let newest = editions.keys().next_back().copied().unwrap_or_default();
    let mut after = String::new();
    loop {
        let found = subjects(conn, &after).await?;
        let Some(last) = found.last() else { return Ok(None) };
        after = last.project.to_string();
        let ids: Vec<ProjectId> = found.iter().map(|subject| subject.project).collect();
        let mut kept = of_many(conn, &ids).await?;
        for subject in found {
            let standing = kept.remove(&subject.project).unwrap_or_default();
            let is_there = standing.iter().all(|one| one.path == subject.path);
            let lines: Vec<KeptLine> = standing.into_iter().map(|one| one.line).collect();
            let number = lines.first().map_or(newest, |line| line.edition);
            let fresh = editions.get(&number).and_then(Option::as_ref);
            let fresh = fresh.map(|coefficients| self::lines(&subject, coefficients));
            if fresh.as_ref() != Some(&lines) || !is_there {
                return Ok(Some(subject.project.to_string()));
            }
        }
    }
}

/// Lines that stand, by project and in the order of their kinds.
pub(crate) async fn of_many(
    conn: &Conn,
    ids: &[ProjectId],
) -> Result<BTreeMap<ProjectId, Vec<Standing>>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM estimate_line WHERE project_id IN "));
    sql.list(ids.iter().map(ProjectId::to_string));
    let mut found: BTreeMap<ProjectId, Vec<Standing>> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let id = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
        let path = row.parsed(TABLE, "area_path", AreaPath::new)?;
        let since = row.maybe_parsed(TABLE, "since", |day| day.parse().ok())?;
        found.entry(id).or_default().push(Standing { line: read(&row)?, path, since });
    }
    found.values_mut().for_each(|lines| lines.sort_unstable_by_key(|one| one.line.quantity.kind));
    Ok(found)
}

/// The next projects after an id, with what is stated for them.
pub(crate) async fn subjects(conn: &Conn, after: &str) -> Result<Vec<Subject>, Fault> {
    let mut sql = Sql::new("SELECT id, area_code, area_path, name, content, category, industry, work_relief, total_fen, labour_pay_fen, households, jobs_construction, jobs_operation, posts FROM project WHERE id > ? ORDER BY id LIMIT ")
        .with(after.to_owned());
    sql.push(&STEP.to_string());
    let rows = conn.all(sql).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: ProjectId = row.parsed("project", "id", |id| id.parse().ok())?;
        all.push((id, row.parsed("project", "area_path", AreaPath::new)?, facts(row)?));
    }
    let ids: Vec<ProjectId> = all.iter().map(|(id, ..)| *id).collect();
    let mut sources = sources(conn, &ids).await?;
    let mut inputs = input::of_many(conn, &ids).await?;
    let subject = |(project, path, mut facts): (ProjectId, AreaPath, ProjectFacts)| {
        facts.sources = sources.remove(&project).unwrap_or_default();
        let inputs = inputs.remove(&project).unwrap_or_default();
        Subject { project, area: facts.area, path, basis: Basis::of(&facts), inputs }
    };
    Ok(all.into_iter().map(subject).collect())
}

/// The facts that an estimate stands on, sources aside.
fn facts(row: &Row) -> Result<ProjectFacts, Fault> {
    let money = |name: &str| Ok::<_, Fault>(row.maybe_int(name)?.and_then(Money::from_fen));
    let count =
        |name: &str| Ok::<_, Fault>(row.maybe_int(name)?.and_then(|number| u32::try_from(number).ok()));
    let mut facts = ProjectFacts::new(row.text("name")?, row.parsed("project", "area_code", AreaCode::new)?);
    facts.content = row.maybe_text("content")?;
    facts.category = row.maybe_parsed("project", "category", Category::from_code)?;
    facts.industry = row.maybe_text("industry")?;
    facts.work_relief = row.maybe_int("work_relief")?.map(|flag| flag != 0);
    facts.total = money("total_fen")?;
    facts.labour_pay = money("labour_pay_fen")?;
    facts.households = count("households")?;
    facts.jobs_construction = count("jobs_construction")?;
    facts.jobs_operation = count("jobs_operation")?;
    facts.posts = count("posts")?;
    Ok(facts)
}

async fn sources(
    conn: &Conn,
    ids: &[ProjectId],
) -> Result<BTreeMap<ProjectId, BTreeMap<Source, Money>>, Fault> {
    const AMOUNTS: &str = "project_amount";
    let mut sql =
        Sql::new("SELECT project_id, key, fen FROM project_amount WHERE kind = 'source' AND project_id IN ");
    sql.list(ids.iter().map(ProjectId::to_string));
    let mut found: BTreeMap<ProjectId, BTreeMap<Source, Money>> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let project = row.parsed(AMOUNTS, "project_id", |id| id.parse().ok())?;
        let source = row.parsed(AMOUNTS, "key", Source::from_code)?;
        let money = Money::from_fen(row.int("fen")?);
        let money = money.ok_or(Fault::Corrupt { table: AMOUNTS, id: source.code().to_owned() })?;
        found.entry(project).or_default().insert(source, money);
    }
    Ok(found)
}

pub(super) fn read(row: &Row) -> Result<KeptLine, Fault> {
    let kind = Kind {
        phase: row.parsed(TABLE, "phase", Phase::from_code)?,
        layer: row.parsed(TABLE, "layer", Layer::from_code)?,
        unit: row.parsed(TABLE, "unit", Unit::from_code)?,
        population: row.parsed(TABLE, "population", Population::from_code)?,
    };
    let range = Range::new(row.int("low_milli")?, row.int("standard_milli")?, row.int("high_milli")?);
    let range = range.ok_or(Fault::Corrupt { table: TABLE, id: row.text("project_id")? })?;
    Ok(KeptLine {
        quantity: Quantity { kind, range },
        method: row.parsed(TABLE, "method", Method::from_code)?,
        is_manual: row.flag("is_manual")?,
        edition: row.int("edition")?,
        is_net: row.maybe_int("is_net")?.map(|flag| flag != 0),
        teaches: row.maybe_parsed(TABLE, "teaches", Key::from_code)?,
    })
}

/// The day of an act in China.
fn day(tx: &Tx) -> NaiveDate {
    business_date(DateTime::from_timestamp_millis(tx.at()).unwrap_or_default())
}

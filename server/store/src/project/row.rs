//! A project's columns in the database, by `Field`: which column holds which, and both directions of a value.

use super::{CHUNK, Project};
use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::{AreaCode, AreaPath};
use domain::id::{ProjectId, SiteId};
use domain::money::Money;
use domain::period::{FiscalYear, Horizon};
use domain::project::{Field, Gate, Kind, ProjectFacts, Value};
use domain::source::Source;
use std::collections::BTreeMap;

/// The column of `project` that holds a field; `None` for those that have tables of their own or are computed.
pub(crate) const fn column(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Number | Field::Horizon | Field::Sites | Field::Maturity => return None,
        Field::Source(_) | Field::Year(_) | Field::Gate(_) => return None,
        Field::Name => "name",
        Field::Code => "code",
        Field::Stage => "stage",
        Field::Area => "area_code",
        Field::Place => "place",
        Field::Category => "category",
        Field::Industry => "industry",
        Field::Nature => "nature",
        Field::Content => "content",
        Field::Start => "start_month",
        Field::Finish => "finish_month",
        Field::TermYears => "term_years",
        Field::Total => "total_fen",
        Field::StatedIssued => "stated_issued_fen",
        Field::StatedReceived => "stated_received_fen",
        Field::StatedPaid => "stated_paid_fen",
        Field::WorkRelief => "work_relief",
        Field::LabourPay => "labour_pay_fen",
        Field::Households => "households",
        Field::People => "people",
        Field::JobsConstruction => "jobs_construction",
        Field::JobsOperation => "jobs_operation",
        Field::Posts => "posts",
        Field::Goal => "goal",
        Field::Link => "link",
        Field::AssetOwner => "asset_owner",
        Field::Maintainer => "maintainer",
        Field::Unit => "unit",
        Field::Person => "person",
        Field::Reporter => "reporter",
        Field::ReportedOn => "reported_on",
        Field::Remark => "remark",
    })
}

/// Fields with a column, in the order of the form.
pub(crate) fn columns() -> Vec<(Field, &'static str)> {
    Field::fixed().into_iter().filter_map(|field| column(field).map(|name| (field, name))).collect()
}

/// True for columns that hold whole numbers.
pub(crate) const fn is_number(kind: Kind) -> bool {
    match kind {
        Kind::Money | Kind::Count | Kind::Flag => true,
        Kind::Text
        | Kind::Month
        | Kind::Date
        | Kind::Code
        | Kind::Category
        | Kind::Nature
        | Kind::Stage
        | Kind::Horizon
        | Kind::Area
        | Kind::Sites
        | Kind::Derived => false,
    }
}

/// What is written into the column of a field.
pub(crate) fn stored(field: Field, value: Option<Value>) -> sea_orm::Value {
    let canonical = value.map(|value| value.canonical());
    if is_number(field.kind()) {
        return canonical.and_then(|text| text.parse::<i64>().ok()).into();
    }
    canonical.into()
}

/// Reads whole projects: the rows of `sql` (all columns of `project`), then their parts, a few queries for all.
pub(crate) async fn read_all(conn: &Conn, sql: Sql, plan_year: FiscalYear) -> Result<Vec<Project>, Fault> {
    let columns = columns();
    let rows = conn.all(sql).await?;
    let mut projects = rows.iter().map(|row| read(row, &columns)).collect::<Result<Vec<_>, _>>()?;
    let index: BTreeMap<ProjectId, usize> =
        projects.iter().enumerate().map(|(at, project)| (project.id, at)).collect();
    let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
    for chunk in ids.chunks(CHUNK) {
        for part in [Part::Amounts, Part::Gates, Part::Sites, Part::List] {
            for row in conn.all(part.query(chunk, plan_year)).await? {
                let id = row.parsed("project", "project_id", |id| id.parse().ok())?;
                if let Some(project) = index.get(&id).and_then(|at| projects.get_mut(*at)) {
                    part.put(&row, &mut project.facts)?;
                }
            }
        }
    }
    Ok(projects)
}

fn read(row: &Row, columns: &[(Field, &'static str)]) -> Result<Project, Fault> {
    let id: ProjectId = row.parsed("project", "id", |id| id.parse().ok())?;
    let corrupt = || Fault::Corrupt { table: "project", id: id.to_string() };
    let area = row.parsed("project", "area_code", AreaCode::new)?;
    let mut facts = ProjectFacts::new(row.text("name")?, area);
    for (field, name) in columns {
        let text = if is_number(field.kind()) {
            row.maybe_int(name)?.map(|number| number.to_string())
        } else {
            row.maybe_text(name)?
        };
        let Some(text) = text else { continue };
        let value = Value::from_canonical(*field, &text).ok_or_else(corrupt)?;
        facts.set(*field, Some(value)).map_err(|_| corrupt())?;
    }
    Ok(Project {
        number: row.int("number")?,
        facts,
        area_path: row.parsed("project", "area_path", AreaPath::new)?,
        version: row.int("version")?,
        created_at: row.int("created_at")?,
        created_by: row.maybe_parsed("project", "created_by", |id| id.parse().ok())?,
        updated_at: row.int("updated_at")?,
        updated_by: row.maybe_parsed("project", "updated_by", |id| id.parse().ok())?,
        id,
    })
}

/// A part of a project that lies in a table of its own.
#[derive(Clone, Copy)]
enum Part {
    Amounts,
    Gates,
    Sites,
    List,
}

impl Part {
    fn query(self, ids: &[ProjectId], plan_year: FiscalYear) -> Sql {
        let mut sql = Sql::new(match self {
            Part::Amounts => "SELECT project_id, kind, key, fen FROM project_amount WHERE project_id IN ",
            Part::Gates => "SELECT project_id, gate, passed_on FROM project_gate WHERE project_id IN ",
            Part::Sites => "SELECT project_id, site_id FROM project_site WHERE project_id IN ",
            Part::List => "SELECT project_id, horizon FROM list_entry WHERE project_id IN ",
        });
        sql.list(ids.iter().map(ProjectId::to_string));
        match self {
            Part::Amounts | Part::Gates => &mut sql,
            Part::Sites => sql.push(" ORDER BY project_id, seq"),
            Part::List => sql.bind(" AND plan_year = ?", i64::from(plan_year.get())),
        };
        sql
    }

    fn put(self, row: &Row, facts: &mut ProjectFacts) -> Result<(), Fault> {
        match self {
            Part::Amounts => put_amount(row, facts),
            Part::Gates => {
                let gate = row.parsed("project_gate", "gate", Gate::from_code)?;
                facts.gates.insert(gate, row.parsed("project_gate", "passed_on", |text| text.parse().ok())?);
                Ok(())
            }
            Part::Sites => {
                facts.sites.push(row.parsed("project_site", "site_id", |id| id.parse::<SiteId>().ok())?);
                Ok(())
            }
            Part::List => {
                facts.horizon = Some(row.parsed("list_entry", "horizon", Horizon::from_code)?);
                Ok(())
            }
        }
    }
}

fn put_amount(row: &Row, facts: &mut ProjectFacts) -> Result<(), Fault> {
    let (kind, key) = (row.text("kind")?, row.text("key")?);
    let corrupt = || Fault::Corrupt { table: "project_amount", id: format!("{kind} {key}") };
    let money = Money::from_fen(row.int("fen")?).ok_or_else(corrupt)?;
    if kind == "source" {
        facts.sources.insert(Source::from_code(&key).ok_or_else(corrupt)?, money);
    } else {
        let year = key.parse().ok().and_then(FiscalYear::new).ok_or_else(corrupt)?;
        facts.years.insert(year, money);
    }
    Ok(())
}

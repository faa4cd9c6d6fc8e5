//! Findings (疑点): a page of a filter, and one with its facts and its way. Read only; amounts are whole fen.

use super::body::Asked;
use super::caller::Reader;
use super::problem::{Denied, Problem};
use axum::Json;
use axum::extract::Path;
use contract::form::Form;
use contract::review::form::{DeskForm, FindingForm};
use contract::review::{FindingLine, FindingQuery, StepLine};
use domain::review::outcome::Subject;
use domain::review::workflow::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::{Failure, review};
use utoipa::{IntoParams, ToSchema};
use words::Locale;
use words::explain::review as explain;

/// What is asked for; all parts together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Code of a rule: `R01` to `R46`
    rule: String,
    /// `hint`, `warning` or `red`
    level: String,
    /// Open when left out; `all`, `overdue`, or one of `pending`, `verified`, `dismissed`, `rectifying`, `rectified`, `closed`, `vanished`
    state: String,
    /// Code of an area; everything under it
    area: String,
    /// Code of a funding source: `CBI`, `GBS` …
    source: String,
    /// Id of a project
    project: String,
    /// `next` of the page before
    cursor: String,
}

/// One finding.
#[derive(Serialize, ToSchema)]
pub struct FindingItem {
    id: String,
    version: i64,
    #[schema(example = "R46")]
    rule: String,
    edition: u32,
    #[schema(example = "warning")]
    level: String,
    #[schema(example = "pending")]
    state: String,
    /// Findings of one group say the same of different subjects
    group: String,
    /// What it is about: `project`, `source`, `position`, `entry`, `pair`, `site`, `area` or `finding`
    subject: String,
    project: Option<String>,
    project_name: Option<String>,
    source: Option<String>,
    year: Option<i32>,
    area_name: String,
    /// The clauses that hold, as sentences in Chinese
    arithmetic: Vec<String>,
    /// 责任单位
    responsible: Option<String>,
    due: Option<String>,
    days_overdue: Option<i64>,
    /// UTC
    found: String,
}

/// Fifty findings at most, the gravest first.
#[derive(Serialize, ToSchema)]
pub struct FindingPage {
    items: Vec<FindingItem>,
    next: Option<String>,
}

/// A fact of a finding.
#[derive(Serialize, ToSchema)]
pub struct FindingFact {
    #[schema(example = "paid")]
    name: String,
    /// `kind` and `value`; money in fen
    #[schema(value_type = Object)]
    value: Value,
}

/// One step of its way.
#[derive(Serialize, ToSchema)]
pub struct FindingStep {
    state: String,
    /// Null for a walk of the rules
    by: Option<String>,
    /// UTC
    at: String,
}

/// One finding with everything it was judged by.
#[derive(Serialize, ToSchema)]
pub struct FindingDetail {
    finding: FindingItem,
    /// Law and article, or the document
    basis: Option<String>,
    /// `LAW`, `FOUND` or `KNOWN`
    mark: Option<String>,
    facts: Vec<FindingFact>,
    steps: Vec<FindingStep>,
    /// Why it is gone, in Chinese
    gone: Option<String>,
}

/// Findings, page by page
#[utoipa::path(get, path = "/findings", tag = "findings", params(Filter), security(("token" = [])), responses(
    (status = 200, body = FindingPage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(Reader(call): Reader, Asked(filter): Asked<Filter>) -> Result<Json<FindingPage>, Denied> {
    let view = review::desk(&call, filter.query()?).await?;
    let items = view.lines.into_iter().map(|line| item(line.finding)).collect();
    Ok(Json(FindingPage { items, next: view.next }))
}

/// One finding
#[utoipa::path(get, path = "/findings/{id}", tag = "findings", params(("id" = String, Path, description = "Id of the finding")), security(("token" = [])), responses(
    (status = 200, body = FindingDetail),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn one(Reader(call): Reader, Path(id): Path<String>) -> Result<Json<FindingDetail>, Denied> {
    let asked = FindingForm { finding: id }.check().map_err(Failure::from)?;
    let view = review::one(&call, asked).await?;
    let facts = view.line.finding.facts.iter().map(|(name, value)| FindingFact {
        name: name.code(),
        value: serde_json::to_value(value).unwrap_or_default(),
    });
    let step = |step: StepLine| FindingStep {
        state: step.state.name().code().to_owned(),
        by: step.by,
        at: super::instant(step.at),
    };
    let gone = if let State::Vanished { because, .. } = &view.line.state {
        Some(explain::because(Locale::zh_CN, because))
    } else {
        None
    };
    Ok(Json(FindingDetail {
        basis: view.edition.as_ref().map(|edition| edition.basis.clone()),
        mark: view.edition.as_ref().map(|edition| edition.mark.code().to_owned()),
        facts: facts.collect(),
        steps: view.steps.into_iter().map(step).collect(),
        gone,
        finding: item(view.line),
    }))
}

impl Filter {
    fn query(self) -> Result<FindingQuery, Failure> {
        let Filter { rule, level, state, area, source, project, cursor } = self;
        let form = DeskForm {
            rule,
            level,
            state,
            area,
            source,
            project,
            single: "1".to_owned(),
            page: cursor,
            ..DeskForm::default()
        };
        Ok(form.check()?)
    }
}

fn item(line: FindingLine) -> FindingItem {
    let finding = &line.finding;
    let subject = finding.subject;
    let order = line.state.order_of();
    FindingItem {
        id: line.id.to_string(),
        version: line.version,
        rule: finding.rule.code().to_owned(),
        edition: finding.edition.number,
        level: finding.level.code().to_owned(),
        state: line.state.name().code().to_owned(),
        group: finding.group.as_str().to_owned(),
        subject: subject_kind(subject).to_owned(),
        project: subject.project().map(|project| project.to_string()),
        project_name: line.project.as_ref().map(|project| project.name.clone()),
        source: subject.source().map(|source| source.code().to_owned()),
        year: subject.year().map(|year| year.get()),
        area_name: line.area_name.clone(),
        arithmetic: finding.arithmetic.iter().map(|clause| explain::clause(Locale::zh_CN, clause)).collect(),
        responsible: order.map(|order| order.unit.clone()),
        due: order.map(|order| order.due.to_string()),
        days_overdue: line.days_overdue,
        found: super::instant(line.found),
    }
}

const fn subject_kind(subject: Subject) -> &'static str {
    match subject {
        Subject::Project { .. } => "project",
        Subject::Source { .. } => "source",
        Subject::Position { .. } => "position",
        Subject::Entry { .. } => "entry",
        Subject::Pair { .. } => "pair",
        Subject::Site { .. } => "site",
        Subject::Area { .. } => "area",
        Subject::Finding { .. } => "finding",
    }
}

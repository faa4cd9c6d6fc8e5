//! The job estimate of one project: each number with its kind, its method and its formula.

use super::caller::Reader;
use super::problem::{Denied, Problem};
use axum::Json;
use axum::extract::Path;
use contract::form::Form;
use contract::project::ProjectForm;
use domain::jobs::estimate::Line;
use domain::jobs::formula::{Factor, Term};
use domain::jobs::quantity::Range;
use serde::Serialize;
use service::jobs;
use utoipa::ToSchema;

/// The estimate of a project; numbers of two kinds are never to be added.
#[derive(Serialize, ToSchema)]
pub struct ProjectEstimate {
    project: String,
    /// Edition of coefficients
    edition: u32,
    /// Gross, all of them
    lines: Vec<EstimateLine>,
    /// Net numbers of the same kinds, where shares are stated; never to be added to gross ones
    net: Vec<EstimateLine>,
    /// Phases of which nothing comes out
    gaps: Vec<EstimateGap>,
    /// Other ways to the same number, to compare with; never counted
    benchmarks: Vec<EstimateLine>,
    stated: StatedJobs,
}

/// One number. Low, default and high are exact decimals with three places.
#[derive(Serialize, ToSchema)]
pub struct EstimateLine {
    /// `construction` or `operation`
    phase: String,
    /// `direct`, `indirect` or `induced`
    layer: String,
    /// `person`, `post`, `visit`, `fte`, `work_day` or `household`
    unit: String,
    /// `all`, `relocated` or `poor`
    population: String,
    #[schema(example = "260.000")]
    low: String,
    #[schema(example = "416.000")]
    default: String,
    #[schema(example = "520.000")]
    high: String,
    /// Code of the method
    method: String,
    /// After deadweight, displacement and leakage; gross otherwise
    net: bool,
    /// Why a person's number stands here; null for a computed one
    manual_reason: Option<String>,
    /// Terms from left to right; money is in 10,000 CNY
    formula: Vec<FormulaTerm>,
    /// Another product beside it, empty where there is none: of low, default and high the larger of both counts
    or: Vec<FormulaTerm>,
}

/// One number of a formula.
#[derive(Serialize, ToSchema)]
pub struct FormulaTerm {
    /// `times` or `over`
    operator: String,
    /// What it is
    #[schema(example = "total")]
    factor: String,
    low: String,
    default: String,
    high: String,
}

/// Why a phase has no number.
#[derive(Serialize, ToSchema)]
pub struct EstimateGap {
    phase: String,
    cause: String,
}

/// What the list claims, beside the estimate.
#[derive(Serialize, ToSchema)]
pub struct StatedJobs {
    /// People during construction
    construction: Option<u32>,
    /// People in operation
    operation: Option<u32>,
    posts: Option<u32>,
}

/// The job estimate of a project
#[utoipa::path(get, path = "/projects/{id}/estimate", tag = "projects", security(("token" = [])),
    params(("id" = String, Path, description = "Id of the project")),
    responses(
        (status = 200, body = ProjectEstimate),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Missing, or outside the caller's area", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(Reader(call): Reader, Path(id): Path<String>) -> Result<Json<ProjectEstimate>, Denied> {
    let view = jobs::one(&call, ProjectForm { project: id }.check()?).await?;
    let estimate = view.estimate();
    Ok(Json(ProjectEstimate {
        project: view.project.to_string(),
        edition: estimate.edition,
        lines: estimate.lines.iter().map(line).collect(),
        net: estimate.net.iter().map(line).collect(),
        gaps: estimate
            .gaps
            .iter()
            .map(|(phase, gap)| EstimateGap { phase: phase.code().to_owned(), cause: gap.to_string() })
            .collect(),
        benchmarks: estimate.benchmarks.iter().map(line).collect(),
        stated: StatedJobs {
            construction: estimate.stated.construction,
            operation: estimate.stated.operation,
            posts: estimate.stated.posts,
        },
    }))
}

fn line(line: &Line) -> EstimateLine {
    let kind = line.quantity.kind;
    let [low, default, high] = written(line.quantity.range);
    EstimateLine {
        phase: kind.phase.code().to_owned(),
        layer: kind.layer.code().to_owned(),
        unit: kind.unit.code().to_owned(),
        population: kind.population.code().to_owned(),
        low,
        default,
        high,
        method: line.method.code().to_owned(),
        net: line.is_net,
        manual_reason: line.manual.as_ref().map(|manual| manual.reason.clone()),
        formula: line.formula.terms.iter().map(term).collect(),
        or: line.formula.or.iter().map(term).collect(),
    }
}

fn written(range: Range) -> [String; 3] {
    range.decimals().map(|number| number.to_string())
}

fn term(term: &Term) -> FormulaTerm {
    FormulaTerm {
        operator: term.operator.code().to_owned(),
        factor: factor(term.factor),
        low: term.low.to_string(),
        default: term.standard.to_string(),
        high: term.high.to_string(),
    }
}

/// A stable word, with the code of what it takes: `coefficient.workshop_posts`.
fn factor(factor: Factor) -> String {
    match factor {
        Factor::Total => "total".to_owned(),
        Factor::Central => "central".to_owned(),
        Factor::PromisedPay => "promised_pay".to_owned(),
        Factor::Households => "households".to_owned(),
        Factor::Coefficient { key } => format!("coefficient.{}", key.code()),
        Factor::Floor { key } => format!("floor.{}", key.code()),
        Factor::Stated { input } => format!("stated.{}", input.code()),
        Factor::Rest { input } => format!("rest.{}", input.code()),
        Factor::Added { key } => format!("added.{}", key.code()),
        Factor::Estimated { unit } => format!("estimated.{}", unit.code()),
        Factor::WanPerMillion => "wan_per_million".to_owned(),
        Factor::WanPerYi => "wan_per_yi".to_owned(),
        Factor::YuanPerWan => "yuan_per_wan".to_owned(),
        Factor::Months => "months".to_owned(),
    }
}

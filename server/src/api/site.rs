//! Communities (安置点) of the caller: page by page, one.

use super::body::Asked;
use super::caller::Reader;
use super::me::NamedArea;
use super::problem::{Denied, Problem};
use axum::Json;
use axum::extract::Path;
use contract::form::Form;
use contract::site::{SiteForm, SiteListForm};
use domain::area::AreaCode;
use domain::site::SiteFacts;
use serde::{Deserialize, Serialize};
use service::site;
use utoipa::{IntoParams, ToSchema};

/// Which communities are asked for; all parts together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Code of an area; everything under it
    area: String,
    /// Size class: `micro`, `small`, `medium`, `large` or `huge`
    size: String,
    /// Words, pinyin or initials
    q: String,
    /// `next` of the page before
    cursor: String,
}

/// Fifty communities at most.
#[derive(Serialize, ToSchema)]
pub struct SitePage {
    items: Vec<Site>,
    next: Option<String>,
}

/// One community with its figures; what is not known is null.
#[derive(Serialize, ToSchema)]
pub struct Site {
    id: String,
    version: i64,
    #[schema(example = "520113-01")]
    code: Option<String>,
    name: String,
    area: NamedArea,
    households: Option<u32>,
    people: Option<u32>,
    labour: Option<u32>,
    employed: Option<u32>,
    employed_out_of_province: Option<u32>,
    employed_in_province: Option<u32>,
    employed_in_county: Option<u32>,
    zero_employment_households: Option<u32>,
    /// Month of the return that the figures of work are from; null where they are the community's own
    #[schema(example = "2026-10")]
    figures_month: Option<String>,
    /// Projects that name it
    projects: u64,
    /// Total investment of those projects, in fen
    investment_fen: String,
    /// UTC
    updated_at: String,
}

/// Communities, page by page
#[utoipa::path(get, path = "/sites", tag = "sites", params(Filter), security(("token" = [])), responses(
    (status = 200, body = SitePage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(Reader(call): Reader, Asked(filter): Asked<Filter>) -> Result<Json<SitePage>, Denied> {
    let form = SiteListForm {
        area: filter.area,
        size: filter.size,
        q: filter.q,
        page: filter.cursor,
        ..SiteListForm::default()
    };
    let view = site::page(&call, form.check()?).await?;
    let items = view.rows.into_iter().map(|row| Site {
        updated_at: super::instant(row.updated),
        projects: row.projects,
        figures_month: row.month.map(|month| month.to_string()),
        investment_fen: row.investment.fen().to_string(),
        ..Site::of(row.site.to_string(), row.version, row.facts, row.area_name)
    });
    Ok(Json(SitePage { items: items.collect(), next: view.next }))
}

/// One community
#[utoipa::path(get, path = "/sites/{id}", tag = "sites", security(("token" = [])),
    params(("id" = String, Path, description = "Id of the community")),
    responses(
        (status = 200, body = Site),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Missing, or outside the caller's area", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(Reader(call): Reader, Path(id): Path<String>) -> Result<Json<Site>, Denied> {
    let view = site::one(&call, SiteForm { site: id }.check()?).await?;
    Ok(Json(Site {
        updated_at: super::instant(view.updated),
        projects: view.projects.len() as u64,
        figures_month: view.month.map(|month| month.to_string()),
        investment_fen: view.investment.fen().to_string(),
        ..Site::of(view.site.to_string(), view.version, view.newest, view.area_name)
    }))
}

impl Site {
    fn of(id: String, version: i64, facts: SiteFacts, area_name: String) -> Site {
        let area = NamedArea { code: AreaCode::as_str(&facts.area).to_owned(), name: area_name };
        Site {
            id,
            version,
            code: facts.code,
            name: facts.name,
            area,
            households: facts.households,
            people: facts.people,
            labour: facts.labour,
            employed: facts.employed,
            employed_out_of_province: facts.employed_out_of_province,
            employed_in_province: facts.employed_in_province,
            employed_in_county: facts.employed_in_county,
            zero_employment_households: facts.zero_employment_households,
            figures_month: None,
            projects: 0,
            investment_fen: "0".into(),
            updated_at: String::new(),
        }
    }
}

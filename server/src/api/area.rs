//! Administrative areas of the caller: as a list, as a tree, one.

use super::body::Asked;
use super::caller::Reader;
use super::problem::{Denied, Problem};
use axum::Json;
use axum::extract::Path;
use domain::area::{AreaCode, AreaPath};
use serde::{Deserialize, Serialize};
use service::{Failure, area};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

const LIMIT_USUAL: u64 = 500;
const LIMIT_MOST: u64 = 5000;

/// Which areas are asked for; all parts together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Code of the area directly above
    parent: String,
    /// `nation`, `province`, `city` or `county`
    level: String,
    /// Part of a name
    q: String,
    /// Areas of a page: 1 to 5000, 500 when left out. More is refused
    #[param(value_type = Option<u32>, minimum = 1, maximum = 5000)]
    limit: String,
    /// `next` of the page before
    cursor: String,
}

/// How deep the tree is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Depth {
    /// Levels below the caller's own area: 0 to 3, all when left out
    #[param(value_type = Option<u32>, minimum = 0, maximum = 3)]
    depth: String,
}

#[derive(Serialize, ToSchema)]
pub struct AreaPage {
    items: Vec<Area>,
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Area {
    #[schema(example = "520526")]
    code: String,
    name: String,
    /// Short form, such as the county without the peoples in its name
    short: String,
    /// `nation`, `province`, `city` or `county`
    level: String,
    /// Code of the area above; null where it is not the caller's
    parent: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
}

/// An area with those directly under it.
#[derive(Serialize, ToSchema)]
pub struct AreaNode {
    #[schema(example = "520526")]
    code: String,
    name: String,
    short: String,
    level: String,
    parent: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    #[schema(no_recursion)]
    children: Vec<AreaNode>,
}

/// Areas by the code of the one above.
type Below<'a> = BTreeMap<AreaCode, Vec<&'a store::area::Area>>;

impl Area {
    fn of(area: &store::area::Area, own: &AreaPath) -> Area {
        let above = area.parent.filter(|_| area.path != *own);
        Area {
            code: area.code.to_string(),
            name: area.name.clone(),
            short: area.short.clone(),
            level: area.level.code().to_owned(),
            parent: above.map(|code| code.to_string()),
            valid_from: area.valid_from.map(|date| date.to_string()),
            valid_to: area.valid_to.map(|date| date.to_string()),
        }
    }
}

/// Areas, page by page, in the order of the tree
#[utoipa::path(get, path = "/areas", tag = "areas", params(Filter), security(("token" = [])), responses(
    (status = 200, body = AreaPage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(Reader(call): Reader, Asked(filter): Asked<Filter>) -> Result<Json<AreaPage>, Denied> {
    let limit = super::limit(&filter.limit, LIMIT_USUAL, LIMIT_MOST)?;
    let own = call.area();
    let all = area::list(&call).await?;
    let start = match filter.cursor.as_str() {
        "" => 0,
        cursor => {
            let at = all.iter().position(|area| area.code.as_str() == cursor);
            at.ok_or_else(|| Failure::field("cursor", contract::error::FieldFault::Wrong))? + 1
        }
    };
    let fits = |area: &&store::area::Area| {
        (filter.parent.is_empty() || area.parent.is_some_and(|code| code.as_str() == filter.parent))
            && (filter.level.is_empty() || area.level.code() == filter.level)
            && (filter.q.is_empty() || area.name.contains(&filter.q) || area.short.contains(&filter.q))
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut found: Vec<&store::area::Area> =
        all.iter().skip(start).filter(fits).take(limit.saturating_add(1)).collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|area| area.code.to_string());
    Ok(Json(AreaPage { items: found.into_iter().map(|area| Area::of(area, &own)).collect(), next }))
}

/// The caller's own area with everything under it
#[utoipa::path(get, path = "/areas/tree", tag = "areas", params(Depth), security(("token" = [])), responses(
    (status = 200, body = AreaNode),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn tree(Reader(call): Reader, Asked(asked): Asked<Depth>) -> Result<Json<AreaNode>, Denied> {
    let depth = match asked.depth.as_str() {
        "" => usize::MAX,
        text => {
            let depth = text.parse().ok().filter(|depth| *depth <= 3);
            let fault = contract::error::FieldFault::Between { least: 0, most: 3 };
            depth.ok_or_else(|| Failure::field("depth", fault))?
        }
    };
    let own = call.area();
    let all = area::list(&call).await?;
    let root = all.iter().find(|area| area.path == own).ok_or(Failure::NotFound)?;
    let mut below = Below::new();
    for area in all.iter().filter(|area| area.path != own) {
        below.entry(area.parent.unwrap_or(AreaCode::ROOT)).or_default().push(area);
    }
    Ok(Json(node(root, &below, &own, depth)))
}

/// One area
#[utoipa::path(get, path = "/areas/{code}", tag = "areas", security(("token" = [])),
    params(("code" = String, Path, description = "Six digits of GB/T 2260")),
    responses(
        (status = 200, body = Area),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Missing, or outside the caller's area", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(Reader(call): Reader, Path(code): Path<String>) -> Result<Json<Area>, Denied> {
    let code = AreaCode::new(&code).ok_or(Failure::NotFound)?;
    Ok(Json(Area::of(&area::one(&call, code).await?, &call.area())))
}

fn node(at: &store::area::Area, below: &Below<'_>, own: &AreaPath, depth: usize) -> AreaNode {
    let children = below.get(&at.code).filter(|_| depth > 0);
    let children = children.into_iter().flatten().map(|area| node(area, below, own, depth - 1));
    let Area { code, name, short, level, parent, valid_from, valid_to } = Area::of(at, own);
    AreaNode { code, name, short, level, parent, valid_from, valid_to, children: children.collect() }
}

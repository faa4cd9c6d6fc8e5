//! The public interface under `/api/v1`, for programs. Tokens only; the same use cases as the screens; described by
//! OpenAPI from the handlers themselves. Knows no cookie and no page.

pub mod area;
pub mod body;
pub mod caller;
pub mod docs;
pub mod finding;
pub mod fund;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod list;
pub mod me;
pub mod pace;
pub mod problem;
pub mod project;
pub mod site;

use crate::state::State;
use axum::Router;
use chrono::NaiveDateTime;
use contract::error::FieldFault;
use service::Failure;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where every address of the interface begins.
pub const PREFIX: &str = "/api/v1";

/// Name of the one security scheme.
const TOKEN: &str = "token";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Houfu",
        description = "Reserve lists, funding and jobs of follow-up projects for relocated communities. Amounts are whole fen (0.01 CNY) written as strings; dates are ISO 8601; instants are UTC; errors follow RFC 9457. The page /api/docs explains tokens, paging, amounts, errors and limits."
    ),
    components(schemas(problem::Problem)),
    tags(
        (name = "me", description = "Who the token acts for"),
        (name = "projects", description = "Projects, their columns and their history"),
        (name = "lists", description = "The three lists with their sums"),
        (name = "imports", description = "Workbooks on their way into the lists"),
        (name = "sites", description = "Communities (安置点) with their figures"),
        (name = "ledger", description = "Where the money stands: sums, positions, entries"),
        (name = "findings", description = "What the review rules found (疑点)"),
        (name = "funds", description = "Where the money comes from: sources with their envelopes, notices"),
        (name = "areas", description = "Administrative areas"),
    )
)]
struct Described;

/// Every route of the interface with its description.
fn described() -> OpenApiRouter<State> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(project::list, project::create))
        .routes(routes!(project::one, project::change))
        .routes(routes!(project::relocate))
        .routes(routes!(project::history_of))
        .routes(routes!(jobs::one))
        .routes(routes!(list::all))
        .routes(routes!(list::one))
        .routes(routes!(site::list))
        .routes(routes!(site::one))
        .routes(routes!(fund::sources))
        .routes(routes!(fund::notices))
        .routes(routes!(fund::notice))
        .routes(routes!(ledger::totals))
        .routes(routes!(ledger::positions))
        .routes(routes!(ledger::entries))
        .routes(routes!(ledger::inverted))
        .routes(routes!(finding::list))
        .routes(routes!(finding::one))
        .routes(routes!(area::list))
        .routes(routes!(area::tree))
        .routes(routes!(area::one))
        .routes(routes!(import::list))
        .routes(routes!(import::upload))
        .routes(routes!(import::one))
        .routes(routes!(import::rows))
        .routes(routes!(import::told::read_as))
        .routes(routes!(import::told::whole))
        .routes(routes!(import::commit))
        .routes(routes!(import::cancel))
        .routes(routes!(import::undo));
    OpenApiRouter::with_openapi(Described::openapi()).nest(PREFIX, v1)
}

/// The routes, to be merged into the server's.
pub fn router() -> Router<State> {
    described().split_for_parts().0
}

/// The description that `/api/openapi.json` and `houfu openapi` give.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = described().into_openapi();
    env!("CARGO_PKG_VERSION").clone_into(&mut document.info.version);
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token made on the account page; a read token changes nothing."))
        .build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(TOKEN, SecurityScheme::Http(scheme));
    document
}

/// Methods of an address with their descriptions.
pub fn operations(item: &PathItem) -> Vec<(&'static str, &Operation)> {
    let all = [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("PATCH", &item.patch),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?))).collect()
}

/// An instant as the interface writes it.
fn instant(utc: NaiveDateTime) -> String {
    utc.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The size of a page: refused when it is no number or above `most`, never silently cut.
fn limit(text: &str, usual: u64, most: u64) -> Result<u64, Failure> {
    if text.is_empty() {
        return Ok(usual);
    }
    let limit = text.parse().ok().filter(|limit| (1..=most).contains(limit));
    limit.ok_or_else(|| Failure::field("limit", FieldFault::Between { least: 1, most }))
}

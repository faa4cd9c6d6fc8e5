//! The description as a file and as a page to try it on. Everything comes from this server, nothing from elsewhere.

use crate::state::State;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Address of the description.
pub const DOCUMENT: &str = "/api/openapi.json";
/// Address of the page to try it on.
pub const PAGE: &str = "/api/docs/ui";

/// Every address of both.
pub const PATHS: [&str; 4] = [DOCUMENT, "/api/docs/ui", "/api/docs/ui/", "/api/docs/ui/{*rest}"];

/// That page writes style attributes of its own; scripts and requests stay on this host.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Both addresses.
pub fn router() -> Router<State> {
    // Without "none" the page would ask a host of its makers to judge the description.
    let config = Config::new([DOCUMENT]).validator_url("none").default_models_expand_depth(0);
    let ui = SwaggerUi::new(PAGE).url(DOCUMENT, super::document()).config(config);
    Router::from(ui).layer(from_fn(allow_own))
}

async fn allow_own(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

//! The web server and the command line. `router` is where tests start: it is the whole server without a socket.
#![recursion_limit = "512"]

pub mod anchor;
pub mod api;
pub mod attachment;
pub mod backup;
pub mod bulletin;
pub mod cli;
pub mod config;
pub mod dashboard;
pub mod deploy;
pub mod dispatch;
pub mod download;
pub mod error_page;
pub mod export;
pub mod figures;
pub mod funds;
pub mod headers;
pub mod health;
pub mod import;
pub mod jobs;
pub mod lapsed;
pub mod limits;
pub mod listen;
pub mod nightly;
pub mod origin;
pub mod reader;
pub mod reconcile;
pub mod request_id;
pub mod review;
pub mod routes;
pub mod session;
pub mod site;
pub mod state;
pub mod statement;
pub mod static_files;
pub mod tables;
pub mod telemetry;

use app::routes::App;
use app::{bridge, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use http::StatusCode;
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use state::State;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Every route with every guard. From the outside in: name, headers, compression, problems, panics, origin, address, limits,
/// forms of those who are signed out.
pub fn router(state: State) -> Router {
    routes(&state)
        .layer(from_fn_with_state(state.clone(), lapsed::give_back))
        // `limits` has read the body within its own bound; axum's general 2 MiB would cut a large paste short.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(state.clone(), limits::hold))
        .layer(from_fn_with_state(state.clone(), session::note_client))
        .layer(from_fn_with_state(state.clone(), origin::gate))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(api::problem::dress))
        .layer(from_fn(error_page::dress))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn_with_state(state.clone(), request_id::name))
        .with_state(state)
}

/// Pages, doors, files, health.
fn routes(state: &State) -> Router<State> {
    let site = state.site();
    let assets = state.pkg.assets();
    let context = move || bridge::provide(&site);
    let document = move || shell::document(&assets);
    let pages = Router::new()
        .leptos_routes_with_context(state, generate_route_list(App), context.clone(), document.clone())
        .route_layer(from_fn_with_state(state.clone(), reader::find));
    Router::new()
        .merge(routes::router())
        .merge(pages)
        .fallback(move |request: Request<Body>| not_found(context.clone(), document.clone(), request))
}

/// The page for an address that has none.
async fn not_found<IV: leptos::IntoView + 'static>(
    context: impl Fn() + Clone + Send + Sync + 'static,
    document: impl Fn() -> IV + Clone + Send + Sync + 'static,
    request: Request<Body>,
) -> Response {
    let mut response = render_app_async_with_context(context, document)(request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

//! The web server and the command line. `router` is where tests start: it is the whole server without a socket.
#![recursion_limit = "512"]

pub mod attachment;
pub mod cli;
pub mod config;
pub mod download;
pub mod export;
pub mod headers;
pub mod health;
pub mod import;
pub mod limits;
pub mod origin;
pub mod session;
pub mod state;
pub mod static_files;
pub mod tables;
pub mod telemetry;

use app::routes::App;
use app::{bridge, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use state::State;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Every route with every guard. From the outside in: panics, headers, compression, origin, address, limits.
pub fn router(state: State) -> Router {
    routes(&state)
        .layer(from_fn_with_state(state.clone(), limits::hold))
        .layer(from_fn_with_state(state.clone(), session::note_client))
        .layer(from_fn_with_state(state.clone(), origin::gate))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(CatchPanicLayer::new())
        .with_state(state)
}

/// Pages, doors, files, health.
fn routes(state: &State) -> Router<State> {
    let site = state.site();
    let assets = state.pkg.assets();
    let context = move || bridge::provide(&site);
    let document = move || shell::document(&assets);
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/favicon.svg", get(static_files::favicon))
        .route("/favicon.ico", get(static_files::favicon))
        .route("/pkg/{*file}", get(static_files::file))
        .route("/projects/import/{id}/annotated/export", get(import::annotated))
        .route("/projects/import/template/export", get(import::template))
        .route(app::list::selection::EXPORT_PATH, get(export::lists))
        .route("/projects/{project}/attachments/{attachment}", get(attachment::file))
        .route(app::site::list::EXPORT_PATH, get(tables::sites))
        .route(app::audit::page::EXPORT_PATH, get(tables::audit))
        .leptos_routes_with_context(state, generate_route_list(App), context.clone(), document.clone())
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

//! Every route of the program, as a list: `houfu routes` prints it and the proofs of the doors walk it. The fixed
//! routes are built from here; pages, doors and the interface are asked for theirs.

use crate::state::State;
use crate::{
    api, attachment, bulletin, dashboard, dispatch, export, funds, health, import, jobs, limits, reconcile,
    review, site, statement, static_files, tables,
};
use app::list::selection::EXPORT_PATH;
use app::routes::App;
use axum::Router;
use axum::routing::{MethodRouter, get};
use leptos_axum::generate_route_list;
use serde::Serialize;
use std::collections::BTreeSet;

/// What kind of route it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// rendered on the server
    Page,
    /// a server function
    Door,
    /// the interface for programs
    Api,
    /// anything else that is sent as it is
    File,
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Route {
    pub path: String,
    pub method: String,
    pub kind: Kind,
    /// Answers people who are not signed in.
    pub public: bool,
    /// bytes
    pub body_limit: usize,
}

/// What strangers may reach; everything else asks for a session or a token.
pub const PUBLIC: [&str; 19] = [
    "/healthz",
    "/readyz",
    "/favicon.svg",
    "/favicon.ico",
    "/pkg/{*file}",
    "/api/openapi.json",
    "/api/docs/ui",
    "/api/docs/ui/",
    "/api/docs/ui/{*rest}",
    "/login",
    "/setup",
    // A wall screen has a key of its own.
    "/screen/enter",
    "/api/screen/enter",
    "/api/screen/figures",
    "/api/account/is_set_up",
    "/api/account/set_up",
    "/api/account/sign_in",
    "/api/account/sign_out",
    "/api/account/set_look",
];

/// Routes that are neither page nor door nor interface, all by GET.
fn fixed() -> Vec<(&'static str, MethodRouter<State>)> {
    vec![
        ("/healthz", get(health::alive)),
        ("/readyz", get(health::ready)),
        ("/favicon.svg", get(static_files::favicon)),
        ("/favicon.ico", get(static_files::favicon)),
        ("/pkg/{*file}", get(static_files::file)),
        ("/projects/import/{id}/annotated/export", get(import::annotated)),
        ("/projects/import/template/export", get(import::template)),
        (EXPORT_PATH, get(export::lists)),
        (app::site::list::EXPORT_PATH, get(tables::sites)),
        (app::site::list::EXPORT_STANDING, get(site::standing)),
        (app::audit::page::EXPORT_PATH, get(tables::audit)),
        (app::review::address::EXPORT, get(review::papers)),
        (app::review::address::EXPORT_RULES, get(review::rules::catalogue)),
        (app::dispatch::address::EXPORT, get(dispatch::book)),
        (app::statement::list::EXPORT_PATH, get(statement::statements)),
        (app::bulletin::address::EXPORT_XLSX, get(bulletin::xlsx)),
        (app::bulletin::address::EXPORT_DOCX, get(bulletin::docx)),
        (app::bulletin::address::EXPORT_PDF, get(bulletin::pdf)),
        (app::dashboard::address::EXPORT, get(dashboard::figures)),
        (app::dashboard::address::WORKS_EXPORT, get(dashboard::works)),
        (app::dashboard::address::BRIEF, get(dashboard::brief::paper)),
        (app::jobs::record::address::EXPORT, get(jobs::compared)),
        (app::jobs::portfolio::address::EXPORT, get(jobs::portfolio::sums)),
        (app::fund::address::EXPORT_SOURCES, get(funds::quota::sources)),
        (app::fund::address::EXPORT_NOTICES, get(funds::quota::notices)),
        (app::ledger::reconcile::address::EXPORT_PATH, get(reconcile::table)),
        (app::ledger::address::EXPORT, get(funds::entries)),
        (app::ledger::address::EXPORT_POSITIONS, get(funds::positions)),
        (app::ledger::address::EXPORT_INVERTED, get(funds::inverted)),
        (app::ledger::address::EXPORT_STANDING, get(funds::standing)),
        (app::ledger::address::EXPORT_REPORT, get(funds::report)),
        (app::ledger::address::EXPORT_CONTROLS, get(funds::control::matrix)),
        ("/projects/{project}/attachments/{attachment}", get(attachment::file)),
    ]
}

/// The fixed routes, the interface and its description.
pub fn router() -> Router<State> {
    let plain =
        fixed().into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    plain.merge(api::router()).merge(api::docs::router())
}

/// Every route, in order. Needs a runtime, because pages are asked for their addresses by rendering.
pub fn all() -> Vec<Route> {
    let mut found: BTreeSet<Route> = BTreeSet::new();
    let mut add = |method: &str, path: &str, kind| {
        found.insert(Route {
            path: path.to_owned(),
            method: method.to_owned(),
            kind,
            public: PUBLIC.contains(&path),
            body_limit: limits::limit(path).body,
        });
    };
    for (path, _) in fixed() {
        add("GET", path, Kind::File);
    }
    for path in api::docs::PATHS {
        add("GET", path, Kind::File);
    }
    for (path, item) in api::document().paths.paths {
        for (method, _) in api::operations(&item) {
            add(method, &path, Kind::Api);
        }
    }
    for (path, method) in server_fn::axum::server_fn_paths() {
        add(method.as_str(), path, Kind::Door);
    }
    for page in generate_route_list(App) {
        if !app::bridge::is_door(page.path()) {
            add("GET", page.path(), Kind::Page);
        }
    }
    found.into_iter().collect()
}

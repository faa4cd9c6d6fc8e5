//! The arrows between crates, compared with the table of the architecture. A new arrow is a change of this table.

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Crate, and what it may name of ours.
pub const ARROWS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("contract", &["domain"]),
    ("words", &["contract", "domain"]),
    ("migrations", &[]),
    ("store", &["contract", "domain", "migrations"]),
    ("sheet", &["contract", "domain"]),
    ("service", &["contract", "domain", "sheet", "store"]),
    ("app", &["contract", "domain", "service", "words"]),
    ("server", &["app", "contract", "domain", "migrations", "service", "sheet", "store", "words"]),
    ("frontend", &["app"]),
    ("tests", &["app", "contract", "domain", "migrations", "server", "service", "sheet", "store", "words"]),
];

/// Framework, and the crates that may name it.
pub const FRAMEWORKS: [(&str, &[&str]); 6] = [
    ("leptos", &["app", "frontend", "server", "words"]),
    ("axum", &["app", "server", "tests"]),
    ("sea-orm", &["store", "tests"]),
    ("sea-orm-migration", &["migrations", "store"]),
    ("server_fn", &["app", "contract", "server", "tests"]),
    ("tokio", &["server", "service", "sheet", "store", "tests"]),
];

/// All that the rules may stand on.
pub const DOMAIN: [&str; 6] = ["chrono", "rust_decimal", "serde", "serde_json", "thiserror", "uuid"];

/// One declared dependency: who, whom, whether it is optional.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub is_optional: bool,
}

/// The arrows as Cargo knows them, without those of unit tests and build scripts.
pub fn declared() -> Vec<Arrow> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(super::root())
        .output()
        .expect("cargo runs the tests, so it is there");
    let tree: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut arrows = Vec::new();
    for package in tree["packages"].as_array().into_iter().flatten() {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if dependency["kind"].is_null() {
                arrows.push(Arrow {
                    from: text(&package["name"]),
                    to: text(&dependency["name"]),
                    is_optional: dependency["optional"].as_bool().unwrap_or(false),
                });
            }
        }
    }
    arrows
}

/// What breaks the table.
pub fn offences(arrows: &[Arrow]) -> Vec<String> {
    let ours: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    let mut found = Vec::new();
    for Arrow { from, to, is_optional } in arrows {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| name == from) else {
            found.push(format!("{from} is a crate without a floor"));
            continue;
        };
        if ours.contains(to.as_str()) && !allowed.contains(&to.as_str()) {
            found.push(format!("{from} -> {to} is no arrow of the architecture"));
        }
        if from == "app" && to == "service" && !is_optional {
            found.push("app -> service must be optional: it exists only under ssr".into());
        }
        if from == "domain" && !DOMAIN.contains(&to.as_str()) {
            found.push(format!("domain -> {to}: the rules stand on values only"));
        }
        if let Some((_, users)) = FRAMEWORKS.iter().find(|(name, _)| name == to)
            && !users.contains(&from.as_str())
        {
            found.push(format!("{from} -> {to}: this floor does not know that framework"));
        }
    }
    found
}

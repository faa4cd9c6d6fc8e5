//! Addresses of reconciliations, and where each form leads. Knows no component.

use crate::parts::address::write;
use contract::ledger::reconcile::{JudgeForm, ReconciliationView, StepForm};
use domain::id::ReconciliationId;
use leptos_router::params::ParamsMap;
use std::collections::BTreeMap;

/// The list, and the way in.
pub const PATH: &str = "/funds/reconcile";
/// Route of the file with all rows of one.
pub const EXPORT_PATH: &str = "/funds/reconcile/{id}/export";

/// The page of one.
pub fn one(reconciliation: ReconciliationId) -> String {
    format!("{PATH}/{reconciliation}")
}

/// Its file.
pub fn export(reconciliation: ReconciliationId) -> String {
    EXPORT_PATH.replace("{id}", &reconciliation.to_string())
}

/// After a file came in.
pub fn brought(view: &ReconciliationView) -> String {
    write(&one(view.head.reconciliation), &[("done", "created")])
}

/// After a step, which is the newest of the trail.
pub fn stepped(view: &ReconciliationView) -> String {
    let done = view.steps.first().map_or("", |step| step.step.as_str());
    write(&one(view.head.reconciliation), &[("done", done)])
}

/// What was ticked and typed, as an address carries it back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    pub lines: Vec<String>,
    pub entries: Vec<String>,
    pub text: String,
}

impl Ticked {
    pub fn read(query: &ParamsMap) -> Ticked {
        let list = |name: &str| {
            let text = query.get(name).unwrap_or_default();
            text.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let text = query.get("text").unwrap_or_default();
        Ticked { lines: list("lines"), entries: list("entries"), text }
    }
}

/// Back to the page with what was ticked and typed. An id that is none leads to a page that does not exist.
pub fn retyped(form: &StepForm) -> String {
    let keys =
        |ticks: &BTreeMap<String, String>| ticks.keys().map(String::as_str).collect::<Vec<_>>().join(",");
    let path = format!("{PATH}/{}", crate::parts::address::encode(&form.reconciliation));
    write(&path, &[("lines", &keys(&form.lines)), ("entries", &keys(&form.entries)), ("text", &form.text)])
}

/// Back to the page with the reason that was typed.
pub fn unjudged(form: &JudgeForm) -> String {
    let path = format!("{PATH}/{}", crate::parts::address::encode(&form.reconciliation));
    write(&path, &[("reason", &form.reason)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_ticked_comes_back() {
        let ticks = |keys: [&str; 2]| keys.map(|key| (key.to_owned(), "1".to_owned())).into_iter().collect();
        let form = StepForm {
            reconciliation: "r".into(),
            lines: ticks(["3", "7"]),
            text: "x y".into(),
            ..StepForm::default()
        };
        assert_eq!(retyped(&form), "/funds/reconcile/r?lines=3,7&text=x%20y");
        let mut query = ParamsMap::new();
        query.insert("lines", "3,7".to_owned());
        assert_eq!(Ticked::read(&query).lines, ["3", "7"]);
    }
}

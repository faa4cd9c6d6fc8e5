//! Addresses of reconciliations, and where each form leads. Knows no component.

use crate::parts::address::{encode, write};
use crate::parts::retyped::back;
use contract::ledger::reconcile::{JudgeForm, ReconciliationView, StepForm};
use domain::id::ReconciliationId;
use leptos_router::params::ParamsMap;

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
        let list = |name: &str| query.get_all(name).unwrap_or_default();
        let text = query.get("text").unwrap_or_default();
        Ticked { lines: list("lines"), entries: list("entries"), text }
    }
}

/// Back to the page with what was typed and, as far as there is room, what was ticked, each tick by itself. An id that is none leads to a page that does not exist.
pub fn retyped(form: &StepForm) -> String {
    let mut typed = vec![("text", form.text.as_str())];
    typed.extend(form.lines.keys().map(|key| ("lines", key.as_str())));
    typed.extend(form.entries.keys().map(|key| ("entries", key.as_str())));
    back(&format!("{PATH}/{}", encode(&form.reconciliation)), &typed)
}

/// Back to the page with the reason that was typed.
pub fn unjudged(form: &JudgeForm) -> String {
    back(&format!("{PATH}/{}", encode(&form.reconciliation)), &[("reason", &form.reason)])
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
        assert_eq!(retyped(&form), "/funds/reconcile/r?text=x%20y&lines=3&lines=7");
        let mut query = ParamsMap::new();
        query.insert("lines", "3".to_owned());
        query.insert("lines", "7".to_owned());
        assert_eq!(Ticked::read(&query).lines, ["3", "7"]);
        let form = StepForm { text: "5%20".repeat(9000), ..form };
        assert!(retyped(&form).len() < 7000 && retyped(&form).contains("=5%252520"), "{}", retyped(&form));
    }
}

//! Where the forms of an estimate go on to, and back to with what was typed.

use crate::parts::address::encode;
use crate::parts::retyped::back;
use contract::jobs::{InputsForm, OverrideForm, SavedInputs};
use domain::id::ProjectId;

/// The page of a project's estimate.
pub fn page(project: ProjectId) -> String {
    format!("/projects/{project}/jobs")
}

pub fn saved(saved: &SavedInputs) -> String {
    format!("{}?saved=1", page(saved.project))
}

pub fn retyped(form: &InputsForm) -> String {
    let mut typed = vec![("operation", form.operation.as_str()), ("multiplier", form.multiplier.as_str())];
    typed.extend(form.values.iter().map(|(code, text)| (code.as_str(), text.as_str())));
    back(&of(&form.project), &typed)
}

pub fn retyped_override(form: &OverrideForm) -> String {
    let typed = [
        ("kind", form.kind.as_str()),
        ("low", form.low.as_str()),
        ("standard", form.standard.as_str()),
        ("high", form.high.as_str()),
        ("reason", form.reason.as_str()),
    ];
    back(&of(&form.project), &typed)
}

fn of(project: &str) -> String {
    format!("/projects/{}/jobs", encode(project))
}

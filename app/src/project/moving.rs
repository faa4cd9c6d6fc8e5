//! Moving a project to another list, from its own page. A plain form; the rule of reasons is the server's.

use super::api;
use crate::parts::address::encode;
use crate::parts::button::Submit;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::retyped::{back, typed};
use contract::project::ProjectView;
use domain::period::Horizon;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::{name, t};

/// The door of the move.
pub fn move_action() -> &'static str {
    <api::MoveProject as server_fn::ServerFn>::PATH
}

/// Back to a project with where it was to go, and why.
pub fn retyped(project: &str, to: &str, reason: &str) -> String {
    back(&format!("/projects/{}", encode(project)), &[("to", to), ("reason", reason)])
}

#[component]
pub fn MoveForm(view: ProjectView) -> impl IntoView {
    let l = locale();
    if !view.may.includes(Action::MoveBetweenLists) {
        return ().into_any();
    }
    let refused = returned_error(move_action());
    let open = refused.is_some();
    let standing = view.listed.as_ref().map(|listed| listed.horizon);
    let to = typed(move_action(), "to").unwrap_or_default();
    let reason = typed(move_action(), "reason").unwrap_or_default();
    let choice = |code: &'static str, word: &'static str| {
        let selected = code == to;
        view! { <option value=code selected=selected>{word}</option> }
    };
    let choices = Horizon::ALL
        .into_iter()
        .filter(|horizon| standing != Some(*horizon))
        .map(|horizon| choice(horizon.code(), name::horizon(l, horizon)))
        .collect_view();
    let pool = standing.map(|_| choice("pool", t!(l, list.move_pool)));
    view! {
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        <details class="project-move" open=open data-noprint="">
            <summary>{t!(l, list.move_open)}</summary>
            <form method="post" action=move_action() class="form form-row">
                <input type="hidden" name="key" value=view.key.clone() />
                <input type="hidden" name="project" value=view.project.to_string() />
                <input type="hidden" name="version" value=view.version.to_string() />
                <div class="field">
                    <label class="field-label" for="to">{t!(l, list.move_to)}</label>
                    <select class="input" id="to" name="to">
                        {choices} {pool}
                    </select>
                </div>
                <div class="field">
                    <label class="field-label" for="reason">{t!(l, list.move_reason)}</label>
                    <input class="input" id="reason" name="reason" type="text" value=reason maxlength="500" />
                </div>
                <Submit>{t!(l, list.move_do)}</Submit>
            </form>
        </details>
    }
    .into_any()
}

//! The line for a reason beside the button that asks for it; a reason that came back stands there again.

use leptos::prelude::*;

/// Label and input of `form[reason]`.
pub fn reason(label: &'static str, typed: Option<String>, required: bool) -> AnyView {
    view! {
        <label for="reason">{label}</label>
        <input
            class="input ledger-reason"
            id="reason"
            name="form[reason]"
            value=typed
            maxlength="500"
            autocomplete="off"
            required=required
        />
    }
    .into_any()
}

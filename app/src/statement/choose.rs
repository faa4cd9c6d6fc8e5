//! The form in which a working figure is chosen and signed; a plain post with an idempotency key. What is typed as
//! another figure is read back while typing.

use super::api::ChooseFigure;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, Labels, field_error, returned_error};
use crate::parts::field::{AreaField, TextField};
use crate::parts::retyped::typed;
use contract::statement::StatementView;
use domain::statement::printed::{Kind, Printed};
use leptos::prelude::*;
use words::explain::statement as explain;
use words::locale::locale;
use words::{Locale, name, t};

/// The door of the form.
pub fn action() -> &'static str {
    <ChooseFigure as server_fn::ServerFn>::PATH
}

#[component]
pub fn Choose(view: StatementView) -> impl IntoView {
    let l = locale();
    let error = returned_error(action());
    let kind = view.statement.printed().kind();
    // A form that was refused comes back with what was chosen and typed.
    let back = |name: &str| typed(action(), name).unwrap_or_default();
    let (chosen, other_text, reason_text) = (back("figure"), back("other"), back("reason"));
    // Told to the echo by the browser alone: without scripts nobody could open the button again.
    let typing = RwSignal::new(String::new());
    let came = StoredValue::new(other_text.clone());
    Effect::new(move || typing.set(came.get_value()));
    let unread = Signal::derive(move || {
        typing.with(|text| !text.trim().is_empty() && Printed::read(text, kind).is_err())
    });
    let of = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let (other, reason) = (of("other"), of("reason"));
    let labels = labels(l);
    let choices = radios(l, &view, &chosen);
    view! {
        <section class="panel statement-choose">
            <h2>{t!(l, statement.choose)}</h2>
            {error.map(|error| view! { <ErrorPanel error labels /> })}
            <p class="statement-lead">{t!(l, statement.choose_lead)}</p>
            <form method="post" action=action() class="statement-form">
                <input type="hidden" name="statement" value=view.id.to_string() />
                <input type="hidden" name="seen" value=view.choices.len().to_string() />
                <input type="hidden" name="key" value=view.key />
                <fieldset class="statement-choices">
                    <legend>{t!(l, statement.figure)}</legend>
                    {choices}
                </fieldset>
                <TextField
                    name="other"
                    label=t!(l, statement.other)
                    hint=t!(l, statement.other_hint)
                    value=other_text
                    error=other
                    autocomplete="off"
                    maxlength=60
                    on_change=Callback::new(move |text| typing.set(text))
                />
                <p class="statement-echo" aria-live="polite">
                    {move || echo(l, &typing.get(), kind)}
                </p>
                <AreaField
                    name="reason"
                    label=t!(l, statement.reason)
                    value=reason_text
                    error=reason
                    required=true
                />
                <p class="toolbar">
                    <Submit weight=Weight::Primary disabled=unread>
                        {t!(l, statement.sign)}
                    </Submit>
                </p>
            </form>
        </section>
    }
}

/// What the inputs are called, for the summary of errors.
fn labels(l: Locale) -> Labels {
    [
        ("figure", t!(l, statement.figure)),
        ("other", t!(l, statement.other)),
        ("reason", t!(l, statement.reason)),
    ]
    .map(|(name, label)| (name.to_owned(), label.to_owned()))
    .to_vec()
}

/// One button for each figure that may be taken; the first has the id that labels of faults lead to.
fn radios(l: Locale, view: &StatementView, chosen: &str) -> AnyView {
    choices(l, view)
        .into_iter()
        .enumerate()
        .map(|(place, (value, word))| {
            let id = if place == 0 { "figure".to_owned() } else { format!("figure-{place}") };
            view! {
                <label class="statement-choice">
                    <input
                        type="radio"
                        name="figure"
                        id=id
                        checked=value == chosen
                        value=value
                        required
                    />
                    {word}
                </label>
            }
        })
        .collect_view()
        .into_any()
}

/// Values of the input with their words: only what can be one number.
fn choices(l: Locale, view: &StatementView) -> Vec<(String, String)> {
    let printed = view.statement.printed();
    let mut found = Vec::new();
    if printed.named().single().is_some() {
        let word = t!(l, statement.choice_stated, figure = printed.text().to_owned());
        found.push(("stated".to_owned(), word));
    }
    let computed = view.checked.as_ref().map_or(&[][..], |checked| checked.computed.as_slice());
    for (place, value) in computed.iter().enumerate() {
        let single = value.named.single().filter(|_| view.statement.basis().gives_the_figure());
        let Some(single) = single else { continue };
        let figure = explain::figure(l, single, printed.kind());
        let figure = if value.label.is_empty() { figure } else { format!("{figure} ({})", value.label) };
        found.push((format!("computed.{place}"), t!(l, statement.choice_computed, figure = figure)));
    }
    found.push(("other".to_owned(), t!(l, statement.choice_other).to_owned()));
    found
}

/// What the typed text is read as.
fn echo(l: Locale, text: &str, kind: Kind) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    match Printed::read(text, kind) {
        Ok(printed) => t!(l, statement.other_reads, figure = explain::span(l, printed.named(), kind)),
        Err(_) => t!(l, statement.other_unread, kind = name::figure_kind(l, kind)),
    }
}

//! A labelled input with its hint and its error beside it. The error's words come from the caller.

use super::unescaped::in_textarea;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Label, hint and error around any control; the control must carry `id=name`, and
/// `aria-describedby="{name}-note"` when it has a hint or an error.
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:field-wrong=move || error.with(Option::is_some)>
            <label class="field-label" for=name.clone()>
                {label}
                {required.then(|| view! { <span class="field-required">{t!(locale(), common.required)}</span> })}
            </label>
            {children()}
            <div id=format!("{name}-note") class="field-note">
                {move || error.get().map(|text| view! { <p class="field-error">{text}</p> })}
                {(!hint.is_empty()).then(|| view! { <p class="field-hint">{hint}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// One line of text.
#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    /// `text`, `password`, `date`, …
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    /// Called on every change with the text so far.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    view! {
        <Field name=name label=label hint=hint error=error required=required>
            <input
                class="input"
                id=name
                name=name
                type=kind
                value=value
                required=required
                autocomplete=autocomplete
                maxlength=maxlength
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=format!("{name}-note")
                on:input=move |event| {
                    if let Some(callback) = on_change {
                        callback.run(event_target_value(&event));
                    }
                }
            />
        </Field>
    }
    .into_any()
}

/// Several lines of text.
#[component]
pub fn AreaField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(default = 3)] rows: u32,
) -> impl IntoView {
    view! {
        <Field name=name label=label hint=hint error=error required=required>
            <textarea
                class="input"
                id=name
                name=name
                rows=rows
                required=required
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=format!("{name}-note")
            >
                {in_textarea(value)}
            </textarea>
        </Field>
    }
    .into_any()
}

/// One of several; choices are (value, word).
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    choices: Vec<(String, String)>,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    view! {
        <Field name=name label=label hint=hint error=error required=required>
            <select
                class="input"
                id=name
                name=name
                required=required
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=format!("{name}-note")
                on:change=move |event| {
                    if let Some(callback) = on_change {
                        callback.run(event_target_value(&event));
                    }
                }
            >
                {choices
                    .into_iter()
                    .map(|(code, word)| {
                        let selected = code == value;
                        view! {
                            <option value=code selected=selected>
                                {word}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </Field>
    }
    .into_any()
}

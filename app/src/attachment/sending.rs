//! The form that adds a file. With scripts it shows how far the sending is and checks size and kind before; without,
//! it is a plain post to the same door.

use super::panel::{size, upload_action};
use crate::parts::button::{Submit, Weight};
use contract::attachment::FILE_MOST;
use contract::error::{ApiError, FieldFault, Refusal};
use domain::attachment::FileKind;
use domain::project::Gate;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use words::locale::locale;
use words::{Locale, explain, name, t};

#[component]
pub fn SendForm(
    project: String,
    key: String,
    /// bytes left to this person
    room: u64,
) -> impl IntoView {
    let l = locale();
    let wrong = RwSignal::new(None::<String>);
    let sent = RwSignal::new(None::<u32>);
    let names: Vec<&str> = FileKind::ALL.iter().flat_map(|kind| kind.extensions()).copied().collect();
    let accept = names.iter().map(|name| format!(".{name}")).collect::<Vec<_>>().join(",");
    let kinds = names.join(" · ");
    let back = format!("/projects/{project}/files");
    view! {
        <form
            method="post"
            action=upload_action()
            enctype="multipart/form-data"
            class="attachment-form"
            on:submit=move |event| {
                event.prevent_default();
                let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
                else { return };
                wrong.set(complaint(l, &form));
                if wrong.with_untracked(Option::is_none) {
                    send(l, &form, &back, sent, wrong);
                }
            }
        >
            <h2>{t!(l, attachment.add)}</h2>
            <p class="field-hint" id="attachment-limits">
                {t!(l, attachment.limits, kinds = kinds, most = size(FILE_MOST), room = size(room))}
            </p>
            <input type="hidden" name="project" value=project.clone() />
            <input type="hidden" name="key" value=key />
            <Inputs accept=accept busy=Signal::derive(move || sent.get().is_some()) />
            <p class="field-error" id="attachment-wrong" role="alert">
                {move || wrong.get()}
            </p>
            {move || sent.get().map(|percent| view! { <Sent percent /> })}
        </form>
    }
    .into_any()
}

/// Gate and file, and the button.
#[component]
fn Inputs(accept: String, busy: Signal<bool>) -> impl IntoView {
    let l = locale();
    view! {
        <div class="attachment-row">
            <div class="field">
                <label class="field-label" for="gate">
                    {t!(l, attachment.gate)}
                </label>
                <select class="input" id="gate" name="gate">
                    <option value="">{t!(l, attachment.no_gate)}</option>
                    {Gate::ALL
                        .map(|gate| view! { <option value=gate.code()>{name::gate(l, gate)}</option> })
                        .collect_view()}
                </select>
            </div>
            <div class="field">
                <label class="field-label" for="file">
                    {t!(l, attachment.file)}
                </label>
                <input
                    class="input"
                    id="file"
                    name="file"
                    type="file"
                    required
                    accept=accept
                    aria-describedby="attachment-limits attachment-wrong"
                />
            </div>
            <Submit weight=Weight::Primary disabled=busy>
                {t!(l, attachment.send)}
            </Submit>
        </div>
    }
    .into_any()
}

/// How far the sending is.
#[component]
fn Sent(percent: u32) -> impl IntoView {
    let l = locale();
    view! {
        <p role="status">
            <progress class="attachment-progress" max="100" value=percent aria-label=t!(l, attachment.sending)></progress>
            {t!(l, attachment.sent, percent = percent)}
        </p>
    }
    .into_any()
}

/// What is wrong with the chosen file, told before it travels.
fn complaint(l: Locale, form: &web_sys::HtmlFormElement) -> Option<String> {
    let input = form.elements().named_item("file")?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    if FileKind::of_name(&file.name()).is_none() {
        return Some(explain::refusal(l, &Refusal::FileTypeNotAllowed));
    }
    // A size is a whole number below 2⁵³.
    let too_large = file.size() > FILE_MOST as f64;
    too_large.then(|| explain::field_fault(l, &FieldFault::TooLarge { most: FILE_MOST }))
}

/// Posts the form and follows its progress; afterwards the page is opened anew, as a plain form would.
fn send(
    l: Locale,
    form: &web_sys::HtmlFormElement,
    back: &str,
    sent: RwSignal<Option<u32>>,
    wrong: RwSignal<Option<String>>,
) {
    let (Ok(data), Ok(request)) = (web_sys::FormData::new_with_form(form), web_sys::XmlHttpRequest::new())
    else {
        return;
    };
    sent.set(Some(0));
    let progress = Closure::<dyn Fn(web_sys::ProgressEvent)>::new(move |event: web_sys::ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            sent.set(Some((event.loaded() / event.total() * 100.0) as u32));
        }
    });
    let (answered, back) = (request.clone(), format!("{back}?done=attached"));
    let ended = Closure::<dyn Fn()>::new(move || {
        sent.set(None);
        match answered.status() {
            Ok(200) => drop(window().location().set_href(&back)),
            _ => wrong.set(Some(said(l, &answered))),
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    request.set_onloadend(Some(ended.as_ref().unchecked_ref()));
    // The browser calls them after this function has returned.
    progress.forget();
    ended.forget();
    let posted = request
        .open("POST", upload_action())
        .and_then(|()| request.set_request_header("accept", "application/json"))
        .and_then(|()| request.send_with_opt_form_data(Some(&data)));
    if posted.is_err() {
        sent.set(None);
        wrong.set(Some(explain::api_error(l, &ApiError::Transport { detail: String::new() })));
    }
}

/// The door's error in the reader's language.
fn said(l: Locale, request: &web_sys::XmlHttpRequest) -> String {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    let transport = ApiError::Transport { detail: String::new() };
    let error = serde_json::from_slice::<ApiError>(text.as_bytes()).unwrap_or(transport);
    if let ApiError::Invalid { errors } = &error
        && let Some(fault) = errors.iter().next()
    {
        return explain::field_fault(l, &fault.fault);
    }
    explain::api_error(l, &error)
}

//! Step 1: a file is chosen, dropped or pasted into one input, so that the plain form carries it too. With scripts it is
//! sent with a progress bar that can be stopped.

use super::address;
use super::sending::{Sending, send};
use super::text::size;
use crate::parts::button::{Button, Submit, Weight};
use crate::parts::error_panel::ErrorPanel;
use contract::error::ApiError;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_navigate;
use web_sys::{FileList, HtmlFormElement};
use words::locale::locale;
use words::{Locale, t};

pub const ACTION: &str = "/api/import/upload";
/// What the reader understands.
const ACCEPT: &str =
    ".xlsx,.xlsm,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv";
/// bytes; the server says no beyond this, here it is said before the journey
const MOST_BYTES: u64 = 40 * 1024 * 1024;

/// The file in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chosen {
    name: String,
    /// bytes
    size: u64,
}

#[component]
pub fn UploadForm(refused: Option<ApiError>, key: String) -> impl IntoView {
    let l = locale();
    let input = NodeRef::<html::Input>::new();
    let chosen = RwSignal::new(None::<Chosen>);
    let over = RwSignal::new(false);
    let sending = Sending::new(refused);
    let navigate = use_navigate();
    let paste = window_event_listener(ev::paste, move |event| {
        let files = event.clipboard_data().and_then(|data| data.files());
        if let Some(files) = files.filter(|files| files.length() > 0) {
            put(input, chosen, &files);
        } else if let Some(files) = event.clipboard_data().and_then(|data| cells(l, &data)) {
            put(input, chosen, &files);
        }
    });
    on_cleanup(move || paste.remove());
    let submit = move |event: ev::SubmitEvent| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form else { return };
        event.prevent_default();
        let navigate = navigate.clone();
        send(sending, &form, move |import| navigate(&address::of(import), Default::default()));
    };
    view! {
        {move || sending.error.get().map(|error| view! { <ErrorPanel error=error /> })}
        <form
            method="post"
            action=ACTION
            enctype="multipart/form-data"
            class="import-upload"
            class:import-upload-over=move || over.get()
            on:submit=submit
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                over.set(false);
                if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                    put(input, chosen, &files);
                }
            }
        >
            <input type="hidden" name="key" value=key />
            <Picker input chosen sending />
            <Rules />
        </form>
    }
}

/// The input, what lies in it, and the button.
#[component]
fn Picker(input: NodeRef<html::Input>, chosen: RwSignal<Option<Chosen>>, sending: Sending) -> impl IntoView {
    let l = locale();
    let too_large = move || chosen.with(|chosen| chosen.as_ref().is_some_and(|file| file.size > MOST_BYTES));
    view! {
        <div class="import-picker">
            <label class="import-picker-label" for="import-file">{t!(l, import.choose_file)}</label>
            <p class="import-faint">{t!(l, import.drop_here)}</p>
            <input
                class="input import-picker-input"
                id="import-file"
                name="file"
                type="file"
                accept=ACCEPT
                required
                node_ref=input
                aria-describedby="import-file-note import-rules"
                on:change=move |_| {
                    if let Some(input) = input.get_untracked() {
                        chosen.set(input.files().as_ref().and_then(first));
                    }
                }
            />
            <p id="import-file-note" class="import-chosen" role="status">
                {move || chosen.get().map(|file| t!(l, import.chosen, name = file.name, size = size(file.size)))}
                {move || too_large().then(|| view! { <span class="field-error">{t!(l, import.too_large)}</span> })}
            </p>
            {move || {
                sending
                    .share
                    .get()
                    .map(|share| {
                        view! {
                            <div class="import-sending">
                                <progress class="import-progress" max="100" value=share aria-label=t!(l, import.sending)></progress>
                                <span>{t!(l, import.sent, share = share)}</span>
                                <Button weight=Weight::Quiet on_press=move |()| sending.stop()>{t!(l, import.stop)}</Button>
                            </div>
                        }
                    })
            }}
            <Submit weight=Weight::Primary disabled=Signal::derive(move || too_large() || sending.share.get().is_some())>
                {t!(l, import.upload)}
            </Submit>
        </div>
    }
}

/// What is accepted, before anybody waits for an answer.
#[component]
fn Rules() -> impl IntoView {
    let l = locale();
    let rules = [
        t!(l, import.rule_formats),
        t!(l, import.rule_limits),
        t!(l, import.rule_header),
        t!(l, import.rule_unit),
        t!(l, import.rule_blank),
        t!(l, import.rule_missing),
    ];
    view! {
        <div class="import-rules" id="import-rules">
            <h2>{t!(l, import.rules)}</h2>
            <ul class="import-hints">{rules.map(|rule| view! { <li>{rule}</li> }).collect_view()}</ul>
        </div>
    }
}

fn first(files: &FileList) -> Option<Chosen> {
    let file = files.get(0)?;
    Some(Chosen { name: file.name(), size: file.size() as u64 })
}

/// Lays files into the input, as if they had been chosen there.
fn put(input: NodeRef<html::Input>, chosen: RwSignal<Option<Chosen>>, files: &FileList) {
    let Some(input) = input.get_untracked() else { return };
    input.set_files(Some(files));
    chosen.set(first(files));
    let button = input
        .closest("form")
        .ok()
        .flatten()
        .and_then(|form| form.query_selector("button[type=submit]").ok()?);
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        // The focus is a help; without it the button is one key further.
        drop(button.focus());
    }
}

/// Cells copied in a spreadsheet, as a text table of one's own; `None` for anything else.
fn cells(l: Locale, data: &web_sys::DataTransfer) -> Option<FileList> {
    let text = data.get_data("text/plain").ok()?;
    let is_table = text.lines().count() > 1 && text.contains('\t');
    if !is_table {
        return None;
    }
    let parts = js_sys::Array::of1(&text.into());
    let name = t!(l, import.pasted_name);
    let file = web_sys::File::new_with_str_sequence(&parts, name).ok()?;
    let holder = web_sys::DataTransfer::new().ok()?;
    holder.items().add_with_file(&file).ok()?;
    holder.files()
}

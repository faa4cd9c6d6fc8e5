//! While a file is read, and when it was refused. Asks again every second with scripts, by the page itself without.

use super::address;
use super::send::{Wizard, hidden};
use super::text::number;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::icon::{Icon, Shape};
use contract::import::{ImportState, Progress};
use leptos::prelude::*;
use std::time::Duration;
use words::locale::locale;
use words::{explain, t};

/// Between two questions.
const PAUSE: Duration = Duration::from_secs(1);
/// The page loads itself again while scripts are off.
const AGAIN: &str = "<meta http-equiv=\"refresh\" content=\"2\">";

#[component]
pub fn Reading(wizard: Wizard) -> impl IntoView {
    let l = locale();
    Effect::new(move || {
        if wizard.view.with(|view| view.state) != ImportState::Reading {
            return;
        }
        let asked = set_timeout_with_handle(move || wizard.refresh(), PAUSE);
        // Without a clock the link below still shows the newest state.
        if let Ok(handle) = asked {
            on_cleanup(move || handle.clear());
        }
    });
    let progress = move || wizard.view.with(|view| view.progress.clone().unwrap_or_default());
    let here = wizard.view.with_untracked(|view| address::of(view.import));
    view! {
        <noscript inner_html=AGAIN></noscript>
        <section class="panel import-wait" aria-live="polite">
            <h2>{t!(l, import.reading_title)}</h2>
            {move || bar(progress())}
            <p>{t!(l, import.reading_leave)}</p>
            <div class="import-acts">
                <a class="button" href=here rel="external">{t!(l, import.look_again)}</a>
                <CancelForm wizard />
            </div>
        </section>
    }
}

fn bar(progress: Progress) -> impl IntoView {
    let l = locale();
    let done = t!(l, import.rows_read, sheet = progress.sheet.clone(), rows = number(progress.rows));
    match progress.of.filter(|of| *of > 0) {
        Some(of) => view! {
            <progress class="import-progress" max=of value=progress.rows.min(of) aria-label=t!(l, import.reading_title)></progress>
            <p class="import-figures">{t!(l, import.rows_read_of, done = done, of = number(of))}</p>
        }
        .into_any(),
        None => view! {
            <progress class="import-progress" aria-label=t!(l, import.reading_title)></progress>
            <p class="import-figures">{done}</p>
        }
        .into_any(),
    }
}

/// Gives up an import that is not committed.
#[component]
pub fn CancelForm(wizard: Wizard) -> impl IntoView {
    let l = locale();
    view! {
        <form
            method="post"
            action="/api/import/cancel"
            on:submit=move |event| {
                event.prevent_default();
                wizard.cancel();
            }
        >
            {move || {
                wizard.view.track();
                hidden(wizard.ticket())
            }}
            <Submit weight=Weight::Quiet disabled=wizard.busy>{t!(l, import.cancel)}</Submit>
        </form>
    }
}

/// The file was refused as a whole: why, where, and the cure.
#[component]
pub fn Failed(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let sentence = wizard.view.with_untracked(|view| {
        view.refusal.as_ref().map(|refusal| explain::refusal_file(l, refusal)).unwrap_or_default()
    });
    view! {
        <section class="error-panel" role="alert">
            <h2 class="error-title">
                <Icon shape=Shape::Error />
                {t!(l, import.failed_title)}
            </h2>
            <p>{sentence}</p>
        </section>
        <section class="panel">
            <h2>{t!(l, import.failed_next)}</h2>
            <ul class="import-hints">
                <li>{t!(l, import.failed_hint_save)}</li>
                <li>{t!(l, import.failed_hint_template)}</li>
                <li>{t!(l, import.failed_hint_nothing)}</li>
            </ul>
            <p class="import-acts">
                <LinkButton href=address::PATH weight=Weight::Primary>{t!(l, import.upload_again)}</LinkButton>
                <LinkButton href=address::TEMPLATE download=true>{t!(l, import.template)}</LinkButton>
            </p>
        </section>
    }
}

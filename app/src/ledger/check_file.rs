//! A look at a chosen book before it is staged: needs scripts, keeps nothing. Without them the batch's page shows the same.

use super::api;
use super::findings::Findings;
use super::frame::Strip;
use crate::parts::button::Button;
use crate::parts::drawing::DISC;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::status::Chip;
use contract::error::ApiError;
use contract::ledger::batch::{LineCounts, PreviewView};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The answer, while and after it is waited for.
#[derive(Clone, Copy)]
pub struct Look {
    pub busy: RwSignal<bool>,
    pub answer: RwSignal<Option<Result<PreviewView, ApiError>>>,
}

impl Look {
    pub fn new() -> Look {
        Look { busy: RwSignal::new(false), answer: RwSignal::new(None) }
    }

    /// Another file was chosen: what was said of the one before is not true of it.
    pub fn forget(self) {
        self.answer.set(None);
    }

    fn start(self, form: NodeRef<html::Form>) {
        let Some(form) = form.get_untracked() else { return };
        let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
        self.busy.set(true);
        spawn_local(async move {
            let answer = api::preview_book(data.into()).await;
            // The page may have been left meanwhile.
            self.busy.try_set(false);
            self.answer.try_set(Some(answer));
        });
    }
}

impl Default for Look {
    fn default() -> Look {
        Look::new()
    }
}

/// The button, once scripts are running.
#[component]
pub fn LookButton(look: Look, form: NodeRef<html::Form>) -> impl IntoView {
    let l = locale();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    move || {
        awake.get().then(|| {
            view! {
                <Button disabled=look.busy on_press=Callback::new(move |()| look.start(form))>
                    {t!(l, ledger.look_file)}
                </Button>
            }
        })
    }
}

/// What was found.
#[component]
pub fn Looked(look: Look) -> impl IntoView {
    let l = locale();
    let shown = move || {
        look.answer.get().map(|answer| match answer {
            Ok(view) => view! { <Found view /> }.into_any(),
            Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
        })
    };
    view! {
        <div aria-live="polite">
            {move || look.busy.get().then(|| view! { <p role="status">{t!(l, ledger.looking)}</p> })}
            {shown}
        </div>
    }
    .into_any()
}

#[component]
fn Found(view: PreviewView) -> impl IntoView {
    let l = locale();
    let sheets = view
        .sheets
        .iter()
        .map(|sheet| {
            let rows = format::integer(i64::from(sheet.rows));
            let text = t!(
                l,
                ledger.sheet_read,
                sheet = sheet.sheet.clone(),
                rows = rows,
                unit = name::unit(l, sheet.unit)
            );
            view! { <li>{text}</li> }
        })
        .collect_view();
    view! {
        <section class="panel ledger-looked">
            <h2>
                {t!(l, ledger.looked)} " · " {view.file_name.clone()} " "
                <Chip tone="info" drawing=DISC word=t!(l, ledger.not_kept) />
            </h2>
            <ul class="ledger-which">{sheets}</ul>
            <p>{counts(l, &view.counts)}</p>
            <Strip totals=view.totals />
            <Findings findings=view.findings more=view.more_findings />
        </section>
    }
    .into_any()
}

/// Lines by what becomes of them.
pub fn counts(l: Locale, counts: &LineCounts) -> String {
    let number = |count: u32| format::integer(i64::from(count));
    t!(
        l,
        ledger.counts,
        notices = number(counts.notices),
        movements = number(counts.movements),
        new = number(counts.new),
        known = number(counts.known),
        faulty = number(counts.faulty)
    )
}

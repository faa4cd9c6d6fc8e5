//! The bar at the foot of the comparison: what stays out, and the one button that says what it does.

use super::compare::Ways;
use super::counts::{going, held, left_out};
use super::send::{Wizard, hidden};
use super::text::{number, outcome};
use super::waiting::CancelForm;
use crate::parts::button::{Button, Submit, Weight};
use crate::parts::dialog::Dialog;
use contract::import::{Counts, RowOutcome};
use domain::permission::Action;
use leptos::ev;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

#[component]
pub fn CommitBar(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let counts = Memo::new(move |_| wizard.view.with(|view| view.counts));
    let asking = RwSignal::new(false);
    let go = move || {
        if held(&counts.get_untracked()) > 0 { asking.set(true) } else { wizard.commit(false) }
    };
    let ready = move || {
        wizard.view.with(|view| view.plan_year.is_some() || view.kind == contract::import::ImportKind::Sites)
    };
    let may = wizard.view.with_untracked(|view| view.may.includes(Action::ImportWorkbook));
    let keys = window_event_listener(ev::keydown, move |event| {
        let chord = (event.ctrl_key() || event.meta_key()) && event.key() == "Enter";
        if chord && !event.is_composing() && may && ready() && going(&counts.get_untracked()) > 0 {
            event.prevent_default();
            go();
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="import-bar" data-noprint="">
            <span class="import-bar-text" role="status">{move || summary(l, &counts.get())}</span>
            <Ways wizard />
            <CancelForm wizard />
            {may
                .then(|| {
                    view! {
                        <form
                            method="post"
                            action="/api/import/commit"
                            class="import-commit"
                            on:submit=move |event| {
                                event.prevent_default();
                                go();
                            }
                        >
                            {move || {
                                wizard.view.track();
                                hidden(wizard.ticket())
                            }}
                            {move || agree(l, &counts.get(), wizard.awake.get())}
                            <Submit
                                weight=Weight::Primary
                                disabled=Signal::derive(move || {
                                    wizard.busy.get() || !ready() || going(&counts.get()) == 0
                                })
                            >
                                {move || word(l, &counts.get())}
                            </Submit>
                            <kbd class="import-keys">{t!(l, import.keys_commit)}</kbd>
                        </form>
                        <LeaveOut wizard asking counts />
                    }
                })}
        </div>
    }
}

/// `导入 43 行（跳过 5 行）`
fn word(l: Locale, counts: &Counts) -> String {
    let rows = number(going(counts));
    match left_out(counts) {
        0 => t!(l, import.commit, rows = rows),
        left => t!(l, import.commit_skip, rows = rows, left = number(left)),
    }
}

fn summary(l: Locale, counts: &Counts) -> String {
    if going(counts) == 0 {
        return t!(l, import.nothing_to_do).to_owned();
    }
    match held(counts) {
        0 => t!(l, import.all_good).to_owned(),
        held => t!(l, import.held, rows = number(held)),
    }
}

/// Without scripts the agreement to leave rows out is a tick; with scripts a question is asked instead.
fn agree(l: Locale, counts: &Counts, awake: bool) -> Option<impl IntoView + use<>> {
    let held = held(counts);
    (held > 0 && !awake).then(|| {
        view! {
            <label class="import-tick">
                <input type="checkbox" name="form[skip_faulty]" value="on" required />
                {t!(l, import.agree, rows = number(held))}
            </label>
        }
    })
}

/// Rows would stay out: says which and how many, before anything is written.
#[component]
fn LeaveOut(wizard: Wizard, asking: RwSignal<bool>, counts: Memo<Counts>) -> impl IntoView {
    let l = locale();
    let title = Signal::derive(move || t!(l, import.leave_title, rows = number(held(&counts.get()))));
    let lines = move || {
        let counts = counts.get();
        RowOutcome::ALL
            .into_iter()
            .filter(|each| {
                matches!(
                    each,
                    RowOutcome::Faulty | RowOutcome::Unclear | RowOutcome::Conflict | RowOutcome::Skipped
                )
            })
            .filter(|each| counts.of(*each) > 0)
            .map(|each| view! { <li>{outcome(l, each)} " " <b>{number(counts.of(each))}</b></li> })
            .collect_view()
    };
    view! {
        <Dialog open=asking title=title>
            <p>{t!(l, import.leave_text)}</p>
            <ul class="import-hints">{lines}</ul>
            <p class="import-acts">
                <Button on_press=move |()| asking.set(false)>{t!(l, import.leave_back)}</Button>
                <Button
                    weight=Weight::Primary
                    on_press=move |()| {
                        asking.set(false);
                        wizard.commit(true);
                    }
                >
                    {move || word(l, &counts.get())}
                </Button>
            </p>
        </Dialog>
    }
}

//! Taking an import back: as a whole while nobody changed its rows, row by row afterwards.

use super::counts::going;
use super::send::{Wizard, hidden};
use super::text::number;
use crate::parts::button::{Button, Submit, Weight};
use crate::parts::dialog::Dialog;
use contract::error::Refusal;
use contract::import::RowView;
use domain::permission::Action;
use leptos::html;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, t};

const ACTION: &str = "/api/import/undo";

#[component]
pub fn UndoWhole(
    wizard: Wizard,
    /// The obstacle that stands on the page already.
    told: StoredValue<Option<Refusal>>,
) -> impl IntoView {
    let l = locale();
    let (may, obstacle, counts) = wizard.view.with_untracked(|view| {
        let may = view.may.includes(Action::UndoImport) && view.change_set.is_some();
        (may, view.obstacle.clone(), view.counts)
    });
    if !may {
        return ().into_any();
    }
    if let Some(obstacle) = obstacle {
        return standing(l, wizard, told, obstacle);
    }
    told.set_value(None);
    let asking = RwSignal::new(false);
    let word = t!(l, import.undo_whole, rows = number(going(&counts)));
    let text = t!(l, import.undo_text, new = number(counts.new), changed = number(counts.changed));
    let (again, word_again) = (text.clone(), word.clone());
    view! {
        <section class="panel import-undo" data-noprint="">
            <p>{text}</p>
            <form
                method="post"
                action=ACTION
                on:submit=move |event| {
                    event.prevent_default();
                    asking.set(true);
                }
            >
                {hidden(wizard.ticket())}
                {move || {
                    (!wizard.awake.get())
                        .then(|| {
                            view! {
                                <label class="import-tick">
                                    <input type="checkbox" required />
                                    {t!(l, import.undo_agree)}
                                </label>
                            }
                        })
                }}
                <Submit weight=Weight::Danger disabled=wizard.busy>{word.clone()}</Submit>
            </form>
            <Dialog open=asking title=Signal::stored(t!(l, import.undo_title).to_owned())>
                <p>{again}</p>
                <p class="import-acts">
                    <Button on_press=move |()| asking.set(false)>{t!(l, common.cancel)}</Button>
                    <Button
                        weight=Weight::Danger
                        on_press=move |()| {
                            asking.set(false);
                            wizard.undo(None);
                        }
                    >
                        {word_again}
                    </Button>
                </p>
            </Dialog>
        </section>
    }
    .into_any()
}

/// Why the whole cannot be taken back. One that came up while the page is read is said at once, and gets the focus unless an
/// error did.
fn standing(l: Locale, wizard: Wizard, told: StoredValue<Option<Refusal>>, obstacle: Refusal) -> AnyView {
    let is_new = told.with_value(|told| told.as_ref() != Some(&obstacle));
    let node = NodeRef::<html::P>::new();
    Effect::new(move || {
        if let Some(notice) = node.get()
            && is_new
            && wizard.error.with_untracked(Option::is_none)
        {
            // Focus is a help; a browser that refuses it still shows the notice.
            drop(notice.focus());
        }
    });
    let sentence = explain::refusal(l, &obstacle);
    told.set_value(Some(obstacle));
    view! {
        <p class="notice notice-warn" role=is_new.then_some("alert") tabindex="-1" node_ref=node>
            {sentence}
        </p>
    }
    .into_any()
}

/// Takes one row back, where nobody changed it since.
pub fn one_row(l: Locale, wizard: Wizard, row: &RowView) -> AnyView {
    if !row.undoable {
        return ().into_any();
    }
    let (sheet, at) = (row.sheet.clone(), row.row);
    let again = sheet.clone();
    view! {
        <form
            method="post"
            action=ACTION
            class="import-choices"
            on:submit=move |event| {
                event.prevent_default();
                wizard.undo(Some((again.clone(), at)));
            }
        >
            {hidden(wizard.ticket())}
            <input type="hidden" name="form[sheet]" value=sheet />
            <input type="hidden" name="form[row]" value=at />
            <button type="submit" class="import-choice">{t!(l, import.undo_row)}</button>
        </form>
    }
    .into_any()
}

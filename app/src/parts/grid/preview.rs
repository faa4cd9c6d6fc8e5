//! What a large or partly unreadable paste would do, before it does it: old, new, and the reason for what stays out.

use super::model::Edit;
use super::state::{GridState, Paste};
use crate::parts::button::{Button, Weight};
use crate::parts::dialog::Dialog;
use leptos::prelude::*;
use words::locale::locale;
use words::{format, t};

/// Most lines listed; the sums say how many there are.
const LISTED: usize = 100;

#[component]
pub fn PastePreview(state: GridState, headings: Vec<String>) -> impl IntoView {
    let l = locale();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(state.preview.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && state.preview.with_untracked(Option::is_some) {
            state.preview.set(None);
        }
    });
    let counts = move || {
        state
            .preview
            .with(|paste| paste.as_ref().map(|paste| (paste.good.len(), paste.bad.len())))
            .unwrap_or_default()
    };
    let summary = move || {
        let (good, bad) = counts();
        let number = |count: usize| format::integer(i64::try_from(count).unwrap_or(i64::MAX));
        t!(l, list.paste_summary, good = number(good), bad = number(bad))
    };
    let write = move |()| {
        if let Some(paste) = state.preview.get_untracked() {
            state.preview.set(None);
            state.write(paste.good, true);
        }
    };
    let headings = StoredValue::new(headings);
    view! {
        <Dialog open=open title=Signal::derive(move || t!(l, list.paste_title).to_owned())>
            <p>{summary}</p>
            {move || state.preview.get().map(|paste| lines(&paste, headings))}
            <p class="toolbar">
                <Button weight=Weight::Primary on_press=write disabled=Signal::derive(move || counts().0 == 0)>
                    {t!(l, list.paste_do)}
                </Button>
                <Button on_press=move |()| state.preview.set(None)>{t!(l, common.cancel)}</Button>
            </p>
        </Dialog>
    }
}

fn lines(paste: &Paste, headings: StoredValue<Vec<String>>) -> AnyView {
    let l = locale();
    let bad = paste.bad.iter().map(|(edit, why)| line(edit, Some(why.clone()), headings));
    let good = paste.good.iter().map(|edit| line(edit, None, headings));
    let rows = bad.chain(good).take(LISTED).collect_view();
    view! {
        <div class="grid-preview">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, list.paste_row)}</th>
                        <th scope="col">{t!(l, list.paste_column)}</th>
                        <th scope="col">{t!(l, list.old)}</th>
                        <th scope="col">{t!(l, list.new)}</th>
                        <th scope="col">{t!(l, list.paste_note)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(edit: &Edit, why: Option<String>, headings: StoredValue<Vec<String>>) -> impl IntoView + use<> {
    let heading = headings.with_value(|headings| headings.get(edit.column).cloned()).unwrap_or_default();
    let wrong = why.is_some();
    view! {
        <tr class:grid-wrong-row=wrong>
            <td>{edit.row + 1}</td>
            <td>{heading}</td>
            <td class="diff-old">{edit.old.clone()}</td>
            <td class="diff-new">{edit.text.clone()}</td>
            <td>{why}</td>
        </tr>
    }
}

//! Another text for any cell, asked in a dialog: the way for cells in which nothing was found.

use super::keys::Spot;
use super::send::Wizard;
use super::text::heading;
use crate::parts::button::{Button, Submit, Weight};
use crate::parts::dialog::Dialog;
use leptos::html;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

#[component]
pub fn MendDialog(wizard: Wizard, spot: RwSignal<Option<Spot>>) -> impl IntoView {
    let l = locale();
    let open = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || open.set(spot.with(Option::is_some)));
    let title = Signal::derive(move || {
        spot.with(|spot| {
            spot.as_ref()
                .map(|spot| t!(l, import.mend_title, row = spot.row, column = heading(l, &spot.field)))
                .unwrap_or_default()
        })
    });
    view! {
        <Dialog open title>
            <form
                class="import-mend-form"
                on:submit=move |event| {
                    event.prevent_default();
                    let (Some(spot_now), Some(input)) = (spot.get_untracked(), input.get_untracked()) else { return };
                    spot.set(None);
                    wizard.look_next(Some(spot_now.row_id));
                    wizard.mend(spot_now.sheet, spot_now.row, spot_now.field, input.value());
                }
            >
                <label>
                    {t!(l, import.mend_text)}
                    <input
                        class="input"
                        node_ref=input
                        autocomplete="off"
                        prop:value=move || spot.with(|spot| spot.as_ref().map(|spot| spot.text.clone()).unwrap_or_default())
                    />
                </label>
                <p class="import-acts">
                    <Button on_press=move |()| spot.set(None)>{t!(l, common.cancel)}</Button>
                    <Submit weight=Weight::Primary>{t!(l, import.mend)}</Submit>
                </p>
            </form>
        </Dialog>
    }
}

//! A question over the page, on the browser's own `<dialog>`: focus stays inside, Escape closes.

use super::icon::{Icon, Shape};
use leptos::html;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Shown while `open` is true; closing it by any way sets `open` to false.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    children: Children,
) -> impl IntoView {
    let l = locale();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // A dialog that cannot be shown leaves the page usable; the flag goes back so that it can be tried again.
            if dialog.show_modal().is_err() {
                open.set(false);
            }
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class="dialog" node_ref=node on:close=move |_| open.set(false)>
            <header class="dialog-head">
                <h2>{move || title.get()}</h2>
                <button
                    type="button"
                    class="button button-quiet"
                    aria-label=t!(l, common.close)
                    on:click=move |_| open.set(false)
                >
                    <Icon shape=Shape::Close />
                </button>
            </header>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
    .into_any()
}

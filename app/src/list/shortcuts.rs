//! Keys of the page around the grid: search, new, refresh. They rest while an input method composes.

use super::filter::SEARCH_ID;
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::HtmlElement;

/// Where a project is made.
pub const NEW: &str = "/projects/new";
/// Key code that browsers report for every key an input method takes.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Listens as long as the page stands; `again` reads the page anew.
pub fn listen(again: impl Fn() + 'static) {
    let navigate = use_navigate();
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD || event.default_prevented() {
            return;
        }
        let ctrl = event.ctrl_key() || event.meta_key();
        match (event.code().as_str(), ctrl, event.shift_key(), event.alt_key()) {
            ("KeyF", true, false, false) => into(&format!("#{SEARCH_ID}")),
            ("KeyL", true, true, false) => into(".list-filter select"),
            ("F9", false, false, false) => again(),
            ("KeyN", false, false, true) => navigate(NEW, NavigateOptions::default()),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

fn into(css: &str) {
    let found = document().query_selector(css).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // A browser that refuses the focus leaves it where it is.
        drop(element.focus());
    }
}

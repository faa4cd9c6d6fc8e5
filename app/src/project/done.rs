//! What was just done, told once: as a notice that fades with scripts, as a line on top of the page without.

use crate::parts::gone;
use crate::parts::toast::{Mood, toasts};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use words::locale::locale;
use words::{Locale, t};

/// Reads `done` from the address, says it, and takes it out of the address again.
#[component]
pub fn DoneNotice() -> impl IntoView {
    let l = locale();
    // A plain form that was refused comes back to the address it was sent from, which may still say `done`.
    let word = gone::query(|query| {
        let done = query.get("done").filter(|_| query.get("__err").is_none());
        word(l, &done.unwrap_or_default())
    });
    let awake = RwSignal::new(false);
    Effect::new(move || {
        let (Some(word), Some(toasts)) = (word, toasts()) else { return };
        toasts.say(Mood::Done, word);
        awake.set(true);
        forget();
    });
    move || {
        word.filter(|_| !awake.get())
            .map(|word| view! { <p class="notice notice-ok" role="status">{word}</p> })
    }
}

fn word(l: Locale, done: &str) -> Option<&'static str> {
    match done {
        "saved" => Some(t!(l, project.saved)),
        "created" => Some(t!(l, project.created)),
        "moved" => Some(t!(l, project.moved)),
        "attached" => Some(t!(l, project.attached)),
        "removed" => Some(t!(l, project.removed)),
        "undone" => Some(t!(l, project.undone)),
        "restored" => Some(t!(l, project.restored)),
        _ => None,
    }
}

/// A page that is opened again must not say it again.
fn forget() {
    let address = window().location().pathname();
    let (Ok(history), Ok(path)) = (window().history(), address) else { return };
    if history.replace_state_with_url(&JsValue::NULL, "", Some(&path)).is_err() {
        leptos::logging::debug_warn!("the address could not be cleaned");
    }
}

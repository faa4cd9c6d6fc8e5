//! Leaving a form with unsaved text asks once. Needs scripts; without them the browser keeps what was typed on Back.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use words::locale::locale;
use words::t;

/// A flag that a form sets while it holds unsaved text; true keeps people from leaving unasked.
pub fn watch(unsaved: bool) -> RwSignal<bool> {
    let dirty = RwSignal::new(unsaved);
    let question = t!(locale(), project.leave);
    Effect::new(move || {
        let closing = window_event_listener(leptos::ev::beforeunload, move |event| {
            if dirty.try_get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
        on_cleanup(move || closing.remove());
        let asked = Closure::<dyn Fn(web_sys::Event)>::new(move |event| ask(&event, dirty, question));
        // In the first phase, before the router follows the link.
        let listening = document().add_event_listener_with_callback_and_bool(
            "click",
            asked.as_ref().unchecked_ref(),
            true,
        );
        if listening.is_ok() {
            // Once the page is left the flag is gone, and the listener asks nobody any more.
            asked.forget();
        }
    });
    dirty
}

fn ask(event: &web_sys::Event, dirty: RwSignal<bool>, question: &str) {
    if dirty.try_get_untracked() != Some(true) {
        return;
    }
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let link = element.and_then(|element| element.closest("a[href]").ok().flatten());
    let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
    if href.starts_with('#') {
        return;
    }
    if window().confirm_with_message(question).unwrap_or(true) {
        dirty.set(false);
    } else {
        event.prevent_default();
        event.stop_propagation();
    }
}

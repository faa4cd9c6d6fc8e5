//! Printing is the browser's: a button once scripts run; before, the page says how. Knows no page.

use super::button::{Button, Weight};
use leptos::prelude::*;
use words::locale::locale;
use words::t;

#[component]
pub fn PrintButton() -> impl IntoView {
    let l = locale();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    move || {
        if awake.get() {
            let press = |()| drop(window().print());
            view! { <Button weight=Weight::Primary on_press=press>{t!(l, project.print_do)}</Button> }
                .into_any()
        } else {
            view! { <span>{t!(l, project.print_hint)}</span> }.into_any()
        }
    }
}

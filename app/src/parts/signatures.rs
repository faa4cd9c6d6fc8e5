//! Lines to sign on at the foot of a paper: who filled it in, who checked it, who is responsible, the day. Knows no page.

use chrono::NaiveDate;
use leptos::prelude::*;
use words::locale::locale;
use words::{format, t};

/// Without a `date` its line is left to be filled in by hand.
#[component]
pub fn Signatures(#[prop(optional)] date: Option<NaiveDate>) -> impl IntoView {
    let l = locale();
    view! {
        <p class="signatures">
            <span>{t!(l, project.signature_filled)}</span>
            <span>{t!(l, project.signature_checked)}</span>
            <span>{t!(l, project.signature_head)}</span>
            <span>{t!(l, project.signature_date)} {date.map(format::date)}</span>
        </p>
    }
    .into_any()
}

//! `/screen/enter`: a screen hands in its key, once. A plain form: the key goes in the body and into no address.

use super::api::EnterWall;
use crate::account::look_panel::LookPanel;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::TextField;
use crate::parts::page_head::PageHead;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::t;

/// The path of this page.
pub const PATH: &str = "/screen/enter";

#[component]
pub fn EnterPage() -> impl IntoView {
    let l = locale();
    let error = returned_error(EnterWall::PATH);
    let wrong = field_error(error.as_ref(), "secret");
    view! {
        <div class="door">
            <nav class="door-tools toolbar" aria-label=t!(l, common.access)>
                <LookPanel />
            </nav>
            <main id="main" class="door-box">
                <p class="door-product">{t!(l, common.product_long)}</p>
                <PageHead title=t!(l, wall.enter_title) />
                {error.map(|error| view! { <ErrorPanel error=error /> })}
                <form method="post" action=EnterWall::PATH class="form">
                    <TextField
                        name="secret"
                        label=t!(l, wall.secret)
                        hint=t!(l, wall.enter_hint)
                        required=true
                        kind="password"
                        autocomplete="off"
                        maxlength=100
                        error=Signal::stored(wrong)
                    />
                    <Submit weight=Weight::Primary>{t!(l, wall.enter)}</Submit>
                </form>
            </main>
        </div>
    }
    .into_any()
}

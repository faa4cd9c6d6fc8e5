//! The first start: one administrator, made with the one-time code from the log.

use super::look_panel::LookPanel;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::TextField;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use words::locale::locale;
use words::t;

const ACTION: &str = "/api/account/set_up";

#[component]
pub fn SetupPage() -> impl IntoView {
    let l = locale();
    let set_up = ask(|| (), |()| super::api::is_set_up());
    let error = returned_error(ACTION);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                matches!(set_up.await, Ok(true)).then(|| view! { <Redirect path="/login" /> })
            })}
        </Suspense>
        <div class="door">
            <nav class="door-tools toolbar" aria-label=t!(l, common.access)>
                <LookPanel />
            </nav>
            <main id="main" class="door-box">
                <PageHead title=t!(l, account.setup_title) />
                <p>{t!(l, account.setup_text)}</p>
                {error.clone().map(|error| view! { <ErrorPanel error=error /> })}
                <form method="post" action=ACTION class="form">
                    <Inputs error=error />
                    <Submit weight=Weight::Primary>{t!(l, account.setup_do)}</Submit>
                </form>
            </main>
        </div>
    }
    .into_any()
}

#[component]
fn Inputs(error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let wrong = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    view! {
        <TextField
            name="code"
            label=t!(l, account.setup_code)
            hint=t!(l, account.setup_code_hint)
            required=true
            autocomplete="one-time-code"
            maxlength=64
            error=wrong("code")
        />
        <TextField
            name="login"
            label=t!(l, account.login)
            required=true
            autocomplete="username"
            maxlength=64
            error=wrong("login")
        />
        <TextField
            name="name"
            label=t!(l, account.full_name)
            required=true
            autocomplete="name"
            maxlength=100
            error=wrong("name")
        />
        <TextField
            name="password"
            label=t!(l, account.new_password)
            hint=t!(l, account.new_password_hint)
            required=true
            kind="password"
            autocomplete="new-password"
            maxlength=128
            error=wrong("password")
        />
    }
    .into_any()
}

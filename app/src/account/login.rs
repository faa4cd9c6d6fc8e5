//! The way in. A plain form: it works with scripts off, on old machines, with a password manager.

use super::look_panel::LookPanel;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::TextField;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use words::locale::locale;
use words::t;

const ACTION: &str = "/api/account/sign_in";

#[component]
pub fn LoginPage() -> impl IntoView {
    let l = locale();
    let next = gone::query(|query| query.get("next")).unwrap_or_default();
    let set_up = ask(|| (), |()| super::api::is_set_up());
    let error = returned_error(ACTION);
    let login_error = field_error(error.as_ref(), "login");
    let password_error = field_error(error.as_ref(), "password");
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                matches!(set_up.await, Ok(false)).then(|| view! { <Redirect path="/setup" /> })
            })}
        </Suspense>
        <div class="door">
            <nav class="door-tools toolbar" aria-label=t!(l, common.access)>
                <LookPanel />
            </nav>
            <main id="main" class="door-box">
                <p class="door-product">{t!(l, common.product_long)}</p>
                <PageHead title=t!(l, account.sign_in_title) />
                {error.map(|error| view! { <ErrorPanel error=error /> })}
                <form method="post" action=ACTION class="form">
                    <input type="hidden" name="next" value=next />
                    <TextField
                        name="login"
                        label=t!(l, account.login)
                        required=true
                        autocomplete="username"
                        maxlength=64
                        error=Signal::stored(login_error)
                    />
                    <TextField
                        name="password"
                        label=t!(l, account.password)
                        required=true
                        kind="password"
                        autocomplete="current-password"
                        maxlength=128
                        error=Signal::stored(password_error)
                    />
                    <Submit weight=Weight::Primary>{t!(l, account.sign_in)}</Submit>
                    <p class="field-hint">{t!(l, account.forgot)}</p>
                </form>
            </main>
        </div>
    }
    .into_any()
}

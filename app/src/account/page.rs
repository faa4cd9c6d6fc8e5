//! One's own account: password and API tokens.

use super::api::{self, MakeToken, RevokeToken};
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::{SelectField, TextField};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::{back, typed};
use crate::session::me;
use contract::account::{TokenForm, TokenLine, TokenScope};
use leptos::form::ActionForm;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{format, t};

/// The path of this page.
pub const PATH: &str = "/account";
const PASSWORD_ACTION: &str = "/api/account/change_password";

/// Back to the form of a token with what was typed.
pub fn retyped(form: &TokenForm) -> String {
    back(PATH, &[("name", &form.name), ("scope", &form.scope)])
}

#[component]
pub fn AccountPage() -> impl IntoView {
    let l = locale();
    let must_change = me().is_some_and(|me| me.must_change);
    view! {
        <PageHead title=t!(l, common.account) />
        {must_change
            .then(|| view! { <p class="notice notice-warn" role="note">{t!(l, people.must_change)}</p> })}
        <Password />
        {(!must_change).then(|| view! { <Tokens /> })}
    }
    .into_any()
}

#[component]
fn Password() -> impl IntoView {
    let l = locale();
    let login = me().map(|me| me.login).unwrap_or_default();
    let error = returned_error(PASSWORD_ACTION);
    let old_error = field_error(error.as_ref(), "old_password");
    let new_error = field_error(error.as_ref(), "new_password");
    view! {
        <section class="panel">
            <h2>{t!(l, account.change_password)}</h2>
            {error.map(|error| view! { <ErrorPanel error=error /> })}
            <form method="post" action=PASSWORD_ACTION class="form">
                // Password managers need to know whose password it is.
                <input type="text" name="username" autocomplete="username" value=login hidden=true />
                <TextField
                    name="old_password"
                    label=t!(l, account.old_password)
                    required=true
                    kind="password"
                    autocomplete="current-password"
                    maxlength=128
                    error=Signal::stored(old_error)
                />
                <TextField
                    name="new_password"
                    label=t!(l, account.new_password)
                    hint=t!(l, account.new_password_hint)
                    required=true
                    kind="password"
                    autocomplete="new-password"
                    maxlength=128
                    error=Signal::stored(new_error)
                />
                <Submit weight=Weight::Primary>{t!(l, account.change_password)}</Submit>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn Tokens() -> impl IntoView {
    let l = locale();
    let make = ServerAction::<MakeToken>::new();
    let revoke = ServerAction::<RevokeToken>::new();
    let tokens = ask(move || (make.version().try_get(), revoke.version().try_get()), |_| api::tokens());
    let waiting = ask(|| (), |()| api::made_token());
    let came = |input: &str| typed(MakeToken::PATH, input);
    let outcome = move || {
        make.value().get().map(|result| match result {
            Ok(made) => {
                view! { <Made word=t!(locale(), account.token_created) secret=made.secret /> }.into_any()
            }
            Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
        })
    };
    view! {
        <section class="panel">
            <h2>{t!(l, account.tokens)}</h2>
            <p class="field-hint">{t!(l, account.tokens_hint)}</p>
            {outcome}
            // With scripts off the secret comes with the page that follows the form.
            <Suspense>
                {move || Suspend::new(async move {
                    waiting.await.ok().flatten().map(|secret| view! { <Made word=t!(locale(), account.token_created) secret=secret /> })
                })}
            </Suspense>
            <ActionForm action=make attr:class="form form-row">
                <TextField
                    name="name"
                    label=t!(l, account.token_name)
                    value=came("name").unwrap_or_default()
                    required=true
                    maxlength=100
                />
                <SelectField
                    name="scope"
                    label=t!(l, account.token_scope)
                    value=came("scope").unwrap_or_else(|| "read".to_owned())
                    choices=vec![
                        ("read".to_owned(), t!(l, account.token_read).to_owned()),
                        ("write".to_owned(), t!(l, account.token_write).to_owned()),
                    ]
                />
                <Submit weight=Weight::Primary>{t!(l, account.token_create)}</Submit>
            </ActionForm>
            <Transition fallback=|| {
                view! { <Loading /> }
            }>
                {move || Suspend::new(async move {
                    match tokens.await {
                        Ok(lines) if lines.is_empty() => {
                            view! { <Empty reason=t!(l, account.tokens_empty) /> }.into_any()
                        }
                        Ok(lines) => view! { <TokenTable lines=lines revoke=revoke /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
    .into_any()
}

/// A secret that is shown this once.
#[component]
pub fn Made(word: &'static str, secret: String) -> impl IntoView {
    view! {
        <p class="notice notice-ok" role="status">
            {word}
            <code class="account-secret">{secret}</code>
        </p>
    }
    .into_any()
}

#[component]
fn TokenTable(lines: Vec<TokenLine>, revoke: ServerAction<RevokeToken>) -> impl IntoView {
    let l = locale();
    view! {
        <div class="table-scroll">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, account.token_name)}</th>
                        <th scope="col">{t!(l, account.token_scope)}</th>
                        <th scope="col">{t!(l, common.created)}</th>
                        <th scope="col">{t!(l, account.token_last_used)}</th>
                        <th scope="col">{t!(l, account.token_expires)}</th>
                        <th scope="col">{t!(l, common.actions)}</th>
                    </tr>
                </thead>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| {
                            let scope = match line.scope {
                                TokenScope::Read => t!(l, account.token_read),
                                TokenScope::Write => t!(l, account.token_write),
                            };
                            let used = line
                                .last_used
                                .map_or_else(|| t!(l, account.never).to_owned(), format::instant);
                            view! {
                                <tr>
                                    <td>{line.name}</td>
                                    <td>{scope}</td>
                                    <td class="date">{format::instant(line.created)}</td>
                                    <td class="date">{used}</td>
                                    <td class="date">{line.expires.map(format::instant)}</td>
                                    <td>
                                        <ActionForm action=revoke>
                                            <input type="hidden" name="token" value=line.token.to_string() />
                                            <Submit weight=Weight::Danger>{t!(l, account.token_revoke)}</Submit>
                                        </ActionForm>
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

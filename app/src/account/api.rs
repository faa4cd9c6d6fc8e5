//! The doors of this slice, one line each.

use contract::account::{MeView, TokenLine, TokenMade};
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Who is signed in.
#[server(prefix = "/api", endpoint = "account/me", input = GetUrl)]
pub async fn me() -> Result<MeView, ApiError> {
    crate::bridge::me().await
}

/// Whether anybody can sign in yet; open to everybody, for the first visit.
#[server(prefix = "/api", endpoint = "account/is_set_up", input = GetUrl)]
pub async fn is_set_up() -> Result<bool, ApiError> {
    crate::bridge::is_set_up().await
}

/// Opens a session; `next` is a path of ours to go on to.
#[server(prefix = "/api", endpoint = "account/sign_in")]
pub async fn sign_in(login: String, password: String, next: Option<String>) -> Result<(), ApiError> {
    crate::bridge::sign_in(&contract::account::SignInForm { login, password }, next).await
}

/// Ends the session.
#[server(prefix = "/api", endpoint = "account/sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    crate::bridge::sign_out().await
}

/// Makes the first administrator, with the one-time code.
#[server(prefix = "/api", endpoint = "account/set_up")]
pub async fn set_up(code: String, login: String, name: String, password: String) -> Result<(), ApiError> {
    crate::bridge::set_up(&contract::account::SetUpForm { code, login, name, password }).await
}

/// Keeps language and look in the browser.
#[server(prefix = "/api", endpoint = "account/set_look")]
pub async fn set_look(
    language: Option<String>,
    theme: Option<String>,
    contrast: Option<String>,
    text: Option<String>,
    motion: Option<String>,
) -> Result<(), ApiError> {
    crate::bridge::set_look(language, theme, contrast, text, motion).await
}

/// Changes the own password and ends all other sessions.
#[server(prefix = "/api", endpoint = "account/change_password")]
pub async fn change_password(old_password: String, new_password: String) -> Result<(), ApiError> {
    crate::bridge::change_password(&contract::account::ChangePasswordForm { old_password, new_password })
        .await
}

/// The own API tokens.
#[server(prefix = "/api", endpoint = "account/tokens", input = GetUrl)]
pub async fn tokens() -> Result<Vec<TokenLine>, ApiError> {
    crate::bridge::ask(service::account::tokens).await
}

/// Makes a token; the answer is the only time its secret is shown.
#[server(prefix = "/api", endpoint = "account/make_token")]
pub async fn make_token(name: String, scope: String) -> Result<TokenMade, ApiError> {
    crate::bridge::write(&contract::account::TokenForm { name, scope }, service::account::make_token).await
}

/// Takes a token back.
#[server(prefix = "/api", endpoint = "account/revoke_token")]
pub async fn revoke_token(token: String) -> Result<(), ApiError> {
    crate::bridge::write(&contract::account::RevokeTokenForm { token }, service::account::revoke_token).await
}

//! The doors that open and end sessions: they set cookies, which no use case knows.

use super::request::{
    call, call_to_change, client_ip, end_session, keep_language, keep_look, keep_made, session_id,
    set_session, site, stored_look, take_made,
};
use super::then::{go_back, go_on};
use super::{answer, refuse};
use crate::account::page;
use crate::parts::address::is_own_path;
use crate::session::Look;
use contract::account::{ChangePasswordForm, MeView, SetUpForm, SignInForm, TokenForm, TokenMade};
use contract::error::ApiError;
use contract::form::Form;
use words::locale::from_tags;

/// Whether anybody can sign in yet.
pub async fn is_set_up() -> Result<bool, ApiError> {
    let site = site()?;
    service::account::is_set_up(&site.app).await.map_err(answer)
}

/// Checks name and password and opens a session with a new id.
pub async fn sign_in(form: &SignInForm, next: Option<String>) -> Result<(), ApiError> {
    let site = site()?;
    let command = form.check().map_err(|errors| refuse(ApiError::Invalid { errors }))?;
    let opened = service::account::sign_in(&site.app, client_ip(), command).await.map_err(answer)?;
    set_session(&site, opened.secret.text());
    leptos_axum::redirect(&own_path(next.as_deref()));
    Ok(())
}

/// Who is signed in, also before the given password was changed.
pub async fn me() -> Result<MeView, ApiError> {
    let call = call_to_change().await?;
    service::account::me(&call, ()).await.map_err(answer)
}

/// Ends the session, here and in the database.
pub async fn sign_out() -> Result<(), ApiError> {
    let site = site()?;
    if session_id(&site).is_some()
        && let Ok(call) = call_to_change().await
    {
        service::account::sign_out(&call).await.map_err(answer)?;
    }
    end_session(&site);
    leptos_axum::redirect("/login");
    Ok(())
}

/// Makes the first administrator and signs in.
pub async fn set_up(form: &SetUpForm) -> Result<(), ApiError> {
    let site = site()?;
    let command = form.check().map_err(|errors| refuse(ApiError::Invalid { errors }))?;
    let opened = service::account::set_up(&site.app, client_ip(), command).await.map_err(answer)?;
    set_session(&site, opened.secret.text());
    leptos_axum::redirect("/");
    Ok(())
}

/// Changes the own password; all sessions end and this browser gets a new one.
pub async fn change_password(form: &ChangePasswordForm) -> Result<(), ApiError> {
    let site = site()?;
    let call = call_to_change().await?;
    let command = form.check().map_err(|errors| refuse(ApiError::Invalid { errors }))?;
    let opened = service::account::change_password(&call, command).await.map_err(answer)?;
    set_session(&site, opened.secret.text());
    Ok(())
}

/// Makes a token. A plain form is answered by a redirect that has no place for the secret, so it waits for the next
/// page in a cookie of one minute that no script can read.
pub async fn make_token(form: &TokenForm) -> Result<TokenMade, ApiError> {
    match super::write(form, service::account::make_token).await {
        Ok(made) => {
            if super::plain_form() {
                keep_made(&site()?, &made.secret);
                go_on(page::PATH);
            }
            Ok(made)
        }
        Err(error) => {
            go_back(&error, &page::retyped(form));
            Err(error)
        }
    }
}

/// The secret that waits, once.
pub async fn made_token() -> Result<Option<String>, ApiError> {
    let site = site()?;
    call().await?;
    Ok(take_made(&site))
}

/// Keeps language and look in cookies; open to everybody, as the sign-in page has the switch too.
pub async fn set_look(
    language: Option<String>,
    theme: Option<String>,
    contrast: Option<String>,
    text: Option<String>,
    motion: Option<String>,
    menu: Option<String>,
) -> Result<(), ApiError> {
    if let Some(locale) = language.as_deref().and_then(from_tags) {
        keep_language(locale);
    }
    let before = stored_look();
    let look = Look {
        theme: theme.unwrap_or(before.theme),
        contrast: contrast.unwrap_or(before.contrast),
        text: text.unwrap_or(before.text),
        motion: motion.unwrap_or(before.motion),
        menu: menu.unwrap_or(before.menu),
    };
    keep_look(&look.checked());
    Ok(())
}

/// A path of ours; anything else is the front page.
pub(super) fn own_path(next: Option<&str>) -> String {
    next.filter(|path| is_own_path(path)).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_on_is_a_path_of_ours() {
        for foreign in
            ["//evil.cn", "https://evil.cn", "/\\evil.cn", "/\t/evil.cn", "/a\0b", "", "javascript:x"]
        {
            assert_eq!(own_path(Some(foreign)), "/", "{foreign}");
        }
        assert_eq!(own_path(Some("/projects?list=1y")), "/projects?list=1y");
    }
}

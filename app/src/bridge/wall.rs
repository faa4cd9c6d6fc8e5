//! The doors of wall screens. The key lies in a cookie that the browser sends to the wall's page and to its one door, and
//! nowhere else; it never stands in an address, so that no log and no referrer has it.

use super::request::{client_ip, cookie_in, keep_made, set_cookie, site};
use super::then::{go_back, go_on};
use super::{Site, answer, plain_form, refuse};
use crate::dashboard::address;
use crate::wall::{admin, enter};
use contract::dashboard::{DashboardForm, DashboardView};
use contract::error::ApiError;
use contract::form::Form;
use contract::wall::{EnterForm, WallForm, WallMade};
use http::HeaderMap;
use http::request::Parts;
use leptos::prelude::*;

const COOKIE: &str = "wall";
/// The page, and the door that it asks.
const PATHS: [&str; 2] = [address::SCREEN, "/api/screen"];
/// Seconds that browsers keep a cookie at most: 400 days.
const LONGEST: i64 = 400 * 24 * 60 * 60;

/// Makes a key; like that of the interface it waits for the next page where no script shows it.
pub async fn make_wall(form: &WallForm) -> Result<WallMade, ApiError> {
    match super::write(form, service::wall::make).await {
        Ok(made) => {
            if plain_form() {
                keep_made(&site()?, &made.secret);
                go_on(admin::PATH);
            }
            Ok(made)
        }
        Err(error) => {
            go_back(&error, &admin::retyped(form));
            Err(error)
        }
    }
}

/// Tries a key and keeps it in this browser.
pub async fn enter_wall(form: &EnterForm) -> Result<(), ApiError> {
    let site = site()?;
    let command = match form.check() {
        Ok(command) => command,
        Err(errors) => {
            let error = refuse(ApiError::Invalid { errors });
            go_back(&error, enter::PATH);
            return Err(error);
        }
    };
    let secret = command.secret.clone();
    match service::wall::enter(&site.app, client_ip(), command).await.map_err(answer) {
        Ok(seconds) => {
            keep(&site, &secret, seconds);
            leptos_axum::redirect(address::SCREEN);
            Ok(())
        }
        Err(error) => {
            go_back(&error, enter::PATH);
            Err(error)
        }
    }
}

fn keep(site: &Site, secret: &str, seconds: Option<i64>) {
    let secure = if site.is_https { "; Secure" } else { "" };
    let age = seconds.unwrap_or(LONGEST).clamp(0, LONGEST);
    for path in PATHS {
        set_cookie(&format!(
            "{COOKIE}={secret}; Path={path}; HttpOnly; SameSite=Strict; Max-Age={age}{secure}"
        ));
    }
}

/// The figures of the key in the request.
pub async fn wall_figures(form: &DashboardForm) -> Result<DashboardView, ApiError> {
    let site = site()?;
    let secret = use_context::<Parts>().and_then(|parts| key(&parts.headers));
    // Without a key there is no such screen.
    let secret = secret.ok_or_else(|| refuse(ApiError::NotFound))?;
    let query = form.check().map_err(|errors| refuse(ApiError::Invalid { errors }))?;
    service::wall::figures(&site.app, &secret, client_ip(), query).await.map_err(answer)
}

/// A request for the wall's page that brings a key: it is shown without anybody signed in.
pub fn is_wall(parts: &Parts) -> bool {
    parts.uri.path() == address::SCREEN && key(&parts.headers).is_some()
}

fn key(headers: &HeaderMap) -> Option<String> {
    cookie_in(headers, COOKIE).filter(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric()))
}

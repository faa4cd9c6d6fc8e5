//! What a request says: who, in which language, from where; and the policy its page is sent with.

use super::refuse;
use crate::session::{Look, Reader};
use contract::account::MeView;
use contract::error::ApiError;
use http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, COOKIE, HeaderName, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use service::{App, Call, Failure};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use words::Locale;
use words::locale::{from_tags, tag};

/// What the screens' side of the server needs to know.
#[derive(Clone)]
pub struct Site {
    pub app: App,
    /// Browsers come by https, so cookies demand it.
    pub is_https: bool,
}

/// Address of the browser, found by the server from the socket and its trusted proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientIp(pub IpAddr);

/// The word under which this request stands in the log; made by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

/// By this a door tells the server that its plain form came when nobody was signed in any more. Put on the request by the
/// server, which still has the form.
#[derive(Clone, Debug, Default)]
pub struct Lapsed(Arc<AtomicBool>);

impl Lapsed {
    pub fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

const LANGUAGE_COOKIE: &str = "language";
const LOOK_COOKIE: &str = "look";
const MADE_COOKIE: &str = "made_token";
/// seconds of a year
const YEAR_SECONDS: u32 = 31_536_000;

/// Gives pages and doors their contexts, and the page its policy; called once a request.
pub fn provide(site: &Site) {
    provide_context(site.clone());
    provide_context(language());
    provide_context(stored_look());
    if let Some(reader) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Reader>().cloned()) {
        provide_context(reader);
    }
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    if let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce)) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The acting person's call, or signed out.
pub(super) async fn call() -> Result<Call, ApiError> {
    let site = site()?;
    let Some(parts) = use_context::<Parts>() else { return Err(refuse(ApiError::SignedOut)) };
    visitor(&site, &parts).await.map_err(super::answer)
}

/// The person behind a request, for routes that are no page and no door: files go out by those.
pub async fn visitor(site: &Site, parts: &Parts) -> Result<Call, Failure> {
    let (session, ip) = knock(site, parts)?;
    service::account::resume(&site.app, &session, ip).await?.ok_or(Failure::SignedOut)
}

/// The session that a request names, and from where it comes.
fn knock(site: &Site, parts: &Parts) -> Result<(String, Option<String>), Failure> {
    let session = cookie_in(&parts.headers, session_cookie(site)).filter(|id| !id.is_empty());
    let ip = parts.extensions.get::<ClientIp>().map(|ClientIp(address)| address.to_string());
    Ok((session.ok_or(Failure::SignedOut)?, ip))
}

/// Who asks for a page; also a person who must first change the given password.
pub async fn reader(site: &Site, parts: &Parts) -> Result<MeView, Failure> {
    let (session, ip) = knock(site, parts)?;
    let found = service::account::resume_to_change(&site.app, &session, ip).await?;
    let (call, _) = found.ok_or(Failure::SignedOut)?;
    service::account::me(&call, ()).await
}

/// The language a request is to be answered in.
pub fn language_of(headers: &HeaderMap) -> Locale {
    let accepted = || headers.get(ACCEPT_LANGUAGE).and_then(|value| from_tags(value.to_str().ok()?));
    cookie_in(headers, LANGUAGE_COOKIE).as_deref().and_then(from_tags).or_else(accepted).unwrap_or_default()
}

/// The same for what a person does with the own account; whoever must change the password may do that much.
pub(super) async fn call_to_change() -> Result<Call, ApiError> {
    let site = site()?;
    let Some(session) = session_id(&site) else { return Err(refuse(ApiError::SignedOut)) };
    let found = service::account::resume_to_change(&site.app, &session, client_ip()).await;
    let found = found.map_err(super::answer)?;
    found.map(|(call, _)| call).ok_or_else(|| refuse(ApiError::SignedOut))
}

/// The word by which a fault is found again in the log.
pub(super) fn reference() -> String {
    let parts = use_context::<Parts>();
    parts.and_then(|parts| parts.extensions.get::<RequestId>().map(|id| id.0.clone())).unwrap_or_default()
}

/// Tells the server that this form came too late.
pub(super) fn tell_lapsed() {
    let lapsed = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Lapsed>().cloned());
    if let Some(Lapsed(told)) = lapsed {
        told.store(true, Ordering::Relaxed);
    }
}

/// The site, absent only while the list of routes is made.
pub(super) fn site() -> Result<Site, ApiError> {
    use_context::<Site>().ok_or(ApiError::SignedOut)
}

pub(super) fn client_ip() -> Option<String> {
    let parts = use_context::<Parts>()?;
    parts.extensions.get::<ClientIp>().map(|ClientIp(address)| address.to_string())
}

pub(super) fn session_id(site: &Site) -> Option<String> {
    cookie(session_cookie(site)).filter(|id| !id.is_empty())
}

pub(super) fn set_session(site: &Site, id: &str) {
    let secure = if site.is_https { "; Secure" } else { "" };
    set_cookie(&format!("{}={id}; Path=/; HttpOnly; SameSite=Lax{secure}", session_cookie(site)));
}

pub(super) fn end_session(site: &Site) {
    let secure = if site.is_https { "; Secure" } else { "" };
    set_cookie(&format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", session_cookie(site)));
}

pub(super) fn keep_made(site: &Site, secret: &str) {
    let secure = if site.is_https { "; Secure" } else { "" };
    set_cookie(&format!("{MADE_COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=60{secure}"));
}

pub(super) fn take_made(site: &Site) -> Option<String> {
    let secret = cookie(MADE_COOKIE).filter(|secret| secret.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let secure = if site.is_https { "; Secure" } else { "" };
    set_cookie(&format!("{MADE_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}"));
    Some(secret)
}

pub(super) fn keep_language(locale: Locale) {
    keep(LANGUAGE_COOKIE, tag(locale));
}

pub(super) fn keep_look(look: &Look) {
    keep(LOOK_COOKIE, &[&*look.theme, &*look.contrast, &*look.text, &*look.motion, &*look.menu].join("."));
}

/// Path of the request.
pub(super) fn path() -> Option<String> {
    Some(use_context::<Parts>()?.uri.path().to_owned())
}

/// One header of the request as text.
pub(super) fn header(name: &HeaderName) -> Option<String> {
    let parts = use_context::<Parts>()?;
    parts.headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// The `__Host-` prefix makes browsers refuse the cookie from anywhere but this host over https;
/// on plain http, which only a machine of one's own uses, they would refuse it altogether.
const fn session_cookie(site: &Site) -> &'static str {
    if site.is_https { "__Host-sid" } else { "sid" }
}

fn language() -> Locale {
    use_context::<Parts>().map(|parts| language_of(&parts.headers)).unwrap_or_default()
}

pub(super) fn stored_look() -> Look {
    let text = cookie(LOOK_COOKIE).unwrap_or_default();
    let mut values = text.split('.').map(str::to_owned);
    let mut next = || values.next().unwrap_or_default();
    Look { theme: next(), contrast: next(), text: next(), motion: next(), menu: next() }.checked()
}

fn cookie(name: &str) -> Option<String> {
    cookie_in(&use_context::<Parts>()?.headers, name)
}

pub(super) fn cookie_in(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get(COOKIE)?.to_str().ok()?;
    all.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

fn keep(name: &str, value: &str) {
    set_cookie(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={YEAR_SECONDS}"));
}

pub(super) fn set_cookie(text: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(text)) {
        response.append_header(SET_COOKIE, value);
    }
}

//! Who reads a page, found before it is rendered. Whoever is not signed in is sent to sign in and comes back after.

use crate::state::State;
use app::bridge::{self, RequestId};
use app::parts::address;
use app::session::Reader;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;
use service::Failure;

/// Pages for those who are not signed in.
const OPEN: [&str; 3] = ["/login", "/setup", "/screen/enter"];
/// Where a given password is changed; until then there is no other page.
const ACCOUNT: &str = "/account";

/// Most bytes of the way back. The form of the sign-in carries it on, and is read up to 4 KiB.
const WAY_MOST: usize = 2 * 1024;

/// Notes the reader on the request, or sends him where he must go first.
pub async fn find(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    // leptos lays its doors beside its pages; they say who may come in themselves.
    if bridge::is_door(request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let found = bridge::reader(&state.site(), &parts).await;
    if let Some(way) = way(&parts.uri, &found).filter(|_| !bridge::is_wall(&parts) || found.is_ok()) {
        return Redirect::to(&way).into_response();
    }
    let reference = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    parts.extensions.insert(Reader(found.map_err(|failure| failure.into_api(&reference))));
    next.run(Request::from_parts(parts, Body::new(body))).await
}

/// Where a reader must go before the page he asked for.
fn way(asked: &Uri, found: &Result<contract::account::MeView, Failure>) -> Option<String> {
    if OPEN.contains(&asked.path()) {
        return None;
    }
    match found {
        Ok(me) => (me.must_change && asked.path() != ACCOUNT).then(|| ACCOUNT.to_owned()),
        Err(Failure::SignedOut) => {
            let here = asked.path_and_query().map_or("/", |whole| whole.as_str());
            let here = if address::encode(here).len() > WAY_MOST { asked.path() } else { here };
            Some(address::write("/login", &[("next", &address::sheltered(here))]))
        }
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_kept_whole() {
        let asked: Uri = "/projects?list=1y&q=%E5%86%B7".parse().unwrap();
        let way = way(&asked, &Err(Failure::SignedOut));
        // The page of the sign-in reads its address twice decoded, and must find this one as it was.
        assert_eq!(way.as_deref(), Some("/login?next=/projects%3Flist%3D1y%26q%3D%2525E5%252586%2525B7"));
        assert_eq!(super::way(&"/login".parse().unwrap(), &Err(Failure::SignedOut)), None);
        let long: Uri = format!("/projects?q={}", "x".repeat(3000)).parse().unwrap();
        assert_eq!(super::way(&long, &Err(Failure::SignedOut)).as_deref(), Some("/login?next=/projects"));
    }
}

//! Requests through the whole router, on both databases: sessions, origins, what strangers get.

use axum::body::Body;
use domain::permission::Role;
use http::{Request, StatusCode, header};
use tests::world::{ADMIN, HOST, World};

/// The reading door that says who is signed in.
const ME: &str = "/api/account/me";

#[tokio::test]
async fn a_session_opens_and_ends() {
    World::on_both(async |world| {
        assert_eq!(world.get("", ME).await.status, StatusCode::UNAUTHORIZED);
        let cookie = world.cookie(ADMIN).await;
        let me = world.get(&cookie, ME).await;
        assert_eq!(me.status, StatusCode::OK, "{}", me.text());
        assert!(me.text().contains(ADMIN));
        let again = world.cookie(ADMIN).await;
        assert_ne!(cookie, again, "every sign-in makes a new session");
        world.post(&cookie, "/api/account/sign_out", "").await;
        assert_eq!(world.get(&cookie, ME).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(world.get(&again, ME).await.status, StatusCode::OK, "the other session stands");
    })
    .await;
}

#[tokio::test]
async fn every_role_signs_in_and_is_named() {
    World::on_both(async |world| {
        for role in Role::ALL {
            world.person(role.code(), role, "520526").await;
            let cookie = world.cookie(role.code()).await;
            let me = world.get(&cookie, ME).await;
            assert_eq!(me.status, StatusCode::OK, "{}: {}", role.code(), me.text());
            assert!(me.text().contains("520526"), "{}", me.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_from_another_origin_changes_nothing() {
    World::on_both(async |world| {
        let cookie = world.cookie(ADMIN).await;
        let foreign = [("sec-fetch-site", "cross-site"), ("origin", "http://evil.test"), ("x-none", "x")];
        for (name, value) in foreign {
            let request = Request::post("/api/account/sign_out")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, &cookie)
                .header(name, value);
            assert_eq!(world.send(request, "").await.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
        world.get(&cookie, "/api/account/sign_out").await;
        assert_eq!(world.get(&cookie, ME).await.status, StatusCode::OK, "still signed in");
        let ours = Request::post("/api/account/sign_out")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &cookie)
            .header(header::ORIGIN, format!("http://{HOST}"));
        world.send(ours, "").await;
        assert_eq!(world.get(&cookie, ME).await.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let world = World::sqlite().await;
    let page = world.send(Request::get("/login"), Body::empty()).await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header(header::CONTENT_SECURITY_POLICY).unwrap_or_default();
    for part in ["default-src 'none'", "frame-ancestors 'none'", "'nonce-", "form-action 'self'"] {
        assert!(policy.contains(part), "{part} is missing in {policy}");
    }
    assert_eq!(page.header(header::X_CONTENT_TYPE_OPTIONS).as_deref(), Some("nosniff"));
    assert_eq!(world.send(Request::get("/healthz"), Body::empty()).await.status, StatusCode::OK);
    assert_eq!(world.send(Request::get("/no/such/page"), Body::empty()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_guard_refuses_is_a_page_with_the_reference_for_people() {
    let world = World::sqlite().await;
    let foreign = Request::post("/api/account/sign_out")
        .header(header::ACCEPT, "text/html")
        .header(header::ACCEPT_LANGUAGE, "zh-CN")
        .header("sec-fetch-site", "cross-site");
    let answer = world.send(foreign, "").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let id =
        answer.headers.get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    assert!(id.len() > 8 && answer.text().contains(&id), "{}", answer.text());
    assert!(answer.text().contains("lang=\"zh-CN\""));
    let large = tests::world::post("/api/account/sign_in").header(header::ACCEPT, "text/html");
    let answer = world.send(large, "x".repeat(5000)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("<h1>"));
    assert!(answer.header(header::CONTENT_SECURITY_POLICY).is_some());
}

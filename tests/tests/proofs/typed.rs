//! What doors answer to texts that cannot be kept, to requests that are not whole, and to ids that are none. Both
//! databases, through the whole router.

use axum::body::Body;
use contract::error::ApiError;
use contract::form::Form;
use contract::site::SaveSiteForm;
use domain::permission::Role;
use http::{Request, StatusCode, header};
use tests::world::{Answer, World, post};

fn said(answer: &Answer) -> ApiError {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{} {}", answer.status, answer.text()))
}

/// A project of the county, made as a person types it.
const PROJECT: &str =
    "key=typed-0001&values%5Bname%5D=%E7%94%B2%00%07%E2%80%AE%E4%B9%99&values%5Barea%5D=520526";

#[tokio::test]
async fn a_character_that_nobody_sees_is_neither_kept_nor_a_fault_of_ours() {
    World::on_both(async |world| {
        let stranger = world.send(post("/api/account/sign_in"), "login=a%00b&password=x").await;
        assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", stranger.text());
        world.person("gz", Role::Planner, "520000").await;
        let cookie = world.cookie("gz").await;
        let made = world.post(&cookie, "/api/project/save", PROJECT).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        let project = serde_json::from_slice::<serde_json::Value>(&made.body).unwrap()["project"].clone();
        let project = project.as_str().unwrap().to_owned();
        let shown = world.get(&cookie, &format!("/api/project/one?project={project}")).await.text();
        assert!(shown.contains("甲乙"), "{shown}");
        let site = "key=typed-0002&values%5Bname%5D=a%00b%E2%80%AE&values%5Barea%5D=520526";
        let moved = format!("key=typed-0003&project={project}&version=1&to=5y&reason=a%00b");
        for (door, form) in [
            ("/api/site/save", site),
            ("/api/account/make_token", "name=a%00b&scope=read"),
            ("/api/project/move", moved.as_str()),
        ] {
            let answer = world.post(&cookie, door, form).await;
            assert_eq!(answer.status, StatusCode::OK, "{door}: {}", answer.text());
        }
        let tokens = world.get(&cookie, "/api/account/tokens").await.text();
        assert!(tokens.contains("\"ab\""), "{tokens}");
        for path in [
            "/api/area/search?q=a%00b",
            "/find?q=a%00b",
            "/projects?list=pool&q=a%00b",
            "/communities?q=a%00b",
        ] {
            let answer = world.get(&cookie, path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_that_no_form_cleaned_is_refused_at_the_last_line() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let call = world.call("gz").await;
        let values = [("name", "社区"), ("area", "520526")]
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .into();
        let form = SaveSiteForm { key: "typed-0004".into(), values, ..SaveSiteForm::default() };
        let mut command = form.check().unwrap();
        command.values.insert(domain::site::SiteField::Name, Some("a\0b".to_owned()));
        let refused = service::site::save(&call, command).await.unwrap_err().into_api("ref");
        assert!(matches!(refused, ApiError::Invalid { .. }), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_not_whole_is_the_callers_fault() {
    let world = World::sqlite().await;
    world.person("gz", Role::Planner, "520000").await;
    let cookie = world.cookie("gz").await;
    for door in ["/api/project/one", "/api/site/one", "/api/area/one", "/api/import/one", "/api/ledger/entry"]
    {
        let answer = world.get(&cookie, door).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{door}: {}", answer.text());
        assert_eq!(said(&answer), ApiError::Incomplete, "{door}");
    }
    for door in ["/api/project/save", "/api/site/save", "/api/history/undo", "/api/project/move"] {
        let answer = world.post(&cookie, door, "").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{door}: {}", answer.text());
        assert_eq!(said(&answer), ApiError::Incomplete, "{door}");
    }
    let json = Request::post("/api/list/edit_cells")
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &cookie);
    let answer = world.send(json, "{").await;
    assert_eq!((answer.status, said(&answer)), (StatusCode::BAD_REQUEST, ApiError::Incomplete));
    // A plain form goes back to its page with the same error, which the page explains.
    let plain = post("/api/project/move").header(header::COOKIE, &cookie).header(header::ACCEPT, "text/html");
    let answer = world.send(plain, "").await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text());
    assert!(answer.header(header::LOCATION).unwrap().contains("__err="), "{:?}", answer.headers);
    let sentence = words::explain::api_error(words::Locale::zh_CN, &ApiError::Incomplete);
    assert!(sentence.contains("请求不完整"), "{sentence}");
}

#[tokio::test]
async fn an_id_that_is_none_is_found_missing_like_any_other() {
    let world = World::sqlite().await;
    world.person("gz", Role::Planner, "520000").await;
    let cookie = world.cookie("gz").await;
    for path in ["/projects/x", "/projects/x/funding", "/projects/x/print", "/projects/import/x"] {
        let random = path.replace('x', "0198f1c4-0000-7000-8000-00000000abcd");
        let (none, unknown) = (world.get(&cookie, path).await, world.get(&cookie, &random).await);
        assert_eq!((none.status, unknown.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{path}");
    }
}

#[tokio::test]
async fn a_guard_says_its_limit_and_a_door_what_method_it_takes() {
    let world = World::sqlite().await;
    let large = || "x".repeat(5000);
    let page = post("/api/account/sign_in").header(header::ACCEPT, "text/html");
    let answer = world.send(page, large()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("4 KiB"), "{}", answer.text());
    let answer = world.send(post("/api/account/sign_in"), large()).await;
    assert_eq!(said(&answer), ApiError::TooLarge { most: 4096 });
    let wrong = world.send(Request::get("/api/account/sign_in"), Body::empty()).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(matches!(said(&wrong), ApiError::Transport { .. }), "{}", wrong.text());
    assert!(
        wrong.header(header::ALLOW).is_some_and(|methods| methods.contains("POST")),
        "{:?}",
        wrong.headers
    );
}

//! The interface for programs: tokens, pages, changes, errors, and that all of it is described. Both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use axum::body::Body;
use contract::account::people::Disable;
use domain::permission::Role;
use http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use service::account::people;
use std::collections::BTreeSet;
use tests::doors::things;
use tests::program::{Program, offences};
use tests::world::{ADMIN, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";
const KEY: &str = "Idempotency-Key";

async fn planners(world: &World) -> (Program<'_>, Program<'_>) {
    world.person("province", Role::Planner, "520000").await;
    world.person("weining", Role::Planner, WEINING).await;
    (world.program("province", "write").await, world.program("weining", "write").await)
}

async fn make(program: &Program<'_>, area: &str, name: &str, more: Value) -> Value {
    let mut body = json!({ "name": name, "area": area });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = program.post("/projects", &body, &[(KEY, &format!("make-{name}-{area}"))]).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()
}

fn problem(answer: &tests::world::Answer, status: StatusCode, kind: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header(header::CONTENT_TYPE).as_deref(), Some("application/problem+json"));
    let said = answer.json();
    assert_eq!(said["type"], format!("/api/docs#{kind}"), "{said}");
    assert_eq!(said["status"], status.as_u16());
    assert!(!said["detail"].as_str().unwrap().is_empty());
    let id = answer.headers.get("x-request-id").unwrap().to_str().unwrap();
    assert_eq!(said["reference"], id);
    said
}

#[tokio::test]
async fn a_program_makes_reads_changes_and_pages() {
    World::on_both(async |world| {
        let (province, _) = planners(world).await;
        let more = json!({
            "total_fen": "1850500000", "sources_fen": { "CBI": "1850499999" }, "years_fen": { "2026": "7" },
            "gates": { "design": "2026-01-31" }, "start": "2026-05", "posts": 12, "work_relief": true,
            "category": "employment", "remark": "r"
        });
        let made = make(&province, WEINING, "one", more).await;
        assert_eq!(made["total_fen"], "1850500000");
        assert_eq!(made["sources_fen"]["CBI"], "1850499999");
        assert_eq!(made["gates"]["design"], "2026-01-31");
        assert_eq!(made["area"]["code"], WEINING);
        assert_eq!((made["version"].as_i64(), made["posts"].as_i64()), (Some(1), Some(12)));
        let path = format!("/projects/{}", made["id"].as_str().unwrap());
        let read = province.get(&path).await;
        assert_eq!(read.json(), made);
        assert_eq!(read.header(header::ETAG).as_deref(), Some("\"1\""));
        let changed = province.patch(&path, &json!({ "version": 1, "total_fen": null, "posts": 3 })).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        assert_eq!(changed.json()["total_fen"], Value::Null);
        assert_eq!(changed.json()["remark"], "r", "what was left out stays");
        let history = province.get(&format!("{path}/history")).await.json();
        let total: Vec<&Value> = history["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["property"] == "total_fen")
            .collect();
        assert_eq!(total[0]["old"], "1850500000");
        for n in 0..7 {
            make(&province, WEINING, &format!("n{n}"), json!({})).await;
        }
        let (mut seen, mut cursor) = (BTreeSet::new(), String::new());
        loop {
            let page = province.get(&format!("/projects?limit=3&cursor={cursor}")).await.json();
            let items = page["items"].as_array().unwrap().clone();
            assert!(items.len() <= 3);
            seen.extend(items.iter().map(|item| item["number"].as_i64().unwrap()));
            match page["next"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen.len(), 8);
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_programs_gets_both_values() {
    World::on_both(async |world| {
        let (province, weining) = planners(world).await;
        let made = make(&province, WEINING, "both", json!({ "total_fen": "100" })).await;
        let path = format!("/projects/{}", made["id"].as_str().unwrap());
        weining.patch(&path, &json!({ "version": 1, "total_fen": "200" })).await;
        let late = province.patch(&path, &json!({ "version": 1, "total_fen": "300" })).await;
        let said = problem(&late, StatusCode::CONFLICT, "stale");
        let expected = json!([{ "name": "total_fen", "yours": "300", "theirs": "200" }]);
        assert_eq!(said["conflicts"], expected);
        let matched = [("If-Match", "\"2\"")];
        let body = json!({ "total_fen": "300" });
        let again = province.send(Method::PATCH, &path, Some(&body), &matched).await;
        assert_eq!(again.json()["total_fen"], "300", "{}", again.text());
        let none = province.patch(&path, &body).await;
        assert_eq!(
            problem(&none, StatusCode::UNPROCESSABLE_ENTITY, "invalid")["errors"][0]["name"],
            "version"
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_key_makes_one_project() {
    World::on_both(async |world| {
        let (_, weining) = planners(world).await;
        let body = json!({ "name": "twice", "area": WEINING });
        let first = weining.post("/projects", &body, &[(KEY, "key-12345678")]).await.json();
        let second = weining.post("/projects", &body, &[(KEY, "key-12345678")]).await.json();
        assert_eq!(first["id"], second["id"]);
        let other = json!({ "name": "other", "area": WEINING });
        let reused = weining.post("/projects", &other, &[(KEY, "key-12345678")]).await;
        problem(&reused, StatusCode::UNPROCESSABLE_ENTITY, "refused");
        problem(
            &weining.post("/projects", &other, &[]).await,
            StatusCode::UNPROCESSABLE_ENTITY,
            "key-missing",
        );
        assert_eq!(weining.get("/projects").await.json()["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn another_county_is_missing_like_a_random_id() {
    World::on_both(async |world| {
        let (province, weining) = planners(world).await;
        let foreign = make(&province, LIPING, "foreign", json!({ "total_fen": "5" })).await;
        let foreign = foreign["id"].as_str().unwrap();
        let random = "0190c8a1-5b7e-7c3d-9a4f-1c2b3d4e5f60".to_owned();
        for id in [foreign, &random, "x"] {
            for path in [format!("/projects/{id}"), format!("/projects/{id}/history")] {
                problem(&weining.get(&path).await, StatusCode::NOT_FOUND, "not-found");
            }
            let change =
                weining.patch(&format!("/projects/{id}"), &json!({ "version": 1, "posts": 1 })).await;
            problem(&change, StatusCode::NOT_FOUND, "not-found");
            let step = json!({ "version": 1, "list": "1y" });
            let step = weining.post(&format!("/projects/{id}/move"), &step, &[(KEY, "move-1234")]).await;
            problem(&step, StatusCode::NOT_FOUND, "not-found");
        }
        for path in ["/areas/522631", "/areas/520000", "/areas/x", "/lists/9y", "/projects?area=522631"] {
            problem(&weining.get(path).await, StatusCode::NOT_FOUND, "not-found");
        }
        let create = json!({ "name": "there", "area": LIPING });
        let create = weining.post("/projects", &create, &[(KEY, "create-there")]).await;
        problem(&create, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(weining.get("/projects").await.json()["items"], json!([]));
        let tree = weining.get("/areas/tree").await.json();
        assert_eq!((&tree["code"], &tree["parent"]), (&json!(WEINING), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn lists_sum_to_the_fen() {
    World::on_both(async |world| {
        let (province, weining) = planners(world).await;
        for (n, area) in [WEINING, WEINING, LIPING].into_iter().enumerate() {
            let more =
                json!({ "total_fen": "1000000001", "sources_fen": { "CBI": "1" }, "jobs_operation": 3 });
            let made = make(&province, area, &format!("p{n}"), more).await;
            let path = format!("/projects/{}/move", made["id"].as_str().unwrap());
            let step = json!({ "version": 1, "list": "1y", "reason": "ready" });
            let moved = province.post(&path, &step, &[(KEY, &format!("move-key-{n}"))]).await;
            assert_eq!(moved.json()["list"], "1y", "{}", moved.text());
        }
        let all = province.get("/lists/1y").await.json();
        assert_eq!((&all["projects"], &all["total_fen"]), (&json!(3), &json!("3000000003")));
        assert_eq!(all["sources_fen"], json!({ "CBI": "3" }));
        assert_eq!(all["gap_fen"], "3000000000");
        let own = weining.get("/lists").await.json();
        assert_eq!(own["items"][0]["total_fen"], "2000000002");
        assert_eq!(own["items"][0]["jobs_operation"], 6);
        assert_eq!(own["items"][1]["projects"], 0);
    })
    .await;
}

#[tokio::test]
async fn tokens_end_with_their_person_their_scope_and_their_owner_s_wish() {
    World::on_both(async |world| {
        let (_, weining) = planners(world).await;
        let reader = world.program("weining", "read").await;
        assert_eq!(reader.get("/me").await.json()["login"], "weining");
        let body = json!({ "name": "x", "area": WEINING });
        let refused = reader.post("/projects", &body, &[(KEY, "key-of-reader")]).await;
        problem(&refused, StatusCode::FORBIDDEN, "read-only-token");
        let stranger = Request::get("/api/v1/me").header(header::AUTHORIZATION, "Bearer nonsense");
        let answer = world.send(stranger, Body::empty()).await;
        problem(&answer, StatusCode::UNAUTHORIZED, "unauthenticated");
        assert_eq!(answer.header(header::WWW_AUTHENTICATE).as_deref(), Some("Bearer"));
        let cookie = world.cookie("weining").await;
        let by_cookie = world.get(&cookie, "/api/v1/me").await;
        problem(&by_cookie, StatusCode::UNAUTHORIZED, "unauthenticated");
        // A leader's write token acts as a leader.
        world.person("leader", Role::Leader, WEINING).await;
        let leader = world.program("leader", "write").await;
        let refused = leader.post("/projects", &body, &[(KEY, "key-of-leader")]).await;
        problem(&refused, StatusCode::FORBIDDEN, "forbidden");
        // Revoked.
        let tokens = world.get(&cookie, "/api/account/tokens").await.json();
        let read = tokens.as_array().unwrap().iter().find(|line| line["scope"] == "read").unwrap();
        assert!(read["last_used"].is_string(), "use is noted: {read}");
        assert!(!tokens.to_string().contains(&reader.token), "the secret is shown once only");
        let form = format!("token={}", read["token"].as_str().unwrap());
        world.post(&cookie, "/api/account/revoke_token", &form).await;
        problem(&reader.get("/me").await, StatusCode::UNAUTHORIZED, "unauthenticated");
        assert_eq!(weining.get("/me").await.status, StatusCode::OK);
        // Disabled.
        disable(world, "weining").await;
        problem(&weining.get("/me").await, StatusCode::UNAUTHORIZED, "unauthenticated");
    })
    .await;
}

async fn disable(world: &World, login: &str) {
    let person = world.account(login).await;
    let disable = Disable { user: person.id, version: person.version, disabled: true };
    people::disable(&world.call(ADMIN).await, disable).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_is_said_in_the_caller_s_language() {
    let world = World::sqlite().await;
    let (_, weining) = planners(&world).await;
    for path in [
        "/projects?limit=1000000000",
        "/projects?limit=0",
        "/projects?limit=-1",
        "/projects?limit=x",
        "/projects?cursor=zz",
        "/projects?cursor=5b315d",
        "/projects?sort=content",
        "/projects?list=9y",
        "/projects?least_fen=1.5",
        "/areas?limit=5001",
        "/areas/tree?depth=9",
    ] {
        let said = problem(&weining.get(path).await, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert!(!said["errors"].as_array().unwrap().is_empty(), "{path}");
    }
    problem(&weining.get("/projects?nonsense=1").await, StatusCode::BAD_REQUEST, "malformed");
    problem(&weining.get("/nonsense").await, StatusCode::NOT_FOUND, "not-found");
    let method = weining.send(Method::DELETE, "/me", None, &[]).await;
    problem(&method, StatusCode::METHOD_NOT_ALLOWED, "method");
    for amount in ["1.5", "-1", "NaN", "1e400", "99999999999999999999"] {
        let body = json!({ "name": "x", "area": WEINING, "total_fen": amount });
        let said = weining.post("/projects", &body, &[(KEY, "key-amounts")]).await;
        let said = problem(&said, StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(said["errors"][0]["name"], "total_fen", "{amount}");
    }
    let long = json!({ "name": "x".repeat(70_000), "area": WEINING });
    let long = weining.post("/projects", &long, &[(KEY, "key-too-long")]).await;
    problem(&long, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    let sentence = async |language: &str| {
        let headers = [("accept-language", language)];
        weining.send(Method::GET, "/projects/x", None, &headers).await.json()["detail"].to_string()
    };
    assert_ne!(sentence("en").await, sentence("zh-CN").await);
    assert!(sentence("en").await.is_ascii());
}

/// A small text table on its way in; its reading may still be going on.
async fn upload(world: &World, token: &str) -> String {
    let request = Request::post("/api/v1/imports/upload?file_name=sample.csv")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(KEY, "key-sample");
    let answer = world.send(request, "项目名称,县\n样品,威宁县\n").await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_route_is_described_and_answers_as_described() {
    let world = World::sqlite().await;
    let (province, _) = planners(&world).await;
    let served = world.send(Request::get("/api/openapi.json"), Body::empty()).await.json();
    let document: Value = serde_json::from_str(&server::api::document().to_json().unwrap()).unwrap();
    assert_eq!(served, document, "what is served is what the command prints");
    let made =
        make(&province, WEINING, "sample", json!({ "total_fen": "5", "years_fen": { "2026": "5" } })).await;
    let project = made["id"].as_str().unwrap();
    let import = upload(&world, &province.token).await;
    let site = things::make_site(&world.call("province").await, WEINING).await;
    let notice = things::notices::make(&world, WEINING).await;
    world.person("judge", Role::Reviewer, "520000").await;
    let (maker, judge) = (world.call("province").await, world.call("judge").await);
    let finding = things::finding(&maker, &judge, WEINING).await;
    let returned = things::returns::make(&maker, WEINING).await;
    let mut judged = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let concrete = path
            .strip_prefix("/api/v1")
            .unwrap()
            .replace(
                "{id}",
                match path {
                    path if path.starts_with("/api/v1/imports/") => &import,
                    path if path.starts_with("/api/v1/sites/") => &site,
                    path if path.starts_with("/api/v1/notices/") => &notice,
                    path if path.starts_with("/api/v1/findings/") => &finding,
                    path if path.starts_with("/api/v1/returns/") => &returned,
                    _ => project,
                },
            )
            .replace("{list}", "1y")
            .replace("{code}", WEINING);
        for method in ["GET", "PUT", "POST", "PATCH", "DELETE"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let operation = &item[method.as_str().to_lowercase()];
            let stranger = Request::builder().method(&method).uri(format!("/api/v1{concrete}"));
            let expected =
                if operation.is_null() { StatusCode::METHOD_NOT_ALLOWED } else { StatusCode::UNAUTHORIZED };
            let answer = world.send(stranger, Body::empty()).await;
            assert_eq!(answer.status, expected, "{method} {path}");
            assert_eq!(
                offences(&document, &document["components"]["schemas"]["Problem"], &answer.json(), path),
                Vec::<String>::new()
            );
            if method == Method::GET && !operation.is_null() {
                let answer = province.get(&concrete).await;
                let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
                assert!(schema.is_object(), "{path} describes no answer");
                assert_eq!(offences(&document, schema, &answer.json(), path), Vec::<String>::new());
                judged += 1;
            }
        }
    }
    assert!(judged >= 8, "only {judged} answers were judged");
    // The judge is not blind.
    let project = &document["components"]["schemas"]["Project"];
    let mut wrong = made.clone();
    wrong["total_fen"] = json!(5);
    wrong["extra"] = json!(1);
    assert_eq!(offences(&document, project, &wrong, "").len(), 2);
}

/// A route that was added beside the description would be invisible to the test above.
#[test]
fn no_route_of_the_interface_is_added_by_hand() {
    let files = tests::arch::sources("server/src/api", &[".rs"]);
    assert!(files.len() > 5);
    for file in files {
        assert!(!file.text.contains(".route("), "{}: use routes!, so that it is described", file.path);
    }
}

#[tokio::test]
async fn the_page_to_try_it_on_needs_no_other_host() {
    let world = World::sqlite().await;
    let page = world.send(Request::get("/api/docs/ui/"), Body::empty()).await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header(header::CONTENT_SECURITY_POLICY).unwrap();
    assert!(policy.contains("script-src 'self';") && policy.contains("default-src 'none'"), "{policy}");
    assert!(!page.text().contains("https://"), "{}", page.text());
    let start = world.send(Request::get("/api/docs/ui/swagger-initializer.js"), Body::empty()).await.text();
    assert!(start.contains("/api/openapi.json") && start.contains("\"validatorUrl\": \"none\""), "{start}");
    let cookie = world.cookie(ADMIN).await;
    let words = world.get(&cookie, "/api/docs").await;
    assert_eq!(words.status, StatusCode::OK);
    assert!(words.text().contains("id=\"not-found\""));
    let stranger = Request::get("/api/docs").header(header::ACCEPT, "text/html");
    let stranger = world.send(stranger, Body::empty()).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER, "sent to sign in");
}

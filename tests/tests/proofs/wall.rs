//! Wall screens by key, on both databases: a key opens the leaders' page of its area and nothing else, with nothing on it to
//! follow and nobody named; guesses wait, keys that are over say so, and making and revoking stand in the trail.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::form::Form;
use contract::list::MoveForm;
use contract::project::SaveForm;
use domain::area::AreaPath;
use domain::period::FiscalYear;
use domain::permission::{Action, Actor, Facts, Role, permit};
use http::{Request, StatusCode, header};
use sea_orm::{ConnectionTrait, Statement};
use service::{Call, list, project};
use tests::bank::beside;
use tests::world::{Answer, World, post};

const CITY: &str = "520500";
const WEINING: &str = "520526";
const DAFANG: &str = "520521";

/// A project on the one-year list with its plan of the year, in 万元.
async fn make(call: &Call, area: &str, planned: &str) {
    let year = FiscalYear::of(call.today()).unwrap();
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    let plan = format!("year.{year}");
    let start = format!("{year}-03");
    let values = [
        ("name", "one"),
        ("area", area),
        ("total", planned),
        ("category", "employment"),
        ("start", &start),
        (plan.as_str(), planned),
    ];
    form.values.extend(values.map(|(field, text)| (field.to_owned(), text.to_owned())));
    let saved = project::save(call, form.check().unwrap()).await.unwrap().project;
    let to_list = MoveForm {
        key: call.new_id().to_string(),
        projects: vec![format!("{saved}:1")],
        to: "1y".into(),
        reason: "ready".into(),
    };
    list::move_projects(call, to_list.check().unwrap()).await.unwrap();
}

/// One number of the database, read past the product.
async fn number(world: &World, text: &str) -> i64 {
    let database = beside(&world.url()).await;
    let statement = Statement::from_string(database.get_database_backend(), text);
    database.query_one_raw(statement).await.unwrap().unwrap().try_get("", "n").unwrap()
}

async fn enter(world: &World, secret: &str) -> Answer {
    let request = post("/api/screen/enter").header(header::ACCEPT, "application/json");
    world.send(request, format!("secret={secret}")).await
}

/// A request of a screen that has a key.
async fn by_key(world: &World, secret: &str, path: &str) -> Answer {
    world.get(&format!("wall={secret}"), path).await
}

/// A new key of an area: its id and its secret.
async fn key(world: &World, cookie: &str, area: &str) -> (String, String) {
    let made = world.post(cookie, "/api/wall/make", &format!("name=hall&area={area}")).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let made = made.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (text(&made["line"]["wall"]), text(&made["secret"]))
}

#[tokio::test]
async fn a_key_opens_the_page_of_its_area_and_nothing_else() {
    World::on_both(async |world| {
        for (login, role, area) in [
            ("pl", Role::Planner, "520000"),
            ("zhangwei", Role::Administrator, CITY),
            ("lead", Role::Leader, CITY),
        ] {
            world.person(login, role, area).await;
        }
        let planner = world.call("pl").await;
        make(&planner, WEINING, "1234.5").await;
        make(&planner, DAFANG, "987654.3").await;
        let cookie = world.cookie("zhangwei").await;
        let beyond = world.post(&cookie, "/api/wall/make", "name=x&area=520300").await;
        assert_eq!(beyond.status, StatusCode::NOT_FOUND, "an area beside: {}", beyond.text());
        let leader = world.cookie("lead").await;
        let refused = world.post(&leader, "/api/wall/make", &format!("name=x&area={WEINING}")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        let (id, secret) = key(world, &cookie, WEINING).await;
        let kept =
            number(world, &format!("SELECT COUNT(*) AS n FROM wall WHERE secret_hash = '{secret}'")).await;
        assert_eq!(kept, 0, "the secret is kept as it is");
        let opened = enter(world, &secret.to_uppercase()).await;
        let set: Vec<&str> =
            opened.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(set.len(), 2, "{set:?}");
        for (cookie, path) in set.iter().zip(["/screen", "/api/screen"]) {
            assert!(cookie.starts_with(&format!("wall={secret}; Path={path};")), "{cookie}");
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        }
        shows_its_area(world, &secret).await;
        opens_nothing_else(world, &secret).await;

        let listed = world.get(&cookie, "/api/wall/list").await;
        assert!(!listed.text().contains(&secret));
        assert!(!listed.json()[0]["last_used"].is_null(), "{}", listed.text());
        let page = world.get(&cookie, "/admin/walls").await;
        assert!(page.status == StatusCode::OK && page.text().contains("hall"));

        let revoked = world.post(&cookie, "/api/wall/revoke", &format!("wall={id}")).await;
        assert_eq!(revoked.status, StatusCode::OK, "{}", revoked.text());
        is_over(world, &secret, "已被撤销").await;
        let again = world.post(&cookie, "/api/wall/revoke", &format!("wall={id}")).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        let trail = number(world, "SELECT COUNT(*) AS n FROM audit WHERE object = 'wall'").await;
        assert_eq!(trail, 2, "making and revoking");

        let (_, other) = key(world, &cookie, WEINING).await;
        beside(&world.url()).await.execute_unprepared("UPDATE wall SET expires_at = 1").await.unwrap();
        is_over(world, &other, "已经到期").await;
    })
    .await;
}

/// The figures, nobody's name, and nothing to follow.
async fn shows_its_area(world: &World, secret: &str) {
    for path in ["/screen", &format!("/screen?area={WEINING}&month=10&source=CBI&category=employment")] {
        let page = by_key(world, secret, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let text = page.text();
        let body = &text[text.find("<main").unwrap()..text.find("</main>").unwrap()];
        assert!(path != "/screen" || body.contains("1,234.50"), "{path}: the own figure");
        assert!(!body.contains("<a ") && !body.contains("<form"), "{path}: something to follow: {body}");
        for foreign in ["987,654.30", "988,888.80", "大方", "zhangwei", "lead"] {
            assert!(!text.contains(foreign), "{path} names {foreign}");
        }
    }
    let figures = by_key(world, secret, "/api/screen/figures").await;
    assert_eq!(figures.status, StatusCode::OK, "{}", figures.text());
    for foreign in [CITY, DAFANG, "100000"] {
        let page = by_key(world, secret, &format!("/screen?area={foreign}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{foreign}");
        let answer = by_key(world, secret, &format!("/api/screen/figures?form%5Barea%5D={foreign}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{foreign}: {}", answer.text());
    }
}

async fn opens_nothing_else(world: &World, secret: &str) {
    for path in ["/", "/dashboard", "/projects", "/findings", "/admin/walls", "/dashboard/export", "/account"]
    {
        let answer = by_key(world, secret, path).await;
        assert!(answer.status.is_redirection(), "{path}: {}", answer.status);
        assert!(answer.header(header::LOCATION).unwrap().starts_with("/login"), "{path}");
    }
    for path in ["/api/dashboard/figures", "/api/account/me", "/api/wall/list", "/api/home/desk"] {
        let answer = by_key(world, secret, path).await;
        assert!(!answer.status.is_success(), "{path}: {}", answer.status);
    }
    let bearer = Request::get("/api/v1/me").header(header::AUTHORIZATION, format!("Bearer {secret}"));
    assert_eq!(world.send(bearer, "").await.status, StatusCode::UNAUTHORIZED);
    let session = world.get(&format!("sid={secret}"), "/api/account/me").await;
    assert_eq!(session.status, StatusCode::UNAUTHORIZED);
}

/// The screen says why it is dark.
async fn is_over(world: &World, secret: &str, word: &str) {
    let cookie = format!("wall={secret}; language=zh-CN");
    let page = world.get(&cookie, "/screen").await.text();
    assert!(page.contains(word), "no {word}: {page}");
    assert!(!page.contains("1,234.50"), "figures after the end");
    let answer = by_key(world, secret, "/api/screen/figures").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let entered = enter(world, secret).await;
    assert!(!entered.headers.contains_key(header::SET_COOKIE), "{}", entered.text());
}

#[test]
fn the_policy_gives_a_wall_two_things_in_its_area_and_none_beside() {
    let area = |path: &str| AreaPath::new(path).unwrap();
    let wall = Actor::Wall { area: area("/100000/520000/520500/") };
    for action in Action::ALL {
        let may = |path: &str| permit(&wall, action, &Facts::at(area(path))).is_ok();
        let sees = matches!(action, Action::ViewProjects | Action::ViewMoney);
        assert_eq!(may("/100000/520000/520500/520526/"), sees, "{action:?}");
        assert!(!may("/100000/520000/") && !may("/100000/520000/520300/"), "{action:?}");
    }
    assert_eq!(wall.user(), None);
}

#[tokio::test]
async fn guesses_have_to_wait_and_stop_nobody_elsewhere() {
    World::on_both(async |world| {
        world.person("ad", Role::Administrator, CITY).await;
        let cookie = world.cookie("ad").await;
        let (_, secret) = key(world, &cookie, CITY).await;
        for (area, status) in [(CITY, StatusCode::OK), (WEINING, StatusCode::NOT_FOUND)] {
            let path = format!("/api/screen/figures?form%5Barea%5D={area}");
            assert_eq!(by_key(world, &secret, &path).await.status, status, "a key of the city for {area}");
        }
        for left in (0..5).rev() {
            let answer = by_key(world, &format!("{left:032x}"), "/api/screen/figures").await;
            assert!(answer.text().contains("wrong_wall_key"), "{left}: {}", answer.text());
        }
        let waiting = enter(world, &secret).await;
        assert!(waiting.text().contains("too_many_attempts"), "also the right one waits: {}", waiting.text());
        world.cookie("ad").await;
    })
    .await;
}

//! Sessions: new at every change of who one is, gone at once when a right goes, slow for guessers, hashed at rest.

use contract::account::people::{ChangePerson, Disable};
use domain::permission::Role;
use http::{Request, StatusCode, header};
use service::account::people;
use tests::world::{ADMIN, PASSWORD, World, post};

const ME: &str = "/api/account/me";
const WEINING: &str = "520526";

async fn is_in(world: &World, cookie: &str) -> bool {
    world.get(cookie, ME).await.status == StatusCode::OK
}

#[tokio::test]
async fn a_change_of_role_area_or_state_ends_every_session_at_once() {
    World::on_both(async |world| {
        for login in ["role", "area", "state"] {
            world.person(login, Role::Planner, WEINING).await;
            let (one, two) = (world.cookie(login).await, world.cookie(login).await);
            assert!(is_in(world, &one).await && is_in(world, &two).await);
            let admin = world.call(ADMIN).await;
            let person = world.account(login).await;
            let (user, version) = (person.id, person.version);
            let change = |role, area: &str| {
                let (name, area) = (login.to_owned(), area.to_owned());
                people::change(&admin, ChangePerson { user, version, name, role, area })
            };
            match login {
                "role" => change(Role::Leader, WEINING).await.unwrap(),
                "area" => change(Role::Planner, "520524").await.unwrap(),
                _ => people::disable(&admin, Disable { user, version, disabled: true }).await.unwrap(),
            };
            assert!(!is_in(world, &one).await && !is_in(world, &two).await, "{login}");
        }
        let form = format!("login=state&password={}", PASSWORD.replace(' ', "+"));
        let request = post("/api/account/sign_in").header(header::ACCEPT, "application/json");
        let refused = world.send(request, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a disabled person cannot come back");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_others_and_renews_this_one() {
    World::on_both(async |world| {
        world.person("weining", Role::Planner, WEINING).await;
        let (here, there) = (world.cookie("weining").await, world.cookie("weining").await);
        let form = format!("old_password={}&new_password=another+long+one", PASSWORD.replace(' ', "+"));
        let answer = world.post(&here, "/api/account/change_password", &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let set = answer.header(header::SET_COOKIE).unwrap();
        let renewed = set.split(';').next().unwrap().to_owned();
        assert_ne!(renewed, here, "the id is a new one");
        assert!(is_in(world, &renewed).await);
        assert!(!is_in(world, &here).await && !is_in(world, &there).await);
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
    })
    .await;
}

#[tokio::test]
async fn a_foreign_page_changes_nothing_by_form_or_by_address() {
    World::on_both(async |world| {
        world.person("weining", Role::Planner, WEINING).await;
        let cookie = world.cookie("weining").await;
        let form = "name=evil&scope=write";
        for path in ["/api/account/make_token", "/api/project/save", "/api/list/move_projects"] {
            let request = Request::post(path)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, &cookie)
                .header("sec-fetch-site", "cross-site")
                .header(header::ORIGIN, "https://evil.test");
            assert_eq!(world.send(request, form).await.status, StatusCode::FORBIDDEN, "{path}");
            let by_address = world.get(&cookie, &format!("{path}?{form}")).await;
            assert!(by_address.status.is_client_error(), "{path}: {}", by_address.status);
        }
        let tokens = world.get(&cookie, "/api/account/tokens").await;
        assert_eq!(tokens.text(), "[]");
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_and_names_are_not_told() {
    World::on_both(async |world| {
        world.person("weining", Role::Planner, WEINING).await;
        let guess = async |login: &str| {
            let request = post("/api/account/sign_in").header(header::ACCEPT, "application/json");
            world.send(request, format!("login={login}&password=wrong")).await.text()
        };
        for (known, unknown) in [("weining", "nobody")].repeat(4) {
            assert_eq!(guess(known).await, guess(unknown).await);
        }
        guess("weining").await;
        assert!(guess("weining").await.contains("too_many_attempts"));
        let form = format!("login=weining&password={}", PASSWORD.replace(' ', "+"));
        let right = post("/api/account/sign_in").header(header::ACCEPT, "application/json");
        assert!(
            world.send(right, form).await.text().contains("too_many_attempts"),
            "also the right one waits"
        );
    })
    .await;
}

#[tokio::test]
async fn no_secret_lies_in_the_data_folder() {
    let world = World::sqlite().await;
    world.person("weining", Role::Planner, WEINING).await;
    let cookie = world.cookie("weining").await;
    let session = cookie.split('=').nth(1).unwrap().to_owned();
    let token = world.program("weining", "read").await.token;
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(world.folder()).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap_or_default());
    }
    assert!(bytes.len() > 100_000, "the database was read");
    let holds = |needle: &str| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
    assert!(holds("weining"), "the search finds what is there");
    for secret in [session.as_str(), &token, PASSWORD] {
        assert!(!holds(secret), "{secret} is stored");
    }
}

#[tokio::test]
async fn the_way_in_is_an_ordinary_page() {
    let world = World::sqlite().await;
    for accept in ["text/html", "*/*", "application/json"] {
        let request = Request::get("/login").header(header::ACCEPT, accept);
        assert_eq!(world.send(request, "").await.status, StatusCode::OK, "{accept}");
    }
    for accept in ["text/html", "*/*"] {
        let request = Request::get("/projects?list=1y").header(header::ACCEPT, accept);
        let away = world.send(request, "").await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{accept}");
        assert_eq!(away.header(header::LOCATION).unwrap(), "/login?next=/projects%3Flist%3D1y");
    }
}

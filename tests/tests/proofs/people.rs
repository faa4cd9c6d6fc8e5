//! What administrators do with people, through the whole router, on both databases: who is out at once, who stays, who
//! sees whom, and that a given password opens nothing but its own change.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::account::people::{PeopleImportView, PeopleView, PersonFault, PersonView, SavedPerson};
use contract::area::Staged;
use contract::error::{ApiError, Refusal};
use domain::permission::Role;
use http::{Request, StatusCode, header};
use tests::world::{ADMIN, Answer, PASSWORD, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";
const ME: &str = "/api/account/me";
const GIVEN: &str = "given-pass-123";
/// An id that nobody has.
const NOBODY: &str = "018f0000-0000-7000-8000-00000000dead";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn error(answer: &Answer) -> ApiError {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text()))
}

async fn all(world: &World, cookie: &str, query: &str) -> PeopleView {
    read(&world.get(cookie, &format!("/api/people/page?{query}")).await)
}

/// The person of a sign-in name as this administrator sees him.
async fn find(world: &World, cookie: &str, login: &str) -> PersonView {
    let found = all(world, cookie, &format!("form[q]={login}")).await;
    let user = found.rows.iter().find(|row| row.login == login).unwrap().user;
    read(&world.get(cookie, &format!("/api/people/one?user={user}")).await)
}

async fn change(world: &World, cookie: &str, login: &str, role: &str, area: &str) -> Answer {
    let person = find(world, cookie, login).await.person;
    let form =
        format!("user={}&version={}&name={login}&role={role}&area={area}", person.user, person.version);
    world.post(cookie, "/api/people/change", &form).await
}

async fn disable(world: &World, cookie: &str, login: &str, disabled: u8) -> Answer {
    let person = find(world, cookie, login).await.person;
    let form = format!("user={}&version={}&disabled={disabled}", person.user, person.version);
    world.post(cookie, "/api/people/disable", &form).await
}

async fn sign_in(world: &World, login: &str, password: &str) -> Answer {
    let form = format!("login={login}&password={}", password.replace(' ', "+"));
    world.send(tests::world::post("/api/account/sign_in"), form).await
}

fn cookie(answer: &Answer) -> String {
    let set = answer.header(header::SET_COOKIE).unwrap();
    set.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_disabled_person_is_out_at_once_and_comes_back_when_let_in() {
    World::on_both(async |world| {
        world.person("wang", Role::Planner, WEINING).await;
        let (root, wang) = (world.cookie(ADMIN).await, world.cookie("wang").await);
        let token = world.post(&wang, "/api/account/make_token", "name=t&scope=read").await;
        assert_eq!(token.status, StatusCode::OK);
        assert_eq!(world.get(&wang, ME).await.status, StatusCode::OK);
        read::<SavedPerson>(&disable(world, &root, "wang", 1).await);
        assert_eq!(world.get(&wang, ME).await.status, StatusCode::UNAUTHORIZED);
        assert!(sign_in(world, "wang", PASSWORD).await.header(header::SET_COOKIE).is_none());
        let person = find(world, &root, "wang").await;
        assert_eq!((person.person.disabled, person.sessions), (true, 0));
        read::<SavedPerson>(&disable(world, &root, "wang", 0).await);
        assert_eq!(world.get(&wang, ME).await.status, StatusCode::UNAUTHORIZED, "the old session stays dead");
        assert_eq!(world.get(&world.cookie("wang").await, ME).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn another_role_or_area_ends_the_sessions_and_another_name_does_not() {
    World::on_both(async |world| {
        world.person("wang", Role::Planner, WEINING).await;
        let root = world.cookie(ADMIN).await;
        for (role, area, stays) in
            [("planner", WEINING, true), ("leader", WEINING, false), ("leader", LIPING, false)]
        {
            let wang = world.cookie("wang").await;
            read::<SavedPerson>(&change(world, &root, "wang", role, area).await);
            let expected = if stays { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
            assert_eq!(world.get(&wang, ME).await.status, expected, "{role} {area}");
        }
        let me = world.get(&world.cookie("wang").await, ME).await;
        assert!(me.text().contains(LIPING) && me.text().contains("leader"), "{}", me.text());
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays() {
    World::on_both(async |world| {
        let root = world.cookie(ADMIN).await;
        let refused = ApiError::Refused { refusal: Refusal::LastAdministrator };
        world.person("county", Role::Administrator, WEINING).await;
        for answer in [
            change(world, &root, ADMIN, "auditor", "100000").await,
            change(world, &root, ADMIN, "administrator", WEINING).await,
            disable(world, &root, ADMIN, 1).await,
        ] {
            assert_eq!((answer.status, error(&answer)), (StatusCode::UNPROCESSABLE_ENTITY, refused.clone()));
        }
        // The administrator of a county may go: the whole country's can still do everything there.
        read::<SavedPerson>(&disable(world, &root, "county", 1).await);
        world.person("second", Role::Administrator, "100000").await;
        read::<SavedPerson>(&change(world, &root, ADMIN, "auditor", "100000").await);
        let second = world.cookie("second").await;
        assert_eq!(error(&disable(world, &second, "second", 1).await), refused);
    })
    .await;
}

#[tokio::test]
async fn a_given_password_opens_nothing_but_its_own_change() {
    World::on_both(async |world| {
        let root = world.cookie(ADMIN).await;
        let form = format!(
            "key=key-add-01&login=new&name=%E6%96%B0%E4%BA%BA&role=planner&area={WEINING}&password={GIVEN}"
        );
        let made: SavedPerson = read(&world.post(&root, "/api/people/add", &form).await);
        let again: SavedPerson = read(&world.post(&root, "/api/people/add", &form).await);
        assert_eq!(made, again, "a double click adds one person");
        let new = cookie(&sign_in(world, "new", GIVEN).await);
        let me = world.get(&new, ME).await;
        assert!(me.text().contains("\"must_change\":true"), "{}", me.text());
        let must = ApiError::Refused { refusal: Refusal::PasswordMustChange };
        for path in ["/api/list/page", "/api/site/page", "/api/account/tokens", "/api/area/list"] {
            let answer = world.get(&new, path).await;
            assert_eq!(
                (answer.status, error(&answer)),
                (StatusCode::UNPROCESSABLE_ENTITY, must.clone()),
                "{path}"
            );
        }
        let write =
            world.post(&new, "/api/site/save", "key=key-bad-01&values[name]=a&values[area]=520526").await;
        assert_eq!(error(&write), must);
        let page = world.get(&new, "/projects").await;
        assert_eq!(page.header(header::LOCATION).as_deref(), Some("/account"), "{}", page.status);
        let form = format!("old_password={GIVEN}&new_password=my-own-password");
        let changed = world.post(&new, "/api/account/change_password", &form).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        assert_eq!(world.get(&new, ME).await.status, StatusCode::UNAUTHORIZED, "the old session ended");
        let own = cookie(&changed);
        assert_eq!(world.get(&own, "/api/list/page").await.status, StatusCode::OK);
        // A reset puts the person back to where he began.
        let person = find(world, &root, "new").await.person;
        let form = format!("user={}&version={}&password=another-given-1", person.user, person.version);
        read::<SavedPerson>(&world.post(&root, "/api/people/reset", &form).await);
        assert_eq!(world.get(&own, ME).await.status, StatusCode::UNAUTHORIZED);
        let reset = cookie(&sign_in(world, "new", "another-given-1").await);
        assert_eq!(error(&world.get(&reset, "/api/list/page").await), must);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sees_and_changes_only_the_own_area() {
    World::on_both(async |world| {
        world.person("boss", Role::Administrator, WEINING).await;
        world.person("own", Role::Planner, WEINING).await;
        world.person("foreign", Role::Planner, LIPING).await;
        let (root, boss) = (world.cookie(ADMIN).await, world.cookie("boss").await);
        let seen = all(world, &boss, "").await;
        let logins: Vec<&str> = seen.rows.iter().map(|row| row.login.as_str()).collect();
        assert_eq!((logins, seen.total), (vec!["boss", "own"], 2));
        let foreign = find(world, &root, "foreign").await.person;
        for user in [foreign.user.to_string(), NOBODY.to_owned(), "x".to_owned()] {
            let one = world.get(&boss, &format!("/api/people/one?user={user}")).await;
            assert_eq!(one.status, StatusCode::NOT_FOUND, "{user}");
        }
        for user in [foreign.user.to_string(), NOBODY.to_owned()] {
            let form = format!("user={user}&version={}", foreign.version);
            for (door, rest) in [
                ("change", format!("&name=x&role=planner&area={WEINING}")),
                ("disable", "&disabled=1".to_owned()),
                ("reset", format!("&password={GIVEN}")),
            ] {
                let answer =
                    world.post(&boss, &format!("/api/people/{door}"), &format!("{form}{rest}")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{door}");
            }
        }
        let form = format!("key=key-add-01&login=x&name=x&role=planner&area={LIPING}&password={GIVEN}");
        let placed = world.post(&boss, "/api/people/add", &form).await;
        let ApiError::Invalid { errors } = error(&placed) else { panic!("{}", placed.text()) };
        assert!(errors.of("area").is_some());
        let moved = change(world, &boss, "own", "planner", LIPING).await;
        assert_eq!(moved.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody is moved out of the area");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_manage_is_told_nothing_of_who_is_there() {
    World::on_both(async |world| {
        let root = world.cookie(ADMIN).await;
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
            world.person(role.code(), role, "100000").await;
            let cookie = world.cookie(role.code()).await;
            let user = find(world, &root, role.code()).await.person.user;
            for path in [
                "page".to_owned(),
                "blank".to_owned(),
                format!("one?user={user}"),
                format!("one?user={NOBODY}"),
            ] {
                let answer = world.get(&cookie, &format!("/api/people/{path}")).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {path}", role.code());
            }
            let form = format!("user={user}&version=1&disabled=1");
            let answer = world.post(&cookie, "/api/people/disable", &form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", role.code());
        }
    })
    .await;
}

#[tokio::test]
async fn a_stale_form_is_told_both_values() {
    World::on_both(async |world| {
        world.person("wang", Role::Planner, WEINING).await;
        let root = world.cookie(ADMIN).await;
        let before = find(world, &root, "wang").await.person;
        read::<SavedPerson>(&change(world, &root, "wang", "leader", WEINING).await);
        let form =
            format!("user={}&version={}&name=wang&role=auditor&area={WEINING}", before.user, before.version);
        let late = world.post(&root, "/api/people/change", &form).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let ApiError::Stale { conflicts } = error(&late) else { panic!("{}", late.text()) };
        assert_eq!(conflicts.len(), 1);
        assert_eq!(
            (conflicts[0].yours.as_deref(), conflicts[0].theirs.as_deref()),
            (Some("auditor"), Some("leader"))
        );
    })
    .await;
}

/// A file as a browser's form sends it.
pub async fn upload(world: &World, cookie: &str, path: &str, name: &str, text: &str) -> Answer {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--b--\r\n"
    );
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, "application/json");
    world.send(request, body).await
}

#[tokio::test]
async fn a_table_of_people_is_judged_row_by_row_and_its_good_rows_are_added_once() {
    World::on_both(async |world| {
        world.person("boss", Role::Administrator, "520500").await;
        let (root, boss) = (world.cookie(ADMIN).await, world.cookie("boss").await);
        let table = "姓名,账号,角色,地区\n王一,w1,规划员,威宁县\n王二,w2,leader,520526\n王三,w1,规划员,威宁县\n,w4,国王,黎平县\n王五,boss,审计员,520524\n";
        let staged: Staged = read(&upload(world, &boss, "/api/people/upload", "people.csv", table).await);
        let path = format!("/api/people/staged?batch={}", staged.batch);
        let view: PeopleImportView = read(&world.get(&boss, &path).await);
        assert_eq!((view.good, view.wrong), (2, 3));
        let faults: Vec<_> = view.rows.iter().map(|row| row.faults.clone()).collect();
        assert_eq!(
            faults,
            [
                vec![],
                vec![],
                vec![PersonFault::LoginTwice],
                vec![PersonFault::NameMissing, PersonFault::Role, PersonFault::Area],
                vec![PersonFault::LoginTaken]
            ]
        );
        assert_eq!(world.get(&root, &path).await.status, StatusCode::NOT_FOUND, "another's table");
        let passwords: Vec<&str> =
            view.rows.iter().filter(|row| row.faults.is_empty()).map(|row| row.proposal.as_str()).collect();
        let form = format!(
            "batch={}&key=key-bulk-1&passwords[]={}&passwords[]={}",
            staged.batch, passwords[0], passwords[1]
        );
        for _ in 0..2 {
            let done = world.post(&boss, "/api/people/commit", &form).await;
            assert!(done.text().contains("\"people\":2"), "{}", done.text());
        }
        assert_eq!(all(world, &boss, "form[q]=w1").await.rows[0].name, "王一");
        let me = world.get(&cookie(&sign_in(world, "w2", passwords[1]).await), ME).await;
        assert!(me.text().contains("\"must_change\":true"), "{}", me.text());
        assert_eq!(all(world, &boss, "form[q]=wangyi").await.total, 1, "found by pinyin");
        assert_eq!(all(world, &boss, "form[role]=leader&form[state]=active").await.total, 1);
    })
    .await;
}

#[tokio::test]
async fn a_workbook_of_people_is_read_in_a_process_of_its_own() {
    use sheet::write::plain::{Table, TableCell, workbook};
    let world = World::sqlite().await;
    let root = world.cookie(ADMIN).await;
    let texts = |texts: [&str; 4]| texts.map(|text| TableCell::Text(text.to_owned())).to_vec();
    let table = Table {
        name: "people".into(),
        headings: ["账号", "姓名", "角色", "地区"].map(str::to_owned).to_vec(),
        rows: vec![texts(["w1", "王一", "规划员", WEINING]), texts(["w2", "王二", "x", WEINING])],
    };
    let mut body =
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n".to_vec();
    body.extend(workbook(&table).unwrap());
    body.extend(b"\r\n--b--\r\n");
    let request = Request::post("/api/people/upload")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &root)
        .header(header::ACCEPT, "application/json");
    let staged: Staged = read(&world.send(request, body).await);
    let view: PeopleImportView =
        read(&world.get(&root, &format!("/api/people/staged?batch={}", staged.batch)).await);
    assert_eq!((view.good, view.wrong), (1, 1));
    assert_eq!(view.rows[1].faults, [PersonFault::Role]);
}

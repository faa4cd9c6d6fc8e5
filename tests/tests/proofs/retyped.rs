//! Plain forms that are refused come back as they were typed, without what is secret; and one that comes after its session
//! has ended can be sent again. Through the whole router. Forms of the ledger and of statements have this proof in theirs.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use axum::body::Body;
use contract::account::people::PeopleView;
use contract::area::AreaView;
use contract::project::SavedView;
use contract::review::FindingQuery;
use contract::site::SavedSite;
use domain::permission::Role;
use http::{Request, StatusCode, header};
use tests::world::{ADMIN, Answer, World, post};

const WEINING: &str = "520526";
/// What is hard to carry: letters of other scripts, what an address and what a page would misread.
const HARD: &str = "王 5%20&<b>";
/// The same as it stands in an input.
const HARD_SHOWN: &str = "value=\"王 5%20&amp;&lt;b&gt;\"";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs: Vec<String> =
        fields.iter().map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect();
    pairs.join("&")
}

/// As a browser without scripts sends it.
async fn plain(world: &World, cookie: &str, door: &str, fields: &[(&str, &str)]) -> Answer {
    let request = post(door).header(header::COOKIE, cookie).header(header::ACCEPT, "text/html");
    world.send(request, form(fields)).await
}

/// The page that a refused form leads back to, with its address.
async fn refused(
    world: &World,
    cookie: &str,
    door: &str,
    fields: &[(&str, &str)],
    page: &str,
) -> (String, String) {
    let answer = plain(world, cookie, door, fields).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{door}: {}", answer.text());
    let back = answer.header(header::LOCATION).unwrap();
    assert!(back.starts_with(&format!("{page}?")) && back.contains("__err="), "{door}: {back}");
    let shown = world.get(cookie, &back).await;
    assert_eq!(shown.status, StatusCode::OK, "{back}");
    assert!(!shown.text().contains("<b>"), "what is typed is no markup: {door}");
    (back, shown.text())
}

/// True when the option of this value is the chosen one.
fn is_chosen(page: &str, value: &str) -> bool {
    let options = page.split("<option").filter_map(|rest| rest.split('>').next());
    options.filter(|tag| tag.contains(&format!("value=\"{value}\""))).any(|tag| tag.contains(" selected"))
}

#[tokio::test]
async fn a_person_comes_back_and_the_password_does_not() {
    let world = World::sqlite().await;
    let root = world.cookie(ADMIN).await;
    let fields = [
        ("key", "key-add-01"),
        ("login", "wang"),
        ("name", HARD),
        ("role", "leader"),
        ("area", "威宁县"),
        ("password", "geheim"),
    ];
    let (back, page) = refused(&world, &root, "/api/people/add", &fields, "/admin/users/new").await;
    assert!(page.contains("value=\"wang\"") && page.contains("value=\"威宁县\""), "{page}");
    assert!(page.contains(HARD_SHOWN) && is_chosen(&page, "leader"), "{page}");
    assert!(!back.contains("geheim") && !page.contains("geheim"), "{back}");

    world.person("wang", Role::Planner, WEINING).await;
    let people: PeopleView = read(&world.get(&root, "/api/people/page?form[q]=wang").await);
    let (user, version) = (people.rows[0].user.to_string(), people.rows[0].version.to_string());
    let fields =
        [("user", user.as_str()), ("version", &version), ("name", HARD), ("role", "king"), ("area", "x")];
    let here = format!("/admin/users/{user}");
    let (_, page) = refused(&world, &root, "/api/people/change", &fields, &here).await;
    assert!(page.contains(HARD_SHOWN) && page.contains("value=\"x\""), "{page}");
}

#[tokio::test]
async fn a_community_comes_back_with_every_figure() {
    let world = World::sqlite().await;
    world.person("weining", Role::Planner, WEINING).await;
    let cookie = world.cookie("weining").await;
    let fields = [
        ("key", "key-made-1"),
        ("values[name]", HARD),
        ("values[area]", WEINING),
        ("values[people]", "12.5"),
        ("values[labour]", "约六百"),
    ];
    let (_, page) = refused(&world, &cookie, "/api/site/save", &fields, "/communities/new").await;
    for shown in [HARD_SHOWN, "value=\"12.5\"", "value=\"约六百\"", "value=\"520526\""] {
        assert!(page.contains(shown), "{shown}: {page}");
    }

    let made = [("key", "key-made-2"), ("values[name]", "阳光社区"), ("values[area]", WEINING)];
    let made: SavedSite = read(&world.post(&cookie, "/api/site/save", &form(&made)).await);
    let id = made.site.to_string();
    let fields = [
        ("site", id.as_str()),
        ("version", "1"),
        ("key", "key-made-3"),
        ("values[name]", ""),
        ("values[people]", "九百"),
    ];
    let here = format!("/communities/{id}");
    let (_, page) = refused(&world, &cookie, "/api/site/save", &fields, &here).await;
    assert!(page.contains("value=\"九百\""), "{page}");
    assert!(!page.contains("value=\"阳光社区\""), "an input that was emptied stays empty");
}

#[tokio::test]
async fn an_area_comes_back_in_each_of_its_forms() {
    let world = World::sqlite().await;
    let root = world.cookie(ADMIN).await;
    let area: AreaView = read(&world.get(&root, "/api/area/one?code=520500").await);
    let version = area.version.to_string();
    let here = "/admin/areas/520500";
    let fields = [
        ("code", "520500"),
        ("version", version.as_str()),
        ("name", HARD),
        ("valid_from", "2024-01-01"),
        ("valid_to", "昨天"),
    ];
    let (_, page) = refused(&world, &root, "/api/area/save", &fields, here).await;
    for shown in [HARD_SHOWN, "value=\"2024-01-01\"", "value=\"昨天\""] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let fields =
        [("parent", "520500"), ("new_code", "5205"), ("new_name", HARD), ("new_valid_from", "2024-02-30")];
    let (_, page) = refused(&world, &root, "/api/area/add", &fields, here).await;
    for shown in [HARD_SHOWN, "value=\"5205\"", "value=\"2024-02-30\""] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let long = "长".repeat(61);
    let (_, page) =
        refused(&world, &root, "/api/area/teach", &[("code", "520500"), ("alias", &long)], here).await;
    assert!(page.contains(&format!("value=\"{long}\"")), "{page}");
}

/// A project of the county and the planner who made it.
async fn project(world: &World) -> (String, String) {
    world.person("gz", Role::Planner, "520000").await;
    let cookie = world.cookie("gz").await;
    let made = [("key", "key-proj-1"), ("values[name]", "车间"), ("values[area]", WEINING)];
    let made: SavedView = read(&world.post(&cookie, "/api/project/save", &form(&made)).await);
    (cookie, made.project.to_string())
}

#[tokio::test]
async fn a_move_comes_back_with_its_list_and_its_reason() {
    let world = World::sqlite().await;
    let (cookie, id) = project(&world).await;
    let move_to = |reason: &str| {
        [("key", "key-move-1"), ("project", &id), ("version", "x"), ("to", "5y"), ("reason", reason)]
            .map(|(name, text)| (name, text.to_owned()))
    };
    let here = format!("/projects/{id}");
    let fields = move_to(HARD);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (_, page) = refused(&world, &cookie, "/api/project/move", &fields, &here).await;
    assert!(page.contains(HARD_SHOWN) && is_chosen(&page, "5y"), "{page}");

    let fields = move_to(&"长".repeat(700));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (back, page) = refused(&world, &cookie, "/api/project/move", &fields, &here).await;
    assert!(back.len() < 7000, "an address stays short: {} bytes", back.len());
    assert!(page.contains(&format!("value=\"{}…\"", "长".repeat(500))), "and what was cut is seen");
}

#[tokio::test]
async fn a_move_of_several_comes_back_to_its_list() {
    let world = World::sqlite().await;
    let (cookie, id) = project(&world).await;
    let (right, wrong) = (format!("{id}:1"), format!("{id}:x"));
    let send = |projects, at| {
        [("key", "key-move-1"), ("projects[]", projects), ("to", "5y"), ("reason", HARD), ("at", at)]
    };
    let door = "/api/list/move_projects";
    let fields = send(&wrong, "/projects?list=pool&sort=total");
    let (back, page) = refused(&world, &cookie, door, &fields, "/projects").await;
    assert!(back.starts_with("/projects?list=pool&sort=total&to=5y&reason="), "{back}");
    assert!(page.contains("\n王 5%20&amp;&lt;b></textarea>") && is_chosen(&page, "5y"), "{page}");
    assert!(page.contains("error-panel"), "and it is said what is wrong");
    for foreign in ["//evil.test", "/projects//evil.test", "/projects?x=/\t/evil", ""] {
        let answer = plain(&world, &cookie, door, &send(&wrong, foreign)).await;
        let to = answer.header(header::LOCATION).unwrap();
        assert!(to.starts_with("/projects?to=5y&"), "{foreign}: {to}");
    }
    let moved = plain(&world, &cookie, door, &send(&right, "/projects?list=pool")).await;
    assert_eq!(moved.header(header::LOCATION).as_deref(), Some("/projects?list=pool"));
}

#[tokio::test]
async fn a_form_that_names_a_foreign_page_leads_nowhere_else() {
    let world = World::sqlite().await;
    let (cookie, _) = project(&world).await;
    for foreign in ["../..//evil.test", "//evil.test", "x/../../..//evil.test/y"] {
        let fields = [("key", "key-move-1"), ("project", foreign), ("version", "1"), ("to", "5y")];
        let answer = plain(&world, &cookie, "/api/project/move", &fields).await;
        let to = answer.header(header::LOCATION).unwrap();
        assert!(to.starts_with('/') && !to.starts_with("//"), "{foreign}: {to}");
    }
}

#[tokio::test]
async fn a_token_comes_back_with_its_name_and_scope() {
    let world = World::sqlite().await;
    let root = world.cookie(ADMIN).await;
    let long = "长".repeat(101);
    let fields = [("name", long.as_str()), ("scope", "write")];
    let (_, page) = refused(&world, &root, "/api/account/make_token", &fields, "/account").await;
    assert!(page.contains(&format!("value=\"{long}\"")) && is_chosen(&page, "write"), "{page}");
    assert!(page.contains("error-panel"), "and it is said what is wrong");
    let made = plain(&world, &root, "/api/account/make_token", &[("name", "n"), ("scope", "read")]).await;
    assert_eq!(made.header(header::LOCATION).as_deref(), Some("/account"));
}

#[tokio::test]
async fn a_project_comes_back_with_what_was_chosen() {
    let world = World::sqlite().await;
    let (cookie, id) = project(&world).await;
    let fields = [
        ("project", id.as_str()),
        ("version", "1"),
        ("key", "key-proj-2"),
        ("values[place]", HARD),
        ("values[total]", "abc"),
        ("values[stage]", "building"),
    ];
    let here = format!("/projects/{id}");
    let (_, page) = refused(&world, &cookie, "/api/project/save", &fields, &here).await;
    assert!(page.contains(HARD_SHOWN) && page.contains("value=\"abc\""), "{page}");
    assert!(is_chosen(&page, "building"), "{page}");
}

/// The hidden inputs of the page that gives a form back, as a browser reads them.
fn hidden(page: &str) -> Vec<(String, String)> {
    let plain = |text: &str| {
        let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        signs.into_iter().fold(text.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
    };
    let inputs = page.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |rest: &str| {
        let (name, rest) = rest.split_once("\" value=\"")?;
        Some((plain(name), plain(rest.split_once('"')?.0)))
    };
    inputs.filter_map(pair).collect()
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_given_back_and_can_be_sent_again() {
    World::on_both(async |world| {
        let (cookie, id) = project(world).await;
        world.post(&cookie, "/api/account/sign_out", "").await;
        let long = "长".repeat(3900);
        let fields = [
            ("tab", "funding"),
            ("project", id.as_str()),
            ("version", "1"),
            ("key", "key-proj-2"),
            ("values[place]", "'\"<&5%20"),
            ("values[content]", &long),
            ("values[total]", "abc"),
            ("sites[]", ""),
        ];
        let answer = plain(world, &cookie, "/api/project/save", &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.text());
        let policy = answer.header(header::CONTENT_SECURITY_POLICY).unwrap();
        assert!(policy.contains("form-action 'self'") && policy.contains("default-src 'none'"), "{policy}");
        let page = answer.text();
        assert!(page.contains("action=\"/api/project/save\"") && page.contains("href=\"/login\""), "{page}");
        let kept = hidden(&page);
        let kept: Vec<(&str, &str)> =
            kept.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(kept, fields, "all of it, in its order");

        // Signed in beside it, the same form is judged as any other, and comes back to its own page.
        let cookie = world.cookie("gz").await;
        let (_, page) =
            refused(world, &cookie, "/api/project/save", &kept, &format!("/projects/{id}/funding")).await;
        assert!(page.contains("value=\"abc\""), "{page}");
        let mended: Vec<(&str, &str)> =
            kept.iter().map(|(name, text)| (*name, if *text == "abc" { "77.5" } else { *text })).collect();
        let saved = plain(world, &cookie, "/api/project/save", &mended).await;
        let to = saved.header(header::LOCATION).unwrap();
        assert_eq!(to, format!("/projects/{id}/funding?done=saved"));
        let shown = world.get(&cookie, &format!("/projects/{id}")).await.text();
        assert!(shown.contains(&long), "nothing was lost on the way");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_out_gets_every_form_back_but_one_with_a_password() {
    let world = World::sqlite().await;
    for (door, fields) in [
        ("/api/site/save", vec![("key", "key-made-1"), ("values[name]", HARD), ("values[area]", WEINING)]),
        ("/api/area/teach", vec![("code", WEINING), ("alias", HARD)]),
        ("/api/account/make_token", vec![("name", HARD), ("scope", "read")]),
        ("/api/ledger/decide", vec![("form[verdict]", "return"), ("form[reason]", HARD)]),
        ("/api/project/save", vec![("key", "key-proj-1"), ("values[name]", HARD)]),
        (
            "/api/project/move",
            vec![("key", "key-move-1"), ("project", "x"), ("version", "1"), ("to", "5y"), ("reason", HARD)],
        ),
        (
            "/api/list/move_projects",
            vec![("key", "key-move-2"), ("projects[]", "x:1"), ("to", "5y"), ("reason", HARD)],
        ),
    ] {
        let answer = plain(&world, "", door, &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{door}: {}", answer.text());
        assert!(answer.text().contains(HARD_SHOWN), "{door}: {}", answer.text());
        let program = post(door).header(header::ACCEPT, "application/json");
        let answer = world.send(program, form(&fields)).await;
        assert!(!answer.text().contains("<form"), "programs are answered as ever: {}", answer.text());
    }
    let fields = [
        ("key", "key-add-01"),
        ("login", "wang"),
        ("name", HARD),
        ("role", "leader"),
        ("area", WEINING),
        ("password", "geheim-12345"),
    ];
    let answer = plain(&world, "", "/api/people/add", &fields).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let back = answer.header(header::LOCATION).unwrap();
    assert!(back.starts_with("/admin/users/new?login=wang&"), "{back}");
    assert!(!back.contains("geheim") && !answer.text().contains("geheim"), "{back}");
    // The way back over the sign-in loses none of it.
    let away = world.send(Request::get(&back), Body::empty()).await;
    let login = away.header(header::LOCATION).unwrap();
    assert!(login.starts_with("/login?next=/admin/users/new"), "{login}");
    let page = world.send(Request::get(&login), Body::empty()).await.text();
    let next = hidden_next(&page);
    let inside = world.get(&world.cookie(ADMIN).await, &next).await.text();
    assert!(inside.contains(HARD_SHOWN), "{next}");
}

/// Where the page of the sign-in leads on to.
fn hidden_next(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"next\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.replace("&amp;", "&")
}

/// Titles and fields of several lines are written without the renderer's escaping: what is typed must not end them.
#[tokio::test]
async fn what_is_typed_never_ends_a_title_or_a_field_of_lines() {
    let world = World::sqlite().await;
    world.person("gh", Role::Planner, WEINING).await;
    world.person("sh", Role::Reviewer, WEINING).await;
    let planner = world.cookie("gh").await;
    let fields = [
        ("key", "key-ends-01"),
        ("values[name]", "甲</title><b>"),
        ("values[area]", WEINING),
        ("values[total]", "1"),
        ("values[content]", "\n乙&lt;</textarea><b>"),
    ];
    let made = world.post(&planner, "/api/project/save", &form(&fields)).await;
    let made: SavedView = read(&made);
    let id = made.project.to_string();
    for page in ["", "/funding", "/gates", "/jobs", "/files", "/history", "/print"] {
        let answer = world.get(&planner, &format!("/projects/{id}{page}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(!answer.text().contains("<b>"), "{page}: {}", answer.text());
    }
    let facts = world.get(&planner, &format!("/projects/{id}")).await.text();
    assert!(facts.contains("甲&lt;/title>"), "the name stands in the title: {facts}");
    assert!(facts.contains("乙&amp;lt;&lt;/textarea>"), "{facts}");

    let reviewer = world.call("sh").await;
    service::review::walk::run(&reviewer, ()).await.unwrap();
    let desk = FindingQuery { single: true, ..FindingQuery::default() };
    let finding = service::review::desk(&reviewer, desk).await.unwrap().lines.remove(0).finding.id;
    let cookie = world.cookie("sh").await;
    for path in ["%2Fapi%2Freview%2Fstep", "x"] {
        let address = format!("/findings/{finding}?__path={path}&reason=%3C%2Ftextarea%3E%3Cb%3E");
        let page = world.get(&cookie, &address).await.text();
        assert!(!page.contains("<b>"), "{page}");
        assert_eq!(page.contains("&lt;/textarea>"), path != "x", "only the door's own: {page}");
    }
}

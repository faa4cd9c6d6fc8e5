//! The audit trail through the whole router, on both databases: who sees what, filters, pages, the chain, the file.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::audit::AuditView;
use domain::permission::Role;
use http::StatusCode;
use tests::world::{ADMIN, Answer, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn page(world: &World, cookie: &str, query: &str) -> AuditView {
    read(&world.get(cookie, &format!("/api/audit/page?{query}")).await)
}

async fn people(world: &World) -> (String, String) {
    for (login, role, area) in [
        ("weining", Role::Planner, WEINING),
        ("liping", Role::Planner, LIPING),
        ("auditor-w", Role::Auditor, WEINING),
    ] {
        world.person(login, role, area).await;
    }
    for (login, area) in [("weining", WEINING), ("liping", LIPING)] {
        let cookie = world.cookie(login).await;
        for n in 0..3 {
            let form = format!("key=key-{login}-{n}&values[name]={login}{n}&values[area]={area}");
            assert_eq!(world.post(&cookie, "/api/site/save", &form).await.status, StatusCode::OK);
        }
    }
    (world.cookie(ADMIN).await, world.cookie("auditor-w").await)
}

#[tokio::test]
async fn an_auditor_reads_the_acts_of_the_own_area_only() {
    World::on_both(async |world| {
        let (root, auditor) = people(world).await;
        let all = page(world, &root, "form[object]=site").await;
        assert_eq!(all.lines.len(), 6);
        let own = page(world, &auditor, "").await;
        assert!(own.lines.iter().any(|line| line.object == "site"));
        for line in &own.lines {
            assert_ne!(line.login.as_deref(), Some("liping"), "{line:?}");
        }
        let beside = world.get(&auditor, &format!("/api/audit/page?form[area]={LIPING}")).await;
        assert_eq!(beside.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", beside.text());
        let narrowed = page(world, &root, &format!("form[object]=site&form[area]={LIPING}")).await;
        assert_eq!(narrowed.lines.len(), 3);
        for role in [Role::Planner, Role::Treasurer, Role::Reviewer, Role::Leader] {
            world.person(role.code(), role, "100000").await;
            let cookie = world.cookie(role.code()).await;
            assert_eq!(world.get(&cookie, "/api/audit/page").await.status, StatusCode::FORBIDDEN);
            let file = world.get(&cookie, "/admin/audit/export").await;
            assert_eq!(file.status, StatusCode::FORBIDDEN, "{}", role.code());
        }
    })
    .await;
}

#[tokio::test]
async fn filters_and_pages_lead_through_all_acts_once() {
    World::on_both(async |world| {
        let (root, _) = people(world).await;
        for _ in 0..60 {
            world.post(&root, "/api/area/teach", "code=520526&alias=abc").await;
            world.post(&root, "/api/area/unteach", "code=520526&alias=abc").await;
        }
        let mut seen = Vec::new();
        let mut query = "form[action]=edit_areas&form[login]=root".to_owned();
        loop {
            let view = page(world, &root, &query).await;
            seen.extend(view.lines.iter().map(|line| line.seq));
            let Some(next) = view.next else { break };
            query = format!("form[action]=edit_areas&form[login]=root&form[page]={next}");
        }
        assert_eq!(seen.len(), 120);
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "the newest first, each once");
        let today = world.call(ADMIN).await.today();
        let day = page(world, &root, &format!("form[from]={today}&form[to]={today}")).await;
        assert_eq!(day.lines.len(), 50);
        let past = page(world, &root, "form[to]=2020-01-01").await;
        assert_eq!(past.lines.len(), 0);
        let wrong = world.get(&root, "/api/audit/page?form[action]=fly").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn the_head_and_the_check_of_the_chain_are_shown() {
    World::on_both(async |world| {
        let (root, auditor) = people(world).await;
        let view = page(world, &root, "form[check]=1").await;
        let check = view.check.unwrap();
        assert_eq!((check.entries, check.breach), (view.head.0, None));
        assert_eq!(view.lines[0].hash, view.head.1, "the whole country's newest act is the head");
        assert_eq!(page(world, &auditor, "").await.head, view.head, "the same anchor for everybody");
        let html = world.get(&root, "/admin/audit?check=1").await.text();
        assert!(html.contains(&view.head.1) && html.contains("哈希链完整"), "{html}");
    })
    .await;
}

#[tokio::test]
async fn the_file_says_what_the_screen_says_and_is_itself_an_act() {
    World::on_both(async |world| {
        let (root, auditor) = people(world).await;
        let file = world.get(&root, "/admin/audit/export?format=csv&object=site").await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        let text = file.text();
        assert_eq!(text.lines().count(), 7, "{text}");
        assert!(text.contains("修改安置点") && text.contains("liping"), "{text}");
        let own = world.get(&auditor, "/admin/audit/export?format=csv").await.text();
        assert!(!own.contains("liping") && own.contains("weining"), "{own}");
        let book = world.get(&root, "/admin/audit/export?format=xlsx").await;
        assert!(book.body.starts_with(b"PK"));
        let noted = page(world, &root, "form[object]=audit").await;
        assert_eq!(noted.lines.len(), 3);
        assert!(noted.lines.iter().any(|line| line.detail.contains("rows=6")), "{:?}", noted.lines);
        assert_eq!(world.get("", "/admin/audit/export").await.status, StatusCode::SEE_OTHER);
        let wrong = world.get(&root, "/admin/audit/export?format=doc").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

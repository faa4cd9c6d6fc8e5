//! The tree of areas as administrators keep it, through the whole router, on both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::area::{
    AreaEffect, AreaFault, AreaHit, AreaImportView, AreaListView, AreaView, AreasCommitted, SavedArea, Staged,
};
use contract::error::{ApiError, Refusal};
use contract::site::SavedSite;
use domain::permission::Role;
use http::{Request, StatusCode, header};
use tests::world::{ADMIN, Answer, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn error(answer: &Answer) -> ApiError {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text()))
}

async fn one(world: &World, cookie: &str, code: &str) -> AreaView {
    read(&world.get(cookie, &format!("/api/area/one?code={code}")).await)
}

async fn upload(world: &World, cookie: &str, text: &str) -> Answer {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"areas.csv\"\r\n\r\n{text}\r\n--b--\r\n"
    );
    let request = Request::post("/api/area/upload")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, "application/json");
    world.send(request, body).await
}

async fn preview(world: &World, cookie: &str, text: &str) -> AreaImportView {
    let staged: Staged = read(&upload(world, cookie, text).await);
    read(&world.get(cookie, &format!("/api/area/staged?batch={}", staged.batch)).await)
}

#[tokio::test]
async fn a_person_sees_the_tree_from_the_own_area_down() {
    World::on_both(async |world| {
        world.person("city", Role::Planner, "520500").await;
        let city = world.cookie("city").await;
        let view: AreaListView = read(&world.get(&city, "/api/area/list").await);
        assert_eq!((view.at.code.as_str(), view.way.len()), ("520500", 1));
        assert!(view.rows.iter().any(|row| row.code.as_str() == WEINING));
        for path in ["list?form[at]=522600", "one?code=522631", "one?code=999999", "one?code=x"] {
            assert_eq!(
                world.get(&city, &format!("/api/area/{path}")).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        let found: Vec<AreaHit> = read(&world.get(&city, "/api/area/search?q=wnx").await);
        assert_eq!(found.iter().map(|hit| hit.code.as_str()).collect::<Vec<_>>(), [WEINING]);
        let none: Vec<AreaHit> = read(&world.get(&city, "/api/area/search?q=lpx").await);
        assert!(none.iter().all(|hit| hit.code.as_str() != LIPING), "another city's county");
        let planner = world.post(&city, "/api/area/teach", "code=520526&alias=x").await;
        assert_eq!(planner.status, StatusCode::FORBIDDEN);
        assert_eq!(upload(world, &city, "code,name,level,parent\n").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn an_ended_area_stays_for_old_rows_and_is_not_offered_for_new_ones() {
    World::on_both(async |world| {
        world.person("weining", Role::Planner, WEINING).await;
        world.person("province", Role::Planner, "520000").await;
        let (root, province) = (world.cookie(ADMIN).await, world.cookie("province").await);
        let make = async |key: &str, name: &str| {
            let form = format!("key={key}&values[name]={name}&values[area]={WEINING}");
            world.post(&province, "/api/site/save", &form).await
        };
        let old: SavedSite = read(&make("key-old-01", "old").await);
        let area = one(world, &root, WEINING).await;
        let name = area.area.name.clone();
        let form = format!("code={WEINING}&version={}&name={name}&valid_to=2020-12-31", area.version);
        read::<SavedArea>(&world.post(&root, "/api/area/save", &form).await);
        let ended = one(world, &root, WEINING).await;
        assert!(!ended.area.is_valid);
        assert_eq!((ended.sites, ended.people), (1, 1));
        let found: Vec<AreaHit> = read(&world.get(&root, "/api/area/search?q=520526").await);
        assert_eq!(found, []);
        let refused = make("key-new-01", "new").await;
        let ApiError::Invalid { errors } = error(&refused) else { panic!("{}", refused.text()) };
        assert!(errors.of("area").is_some());
        let form =
            format!("key=key-edit-1&site={}&version=1&values[people]=5&values[area]={WEINING}", old.site);
        let kept: SavedSite = read(&world.post(&province, "/api/site/save", &form).await);
        assert_eq!(kept.version, 2, "what lies there can still be changed");
        assert_eq!(world.get(&world.cookie("weining").await, "/api/account/me").await.status, StatusCode::OK);
        let form = format!("key=key-proj-1&values[name]=p&values[area]={WEINING}");
        let project = world.post(&province, "/api/project/save", &form).await;
        assert_eq!(project.status, StatusCode::UNPROCESSABLE_ENTITY, "no new project there either");
    })
    .await;
}

#[tokio::test]
async fn names_dates_and_spellings_are_kept_with_versions_and_in_the_trail() {
    World::on_both(async |world| {
        world.person("city", Role::Administrator, "520500").await;
        let (root, city) = (world.cookie(ADMIN).await, world.cookie("city").await);
        let area = one(world, &city, WEINING).await;
        let form = |name: &str| format!("code={WEINING}&version={}&name={name}", area.version);
        read::<SavedArea>(&world.post(&city, "/api/area/save", &form("weining")).await);
        let late = world.post(&root, "/api/area/save", &form("other")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let ApiError::Stale { conflicts } = error(&late) else { panic!("{}", late.text()) };
        assert_eq!(
            (conflicts[0].yours.as_deref(), conflicts[0].theirs.as_deref()),
            (Some("other"), Some("weining"))
        );
        read::<SavedArea>(
            &world.post(&city, "/api/area/teach", &format!("code={WEINING}&alias=grassland")).await,
        );
        assert_eq!(one(world, &city, WEINING).await.aliases, ["grassland"]);
        world.person("p", Role::Planner, "520500").await;
        let planner = world.cookie("p").await;
        let made = "key=key-made-1&values[name]=a&values[area]=grassland";
        read::<SavedSite>(&world.post(&planner, "/api/site/save", made).await);
        read::<SavedArea>(
            &world.post(&city, "/api/area/unteach", &format!("code={WEINING}&alias=grassland")).await,
        );
        assert_eq!(one(world, &city, WEINING).await.aliases.len(), 0);
        for (door, form) in [
            ("save", format!("code={LIPING}&version=1&name=x")),
            ("teach", format!("code={LIPING}&alias=x")),
            ("add", "parent=522600&new_code=522699&new_name=x".to_owned()),
        ] {
            let answer = world.post(&city, &format!("/api/area/{door}"), &form).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{door} in another city");
        }
        let added = "parent=520500&new_code=520599&new_name=new";
        read::<SavedArea>(&world.post(&city, "/api/area/add", added).await);
        let twice = world.post(&city, "/api/area/add", added).await;
        let ApiError::Invalid { errors } = error(&twice) else { panic!("{}", twice.text()) };
        assert!(errors.of("new_code").is_some());
        let call = world.call(ADMIN).await;
        let filter = store::audit::AuditFilter { object: Some("area".into()), ..Default::default() };
        let page =
            store::audit::page(&world.app.db().read().await.unwrap(), &call.scope(), &filter, None, 9).await;
        let details: Vec<String> = page.unwrap().rows.into_iter().map(|row| row.detail).collect();
        for detail in ["created", "alias_removed=grassland", "alias=grassland", "changed"] {
            assert!(details.iter().any(|known| known == detail), "{detail}: {details:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_table_of_areas_is_shown_before_it_is_taken_over_and_taken_over_once() {
    World::on_both(async |world| {
        let root = world.cookie(ADMIN).await;
        let weining = one(world, &root, WEINING).await.area.name;
        let table = format!(
            "code,name,level,parent,valid_from,valid_to\n{WEINING},{weining},county,520500\n520524,织金市,county,520500\n520521,大方县,county,520500,,2020-12-31\n529900,新市,city,520000,2020-01-01\n529901,新区,county,529900\n"
        );
        let view = preview(world, &root, &table).await;
        assert_eq!((view.new, view.changed, view.ended, view.same, view.wrong), (2, 1, 1, 1, 0));
        assert_eq!(view.lines.len(), 4, "what stays the same is not shown");
        assert_eq!(world.get(&root, "/api/area/one?code=529901").await.status, StatusCode::NOT_FOUND);
        let form = format!("batch={}&key=key-areas-1", view.batch);
        for _ in 0..2 {
            let done: AreasCommitted = read(&world.post(&root, "/api/area/commit", &form).await);
            assert_eq!(done.changed, 4);
        }
        assert_eq!(one(world, &root, "529901").await.way.len(), 4);
        assert_eq!(one(world, &root, "520524").await.area.name, "织金市");
        assert!(!one(world, &root, "520521").await.area.is_valid);
        let again = preview(world, &root, &table).await;
        assert_eq!((again.same, again.lines.len()), (5, 0));
        let report = store::verify::verify(&world.app.db().read().await.unwrap()).await.unwrap();
        assert_eq!(report.first_breach(), None);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_line_is_named_and_stops_the_whole_table() {
    World::on_both(async |world| {
        world.person("city", Role::Administrator, "520500").await;
        let city = world.cookie("city").await;
        let table = "52052,a,county,520500\n520598,,county,520500\n520597,b,village,520500\n520596,c,county,529999\n520595,d,county,520500,2020-02-30\n520594,e,county,520500,2020-02-02,2020-02-01\n520593,f,county,520500\n520593,f,county,520500\n520526,g,county,520300\n522699,h,county,522600\n520592\n520591,i,city,520500\n520590,sound,county,520500\n";
        let view = preview(world, &city, table).await;
        let mut faults: Vec<(u32, AreaFault)> =
            view.lines.iter().filter_map(|line| Some((line.line, line.outcome.err()?))).collect();
        faults.sort_by_key(|(line, _)| *line);
        use AreaFault as F;
        let expected = [
            F::Name,
            F::Level,
            F::Parent,
            F::Date,
            F::Order,
            F::Twice,
            F::Twice,
            F::NotYours,
            F::NotYours,
            F::Columns,
            F::Level,
        ];
        // The first line has no code, so it is read as the headings.
        assert_eq!(faults.into_iter().map(|(_, fault)| fault).collect::<Vec<_>>(), expected);
        let form = format!("batch={}&key=key-areas-1", view.batch);
        let refused = world.post(&city, "/api/area/commit", &form).await;
        assert_eq!(error(&refused), ApiError::Refused { refusal: Refusal::ErrorsLeft { rows: 11 } });
        assert_eq!(world.get(&city, "/api/area/one?code=520590").await.status, StatusCode::NOT_FOUND);
        let moved = "code,name,level,parent\n520526,g,county,520500\n520524,h,city,520500\n";
        let view = preview(world, &city, moved).await;
        assert_eq!((view.changed, view.wrong), (1, 1));
        assert!(view.lines.iter().any(|line| line.outcome == Ok(AreaEffect::Changed)));
        let empty = upload(world, &city, "").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.text());
    })
    .await;
}

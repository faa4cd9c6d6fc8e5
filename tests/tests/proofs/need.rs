//! Needs of communities, on both databases: a need becomes one project however often it is sent, what lies elsewhere is
//! missing, and the newest figures are those of the newest return that counts.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod standing;

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::history::UndoForm;
use contract::project::{ProjectQuery, SaveForm};
use contract::site::need::{NeedView, RecordNeedForm};
use contract::site::{SaveSiteForm, SiteListForm, SiteListView, SiteQuery, SiteView};
use domain::id::{ProjectId, SiteId};
use domain::period::{Horizon, Month};
use domain::permission::Role;
use domain::project::{Field, Stage, Value};
use domain::site::need::{Refusal as No, State, StateName};
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database};
use service::{Call, history, project, site};
use tests::world::{Answer, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";
const PATH: &str = "/100000/520000/520500/520526/";
const ELSEWHERE: &str = "/100000/520000/522600/522631/";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn error(answer: &Answer) -> ApiError {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text()))
}

async fn planner(world: &World, login: &str, area: &str) -> Call {
    world.person(login, Role::Planner, area).await;
    world.call(login).await
}

async fn make_site(call: &Call, values: &[(&str, &str)]) -> SiteId {
    let mut form = SaveSiteForm { key: call.new_id().to_string(), ..SaveSiteForm::default() };
    form.values.extend(values.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    site::save(call, form.check().unwrap()).await.unwrap().site
}

async fn make_project(call: &Call, values: &[(&str, &str)], sites: &[SiteId]) -> ProjectId {
    let sites = Some(sites.iter().map(SiteId::to_string).collect());
    let mut form = SaveForm { key: call.new_id().to_string(), sites, ..SaveForm::default() };
    form.values.insert("area".into(), WEINING.into());
    form.values.extend(values.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    project::save(call, form.check().unwrap()).await.unwrap().project
}

async fn look(call: &Call, site: SiteId) -> SiteView {
    service::site::one(call, SiteQuery { site: Some(site) }).await.unwrap()
}

async fn list(call: &Call, form: SiteListForm) -> SiteListView {
    service::site::page(call, form.check().unwrap()).await.unwrap()
}

/// Rows that other slices write, put in beside the product.
async fn put(world: &World, statement: &str) {
    let raw = Database::connect(world.url()).await.unwrap();
    raw.execute_unprepared(statement).await.unwrap_or_else(|fault| panic!("{fault}: {statement}"));
}

async fn book(world: &World, call: &Call, month: Month, state: &str) {
    let id = call.new_id();
    put(
        world,
        &format!("INSERT INTO return_book (id, area_code, area_path, month, state, version) VALUES ('{id}', '{WEINING}', '{PATH}', '{month}', '{state}', 1)"),
    )
    .await;
}

async fn site_return(world: &World, site: SiteId, month: Month, figures: &str) {
    put(
        world,
        &format!("INSERT INTO site_return (site_id, month, area_code, area_path, labour, employed, zero_employment_households, version, updated_at) VALUES ('{site}', '{month}', '{WEINING}', '{PATH}', {figures}, 1, 1)"),
    )
    .await;
}

fn months_ago(call: &Call, months: u32) -> Month {
    let now = Month::of(call.today()).unwrap();
    (0..months).fold(now, |month, _| month.previous().unwrap())
}

fn need_form(site: SiteId, key: &str) -> String {
    format!(
        "site={site}&key={key}&title=workshop&category=employment&content=sewing&people=120&estimated=300"
    )
}

#[tokio::test]
async fn a_need_becomes_one_reserve_project_and_both_know_of_it() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        let cookie = world.cookie("weining").await;
        let home = make_site(&weining, &[("name", "阳光社区"), ("area", WEINING), ("people", "1000")]).await;
        let form = need_form(home, "key-need-1");
        let kept: NeedView = read(&world.post(&cookie, "/api/need/record", &form).await);
        let again: NeedView = read(&world.post(&cookie, "/api/need/record", &form).await);
        assert_eq!(kept, again, "one key keeps one need");
        let before = look(&weining, home).await;
        assert_eq!((before.needs.len(), before.needs[0].need.state.name()), (1, StateName::Open));
        assert_eq!(list(&weining, SiteListForm::default()).await.rows[0].needs, 1);

        let convert = format!("need={}&version=1&key=key-conv-1&site={home}", kept.need);
        let made: NeedView = read(&world.post(&cookie, "/api/need/convert", &convert).await);
        let twice: NeedView = read(&world.post(&cookie, "/api/need/convert", &convert).await);
        assert_eq!(made, twice, "one key makes one project");
        let other = format!("need={}&version=2&key=key-conv-2&site={home}", kept.need);
        let refused = world.post(&cookie, "/api/need/convert", &other).await;
        let decided = Refusal::Need { refusal: No::NotOpen { state: StateName::Converted } };
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(error(&refused), ApiError::Refused { refusal: decided });

        let project = made.project.unwrap();
        let view = project::one(&weining, ProjectQuery { project }).await.unwrap();
        assert_eq!(view.value(Field::Stage), Some(&Value::Stage(Stage::Reserve)));
        assert_eq!(
            view.value(Field::Total).and_then(Value::money).map(|total| total.fen()),
            Some(300_000_000)
        );
        assert_eq!(view.value(Field::People), Some(&Value::Count(120)));
        assert_eq!(view.listed.unwrap().horizon, Horizon::Five);
        assert!(view.sites.iter().any(|site| site.site == home && site.chosen));
        let origin = view.need.unwrap();
        assert_eq!((origin.site, origin.need.title.as_str()), (home, "workshop"));
        let after = look(&weining, home).await;
        assert_eq!(after.needs[0].need.state, State::Converted { project });
        assert_eq!(after.needs[0].project.as_ref().unwrap().1, "workshop");
        assert_eq!(after.projects.len(), 1, "the link stands on both sides, and there is one project");
        assert_eq!(list(&weining, SiteListForm::default()).await.rows[0].needs, 0);
        let page = world.get(&cookie, &format!("/projects/{project}")).await.text();
        assert!(page.contains("workshop") && page.contains("阳光社区"));
        let made = history::of_project(&weining, ProjectQuery { project }).await.unwrap();
        let change_set = made.lines[0].change_set.to_string();
        let undo = UndoForm { project: project.to_string(), change_set, key: "key-undo-1".into() };
        let kept = history::undo(&weining, undo.check().unwrap()).await.unwrap_err().into_api("ref");
        assert!(matches!(kept, ApiError::Stale { .. }), "{kept:?}");
        put(world, &format!("UPDATE project SET area_path = '{ELSEWHERE}' WHERE id = '{project}'")).await;
        let moved = look(&weining, home).await;
        assert_eq!(moved.needs[0].project, None, "a project that lies elsewhere by now has no name here");
    })
    .await;
}

#[tokio::test]
async fn a_need_is_dropped_with_a_reason_and_not_followed_afterwards() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        let cookie = world.cookie("weining").await;
        let home = make_site(&weining, &[("name", "a"), ("area", WEINING)]).await;
        let kept: NeedView =
            read(&world.post(&cookie, "/api/need/record", &need_form(home, "key-need-1")).await);
        let drop = |version: u32, key: &str, reason: &str| {
            format!("need={}&version={version}&key={key}&site={home}&reason={reason}", kept.need)
        };
        let silent = world.post(&cookie, "/api/need/drop", &drop(1, "key-drop-1", "%20")).await;
        let ApiError::Invalid { errors } = error(&silent) else { panic!("{}", silent.text()) };
        assert!(errors.of("reason").is_some());
        let late = world.post(&cookie, "/api/need/drop", &drop(7, "key-drop-2", "x")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        read::<NeedView>(&world.post(&cookie, "/api/need/drop", &drop(1, "key-drop-3", "merged")).await);
        let after = look(&weining, home).await;
        assert_eq!(after.needs[0].need.state, State::Dropped { reason: "merged".into() });
        let convert = format!("need={}&version=2&key=key-conv-1", kept.need);
        let refused = world.post(&cookie, "/api/need/convert", &convert).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(look(&weining, home).await.projects.is_empty(), "nothing was made of it");
    })
    .await;
}

#[tokio::test]
async fn a_foreign_need_is_missing_and_a_reader_records_none() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        planner(world, "liping", LIPING).await;
        world.person("leader", Role::Leader, WEINING).await;
        let home = make_site(&weining, &[("name", "阳光社区"), ("area", WEINING)]).await;
        let own = world.cookie("weining").await;
        let kept: NeedView =
            read(&world.post(&own, "/api/need/record", &need_form(home, "key-need-1")).await);
        let (stranger, leader) = (world.cookie("liping").await, world.cookie("leader").await);
        let step = format!("need={}&version=1&key=key-step-1&reason=x", kept.need);
        let doors = [
            ("/api/need/record", need_form(home, "key-need-2")),
            ("/api/need/drop", step.clone()),
            ("/api/need/convert", step),
        ];
        for (door, form) in &doors {
            let foreign = world.post(&stranger, door, form).await;
            assert_eq!(
                (foreign.status, error(&foreign)),
                (StatusCode::NOT_FOUND, ApiError::NotFound),
                "{door}"
            );
            assert_eq!(world.post(&leader, door, form).await.status, StatusCode::FORBIDDEN, "{door}");
        }
        for path in [format!("/communities/{home}/print"), format!("/communities/{home}")] {
            let page = world.get(&stranger, &path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.text().contains("阳光社区"));
        }
        let shown = world.get(&leader, &format!("/communities/{home}")).await;
        assert!(
            shown.text().contains("workshop") && !shown.text().contains("/api/need/"),
            "he reads, and no form"
        );
        let after = look(&weining, home).await;
        assert_eq!((after.needs.len(), after.needs[0].need.state.name()), (1, StateName::Open));
    })
    .await;
}

#[tokio::test]
async fn the_newest_figures_are_those_of_the_newest_return_that_counts() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        let figures =
            [("name", "a"), ("area", WEINING), ("people", "1208"), ("labour", "600"), ("employed", "500")];
        let home = make_site(&weining, &figures).await;
        let own = look(&weining, home).await;
        assert_eq!((own.newest.employed, own.month, own.months.len()), (Some(500), None, 0));
        let states = ["submitted", "submitted", "submitted", "returned", "filling"];
        for (age, state) in (0..5).rev().zip(states) {
            book(world, &weining, months_ago(&weining, age), state).await;
        }
        // The third of them was handed in without the number of those who work.
        let counts = ["603, 560, 9", "603, 575, 7", "610, NULL, 5", "603, 600, 0", "603, 601, 0"];
        for (age, counts) in (0..5).rev().zip(counts) {
            site_return(world, home, months_ago(&weining, age), counts).await;
        }
        let view = look(&weining, home).await;
        assert_eq!(view.month, Some(months_ago(&weining, 3)));
        assert_eq!((view.newest.labour, view.newest.employed), (Some(603), Some(575)));
        assert_eq!(
            (view.facts.labour, view.facts.employed),
            (Some(600), Some(500)),
            "its form keeps its own"
        );
        assert_eq!(view.standing.without_work, Some(28));
        let months: Vec<Month> = view.months.iter().map(|line| line.month).collect();
        assert_eq!(months, [4, 3, 2].map(|age| months_ago(&weining, age)));
        let page = list(&weining, SiteListForm::default()).await;
        assert_eq!((page.totals.employed, page.totals.labour), (575, 603));
        assert_eq!(page.rows[0].facts.zero_employment_households, Some(7));
        let paper = world.get(&world.cookie("weining").await, &format!("/communities/{home}/print")).await;
        assert_eq!(paper.status, StatusCode::OK);
        assert!(paper.text().contains("<svg") && paper.text().contains(&months_ago(&weining, 3).to_string()));
    })
    .await;
}

#[test]
fn a_form_of_a_need_says_what_is_wrong_where_it_stands() {
    let errors = RecordNeedForm::default().check().unwrap_err();
    for name in ["site", "key", "title", "category"] {
        assert!(errors.of(name).is_some(), "{name}");
    }
}

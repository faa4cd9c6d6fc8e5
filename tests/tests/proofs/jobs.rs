//! Job estimates through the router and as use cases, on both databases: kept lines follow every change, numbers of people
//! need reasons, claims stay beside, borders hold, and `verify` finds a line that does not follow.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::{ApiError, FieldFault};
use contract::form::Form;
use contract::history::UndoForm;
use contract::jobs::{EstimateView, SavedInputs};
use contract::project::{ProjectQuery, SaveForm};
use domain::id::ProjectId;
use domain::jobs::estimate::Estimate;
use domain::jobs::kind::{Phase, Population, Unit};
use domain::jobs::quantity::Kind;
use domain::permission::{Actor, Role, scope};
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;
use service::{Call, history, jobs, project};
use store::jobs::estimate::{KeptLine, of_project};
use store::verify::verify;
use tests::world::{ADMIN, Answer, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";

fn relocated() -> Kind {
    Kind { population: Population::Relocated, ..Kind::HEADLINE }
}

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn error(answer: &Answer) -> ApiError {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text()))
}

async fn save(call: &Call, project: Option<(ProjectId, i64)>, values: &[(&str, &str)]) -> ProjectId {
    let values = values.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let (id, version) =
        project.map(|(id, version)| (id.to_string(), version.to_string())).unwrap_or_default();
    let form = SaveForm { project: id, version, key: call.new_id().to_string(), values, sites: None };
    project::save(call, form.check().unwrap()).await.unwrap().project
}

/// A workshop of 2,600万元, as 和顺 built one; 9,000 posts are claimed for it.
async fn workshop(call: &Call, name: &str) -> ProjectId {
    let category = ("category", "productive_industry");
    save(call, None, &[("name", name), ("area", WEINING), ("total", "2600"), category, ("posts", "9000")])
        .await
}

async fn kept(world: &World, project: ProjectId) -> Vec<KeptLine> {
    let conn = world.app.db().read().await.unwrap();
    of_project(&conn, &scope(&Actor::System), project).await.unwrap()
}

async fn kept_default(world: &World, project: ProjectId, kind: Kind) -> Option<i64> {
    let lines = kept(world, project).await;
    lines.iter().find(|line| line.quantity.kind == kind).map(|line| line.quantity.range.standard())
}

async fn breach(world: &World) -> Option<&'static str> {
    let conn = world.app.db().read().await.unwrap();
    verify(&conn).await.unwrap().first_breach().map(|breach| breach.check)
}

async fn people(world: &World) -> Call {
    world.person("weining", Role::Planner, WEINING).await;
    world.person("liping", Role::Planner, LIPING).await;
    world.person("leader", Role::Leader, WEINING).await;
    world.call("weining").await
}

async fn view(world: &World, cookie: &str, project: ProjectId) -> EstimateView {
    read(&world.get(cookie, &format!("/api/jobs/estimate?project={project}")).await)
}

fn inputs(project: ProjectId, version: i64, key: &str, values: &[(&str, &str)]) -> String {
    let mut form = format!("form[project]={project}&form[version]={version}&form[key]={key}");
    values.iter().for_each(|(code, text)| form.push_str(&format!("&form[values][{code}]={text}")));
    form
}

fn by_hand(project: ProjectId, version: i64, key: &str, more: &str) -> String {
    format!(
        "form[project]={project}&form[version]={version}&form[key]={key}&form[kind]=operation.post.all&{more}"
    )
}

#[tokio::test]
async fn kept_lines_follow_a_project_from_its_making_to_its_undoing() {
    World::on_both(async |world| {
        let weining = people(world).await;
        let id = workshop(&weining, "车间").await;
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(416_000));
        assert_eq!(kept_default(world, id, relocated()).await, Some(259_168), "0.623 of 416");
        save(&weining, Some((id, 1)), &[("total", "1300")]).await;
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(208_000));
        save(&weining, Some((id, 2)), &[("category", "public_service")]).await;
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, None, "nothing is known of its staff");
        let lines = history::of_project(&weining, ProjectQuery { project: id }).await.unwrap().lines;
        let set = lines[0].change_set.to_string();
        let undo = UndoForm { project: id.to_string(), change_set: set, key: "k-undo-01".into() };
        history::undo(&weining, undo.check().unwrap()).await.unwrap();
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(208_000), "taken back");
        assert_eq!(breach(world).await, None);
    })
    .await;
}

#[tokio::test]
async fn kept_lines_are_what_the_page_reckons() {
    World::on_both(async |world| {
        let weining = people(world).await;
        let id = workshop(&weining, "车间").await;
        let seen = jobs::one(&weining, ProjectQuery { project: id }).await.unwrap();
        let estimate = Estimate::of(&seen.basis, &seen.inputs, &seen.coefficients);
        let mut fresh: Vec<_> = estimate.lines.iter().map(|line| line.quantity).collect();
        let mut stored: Vec<_> = kept(world, id).await.iter().map(|line| line.quantity).collect();
        fresh.sort_by_key(|quantity| quantity.kind);
        stored.sort_by_key(|quantity| quantity.kind);
        assert_eq!(stored, fresh);
        assert!(fresh.len() >= 4, "both phases: {fresh:?}");
        assert_eq!(estimate.stated.posts, Some(9000), "claims stand beside");
        assert!(fresh.iter().all(|quantity| quantity.range.standard() != 9_000_000));
    })
    .await;
}

#[tokio::test]
async fn stated_figures_change_the_estimate_and_the_later_of_two_is_told() {
    World::on_both(async |world| {
        let weining = people(world).await;
        let id = workshop(&weining, "车间").await;
        let cookie = world.cookie("weining").await;
        let form = inputs(id, 0, "key-input-1", &[("lines", "2"), ("staff_per_line", "211")]);
        let saved: SavedInputs = read(&world.post(&cookie, "/api/jobs/save_inputs", &form).await);
        assert_eq!(saved.version, 1);
        let again: SavedInputs = read(&world.post(&cookie, "/api/jobs/save_inputs", &form).await);
        assert_eq!(again, saved, "one key, one change");
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(422_000));
        assert_eq!(kept_default(world, id, relocated()).await, Some(262_906), "263 of 422");
        let late = inputs(id, 0, "key-input-2", &[("lines", "3")]);
        let late = world.post(&cookie, "/api/jobs/save_inputs", &late).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let ApiError::Stale { conflicts } = error(&late) else { panic!("{}", late.text()) };
        let lines = conflicts.iter().find(|conflict| conflict.field == "lines").unwrap();
        assert_eq!((lines.yours.as_deref(), lines.theirs.as_deref()), (Some("3"), Some("2")));
        let wrong = inputs(id, 1, "key-input-3", &[("lines", "two"), ("target_share", "101")]);
        let wrong = world.post(&cookie, "/api/jobs/save_inputs", &wrong).await;
        let ApiError::Invalid { errors } = error(&wrong) else { panic!("{}", wrong.text()) };
        assert_eq!(errors.of("lines"), Some(&FieldFault::Wrong));
        assert_eq!(errors.of("target_share"), Some(&FieldFault::Between { least: 0, most: 100 }));
        assert_eq!(breach(world).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_number_by_hand_needs_a_reason_is_marked_and_can_be_taken_back() {
    World::on_both(async |world| {
        let weining = people(world).await;
        let id = workshop(&weining, "车间").await;
        let cookie = world.cookie("weining").await;
        let bare = by_hand(id, 0, "key-hand-01", "form[standard]=50");
        let refused = world.post(&cookie, "/api/jobs/save_override", &bare).await;
        let ApiError::Invalid { errors } = error(&refused) else { panic!("{}", refused.text()) };
        assert_eq!(errors.of("reason"), Some(&FieldFault::Missing));
        // 417 relocated people of 416: the place and the cure are named in both languages.
        let part = by_hand(id, 0, "key-hand-00", "form[standard]=417&form[reason]=x")
            .replace("post.all", "post.relocated");
        let refused = world.post(&cookie, "/api/jobs/save_override", &part).await;
        let ApiError::Invalid { errors } = error(&refused) else { panic!("{}", refused.text()) };
        let fault = errors.of("standard").unwrap();
        assert!(matches!(fault, FieldFault::AboveWhole { .. }), "{fault:?}");
        for (locale, place, cure) in [
            (words::Locale::zh_CN, "本阶段全部人员的数（416 (260–520)）", "先人工修正“全部”的数"),
            (
                words::Locale::en,
                "all people of this phase (416 (260–520))",
                "first correct the number of all",
            ),
        ] {
            let sentence = words::explain::field_fault(locale, fault);
            assert!(sentence.contains(place) && sentence.contains(cure), "{sentence}");
        }
        assert_eq!(kept_default(world, id, relocated()).await, Some(259_168), "nothing was kept");
        let reason = "form[standard]=50&form[low]=40&form[high]=60&form[reason]=contract";
        let form = by_hand(id, 0, "key-hand-02", reason);
        let _: SavedInputs = read(&world.post(&cookie, "/api/jobs/save_override", &form).await);
        let lines = kept(world, id).await;
        let line = lines.iter().find(|line| line.quantity.kind == Kind::HEADLINE).unwrap();
        assert_eq!((line.is_manual, <[i64; 3]>::from(line.quantity.range)), (true, [40_000, 50_000, 60_000]));
        // Figures that are stated afterwards leave it standing.
        let form = inputs(id, 1, "key-hand-03", &[("lines", "2"), ("staff_per_line", "211")]);
        let _: SavedInputs = read(&world.post(&cookie, "/api/jobs/save_inputs", &form).await);
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(50_000));
        let page = world.get(&cookie, &format!("/projects/{id}/jobs")).await.text();
        for shown in ["人工", "contract", "422"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let form = by_hand(id, 2, "key-hand-04", "form[act]=drop");
        let _: SavedInputs = read(&world.post(&cookie, "/api/jobs/save_override", &form).await);
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(422_000));
        assert!(view(world, &cookie, id).await.inputs.overrides.is_empty());
        assert_eq!(breach(world).await, None);
    })
    .await;
}

#[tokio::test]
async fn the_page_says_the_formula_tries_another_total_and_has_forms_for_planners_alone() {
    let world = World::sqlite().await;
    let weining = people(&world).await;
    let id = workshop(&weining, "车间").await;
    let path = format!("/projects/{id}/jobs");
    let planner = world.cookie("weining").await;
    let page = world.get(&planner, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    let formula = "总投资 2,600 万元 × 帮扶车间岗位 16（10—20） ÷ 100 万元/百万元 ＝ 416 岗位";
    for shown in [formula, "9,000", "和顺", "/api/jobs/save_inputs", "/api/jobs/save_override"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let trial = world.get(&planner, &format!("{path}?total=1000")).await.text();
    assert!(trial.contains("＝ 160 岗位") && !trial.contains("＝ 416 岗位"), "{trial}");
    assert_eq!(kept_default(&world, id, Kind::HEADLINE).await, Some(416_000), "a trial keeps nothing");
    let leader = world.cookie("leader").await;
    let read_only = world.get(&leader, &path).await.text();
    assert!(read_only.contains(formula) && !read_only.contains("/api/jobs/save_inputs"), "{read_only}");
    let form = inputs(id, 0, "key-lead-01", &[("lines", "2")]);
    let refused = world.post(&leader, "/api/jobs/save_inputs", &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let liping = world.cookie("liping").await;
    let foreign = world.get(&liping, &format!("/api/jobs/estimate?project={id}")).await;
    assert_eq!((foreign.status, error(&foreign)), (StatusCode::NOT_FOUND, ApiError::NotFound));
    let stolen = inputs(id, 0, "key-steal-1", &[("lines", "2")]);
    let stolen = world.post(&liping, "/api/jobs/save_inputs", &stolen).await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_program_reads_each_number_with_its_kind() {
    World::on_both(async |world| {
        let weining = people(world).await;
        let id = workshop(&weining, "车间").await;
        let program = world.program("weining", "read").await;
        let answer = program.get(&format!("/projects/{id}/estimate")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let said: Value = serde_json::from_slice(&answer.body).unwrap();
        let lines = said["lines"].as_array().unwrap();
        let is_headline = |line: &&Value| {
            line["phase"] == "operation" && line["unit"] == "post" && line["population"] == "all"
        };
        let posts = lines.iter().find(is_headline).unwrap();
        assert_eq!(
            (&posts["low"], &posts["default"], &posts["high"]),
            (&Value::from("260.000"), &Value::from("416.000"), &Value::from("520.000"))
        );
        assert_eq!(posts["formula"][1]["factor"], "coefficient.workshop_posts");
        assert_eq!((&said["edition"], &said["stated"]["posts"]), (&Value::from(0), &Value::from(9000)));
        let foreign = world.program("liping", "read").await;
        assert_eq!(foreign.get(&format!("/projects/{id}/estimate")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn verify_finds_a_line_that_does_not_follow_and_rebuilding_mends_it() {
    World::on_both(async |world| {
        let weining = people(world).await;
        let id = workshop(&weining, "车间").await;
        let forger = Database::connect(world.url()).await.unwrap();
        for forgery in [
            "UPDATE estimate_line SET standard_milli = standard_milli - 1 WHERE unit = 'post' AND population = 'all'",
            "UPDATE estimate_line SET is_manual = 1",
            "DELETE FROM estimate_line WHERE unit = 'post'",
        ] {
            forger.execute_unprepared(forgery).await.unwrap();
            assert_eq!(breach(world).await, Some("estimate_lines"), "{forgery}");
            assert_eq!(jobs::rebuild(&world.call(ADMIN).await).await.unwrap(), 1);
            assert_eq!(breach(world).await, None, "{forgery}");
        }
        forger.close().await.unwrap();
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(416_000));
        assert!(jobs::rebuild(&weining).await.is_err(), "upkeep is the administrator's");
    })
    .await;
}

#[tokio::test]
async fn another_edition_in_force_is_followed_on_its_first_day() {
    World::on_both(async |world| {
        let weining = people(world).await;
        let id = workshop(&weining, "车间").await;
        assert!(!jobs::settle(&world.app).await.unwrap(), "what is settled stays");
        let mut edition = weining_edition();
        edition["lines"]["workshop_posts"]["standard"] = "12".into();
        let maker = world.account("weining").await.id;
        let forger = Database::connect(world.url()).await.unwrap();
        let row = format!(
            "INSERT INTO coefficient_edition (number, area_code, area_path, valid_from, state, reason, body, made_by, made_at, version) VALUES (1, '100000', '/100000/', '2020-01-01', 'in_force', 'x', '{edition}', '{maker}', 0, 1)"
        );
        forger.execute_unprepared(&row).await.unwrap();
        forger.close().await.unwrap();
        assert!(jobs::settle(&world.app).await.unwrap(), "made anew");
        assert_eq!(kept_default(world, id, Kind::HEADLINE).await, Some(312_000), "26 × 12");
        assert!(kept(world, id).await.iter().all(|line| line.edition == 1));
        assert!(!jobs::settle(&world.app).await.unwrap());
        assert_eq!(breach(world).await, None);
        // Days of work are of the construction and told apart from everything else.
        let days = Kind::direct(Phase::Construction, Unit::WorkDay, Population::All);
        assert!(kept_default(world, id, days).await.is_some());
    })
    .await;
}

/// Edition 0 as JSON, to change a number in.
fn weining_edition() -> Value {
    let mut edition = serde_json::to_value(domain::jobs::coefficient::Coefficients::shipped()).unwrap();
    edition["edition"] = 1.into();
    // Sources hold no quote that SQL would end at; the text is put into a statement as it is.
    assert!(!edition.to_string().contains('\''));
    edition
}

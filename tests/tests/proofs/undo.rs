//! Taking changes back and two people at one project, as use cases and through the router. Both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::history::{RestoreForm, UndoForm};
use contract::list::{CellForm, EditCellsForm, MoveForm};
use contract::project::{ProjectQuery, ProjectView, SaveForm};
use domain::id::ProjectId;
use domain::permission::Role;
use domain::project::{Field, Value};
use http::{Request, StatusCode, header};
use service::{Call, Failure, history, list, project};
use tests::world::{World, post};

const WEINING: &str = "520526";
const LIPING: &str = "522631";

async fn make(call: &Call, area: &str, name: &str) -> ProjectId {
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    for (key, text) in [("name", name), ("area", area), ("total", "100")] {
        form.values.insert(key.into(), text.into());
    }
    project::save(call, form.check().unwrap()).await.unwrap().project
}

fn save(project: ProjectId, version: i64, values: &[(&str, &str)]) -> SaveForm {
    let values = values.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let key = format!("k{version}-{project}");
    SaveForm { project: project.to_string(), version: version.to_string(), key, values, sites: None }
}

async fn see(call: &Call, project: ProjectId) -> ProjectView {
    project::one(call, ProjectQuery { project }).await.unwrap()
}

fn undo(project: ProjectId, set: domain::id::ChangeSetId, key: &str) -> UndoForm {
    UndoForm { project: project.to_string(), change_set: set.to_string(), key: key.into() }
}

fn api<T: std::fmt::Debug>(answer: Result<T, Failure>) -> ApiError {
    answer.unwrap_err().into_api("ref")
}

async fn people(world: &World) -> (Call, Call) {
    world.person("province", Role::Planner, "520000").await;
    world.person("weining", Role::Planner, WEINING).await;
    world.person("leader", Role::Leader, "520000").await;
    (world.call("province").await, world.call("weining").await)
}

async fn newest(call: &Call, project: ProjectId) -> contract::history::HistoryLine {
    history::of_project(call, ProjectQuery { project }).await.unwrap().lines.remove(0)
}

#[tokio::test]
async fn a_bulk_change_is_taken_back_as_a_whole_until_one_of_its_rows_moved_on() {
    World::on_both(async |world| {
        let (province, weining) = people(world).await;
        let (a, b) = (make(&province, WEINING, "甲").await, make(&province, LIPING, "乙").await);
        let cell = |project: ProjectId, version: i64, text: &str| CellForm {
            project: project.to_string(),
            version: version.to_string(),
            field: "total".into(),
            text: text.into(),
        };
        let bulk = EditCellsForm { key: "k-bulk-1".into(), cells: vec![cell(a, 1, "7"), cell(b, 1, "8")] };
        list::edit_cells(&province, bulk.check().unwrap()).await.unwrap();
        let set = newest(&province, a).await;
        assert!(set.may_undo && set.projects == 2);
        let foreign = history::undo(&weining, undo(a, set.change_set, "u-0000001").check().unwrap()).await;
        assert_eq!(api(foreign), ApiError::NotFound, "a set that reaches beyond one's area");
        let leader = world.call("leader").await;
        let refused = history::undo(&leader, undo(a, set.change_set, "u-0000002").check().unwrap()).await;
        assert!(matches!(api(refused), ApiError::Forbidden { .. }));
        let command = undo(a, set.change_set, "u-0000003").check().unwrap();
        let done = history::undo(&province, command.clone()).await.unwrap();
        assert_eq!(done.projects, 2);
        let again = history::undo(&province, command).await.unwrap();
        assert_eq!(again, done, "one key takes back once");
        for project in [a, b] {
            let view = see(&province, project).await;
            assert_eq!(view.value(Field::Total).unwrap().money().unwrap().wan(), "100.00");
            assert_eq!(view.version, 3);
        }
        let twice = history::undo(&province, undo(a, set.change_set, "u-0000004").check().unwrap()).await;
        assert_eq!(api(twice), ApiError::Refused { refusal: Refusal::AlreadyUndone });
        let bulk = EditCellsForm { key: "k-bulk-2".into(), cells: vec![cell(a, 3, "7"), cell(b, 3, "8")] };
        list::edit_cells(&province, bulk.check().unwrap()).await.unwrap();
        let set = newest(&province, a).await.change_set;
        project::save(&province, save(b, 4, &[("remark", "又改")]).check().unwrap()).await.unwrap();
        let late = history::undo(&province, undo(a, set, "u-0000005").check().unwrap()).await;
        assert_eq!(
            api(late),
            ApiError::Refused { refusal: Refusal::ChangedAfter { names: vec!["乙".into()] } }
        );
        assert_eq!(see(&province, a).await.version, 4, "nothing was taken back");
        let report = store::verify::verify(&world.app.db().read().await.unwrap()).await.unwrap();
        assert_eq!(report.first_breach(), None);
    })
    .await;
}

#[tokio::test]
async fn a_move_and_a_making_are_taken_back_too() {
    World::on_both(async |world| {
        let (province, _) = people(world).await;
        let a = make(&province, WEINING, "甲").await;
        let made = newest(&province, a).await;
        assert!(made.created && made.may_undo);
        let form = MoveForm {
            key: "m-0000001".into(),
            projects: vec![format!("{a}:1")],
            to: "5y".into(),
            reason: "试点".into(),
        };
        list::move_projects(&province, form.check().unwrap()).await.unwrap();
        let listed = see(&province, a).await.listed.unwrap();
        assert_eq!((listed.horizon.code(), listed.reason.as_deref()), ("5y", Some("试点")));
        let moved = newest(&province, a).await;
        assert_eq!(moved.note.as_deref(), Some("试点"));
        history::undo(&province, undo(a, moved.change_set, "u-0000001").check().unwrap()).await.unwrap();
        assert_eq!(see(&province, a).await.listed, None);
        let late = history::undo(&province, undo(a, made.change_set, "u-0000002").check().unwrap()).await;
        assert!(matches!(api(late), ApiError::Refused { refusal: Refusal::ChangedAfter { .. } }));
        let b = make(&province, WEINING, "乙").await;
        let made = newest(&province, b).await.change_set;
        let gone = history::undo(&province, undo(b, made, "u-0000003").check().unwrap()).await.unwrap();
        assert!(gone.gone);
        assert_eq!(api(project::one(&province, ProjectQuery { project: b }).await), ApiError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn one_old_value_comes_back_alone_and_never_over_a_newer_version() {
    World::on_both(async |world| {
        let (province, _) = people(world).await;
        let a = make(&province, WEINING, "甲").await;
        project::save(&province, save(a, 1, &[("total", "7"), ("remark", "一")]).check().unwrap())
            .await
            .unwrap();
        project::save(&province, save(a, 2, &[("remark", "二")]).check().unwrap()).await.unwrap();
        let lines = history::of_project(&province, ProjectQuery { project: a }).await.unwrap().lines;
        let total = lines.iter().find(|line| line.field == "total" && !line.created).unwrap();
        assert!(
            total.may_restore && !total.may_undo,
            "the set is no longer the newest, the value can come back"
        );
        let form = |version: &str, key: &str| RestoreForm {
            project: a.to_string(),
            version: version.into(),
            change_set: total.change_set.to_string(),
            field: "total".into(),
            key: key.into(),
        };
        let stale = history::restore(&province, form("2", "r-0000001").check().unwrap()).await;
        let ApiError::Stale { conflicts } = api(stale) else { panic!() };
        assert_eq!(conflicts[0].yours.as_deref(), Some("100000000"));
        assert_eq!(conflicts[0].theirs.as_deref(), Some("7000000"));
        history::restore(&province, form("3", "r-0000002").check().unwrap()).await.unwrap();
        let view = see(&province, a).await;
        assert_eq!(view.value(Field::Total).unwrap().money().unwrap().wan(), "100.00");
        assert_eq!(view.value(Field::Remark), Some(&Value::Text("二".into())), "the rest stays");
    })
    .await;
}

#[tokio::test]
async fn two_people_at_one_project_see_both_values_and_lose_nothing() {
    World::on_both(async |world| {
        let (province, weining) = people(world).await;
        let a = make(&province, WEINING, "甲").await;
        let theirs = [("total", "7"), ("remark", "他的"), ("name", "甲")];
        project::save(&province, save(a, 1, &theirs).check().unwrap()).await.unwrap();
        // The other form shows version 1: total and remark as they were, the person changed total and content.
        let mine = [("total", "9"), ("remark", ""), ("content", "我的"), ("name", "甲")];
        let mut form = save(a, 1, &mine);
        form.key = "mine-00001".into();
        let ApiError::Stale { conflicts } = api(project::save(&weining, form.check().unwrap()).await) else {
            panic!()
        };
        let fields: Vec<(&str, bool)> =
            conflicts.iter().map(|conflict| (conflict.field.as_str(), conflict.only_yours)).collect();
        assert_eq!(fields, [("content", true), ("total", false)], "what only they changed is no conflict");
        assert_eq!(see(&province, a).await.version, 2, "nothing was overwritten");
    })
    .await;
}

#[tokio::test]
async fn a_plain_form_goes_to_the_new_project_and_comes_back_with_everything_typed() {
    World::on_both(async |world| {
        people(world).await;
        let cookie = world.cookie("weining").await;
        let plain = |path: &str| {
            let builder: http::request::Builder = post(path);
            builder.header(header::COOKIE, &cookie).header(header::ACCEPT, "text/html")
        };
        let form = "key=key-new-1&values%5Bname%5D=%E7%94%B2&values%5Barea%5D=520526";
        let made = world.send(plain("/api/project/save"), form).await;
        assert_eq!(made.status, StatusCode::FOUND, "{}", made.text());
        let page = made.header(header::LOCATION).unwrap();
        assert!(page.starts_with("/projects/0") && page.ends_with("?done=created"), "{page}");
        let shown = world.get(&cookie, &page).await.text();
        assert!(shown.contains(">项目已创建<") && shown.contains("role=\"status\""), "{shown}");
        let id = page.trim_start_matches("/projects/").split('?').next().unwrap().to_owned();
        let long = "%E9%95%BF".repeat(4000);
        let wrong = format!(
            "project={id}&version=1&key=key-wrong&tab=funding&values%5Btotal%5D=abc&values%5Bcontent%5D={long}"
        );
        let request = Request::post("/api/project/save")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &cookie)
            .header(header::ACCEPT, "text/html");
        let back = world.send(request, wrong).await;
        assert_eq!(back.status, StatusCode::FOUND);
        let to = back.header(header::LOCATION).unwrap();
        assert!(to.len() < 2000, "an address has no room for what was typed: {} bytes", to.len());
        let query = to.split_once('?').unwrap().1;
        let page = world.get(&cookie, &format!("/projects/{id}/funding?{query}")).await.text();
        assert!(page.contains("value=\"abc\""), "the wrong amount is still there");
        let page = world.get(&cookie, &format!("/projects/{id}?{query}")).await.text();
        assert!(page.contains(&"长".repeat(4000)), "and so is the long text");
    })
    .await;
}

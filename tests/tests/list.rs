//! The lists as people work in them: exact money, pages, areas, two people at one cell, moves, search. Both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::list::{CellForm, EditCellsForm, GridColumn, ListForm, MoveForm, Sum};
use contract::project::{ProjectQuery, SaveForm};
use domain::id::ProjectId;
use domain::permission::Role;
use domain::project::{Field, Value};
use service::{Call, Failure, list, project};
use std::collections::BTreeSet;
use tests::world::World;

const WEINING: &str = "520526";
const LIPING: &str = "522631";

async fn make(call: &Call, area: &str, name: &str, values: &[(&str, &str)]) -> ProjectId {
    let mut form = SaveForm {
        key: format!("key-{area}-{name}").replace(|c: char| !c.is_ascii(), "x"),
        ..SaveForm::default()
    };
    form.key.push_str(&call.new_id().simple().to_string()[..16]);
    for (key, text) in [("name", name), ("area", area)].iter().chain(values) {
        form.values.insert((*key).to_owned(), (*text).to_owned());
    }
    project::save(call, form.check().unwrap()).await.unwrap().project
}

fn pool() -> ListForm {
    ListForm { list: "pool".into(), ..ListForm::default() }
}

fn cell(project: ProjectId, version: i64, field: &str, text: &str) -> EditCellsForm {
    let cell = CellForm {
        project: project.to_string(),
        version: version.to_string(),
        field: field.into(),
        text: text.into(),
    };
    EditCellsForm { key: format!("{project}{version}{field}").chars().take(60).collect(), cells: vec![cell] }
}

fn api<T: std::fmt::Debug>(answer: Result<T, Failure>) -> ApiError {
    answer.unwrap_err().into_api("ref")
}

async fn people(world: &World) -> (Call, Call) {
    world.person("province", Role::Planner, "520000").await;
    world.person("weining", Role::Planner, WEINING).await;
    (world.call("province").await, world.call("weining").await)
}

#[tokio::test]
async fn pages_show_every_project_once_and_sums_to_the_fen() {
    World::on_both(async |world| {
        let (province, _) = people(world).await;
        for n in 0..205 {
            let total = format!("{}.000001", n % 7);
            make(&province, WEINING, &format!("n{n}"), &[("total", &total)]).await;
        }
        for sort in ["", "total", "-total", "name"] {
            let mut seen = Vec::new();
            let mut form = ListForm { sort: sort.into(), ..pool() };
            let mut pages = 0;
            let last = loop {
                let view = list::page(&province, form.check().unwrap()).await.unwrap();
                assert_eq!(view.first, seen.len() as u64 + 1);
                seen.extend(view.rows.iter().map(|row| row.number));
                pages += 1;
                assert!(pages < 10);
                match &view.next {
                    Some(next) => form.page.clone_from(next),
                    None => break view,
                }
            };
            assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (205, 205), "{sort}");
            let back = ListForm { page: last.previous.unwrap(), ..form.clone() };
            let back = list::page(&province, back.check().unwrap()).await.unwrap();
            assert_eq!(back.first, 101);
            assert_eq!(back.rows.iter().map(|row| row.number).collect::<Vec<_>>(), seen[100..200]);
            let fen: i64 = (0..205).map(|n| (n % 7) * 1_000_000 + 1).sum();
            let Some(Sum::Amount(sum)) = last.totals.unwrap().of(GridColumn::Field(Field::Total)) else {
                panic!()
            };
            assert_eq!(sum.fen(), fen);
        }
    })
    .await;
}

#[tokio::test]
async fn a_foreign_county_is_missing() {
    World::on_both(async |world| {
        let (province, weining) = people(world).await;
        let own = make(&province, WEINING, "own", &[]).await;
        let foreign = make(&province, LIPING, "foreign", &[]).await;
        let view = list::page(&weining, pool().check().unwrap()).await.unwrap();
        assert_eq!(view.rows.iter().map(|row| row.project).collect::<Vec<_>>(), [own]);
        assert_eq!(view.tabs.pool, 1);
        let query = ProjectQuery { project: foreign };
        assert_eq!(api(project::one(&weining, query).await), ApiError::NotFound);
        assert_eq!(api(project::history(&weining, query).await), ApiError::NotFound);
        let edit = cell(foreign, 1, "total", "1").check().unwrap();
        assert_eq!(api(list::edit_cells(&weining, edit).await), ApiError::NotFound);
        let form = ListForm { area: LIPING.into(), ..pool() };
        assert_eq!(api(list::page(&weining, form.check().unwrap()).await), ApiError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_people_is_told_both_values() {
    World::on_both(async |world| {
        let (province, weining) = people(world).await;
        let id = make(&province, WEINING, "one", &[("total", "10")]).await;
        list::edit_cells(&weining, cell(id, 1, "total", "20").check().unwrap()).await.unwrap();
        let late = list::edit_cells(&province, cell(id, 1, "total", "30").check().unwrap()).await;
        let ApiError::Stale { conflicts } = api(late) else { panic!("not stale") };
        assert_eq!(conflicts.len(), 1);
        assert_eq!(conflicts[0].yours.as_deref(), Some("30000000"));
        assert_eq!(conflicts[0].theirs.as_deref(), Some("20000000"));
        let view = project::one(&province, ProjectQuery { project: id }).await.unwrap();
        assert_eq!(view.value(Field::Total).and_then(Value::money).map(|m| m.fen()), Some(20_000_000));
        assert_eq!(view.version, 2);
    })
    .await;
}

#[tokio::test]
async fn the_same_key_makes_one_change() {
    World::on_both(async |world| {
        let (_, weining) = people(world).await;
        let mut form = SaveForm { key: "key-twice-1".into(), ..SaveForm::default() };
        form.values.insert("name".into(), "twice".into());
        form.values.insert("area".into(), WEINING.into());
        let first = project::save(&weining, form.check().unwrap()).await.unwrap();
        let second = project::save(&weining, form.check().unwrap()).await.unwrap();
        assert_eq!(first, second);
        form.values.insert("name".into(), "other".into());
        let other = api(project::save(&weining, form.check().unwrap()).await);
        assert_eq!(other, ApiError::Refused { refusal: Refusal::KeyReused });
    })
    .await;
}

#[tokio::test]
async fn a_jump_over_a_list_needs_a_reason_and_the_tabs_follow() {
    World::on_both(async |world| {
        let (_, weining) = people(world).await;
        let id = make(&weining, WEINING, "mover", &[("total", "5")]).await;
        let step = |key: &str, version: i64, to: &str, reason: &str| MoveForm {
            key: key.into(),
            projects: format!("{id}:{version}"),
            to: to.into(),
            reason: reason.into(),
        };
        list::move_projects(&weining, step("move-0001", 1, "5y", "").check().unwrap()).await.unwrap();
        let jump = list::move_projects(&weining, step("move-0002", 2, "1y", "").check().unwrap()).await;
        assert_eq!(api(jump), ApiError::Refused { refusal: Refusal::ReasonNeeded });
        list::move_projects(&weining, step("move-0003", 2, "1y", "ready").check().unwrap()).await.unwrap();
        let view = list::page(&weining, ListForm::default().check().unwrap()).await.unwrap();
        assert_eq!((view.tabs.one, view.tabs.five, view.tabs.pool), (1, 0, 1));
        assert_eq!(view.rows.len(), 1);
        let report = store::verify::verify(&world.app.db().read().await.unwrap()).await.unwrap();
        assert_eq!(report.first_breach(), None);
    })
    .await;
}

#[tokio::test]
async fn initials_pinyin_and_letters_find_a_project() {
    World::on_both(async |world| {
        let (_, weining) = people(world).await;
        let id = make(&weining, WEINING, "冷链物流中心", &[]).await;
        make(&weining, WEINING, "道路", &[]).await;
        for q in ["llwl", "lenglian", "链", "冷链物流中心"] {
            let view =
                list::page(&weining, ListForm { q: q.into(), ..pool() }.check().unwrap()).await.unwrap();
            assert_eq!(view.rows.iter().map(|row| row.project).collect::<Vec<_>>(), [id], "{q}");
        }
    })
    .await;
}

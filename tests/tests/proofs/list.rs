//! The lists as people work in them: exact money, pages, areas, two people at one cell, moves, search. Both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::list::{CellForm, EditCellsForm, GridColumn, ListForm, ListView, MoveForm, Sum};
use contract::project::{ProjectQuery, SaveForm};
use domain::id::ProjectId;
use domain::permission::Role;
use domain::project::{Field, Value};
use http::{StatusCode, header};
use service::{Call, Failure, home, list, project};
use std::collections::BTreeSet;
use tests::world::{World, post};

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
            assert_eq!(back.first, 151);
            assert_eq!(back.rows.iter().map(|row| row.number).collect::<Vec<_>>(), seen[150..200]);
            let fen: i64 = (0..205).map(|n| (n % 7) * 1_000_000 + 1).sum();
            let Some(Sum::Amount(sum)) = last.sums.unwrap().totals.of(GridColumn::Field(Field::Total)) else {
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
        assert_eq!(view.sums.unwrap().tabs.pool, 1);
        let query = ProjectQuery { project: foreign };
        assert_eq!(api(project::one(&weining, query).await), ApiError::NotFound);
        assert_eq!(api(service::history::of_project(&weining, query).await), ApiError::NotFound);
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
            projects: vec![format!("{id}:{version}")],
            to: to.into(),
            reason: reason.into(),
        };
        list::move_projects(&weining, step("move-0001", 1, "5y", "").check().unwrap()).await.unwrap();
        let jump = list::move_projects(&weining, step("move-0002", 2, "1y", "").check().unwrap()).await;
        assert_eq!(api(jump), ApiError::Refused { refusal: Refusal::ReasonNeeded });
        list::move_projects(&weining, step("move-0003", 2, "1y", "ready").check().unwrap()).await.unwrap();
        let view = list::page(&weining, ListForm::default().check().unwrap()).await.unwrap();
        let tabs = view.sums.unwrap().tabs;
        assert_eq!((tabs.one, tabs.five, tabs.pool), (1, 0, 1));
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

/// Three counties' projects with every column that a filter or a group looks at.
async fn varied(call: &Call) {
    for n in 0..24_u32 {
        let area = [WEINING, LIPING, "520325"][n as usize % 3];
        let total = (n + 1).to_string();
        let posts = n.to_string();
        let category = ["产业-生产性", "就业", ""][n as usize % 3];
        let mut values = vec![("total", total.as_str()), ("posts", &posts), ("category", category)];
        if n % 2 == 0 {
            values.push(("source.CBI", &total));
        } else if n % 4 == 1 {
            values.push(("source.LOC", "0.5"));
        }
        make(call, area, &format!("项目{n}"), &values).await;
    }
}

async fn found(call: &Call, form: &ListForm) -> ListView {
    list::page(call, form.check().unwrap()).await.unwrap()
}

#[tokio::test]
async fn filters_of_columns_marks_and_several_areas_narrow_alike() {
    World::on_both(async |world| {
        let (province, weining) = people(world).await;
        varied(&province).await;
        let count = async |call: &Call, change: &dyn Fn(&mut ListForm)| {
            let mut form = pool();
            change(&mut form);
            let view = found(call, &form).await;
            let sums = view.sums.unwrap();
            assert_eq!(view.rows.len() as u64, sums.totals.projects, "{form:?}");
            assert_eq!(sums.tabs.pool, sums.totals.projects, "{form:?}");
            view.rows.len()
        };
        let bound = |name: &'static str, text: &'static str| {
            move |form: &mut ListForm| drop(form.bounds.insert(name.into(), text.into()))
        };
        assert_eq!(count(&province, &|_| ()).await, 24);
        assert_eq!(count(&province, &|form| form.area = format!("{WEINING},{LIPING}")).await, 16);
        // The province contains the county: nothing counts twice.
        assert_eq!(count(&province, &|form| form.area = format!("520000,{LIPING}")).await, 24);
        assert_eq!(count(&province, &|form| form.mark = "gap".into()).await, 12);
        assert_eq!(count(&province, &|form| form.mark = "gates".into()).await, 24);
        assert_eq!(count(&province, &|form| form.mark = "quiet".into()).await, 0);
        assert_eq!(count(&province, &|form| form.source = "CBI".into()).await, 12);
        assert_eq!(count(&province, &|form| form.source = "none".into()).await, 6);
        assert_eq!(count(&province, &bound("least.posts", "20")).await, 4);
        assert_eq!(count(&province, &bound("most.posts", "1")).await, 2);
        assert_eq!(count(&province, &bound("has.name", "目2")).await, 5);
        assert_eq!(count(&province, &|form| form.least = "2元".into()).await, 24);
        assert_eq!(count(&province, &|form| form.least = "20".into()).await, 5);
        assert_eq!(count(&weining, &|form| form.mark = "gap,gates".into()).await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_group_shows_what_lies_in_it_once_it_is_opened() {
    World::on_both(async |world| {
        let (province, _) = people(world).await;
        varied(&province).await;
        let form = ListForm { group: "area,category,source".into(), ..pool() };
        let closed = found(&province, &form).await;
        assert!(closed.rows.is_empty());
        let groups = closed.sums.unwrap().groups;
        assert_eq!(
            groups.iter().map(|line| (line.depth, line.totals.projects)).collect::<Vec<_>>(),
            [(0, 8); 3]
        );
        let one = found(&province, &ListForm { open: WEINING.into(), ..form.clone() }).await;
        assert!(one.rows.is_empty());
        assert_eq!(one.sums.unwrap().groups.iter().filter(|line| line.depth == 1).count(), 1);
        let category = groups_of(&province, &form, WEINING).await;
        let open = format!("{WEINING}/{}/CBI", category.unwrap());
        let inner = found(&province, &ListForm { open, ..form.clone() }).await;
        let lines = inner.sums.unwrap().groups;
        let line = lines.iter().find(|line| line.code.as_deref() == Some("CBI")).unwrap();
        assert_eq!(inner.rows.len() as u64, line.totals.projects);
        assert!(inner.rows.iter().all(|row| row.area_name.contains('县')));
        let Some(Sum::Amount(share)) = line.totals.of(GridColumn::Field("source.CBI".parse().unwrap()))
        else {
            panic!("a source's share stands in its own column")
        };
        let fen: i64 = inner
            .rows
            .iter()
            .map(|row| row.value(Field::Total).and_then(Value::money).map_or(0, |money| money.fen()))
            .sum();
        assert_eq!(share.fen(), fen);
    })
    .await;
}

/// Code of the first inner group of an area.
async fn groups_of(call: &Call, form: &ListForm, area: &str) -> Option<String> {
    let view = found(call, &ListForm { open: area.into(), ..form.clone() }).await;
    view.sums?.groups.into_iter().find(|line| line.depth == 1)?.code
}

#[tokio::test]
async fn twenty_thousand_cells_pass_the_door_and_one_more_does_not() {
    let world = World::sqlite().await;
    let (province, _) = people(&world).await;
    let id = make(&province, WEINING, "many", &[("total", "1")]).await;
    let cookie = world.cookie("province").await;
    let cell = format!(
        "{{\"project\":\"{id}\",\"version\":\"1\",\"field\":\"source.CBI\",\"text\":\"1234.567891\"}}"
    );
    for (cells, status) in [(20_000, StatusCode::OK), (20_001, StatusCode::UNPROCESSABLE_ENTITY)] {
        let cells = vec![cell.as_str(); cells].join(",");
        let body = format!("{{\"form\":{{\"key\":\"key-of-many-cells\",\"cells\":[{cells}]}}}}");
        assert!(body.len() > 1024 * 1024);
        let request = post("/api/list/edit_cells")
            .header(header::COOKIE, &cookie)
            .header(header::ACCEPT, "application/json");
        let request = replaced(request, "application/json");
        let answer = world.send(request, body).await;
        assert_eq!(answer.status, status, "{}", &answer.text()[..answer.text().len().min(300)]);
    }
    let view = project::one(&province, ProjectQuery { project: id }).await.unwrap();
    let money = view.value("source.CBI".parse().unwrap()).and_then(Value::money).map(|money| money.fen());
    assert_eq!((view.version, money), (2, Some(1_234_567_891)));
}

fn replaced(mut request: http::request::Builder, kind: &'static str) -> http::request::Builder {
    if let Some(headers) = request.headers_mut() {
        headers.insert(header::CONTENT_TYPE, http::HeaderValue::from_static(kind));
    }
    request
}

#[tokio::test]
async fn columns_density_and_frozen_columns_are_kept_with_the_account() {
    World::on_both(async |world| {
        let (_, weining) = people(world).await;
        let cookie = world.cookie("weining").await;
        let door = "/api/list/save_settings";
        let form = "columns[]=posts&columns[]=total&columns[]=gap&density=tight&frozen=2&earlier=total";
        assert_eq!(world.post(&cookie, door, form).await.status, StatusCode::OK);
        let kept = found(&weining, &pool()).await.settings;
        let keys: Vec<String> = kept.columns.iter().map(|column| column.key()).collect();
        assert_eq!(
            (keys.join(","), kept.density.code(), kept.frozen),
            ("total,posts,gap".into(), "tight", 2)
        );
        assert_eq!(world.post(&cookie, door, "usual=1&density=loose").await.status, StatusCode::OK);
        let kept = found(&weining, &pool()).await.settings;
        assert_eq!((kept.columns.len(), kept.density.code()), (0, "loose"));
    })
    .await;
}

#[tokio::test]
async fn the_workbench_and_the_search_know_the_own_area_only() {
    World::on_both(async |world| {
        let (province, weining) = people(world).await;
        world.person("root2", Role::Administrator, "520000").await;
        varied(&province).await;
        make(&province, LIPING, "冷链物流中心", &[("total", "3")]).await;
        let board = home::board(&weining, ()).await.unwrap();
        assert_eq!(board.lists.last().map(|list| list.projects), Some(8));
        assert_eq!(board.marks.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [4, 8, 0]);
        assert!(board.people.is_none());
        assert_eq!(board.changes.len(), 6);
        let find = async |call: &Call, text: &str| {
            let found = home::find(call, home_form(text)).await.unwrap();
            (found.projects.len(), found.more_projects)
        };
        assert_eq!(find(&province, "llwl").await, (1, false));
        assert_eq!(find(&weining, "llwl").await, (0, false));
        assert_eq!(find(&province, "项目").await, (20, true));
        assert_eq!(find(&weining, "").await, (0, false));
        let admin = home::board(&world.call("root2").await, ()).await.unwrap();
        assert!(admin.people.is_some_and(|(active, _)| active >= 3));
    })
    .await;
}

fn home_form(text: &str) -> contract::home::Find {
    contract::home::FindForm { q: text.into() }.check().unwrap()
}

#[tokio::test]
async fn rows_of_a_rare_word_are_the_same_with_the_index_and_without() {
    World::on_both(async |world| {
        let (province, _) = people(world).await;
        let id = make(&province, WEINING, "Ａ(冷链)物-流%中心", &[("content", "分拣车间1,200平方米")]).await;
        make(&province, WEINING, "道路", &[]).await;
        for q in [
            "(冷链)物",
            "物-流%",
            "流%中",
            "%",
            "a(",
            "拣车间1,2",
            "间",
            "wlzx",
            "A(冷",
            "冷 分拣",
            "lenglianwu",
        ] {
            let view = found(&province, &ListForm { q: q.into(), ..pool() }).await;
            assert_eq!(view.rows.iter().map(|row| row.project).collect::<Vec<_>>(), [id], "{q}");
            assert_eq!(view.sums.unwrap().totals.projects, 1, "{q}");
        }
        let renamed = cell(id, 1, "name", "仓库").check().unwrap();
        list::edit_cells(&province, renamed).await.unwrap();
        assert!(found(&province, &ListForm { q: "冷链".into(), ..pool() }).await.rows.is_empty());
        assert_eq!(found(&province, &ListForm { q: "ck".into(), ..pool() }).await.rows.len(), 1);
    })
    .await;
}

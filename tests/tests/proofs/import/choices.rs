//! Two people at one row: conflicts are chosen, never overwritten; what went in is taken back as a whole or row by row.

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::import::{ImportState, ImportView, RowOutcome, RowView};
use contract::list::{CellForm, EditCellsForm};
use contract::project::{ProjectQuery, ProjectView};
use domain::id::ProjectId;
use domain::permission::Role;
use domain::project::{Field, Value};
use http::StatusCode;
use proptest::prelude::{Rng, RngExt};
use proptest::test_runner::{RngAlgorithm, TestRng};
use service::Call;
use std::collections::BTreeSet;
use tests::desk::{Desk, book, exported};
use tests::world::World;

const HEAD: [&str; 6] = ["内部编号", "项目名称", "县（市、区）", "总投资", "2026年", "备注"];

async fn edit(call: &Call, project: ProjectId, version: i64, field: &str, text: &str) {
    let cell = CellForm {
        project: project.to_string(),
        version: version.to_string(),
        field: field.into(),
        text: text.into(),
    };
    let key = format!("edit-{}", call.new_id());
    service::list::edit_cells(call, EditCellsForm { key, cells: vec![cell] }.check().unwrap()).await.unwrap();
}

async fn project(call: &Call, project: ProjectId) -> ProjectView {
    service::project::one(call, ProjectQuery { project }).await.unwrap()
}

fn text(view: &ProjectView, field: Field) -> Option<String> {
    view.value(field).map(Value::canonical)
}

/// Projects put in by the wizard: name, total and remark of each, with number and id as an export would show them.
async fn put_in(desk: &Desk<'_>, names: &[&str]) -> (ImportView, Vec<(String, String, i64)>) {
    let lines: Vec<[&str; 6]> = names.iter().map(|name| ["", *name, "威宁县", "10", "10", "旧"]).collect();
    let mut all: Vec<&[&str]> = vec![&HEAD[1..]];
    all.extend(lines.iter().map(|line| &line[1..]));
    let view = desk.upload("first.xlsx", &book("一年期", &all)).await;
    let done = desk.done("commit", &view, &[]).await;
    assert_eq!(done.counts.new as usize, names.len(), "{:?}", done.findings);
    let call = desk.world.call("gz").await;
    let query = contract::list::ListForm { list: "pool".into(), ..Default::default() }.check().unwrap();
    let page = service::list::page(&call, query).await.unwrap();
    let of = |name: &&str| {
        let row = page
            .rows
            .iter()
            .find(|row| row.values.contains(&(Field::Name, Value::Text((*name).into()))))
            .unwrap();
        (row.number.to_string(), row.project.to_string(), row.version)
    };
    (done, names.iter().map(of).collect())
}

async fn row(desk: &Desk<'_>, view: &ImportView, at: u32) -> RowView {
    desk.rows(view.import, "").await.into_iter().find(|row| row.row == at).unwrap()
}

#[tokio::test]
async fn a_cell_changed_by_two_is_a_conflict_to_choose() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let (desk, call) = (Desk::of(world, "gz").await, world.call("gz").await);
        let (_, known) = put_in(&desk, &["甲", "乙", "丙"]).await;
        let ids: Vec<ProjectId> = known.iter().map(|(_, id, _)| id.parse().unwrap()).collect();
        edit(&call, ids[0], 1, "total", "77").await;
        edit(&call, ids[1], 1, "total", "88").await;
        let number = |at: usize| known[at].0.as_str();
        let lines: [&[&str]; 4] = [
            &HEAD,
            &[number(0), "甲", "威宁县", "20", "10", "旧"],
            &[number(1), "乙改", "威宁县", "10", "10", ""],
            &[number(2), "丙", "威宁县", "10", "10", "旧"],
        ];
        let file = exported("一年期", &lines, &known);
        let view = desk.upload("export.xlsx", &file).await;
        assert!(view.exported);
        let counts = (view.counts.conflict, view.counts.changed, view.counts.same);
        assert_eq!(counts, (1, 1, 1), "{:?}", view.findings);
        let clash = row(&desk, &view, 2).await;
        let cell = clash.cells.iter().find(|cell| cell.field == "total").unwrap();
        assert!(cell.conflict && cell.take.is_none());
        assert_eq!((cell.old.as_deref(), cell.new.as_deref()), (Some("77000000"), Some("20000000")));
        let (_, error) = desk.refused("commit", &view, &[]).await;
        assert_eq!(error, ApiError::Refused { refusal: Refusal::ErrorsLeft { rows: 1 } });
        let choose = |choice: &'static str| [("sheet", "一年期"), ("row", "2"), ("choice", choice)];
        let kept = desk.done("choose", &view, &choose("keep")).await;
        assert_eq!((kept.counts.conflict, kept.counts.same), (0, 2));
        let taken = desk.done("choose", &kept, &choose("take")).await;
        assert_eq!((taken.counts.conflict, taken.counts.changed), (0, 2));
        let old = ImportView { key: format!("old-{}", kept.key), ..kept };
        assert_eq!(
            desk.refused("choose", &old, &choose("keep")).await.0,
            StatusCode::CONFLICT,
            "an old window"
        );
        let done = desk.done("commit", &taken, &[]).await;
        assert_eq!(done.state, ImportState::Committed);
        let (one, two) = (project(&call, ids[0]).await, project(&call, ids[1]).await);
        assert_eq!(text(&one, Field::Total).as_deref(), Some("20000000"));
        assert_eq!(
            text(&two, Field::Total).as_deref(),
            Some("88000000"),
            "theirs stays where the file left it alone"
        );
        assert_eq!(text(&two, Field::Name).as_deref(), Some("乙改"));
        assert_eq!(text(&two, Field::Remark), None, "a blank cell of our own export clears");
    })
    .await;
}

#[tokio::test]
async fn a_change_after_the_person_looked_is_not_overwritten() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let (desk, call) = (Desk::of(world, "gz").await, world.call("gz").await);
        let (_, known) = put_in(&desk, &["甲"]).await;
        let id: ProjectId = known[0].1.parse().unwrap();
        let file = book("一年期", &[&HEAD, &[&known[0].0, "甲", "威宁县", "20", "", ""]]);
        let view = desk.upload("foreign.xlsx", &file).await;
        assert_eq!(view.counts.changed, 1, "{:?}", view.findings);
        edit(&call, id, 1, "total", "77").await;
        let (_, error) = desk.refused("commit", &view, &[]).await;
        assert_eq!(error, ApiError::Refused { refusal: Refusal::ErrorsLeft { rows: 1 } });
        let view = desk.view(view.import).await;
        assert_eq!(view.counts.conflict, 1);
        let took = desk
            .done(
                "choose",
                &view,
                &[("sheet", "一年期"), ("row", "2"), ("choice", "take"), ("field", "total")],
            )
            .await;
        edit(&call, id, 2, "total", "99").await;
        let (_, error) = desk.refused("commit", &took, &[]).await;
        assert_eq!(
            error,
            ApiError::Refused { refusal: Refusal::ErrorsLeft { rows: 1 } },
            "another value asks again"
        );
        let now = project(&call, id).await;
        assert_eq!(text(&now, Field::Total).as_deref(), Some("99000000"));
        assert_eq!(text(&now, Field::Remark).as_deref(), Some("旧"), "a blank cell of a foreign file keeps");
    })
    .await;
}

#[tokio::test]
async fn an_import_is_taken_back_as_a_whole_or_row_by_row() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let (desk, call) = (Desk::of(world, "gz").await, world.call("gz").await);
        let (done, known) = put_in(&desk, &["甲", "乙", "丙"]).await;
        let ids: Vec<ProjectId> = known.iter().map(|(_, id, _)| id.parse().unwrap()).collect();
        assert_eq!(done.changed_since, 0);
        edit(&call, ids[0], 1, "total", "77").await;
        let now = desk.view(done.import).await;
        assert_eq!(now.changed_since, 1);
        let rows = desk.rows(done.import, "").await;
        assert_eq!(rows.iter().map(|row| row.undoable).collect::<Vec<_>>(), [false, true, true]);
        let changed = ApiError::Refused { refusal: Refusal::ChangedSince { rows: 1 } };
        assert_eq!(desk.refused("undo", &now, &[]).await.1, changed);
        let of = |row: &'static str| [("sheet", "一年期"), ("row", row)];
        assert_eq!(desk.refused("undo", &now, &of("2")).await.1, changed);
        let two = desk.done("undo", &now, &of("3")).await;
        assert_eq!(two.state, ImportState::Committed);
        assert!(service::project::one(&call, ProjectQuery { project: ids[1] }).await.is_err());
        assert_eq!(desk.refused("undo", &two, &of("3")).await.0, StatusCode::NOT_FOUND, "once is enough");
        let three = desk.done("undo", &two, &of("4")).await;
        assert_eq!((three.state, three.changed_since), (ImportState::Committed, 1));
        project(&call, ids[0]).await;
        world.person("leader", Role::Leader, "520000").await;
        let report = store::verify::verify(&world.app.db().read().await.unwrap()).await.unwrap();
        assert_eq!(report.first_breach(), None);
    })
    .await;
}

#[tokio::test]
async fn a_row_without_a_code_is_matched_by_a_person() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let (_, known) = put_in(&desk, &["甲", "乙", "乙"]).await;
        let lines: [&[&str]; 3] =
            [&HEAD[1..], &["甲", "威宁县", "20", "", ""], &["乙", "威宁县", "30", "", ""]];
        let file = book("一年期", &lines);
        let view = desk.upload("again.xlsx", &file).await;
        assert_eq!((view.counts.unclear, view.name_matches), (2, 1), "{:?}", view.findings);
        assert_eq!(row(&desk, &view, 3).await.candidates.len(), 2);
        let view = desk.done("whole", &view, &[("what", "match_names")]).await;
        assert_eq!((view.counts.unclear, view.counts.changed), (1, 1));
        let is = [("sheet", "一年期"), ("row", "3"), ("choice", known[1].1.as_str())];
        let chosen = desk.done("choose", &view, &is).await;
        assert_eq!((chosen.counts.unclear, chosen.counts.changed), (0, 2));
        let new = desk.done("choose", &chosen, &[("sheet", "一年期"), ("row", "3"), ("choice", "new")]).await;
        assert_eq!((new.counts.new, new.counts.changed), (1, 1));
        let skip = desk.done("choose", &new, &[("sheet", "一年期"), ("row", "3"), ("choice", "skip")]).await;
        assert_eq!((skip.counts.skipped, skip.counts.new), (1, 0));
        let stranger = [("sheet", "一年期"), ("row", "3"), ("choice", known[0].1.as_str())];
        assert_eq!(desk.refused("choose", &skip, &stranger).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

/// Random edits of an exported book come back as exactly those edits.
#[tokio::test]
async fn edits_of_an_exported_book_come_back_as_those_edits() {
    const NAMES: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let (_, known) = put_in(&desk, &NAMES).await;
        let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        for _ in 0..12 {
            let mut lines: Vec<[String; 6]> = (0..NAMES.len())
                .map(|at| [&known[at].0, NAMES[at], "威宁县", "10", "10", "旧"].map(str::to_owned))
                .collect();
            let mut edited = BTreeSet::new();
            for _ in 0..random.random_range(0..5) {
                let (at, column) =
                    (random.random_range(0..NAMES.len()), [1, 3, 4, 5][random.random_range(0..4)]);
                let number = random.next_u32() % 100_000;
                lines[at][column] = match (column, number % 3) {
                    (5, 0) => String::new(),
                    (1 | 5, _) => format!("改{number}"),
                    _ => format!("{number}.{:06}", number % 1_000_000 + 1),
                };
                edited.insert((at, ["", "name", "", "total", "year.2026", "remark"][column]));
            }
            let mut all: Vec<Vec<&str>> = vec![HEAD.to_vec()];
            all.extend(lines.iter().map(|line| line.iter().map(String::as_str).collect()));
            let all: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
            let view = desk.upload("export.xlsx", &exported("一年期", &all, &known)).await;
            let mut found = BTreeSet::new();
            for row in desk.rows(view.import, "changed").await {
                for cell in row.cells.iter().filter(|cell| cell.old != cell.new) {
                    let field =
                        ["name", "total", "year.2026", "remark"].into_iter().find(|key| *key == cell.field);
                    found.insert((row.row as usize - 2, field.unwrap()));
                }
            }
            assert_eq!(found, edited, "{lines:?} {:?}", view.findings);
        }
    })
    .await;
}

#[tokio::test]
async fn the_numbers_of_another_office_name_no_project_of_ours() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let (_, known) = put_in(&desk, &["甲"]).await;
        let number = known[0].0.as_str();
        let foreign: [&str; 6] = [number, "别处的项目", "威宁县", "10", "10", ""];
        let view = desk.upload("own.xlsx", &book("一年期", &[&HEAD, &foreign])).await;
        assert_eq!(row(&desk, &view, 2).await.outcome, RowOutcome::Unclear, "{:?}", view.findings);
        let ours: [&str; 6] = [number, "甲", "威宁县", "11", "11", ""];
        let view = desk.upload("ours.xlsx", &book("一年期", &[&HEAD, &ours])).await;
        assert_eq!(row(&desk, &view, 2).await.outcome, RowOutcome::Changed, "{:?}", view.findings);
    })
    .await;
}

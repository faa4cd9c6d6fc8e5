//! What a person or a program says of a file beyond its cells: what blanks mean, units of single columns, where the
//! heading stands; and what comes of saying it twice.

use contract::error::{ApiError, Refusal};
use contract::import::{ImportState, ImportView, RowOutcome};
use domain::finding::FindingKind;
use domain::permission::Role;
use http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::desk::{Desk, book};
use tests::world::World;

const HEAD: [&str; 5] = ["项目名称", "县（市、区）", "总投资（万元）", "2026年（万元）", "备注"];

fn list(total: &str, remark: &str) -> Vec<u8> {
    book("一年期", &[&HEAD, &["甲", "威宁县", total, total, remark]])
}

#[tokio::test]
async fn a_blank_cell_keeps_or_clears_as_the_person_says() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let first = desk.upload("a.xlsx", &list("10", "旧")).await;
        desk.done("commit", &first, &[]).await;
        let view = desk.upload("b.xlsx", &list("10", "")).await;
        assert!(!view.blank_clears && !view.exported);
        let view = desk.done("whole", &view, &[("what", "match_names")]).await;
        assert_eq!(view.counts.of(RowOutcome::Same), 1, "a blank of a stranger's file keeps");
        let view = desk.done("whole", &view, &[("what", "blank_clears")]).await;
        assert_eq!((view.blank_clears, view.counts.changed), (true, 1));
        let cells = desk.rows(view.import, "changed").await.remove(0).cells;
        let remark = cells.iter().find(|cell| cell.field == "remark").unwrap();
        assert_eq!((remark.old.as_deref(), remark.new.as_deref()), (Some("旧"), None));
        let view = desk.done("whole", &view, &[("what", "blank_keeps")]).await;
        assert_eq!((view.blank_clears, view.counts.same), (false, 1));
        let view = desk.done("whole", &view, &[("what", "blank_clears")]).await;
        let done = desk.done("commit", &view, &[]).await;
        assert_eq!((done.state, done.counts.changed), (ImportState::Committed, 1));
    })
    .await;
}

#[tokio::test]
async fn who_commits_twice_is_told_that_it_is_done() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let view = desk.upload("a.xlsx", &list("10", "")).await;
        let done = desk.done("commit", &view, &[]).await;
        let is_done = ApiError::Refused { refusal: Refusal::ImportDone { import: view.import } };
        // The page of before with another key, as a second click after the answer sends it.
        let late = ImportView { key: "another-key".into(), ..view.clone() };
        assert_eq!(
            desk.refused("commit", &late, &[]).await,
            (StatusCode::UNPROCESSABLE_ENTITY, is_done.clone())
        );
        assert_eq!(desk.refused("cancel", &late, &[]).await.1, is_done);
        assert_eq!(desk.refused("whole", &late, &[("what", "match_names")]).await.1, is_done);
        assert_eq!(desk.view(view.import).await.version, done.version, "nothing was written again");
    })
    .await;
}

#[tokio::test]
async fn a_column_can_get_another_unit_than_its_heading_names() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let view = desk.upload("a.xlsx", &list("5000000", "")).await;
        let sheet = [("sheet", "一年期"), ("unit", "yuan")];
        let view = desk.done("read_as", &view, &sheet).await;
        assert_eq!(view.sheets[0].totals["total"].fen(), 5_000_000_000_000, "headings keep their own unit");
        let units = [("sheet", "一年期"), ("units[C]", "yuan"), ("units[D]", "yuan")];
        let view = desk.done("read_as", &view, &units).await;
        assert_eq!(view.sheets[0].totals["total"].fen(), 500_000_000);
        let told: Vec<&str> = view.sheets[0]
            .layout
            .as_ref()
            .unwrap()
            .columns
            .iter()
            .filter(|column| column.unit_told)
            .map(|column| column.letters.as_str())
            .collect();
        assert_eq!(told, ["C", "D"]);
        let back =
            desk.done("read_as", &view, &[("sheet", "一年期"), ("units[C]", ""), ("units[D]", "")]).await;
        assert_eq!(back.sheets[0].totals["total"].fen(), 5_000_000_000_000);
    })
    .await;
}

#[tokio::test]
async fn only_what_a_person_changed_is_remembered() {
    let head: &[&str] = &["项目名称", "县（市、区）", "总投资", "2026年", "县里的钱", "备注", "备注"];
    let bytes = book("一年期", &[head, &["道路", "威宁县", "100", "100", "100", "一", "二"]]);
    World::on_both(async |world| {
        world.person("weining", Role::Planner, "520526").await;
        let desk = Desk::of(world, "weining").await;
        let view = desk.upload("a.xlsx", &bytes).await;
        // All columns are sent, as the page does; one heading is explained and one of two alike left out.
        let inputs = [
            ("sheet", "一年期"),
            ("columns[A]", "name"),
            ("columns[B]", "area"),
            ("columns[C]", "total"),
            ("columns[D]", "year.2026"),
            ("columns[E]", "source.LOC"),
            ("columns[F]", "remark"),
            ("columns[G]", ""),
            ("remember", "on"),
        ];
        let view = desk.done("read_as", &view, &inputs).await;
        assert_eq!(view.state, ImportState::Staged, "{:?}", view.refusal);
        let call = world.call("weining").await;
        let known = service::import::read_as::remembered(&call).await.unwrap();
        let own = BTreeMap::from([(domain::text::fold("县里的钱"), "source.LOC".to_owned())]);
        assert_eq!(known, own, "neither what was known nor what two headings share");
    })
    .await;
}

#[tokio::test]
async fn a_mended_cell_is_red_no_more_and_says_what_it_is_now() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let lines: [&[&str]; 3] =
            [&HEAD, &["甲", "威宁县", "约300", "300", ""], &["乙", "威宁县", "约400", "400", ""]];
        let view = desk.upload("a.xlsx", &book("一年期", &lines)).await;
        assert_eq!(view.counts.faulty, 2, "{:?}", view.findings);
        let mend = [("sheet", "一年期"), ("row", "2"), ("field", "total"), ("text", "300")];
        let view = desk.done("mend", &view, &mend).await;
        assert_eq!(view.counts.faulty, 1);
        let path = format!("/projects/import/{}/annotated/export", view.import);
        let answer = world.get(&desk.cookie, &path).await;
        let mut file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
        std::io::Write::write_all(&mut file, &answer.body).unwrap();
        let copy = umya_spreadsheet::reader::xlsx::read(file.path()).unwrap();
        let page = copy.sheet_by_name("一年期").unwrap();
        let colour = |at: &str| {
            page.style(at).background_color().map(|colour| colour.argb_str().to_owned()).unwrap_or_default()
        };
        assert_eq!((colour("C2").as_str(), colour("C3").as_str()), ("FFE2EFDA", "FFFFC7CE"));
        let said: Vec<String> = page.comments().iter().map(|comment| format!("{comment:?}")).collect();
        assert!(said.iter().any(|comment| comment.contains("更正为“300”")), "{said:?}");
    })
    .await;
}

/// The import as a program sees it, once it is read.
async fn settled(program: &tests::program::Program<'_>, path: &str) -> Value {
    for _ in 0..600 {
        let view = program.get(path).await.json();
        if view["state"] != "reading" {
            return view;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{path} is not read within half a minute");
}

#[tokio::test]
async fn a_program_can_say_what_the_wizard_lets_a_person_say() {
    let world = World::sqlite().await;
    world.person("gz", Role::Planner, "520000").await;
    let desk = Desk::of(&world, "gz").await;
    let lines: [&[&str]; 4] = [
        &["某表", "", "", "", ""],
        &["项目名称", "县（市、区）", "总投资", "2026年", "县里的钱"],
        &["甲", "威宁县", "100", "100", "100"],
        &["乙", "威宁县", "200", "200", "200"],
    ];
    let view = desk.upload("a.xlsx", &book("一年期", &lines)).await;
    let program = world.program("gz", "write").await;
    let path = format!("/imports/{}", view.import);
    let import = settled(&program, &path).await;
    assert_eq!(import["sheets"][0]["header_first"], 2);
    assert_eq!(import["sheets"][0]["columns"][4]["column"], Value::Null);
    let body = json!({
        "version": import["version"], "sheet": "一年期", "unit": "yuan", "header_first": 2,
        "columns": { "E": "source.LOC" }, "units": { "C": "wan" }, "plan_year": 2026,
    });
    let answer = program.post(&format!("{path}/read_as"), &body, &[("Idempotency-Key", "read-as-1")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let import = settled(&program, &path).await;
    assert_eq!((&import["state"], &import["sheets"][0]["unit"]), (&json!("staged"), &json!("yuan")));
    let seen = desk.view(view.import).await;
    let totals = &seen.sheets[0].totals;
    assert_eq!((totals["total"].fen(), totals["source.LOC"].fen()), (300_000_000, 30_000));
    assert!(!seen.findings.iter().any(|one| matches!(one.kind, FindingKind::UnknownHeading { .. })));
    let body = json!({ "version": import["version"], "what": "blank_clears" });
    let answer =
        program.post(&format!("{path}/whole"), &body, &[("Idempotency-Key", "whole-choice-1")]).await;
    assert_eq!((answer.status, answer.json()["blank_clears"].clone()), (StatusCode::OK, json!(true)));
    let body = json!({ "version": 1, "sheet": "一年期", "header_first": 201 });
    let answer = program.post(&format!("{path}/read_as"), &body, &[("Idempotency-Key", "read-as-2")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

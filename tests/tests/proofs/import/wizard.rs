//! The province's book and a county's draft through the wizard, as people walk it, on both databases.

use contract::error::{ApiError, Refusal};
use contract::import::{ImportState, ImportView, RowOutcome};
use domain::finding::{FindingKind, Severity};
use domain::permission::Role;
use domain::project::Field;
use http::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use tests::desk::{Desk, form};
use tests::world::World;

async fn with_sites(world: &World) -> Option<()> {
    world.person("gz", Role::Planner, "520000").await;
    let desk = Desk::of(world, "gz").await;
    let sites = desk.upload("安置点台账.xlsx", &form("安置点台账.xlsx")?).await;
    assert_eq!(sites.state, ImportState::Staged);
    assert_eq!(sites.counts.new, sites.counts.all(), "{:?}", sites.findings);
    let done = desk.done("commit", &sites, &[]).await;
    assert_eq!(done.state, ImportState::Committed);
    Some(())
}

#[tokio::test]
async fn the_provinces_book_goes_in_once_and_out_again() {
    let Some(book) = form("三张清单_全省.xlsx") else { return };
    World::on_both(async |world| {
        with_sites(world).await;
        let desk = Desk::of(world, "gz").await;
        let view = desk.upload("三张清单_全省.xlsx", &book).await;
        assert_eq!((view.state, view.counts.new, view.counts.all()), (ImportState::Staged, 1810, 1810));
        assert!(view.findings.iter().all(|finding| finding.severity != Severity::Error));
        let after: Vec<u64> = view.effect.iter().map(|effect| effect.projects_after).collect();
        assert_eq!(after, [807, 520, 483]);
        let rows = desk.rows(view.import, "").await;
        let places: BTreeSet<_> = rows.iter().map(|row| (row.sheet.clone(), row.row)).collect();
        assert_eq!((rows.len(), places.len()), (1810, 1810), "paging shows every row once");
        let started = Instant::now();
        let done = desk.done("commit", &view, &[]).await;
        println!("{:?}: 1,810 rows committed in {} ms", world.kind, started.elapsed().as_millis());
        assert_eq!(done.state, ImportState::Committed);
        let again: ImportView = desk.done("commit", &view, &[]).await;
        assert_eq!((again.change_set, again.version), (done.change_set, done.version), "one key, one import");
        let line = desk.upload("三张清单_全省.xlsx", &book).await;
        assert_eq!(line.counts.new, 0, "what is there is found again");
        assert_eq!(line.counts.same + line.counts.unclear, 1810);
        assert_eq!(line.counts.unclear, 1810 - line.counts.same);
        let matched = desk.done("whole", &line, &[("what", "match_names")]).await;
        assert!(matched.match_names && matched.counts.same > line.counts.same);
        let undone = desk.done("undo", &done, &[]).await;
        assert_eq!(undone.state, ImportState::Undone);
        let fresh = desk.upload("三张清单_全省.xlsx", &book).await;
        assert_eq!(fresh.counts.new, 1810, "an undone import leaves nothing behind");
    })
    .await;
}

/// Row, heading of the cell and severity of every finding.
fn found(view: &ImportView) -> BTreeSet<(u32, Severity)> {
    view.findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note && ![5, 31].contains(&finding.place.row))
        .map(|finding| (finding.place.row, finding.severity))
        .collect()
}

#[tokio::test]
async fn a_countys_draft_shows_what_was_planted_and_nothing_else() {
    let (Some(draft), Some(expected)) = (form("一年期清单_县级原始稿.xlsx"), form("expected.json"))
    else {
        return;
    };
    let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
    let planted: BTreeSet<(u32, Severity)> = expected["messy"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|planted| (planted[0].as_u64().unwrap(), planted[2].as_str().unwrap()))
        .filter(|(row, _)| *row != 5)
        .map(|(row, text)| {
            let severity = if text.starts_with("error") { Severity::Error } else { Severity::Warning };
            (u32::try_from(row).unwrap(), severity)
        })
        .collect();
    let all = u32::try_from(expected["messy"]["rows"].as_u64().unwrap()).unwrap();
    World::on_both(async |world| {
        with_sites(world).await;
        world.person("liping", Role::Planner, "522631").await;
        let desk = Desk::of(world, "liping").await;
        let view = desk.upload("草稿.xlsx", &draft).await;
        assert_eq!(found(&view), planted);
        assert!(view.findings.iter().any(|finding| finding.place.row == 5), "the stated total");
        assert_eq!((view.counts.new, view.counts.faulty, view.counts.all()), (all - 5, 5, all));
        let faulty: Vec<u32> = desk.rows(view.import, "faulty").await.iter().map(|row| row.row).collect();
        assert_eq!(faulty, [11, 12, 13, 14, 18]);
        let (status, error) = desk.refused("commit", &view, &[]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(error, ApiError::Refused { refusal: Refusal::ErrorsLeft { rows: 5 } });
        let sheet = view.sheets.iter().find(|sheet| sheet.layout.is_some()).unwrap().sheet.clone();
        let view = mend_all(&desk, view, &sheet).await;
        assert_eq!(view.counts.faulty, 1, "{:?}", view.findings);
        let done = desk.done("commit", &view, &[("skip_faulty", "on")]).await;
        assert_eq!((done.state, done.counts.new), (ImportState::Committed, all - 1));
        annotated(&desk, &done, &sheet).await;
    })
    .await;
}

/// Every planted error but the repeated project mended, each with one cell.
async fn mend_all(desk: &Desk<'_>, mut view: ImportView, sheet: &str) -> ImportView {
    let mends = [
        ("11", "total", "1,280.5万元"),
        ("12", "finish", "2026年12月"),
        ("13", "name", "补上的名称"),
        ("14", "area", "522631"),
    ];
    for (at, (row, field, text)) in (1..).zip(mends) {
        let inputs = [("sheet", sheet), ("row", row), ("field", field), ("text", text)];
        view = desk.done("mend", &view, &inputs).await;
        assert_eq!(view.counts.faulty, 5 - at, "row {row}: {:?}", view.findings);
    }
    let rows = desk.rows(view.import, "new").await;
    let mended = rows.iter().find(|row| row.row == 11).unwrap();
    let cell = mended.cells.iter().find(|cell| cell.field == Field::Total.key()).unwrap();
    assert_eq!((cell.mended, cell.new.as_deref()), (true, Some("1280500000")));
    let (status, _) = desk
        .refused("mend", &view, &[("sheet", sheet), ("row", "11"), ("field", "nothing"), ("text", "1")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    view
}

/// The person's own workbook comes back with a comment on every faulty cell, in the reader's language.
async fn annotated(desk: &Desk<'_>, view: &ImportView, sheet: &str) {
    let path = format!("/projects/import/{}/annotated/export", view.import);
    let answer = desk.world.get(&desk.cookie, &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let mut file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
    std::io::Write::write_all(&mut file, &answer.body).unwrap();
    let book = umya_spreadsheet::reader::xlsx::read(file.path()).unwrap();
    let page = book.sheet_by_name(sheet).unwrap();
    let commented: BTreeSet<String> =
        page.comments().iter().map(|comment| comment.coordinate().to_string()).collect();
    let left = view.findings.iter().filter(|finding| finding.place.sheet == sheet);
    for finding in left.filter_map(|finding| finding.place.address.clone()) {
        assert!(commented.contains(&finding), "{finding} is not among {commented:?}");
    }
    assert!(!commented.is_empty());
    let folder = desk.world.folder().join("imports");
    let files = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(files, std::fs::read_dir(desk.world.folder().join("imports")).unwrap().count());
}

#[tokio::test]
async fn the_empty_form_reads_back_as_three_lists() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let answer = world.get(&desk.cookie, "/projects/import/template/export").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let view = desk.upload("模板.xlsx", &answer.body).await;
        assert_eq!(view.state, ImportState::Staged);
        assert_eq!(view.counts.all(), 0);
        let lists = view.sheets.iter().filter_map(|sheet| sheet.layout.as_ref()?.horizon).count();
        assert_eq!(lists, 3);
        let unknown: Vec<_> = view
            .findings
            .iter()
            .filter(|finding| matches!(finding.kind, FindingKind::UnknownHeading { .. }))
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn rows_are_paged_by_outcome_both_ways() {
    let lines: Vec<Vec<String>> =
        (0..120).map(|n| vec![format!("项目{n}"), "威宁县".into(), format!("{n}"), format!("{n}")]).collect();
    let mut all: Vec<Vec<&str>> = vec![vec!["项目名称", "县（市、区）", "总投资（万元）", "2026年"]];
    all[0].push("中央预算内投资");
    all.extend(lines.iter().map(|line| line.iter().map(String::as_str).collect()));
    let all: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
    let bytes = tests::desk::book("一年期", &all);
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let view = desk.upload("a.xlsx", &bytes).await;
        assert_eq!(view.counts.of(RowOutcome::New), 120, "{:?}", view.findings);
        let page = async |token: &str| {
            let door = format!("rows?form[import]={}&form[outcome]=new&form[page]={token}", view.import);
            tests::desk::json::<contract::import::RowsView>(&desk.get(&door).await)
        };
        let first = page("").await;
        let second = page(first.next.as_deref().unwrap()).await;
        let third = page(second.next.as_deref().unwrap()).await;
        assert_eq!((first.rows.len(), second.rows.len(), third.rows.len()), (50, 50, 20));
        assert_eq!((first.previous.as_ref(), third.next.as_ref()), (None, None));
        assert_eq!(page(third.previous.as_deref().unwrap()).await.rows, second.rows);
        assert_eq!(page(second.previous.as_deref().unwrap()).await.rows, first.rows);
        assert_eq!(
            desk.get(&format!("rows?form[import]={}&form[page]=zz", view.import)).await.status,
            StatusCode::NOT_FOUND
        );
        let names: BTreeMap<&str, u32> = first.rows.iter().map(|row| (row.name.as_str(), row.row)).collect();
        assert_eq!(names.get("项目0"), Some(&2));
    })
    .await;
}

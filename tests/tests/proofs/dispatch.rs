//! Monthly returns on both databases: what falls needs a reason, who accepts, two people at one cell, files, sums, scope.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod hands;

use contract::dispatch::file::{CommitForm, FileFault, FileForm, StagedForm};
use contract::dispatch::form::{
    BookForm, CellsForm, DecideForm, MonthForm, OpenForm, RemindForm, SubmitForm,
};
use contract::dispatch::{BookView, EditedView, OverviewView};
use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::list::MoveForm;
use contract::project::SaveForm;
use contract::site::SaveSiteForm;
use domain::dispatch::book::{self, Standing};
use domain::dispatch::check::Fault;
use domain::dispatch::column::ProjectColumn;
use domain::dispatch::row::Totals;
use domain::id::{ProjectId, ReturnBookId};
use domain::permission::Role;
use http::{StatusCode, header};
use sea_orm::ConnectionTrait;
use service::{Call, Failure, dispatch, home, list, project, site};
use std::collections::BTreeMap;
use tests::bank::beside;
use tests::world::World;

const WEINING: &str = "520526";
const ZHIJIN: &str = "520524";
const BIJIE: &str = "520500";
/// The list of the present year is moved to this one, so that every month of it is over.
const YEAR: i32 = 2025;

fn key(call: &Call) -> String {
    call.new_id().simple().to_string()
}

/// A project of an area on the one-year list of [`YEAR`].
async fn make(world: &World, call: &Call, area: &str, name: &str) -> ProjectId {
    let mut form = SaveForm { key: key(call), ..SaveForm::default() };
    for (field, text) in [("name", name), ("area", area), ("total", "100")] {
        form.values.insert(field.to_owned(), text.to_owned());
    }
    let id = project::save(call, form.check().unwrap()).await.unwrap().project;
    let step =
        MoveForm { key: key(call), projects: vec![format!("{id}:1")], to: "1y".into(), reason: "x".into() };
    list::move_projects(call, step.check().unwrap()).await.unwrap();
    let raw = beside(&world.url()).await;
    raw.execute_unprepared(&format!("UPDATE list_entry SET plan_year = {YEAR}")).await.unwrap();
    raw.close().await.unwrap();
    id
}

/// The planners of a county, of another one, and of the city above both.
async fn people(world: &World) -> (Call, Call, Call) {
    world.person("weining", Role::Planner, WEINING).await;
    world.person("zhijin", Role::Planner, ZHIJIN).await;
    world.person("bijie", Role::Planner, BIJIE).await;
    (world.call("weining").await, world.call("zhijin").await, world.call("bijie").await)
}

fn month(number: u32) -> String {
    format!("{YEAR}-{number:02}")
}

async fn open(call: &Call, number: u32, area: &str) -> ReturnBookId {
    let form = OpenForm { month: month(number), area: area.to_owned() };
    dispatch::open(call, form.check().unwrap()).await.unwrap().book.unwrap()
}

async fn one(call: &Call, book: ReturnBookId) -> BookView {
    dispatch::one(call, BookForm { book: book.to_string() }.check().unwrap()).await.unwrap()
}

async fn edit(
    call: &Call,
    book: ReturnBookId,
    (project, version): (ProjectId, i64),
    cells: &[(&str, &str)],
) -> Result<EditedView, Failure> {
    let version = version.to_string();
    let texts = cells.iter().copied().chain([("version", version.as_str())]);
    let texts: BTreeMap<String, String> =
        texts.map(|(column, text)| (column.to_owned(), text.to_owned())).collect();
    let projects = [(project.to_string(), texts)].into();
    let form = CellsForm { book: book.to_string(), projects, ..CellsForm::default() };
    dispatch::edit::edit(call, form.check().unwrap()).await
}

async fn fill(call: &Call, book: ReturnBookId, project: ProjectId, jobs: &str, reason: &str) {
    let view = one(call, book).await;
    let line = view.projects.iter().find(|line| line.project == project).unwrap();
    let cells = [
        ("is_started", "是"),
        ("progress", "主体施工"),
        ("invested", "12.5"),
        ("jobs_present", "3"),
        ("jobs_cumulative", jobs),
        ("pay", "1"),
        ("reason_fallen", reason),
    ];
    let edited = edit(call, book, (project, line.version), &cells).await.unwrap();
    assert!(edited.wrong.is_empty() && edited.conflicts.is_empty(), "{edited:?}");
}

async fn submit(call: &Call, book: ReturnBookId) -> Result<BookView, Failure> {
    let version = one(call, book).await.head.version.to_string();
    let form = SubmitForm { book: book.to_string(), version, key: key(call) };
    dispatch::step::submit(call, form.check().unwrap()).await
}

async fn decide(call: &Call, book: ReturnBookId, verdict: &str) -> Result<BookView, Failure> {
    let version = one(call, book).await.head.version.to_string();
    let (verdict, reason) = (verdict.to_owned(), "请核对".to_owned());
    let form = DecideForm { book: book.to_string(), version, key: key(call), verdict, reason };
    dispatch::step::decide(call, form.check().unwrap()).await
}

async fn overview(call: &Call, number: u32) -> OverviewView {
    dispatch::overview(call, MonthForm { month: month(number) }.check().unwrap()).await.unwrap()
}

fn api<T: std::fmt::Debug>(answer: Result<T, Failure>) -> ApiError {
    answer.unwrap_err().into_api("ref")
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Failure>) -> book::Refusal {
    let answer = api(answer);
    let said = format!("{answer:?}");
    let ApiError::Refused { refusal: Refusal::Dispatch { refusal } } = answer else { panic!("{said}") };
    refusal
}

#[tokio::test]
async fn what_falls_needs_a_reason_and_the_refusal_names_project_column_and_both_values() {
    World::on_both(async |world| {
        let (weining, _, bijie) = people(world).await;
        let project = make(world, &weining, WEINING, "蔬菜大棚").await;
        let march = open(&weining, 3, WEINING).await;
        fill(&weining, march, project, "30", "").await;
        submit(&weining, march).await.unwrap();
        let april = open(&weining, 4, WEINING).await;
        let view = one(&weining, april).await;
        let (before, _) = view.projects[0].before.clone().unwrap();
        assert_eq!(before.to_string(), month(3), "what counted stands beside");
        fill(&weining, april, project, "29", "").await;
        let book::Refusal::Errors { errors: 1, first } = refused(submit(&weining, april).await) else {
            panic!("one error was expected")
        };
        assert_eq!(first[0].name, "蔬菜大棚");
        let Fault::Fallen { column, before: 30, now: Some(29), .. } = first[0].fault else {
            panic!("{first:?}")
        };
        assert_eq!(column, ProjectColumn::JobsCumulative);
        fill(&weining, april, project, "29", "上月重复计数").await;
        submit(&weining, april).await.unwrap();
        // A month that others stand on is given back last.
        let later = refused(decide(&bijie, march, "return").await);
        assert!(matches!(later, book::Refusal::LaterCounts { .. }), "{later:?}");
        decide(&bijie, april, "return").await.unwrap();
        decide(&bijie, march, "return").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_another_person_of_an_area_above_accepts_and_then_nothing_changes() {
    World::on_both(async |world| {
        let (weining, _, bijie) = people(world).await;
        world.person("gz", Role::Planner, "520000").await;
        let gz = world.call("gz").await;
        let project = make(world, &weining, WEINING, "甲").await;
        let book = open(&weining, 3, WEINING).await;
        let blank = refused(submit(&weining, book).await);
        assert!(matches!(blank, book::Refusal::Errors { errors: 1, .. }), "{blank:?}");
        fill(&bijie, book, project, "3", "").await;
        submit(&bijie, book).await.unwrap();
        assert_eq!(refused(decide(&weining, book, "accept").await), book::Refusal::NotAbove);
        assert_eq!(refused(decide(&bijie, book, "accept").await), book::Refusal::OwnHand);
        let accepted = decide(&gz, book, "accept").await.unwrap();
        assert_eq!(accepted.head.standing, Standing::Accepted);
        let line = &accepted.projects[0];
        let closed = edit(&weining, book, (project, line.version), &[("jobs_present", "4")]).await;
        assert_eq!(refused(closed), book::Refusal::Closed { standing: Standing::Accepted });
        let returned = decide(&gz, book, "return").await.unwrap();
        assert_eq!(returned.head.reason.as_deref(), Some("请核对"));
        edit(&weining, book, (project, line.version), &[("jobs_present", "4")]).await.unwrap();
        submit(&weining, book).await.unwrap();
        let raw = beside(&world.url()).await;
        for forgery in ["UPDATE return_version SET body = '{}'", "DELETE FROM return_version"] {
            assert!(raw.execute_unprepared(forgery).await.is_err(), "{forgery}");
        }
        let backend = raw.get_database_backend();
        let sql = "SELECT v.number AS number FROM return_version v JOIN audit a ON a.seq = v.seq WHERE a.object = 'return_book' AND a.object_id = v.book_id AND a.detail = 'submitted'";
        let rows = raw.query_all_raw(sea_orm::Statement::from_string(backend, sql)).await.unwrap();
        assert_eq!(rows.len(), 2, "each version stands at the act that handed it in");
        let future = OpenForm { month: "2090-01".into(), area: WEINING.into() };
        let future = dispatch::open(&weining, future.check().unwrap()).await;
        assert!(matches!(refused(future), book::Refusal::FutureMonth { .. }));
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_people_at_one_cell_is_told_both_values() {
    World::on_both(async |world| {
        let (weining, _, bijie) = people(world).await;
        let project = make(world, &weining, WEINING, "甲").await;
        let book = open(&weining, 3, WEINING).await;
        let first = edit(&weining, book, (project, 1), &[("invested", "10")]).await.unwrap();
        assert_eq!((first.saved, first.versions[0].1), (1, 2));
        let ApiError::Stale { conflicts } =
            api(edit(&bijie, book, (project, 1), &[("invested", "12")]).await)
        else {
            panic!("a conflict was expected")
        };
        let both = (conflicts[0].yours.as_deref(), conflicts[0].theirs.as_deref());
        assert_eq!(both, (Some("12000000"), Some("10000000")));
        assert_eq!(conflicts[0].field, format!("{project}.invested"));
        let cells = [("invested", "很多"), ("jobs_present", "5")];
        let mixed = edit(&bijie, book, (project, 2), &cells).await.unwrap();
        assert_eq!((mixed.saved, mixed.wrong.len()), (1, 1), "the sound cell is saved");
        let row = one(&bijie, book).await.projects[0].row.clone();
        assert_eq!(row.invested.unwrap().wan(), "10.00");
        assert_eq!(row.jobs_present, Some(5));
    })
    .await;
}

#[tokio::test]
async fn a_month_is_opened_once_and_a_county_sees_only_its_own() {
    World::on_both(async |world| {
        let (weining, zhijin, bijie) = people(world).await;
        make(world, &weining, WEINING, "甲").await;
        make(world, &zhijin, ZHIJIN, "乙").await;
        let all = OpenForm { month: month(3), area: String::new() };
        let opened = dispatch::open(&bijie, all.check().unwrap()).await.unwrap();
        assert_eq!(opened.made, 2);
        assert_eq!(dispatch::open(&bijie, all.check().unwrap()).await.unwrap().made, 0);
        let seen = overview(&weining, 3).await;
        assert_eq!(seen.lines.len(), 1);
        assert_eq!(seen.lines[0].area.as_str(), WEINING);
        let foreign = overview(&zhijin, 3).await.lines[0].book.clone().unwrap().book;
        let form = BookForm { book: foreign.to_string() };
        assert_eq!(api(dispatch::one(&weining, form.check().unwrap()).await), ApiError::NotFound);
        let form = OpenForm { month: month(3), area: ZHIJIN.into() };
        assert_eq!(api(dispatch::open(&weining, form.check().unwrap()).await), ApiError::NotFound);
        let cookie = world.cookie("weining").await;
        let page = world.get(&cookie, &format!("/dispatch/{foreign}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn sums_of_the_overview_are_those_of_the_rows_and_who_is_missing_comes_first_and_is_reminded() {
    World::on_both(async |world| {
        let (weining, zhijin, bijie) = people(world).await;
        let (one_id, two_id) =
            (make(world, &weining, WEINING, "甲").await, make(world, &weining, WEINING, "乙").await);
        make(world, &zhijin, ZHIJIN, "丙").await;
        let book = open(&weining, 3, WEINING).await;
        fill(&weining, book, one_id, "3", "").await;
        fill(&weining, book, two_id, "4", "").await;
        submit(&weining, book).await.unwrap();
        let view = overview(&bijie, 3).await;
        assert_eq!((view.lines.len(), view.handed_in), (2, 1));
        assert_eq!(view.lines[0].area.as_str(), ZHIJIN, "who is missing comes first");
        let rows = one(&bijie, book).await;
        let sums = Totals::of(rows.projects.iter().map(|line| &line.row)).unwrap();
        assert_eq!((sums.projects, sums.jobs_cumulative, sums.invested.wan().as_str()), (2, 7, "25.00"));
        assert_eq!(view.lines[1].totals, sums);
        assert_eq!(view.totals, sums, "a county without a book adds nothing");
        // Figures of a book that was given back are nobody's figures; a project that came since is missed at handing in.
        decide(&bijie, book, "return").await.unwrap();
        let view = overview(&bijie, 3).await;
        let line = view.lines.iter().find(|line| line.area.as_str() == WEINING).unwrap();
        assert_eq!((line.totals, view.totals), (sums, Totals::default()));
        // Long after that month the workbench still says so, to whom it asks for something.
        let march = async |call: &Call| {
            let shown = home::board(call, ()).await.unwrap().returns;
            shown.into_iter().find(|glance| glance.month.to_string() == month(3))
        };
        assert_eq!(march(&weining).await.map(|glance| glance.returned), Some(1));
        assert!(march(&zhijin).await.is_none());
        let late = make(world, &weining, WEINING, "丁").await;
        let blank = refused(submit(&weining, book).await);
        assert!(matches!(blank, book::Refusal::Errors { errors: 1, .. }), "{blank:?}");
        fill(&weining, book, late, "1", "").await;
        submit(&weining, book).await.unwrap();
        let all = RemindForm { month: month(3), area: String::new() };
        assert_eq!(dispatch::remind(&bijie, all.check().unwrap()).await.unwrap().areas, 1);
        let seen = overview(&zhijin, 3).await.lines[0].book.clone().unwrap();
        assert_eq!(seen.reminded.unwrap().name, "bijie");
        assert!(march(&zhijin).await.is_some_and(|glance| glance.reminded.is_some()));
        assert!(march(&weining).await.is_none(), "handed in, it waits for others");
        assert_eq!(march(&bijie).await.map(|glance| glance.to_decide), Some(1));
        let own = RemindForm { month: month(3), area: ZHIJIN.into() };
        let own = dispatch::remind(&zhijin, own.check().unwrap()).await;
        assert_eq!(refused(own), book::Refusal::NotAbove);
    })
    .await;
}

async fn stage(call: &Call, book: ReturnBookId, name: &str, bytes: Vec<u8>) -> String {
    let form = FileForm { book: book.to_string(), file_name: name.into(), bytes };
    dispatch::file::stage(call, form.check().unwrap()).await.unwrap().batch
}

async fn commit(call: &Call, batch: &str, seen: &str) -> Result<u64, Failure> {
    let form = CommitForm { batch: batch.to_owned(), key: key(call), seen: seen.to_owned() };
    Ok(dispatch::file::commit(call, form.check().unwrap()).await?.changes)
}

#[tokio::test]
async fn a_file_goes_in_as_a_whole_once_and_what_went_out_changes_nothing() {
    World::on_both(async |world| {
        let (weining, _, bijie) = people(world).await;
        let project = make(world, &weining, WEINING, "蔬菜大棚").await;
        let book = open(&weining, 3, WEINING).await;
        let preview = async |batch: &str| {
            let form = StagedForm { book: book.to_string(), batch: batch.to_owned() };
            dispatch::file::preview(&weining, form.check().unwrap()).await.unwrap().preview.unwrap()
        };
        let wrong = "项目名称,累计完成投资（元）,在岗人数\n蔬菜大棚,125000,很多\n别的项目,1,1\n";
        let batch = stage(&weining, book, "a.csv", wrong.into()).await;
        let told = preview(&batch).await;
        assert_eq!(told.errors, 2);
        let cell = told.findings.iter().find(|one| matches!(one.fault, FileFault::Value { .. })).unwrap();
        assert_eq!(cell.place.address.as_deref(), Some("C2"));
        assert!(told.findings.iter().any(|one| matches!(one.fault, FileFault::Unknown { .. })));
        let held = api(commit(&weining, &batch, &told.seen).await);
        assert_eq!(held, ApiError::Refused { refusal: Refusal::ErrorsLeft { rows: 2 } });
        assert!(one(&weining, book).await.projects[0].row.is_blank(), "nothing was written");
        let sound = "项目名称,是否开工,累计完成投资（元）,在岗人数\n蔬菜大棚,是,125000,7\n";
        let batch = stage(&weining, book, "a.csv", sound.into()).await;
        let seen = preview(&batch).await.seen;
        let version = one(&weining, book).await.projects[0].version;
        edit(&bijie, book, (project, version), &[("jobs_present", "5")]).await.unwrap();
        let stale = api(commit(&weining, &batch, &seen).await);
        assert!(matches!(stale, ApiError::Stale { .. }), "what somebody else typed meanwhile is seen first");
        assert_eq!(one(&weining, book).await.projects[0].row.jobs_present, Some(5));
        let seen = preview(&batch).await.seen;
        assert_eq!(commit(&weining, &batch, &seen).await.unwrap(), 3);
        let seen = preview(&batch).await.seen;
        assert_eq!(commit(&weining, &batch, &seen).await.unwrap(), 0, "the same file adds nothing");
        let line = one(&weining, book).await.projects[0].clone();
        assert_eq!((line.project, line.row.invested.unwrap().wan().as_str()), (project, "12.50"));
        assert_eq!(api(commit(&bijie, &batch, &seen).await), ApiError::NotFound, "a file is its owner's");
        let cookie = world.cookie("weining").await;
        let out = world.get(&cookie, &format!("/dispatch/{book}/export")).await;
        assert_eq!(out.status, StatusCode::OK, "{}", out.text());
        let batch = stage(&weining, book, "out.xlsx", out.body).await;
        let told = preview(&batch).await;
        assert_eq!((told.changes, told.errors, told.rows), (0, 0, 1), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_plain_form_saves_the_grid_and_the_page_shows_what_could_not_be_read() {
    World::on_both(async |world| {
        let (weining, ..) = people(world).await;
        let project = make(world, &weining, WEINING, "甲").await;
        let mut form = SaveSiteForm { key: key(&weining), ..SaveSiteForm::default() };
        form.values.insert("name".into(), "阳光社区".into());
        form.values.insert("area".into(), WEINING.into());
        site::save(&weining, form.check().unwrap()).await.unwrap();
        let book = open(&weining, 3, WEINING).await;
        let cookie = world.cookie("weining").await;
        let page = world.get(&cookie, &format!("/dispatch/{book}")).await;
        assert!(page.text().contains(&format!("form[projects][r{project}][invested]")));
        let sent = format!(
            "form[book]={book}&form[projects][r{project}][version]=1&form[projects][r{project}][invested]=lots&form[projects][r{project}][jobs_present]=6"
        );
        let request = tests::world::post("/api/dispatch/edit_cells")
            .header(header::COOKIE, &cookie)
            .header(header::ACCEPT, "text/html");
        let answer = world.send(request, sent).await;
        assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.text());
        let next = answer.header(header::LOCATION).unwrap();
        let page = world.get(&cookie, &next).await;
        assert!(page.text().contains("value=\"lots\""), "what was typed stands there again: {next}");
        assert_eq!(one(&weining, book).await.projects[0].row.jobs_present, Some(6));
        let sites = world.get(&cookie, &format!("/dispatch/{book}?tab=sites")).await;
        assert!(sites.text().contains("阳光社区"));
    })
    .await;
}

//! Editions of job coefficients and what came of estimates, on both databases: a second person decides, a preview is what
//! then happens, months that are over stay as they were, sums agree, and a county sees its own projects only.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod closed;
mod taught;

use closed::stood;
use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::jobs::edition::{DecideForm, DraftForm, EditDraftForm, EditionView, EditionsView, ProposeForm};
use contract::jobs::record::{AdoptForm, ComparedForm, ComparedView};
use contract::project::SaveForm;
use domain::id::ProjectId;
use domain::jobs::coefficient::Key;
use domain::jobs::comparison::Sum;
use domain::jobs::edition::{Refusal as Why, State};
use domain::jobs::quantity::Kind;
use domain::period::Month;
use domain::permission::Role;
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database, Statement};
use service::jobs::edition;
use service::jobs::record::{self, calibrate};
use service::{Call, Failure, project};
use tests::workbook::{rows, says};
use tests::world::{Answer, World};

const COUNTRY: &str = "100000";
const WEINING: &str = "520526";
const LIPING: &str = "522631";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn why<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Why {
    match outcome {
        Err(Failure::Refused(Refusal::Coefficients { refusal })) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Two planners and a leader of the whole country, a planner of each county.
async fn people(world: &World) -> (Call, Call) {
    world.person("maker", Role::Planner, COUNTRY).await;
    world.person("second", Role::Planner, COUNTRY).await;
    world.person("leader", Role::Leader, COUNTRY).await;
    world.person("weining", Role::Planner, WEINING).await;
    world.person("liping", Role::Planner, LIPING).await;
    (world.call("maker").await, world.call("second").await)
}

/// A workshop of so many 万元: 16 posts a million by what ships.
async fn workshop(call: &Call, name: &str, area: &str, wan: &str, stage: &str) -> ProjectId {
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    let values = [
        ("name", name),
        ("area", area),
        ("total", wan),
        ("category", "productive_industry"),
        ("industry", "C13"),
        ("stage", stage),
    ];
    form.values.extend(values.map(|(field, text)| (field.to_owned(), text.to_owned())));
    project::save(call, form.check().unwrap()).await.unwrap().project
}

async fn run(world: &World, text: &str) {
    let db = Database::connect(world.url()).await.unwrap();
    db.execute_unprepared(text).await.unwrap_or_else(|fault| panic!("{text}: {fault}"));
}

async fn number(world: &World, text: &str) -> i64 {
    let db = Database::connect(world.url()).await.unwrap();
    let asked = Statement::from_string(db.get_database_backend(), text);
    db.query_one_raw(asked).await.unwrap().unwrap().try_get("", "n").unwrap()
}

/// A county's book of a month.
async fn book(world: &World, area: &str, month: Month, state: &str) {
    let id = format!("book-{area}-{month}");
    run(world, &format!("INSERT INTO return_book (id, area_code, area_path, month, state, version) SELECT '{id}', code, path, '{month}', '{state}', 1 FROM area WHERE code = '{area}'")).await;
}

async fn returned(world: &World, project: ProjectId, month: Month, present: i64) {
    run(world, &format!("INSERT INTO project_return (project_id, month, area_code, area_path, jobs_present, jobs_present_relocated, version, updated_at) SELECT id, '{month}', area_code, area_path, {present}, 0, 1, 0 FROM project WHERE id = '{project}'")).await;
}

async fn paid(world: &World, project: ProjectId, source: &str, fen: i64) {
    run(world, &format!("INSERT INTO ledger_position (project_id, source, budget_year, area_code, area_path, entered_issued_fen, entered_received_fen, entered_disbursed_fen, entered_paid_fen) SELECT id, '{source}', 2026, area_code, area_path, {fen}, {fen}, {fen}, {fen} FROM project WHERE id = '{project}'")).await;
}

/// A draft in which a workshop has half as many posts.
async fn halved(call: &Call) -> EditionView {
    let first = call.today();
    let form = DraftForm {
        key: call.new_id().to_string(),
        valid_from: first.to_string(),
        reason: "实绩偏低".into(),
    };
    let number = edition::draft(call, form.check().unwrap()).await.unwrap();
    let view = edition::one(call, Some(number)).await.unwrap();
    let mut form = EditDraftForm {
        number: number.to_string(),
        version: view.line.version.to_string(),
        valid_from: first.to_string(),
        reason: "实绩偏低".into(),
        ..EditDraftForm::default()
    };
    for line in &view.lines {
        let code = line.key.code().to_owned();
        let halves = line.key == Key::WorkshopPosts;
        let [low, standard, high] = if halves {
            ["5".to_owned(), "8".to_owned(), "10".to_owned()]
        } else {
            [line.now.low, line.now.standard, line.now.high].map(|number| number.to_string())
        };
        form.low.insert(code.clone(), low);
        form.standard.insert(code.clone(), standard);
        form.high.insert(code.clone(), high);
        form.year.insert(code.clone(), line.now.price_year.map(|year| year.to_string()).unwrap_or_default());
        form.source.insert(code, line.now.source.clone());
    }
    edition::edit(call, form.check().unwrap()).await.unwrap()
}

async fn propose(call: &Call, view: &EditionView) -> Result<EditionView, Failure> {
    let form = ProposeForm { number: view.line.number.to_string(), version: view.line.version.to_string() };
    edition::propose(call, form.check().unwrap()).await
}

async fn decide(call: &Call, view: &EditionView, verdict: &str) -> Result<EditionView, Failure> {
    let form = DecideForm {
        number: view.line.number.to_string(),
        version: view.line.version.to_string(),
        verdict: verdict.into(),
        reason: "x".into(),
    };
    edition::decide(call, form.check().unwrap()).await
}

async fn compared(call: &Call, by: &str, month: Month, area: &str, source: &str) -> ComparedView {
    let form = ComparedForm {
        by: by.into(),
        month: month.to_string(),
        area: area.into(),
        source: source.into(),
        ..ComparedForm::default()
    };
    record::compared(call, form.check().unwrap()).await.unwrap()
}

fn sum(view: &ComparedView) -> Sum {
    view.lines.iter().map(|line| line.sum).sum()
}

#[tokio::test]
async fn a_second_person_decides_and_what_was_previewed_happens() {
    World::on_both(async |world| {
        let (maker, second) = people(world).await;
        workshop(&maker, "甲", WEINING, "2600", "building").await;
        workshop(&maker, "乙", LIPING, "1000", "building").await;
        let draft = halved(&maker).await;
        let changed: Vec<Key> =
            draft.lines.iter().filter(|line| line.before.is_some()).map(|line| line.key).collect();
        assert_eq!(changed, [Key::WorkshopPosts]);
        let foreign = propose(&second, &draft).await;
        assert_eq!(why(foreign), Why::NotTheMaker);
        let proposed = propose(&maker, &draft).await.unwrap();
        assert_eq!(why(decide(&maker, &proposed, "in_force").await), Why::OwnWork);
        let county = decide(&world.call("weining").await, &proposed, "in_force").await;
        assert!(matches!(county, Err(Failure::Forbidden(_))), "{county:?}");
        let preview = proposed.preview.clone().unwrap();
        assert_eq!((preview.changed, preview.projects), (2, 2));
        let kind = preview.kinds.iter().find(|change| change.kind == Kind::HEADLINE).unwrap();
        assert_eq!((kind.changed, kind.before, kind.after), (2, 576_000, 288_000));
        let in_force = decide(&second, &proposed, "in_force").await.unwrap();
        assert_eq!((in_force.line.state, in_force.line.is_current), (State::InForce, true));
        for change in &preview.kinds {
            let Kind { phase, layer, unit, population } = change.kind;
            let total = number(world, &format!("SELECT CAST(COALESCE(SUM(standard_milli), 0) AS BIGINT) AS n FROM estimate_line WHERE phase = '{}' AND layer = '{}' AND unit = '{}' AND population = '{}'", phase.code(), layer.code(), unit.code(), population.code())).await;
            assert_eq!(total, change.after, "{:?}", change.kind);
            let categories: i64 = change.categories.iter().map(|one| one.after).sum();
            assert_eq!(categories, change.after);
        }
        let late = decide(&second, &proposed, "in_force").await;
        assert!(matches!(late, Err(Failure::Stale(_))), "{late:?}");
        let again = halved(&maker).await;
        let refused = why(propose(&maker, &again).await);
        assert!(matches!(refused, Why::NothingChanged | Why::NotLater { .. }), "{refused:?}");
        let all: EditionsView =
            read(&world.get(&world.cookie("weining").await, "/api/coefficient/list").await);
        assert_eq!(all.current, in_force.line.number, "everybody sees what holds");
        assert!(all.editions.iter().all(|one| one.state == State::InForce), "and no draft from above");
    })
    .await;
}

#[tokio::test]
async fn what_is_given_back_changes_nothing_and_can_be_made_anew() {
    World::on_both(async |world| {
        let (maker, second) = people(world).await;
        workshop(&maker, "甲", WEINING, "2600", "building").await;
        let proposed = propose(&maker, &halved(&maker).await).await.unwrap();
        let back = decide(&second, &proposed, "returned").await.unwrap();
        assert_eq!((back.line.state, back.line.verdict_reason.as_deref()), (State::Returned, Some("x")));
        let total = "SELECT CAST(SUM(standard_milli) AS BIGINT) AS n FROM estimate_line WHERE unit = 'post' AND population = 'all'";
        assert_eq!(number(world, total).await, 416_000);
        assert_eq!(number(world, "SELECT COUNT(*) AS n FROM estimate_past").await, 0);
        let again = propose(&maker, &back).await.unwrap();
        assert_eq!((again.line.state, again.line.verdict_reason), (State::Proposed, None));
        let leader = decide(&world.call("leader").await, &proposed, "in_force").await;
        assert!(matches!(leader, Err(Failure::Stale(_))), "it is another version by now");
    })
    .await;
}

#[tokio::test]
async fn months_that_are_over_go_by_what_was_estimated_then() {
    World::on_both(async |world| {
        let (maker, second) = people(world).await;
        let this = Month::of(maker.today()).unwrap();
        let last = this.previous().unwrap();
        let one = workshop(&maker, "甲", WEINING, "2600", "completed").await;
        for month in [last, this] {
            book(world, WEINING, month, "submitted").await;
            returned(world, one, month, 208).await;
        }
        stood(world).await;
        let before = [
            compared(&maker, "project", last, "", "").await,
            compared(&maker, "project", this, "", "").await,
        ];
        assert_eq!(before[0].whole.unwrap().estimate.standard, 416_000);
        assert_eq!(before[0].whole.unwrap().ratio().unwrap().per_mille(), 500);
        let proposed = propose(&maker, &halved(&maker).await).await.unwrap();
        decide(&second, &proposed, "in_force").await.unwrap();
        let after = [
            compared(&maker, "project", last, "", "").await,
            compared(&maker, "project", this, "", "").await,
        ];
        assert_eq!(after[0].lines, before[0].lines, "a month that is over is not judged again");
        assert_eq!(after[1].whole.unwrap().estimate.standard, 208_000);
        assert_eq!(after[1].whole.unwrap().ratio().unwrap().per_mille(), 1_000);
    })
    .await;
}

#[tokio::test]
async fn sums_agree_and_a_county_sees_its_own() {
    World::on_both(async |world| {
        let (maker, _) = people(world).await;
        let month = Month::of(maker.today()).unwrap();
        let one = workshop(&maker, "甲", WEINING, "2600", "completed").await;
        let two = workshop(&maker, "乙", LIPING, "1000", "completed").await;
        let silent = workshop(&maker, "丙", LIPING, "500", "building").await;
        let open = workshop(&maker, "丁", WEINING, "700", "completed").await;
        for area in [WEINING, LIPING] {
            book(world, area, month, "submitted").await;
        }
        returned(world, one, month, 401).await;
        returned(world, two, month, 99).await;
        returned(world, open, month, 7).await;
        for (project, source, fen) in [(one, "CBI", 300), (one, "WFR", 100), (two, "CBI", 50), (silent, "GBG", 9)] {
            paid(world, project, source, fen).await;
        }
        let whole = compared(&maker, "project", month, "", "").await.whole.unwrap();
        assert_eq!((whole.projects, whole.reported, whole.actual), (4, 3, 507_000));
        let direct = number(world, "SELECT CAST(SUM(standard_milli) AS BIGINT) AS n FROM estimate_line WHERE phase = 'operation' AND layer = 'direct' AND unit = 'post' AND population = 'all'").await;
        assert_eq!(whole.estimate.standard, direct);
        for by in ["project", "area"] {
            let view = compared(&maker, by, month, "", "").await;
            assert_eq!((sum(&view), view.whole), (whole, Some(whole)), "{by}");
        }
        let view = compared(&maker, "source", month, "", "").await;
        let parts = sum(&view);
        assert_eq!((parts.estimate, parts.actual, parts.held, parts.came), (whole.estimate, whole.actual, whole.held, whole.came));
        let central = compared(&maker, "project", month, "", "CBI").await;
        assert_eq!(central.lines.len(), 2);
        assert_eq!(central.whole.unwrap().actual, 300_750 + 99_000, "three quarters of 401, and all of 99");
        let weining = compared(&world.call("weining").await, "project", month, "", "").await;
        assert_eq!((weining.lines.len(), weining.whole.unwrap().actual), (2, 408_000));
        let narrowed = compared(&maker, "project", month, WEINING, "").await;
        assert_eq!(narrowed.lines, weining.lines, "from above it is the same");
        let form = ComparedForm { area: LIPING.into(), ..ComparedForm::default() };
        let foreign = record::compared(&world.call("weining").await, form.check().unwrap()).await;
        assert!(matches!(foreign, Err(Failure::NotFound)), "{foreign:?}");
        run(world, "UPDATE return_book SET state = 'returned' WHERE area_code = '522631'").await;
        let fewer = compared(&maker, "project", month, "", "").await.whole.unwrap();
        assert_eq!((fewer.reported, fewer.actual), (2, 408_000), "a book that was given back does not count");
    })
    .await;
}

#[tokio::test]
async fn the_record_speaks_for_a_draft() {
    World::on_both(async |world| {
        let (maker, _) = people(world).await;
        let month = Month::of(maker.today()).unwrap();
        book(world, WEINING, month, "submitted").await;
        for (name, present) in [("甲", 12), ("乙", 14), ("丙", 16), ("丁", 10)] {
            let project = workshop(&maker, name, WEINING, "100", "completed").await;
            returned(world, project, month, present).await;
        }
        let building = workshop(&maker, "在建", WEINING, "100", "building").await;
        returned(world, building, month, 1).await;
        // A county that still fills in its book says nothing yet, whatever an area above has handed in of its own.
        book(world, LIPING, month, "filling").await;
        book(world, COUNTRY, month, "submitted").await;
        let early = workshop(&maker, "戊", LIPING, "100", "completed").await;
        returned(world, early, month, 900).await;
        let view = calibrate::record(&maker, Some(month)).await.unwrap();
        let [line] = view.lines.as_slice() else { panic!("{:?}", view.lines) };
        assert_eq!(
            (line.key, line.record.spread.count),
            (Some(Key::WorkshopPosts), 4),
            "no post is filled on a site"
        );
        assert_eq!(line.record.spread.mean.per_mille(), 813, "52 of 64");
        let [proposal] = view.proposals.as_slice() else { panic!("{:?}", view.proposals) };
        assert_eq!((proposal.key, proposal.next.standard.to_string().as_str()), (Key::WorkshopPosts, "13"));
        let form = AdoptForm {
            key: "key-adopt-0001".into(),
            month: month.to_string(),
            valid_from: maker.today().to_string(),
            reason: "本地实绩".into(),
        };
        let number = calibrate::adopt(&maker, form.check().unwrap()).await.unwrap();
        let again = calibrate::adopt(&maker, form.check().unwrap()).await.unwrap();
        assert_eq!(number, again, "one key makes one draft");
        let draft = edition::one(&maker, Some(number)).await.unwrap();
        let changed: Vec<_> = draft.lines.iter().filter(|line| line.before.is_some()).collect();
        assert_eq!(changed.len(), 1);
        assert_eq!((changed[0].key, changed[0].now.source.as_str()), (Key::WorkshopPosts, "本地实绩"));
        let county = calibrate::adopt(&world.call("weining").await, form.check().unwrap()).await;
        assert!(matches!(county, Err(Failure::Forbidden(_))), "{county:?}");
    })
    .await;
}

#[tokio::test]
async fn pages_show_what_the_doors_say_in_both_languages_and_the_table_goes_out() {
    World::on_both(async |world| {
        let (maker, _) = people(world).await;
        let month = Month::of(maker.today()).unwrap();
        let one = workshop(&maker, "甲车间", WEINING, "2600", "completed").await;
        book(world, WEINING, month, "submitted").await;
        returned(world, one, month, 401).await;
        let draft = halved(&maker).await;
        let cookie = world.cookie("maker").await;
        for (language, words) in
            [("zh-CN", ["测算与实绩", "影响预览"]), ("en", ["Estimates and actuals", "What it would change"])]
        {
            let page = async |path: String| {
                let request = http::Request::get(path)
                    .header(http::header::COOKIE, &cookie)
                    .header(http::header::ACCEPT_LANGUAGE, language);
                let answer = world.send(request, axum::body::Body::empty()).await;
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
                answer.text()
            };
            let table = page("/jobs".to_owned()).await;
            assert!(
                table.contains(words[0]) && table.contains("甲车间") && table.contains("96.4%"),
                "{language}"
            );
            let edition = page(format!("/coefficients/{}", draft.line.number)).await;
            assert!(edition.contains(words[1]) && edition.contains("data-changed=\"1\""), "{language}");
            for path in [
                "/coefficients",
                "/coefficients/0",
                "/jobs/record",
                "/jobs?by=source",
                "/jobs?by=area",
                "/jobs?by=year",
            ] {
                page(path.to_owned()).await;
            }
        }
        let sheet = rows(&world.get(&cookie, "/jobs/export").await.body);
        assert!(says(&sheet, "甲车间") && says(&sheet, "401"), "{sheet:?}");
        // A plain form that is refused keeps what was typed.
        let form = format!("form[key]=key-draft-0001&form[valid_from]={}&form[reason]=", maker.today());
        let request = tests::world::post("/api/coefficient/draft")
            .header(http::header::COOKIE, &cookie)
            .header(http::header::ACCEPT, "text/html");
        let back = world.send(request, form).await.header(http::header::LOCATION).unwrap();
        let page = world.get(&cookie, &back).await.text();
        assert!(page.contains(&format!("value=\"{}\"", maker.today())), "{back}");
        let answer = world.post(&cookie, "/api/coefficient/draft", "form[key]=key-draft-0002").await;
        let error: ApiError = serde_json::from_slice(&answer.body).unwrap();
        assert!(matches!(error, ApiError::Invalid { .. }), "{error:?}");
    })
    .await;
}

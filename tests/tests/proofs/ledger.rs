//! The ledger of funds as use cases, on both databases: a book of the province comes in to the fen, is approved by a second
//! person, adds nothing when it comes again, and goes out again without a trace in any sum.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::ledger::batch::{BatchState, LineFault};
use contract::ledger::command::{
    BatchQuery, BatchStep, CloseMonth, Decide, EntryQuery, LedgerFile, LedgerQuery, Reopen, Verdict,
};
use contract::ledger::form::PostEntryForm;
use contract::ledger::{RequestView, Sums};
use contract::project::SaveForm;
use domain::id::ProjectId;
use domain::ledger::{Refusal as No, Stage};
use domain::money::{Money, Unit};
use domain::period::Month;
use domain::permission::Role;
use domain::source::Source;
use sea_orm::{ConnectionTrait, Database};
use service::demo::add_sites;
use service::import::{Choices, Committed, commit};
use service::ledger::{import, month, request};
use service::{Call, Failure, ledger, project};
use sheet::limits::Limits;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;
use tests::world::{Kind, World};

const PROVINCE: &str = "520000";
const WEINING: &str = "520526";

/// A form of the folder; `None`, said on the standard error, when this machine does not have it.
pub fn form(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/forms")).join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: the forms are not beside the repository");
    None
}

pub fn book() -> Option<LedgerFile> {
    let file_name = "资金台账_2026.xlsx";
    let bytes = std::fs::read(form(file_name)?).unwrap();
    Some(LedgerFile { key: String::new(), file_name: file_name.into(), bytes })
}

/// Treasurer and reviewer of the province, after its lists are in.
pub async fn province(world: &World) -> Option<(Call, Call)> {
    let read = |name: &str| Some(sheet::read::read_all(&form(name)?, name, &[], &Limits::default()).unwrap());
    let (lists, sites) = (read("三张清单_全省.xlsx")?, read("安置点台账.xlsx")?);
    for (login, role) in [("gz", Role::Planner), ("cw", Role::Treasurer), ("sh", Role::Reviewer)] {
        world.person(login, role, PROVINCE).await;
    }
    let planner = world.call("gz").await;
    add_sites(&planner, &sites).await.unwrap();
    let done = commit(&planner, lists, Choices::default(), "one".into()).await.unwrap();
    assert!(matches!(done, Committed::Done { .. }));
    Some((world.call("cw").await, world.call("sh").await))
}

pub fn step(call: &Call, batch: &contract::ledger::batch::BatchView, reason: &str) -> BatchStep {
    let key = call.new_id().to_string();
    BatchStep { batch: batch.batch, version: batch.version, key, reason: reason.into() }
}

async fn totals(call: &Call) -> Sums {
    ledger::totals(call, LedgerQuery::default()).await.unwrap().totals
}

async fn verified(call: &Call) {
    let report = store::verify::verify(&*call.read().await.unwrap()).await.unwrap();
    assert_eq!(report.first_breach(), None);
}

fn api<T: std::fmt::Debug>(answer: Result<T, Failure>) -> ApiError {
    answer.unwrap_err().into_api("ref")
}

fn says(answer: ApiError, no: &No) -> bool {
    matches!(answer, ApiError::Refused { refusal: Refusal::Ledger { refusal } } if refusal == *no)
}

#[tokio::test]
async fn the_provinces_book_comes_in_to_the_fen_and_goes_out_again() {
    let Some(file) = book() else { return };
    let text = std::fs::read_to_string(form("expected.json").unwrap()).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    let want = &expected["ledger"];
    World::on_both(async |world| {
        let Some((treasurer, reviewer)) = province(world).await else { return };
        let preview = import::preview(&treasurer, file.clone()).await.unwrap();
        assert_eq!(u64::from(preview.counts.notices), want["notices"].as_u64().unwrap());
        assert_eq!(u64::from(preview.counts.movements), want["movements"].as_u64().unwrap());
        assert_eq!((preview.counts.new, preview.counts.known, preview.counts.faulty), (2912, 0, 0));
        let broken =
            preview.findings.iter().filter(|finding| matches!(finding.fault, LineFault::OutOfOrder { .. }));
        assert_eq!(broken.count(), 22);
        assert!(preview.findings.iter().all(|finding| finding.place.address.is_some()));
        let begin = Instant::now();
        let staged = import::stage(&treasurer, LedgerFile { key: "import-0001".into(), ..file.clone() })
            .await
            .unwrap();
        assert_eq!(totals(&treasurer).await, Sums::default(), "what waits moves nothing");
        let own = import::approve(&treasurer, step(&treasurer, &staged, "")).await;
        assert!(matches!(api(own), ApiError::Forbidden { .. }));
        let approve = step(&reviewer, &staged, "");
        let done = import::approve(&reviewer, approve.clone()).await.unwrap();
        eprintln!("{:?}: 2,912 lines in {:?}", world.kind, begin.elapsed());
        assert_eq!((done.state, done.counts.new), (BatchState::Approved, 2912));
        let again = import::approve(&reviewer, approve).await.unwrap();
        assert_eq!(again.version, done.version, "one key approves once");
        let sums = totals(&reviewer).await;
        for (name, stage) in [
            ("下达", Stage::Issued),
            ("到位", Stage::Received),
            ("拨付", Stage::Disbursed),
            ("支付", Stage::Paid),
        ] {
            let amount = Money::parse(want["totals"][name].as_str().unwrap(), Unit::Wan).unwrap();
            assert_eq!(sums.entered.get(stage).fen(), amount.fen(), "{name}");
        }
        let view = ledger::inverted(&reviewer, LedgerQuery::default()).await.unwrap();
        let found: BTreeSet<(String, Source)> =
            view.pairs.iter().map(|pair| (pair.project.code.clone().unwrap(), pair.source)).collect();
        let pairs = want["paid_more_than_disbursed"].as_array().unwrap();
        let listed: BTreeSet<(String, Source)> = pairs
            .iter()
            .map(|pair| (pair[0].as_str().unwrap().into(), Source::find(pair[1].as_str().unwrap()).unwrap()))
            .collect();
        assert_eq!((found.len(), &found), (22, &listed));
        verified(&reviewer).await;

        let page = ledger::entries(&reviewer, LedgerQuery::default()).await.unwrap();
        assert_eq!((page.known_at, page.entries.len()), (2912, 50));
        assert!(page.next.is_some() && page.entries.iter().all(|entry| entry.origin.is_some()));
        let notices = service::fund::notices(&reviewer, ()).await.unwrap();
        assert!(notices.rows.len() >= 88 && notices.rows.iter().all(|line| line.left.is_zero()));

        let repeated = import::stage(&treasurer, LedgerFile { key: "import-0002".into(), ..file.clone() })
            .await
            .unwrap();
        assert_eq!((repeated.counts.new, repeated.counts.known), (0, 2912));
        import::approve(&reviewer, step(&reviewer, &repeated, "")).await.unwrap();
        assert_eq!(totals(&reviewer).await, sums, "the same file adds nothing");

        let undo = import::undo(&treasurer, step(&treasurer, &done, "导入错误")).await.unwrap();
        let undone = import::approve(&reviewer, step(&reviewer, &undo, "")).await.unwrap();
        assert_eq!(undone.counts.new, 2912);
        assert_eq!(totals(&reviewer).await, Sums::default());
        let positions = ledger::positions(&reviewer, LedgerQuery::default()).await.unwrap();
        assert!(positions.rows.is_empty());
        let first = import::one(&reviewer, BatchQuery { batch: done.batch }).await.unwrap();
        assert_eq!(first.state, BatchState::Undone);
        let known = LedgerQuery { known_at: Some(2912), ..LedgerQuery::default() };
        assert_eq!(ledger::totals(&reviewer, known).await.unwrap().totals, sums, "as known before the undo");
        verified(&reviewer).await;
        let third = import::preview(&treasurer, file.clone()).await.unwrap();
        assert_eq!((third.counts.new, third.counts.known), (2912, 0), "what was undone may come again");
    })
    .await;
}

#[tokio::test]
async fn a_county_sees_its_own_money_only_and_verify_names_a_forged_position() {
    let Some(file) = book() else { return };
    World::on_both(async |world| {
        let Some((treasurer, reviewer)) = province(world).await else { return };
        world.person("wn", Role::Treasurer, WEINING).await;
        let weining = world.call("wn").await;
        let staged = import::stage(&treasurer, LedgerFile { key: "import-0001".into(), ..file.clone() })
            .await
            .unwrap();
        import::approve(&reviewer, step(&reviewer, &staged, "")).await.unwrap();
        let mut query = LedgerQuery::default();
        let (mut sum, mut mine) = (0, 0);
        loop {
            let page = ledger::entries(&weining, query.clone()).await.unwrap();
            for entry in &page.entries {
                assert_eq!(entry.project.area.as_str(), WEINING);
                sum += entry.effect.fen();
                mine += 1;
            }
            match page.next {
                Some(next) => query.page = Some(next),
                None => break,
            }
        }
        let own = totals(&weining).await;
        let all: i64 = Stage::ALL.iter().map(|stage| own.entered.get(*stage).fen()).sum();
        assert_eq!((all, mine > 0), (sum, true), "the sums are those of what is listed");
        let area = domain::area::AreaCode::new(WEINING);
        let seen = LedgerQuery { area, ..LedgerQuery::default() };
        assert_eq!(ledger::totals(&reviewer, seen).await.unwrap().totals, own);
        let batch = BatchQuery { batch: staged.batch };
        assert!(matches!(api(import::one(&weining, batch).await), ApiError::NotFound));
        let page = ledger::entries(&reviewer, LedgerQuery::default()).await.unwrap();
        let foreign = page.entries.iter().find(|entry| entry.project.area.as_str() != WEINING).unwrap();
        let foreign = EntryQuery { entry: foreign.entry };
        assert!(matches!(api(ledger::one(&weining, foreign).await), ApiError::NotFound));
        let unknown = import::preview(&weining, file.clone()).await.unwrap();
        assert!(unknown.counts.faulty > 0, "projects of other counties are unknown here");
        assert_eq!(unknown.counts.known, u32::try_from(mine).unwrap());

        verified(&reviewer).await;
        let place = forge(world).await;
        let report = store::verify::verify(&*reviewer.read().await.unwrap()).await.unwrap();
        let breach = report.first_breach().unwrap();
        assert_eq!((breach.check, breach.place.as_str()), ("ledger_position", place.as_str()));
    })
    .await;
}

/// Adds a fen to a position behind the program's back; its place.
async fn forge(world: &World) -> String {
    let file = format!("sqlite://{}", world.folder().join("houfu.db").display());
    let url = world.state.config.database.clone().unwrap_or(file);
    let raw = Database::connect(url.as_str()).await.unwrap();
    let backend = raw.get_database_backend();
    let first = "SELECT project_id || ' ' || source || ' ' || CAST(budget_year AS TEXT) AS place FROM ledger_position ORDER BY 1 LIMIT 1";
    let row = raw.query_one_raw(sea_orm::Statement::from_string(backend, first)).await.unwrap().unwrap();
    let place: String = row.try_get("", "place").unwrap();
    let forged = format!(
        "UPDATE ledger_position SET entered_issued_fen = entered_issued_fen + 1 WHERE project_id || ' ' || source || ' ' || CAST(budget_year AS TEXT) = '{place}'"
    );
    raw.execute_unprepared(&forged).await.unwrap();
    let entry = raw.execute_unprepared("UPDATE ledger_entry SET fen = fen + 1").await;
    assert!(
        entry.is_err() || world.kind == Kind::Sqlite && count(&raw).await == 0,
        "entries are append only"
    );
    raw.close().await.unwrap();
    place
}

async fn count(raw: &sea_orm::DatabaseConnection) -> i64 {
    let none = "SELECT COUNT(*) AS n FROM ledger_entry";
    let row = raw.query_one_raw(sea_orm::Statement::from_string(raw.get_database_backend(), none)).await;
    row.unwrap().unwrap().try_get("", "n").unwrap()
}

/// A county with two reviewers and one project.
async fn desk(world: &World) -> (Call, Call, Call, ProjectId) {
    for (login, role) in
        [("gh", Role::Planner), ("cw", Role::Treasurer), ("sh1", Role::Reviewer), ("sh2", Role::Reviewer)]
    {
        world.person(login, role, WEINING).await;
    }
    let planner = world.call("gh").await;
    let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
    for (key, text) in [("name", "车间"), ("area", WEINING), ("total", "100")] {
        form.values.insert(key.into(), text.into());
    }
    let project = project::save(&planner, form.check().unwrap()).await.unwrap().project;
    (world.call("cw").await, world.call("sh1").await, world.call("sh2").await, project)
}

fn posting(call: &Call, project: ProjectId, kind: &str, amount: &str, date: &str) -> PostEntryForm {
    PostEntryForm {
        key: call.new_id().to_string(),
        kind: kind.into(),
        project: project.to_string(),
        source: "GBG".into(),
        year: "2026".into(),
        amount: amount.into(),
        date: date.into(),
        document: "黔财〔2026〕1号".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    }
}

async fn post(call: &Call, form: &PostEntryForm) -> RequestView {
    request::post(call, form.check().unwrap()).await.unwrap()
}

fn verdict(call: &Call, view: &RequestView, verdict: Verdict) -> Decide {
    Decide { request: view.request, version: view.version, key: call.new_id().to_string(), verdict }
}

fn approve(call: &Call, view: &RequestView) -> Decide {
    verdict(call, view, Verdict::Approve { exception: None })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_disbursements_at_once_one_passes() {
    World::on_both(async |world| {
        let (treasurer, one, two, project) = desk(world).await;
        for kind in ["issue", "receive"] {
            let view = post(&treasurer, &posting(&treasurer, project, kind, "100", "2025-03-02")).await;
            request::decide(&one, approve(&one, &view)).await.unwrap();
        }
        for round in 0..10 {
            let form = posting(&treasurer, project, "disburse", "60", "2025-03-03");
            let (left, right) = (post(&treasurer, &form).await, {
                let form = PostEntryForm { key: treasurer.new_id().to_string(), ..form };
                post(&treasurer, &form).await
            });
            let (a, b) = tokio::join!(
                request::decide(&one, approve(&one, &left)),
                request::decide(&two, approve(&two, &right))
            );
            let passed: Vec<_> = [&a, &b].into_iter().filter_map(|answer| answer.as_ref().ok()).collect();
            assert_eq!(passed.len(), 1, "round {round}: {a:?} {b:?}");
            let entry = passed[0].entries[0];
            let lost = [a, b].into_iter().find(Result::is_err).unwrap();
            assert!(matches!(
                api(lost),
                ApiError::Refused { refusal: Refusal::Ledger { refusal: No::OutOfOrder { .. } } }
            ));
            // Taken back, so that the next round begins where this one did.
            let back = PostEntryForm {
                key: treasurer.new_id().to_string(),
                kind: "reverse".into(),
                entry: entry.to_string(),
                date: "2025-03-04".into(),
                memo: "再来一次".into(),
                submit: "1".into(),
                ..PostEntryForm::default()
            };
            let view = post(&treasurer, &back).await;
            request::decide(&one, approve(&one, &view)).await.unwrap();
            let again = PostEntryForm { key: treasurer.new_id().to_string(), ..back };
            let view = post(&treasurer, &again).await;
            let twice = request::decide(&one, approve(&one, &view)).await;
            assert!(matches!(
                api(twice),
                ApiError::Refused { refusal: Refusal::Ledger { refusal: No::AlreadyReversed { .. } } }
            ));
        }
        verified(&one).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_approves_his_own_and_a_returned_request_is_edited() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        let form = posting(&treasurer, project, "issue", "100", "2025-03-02");
        let view = post(&treasurer, &form).await;
        assert!(view.own && view.obstacle.is_none());
        let own = request::decide(&treasurer, approve(&treasurer, &view)).await;
        assert!(matches!(api(own), ApiError::Forbidden { .. }));
        let repeated = post(&treasurer, &form).await;
        assert_eq!(
            (repeated.request, repeated.version),
            (view.request, view.version),
            "one key, one request"
        );
        let other = PostEntryForm { amount: "99".into(), ..form.clone() };
        let reused = request::post(&treasurer, other.check().unwrap()).await;
        assert!(matches!(api(reused), ApiError::Refused { refusal: Refusal::KeyReused }));
        let back = verdict(&reviewer, &view, Verdict::Return { reason: "文号不全".into() });
        let view = request::decide(&reviewer, back).await.unwrap();
        let edited = PostEntryForm {
            key: treasurer.new_id().to_string(),
            request: view.request.to_string(),
            version: view.version.to_string(),
            amount: "80".into(),
            ..form
        };
        let view = post(&treasurer, &edited).await;
        let stale = Decide { version: view.version - 1, ..approve(&reviewer, &view) };
        assert!(matches!(api(request::decide(&reviewer, stale).await), ApiError::Stale { .. }));
        let view = request::decide(&reviewer, approve(&reviewer, &view)).await.unwrap();
        assert_eq!(view.entries.len(), 1);
        assert_eq!(totals(&reviewer).await.entered.issued.fen(), 80_000_000);
        // More than was received needs somebody who answers for it.
        let early = post(&treasurer, &posting(&treasurer, project, "pay", "5", "2025-03-05")).await;
        assert_eq!(early.breaches.len(), 1);
        let refused = request::decide(&reviewer, approve(&reviewer, &early)).await;
        assert!(matches!(
            api(refused),
            ApiError::Refused { refusal: Refusal::Ledger { refusal: No::OutOfOrder { .. } } }
        ));
        let exception = Verdict::Approve { exception: Some("垫付".into()) };
        let done = request::decide(&reviewer, verdict(&reviewer, &early, exception)).await.unwrap();
        let entry = ledger::one(&reviewer, EntryQuery { entry: done.entries[0] }).await.unwrap();
        assert_eq!(entry.exception.unwrap().reason, "垫付");
        verified(&reviewer).await;
    })
    .await;
}

#[tokio::test]
async fn months_close_in_order_and_open_by_two() {
    World::on_both(async |world| {
        let (treasurer, one, two, project) = desk(world).await;
        let enter = async |date: &str| {
            let view = post(&treasurer, &posting(&treasurer, project, "issue", "1", date)).await;
            request::decide(&one, approve(&one, &view)).await.unwrap().entries[0]
        };
        enter("2025-01-05").await;
        let at = |text: &str| Month::parse(text).unwrap();
        let close = |month: Month| CloseMonth { month, key: one.new_id().to_string() };
        let early = month::close(&one, close(at("2025-02"))).await;
        assert!(says(api(early), &No::MonthNotNext { asked: at("2025-02"), next: at("2025-01") }));
        let view = month::close(&one, close(at("2025-01"))).await.unwrap();
        assert_eq!(view.next, Some(at("2025-02")));
        let late = enter("2025-01-06").await;
        let late = ledger::one(&one, EntryQuery { entry: late }).await.unwrap();
        assert_eq!((late.month, late.late_for), (at("2025-02"), Some(at("2025-01"))));
        let ask = Reopen::Ask { month: at("2025-01"), reason: "漏记".into(), key: "reopen-1".into() };
        let view = month::reopen(&one, ask).await.unwrap();
        let reopening = view.reopenings[0].reopening;
        let own = month::reopen(&one, Reopen::Grant { reopening, key: "reopen-2".into() }).await;
        assert!(says(api(own), &No::OwnEntry));
        month::reopen(&two, Reopen::Grant { reopening, key: "reopen-3".into() }).await.unwrap();
        let entry = enter("2025-01-07").await;
        let entry = ledger::one(&one, EntryQuery { entry }).await.unwrap();
        assert_eq!((entry.month, entry.late_for), (at("2025-01"), None));
        verified(&one).await;
    })
    .await;
}

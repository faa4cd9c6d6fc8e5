//! A book of the province comes in to the fen, is approved by a second person, adds nothing when it comes again, and goes
//! out again without a trace in any sum.

use super::{WEINING, api, totals, verified};
use contract::error::{ApiError, Refusal};
use contract::fund::command::NoticesQuery;
use contract::ledger::Sums;
use contract::ledger::batch::{BatchState, LineFault, LineFinding};
use contract::ledger::command::{BatchQuery, BatchStep, EntryQuery, LedgerFile, LedgerQuery};
use domain::finding::Severity;
use domain::id::ChangeSetId;
use domain::ledger::Stage;
use domain::money::{Money, Unit};
use domain::period::FiscalYear;
use domain::permission::Role;
use domain::source::Source;
use sea_orm::{ConnectionTrait, Database};
use service::demo::add_sites;
use service::import::undo as import_undo;
use service::import::{Choices, Committed, commit};
use service::ledger::import;
use service::{Call, ledger};
use sheet::limits::Limits;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;
use tests::world::{Kind, World};

const PROVINCE: &str = "520000";

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
pub async fn province(world: &World) -> Option<(Call, Call, ChangeSetId)> {
    let read = |name: &str| Some(sheet::read::read_all(&form(name)?, name, &[], &Limits::default()).unwrap());
    let (lists, sites) = (read("三张清单_全省.xlsx")?, read("安置点台账.xlsx")?);
    for (login, role) in [("gz", Role::Planner), ("cw", Role::Treasurer), ("sh", Role::Reviewer)] {
        world.person(login, role, PROVINCE).await;
    }
    let planner = world.call("gz").await;
    add_sites(&planner, &sites).await.unwrap();
    let done = commit(&planner, lists, Choices::default(), "one".into()).await.unwrap();
    let Committed::Done { set: Some(set), .. } = done else { panic!("held: {done:?}") };
    Some((world.call("cw").await, world.call("sh").await, set))
}

pub fn step(call: &Call, batch: &contract::ledger::batch::BatchView, reason: &str) -> BatchStep {
    let key = call.new_id().to_string();
    BatchStep { batch: batch.batch, version: batch.version, key, reason: reason.into() }
}

#[tokio::test]
async fn the_provinces_book_comes_in_to_the_fen_and_goes_out_again() {
    let Some(file) = book() else { return };
    let text = std::fs::read_to_string(form("expected.json").unwrap()).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    let want = &expected["ledger"];
    World::on_both(async |world| {
        let Some((treasurer, reviewer, set)) = province(world).await else { return };
        let preview = import::preview(&treasurer, file.clone()).await.unwrap();
        assert_eq!(u64::from(preview.counts.notices), want["notices"].as_u64().unwrap());
        assert_eq!(u64::from(preview.counts.movements), want["movements"].as_u64().unwrap());
        assert_eq!((preview.counts.new, preview.counts.known, preview.counts.faulty), (2912, 0, 0));
        let broken =
            preview.findings.iter().filter(|finding| matches!(finding.fault, LineFault::OutOfOrder { .. }));
        assert_eq!(broken.count(), 22);
        assert!(preview.findings.iter().all(|finding| finding.place.address.is_some()));
        assert!(preview.findings.iter().all(|finding| finding.severity != Severity::Error));
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
        let sums = stands_to_the_fen(&reviewer, want).await;

        let page = ledger::entries(&reviewer, LedgerQuery::default()).await.unwrap();
        assert_eq!((page.known_at, page.entries.len()), (2912, 50));
        assert!(page.next.is_some() && page.entries.iter().all(|entry| entry.origin.is_some()));
        let notices = service::fund::notices(&reviewer, NoticesQuery::default()).await.unwrap();
        assert!(notices.rows.len() >= 88 && notices.rows.iter().all(|line| line.left.is_zero()));

        // The projects that the ledger speaks of cannot be taken back any more.
        let planner = world.call("gz").await;
        let lists = import_undo::set(&planner, set, FiscalYear::new(2026).unwrap()).await;
        assert!(matches!(api(lists), ApiError::Refused { refusal: Refusal::MoneyStands { .. } }));

        adds_nothing_twice_and_goes_out(&treasurer, &reviewer, &file, &done, sums).await;
    })
    .await;
}

/// The four totals and the 22 pairs, as the folder of forms says them.
async fn stands_to_the_fen(reviewer: &Call, want: &serde_json::Value) -> Sums {
    let sums = totals(reviewer).await;
    for (name, stage) in [
        ("下达", Stage::Issued),
        ("到位", Stage::Received),
        ("拨付", Stage::Disbursed),
        ("支付", Stage::Paid),
    ] {
        let amount = Money::parse(want["totals"][name].as_str().unwrap(), Unit::Wan).unwrap();
        assert_eq!(sums.entered.get(stage).fen(), amount.fen(), "{name}");
    }
    let view = ledger::inverted(reviewer, LedgerQuery::default()).await.unwrap();
    let found: BTreeSet<(String, Source)> =
        view.pairs.iter().map(|pair| (pair.project.code.clone().unwrap(), pair.source)).collect();
    let pairs = want["paid_more_than_disbursed"].as_array().unwrap();
    let listed: BTreeSet<(String, Source)> = pairs
        .iter()
        .map(|pair| (pair[0].as_str().unwrap().into(), Source::find(pair[1].as_str().unwrap()).unwrap()))
        .collect();
    assert_eq!((found.len(), &found), (22, &listed));
    verified(reviewer).await;
    sums
}

/// The same file once more, then its reversals, then what was known before them.
async fn adds_nothing_twice_and_goes_out(
    treasurer: &Call,
    reviewer: &Call,
    file: &LedgerFile,
    done: &contract::ledger::batch::BatchView,
    sums: Sums,
) {
    let repeated =
        import::stage(treasurer, LedgerFile { key: "import-0002".into(), ..file.clone() }).await.unwrap();
    assert_eq!((repeated.counts.new, repeated.counts.known), (0, 2912));
    import::approve(reviewer, step(reviewer, &repeated, "")).await.unwrap();
    assert_eq!(totals(reviewer).await, sums, "the same file adds nothing");

    let undo = import::undo(treasurer, step(treasurer, done, "导入错误")).await.unwrap();
    let undone = import::approve(reviewer, step(reviewer, &undo, "")).await.unwrap();
    assert_eq!(undone.counts.new, 2912);
    assert_eq!(totals(reviewer).await, Sums::default());
    let positions = ledger::positions(reviewer, LedgerQuery::default()).await.unwrap();
    assert!(positions.rows.is_empty());
    let first = import::one(reviewer, BatchQuery { batch: done.batch }).await.unwrap();
    assert_eq!(first.state, BatchState::Undone);
    let known = LedgerQuery { known_at: Some(2912), ..LedgerQuery::default() };
    assert_eq!(ledger::totals(reviewer, known).await.unwrap().totals, sums, "as known before the undo");
    verified(reviewer).await;
    let third = import::preview(treasurer, file.clone()).await.unwrap();
    assert_eq!((third.counts.new, third.counts.known), (2912, 0), "what was undone may come again");
}

#[tokio::test]
async fn a_county_sees_its_own_money_only_and_verify_names_a_forged_position() {
    let Some(file) = book() else { return };
    World::on_both(async |world| {
        let Some((treasurer, reviewer, _)) = province(world).await else { return };
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
        let area = Some(WEINING.to_owned());
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
        let report = store::verify::verify(&reviewer.read().await.unwrap()).await.unwrap();
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

#[tokio::test]
async fn a_file_without_a_sheet_to_read_is_refused_with_its_cure() {
    World::on_both(async |world| {
        world.person("cw", Role::Treasurer, WEINING).await;
        let treasurer = world.call("cw").await;
        let bytes = "项目名称,金额\n车间,1\n".as_bytes().to_vec();
        let file = LedgerFile { key: "no-sheet-1".into(), file_name: "空.csv".into(), bytes };
        let refused = api(import::stage(&treasurer, file).await);
        let ApiError::Refused { refusal: Refusal::NoLedgerSheet { sheets } } = &refused else {
            panic!("{refused:?}")
        };
        assert_eq!(sheets.len(), 1);
        let sentence = words::explain::api_error(words::Locale::zh_CN, &refused);
        assert!(sentence.contains("资金来源") && sentence.contains("日期"), "{sentence}");
        assert!(import::batches(&treasurer, ()).await.unwrap().rows.is_empty(), "nothing is staged");
    })
    .await;
}

#[tokio::test]
async fn a_line_dated_ahead_stays_out_and_a_name_that_its_code_denies_is_told() {
    World::on_both(async |world| {
        let Some((treasurer, ..)) = province(world).await else { return };
        let ahead = treasurer.today() + chrono::Duration::days(1);
        let text = format!(
            "下达文号,日期,资金来源,预算年度,县（市、区）,项目名称,项目代码,金额（万元）\n\
             文1,{ahead},一般债券,2026,正安县,正安新桥标准厂房（续建）,2405-520324-04-01-003925,1\n\
             文1,2026-01-05,一般债券,2026,正安县,正安新桥标准厂房(续建),2405-520324-04-01-003925,1\n\
             文1,2026-01-05,一般债券,2026,普安县,别的项目,2405-520324-04-01-003925,2\n"
        );
        let file =
            LedgerFile { key: String::new(), file_name: "下达.csv".into(), bytes: text.into_bytes() };
        let preview = import::preview(&treasurer, file).await.unwrap();
        assert_eq!((preview.counts.notices, preview.counts.new, preview.counts.faulty), (3, 2, 1));
        let told = |finding: &LineFinding| {
            let is_told =
                matches!(finding.fault, LineFault::InFuture { .. } | LineFault::DiffersFromCode { .. });
            is_told.then(|| (finding.severity, finding.place.address.clone().unwrap()))
        };
        let told: Vec<_> = preview.findings.iter().filter_map(told).collect();
        let want = [(Severity::Error, "B2"), (Severity::Warning, "F4"), (Severity::Warning, "E4")];
        assert_eq!(told, want.map(|(severity, cell)| (severity, cell.to_owned())));
    })
    .await;
}

//! Fund notices as use cases, on both databases: registered, split, approved; what does not fit is refused with what is left;
//! rules of the source name their clause; another county's notice does not exist.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod edition;
mod export;
mod page;
mod split;

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::fund::NoticeView;
use contract::fund::command::{
    DecideSplit, NoticeQuery, NoticesQuery, RegisterNotice, SaveSplit, SourcesQuery, SplitVerdict,
};
use contract::fund::form::{NoticeForm, ShareForm, SplitForm};
use contract::ledger::command::LedgerQuery;
use contract::project::SaveForm;
use domain::fund::Refusal as No;
use domain::id::ProjectId;
use domain::ledger::Stage;
use domain::money::{Money, Unit};
use domain::period::FiscalYear;
use domain::permission::Role;
use domain::source::Source;
use http::StatusCode;
use service::{Call, Failure, fund, ledger, project};
use tests::world::World;

const CITY: &str = "520500";
const WEINING: &str = "520526";
const DAFANG: &str = "520521";

/// People of a city, and projects in two of its counties.
struct Desk {
    treasurer: Call,
    reviewer: Call,
    /// two in Weining, one in Dafang
    projects: Vec<ProjectId>,
}

async fn desk(world: &World) -> Desk {
    for (login, role) in
        [("gh", Role::Planner), ("cw", Role::Treasurer), ("sh", Role::Reviewer), ("sh2", Role::Reviewer)]
    {
        world.person(login, role, CITY).await;
    }
    let planner = world.call("gh").await;
    let mut projects = Vec::new();
    for (name, area, category) in
        [("车间", WEINING, "产业-生产性"), ("社区中心", WEINING, "公共服务"), ("大棚", DAFANG, "产业-生产性")]
    {
        let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
        let values = [("name", name), ("area", area), ("total", "100"), ("category", category)];
        form.values.extend(values.map(|(key, text)| (key.to_owned(), text.to_owned())));
        projects.push(project::save(&planner, form.check().unwrap()).await.unwrap().project);
    }
    Desk { treasurer: world.call("cw").await, reviewer: world.call("sh").await, projects }
}

fn notice_form(call: &Call, document: &str, source: &str, amount: &str) -> NoticeForm {
    NoticeForm {
        key: call.new_id().to_string(),
        document: document.into(),
        date: "2026-03-02".into(),
        source: source.into(),
        year: "2026".into(),
        amount: amount.into(),
        ..NoticeForm::default()
    }
}

async fn register(call: &Call, document: &str, source: &str, amount: &str) -> NoticeView {
    let form = notice_form(call, document, source, amount);
    fund::register(call, form.check().unwrap()).await.unwrap()
}

/// A split of the notice as it is seen; `values` are (project, value, use).
fn split(call: &Call, view: &NoticeView, values: &[(ProjectId, &str, &str)], submit: bool) -> SplitForm {
    let share = |(project, value, usage): &(ProjectId, &str, &str)| ShareForm {
        project: project.to_string(),
        value: (*value).into(),
        usage: (*usage).into(),
        ..ShareForm::default()
    };
    SplitForm {
        notice: view.line.notice.to_string(),
        version: view.split.as_ref().map(|split| split.version.to_string()).unwrap_or_default(),
        key: call.new_id().to_string(),
        shares: values.iter().map(share).collect(),
        submit: if submit { "1".into() } else { String::new() },
        ..SplitForm::default()
    }
}

async fn save(call: &Call, form: &SplitForm) -> Result<NoticeView, Failure> {
    fund::split::save(call, Form::check(form).unwrap()).await
}

fn decision(call: &Call, view: &NoticeView, verdict: SplitVerdict) -> DecideSplit {
    let version = view.split.as_ref().map_or(0, |split| split.version);
    DecideSplit { notice: view.line.notice, version, key: call.new_id().to_string(), verdict }
}

async fn approve(call: &Call, view: &NoticeView) -> Result<NoticeView, Failure> {
    fund::split::decide(call, decision(call, view, SplitVerdict::Approve)).await
}

fn api<T: std::fmt::Debug>(answer: Result<T, Failure>) -> ApiError {
    answer.unwrap_err().into_api("ref")
}

fn says(answer: ApiError) -> No {
    let ApiError::Refused { refusal: Refusal::Fund { refusal } } = answer else {
        panic!("refused otherwise: {answer:?}")
    };
    refusal
}

fn wan(text: &str) -> Money {
    Money::parse(text, Unit::Wan).unwrap()
}

/// Envelope of a source in 2026: 额度, 已安排, 剩余 in fen.
async fn envelope(call: &Call, source: Source) -> (i64, i64, i64) {
    let query = SourcesQuery { area: None, year: FiscalYear::new(2026) };
    let view = fund::sources(call, query).await.unwrap();
    let row = view.rows.iter().find(|row| row.source == source).unwrap();
    (row.quota.fen(), row.arranged.fen(), row.left.fen())
}

async fn verified(call: &Call) {
    let report = store::verify::verify(&call.read().await.unwrap()).await.unwrap();
    assert_eq!(report.first_breach(), None);
}

#[tokio::test]
async fn what_is_registered_and_split_stands_in_the_envelope_and_in_the_ledger() {
    World::on_both(async |world| {
        let Desk { treasurer, reviewer, projects } = desk(world).await;
        let form = notice_form(&treasurer, "毕财〔2026〕7号", "LOC", "100.000001");
        let command: RegisterNotice = form.check().unwrap();
        let view = fund::register(&treasurer, command.clone()).await.unwrap();
        let again = fund::register(&treasurer, command).await.unwrap();
        assert_eq!(again.line.notice, view.line.notice, "one key registers once");
        let same = notice_form(&treasurer, "毕财[2026]7号", "LOC", "5");
        let taken = api(fund::register(&treasurer, same.check().unwrap()).await);
        assert!(matches!(taken, ApiError::Invalid { errors } if errors.of("document").is_some()));
        assert_eq!(envelope(&treasurer, Source::Loc).await, (100_000_001, 0, 100_000_001));

        let values = [(projects[0], "60.5", ""), (projects[2], "30.000001", "")];
        let form = split(&treasurer, &view, &values, true);
        let view = save(&treasurer, &form).await.unwrap();
        assert_eq!(envelope(&treasurer, Source::Loc).await.1, 0, "what waits moves nothing");
        let key: SaveSplit = Form::check(&form).unwrap();
        let again = fund::split::save(&treasurer, key).await.unwrap();
        assert_eq!(again.split, view.split, "one key saves once");
        assert!(matches!(api(approve(&treasurer, &view).await), ApiError::Forbidden { .. }));
        let queue = ledger::request::requests(&reviewer, ()).await.unwrap().splits;
        assert_eq!(queue.iter().map(|split| split.sum).collect::<Vec<_>>(), [wan("90.500001")]);

        let done = approve(&reviewer, &view).await.unwrap();
        assert!(done.split.is_none() && done.fixed);
        assert_eq!(envelope(&treasurer, Source::Loc).await, (100_000_001, 90_500_001, 9_500_000));
        assert_eq!((done.line.left.fen(), done.line.projects), (9_500_000, 2));
        let behind = LedgerQuery { notice: Some(done.line.notice), ..LedgerQuery::default() };
        let behind = ledger::entries(&reviewer, behind).await.unwrap();
        assert_eq!(behind.entries.len(), 2);
        assert_eq!(behind.totals.entered.get(Stage::Issued).fen(), 90_500_001);
        let given = domain::area::AreaCode::new(CITY);
        let given = LedgerQuery { given, source: Some(Source::Loc), ..LedgerQuery::default() };
        let given = ledger::totals(&reviewer, given).await.unwrap();
        assert_eq!(given.totals.entered.get(Stage::Issued).fen(), 90_500_001);
        let all = fund::notices(&reviewer, NoticesQuery::default()).await.unwrap();
        assert_eq!((all.count, all.quota.fen(), all.arranged.fen()), (1, 100_000_001, 90_500_001));
        verified(&reviewer).await;
        changes_end_where_entries_begin(&treasurer, &done).await;
    })
    .await;
}

/// A notice on which entries stand is not changed any more.
async fn changes_end_where_entries_begin(treasurer: &Call, done: &NoticeView) {
    let form = NoticeForm {
        notice: done.line.notice.to_string(),
        version: done.line.version.to_string(),
        ..notice_form(treasurer, "毕财〔2026〕7号", "LOC", "200")
    };
    assert_eq!(says(api(fund::register(treasurer, form.check().unwrap()).await)), No::Arranged);
}

#[tokio::test]
async fn a_notice_is_changed_until_its_split_is_approved() {
    World::on_both(async |world| {
        let Desk { treasurer, reviewer, projects } = desk(world).await;
        let view = register(&treasurer, "毕财〔2026〕8号", "LOC", "100").await;
        let form = split(&treasurer, &view, &[(projects[0], "80", "")], true);
        let waits = save(&treasurer, &form).await.unwrap();
        let change = NoticeForm {
            notice: view.line.notice.to_string(),
            version: view.line.version.to_string(),
            ..notice_form(&treasurer, "毕财〔2026〕8号", "LOC", "70")
        };
        let changed = fund::register(&treasurer, change.check().unwrap()).await.unwrap();
        assert_eq!(changed.line.amount, wan("70"));
        let stale = NoticeForm { key: treasurer.new_id().to_string(), ..change };
        let stale = api(fund::register(&treasurer, stale.check().unwrap()).await);
        assert!(matches!(stale, ApiError::Stale { .. }), "{stale:?}");
        // What waited was made for the old amount: it is a draft again, and what was seen before is stale.
        assert!(matches!(api(approve(&reviewer, &waits).await), ApiError::Stale { .. }));
        let split = changed.split.unwrap();
        assert_eq!(split.state, domain::ledger::State::Draft);
        assert!(matches!(split.obstacle, Some(No::OverNotice { .. })), "{:?}", split.obstacle);
    })
    .await;
}

#[tokio::test]
async fn another_countys_notice_does_not_exist() {
    World::on_both(async |world| {
        let Desk { treasurer, .. } = desk(world).await;
        world.person("dafang", Role::Treasurer, DAFANG).await;
        world.person("weining", Role::Treasurer, WEINING).await;
        let weining = world.call("weining").await;
        let own = register(&weining, "威财zqx〔2026〕9号", "LOC", "10").await;
        let above = register(&treasurer, "毕财zqx〔2026〕9号", "LOC", "10").await;
        let (call, cookie) = (world.call("dafang").await, world.cookie("dafang").await);
        let program = world.program("dafang", "read").await;
        for notice in [&own, &above] {
            let id = notice.line.notice;
            let missing = fund::one(&call, NoticeQuery { notice: id }).await;
            assert!(matches!(api(missing), ApiError::NotFound));
            assert_eq!(program.get(&format!("/notices/{id}")).await.status, StatusCode::NOT_FOUND);
            let page = world.get(&cookie, &format!("/funds/notices/{id}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(!page.text().contains("zqx"));
        }
        for path in
            ["/funds/notices", "/funds/sources?year=2026", "/api/fund/notices", "/funds/ledger/requests"]
        {
            let answer = world.get(&cookie, path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.text().contains("zqx"), "{path}");
        }
        for path in ["/notices", "/sources?year=2026"] {
            let answer = program.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.text().contains("zqx") && !answer.text().contains("10000000\""), "{path}");
        }
        let seen = world.program("weining", "read").await.get("/notices").await.text();
        assert!(seen.contains("威财zqx") && !seen.contains("毕财zqx"), "the search is not blind");
    })
    .await;
}

//! Money on the workbench: every figure is that of the page behind it, a county sees its own only, and whoever decides
//! nothing is asked for no decision. Findings are counted where they are found.

use super::WEINING;
use super::desk::{approve, desk, post, posting, verdict};
use contract::account::people::ChangePerson;
use contract::form::Form;
use contract::fund::form::{NoticeForm, ShareForm, SplitForm};
use contract::home::{FundFigures, OwnRequests};
use contract::ledger::batch::BatchState;
use contract::ledger::command::{LedgerFile, LedgerQuery, Verdict};
use contract::ledger::form::PostEntryForm;
use contract::project::SaveForm;
use domain::id::ProjectId;
use domain::ledger::{Stage, State};
use domain::period::FiscalYear;
use domain::permission::Role;
use service::account::people;
use service::ledger::{import, request};
use service::{Call, fund, home, ledger, project};
use tests::world::{ADMIN, World};

const DAFANG: &str = "520521";
const REQUESTS: &str = "href=\"/funds/ledger/requests\"";

/// A posting of the budget year at hand.
fn of_now(call: &Call, project: ProjectId, kind: &str, amount: &str) -> PostEntryForm {
    let year = FiscalYear::of(call.today()).unwrap().to_string();
    PostEntryForm { year, ..posting(call, project, kind, amount, "2025-03-02") }
}

async fn enter(maker: &Call, checker: &Call, form: &PostEntryForm, exception: Option<&str>) {
    let view = post(maker, form).await;
    let approval = Verdict::Approve { exception: exception.map(str::to_owned) };
    request::decide(checker, verdict(checker, &view, approval)).await.unwrap();
}

/// 100, 80, 50 and 70 万元 of this year, so that more is paid than was passed on; 7 of the year before.
async fn flow(maker: &Call, checker: &Call, project: ProjectId) {
    for (kind, amount) in [("issue", "100"), ("receive", "80"), ("disburse", "50"), ("pay", "30")] {
        enter(maker, checker, &of_now(maker, project, kind, amount), None).await;
    }
    enter(maker, checker, &of_now(maker, project, "pay", "40"), Some("垫付")).await;
    let before = FiscalYear::of(maker.today()).unwrap().plus(-1).unwrap().to_string();
    let earlier = PostEntryForm { year: before, ..of_now(maker, project, "issue", "7") };
    enter(maker, checker, &earlier, None).await;
}

/// One posting, one batch and one split that wait, a posting that came back, and a draft.
async fn on_their_way(maker: &Call, checker: &Call, project: ProjectId) {
    post(maker, &of_now(maker, project, "issue", "1")).await;
    let back = post(maker, &of_now(maker, project, "issue", "2")).await;
    let reason = Verdict::Return { reason: "文号不全".into() };
    request::decide(checker, verdict(checker, &back, reason)).await.unwrap();
    post(maker, &PostEntryForm { submit: String::new(), ..of_now(maker, project, "issue", "3") }).await;
    let text = "下达文号,日期,资金来源,预算年度,县（市、区）,项目名称,项目代码,金额（万元）\n\
                文1,2026-01-05,一般债券,2026,威宁县,车间,,1\n";
    let bytes = text.as_bytes().to_vec();
    import::stage(maker, LedgerFile { key: "glance-0001".into(), file_name: "下达.csv".into(), bytes })
        .await
        .unwrap();
    let notice = NoticeForm {
        key: maker.new_id().to_string(),
        document: "威财〔2026〕7号".into(),
        date: "2026-03-02".into(),
        source: "LOC".into(),
        year: "2026".into(),
        amount: "10".into(),
        ..NoticeForm::default()
    };
    let notice = fund::register(maker, notice.check().unwrap()).await.unwrap();
    let share = ShareForm { project: project.to_string(), value: "4".into(), ..ShareForm::default() };
    let split = SplitForm {
        notice: notice.line.notice.to_string(),
        key: maker.new_id().to_string(),
        shares: vec![share],
        submit: "1".into(),
        ..SplitForm::default()
    };
    fund::split::save(maker, Form::check(&split).unwrap()).await.unwrap();
}

/// What the page of requests shows to `name`: waiting and made by others, waiting and his own, his own that came back.
async fn listed(call: &Call, name: &str) -> (u64, u64, u64) {
    let requests = request::requests(call, ()).await.unwrap();
    let batches = import::batches(call, ()).await.unwrap().rows;
    let waiting = |own: bool| {
        let is_posting = |state: &State| matches!(state, State::Submitted);
        let postings = requests.rows.iter().filter(|row| is_posting(&row.state) && row.own == own);
        let batches = batches.iter().filter(|row| row.state == BatchState::Staged && row.own == own);
        let splits = requests.splits.iter().filter(|split| (split.maker == name) == own);
        (postings.count() + batches.count() + splits.count()) as u64
    };
    let is_back = |state: &State| matches!(state, State::Returned { .. });
    let returned = requests.rows.iter().filter(|row| is_back(&row.state) && row.own).count() as u64;
    (waiting(false), waiting(true), returned)
}

/// The figures of a person, once they are found to be those of the pages behind them.
async fn figures(world: &World, name: &str) -> FundFigures {
    let call = world.call(name).await;
    let board = home::board(&call, ()).await.unwrap();
    let funds = board.funds.unwrap();
    let year = LedgerQuery { year: Some(board.plan_year), ..LedgerQuery::default() };
    let head = ledger::entries(&call, year).await.unwrap().totals;
    assert_eq!(funds.entered, head.entered, "{name}");
    let pairs = ledger::inverted(&call, LedgerQuery::default()).await.unwrap().pairs;
    assert_eq!(funds.inverted, pairs.len() as u64, "{name}");
    let (others, waiting, returned) = listed(&call, name).await;
    assert_eq!(funds.to_decide.unwrap_or(others), others, "{name}");
    let own = OwnRequests { waiting, returned };
    assert_eq!(funds.own.unwrap_or(own), own, "{name}");
    funds
}

/// In 万元.
fn wan(funds: &FundFigures) -> [i64; 4] {
    Stage::ALL.map(|stage| funds.entered.get(stage).fen() / 1_000_000)
}

#[tokio::test]
async fn the_workbench_counts_money_as_the_pages_do_and_nobody_decides_his_own() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        flow(&treasurer, &reviewer, project).await;
        on_their_way(&treasurer, &reviewer, project).await;
        let decides = figures(world, "sh1").await;
        assert_eq!((decides.to_decide, decides.own), (Some(3), None));
        assert_eq!((wan(&decides), decides.inverted), ([100, 80, 50, 70], 1));
        let enters = figures(world, "cw").await;
        let own = OwnRequests { waiting: 3, returned: 1 };
        assert_eq!((enters.to_decide, enters.own), (None, Some(own)));
        assert_eq!((wan(&enters), enters.inverted), ([100, 80, 50, 70], 1));
        let plans = figures(world, "gh").await;
        assert_eq!((plans.to_decide, plans.own), (None, None));
        // A change of office does not make it somebody else's.
        let before = world.account("cw").await;
        let office = ChangePerson {
            user: before.id,
            version: before.version,
            name: before.name,
            role: Role::Reviewer,
            area: WEINING.into(),
        };
        people::change(&world.call(ADMIN).await, office).await.unwrap();
        let promoted = figures(world, "cw").await;
        assert_eq!((promoted.to_decide, promoted.own), (Some(0), None));
    })
    .await;
}

#[tokio::test]
async fn a_county_sees_its_own_money_on_the_workbench_and_in_the_order_of_its_work() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        flow(&treasurer, &reviewer, project).await;
        for (login, role, area) in [
            ("gh2", Role::Planner, DAFANG),
            ("cw2", Role::Treasurer, DAFANG),
            ("sh3", Role::Reviewer, DAFANG),
            ("ld", Role::Leader, "520000"),
        ] {
            world.person(login, role, area).await;
        }
        let planner = world.call("gh2").await;
        let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
        for (key, text) in [("name", "大棚"), ("area", DAFANG), ("total", "100")] {
            form.values.insert(key.into(), text.into());
        }
        let other = project::save(&planner, form.check().unwrap()).await.unwrap().project;
        let (maker, checker) = (world.call("cw2").await, world.call("sh3").await);
        let issued = post(&maker, &of_now(&maker, other, "issue", "9")).await;
        request::decide(&checker, approve(&checker, &issued)).await.unwrap();
        post(&maker, &of_now(&maker, other, "issue", "3")).await;

        let (weining, dafang) = (figures(world, "sh1").await, figures(world, "sh3").await);
        assert_eq!((weining.to_decide, wan(&weining), weining.inverted), (Some(0), [100, 80, 50, 70], 1));
        assert_eq!((dafang.to_decide, wan(&dafang), dafang.inverted), (Some(1), [9, 0, 0, 0], 0));
        let above = figures(world, "ld").await;
        assert_eq!((above.to_decide, above.own), (None, None));
        assert_eq!((wan(&above), above.inverted), ([109, 80, 50, 70], 1));

        let page = async |login: &str| world.get(&world.cookie(login).await, "/").await.text();
        let (reviewers, planners) = (page("sh1").await, page("gh").await);
        assert!(reviewers.contains("70.00 万元") && reviewers.contains("70.0%"), "{reviewers}");
        assert!(reviewers.contains(REQUESTS) && !planners.contains(REQUESTS), "who decides nothing");
        let at = |page: &str, id: &str| page.find(&format!("id=\"{id}\"")).unwrap();
        assert!(at(&reviewers, "home-funds") < at(&reviewers, "home-lists"), "the work comes first");
        assert!(at(&planners, "home-lists") < at(&planners, "home-funds"), "the lists come first");
    })
    .await;
}

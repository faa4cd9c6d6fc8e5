//! The desk of findings over HTTP, on both databases: findings that agree fold away, a finding goes its way and is never
//! closed by who rectifies, a foreign area sees nothing of it, and the rules follow a change by themselves.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use chrono::{DateTime, Utc};
use contract::form::Form;
use contract::ledger::command::{Decide, Verdict};
use contract::ledger::form::PostEntryForm;
use contract::project::SaveForm;
use contract::review::{FindingLine, FindingQuery, Standing, Step, TakeStep};
use domain::id::ProjectId;
use domain::permission::Role;
use domain::review::judge::Because;
use domain::review::outcome::Subject;
use domain::review::rule::{Level, RuleCode};
use domain::review::workflow::{State, StateName};
use http::StatusCode;
use service::account::call_as;
use service::ledger::request;
use service::review::desk;
use service::review::step::take;
use service::review::walk::run;
use service::{App, Call, Clock, project};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tests::world::{ADMIN, World};

const PROVINCE: &str = "520000";
const WEINING: &str = "520526";
const ZHIJIN: &str = "520524";

/// A project of Weining whose sources may not add up to its total, in 万元.
async fn make(call: &Call, name: &str, total: &str, cbi: &str) -> ProjectId {
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    let values = [("name", name), ("area", WEINING), ("total", total), ("source.CBI", cbi)];
    form.values.extend(values.map(|(field, text)| (field.to_owned(), text.to_owned())));
    project::save(call, form.check().unwrap()).await.unwrap().project
}

/// Waits until the rules have followed what was changed.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let begin = Instant::now();
    while !holds().await {
        assert!(begin.elapsed() < Duration::from_secs(30), "not within 30 s: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn found(call: &Call, rule: RuleCode, standing: Standing) -> Vec<FindingLine> {
    let query = FindingQuery { rule: Some(rule), standing, single: true, ..FindingQuery::default() };
    desk(call, query).await.unwrap().lines.into_iter().map(|line| line.finding).collect()
}

async fn people(world: &World) {
    for (login, role, area) in [
        ("gh", Role::Planner, WEINING),
        ("cw", Role::Treasurer, WEINING),
        ("sh", Role::Reviewer, WEINING),
        ("sheng", Role::Reviewer, PROVINCE),
        ("zj", Role::Reviewer, ZHIJIN),
    ] {
        world.person(login, role, area).await;
    }
}

#[tokio::test]
async fn what_agrees_folds_away_and_who_rectifies_does_not_close() {
    World::on_both(async |world| {
        people(world).await;
        let (planner, reviewer) = (world.call("gh").await, world.call("sh").await);
        for number in 0..5 {
            make(&planner, &format!("同类{number}"), "100", "60").await;
        }
        make(&planner, "单独", "100", "10").await;
        make(&planner, "平衡", "100", "100").await;
        // Nobody asks for the rules here: they follow what was committed.
        until("six findings", async || found(&reviewer, RuleCode::R01, Standing::Open).await.len() == 6).await;

        let (county, province) = (world.cookie("sh").await, world.cookie("sheng").await);
        let asked = "/api/review/findings?form%5Brule%5D=R01";
        let view = world.get(&county, asked).await.json();
        let mut counts: Vec<u64> =
            view["lines"].as_array().unwrap().iter().map(|line| line["count"].as_u64().unwrap()).collect();
        counts.sort_unstable();
        assert_eq!(counts, [1, 5], "five say the same, one does not");
        let folded = view["lines"].as_array().unwrap().iter().find(|line| line["count"] == 5).unwrap();
        let group = folded["finding"]["finding"]["group"].as_str().unwrap();
        let inside = format!("{asked}&form%5Bgroup%5D={}", encoded(group));
        assert_eq!(world.get(&county, &inside).await.json()["lines"].as_array().unwrap().len(), 5);
        let page = world.get(&county, "/findings?rule=R01").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains("违规"), "a rule states a doubt");

        let id = folded["finding"]["id"].as_str().unwrap().to_owned();
        let step = async |cookie: &str, version: u32, step: &str, unit: &str, more: &str| {
            let form = format!(
                "form[finding]={id}&form[version]={version}&form[key]=key-{step}-{version}-{}&form[step]={step}&form[unit]={}{more}",
                unit.len(),
                encoded(unit)
            );
            world.post(cookie, "/api/review/step", &form).await
        };
        assert_eq!(step(&county, 1, "verify", "县财政局", "").await.status, StatusCode::OK);
        let stale = step(&province, 1, "dismiss", "省财政厅", "&form[reason]=x").await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let both = stale.json();
        let both = &both["stale"];
        assert_eq!(
            (both["conflicts"][0]["yours"].as_str(), both["conflicts"][0]["theirs"].as_str()),
            (Some("dismissed"), Some("verified")),
            "{both}"
        );
        let order = "&form[responsible]=county&form[due]=2099-12-31&form[measures]=x";
        assert_eq!(step(&county, 2, "order", "县财政局", order).await.status, StatusCode::OK);
        assert_eq!(step(&county, 3, "report", "county", "&form[evidence]=x").await.status, StatusCode::FORBIDDEN);
        let planner = world.cookie("gh").await;
        assert_eq!(step(&planner, 3, "report", "county", "&form[evidence]=x").await.status, StatusCode::OK);
        assert_eq!(step(&planner, 4, "close", "县财政局", "").await.status, StatusCode::FORBIDDEN);
        let own = step(&province, 4, "close", " County ", "").await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.text());
        assert_eq!(own.json()["refused"]["refusal"]["review"]["refusal"]["same_unit"]["unit"], "County", "{}", own.text());
        assert_eq!(step(&province, 4, "close", "省财政厅", "").await.status, StatusCode::OK);
        let states = world.get(&county, asked).await.json();
        let closed = states["states"].as_array().unwrap().iter().find(|pair| pair[0] == "closed").unwrap();
        assert_eq!(closed[1], 1);
        let one = world.get(&county, &format!("/findings/{id}")).await;
        assert_eq!(one.status, StatusCode::OK);
        assert!(one.text().contains("政府投资条例"), "the basis stands on the page");
    })
    .await;
}

/// Percent-encoded for a form or an address.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn a_foreign_area_sees_nothing_of_a_finding() {
    World::on_both(async |world| {
        people(world).await;
        let (planner, reviewer) = (world.call("gh").await, world.call("sh").await);
        make(&planner, "zqxforeign", "100", "60").await;
        until("one finding", async || found(&reviewer, RuleCode::R01, Standing::Open).await.len() == 1).await;
        let id = found(&reviewer, RuleCode::R01, Standing::Open).await[0].id;
        let (own, foreign) = (world.cookie("sh").await, world.cookie("zj").await);
        let verify = format!(
            "form[finding]={id}&form[version]=1&form[key]=key-00000001&form[step]=verify&form[unit]=x"
        );
        for address in [format!("/api/review/finding?finding={id}"), format!("/findings/{id}")] {
            assert_eq!(world.get(&own, &address).await.status, StatusCode::OK, "{address}");
            let answer = world.get(&foreign, &address).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
            assert!(!answer.text().contains("zqxforeign"), "{address}");
        }
        assert_eq!(world.post(&foreign, "/api/review/step", &verify).await.status, StatusCode::NOT_FOUND);
        assert_eq!(world.post(&own, "/api/review/step", &verify).await.status, StatusCode::OK);
        let list = async |cookie: &str| {
            let answer = world.get(cookie, "/findings/export?list=problems").await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            let book = std::io::Cursor::new(answer.body);
            let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(book).unwrap();
            let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
            (sheet.height(), sheet.cells().any(|(_, _, cell)| cell.to_string().contains("zqxforeign")))
        };
        assert_eq!(list(&own).await, (2, true));
        assert_eq!(list(&foreign).await, (1, false), "the headings alone");
        let trail = world.get(&world.cookie(ADMIN).await, "/api/audit/page?form%5Bobject%5D=finding").await;
        assert!(trail.text().contains("list=problems rows=1"), "{}", trail.text());
    })
    .await;
}

fn posting(call: &Call, project: ProjectId, kind: &str, amount: &str) -> PostEntryForm {
    PostEntryForm {
        key: call.new_id().to_string(),
        kind: kind.into(),
        project: project.to_string(),
        source: "CBI".into(),
        year: "2026".into(),
        amount: amount.into(),
        date: "2025-03-02".into(),
        document: "黔财〔2026〕1号".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    }
}

#[tokio::test]
async fn an_inversion_is_found_at_once_and_its_reversal_says_why_it_is_gone() {
    World::on_both(async |world| {
        people(world).await;
        let (planner, treasurer, reviewer) =
            (world.call("gh").await, world.call("cw").await, world.call("sh").await);
        let project = make(&planner, "倒挂", "100", "100").await;
        let enter = async |form: PostEntryForm, exception: Option<&str>| {
            let view = request::post(&treasurer, form.check().unwrap()).await.unwrap();
            let verdict = Verdict::Approve { exception: exception.map(str::to_owned) };
            let key = reviewer.new_id().to_string();
            let decide = Decide { request: view.request, version: view.version, key, verdict };
            request::decide(&reviewer, decide).await.unwrap().entries[0]
        };
        for kind in ["issue", "receive"] {
            enter(posting(&treasurer, project, kind, "100"), None).await;
        }
        enter(posting(&treasurer, project, "disburse", "10"), None).await;
        let paid = enter(posting(&treasurer, project, "pay", "30"), Some("垫付")).await;
        until("the inversion", async || found(&reviewer, RuleCode::R46, Standing::Open).await.len() == 1)
            .await;
        let line = found(&reviewer, RuleCode::R46, Standing::Open).await.remove(0);
        assert_eq!(line.project.as_ref().unwrap().project, project);
        let back = PostEntryForm {
            key: treasurer.new_id().to_string(),
            kind: "reverse".into(),
            entry: paid.to_string(),
            date: "2025-03-04".into(),
            memo: "记错".into(),
            submit: "1".into(),
            ..PostEntryForm::default()
        };
        enter(back, None).await;
        until("its end", async || found(&reviewer, RuleCode::R46, Standing::Open).await.is_empty()).await;
        let gone = service::review::one(&reviewer, Some(line.id)).await.unwrap();
        let State::Vanished { because: Because::Changed { facts, .. }, .. } = &gone.line.state else {
            panic!("{:?}", gone.line.state)
        };
        assert!(facts.iter().any(|fact| fact.name.code() == "paid"), "{facts:?}");
        assert!(gone.steps.iter().all(|step| step.by.is_none()), "the rules did it, nobody else");
        let cookie = world.cookie("sh").await;
        let page = world.get(&cookie, &format!("/findings/{}", line.id)).await;
        assert!(page.text().contains("支付由"), "the page says what changed");
    })
    .await;
}

struct At(DateTime<Utc>);

impl Clock for At {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// The same product two days on. What changed today is looked at first, since both share what waits to be looked at.
async fn two_days_on(world: &World) -> App {
    world.app.drain().await;
    let clock = At(world.app.now() + chrono::Duration::days(2));
    App::with_clock(world.app.db().clone(), world.folder().to_owned(), false, Arc::new(clock))
}

/// Open and overdue findings as the workbench counts them, which is as the desk does.
async fn on_the_workbench(call: &Call) -> (u64, u64) {
    let view = desk(call, FindingQuery::default()).await.unwrap();
    let open = view.states.iter().filter(|(state, _)| state.is_open()).map(|(_, count)| u64::from(*count));
    let funds = service::home::board(call, ()).await.unwrap().funds.unwrap();
    assert_eq!((funds.findings, funds.overdue), (open.sum::<u64>(), u64::from(view.overdue)));
    (funds.findings, funds.overdue)
}

#[tokio::test]
async fn an_order_reported_in_time_is_not_overdue_while_it_waits_for_its_checker() {
    World::on_both(async |world| {
        people(world).await;
        let (planner, reviewer) = (world.call("gh").await, world.call("sh").await);
        make(&planner, "及时", "100", "60").await;
        until("one finding", async || found(&reviewer, RuleCode::R01, Standing::Open).await.len() == 1).await;
        let line = found(&reviewer, RuleCode::R01, Standing::Open).await.remove(0);
        let step = |call: &Call, version: i64, unit: &str, step: Step| {
            let key = call.new_id().to_string();
            TakeStep { finding: line.id, version, key, unit: unit.to_owned(), step }
        };
        let (own, asked) = ("县财政局", "县发改局");
        take(&reviewer, step(&reviewer, 1, own, Step::Verify)).await.unwrap();
        let order =
            Step::Order { unit: asked.into(), due: reviewer.today(), measures: "补报资金来源".into() };
        take(&reviewer, step(&reviewer, 2, own, order)).await.unwrap();
        take(&planner, step(&planner, 3, asked, Step::Report { evidence: "见附件".into() })).await.unwrap();

        let later = call_as(&two_days_on(world).await, "sh").await.unwrap();
        run(&later, ()).await.unwrap();
        let late = found(&later, RuleCode::R44, Standing::Every).await;
        assert!(late.is_empty(), "the delay of the one who checks is not the unit's: {late:?}");
        assert_eq!(on_the_workbench(&later).await.1, 0, "the desk counts as the rule does");
        let overdue = found(&later, RuleCode::R01, Standing::Overdue).await;
        assert!(overdue.is_empty(), "{overdue:?}");

        // What does not convince was not done: sent back, it is late at once, without anybody asking for the rules.
        take(&later, step(&later, 4, own, Step::SendBack)).await.unwrap();
        until("R44", async || found(&later, RuleCode::R44, Standing::Open).await.len() == 1).await;
        assert_eq!(on_the_workbench(&later).await.1, 1);
    })
    .await;
}

#[tokio::test]
async fn an_overdue_order_is_a_finding_of_its_own_until_it_is_closed() {
    World::on_both(async |world| {
        people(world).await;
        let (planner, reviewer) = (world.call("gh").await, world.call("sh").await);
        make(&planner, "逾期", "100", "60").await;
        until("one finding", async || found(&reviewer, RuleCode::R01, Standing::Open).await.len() == 1).await;
        let line = found(&reviewer, RuleCode::R01, Standing::Open).await.remove(0);
        let step = |call: &Call, version: i64, unit: &str, step: Step| {
            let key = call.new_id().to_string();
            TakeStep { finding: line.id, version, key, unit: unit.to_owned(), step }
        };
        let (own, asked) = ("县财政局", "县发改局");
        take(&reviewer, step(&reviewer, 1, own, Step::Verify)).await.unwrap();
        let (due, measures) = (reviewer.today(), "补报资金来源".to_owned());
        let order = Step::Order { unit: asked.into(), due, measures };
        take(&reviewer, step(&reviewer, 2, own, order)).await.unwrap();
        run(&reviewer, ()).await.unwrap();
        let none = found(&reviewer, RuleCode::R44, Standing::Every).await;
        assert!(none.is_empty(), "the last day is in time: {none:?}");

        let later = two_days_on(world).await;
        let (planner, reviewer) =
            (call_as(&later, "gh").await.unwrap(), call_as(&later, "sh").await.unwrap());
        let first = run(&reviewer, ()).await.unwrap();
        let judged = first.rules.iter().find(|run| run.rule == RuleCode::R44).unwrap();
        assert_eq!((judged.findings, judged.not_run), (1, 0));
        let late = found(&reviewer, RuleCode::R44, Standing::Open).await.remove(0);
        let project = line.finding.subject.project();
        assert_eq!(late.finding.subject, Subject::Finding { finding: line.id, project });
        // A rule in its first time warns, whatever its level will be.
        assert_eq!(
            (late.finding.level, late.project.as_ref().unwrap().name.as_str()),
            (Level::Warning, "逾期")
        );
        let told: Vec<String> = late.finding.facts.iter().map(|(name, _)| name.code()).collect();
        assert_eq!(told, ["today", "due_date", "ordered_rule", "rectifying_unit"]);
        let again = run(&reviewer, ()).await.unwrap();
        assert_eq!((again.new, again.vanished), (0, 0), "found once");
        let (open, overdue) = on_the_workbench(&reviewer).await;
        assert!(open >= 2 && overdue == 1, "{open} {overdue}");
        assert_eq!(on_the_workbench(&call_as(&later, "zj").await.unwrap()).await, (0, 0));
        let page = world.get(&world.cookie("sh").await, &format!("/findings/{}", late.id)).await.text();
        assert!(
            page.contains(&format!("/findings/{}", line.id)) && page.contains(asked),
            "a way to the order"
        );

        let report = Step::Report { evidence: "见附件".into() };
        take(&planner, step(&planner, 3, asked, report)).await.unwrap();
        take(&reviewer, step(&reviewer, 4, own, Step::Close)).await.unwrap();
        // Nobody asks for the rules: they follow what was closed.
        until("its end", async || found(&reviewer, RuleCode::R44, Standing::Open).await.is_empty()).await;
        let gone = found(&reviewer, RuleCode::R44, Standing::In(StateName::Vanished)).await.remove(0);
        let State::Vanished { because: Because::Changed { facts, .. }, .. } = &gone.state else {
            panic!("{:?}", gone.state)
        };
        assert!(facts.iter().any(|fact| fact.name.code() == "evidence"), "{facts:?}");
    })
    .await;
}

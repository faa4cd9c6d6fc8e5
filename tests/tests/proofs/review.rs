//! The rules over a whole province, on both databases: R46 finds exactly what the book's maker planted, a second run finds
//! the same again, what the facts no longer bear out says why, and nobody closes the rectification of the own unit.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use crate::ledger::book::{book, form, province, step};
use contract::error::{ApiError, Refusal};
use contract::review::{FindingLine, FindingQuery, Standing, Step, TakeStep};
use domain::permission::Role;
use domain::review::judge::Because;
use domain::review::rule::RuleCode;
use domain::review::workflow::{Refusal as No, State, StateName};
use domain::source::Source;
use service::ledger::import;
use service::review::desk;
use service::review::rules::rules;
use service::review::step::take;
use service::review::walk::run;
use service::{Call, Failure};
use std::collections::BTreeSet;
use std::time::Instant;
use tests::world::World;

const WEINING: &str = "520526";

/// Every finding of a filter, page by page.
async fn lines(call: &Call, query: FindingQuery) -> Vec<FindingLine> {
    let (mut found, mut page) = (Vec::new(), None);
    loop {
        let asked = FindingQuery { single: true, page, ..query.clone() };
        let view = desk(call, asked).await.unwrap();
        found.extend(view.lines.into_iter().map(|line| line.finding));
        page = view.next;
        if page.is_none() {
            return found;
        }
    }
}

async fn inverted(call: &Call, standing: Standing) -> Vec<FindingLine> {
    lines(call, FindingQuery { rule: Some(RuleCode::R46), standing, ..FindingQuery::default() }).await
}

fn order(call: &Call, line: &FindingLine, version: i64, unit: &str, step: Step) -> TakeStep {
    let key = call.new_id().to_string();
    TakeStep { finding: line.id, version, key, unit: unit.to_owned(), step }
}

#[tokio::test]
async fn money_paid_before_it_was_passed_on_is_found_exactly_where_it_was_planted() {
    let Some(file) = book() else { return };
    let text = std::fs::read_to_string(form("expected.json").unwrap()).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    let pairs = expected["ledger"]["paid_more_than_disbursed"].as_array().unwrap();
    let planted: BTreeSet<(String, Source)> = pairs
        .iter()
        .map(|pair| (pair[0].as_str().unwrap().into(), Source::find(pair[1].as_str().unwrap()).unwrap()))
        .collect();
    World::on_both(async |world| {
        let Some((treasurer, reviewer, _)) = province(world).await else { return };
        let staged = import::stage(
            &treasurer,
            contract::ledger::command::LedgerFile { key: "import-0001".into(), ..file.clone() },
        )
        .await
        .unwrap();
        let done = import::approve(&reviewer, step(&reviewer, &staged, "")).await.unwrap();
        assert!(matches!(run(&treasurer, ()).await, Err(Failure::Forbidden(_))), "a reviewer runs the rules");
        let begin = Instant::now();
        let first = run(&reviewer, ()).await.unwrap();
        eprintln!("{:?}: {} projects judged in {:?}", world.kind, first.projects, begin.elapsed());
        let found = inverted(&reviewer, Standing::Open).await;
        let got: BTreeSet<(String, Source)> = found
            .iter()
            .map(|line| {
                let code = line.project.as_ref().unwrap().code.clone().unwrap();
                (code, line.finding.subject.source().unwrap())
            })
            .collect();
        assert_eq!((found.len(), &got), (22, &planted));
        for rule in &first.rules {
            eprintln!("{} {} {} {:?}", rule.rule, rule.findings, rule.not_run, rule.missing);
        }
        let again = run(&reviewer, ()).await.unwrap();
        assert_eq!((again.new, again.vanished), (0, 0), "the same facts say the same");
        assert!(rules(&reviewer, ()).await.unwrap().rules.iter().all(|line| !line.editions.is_empty()));

        world.person("wn", Role::Reviewer, WEINING).await;
        let county = world.call("wn").await;
        let own = lines(&county, FindingQuery::default()).await;
        let weining = found.iter().filter(|line| line.finding.subject.project().is_some());
        let weining = weining.filter(|line| own.iter().any(|other| other.id == line.id)).count();
        assert_eq!(
            weining,
            inverted(&county, Standing::Open).await.len(),
            "a county sees its own findings only"
        );

        let undo = import::undo(&treasurer, step(&treasurer, &done, "导入错误")).await.unwrap();
        import::approve(&reviewer, step(&reviewer, &undo, "")).await.unwrap();
        // The rules may have followed the undoing by themselves before they are asked.
        run(&reviewer, ()).await.unwrap();
        assert!(inverted(&reviewer, Standing::Open).await.is_empty());
        let gone = inverted(&reviewer, Standing::In(StateName::Vanished)).await;
        assert_eq!(gone.len(), 22);
        gone.iter().for_each(says_why);
    })
    .await;
}

/// A finding that is gone names the facts that changed, or that its subject went.
fn says_why(line: &FindingLine) {
    let State::Vanished { because, .. } = &line.state else { panic!("{:?}", line.state) };
    assert!(
        matches!(because, Because::Changed { facts, .. } if !facts.is_empty())
            || matches!(because, Because::SubjectGone),
        "{because:?}"
    );
}

#[tokio::test]
async fn a_finding_goes_its_way_and_the_unit_that_rectifies_does_not_close_it() {
    if book().is_none() {
        return;
    }
    World::on_both(async |world| {
        let Some((_, reviewer, _)) = province(world).await else { return };
        let planner = world.call("gz").await;
        run(&reviewer, ()).await.unwrap();
        let all = lines(&reviewer, FindingQuery::default()).await;
        let line = all.first().unwrap();
        let refused = take(&planner, order(&planner, line, 1, "发改局", Step::Verify)).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))));
        let verify = order(&reviewer, line, 1, "财政厅", Step::Verify);
        let verified = take(&reviewer, verify.clone()).await.unwrap();
        assert_eq!(verified.name(), StateName::Verified);
        assert_eq!(take(&reviewer, verify).await.unwrap(), verified, "one key takes one step");
        let late = take(&reviewer, order(&reviewer, line, 1, "财政厅", Step::Verify)).await;
        assert!(matches!(late, Err(Failure::Stale(_))));
        let due = reviewer.today() + chrono::Days::new(30);
        let asked =
            Step::Order { unit: "威宁县发改局".into(), due, measures: "补报资金来源".into() };
        take(&reviewer, order(&reviewer, line, 2, "财政厅", asked)).await.unwrap();
        let report = Step::Report { evidence: "见附件".into() };
        take(&planner, order(&planner, line, 3, "威宁县发改局", report)).await.unwrap();
        let own = take(&reviewer, order(&reviewer, line, 4, " 威宁县发改局 ", Step::Close)).await;
        let own = own.unwrap_err().into_api("ref");
        assert!(
            matches!(&own, ApiError::Refused { refusal: Refusal::Review { refusal: No::SameUnit { .. } } }),
            "{own:?}"
        );
        let closed = take(&reviewer, order(&reviewer, line, 4, "财政厅", Step::Close)).await.unwrap();
        assert_eq!(closed.name(), StateName::Closed);
        run(&reviewer, ()).await.unwrap();
        let closed = lines(
            &reviewer,
            FindingQuery { standing: Standing::In(StateName::Closed), ..FindingQuery::default() },
        );
        assert_eq!(closed.await.iter().filter(|other| other.id == line.id).count(), 1, "closed stays closed");
    })
    .await;
}

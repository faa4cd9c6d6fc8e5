//! Figures that documents state, through the whole router on both databases: verdicts are those of the research, nobody
//! but a reviewer signs, what is signed stays with its name, and a source is never altered.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::{ApiError, Refusal};
use contract::statement::{KeptView, StatementLine, StatementListView, StatementView};
use domain::finding::Severity;
use domain::money::{Delta, Unit};
use domain::permission::Role;
use domain::statement::check::{Checked, Verdict};
use domain::statement::fraction::Fraction;
use domain::statement::interval::Interval;
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database};
use tests::workbook::{fen, rows, says};
use tests::world::{Answer, World};

const PROVINCE: &str = "520000";
const WEINING: &str = "520526";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn error(answer: &Answer) -> ApiError {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text()))
}

/// Reviewer and planner of the province; the shipped figures are kept.
async fn desk(world: &World) -> (String, String) {
    world.person("sh", Role::Reviewer, PROVINCE).await;
    world.person("gh", Role::Planner, PROVINCE).await;
    let (reviewer, planner) = (world.cookie("sh").await, world.cookie("gh").await);
    let kept: KeptView =
        read(&world.post(&reviewer, "/api/statement/keep_shipped", "key=key-keep-0001").await);
    assert_eq!(kept.statements, 29);
    (reviewer, planner)
}

async fn list(world: &World, cookie: &str) -> StatementListView {
    read(&world.get(cookie, "/api/statement/list").await)
}

fn line<'a>(view: &'a StatementListView, code: &str) -> &'a StatementLine {
    view.lines.iter().find(|line| line.statement.code() == code).unwrap()
}

fn checked<'a>(view: &'a StatementListView, code: &str) -> &'a Checked {
    line(view, code).checked.as_ref().unwrap()
}

fn wan(interval: Interval) -> String {
    interval.single().and_then(Fraction::fen).unwrap().rounded(Unit::Wan, 2)
}

fn choice(line: &StatementLine, seen: u32, key: &str, rest: &str) -> String {
    format!("statement={}&seen={seen}&key={key}&{rest}", line.id)
}

async fn choose(world: &World, cookie: &str, form: &str) -> Answer {
    world.post(cookie, "/api/statement/choose", form).await
}

#[tokio::test]
async fn verdicts_are_those_of_the_research_and_stand_nowhere() {
    World::on_both(async |world| {
        let (_, planner) = desk(world).await;
        let view = list(world, &planner).await;
        assert_eq!((view.lines.len(), view.remarks.len()), (29, 6));
        let funds = checked(&view, "M1");
        assert_eq!(wan(funds.computed[0].named), "92495.50");
        let Verdict::Differs { difference, least_gap } = &funds.verdict else {
            panic!("{:?}", funds.verdict)
        };
        assert_eq!(wan(*difference), "795.50");
        assert_eq!(least_gap.fen(), Some(Delta::from_fen(644_950_000)));
        assert_eq!(funds.severity(), Some(Severity::Warning));
        let rate = checked(&view, "M10");
        assert!(matches!(rate.verdict, Verdict::Truncated { .. }), "{:?}", rate.verdict);
        assert_eq!(rate.severity(), Some(Severity::Note));
        let silent = (1..=15).map(|number| format!("R{number}"));
        assert!(silent.into_iter().all(|code| checked(&view, &code).severity().is_none()));
        let again: KeptView = {
            let reviewer = world.cookie("sh").await;
            read(&world.post(&reviewer, "/api/statement/keep_shipped", "key=key-keep-0002").await)
        };
        assert_eq!(again.statements, 0, "what is kept is not kept twice");
        for (language, word) in [("zh-CN", "不符"), ("en", "differs")] {
            let page = world
                .send(
                    http::Request::get("/statements")
                        .header(http::header::COOKIE, &planner)
                        .header(http::header::ACCEPT_LANGUAGE, language),
                    axum::body::Body::empty(),
                )
                .await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text().contains("795.5") && page.text().contains("644.95"), "{language}");
            assert!(page.text().contains(word), "{language}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_signs_and_nobody_else() {
    World::on_both(async |world| {
        let (reviewer, planner) = desk(world).await;
        let before = list(world, &reviewer).await;
        let funds = line(&before, "M1");
        let stated = |key: &str, seen: u32| choice(funds, seen, key, "figure=stated&reason=x");
        let refused = choose(world, &planner, &stated("key-plan-0001", 0)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let page = world.get(&planner, &format!("/statements/{}", funds.id)).await;
        assert!(page.status == StatusCode::OK && !page.text().contains("/api/statement/choose"));
        world.person("xian", Role::Reviewer, WEINING).await;
        let county = world.cookie("xian").await;
        assert!(list(world, &county).await.lines.is_empty(), "what lies above does not exist");
        for path in ["/statements/", "/api/statement/one?statement="] {
            let foreign = world.get(&county, &format!("{path}{}", funds.id)).await;
            assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{path}");
        }
        let foreign = choose(world, &county, &stated("key-cnty-0001", 0)).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);

        let form = choice(
            funds,
            0,
            "key-sign-0001",
            "figure=computed.0&reason=%E5%88%86%E9%A1%B9%E6%9B%B4%E7%BB%86",
        );
        let signed: StatementView = read(&choose(world, &reviewer, &form).await);
        let repeated: StatementView = read(&choose(world, &reviewer, &form).await);
        assert_eq!((signed.choices.len(), repeated.choices.len()), (1, 1), "one key signs once");
        let first = &signed.choices[0];
        assert_eq!((first.signed_by.as_str(), first.reason.as_str()), ("sh", "分项更细"));
        assert_eq!(first.value.fen(), Some(Delta::from_fen(92_495_500_000)));
        let late = choose(world, &reviewer, &stated("key-late-0001", 0)).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "somebody signed meanwhile");
        let other = "figure=other&other=92000%E4%B8%87%E5%85%83&reason=y";
        let second: StatementView =
            read(&choose(world, &reviewer, &choice(funds, 1, "key-sign-0002", other)).await);
        assert_eq!(second.choices.len(), 2, "the earlier choice stays");
        let after = list(world, &planner).await;
        let working = line(&after, "M1").working.as_ref().unwrap();
        assert_eq!(working.value.fen(), Some(Delta::from_fen(92_000_000_000)));
        assert_eq!(working.signed_by, "sh");
        assert_eq!(line(&after, "M1").statement, funds.statement, "a source is never altered");
        assert_eq!(line(&after, "M1").checked, funds.checked, "a choice changes no verdict");
    })
    .await;
}

#[tokio::test]
async fn the_table_goes_out_with_the_signed_figure() {
    World::on_both(async |world| {
        let (reviewer, planner) = desk(world).await;
        let view = list(world, &reviewer).await;
        let rest = "figure=computed.0&reason=x";
        let signed = choose(world, &reviewer, &choice(line(&view, "M1"), 0, "key-take-0001", rest)).await;
        assert_eq!(signed.status, StatusCode::OK, "{}", signed.text());
        let answer = world.get(&planner, "/statements/export").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let sheet = rows(&answer.body);
        for (row, line) in sheet[3..].iter().zip(&view.lines) {
            let printed = line.statement.printed().text();
            assert_eq!((&*row[0].to_string(), &*row[2].to_string()), (line.statement.code(), printed));
        }
        let funds = sheet.iter().find(|row| row[0] == "M1").unwrap();
        let computed = [3, 4, 5, 12].map(|at| fen(&funds[at]));
        assert_eq!(computed, [92_495_500_000, 795_500_000, 644_950_000, 92_495_500_000]);
        let words = [6, 7, 13, 14].map(|at| funds[at].to_string());
        assert_eq!(words, ["万元", "不符", "x", "sh"]);
        assert!(world.get(&planner, "/statements").await.text().contains("/statements/export"));
        world.person("xian", Role::Reviewer, WEINING).await;
        let county = world.cookie("xian").await;
        let below = rows(&world.get(&county, "/statements/export").await.body);
        assert!(!says(&below, "M1"), "what lies above is not there");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_worked_with_is_refused_in_words() {
    World::on_both(async |world| {
        let (reviewer, _) = desk(world).await;
        let view = list(world, &reviewer).await;
        let mut number = 0;
        for (code, rest) in [
            ("M1", "figure=other&other=5%E4%BA%BA&reason=x"),
            ("M1", "figure=other&other=x&reason=x"),
            ("M1", "figure=stated&reason="),
            ("M1", "figure=&reason=x"),
        ] {
            number += 1;
            let key = format!("key-wrong-{number:04}");
            let answer = choose(world, &reviewer, &choice(line(&view, code), 0, &key, rest)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{rest}");
            assert!(matches!(error(&answer), ApiError::Invalid { .. }), "{rest}");
        }
        let rest = "figure=computed.0&reason=x";
        let answer = choose(world, &reviewer, &choice(line(&view, "M16"), 0, "key-rate-0001", rest)).await;
        assert!(matches!(error(&answer), ApiError::Refused { refusal: Refusal::Statement { .. } }));
        assert!(list(world, &reviewer).await.lines.iter().all(|line| line.working.is_none()));
    })
    .await;
}

#[tokio::test]
async fn a_plain_form_that_is_refused_comes_back_as_it_was_typed() {
    let world = World::sqlite().await;
    let (reviewer, _) = desk(&world).await;
    let view = list(&world, &reviewer).await;
    let rest = "figure=other&other=abc&reason=%E5%88%86%E9%A1%B9%E6%9B%B4%E7%BB%86";
    let form = choice(line(&view, "M1"), 0, "key-back-0001", rest);
    let request = tests::world::post("/api/statement/choose")
        .header(http::header::COOKIE, &reviewer)
        .header(http::header::ACCEPT, "text/html");
    let back = world.send(request, form).await.header(http::header::LOCATION).unwrap();
    let page = world.get(&reviewer, &back).await.text();
    assert!(page.contains("分项更细</textarea>") && page.contains("value=\"abc\""), "{back}");
    let (head, _) = page.split_once("value=\"other\"").unwrap();
    assert!(head.ends_with("checked ") || head.ends_with("checked=\"\" "), "the choice is kept: {back}");
    let (_, form) = page.split_once("class=\"statement-form\"").unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    assert!(!form.contains(" disabled"), "without scripts nobody could open it again");
}

#[tokio::test]
async fn the_databases_refuse_to_change_a_source_or_a_signature() {
    World::on_both(async |world| {
        let (reviewer, _) = desk(world).await;
        let view = list(world, &reviewer).await;
        let form = choice(line(&view, "M1"), 0, "key-sign-0001", "figure=stated&reason=x");
        let _: StatementView = read(&choose(world, &reviewer, &form).await);
        let url = world.state.config.database.clone();
        let url = url.unwrap_or_else(|| format!("sqlite://{}", world.folder().join("houfu.db").display()));
        let forger = Database::connect(url.as_str()).await.unwrap();
        for forgery in [
            "UPDATE statement SET body = '{}'",
            "DELETE FROM statement_remark",
            "UPDATE statement_choice SET signer = signer",
            "DELETE FROM statement_choice",
        ] {
            assert!(forger.execute_unprepared(forgery).await.is_err(), "{forgery}");
        }
        assert!(list(world, &reviewer).await.lines.len() == view.lines.len());
    })
    .await;
}

//! What the ledger speaks of stays when its import is taken back: the projects are named, nothing is half done, and the
//! other rows go one by one.

use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::fund::form::{NoticeForm, ShareForm, SplitForm};
use contract::import::{ImportState, ImportView};
use contract::ledger::command::{Decide, Verdict};
use contract::ledger::form::PostEntryForm;
use contract::list::ListForm;
use contract::project::ProjectQuery;
use domain::id::ProjectId;
use domain::period::FiscalYear;
use domain::permission::Role;
use domain::project::{Field, Value};
use http::StatusCode;
use service::ledger::request;
use service::{Call, fund, import, list, project};
use tests::desk::{Desk, book};
use tests::world::World;

const WEINING: &str = "520526";
const HEAD: [&str; 4] = ["项目名称", "县（市、区）", "总投资", "2026年"];
const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

/// Five projects that came in by one file, in its order, with their numbers.
async fn put_in(desk: &Desk<'_>, call: &Call) -> (ImportView, Vec<(i64, ProjectId)>) {
    let lines = NAMES.map(|name| [name, "威宁县", "10", "10"]);
    let all: Vec<&[&str]> = std::iter::once(&HEAD).chain(&lines).map(|line| line.as_slice()).collect();
    let view = desk.upload("first.xlsx", &book("一年期", &all)).await;
    let done = desk.done("commit", &view, &[]).await;
    assert_eq!(done.counts.new, 5, "{:?}", done.findings);
    let query = ListForm { list: "pool".into(), ..ListForm::default() }.check().unwrap();
    let page = list::page(call, query).await.unwrap();
    let of = |name: &str| {
        let named = (Field::Name, Value::Text(name.into()));
        let row = page.rows.iter().find(|row| row.values.contains(&named)).unwrap();
        (i64::try_from(row.number).unwrap(), row.project)
    };
    (done, NAMES.map(of).to_vec())
}

fn posting(call: &Call, project: ProjectId, submit: &str) -> PostEntryForm {
    PostEntryForm {
        key: call.new_id().to_string(),
        kind: "issue".into(),
        project: project.to_string(),
        source: "GBG".into(),
        year: "2026".into(),
        amount: "1".into(),
        date: "2025-03-02".into(),
        document: "黔财〔2026〕1号".into(),
        submit: submit.into(),
        ..PostEntryForm::default()
    }
}

/// An entry on the first project, a draft of one on the second, a share of a notice on the third; the fourth is only the one
/// that a transfer from the first would give to, which waits for its second person.
async fn come_to_money(world: &World, projects: &[(i64, ProjectId)]) {
    let (treasurer, reviewer) = (world.call("cw").await, world.call("sh").await);
    let entered = posting(&treasurer, projects[0].1, "1");
    let view = request::post(&treasurer, entered.check().unwrap()).await.unwrap();
    let verdict = Verdict::Approve { exception: None };
    let key = reviewer.new_id().to_string();
    let decide = Decide { request: view.request, version: view.version, key, verdict };
    request::decide(&reviewer, decide).await.unwrap();
    let draft = posting(&treasurer, projects[1].1, "");
    request::post(&treasurer, draft.check().unwrap()).await.unwrap();
    let transfer = PostEntryForm {
        kind: "transfer".into(),
        other: projects[3].1.to_string(),
        stage: "issued".into(),
        ..posting(&treasurer, projects[0].1, "1")
    };
    request::post(&treasurer, transfer.check().unwrap()).await.unwrap();
    let notice = NoticeForm {
        key: treasurer.new_id().to_string(),
        document: "威财〔2026〕1号".into(),
        date: "2026-03-02".into(),
        source: "LOC".into(),
        year: "2026".into(),
        amount: "10".into(),
        ..NoticeForm::default()
    };
    let notice = fund::register(&treasurer, notice.check().unwrap()).await.unwrap();
    let share = ShareForm { project: projects[2].1.to_string(), value: "5".into(), ..ShareForm::default() };
    let split = SplitForm {
        notice: notice.line.notice.to_string(),
        key: treasurer.new_id().to_string(),
        shares: vec![share],
        ..SplitForm::default()
    };
    fund::split::save(&treasurer, Form::check(&split).unwrap()).await.unwrap();
}

async fn stand(call: &Call, projects: &[(i64, ProjectId)]) -> Vec<bool> {
    let mut standing = Vec::new();
    for (_, project) in projects {
        standing.push(project::one(call, ProjectQuery { project: *project }).await.is_ok());
    }
    standing
}

#[tokio::test]
async fn what_the_ledger_speaks_of_stays_and_is_named() {
    World::on_both(async |world| {
        for (login, role, area) in [
            ("gz", Role::Planner, "520000"),
            ("cw", Role::Treasurer, WEINING),
            ("sh", Role::Reviewer, WEINING),
        ] {
            world.person(login, role, area).await;
        }
        let (desk, call) = (Desk::of(world, "gz").await, world.call("gz").await);
        let (done, projects) = put_in(&desk, &call).await;
        assert_eq!((done.changed_since, &done.obstacle), (0, &None));
        come_to_money(world, &projects).await;

        let now = desk.view(done.import).await;
        let (status, error) = desk.refused("undo", &now, &[]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let first = [0, 1, 2, 3].map(|at| (projects[at].0, NAMES[at].to_owned())).to_vec();
        let refusal = Refusal::MoneyStands { projects: 4, first };
        assert_eq!(error, ApiError::Refused { refusal: refusal.clone() });
        assert_eq!((now.changed_since, now.obstacle), (4, Some(refusal.clone())), "told before it is tried");
        for locale in [words::Locale::zh_CN, words::Locale::en] {
            let sentence = words::explain::api_error(locale, &error);
            assert!(sentence.contains(&format!("{} 甲", projects[0].0)), "{sentence}");
        }
        let year = FiscalYear::new(2026).unwrap();
        let set = import::undo::set(&call, done.change_set.unwrap(), year).await;
        assert_eq!(set.unwrap_err().into_api("ref"), error, "the same without the wizard");
        assert_eq!(stand(&call, &projects).await, [true; 5], "nothing is half done");

        // Row by row, as where rows were changed again.
        let now = desk.view(done.import).await;
        let rows = desk.rows(done.import, "").await;
        let undoable: Vec<bool> = rows.iter().map(|row| row.undoable).collect();
        assert_eq!(undoable, [false, false, false, false, true]);
        let of = |row: &'static str| [("sheet", "一年期"), ("row", row)];
        let (status, one) = desk.refused("undo", &now, &of("2")).await;
        let first = vec![(projects[0].0, "甲".to_owned())];
        let refusal = Refusal::MoneyStands { projects: 1, first };
        assert_eq!((status, one), (StatusCode::UNPROCESSABLE_ENTITY, ApiError::Refused { refusal }));
        let (status, one) = desk.refused("undo", &now, &of("5")).await;
        let first = vec![(projects[3].0, "丁".to_owned())];
        let refusal = Refusal::MoneyStands { projects: 1, first };
        let said = (StatusCode::UNPROCESSABLE_ENTITY, ApiError::Refused { refusal });
        assert_eq!((status, one), said, "a transfer that waits would give to it");
        let after = desk.done("undo", &now, &of("6")).await;
        assert_eq!((after.state, after.changed_since), (ImportState::Committed, 4));
        assert_eq!(stand(&call, &projects).await, [true, true, true, true, false]);
        let report = store::verify::verify(&world.app.db().read().await.unwrap()).await.unwrap();
        assert_eq!(report.first_breach(), None);
    })
    .await;
}

//! A report of a closed month goes out again byte for byte, whatever was corrected since; beside today it differs by exactly
//! those corrections.

use super::desk::{approve, desk, post, posting};
use super::{WEINING, api, verified};
use contract::error::ApiError;
use contract::ledger::command::CloseMonth;
use contract::ledger::form::PostEntryForm;
use contract::ledger::report::{IssueReport, ReportQuery};
use domain::id::{EntryId, ProjectId};
use domain::ledger::Stage;
use domain::period::Month;
use domain::permission::Role;
use http::StatusCode;
use service::ledger::{self, month, request};
use service::{Call, Failure};
use tests::world::World;

const LIPING: &str = "522631";
const PROVINCE: &str = "520000";

async fn enter(
    treasurer: &Call,
    reviewer: &Call,
    project: ProjectId,
    kind: &str,
    amount: &str,
    date: &str,
) -> EntryId {
    let view = post(treasurer, &posting(treasurer, project, kind, amount, date)).await;
    request::decide(reviewer, approve(reviewer, &view)).await.unwrap().entries[0]
}

async fn reverse(treasurer: &Call, reviewer: &Call, entry: EntryId, date: &str) -> EntryId {
    let back = PostEntryForm {
        key: treasurer.new_id().to_string(),
        kind: "reverse".into(),
        entry: entry.to_string(),
        date: date.into(),
        memo: "更正".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    };
    let view = post(treasurer, &back).await;
    request::decide(reviewer, approve(reviewer, &view)).await.unwrap().entries[0]
}

#[tokio::test]
async fn an_issue_stays_the_same_to_the_byte_and_today_differs_by_the_corrections() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        let january = Month::parse("2025-01").unwrap();
        enter(&treasurer, &reviewer, project, "issue", "100", "2025-01-05").await;
        let wrong = enter(&treasurer, &reviewer, project, "receive", "60", "2025-01-06").await;
        let issue = IssueReport { month: january, key: reviewer.new_id().to_string() };
        let early = ledger::report::issue(&reviewer, issue.clone()).await;
        assert!(matches!(early, Err(Failure::Invalid(_))), "the month is not closed");
        let close = CloseMonth { month: january, key: reviewer.new_id().to_string() };
        month::close(&reviewer, close).await.unwrap();
        let issue = IssueReport { key: reviewer.new_id().to_string(), ..issue };
        let first = ledger::report::issue(&reviewer, issue.clone()).await.unwrap();
        assert!(first.same && first.head.known_at == 2);
        assert_eq!(first.lines.len(), 1);
        assert_eq!(first.lines[0].total.received.fen(), 60_000_000);
        let asked = ReportQuery { report: first.head.report };
        let bytes = ledger::report::export(&reviewer, asked).await.unwrap().bytes;
        let repeated = ledger::report::issue(&reviewer, issue).await.unwrap();
        assert_eq!(repeated.head, first.head, "one key, one issue");

        // Two corrections dated in January, one entry that is none of its business.
        let reversal = reverse(&treasurer, &reviewer, wrong, "2025-01-06").await;
        let right = enter(&treasurer, &reviewer, project, "receive", "65.5", "2025-01-06").await;
        enter(&treasurer, &reviewer, project, "receive", "1", "2025-02-03").await;
        let again = ledger::report::export(&reviewer, asked).await.unwrap().bytes;
        assert_eq!(bytes, again, "{:?}: other bytes after a correction", world.kind);
        let shown = ledger::report::one(&reviewer, asked).await.unwrap();
        assert!(shown.same && shown.lines == first.lines);

        let today = ledger::report::compare(&reviewer, asked).await.unwrap();
        let found: Vec<EntryId> = today.corrections.iter().map(|entry| entry.entry).collect();
        assert_eq!((found, today.known_at), (vec![reversal, right], 5));
        assert_eq!(today.differences.len(), 1);
        let line = &today.differences[0];
        for stage in Stage::ALL {
            let effect: i64 = today
                .corrections
                .iter()
                .filter(|entry| entry.movement.arrives() == Some(stage))
                .map(|entry| entry.effect.fen())
                .sum();
            assert_eq!(line.now.get(stage).fen() - line.first.get(stage).fen(), effect, "{stage:?}");
        }
        assert_eq!(line.now.received.fen() - line.first.received.fen(), 5_500_000);

        // What is known now is another issue; the first stays.
        let now = IssueReport { month: january, key: reviewer.new_id().to_string() };
        let second = ledger::report::issue(&reviewer, now).await.unwrap();
        assert_ne!(second.head.sha256, first.head.sha256);
        assert_eq!(ledger::report::reports(&reviewer, ()).await.unwrap().reports.len(), 2);
        foreign_eyes(world, &first.head.report.to_string()).await;
        verified(&reviewer).await;
    })
    .await;
}

#[tokio::test]
async fn a_month_closed_above_is_reported_on_below() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        enter(&treasurer, &reviewer, project, "issue", "100", "2025-01-05").await;
        world.person("sheng", Role::Reviewer, PROVINCE).await;
        let above = world.call("sheng").await;
        let (january, february) = (Month::parse("2025-01").unwrap(), Month::parse("2025-02").unwrap());
        let issue = async |month: Month| {
            ledger::report::issue(&reviewer, IssueReport { month, key: reviewer.new_id().to_string() }).await
        };
        assert!(matches!(issue(january).await, Err(Failure::Invalid(_))), "nobody closed it");
        assert!(ledger::report::reports(&reviewer, ()).await.unwrap().closed.is_empty());
        let close = CloseMonth { month: january, key: above.new_id().to_string() };
        month::close(&above, close).await.unwrap();
        assert_eq!(ledger::report::reports(&reviewer, ()).await.unwrap().closed, [january]);
        let made = issue(january).await.unwrap();
        assert!(made.same && made.lines.len() == 1);
        assert!(matches!(issue(february).await, Err(Failure::Invalid(_))), "February is open");
        let cookie = world.cookie("sh1").await;
        let page = world.get(&cookie, "/funds/ledger/reports").await.text();
        assert!(page.contains("value=\"2025-01\""), "the form offers the month");
    })
    .await;
}

/// Another county finds neither the report nor a byte of the project in any file.
async fn foreign_eyes(world: &World, report: &str) {
    world.person("lp", Role::Reviewer, LIPING).await;
    world.person("own", Role::Reviewer, WEINING).await;
    let (foreign, own) = (world.cookie("lp").await, world.cookie("own").await);
    let stranger = world.call("lp").await;
    let asked = ReportQuery { report: report.parse().unwrap() };
    assert!(matches!(api(ledger::report::one(&stranger, asked).await), ApiError::NotFound));
    let path = format!("/funds/ledger/reports/{report}/export");
    assert_eq!(world.get(&foreign, &path).await.status, StatusCode::NOT_FOUND);
    for path in
        ["/funds/ledger/export", "/funds/ledger/positions/export", "/funds/ledger/standing/export?by=project"]
    {
        let (mine, theirs) = (world.get(&own, path).await, world.get(&foreign, path).await);
        assert_eq!((mine.status, theirs.status), (StatusCode::OK, StatusCode::OK), "{path}");
        assert!(cells(&mine.body).iter().any(|cell| cell.contains("车间")), "{path}");
        assert!(!cells(&theirs.body).iter().any(|cell| cell.contains("车间")), "{path}");
        let beside = format!("{path}{}area={WEINING}", if path.contains('?') { '&' } else { '?' });
        assert_eq!(world.get(&foreign, &beside).await.status, StatusCode::NOT_FOUND, "{beside}");
    }
}

/// Every text of every sheet.
fn cells(bytes: &[u8]) -> Vec<String> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let sheets = book.worksheets();
    sheets.iter().flat_map(|(_, range)| range.cells().map(|(_, _, cell)| cell.to_string())).collect()
}

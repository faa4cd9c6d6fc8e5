//! What of a bank's export is not read, and said: lines that name a month and no day, and sheets that nobody sees.

use super::desk::desk;
use contract::ledger::reconcile::{BankFault, ReconciliationView};
use domain::finding::Severity;
use domain::period::DateError;
use http::StatusCode;
use rust_xlsxwriter::Workbook;
use tests::desk::{Desk, json};
use tests::world::World;

const DOOR: &str = "/api/ledger/reconcile/upload";
const HEAD: [&str; 3] = ["交易日期", "凭证号", "支出（元）"];

/// A sheet that is seen with these days, and one that is hidden.
fn statement(days: &[&str]) -> Vec<u8> {
    let mut file = Workbook::new();
    for (name, days, hidden) in [("明细", days, false), ("旧账", ["2025-02-03"].as_slice(), true)] {
        let page = file.add_worksheet().set_name(name).unwrap();
        page.set_hidden(hidden);
        let lines = days.iter().map(|day| [*day, "记-1", "300000.00"]);
        for (row, line) in (0_u32..).zip(std::iter::once(HEAD).chain(lines)) {
            for (column, text) in (0_u16..).zip(line) {
                page.write_string(row, column, text).unwrap();
            }
        }
    }
    file.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_month_without_a_day_and_a_hidden_sheet_are_said_and_not_read() {
    World::on_both(async |world| {
        desk(world).await;
        let desk = Desk::of(world, "cw").await;
        let send = async |key: &str, name: &str, bytes: &[u8]| {
            desk.send_to(DOOR, &[("key", key)], name, bytes, "application/json").await
        };
        let file = statement(&["2025-03", "2025年3月", "2025-03-05"]);
        let view: ReconciliationView = json(&send("unread-00001", "3月.xlsx", &file).await);
        assert_eq!((view.head.lines, view.faulty), (1, 2));
        assert_eq!(view.head.from.to_string(), "2025-03-05", "no line on the first of the month");
        let told: Vec<_> = view
            .findings
            .iter()
            .map(|one| (one.severity, one.place.sheet.as_str(), one.place.address.as_deref(), &one.fault))
            .collect();
        let month = |text: &str| BankFault::BadDate { error: DateError::DayMissing { text: text.into() } };
        assert_eq!(
            told,
            [
                (Severity::Error, "明细", Some("A2"), &month("2025-03")),
                (Severity::Error, "明细", Some("A3"), &month("2025年3月")),
                (Severity::Note, "旧账", None, &BankFault::HiddenSheet),
            ]
        );
        let page = world.get(&desk.cookie, &format!("/funds/reconcile/{}", view.head.reconciliation)).await;
        assert!(page.text().contains("旧账") && page.text().contains("缺少日"), "the page says so");
        let none = send("unread-00002", "4月.xlsx", &statement(&["2025-04"])).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text());
    })
    .await;
}

//! Pairs out of order and the control matrix as workbooks: what the page says, for the reader's own area only.

use super::WEINING;
use super::desk::{desk, post, posting, verdict};
use contract::form::Form;
use contract::ledger::command::{LedgerQuery, Verdict};
use contract::ledger::form::ControlForm;
use domain::id::ProjectId;
use domain::ledger::{Kind, Response, Stage};
use domain::permission::Role;
use domain::source::Source;
use http::StatusCode;
use service::Call;
use service::ledger::{self, control, request};
use tests::workbook::{fen, rows, says};
use tests::world::{ADMIN, World};
use words::{Locale, name};

const LIPING: &str = "522631";
const INVERTED: &str = "/funds/ledger/inverted/export";

/// 100, 80, 50 and 70 万元, so that more is paid than was passed on.
async fn flow(maker: &Call, checker: &Call, project: ProjectId) {
    let steps = [
        ("issue", "100", None),
        ("receive", "80", None),
        ("disburse", "50", None),
        ("pay", "30", None),
        ("pay", "40", Some("垫付")),
    ];
    for (kind, amount, exception) in steps {
        let view = post(maker, &posting(maker, project, kind, amount, "2025-03-02")).await;
        let approval = Verdict::Approve { exception: exception.map(str::to_owned) };
        request::decide(checker, verdict(checker, &view, approval)).await.unwrap();
    }
}

#[tokio::test]
async fn pairs_out_of_order_go_out_with_their_arithmetic() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        flow(&treasurer, &reviewer, project).await;
        let pairs = ledger::inverted(&reviewer, LedgerQuery::default()).await.unwrap().pairs;
        assert_eq!(pairs.len(), 1);
        let cookie = world.cookie("sh1").await;
        let answer = world.get(&cookie, INVERTED).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let sheet = rows(&answer.body);
        let net = Stage::ALL.map(|stage| pairs[0].totals.net(stage).fen());
        assert_eq!(net, [100_000_000, 80_000_000, 50_000_000, 70_000_000]);
        for row in [3, 4] {
            assert_eq!([4, 5, 6, 7].map(|at| fen(&sheet[row][at])), net, "row {row}");
        }
        assert_eq!(sheet[4][0].to_string(), "车间");
        assert_eq!(sheet[4][8].to_string(), "支付 70.00 − 拨付 50.00 = 20.00");
        let page = world.get(&cookie, "/funds/ledger/inverted?source=GBG").await.text();
        assert!(page.contains(&format!("{INVERTED}?source=GBG")), "the page leads there");

        world.person("lp", Role::Reviewer, LIPING).await;
        let foreign = world.cookie("lp").await;
        assert!(!says(&rows(&world.get(&foreign, INVERTED).await.body), "车间"));
        let beside = world.get(&foreign, &format!("{INVERTED}?area={WEINING}")).await;
        assert_eq!(beside.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn the_matrix_goes_out_as_it_applies() {
    World::on_both(async |world| {
        world.person("sh1", Role::Reviewer, WEINING).await;
        let mut form = ControlForm { edition: "0".into(), ..ControlForm::default() };
        form.cells.insert("pay.GBG".into(), "warn".into());
        control::edit(&world.call(ADMIN).await, form.check().unwrap()).await.unwrap();
        let cookie = world.cookie("sh1").await;
        let answer = world.get(&cookie, "/admin/controls/export").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let sheet = rows(&answer.body);
        assert!(sheet[1][0].to_string().contains("第 1 版"), "{:?}", sheet[1]);
        for (row, source) in sheet[3..].iter().zip(Source::ALL) {
            assert_eq!(row[0].to_string(), name::source(Locale::zh_CN, source));
            for (cell, kind) in row[1..].iter().zip(Kind::ALL) {
                let is_changed = kind == Kind::Pay && source == Source::Gbg;
                let applies = if is_changed { Response::Warn } else { Response::Stop };
                assert_eq!(cell.to_string(), name::response(Locale::zh_CN, applies), "{kind:?} {source:?}");
            }
        }
        let page = world.get(&cookie, "/admin/controls").await.text();
        assert!(page.contains("/admin/controls/export"), "the page leads there");
    })
    .await;
}

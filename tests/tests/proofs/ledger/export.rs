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

/// A text as an address carries it.
fn carried(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The county by its whole name, its short one, a part of it, its initials, and as pickers write it.
const NAMED: [&str; 5] = ["威宁彝族回族苗族自治县", "威宁县", "威宁", "wnyzhz", "520526 威宁县"];

#[tokio::test]
async fn an_area_typed_by_name_means_the_same_on_the_page_in_the_file_and_to_a_program() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        flow(&treasurer, &reviewer, project).await;
        world.person("sj", Role::Reviewer, "520000").await;
        let cookie = world.cookie("sj").await;
        let program = world.program("sj", "read").await;
        for name in NAMED.map(carried) {
            for path in [
                "/funds/ledger",
                "/funds/ledger/positions",
                "/funds/ledger/inverted",
                "/funds/ledger/standing",
                "/funds/notices",
                "/funds/sources",
            ] {
                let page = world.get(&cookie, &format!("{path}?area={name}")).await;
                assert_eq!(page.status, StatusCode::OK, "{path} {name}");
                let file = world.get(&cookie, &format!("{path}/export?area={name}")).await;
                assert_eq!(file.status, StatusCode::OK, "{path} {name}: {}", file.text());
                // The moment of making stands over every table; what is under it is the same.
                let by_code = world.get(&cookie, &format!("{path}/export?area={WEINING}")).await;
                assert_eq!(rows(&file.body)[2..], rows(&by_code.body)[2..], "{path} {name}");
            }
            let print = world.get(&cookie, &format!("/funds/ledger/print?area={name}")).await;
            assert!(print.text().contains("车间"), "{name}");
            for path in [
                "/ledger/totals",
                "/ledger/positions",
                "/ledger/entries",
                "/ledger/inverted",
                "/sources",
                "/notices",
            ] {
                let told = program.get(&format!("{path}?area={name}")).await;
                assert_eq!(told.status, StatusCode::OK, "{path} {name}: {}", told.text());
                let by_code = program.get(&format!("{path}?area={WEINING}")).await;
                assert_eq!(told.json(), by_code.json(), "{path} {name}");
            }
        }
        // A name of another province, one of nobody, one of several and digits that are no code mean nothing.
        for name in ["杭州市", "无此地", "县", "5205"].map(carried) {
            let path = format!("/funds/ledger/standing/export?area={name}");
            assert_eq!(world.get(&cookie, &path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            let told = program.get(&format!("/ledger/totals?area={name}")).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_workbook_of_the_ledger_names_its_filter() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        flow(&treasurer, &reviewer, project).await;
        let cookie = world.cookie("sh1").await;
        let head = async |path: &str| {
            let answer = world.get(&cookie, path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
            rows(&answer.body)[1][0].to_string()
        };
        let source = name::source(Locale::zh_CN, Source::Gbg);
        let filter = format!("area={WEINING}&source=GBG&year=2026&as_of=2026-06-30&known=4");
        let whole = ["威宁彝族回族苗族自治县", source, "2026", "截至 2026-06-30", "截至链号 4"];
        for path in ["", "/positions", "/inverted", "/standing"] {
            let path = format!("/funds/ledger{path}/export");
            let told = head(&format!("{path}?{filter}")).await;
            for part in whole {
                assert!(told.contains(part), "{path} says {part}: {told}");
            }
            // Nothing asked: the person's own area, today, all that is known.
            let told = head(&path).await;
            let today = format!("截至 {}", words::format::date(reviewer.today()));
            for part in ["威宁彝族回族苗族自治县", today.as_str(), "截至链号 5"] {
                assert!(told.contains(part), "{path} says {part}: {told}");
            }
            assert!(!told.contains(source), "{path}: {told}");
        }
        let told = head(&format!("/funds/ledger/export?project={project}&month=2025-03&kind=pay")).await;
        for part in ["车间", "2025-03", name::fund_kind(Locale::zh_CN, Kind::Pay)] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let paper = world.get(&cookie, &format!("/funds/ledger/print?{filter}")).await.text();
        for part in whole {
            assert!(paper.contains(part), "the paper says {part}");
        }
    })
    .await;
}

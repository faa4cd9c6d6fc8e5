//! The ledger of funds as people walk it: a book comes in by two persons, its totals and its pairs out of order are read, and
//! one 拨付 is entered and approved by keyboard. Needs the forms beside the repository.

use crate::walk::{LANGUAGES, looks, sign_in};
use contract::ledger::PositionLine;
use contract::ledger::command::LedgerQuery;
use domain::ledger::Stage;
use domain::money::{Delta, Money, Unit};
use domain::period::FiscalYear;
use domain::permission::Role;
use service::import::{Choices, Committed, commit};
use service::ledger;
use sheet::limits::Limits;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tests::browser::{Browser, Scripts};
use tests::world::World;
use thirtyfour::By;
use thirtyfour::prelude::*;

const BOOK: &str = "资金台账_2026.xlsx";
/// The book of the province is read, judged and written within this, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// The folder of the forms; `None`, said on the standard error, when this machine does not have it.
fn forms() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/forms"));
    if folder.exists() {
        return Some(folder.canonicalize().expect("an existing folder has a full path"));
    }
    eprintln!("skipped: the forms are not beside the repository");
    None
}

/// The province with its communities and lists, its treasurer and its reviewer.
async fn world() -> Option<World> {
    let forms = forms()?;
    let read = |name: &str| {
        sheet::read::read_all(&forms.join(name), name, &[], &Limits::default()).expect("a form reads")
    };
    let world = World::sqlite().await;
    for (login, role) in [("gz", Role::Planner), ("cw", Role::Treasurer), ("sh", Role::Reviewer)] {
        world.person(login, role, "520000").await;
    }
    let planner = world.call("gz").await;
    service::demo::add_sites(&planner, &read("安置点台账.xlsx")).await.expect("communities go in");
    let lists = read("三张清单_全省.xlsx");
    let done = commit(&planner, lists, Choices::default(), "one".into()).await.expect("the lists go in");
    assert!(matches!(done, Committed::Done { .. }));
    Some(world)
}

/// Waits until `css` is there, longer than for a page that only has to wake up.
async fn long(browser: &Browser, what: &str, css: &str) -> WebElement {
    let start = Instant::now();
    loop {
        if let Ok(element) = browser.driver.find(By::Css(css)).await {
            return element;
        }
        if start.elapsed() > PATIENCE {
            browser.shot("ledger-stuck").await;
            panic!("{what}: no {css}\n{}", browser.driver.source().await.unwrap_or_default());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn press(browser: &Browser, css: &str) {
    let element = browser.until("something to press", css).await;
    element.scroll_into_view().await.expect("it can be shown");
    element.click().await.expect("it can be pressed");
}

async fn signed_in(base: &str, language: &str, login: &str, scripts: Scripts) -> Option<Browser> {
    let browser = Browser::start(base, language, scripts).await?;
    sign_in(&browser, login).await;
    browser.until("signed in", ".frame main#main").await;
    Some(browser)
}

/// The treasurer stages the book, the reviewer approves it from his queue; plain forms do for both.
async fn bring_in(maker: &Browser, checker: &Browser) {
    let book = forms().expect("seen before").join(BOOK);
    maker.open("/funds/ledger/import").await;
    let input = maker.until("the file input", "#file").await;
    input.send_keys(book.to_str().expect("a readable path")).await.expect("a file is chosen");
    press(maker, "form[action$='ledger/upload'] button[type=submit]").await;
    long(maker, "the batch", ".ledger-batch[data-state=staged]").await;
    maker.until("what was found", ".ledger-findings").await;
    checker.open("/funds/ledger/requests").await;
    press(checker, ".ledger-which a[href^='/funds/ledger/import/']").await;
    checker.until("the batch", ".ledger-batch[data-state=staged]").await;
    press(checker, "form[action$='approve_batch'] button").await;
    long(checker, "approved", ".ledger-batch[data-state=approved]").await;
}

/// The four totals to the fen, and the 22 pairs.
async fn read_figures(browser: &Browser) {
    let text =
        std::fs::read_to_string(forms().expect("seen before").join("expected.json")).expect("readable");
    let expected: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    browser.open("/funds/ledger").await;
    for (name, stage) in [
        ("下达", Stage::Issued),
        ("到位", Stage::Received),
        ("拨付", Stage::Disbursed),
        ("支付", Stage::Paid),
    ] {
        let want = expected["ledger"]["totals"][name].as_str().expect("a figure");
        let want = Delta::from(Money::parse(want, Unit::Wan).expect("an amount"));
        let css = format!(".ledger-total[data-stage={}] .ledger-figure", stage.code());
        let figure = browser.until(name, &css).await;
        assert_eq!(figure.text().await.expect("readable"), words::format::delta(want, Unit::Wan), "{name}");
        let exact = figure.attr("title").await.expect("readable").unwrap_or_default();
        assert!(exact.contains(&words::format::delta(want, Unit::Yuan)), "{name}: {exact}");
    }
    browser.open("/funds/ledger/inverted").await;
    browser.until("the pairs", ".ledger-pair").await;
    let pairs = browser.driver.find_all(By::Css(".ledger-pair")).await.expect("a table");
    assert_eq!(pairs.len(), 22);
}

/// A project with one source, of this year, that still has something to pass on.
async fn with_room(world: &World) -> PositionLine {
    let call = world.call("sh").await;
    let year = FiscalYear::of(call.today());
    let mut query = LedgerQuery { year, ..LedgerQuery::default() };
    loop {
        let page = ledger::positions(&call, query.clone()).await.expect("positions");
        for row in page.rows {
            let only = LedgerQuery { project: Some(row.project.project), ..LedgerQuery::default() };
            let alone = ledger::positions(&call, only).await.expect("positions").rows.len() == 1;
            if alone && row.totals.left().to_disburse.fen() >= 1_000_000 {
                return row;
            }
        }
        query.page = Some(page.next.expect("one of the pages has such a project"));
    }
}

/// Nothing is no amount: the panel that says so has the focus.
async fn refused_by_keyboard(maker: &Browser, amount: &WebElement) -> WebElement {
    maker.assert_quiet().await;
    amount.send_keys("0").await.expect("a field takes letters");
    amount.send_keys(Key::Control + Key::Enter).await.expect("keys");
    let panel = maker.until("what is wrong", ".error-panel").await;
    // The browser itself notes that the answer was a refusal.
    drop(maker.console().await);
    panel
}

/// Project, amount and Ctrl+Enter; then the reviewer's key.
async fn enter_by_keyboard(world: &World, maker: &Browser, checker: &Browser) {
    let row = with_room(world).await;
    maker.open("/funds/ledger/new").await;
    let project = maker.until("the project", "#project[role=combobox]").await;
    project.send_keys(&row.project.name).await.expect("a field takes letters");
    maker.until("an offer", ".picker-option").await;
    project.send_keys(Key::Enter + "").await.expect("a key");
    maker.until("its balances", ".ledger-balances").await;
    // Kind, source and year are as they should be: the amount is four steps away.
    for _ in 0..4 {
        let at = maker.driver.active_element().await.expect("something has the focus");
        at.send_keys(Key::Tab + "").await.expect("a key");
    }
    let amount = maker.driver.active_element().await.expect("something has the focus");
    assert_eq!(amount.id().await.expect("readable").as_deref(), Some("amount"));
    let panel = refused_by_keyboard(maker, &amount).await;
    amount.send_keys(Key::Backspace + "1").await.expect("a field takes letters");
    maker.until("it fits", ".ledger-fits").await;
    let echo = maker.until("the echo", "#amount-echo").await.text().await.expect("readable");
    assert!(echo.contains("壹万元整"), "{echo}");
    // The focus is where the error was said, and the keys work from there too.
    panel.send_keys(Key::Control + Key::Enter).await.expect("keys");
    maker.until("it went out", ".ledger-sent li").await;
    maker.assert_quiet().await;
    checker.open("/funds/ledger/requests").await;
    checker.until("the request", ".ledger-request[data-state=submitted]").await;
    let approve = checker.until("its act", "button[value=approve]").await;
    approve.focus().await.expect("it takes the focus");
    approve.send_keys(Key::Enter + "").await.expect("a key");
    checker.until("approved", ".notice-ok").await;
    checker.open(&format!("/funds/ledger?project={}&kind=disburse", row.project.project)).await;
    let newest = checker.until("the newest entry", ".ledger-table tbody tr td:nth-child(7)").await;
    assert_eq!(newest.text().await.expect("readable"), "1.00");
    checker.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_book_comes_in_by_two_persons_and_a_posting_by_keyboard() {
    let Some(world) = world().await else { return };
    let base = world.serve().await;
    let Some(maker) = signed_in(&base, "zh-CN", "cw", Scripts::On).await else { return };
    let Some(checker) = signed_in(&base, "zh-CN", "sh", Scripts::On).await else { return };
    bring_in(&maker, &checker).await;
    read_figures(&checker).await;
    enter_by_keyboard(&world, &maker, &checker).await;
    maker.assert_quiet().await;
}

/// With scripts off the same book comes in, and every page stands in both languages, light and dark.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledger_is_read_without_scripts_and_its_pages_are_sound() {
    let Some(world) = world().await else { return };
    let base = world.serve().await;
    let Some(maker) = signed_in(&base, "zh-CN", "cw", Scripts::Off).await else { return };
    let Some(checker) = signed_in(&base, "zh-CN", "sh", Scripts::Off).await else { return };
    bring_in(&maker, &checker).await;
    read_figures(&checker).await;
    for language in LANGUAGES {
        let Some(browser) = signed_in(&base, language, "cw", Scripts::On).await else { return };
        for (name, path) in [
            ("workbench", "/"),
            ("ledger", "/funds/ledger"),
            ("ledger-positions", "/funds/ledger/positions"),
            ("ledger-requests", "/funds/ledger/requests"),
            ("ledger-inverted", "/funds/ledger/inverted"),
            ("ledger-months", "/funds/ledger/months"),
            ("ledger-new", "/funds/ledger/new"),
            ("ledger-import", "/funds/ledger/import"),
            ("reconcile", "/funds/reconcile"),
            ("controls", "/admin/controls"),
            ("sources", "/funds/sources"),
            ("notices", "/funds/notices"),
            ("notice-new", "/funds/notices/new"),
            ("findings", "/findings"),
            ("rules", "/findings/rules"),
            ("rule", "/findings/rules/R46"),
            ("findings-print", "/findings/print?list=problems"),
            ("ledger-print", "/funds/ledger/print?kind=recover"),
        ] {
            looks(&browser, name, language, path).await;
        }
    }
}

//! A reconciliation as people walk it: a treasurer brings the bank's lines, joins by hand what the product left open and
//! hands it over; a reviewer signs. With scripts and without; its pages in both languages, light and dark.

use crate::walk::{LANGUAGES, looks, sign_in};
use contract::form::Form;
use contract::ledger::command::{Decide, Verdict};
use contract::ledger::form::PostEntryForm;
use contract::project::SaveForm;
use domain::permission::Role;
use service::ledger::request;
use service::project;
use std::io::Write;
use tests::browser::{Browser, Scripts};
use tests::world::World;
use thirtyfour::By;

const COUNTY: &str = "520526";
const LINES: &str = "日期,凭证号,支出（元）,收入（元）,对方户名
2025-03-05,记-1,300000.00,,甲公司
2025-03-12,,40000.00,,丁公司
2025-03-12,,60000.00,,丁公司
2025-03-13,,7.00,,手续费
";

/// A county whose ledger paid twice in March 2025.
async fn county() -> World {
    let world = World::sqlite().await;
    for (login, role) in [("gh", Role::Planner), ("cw", Role::Treasurer), ("sh", Role::Reviewer)] {
        world.person(login, role, COUNTY).await;
    }
    let (planner, treasurer, reviewer) =
        (world.call("gh").await, world.call("cw").await, world.call("sh").await);
    let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
    for (key, text) in [("name", "车间"), ("area", COUNTY), ("total", "100")] {
        form.values.insert(key.into(), text.into());
    }
    let saved = project::save(&planner, form.check().expect("a sound form")).await;
    let project = saved.expect("the planner may save").project.to_string();
    for (kind, amount, date, voucher) in [
        ("issue", "100", "2025-03-01", ""),
        ("receive", "100", "2025-03-01", ""),
        ("disburse", "40", "2025-03-01", ""),
        ("pay", "30", "2025-03-05", "记-1"),
        ("pay", "10", "2025-03-13", "记-2"),
    ] {
        let form = PostEntryForm {
            key: treasurer.new_id().to_string(),
            kind: kind.into(),
            project: project.clone(),
            source: "GBG".into(),
            year: "2025".into(),
            amount: amount.into(),
            date: date.into(),
            document: "黔财〔2025〕1号".into(),
            voucher: voucher.into(),
            submit: "1".into(),
            ..PostEntryForm::default()
        };
        let asked = request::post(&treasurer, form.check().expect("a sound form")).await;
        let asked = asked.expect("the treasurer may ask");
        let verdict = Verdict::Approve { exception: None };
        let key = reviewer.new_id().to_string();
        let decide = Decide { request: asked.request, version: asked.version, key, verdict };
        request::decide(&reviewer, decide).await.expect("the reviewer may approve");
    }
    world
}

async fn press(browser: &Browser, css: &str) {
    let element = browser.until("something to press", css).await;
    element.scroll_into_view().await.expect("it can be shown");
    element.click().await.expect("it can be pressed");
}

fn figure(name: &str, count: u32) -> String {
    format!(".reconcile-figure[data-figure={name}][data-count='{count}']")
}

/// From the file to the signature; where the page is.
async fn walk(maker: &Browser, checker: &Browser) -> String {
    let mut file = tempfile::NamedTempFile::with_suffix(".csv").expect("a temporary file");
    file.write_all(LINES.as_bytes()).expect("it can be written");
    maker.open("/funds/reconcile").await;
    let input = maker.until("the file input", "#file").await;
    let path = file.path().to_str().expect("a readable path");
    input.send_keys(path).await.expect("a file is chosen");
    press(maker, "form[enctype] button[type=submit]").await;
    maker.until("one found its entry", &figure("matched", 1)).await;
    for (side, rows) in [("1", 2), ("2", 1)] {
        for row in 1..=rows {
            let row = format!(
                ".reconcile-sides > div:nth-child({side}) tbody tr:nth-child({row}) input[type=checkbox]"
            );
            press(maker, &row).await;
        }
    }
    press(maker, "button[value=link]").await;
    maker.until("joined by hand", &figure("matched", 3)).await;
    let at = maker.driver.current_url().await.expect("an address").path().to_owned();
    press(maker, "form:has(input[value=submit]) button").await;
    maker.until("handed over", "section[data-state=submitted]").await;
    checker.open(&at).await;
    press(checker, "form:has(input[name='form[digest]']) button").await;
    checker.until("signed", "section[data-state=signed]").await;
    let ticks = checker.driver.find_all(By::Css("main input[type=checkbox]")).await.expect("a page");
    assert!(ticks.is_empty(), "what is signed cannot be ticked");
    at
}

async fn both(scripts: Scripts) {
    let world = county().await;
    let base = world.serve().await;
    let Some(maker) = Browser::start(&base, "zh-CN", scripts).await else { return };
    let Some(checker) = Browser::start(&base, "zh-CN", scripts).await else { return };
    sign_in(&maker, "cw").await;
    maker.until("signed in", ".frame main#main").await;
    sign_in(&checker, "sh").await;
    checker.until("signed in", ".frame main#main").await;
    let at = walk(&maker, &checker).await;
    if matches!(scripts, Scripts::Off) {
        return;
    }
    for language in LANGUAGES {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, "sh").await;
        browser.until("signed in", ".frame main#main").await;
        looks(&browser, "reconcile-one", language, &at).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bank_s_lines_are_joined_and_signed() {
    both(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bank_s_lines_are_joined_and_signed_without_scripts() {
    both(Scripts::Off).await;
}

//! Job estimates in a real browser: the tab in both languages, reckoned while somebody types, and by plain forms alone.

use crate::walk::{LANGUAGES, looks, sign_in, type_in};
use domain::permission::Role;
use std::time::{Duration, Instant};
use tests::browser::{Browser, Scripts};
use tests::world::World;

const WEINING: &str = "520526";
/// Longest wait for a number to change.
const LONGEST: Duration = Duration::from_secs(10);

/// A workshop of 2,600万元; the address of its estimate.
async fn world() -> (World, String) {
    let world = World::sqlite().await;
    world.person("weining", Role::Planner, WEINING).await;
    let cookie = world.cookie("weining").await;
    let form = format!(
        "key=key-made-1&values[name]=workshop&values[area]={WEINING}&values[total]=2600&values[category]=productive_industry&values[posts]=9000"
    );
    let made = world.post(&cookie, "/api/project/save", &form).await;
    assert!(made.status.is_success(), "{}", made.text());
    let project = made.text().split('"').nth(3).expect("an id").to_owned();
    (world, format!("/projects/{project}/jobs"))
}

async fn headline(browser: &Browser) -> String {
    browser.until("the headline", ".jobs-headline").await.text().await.expect("readable")
}

async fn until_headline_says(browser: &Browser, text: &str) {
    let start = Instant::now();
    loop {
        let said = headline(browser).await;
        if said.contains(text) {
            return;
        }
        assert!(start.elapsed() < LONGEST, "{text} is not in: {said}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_estimate_is_reckoned_while_somebody_types() {
    let (world, path) = world().await;
    let base = world.serve().await;
    for language in LANGUAGES {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, "weining").await;
        looks(&browser, "jobs", language, &path).await;
        until_headline_says(&browser, "416").await;
        type_in(&browser, "total", "1000").await;
        until_headline_says(&browser, "160").await;
        type_in(&browser, "form[values][lines]", "2").await;
        type_in(&browser, "form[values][staff_per_line]", "211").await;
        until_headline_says(&browser, "422").await;
        type_in(&browser, "form[values][lines]", "x").await;
        browser.until("what cannot be read is told", ".jobs .notice-warn").await;
        until_headline_says(&browser, "422").await;
        browser.assert_quiet().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn plain_forms_try_save_and_set_a_number_by_hand() {
    let (world, path) = world().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::Off).await else { return };
    sign_in(&browser, "weining").await;
    browser.open(&path).await;
    type_in(&browser, "total", "1000").await;
    press(&browser, ".jobs-try button").await;
    until_headline_says(&browser, "160").await;
    browser.open(&path).await;
    type_in(&browser, "form[values][lines]", "two").await;
    press(&browser, ".jobs-inputs button").await;
    browser.until("the fault beside its input", ".jobs-inputs .field-error").await;
    type_in(&browser, "form[values][lines]", "2").await;
    type_in(&browser, "form[values][staff_per_line]", "211").await;
    press(&browser, ".jobs-inputs button").await;
    browser.until("saved", ".notice-ok").await;
    until_headline_says(&browser, "422").await;
    press(&browser, ".jobs-override summary").await;
    type_in(&browser, "form[standard]", "50").await;
    type_in(&browser, "form[reason]", "contract").await;
    press(&browser, ".jobs-override details button").await;
    browser.until("the mark", ".jobs-manual").await;
    until_headline_says(&browser, "50").await;
    press(&browser, ".jobs-drop button").await;
    browser.until("taken back", ".notice-ok").await;
    until_headline_says(&browser, "422").await;
}

async fn press(browser: &Browser, css: &str) {
    let element = browser.until("something to press", css).await;
    element.scroll_into_view().await.expect("it can be shown");
    element.click().await.expect("it can be pressed");
}

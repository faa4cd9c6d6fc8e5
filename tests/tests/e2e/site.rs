//! Communities in a real browser: list, one, new, both languages, scripts on and off, light and dark.

use crate::walk::{LANGUAGES, looks, sign_in, type_in};
use domain::permission::Role;
use tests::browser::{Browser, Scripts};
use tests::world::World;

const WEINING: &str = "520526";

async fn world() -> World {
    let world = World::sqlite().await;
    world.person("weining", Role::Planner, WEINING).await;
    let cookie = world.cookie("weining").await;
    for (n, name, employed) in [(1, "%E9%98%B3%E5%85%89%E7%A4%BE%E5%8C%BA", "575"), (2, "b", "700")] {
        let form = format!(
            "key=key-made-{n}&values[name]={name}&values[area]={WEINING}&values[code]=520526-0{n}&values[households]=312&values[people]=1208&values[labour]=603&values[employed]={employed}&values[employed_out_of_province]=200&values[employed_in_province]=100&values[employed_in_county]=275&values[zero_employment_households]=0"
        );
        let made = world.post(&cookie, "/api/site/save", &form).await;
        assert!(made.status.is_success(), "{}", made.text());
        let site = made.text().split('"').nth(3).expect("an id").to_owned();
        let form = format!(
            "key=key-proj-{n}&values[name]=project{n}&values[area]={WEINING}&values[total]=1850.5&sites[]={site}"
        );
        assert!(world.post(&cookie, "/api/project/save", &form).await.status.is_success());
    }
    world
}

/// Every page in both languages, awake, quiet and without a serious fault in light and dark.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_communities_are_sound() {
    let world = world().await;
    let base = world.serve().await;
    for language in LANGUAGES {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, "weining").await;
        browser.until("signed in", ".frame main#main").await;
        looks(&browser, "sites", language, "/communities").await;
        looks(&browser, "site-new", language, "/communities/new").await;
        looks(&browser, "sites-by-need", language, "/communities?sort=need").await;
        looks(&browser, "sites-paper", language, "/communities/print").await;
        looks(&browser, "site-sizes", language, "/communities/sizes").await;
        browser.open("/communities?q=ygsq").await;
        let link = browser.until("the community", ".site-name a").await;
        let path = link.attr("href").await.expect("readable").expect("an address");
        looks(&browser, "site", language, &path).await;
        looks(&browser, "site-paper", language, &format!("{path}/print")).await;
        browser.open("/communities?q=520526-02").await;
        let doubtful = browser.until("the doubtful one", ".site-name a").await;
        let path = doubtful.attr("href").await.expect("readable").expect("an address");
        browser.open(&path).await;
        browser.until("the doubts", ".site-doubts li").await;
        let project = browser.until("its project", "a[href^='/projects/01']").await;
        project.click().await.expect("a link");
        browser.until("the project", ".project-line").await;
        browser.assert_quiet().await;
    }
}

/// A plain form makes a community and changes it; the picker is a text field then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_community_is_made_and_changed_without_scripts() {
    let world = world().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::Off).await else { return };
    sign_in(&browser, "weining").await;
    browser.until("signed in", ".frame main#main").await;
    browser.open("/communities/new").await;
    type_in(&browser, "values[name]", "new-place").await;
    type_in(&browser, "values[people]", "１，２００").await;
    press(&browser, ".site-form button").await;
    browser.until("the page of the new one", ".notice-ok").await;
    let title = browser.until("its title", "h1").await.text().await.expect("readable");
    assert_eq!(title, "new-place");
    press(&browser, ".site-edit summary").await;
    type_in(&browser, "values[people]", "abc").await;
    press(&browser, ".site-edit .site-form button").await;
    browser.until("the fault beside its input", ".field-error").await;
    type_in(&browser, "values[people]", "900").await;
    press(&browser, ".site-edit .site-form button").await;
    browser.until("saved", ".notice-ok").await;
    let page = browser.driver.source().await.expect("readable");
    assert!(page.contains("1200") && page.contains("900"), "history shows both");
}

/// The picker offers a county by the initials of its name and keeps what the arrows chose.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_picker_finds_a_county_by_initials() {
    let world = world().await;
    world.person("city", Role::Planner, "520500").await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::On).await else { return };
    sign_in(&browser, "city").await;
    browser.until("signed in", ".frame main#main").await;
    browser.open("/communities/new").await;
    let field = browser.until("the picker", "input[role=combobox]").await;
    field.clear().await.expect("a field can be emptied");
    field.send_keys("wnx").await.expect("a field takes letters");
    browser.until("an offer", ".picker-option").await;
    field.send_keys(thirtyfour::Key::Down + "").await.expect("a key");
    field.send_keys(thirtyfour::Key::Enter + "").await.expect("a key");
    let value = field.prop("value").await.expect("readable").unwrap_or_default();
    assert!(value.starts_with(WEINING), "{value}");
    browser.assert_quiet().await;
}

async fn press(browser: &Browser, css: &str) {
    let element = browser.until("something to press", css).await;
    element.scroll_into_view().await.expect("it can be shown");
    element.click().await.expect("it can be pressed");
}

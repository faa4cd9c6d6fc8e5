//! The pages of administrators in a real browser: people, areas, the trail; both languages, scripts on and off.

use crate::walk::{LANGUAGES, looks, sign_in, type_in};
use domain::permission::Role;
use tests::browser::{Browser, Scripts};
use tests::world::{ADMIN, PASSWORD, World};

const WEINING: &str = "520526";

async fn press(browser: &Browser, css: &str) {
    let element = browser.until("something to press", css).await;
    element.scroll_into_view().await.expect("it can be shown");
    element.click().await.expect("it can be pressed");
}

/// Every page in both languages, awake, quiet and without a serious fault in light and dark.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_administrators_are_sound() {
    let world = World::sqlite().await;
    world.person("wang", Role::Planner, WEINING).await;
    let base = world.serve().await;
    for language in LANGUAGES {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, ADMIN).await;
        browser.until("signed in", ".frame main#main").await;
        for (name, path) in [
            ("admin", "/admin"),
            ("people", "/admin/users"),
            ("person-new", "/admin/users/new"),
            ("people-import", "/admin/users/import"),
            ("areas", "/admin/areas?at=520500"),
            ("area", "/admin/areas/520526"),
            ("areas-import", "/admin/areas/import"),
            ("audit", "/admin/audit?check=1"),
        ] {
            looks(&browser, name, language, path).await;
        }
        browser.open("/admin/users?q=wang").await;
        let link = browser.until("the person", ".people-login a").await;
        let path = link.attr("href").await.expect("readable").expect("an address");
        looks(&browser, "person", language, &path).await;
    }
}

/// An administrator adds a person with plain forms; the person can do nothing before the password is his own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_added_and_chooses_a_password_without_scripts() {
    let world = World::sqlite().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::Off).await else { return };
    sign_in(&browser, ADMIN).await;
    browser.until("signed in", ".frame main#main").await;
    browser.open("/admin/users/new").await;
    type_in(&browser, "login", "new").await;
    type_in(&browser, "name", "new-name").await;
    type_in(&browser, "area", "威宁县").await;
    type_in(&browser, "password", PASSWORD).await;
    press(&browser, "main form.panel button").await;
    browser.until("the page of the new person", ".notice-ok").await;
    press(&browser, ".bar-form button").await;
    browser.until("signed out", "input[name=login]").await;
    sign_in(&browser, "new").await;
    browser.until("told to choose a password", ".notice-warn").await;
    browser.open("/projects").await;
    let here = browser.driver.current_url().await.expect("an address");
    assert_eq!(here.path(), "/account", "nothing else opens");
    type_in(&browser, "old_password", PASSWORD).await;
    type_in(&browser, "new_password", "my own long password").await;
    press(&browser, "main form.form button").await;
    // Tokens are offered once the password is one's own; whoever leaves earlier takes the form along.
    browser.until("the password is changed", "main section.panel ~ section.panel").await;
    browser.open("/projects").await;
    let here = browser.driver.current_url().await.expect("an address");
    assert_eq!(here.path(), "/projects");
}

/// A table of areas goes through its preview to the tree with plain forms.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_of_areas_goes_in_without_scripts() {
    let world = World::sqlite().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::Off).await else { return };
    sign_in(&browser, ADMIN).await;
    browser.until("signed in", ".frame main#main").await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("areas.csv");
    let table = "code,name,level,parent\n529900,new-city,city,520000\n520524,other-name,county,520500\n";
    std::fs::write(&path, table).expect("a file can be written");
    browser.open("/admin/areas/import").await;
    let input = browser.until("the file", "input[type=file]").await;
    input.send_keys(path.to_string_lossy()).await.expect("a file can be chosen");
    press(&browser, "main form.form button").await;
    browser.until("the preview", ".area-new").await;
    browser.until("the old name", ".area-old").await;
    browser.shot("areas-preview").await;
    press(&browser, "main form.toolbar button").await;
    browser.until("taken over", ".notice-ok").await;
    browser.open("/admin/areas?q=new-city").await;
    browser.until("the new area", "a[href='/admin/areas/529900']").await;
}

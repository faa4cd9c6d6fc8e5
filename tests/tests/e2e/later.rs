//! The program comes in parts: a page asks for its own part alone, goes on to pages of the other one without a new
//! document, and stays a page when a part does not come.

use crate::walk::sign_in;
use domain::permission::Role;
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};
use tests::browser::{Browser, Scripts};
use tests::world::World;
use thirtyfour::By;

const LIST: &str = "/projects?list=1y";
const OTHER: &str = "/communities";
/// How long the browser may take: a part that does not come is asked for twice.
const PATIENCE: Duration = Duration::from_secs(15);

async fn start() -> Option<(World, Browser)> {
    let world = World::sqlite().await;
    world.person("planner", Role::Planner, "520526").await;
    let browser = Browser::start(&world.serve().await, "zh-CN", Scripts::On).await?;
    sign_in(&browser, "planner").await;
    browser.until("the first page", "nav.menu").await;
    Some((world, browser))
}

async fn eval(browser: &Browser, script: &str) -> Json {
    let answer = browser
        .cdp("Runtime.evaluate", json!({ "expression": script, "returnByValue": true, "awaitPromise": true }))
        .await;
    assert!(answer["exceptionDetails"].is_null(), "{script}: {answer}");
    answer["result"]["value"].clone()
}

/// Waits until the page at a path is shown.
async fn shows(browser: &Browser, path: &str) {
    let script = format!("location.pathname == '{path}' && !!document.querySelector('main h1')");
    let start = Instant::now();
    while eval(browser, &script).await != json!(true) {
        assert!(start.elapsed() < PATIENCE, "{path} never came");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Follows a link of the menu.
async fn go(browser: &Browser, path: &str) {
    let css = format!("nav.menu a[href^='{path}']");
    browser.driver.find(By::Css(&css)).await.expect("a link").click().await.expect("it can be pressed");
}

/// Names of the files of the program that this document has fetched.
async fn fetched(browser: &Browser) -> String {
    let script = "performance.getEntriesByType('resource').map(e => e.name)\
                  .filter(n => n.endsWith('.wasm')).join(' ')";
    eval(browser, script).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_asks_for_its_part_alone_and_the_other_follows_a_link() {
    let Some((_world, browser)) = start().await else { return };
    browser.open(LIST).await;
    let files = fetched(&browser).await;
    assert!(files.contains(".split_lists."), "the part of the page: {files}");
    assert!(!files.contains(".split_pages."), "not the other one: {files}");
    eval(&browser, "document.body.dataset.same = ''").await;
    for path in [OTHER, "/projects", OTHER] {
        go(&browser, path).await;
        shows(&browser, path).await;
    }
    assert!(fetched(&browser).await.contains(".split_pages."), "it came with the link");
    assert_eq!(eval(&browser, "'same' in document.body.dataset").await, json!(true), "no new document");
    browser.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_stays_a_page_when_a_part_does_not_come() {
    let Some((_world, browser)) = start().await else { return };
    browser.cdp("Network.enable", json!({})).await;
    browser.cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    browser.open(LIST).await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": ["*.split_pages.*"] })).await;
    eval(&browser, "document.body.dataset.same = ''").await;
    // Followed within the document, the page cannot be shown: the browser loads it whole.
    go(&browser, OTHER).await;
    shows(&browser, OTHER).await;
    assert_eq!(eval(&browser, "'same' in document.body.dataset").await, json!(false), "a new document");
    // It asks twice, stays asleep, and its links lead on.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(eval(&browser, "'hydrated' in document.body.dataset").await, json!(false), "asleep");
    go(&browser, "/projects").await;
    browser.awake().await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await;
    browser.open(OTHER).await;
}

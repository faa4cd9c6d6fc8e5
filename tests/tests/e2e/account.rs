//! Signing in and the frame of a page, as seen in a browser.

use crate::walk::{LANGUAGES, sign_in};
use tests::browser::{Browser, Scripts};
use tests::world::{ADMIN, World};
use thirtyfour::By;

/// Sign-in with scripts: from the form to the frame of a signed-in page, nothing in the console.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_in() {
    for language in LANGUAGES {
        let world = World::sqlite().await;
        let base = world.serve().await;
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, ADMIN).await;
        browser.until("signed in", ".frame main#main").await;
        browser.awake().await;
        let html = browser.driver.find(By::Css("html")).await.expect("a document");
        assert_eq!(html.attr("lang").await.expect("readable").as_deref(), Some(language));
        browser.shot(&format!("home-{language}")).await;
        browser.assert_quiet().await;
    }
}

/// The same without scripts: plain forms are enough.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_in_without_scripts() {
    let world = World::sqlite().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::Off).await else { return };
    sign_in(&browser, ADMIN).await;
    browser.until("signed in", ".frame main#main").await;
    let hydrated = browser.driver.find_all(By::Css("body[data-hydrated]")).await.expect("a document");
    assert!(hydrated.is_empty(), "scripts ran although they were off");
}

/// The sign-in page has no serious fault of accessibility, in light and in dark.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sign_in_page_is_accessible() {
    let world = World::sqlite().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "en", Scripts::On).await else { return };
    for scheme in ["light", "dark"] {
        let media = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        browser.open("/login").await;
        let faults = browser.axe().await;
        assert!(faults.is_empty(), "{scheme}:\n{}", faults.join("\n"));
    }
}

//! Tokens on the account page: made, shown once, revoked; with scripts and without. And the page that explains them.

use crate::walk::{LANGUAGES, sign_in};
use tests::browser::{Browser, Scripts};
use tests::world::{ADMIN, World};
use thirtyfour::By;

const SECRET: &str = ".account-secret";

async fn make_and_revoke(language: &str, scripts: Scripts) {
    let world = World::sqlite().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, language, scripts).await else { return };
    sign_in(&browser, ADMIN).await;
    browser.until("signed in", ".frame main#main").await;
    browser.open("/account").await;
    browser.until("the form", "input[name=name]").await.send_keys("reader").await.expect("takes letters");
    let make = "form[action*=make_token] button[type=submit]";
    browser.until("the button", make).await.click().await.expect("can be pressed");
    let secret = browser.until("the secret", SECRET).await.text().await.expect("readable");
    assert_eq!(secret.len(), 64, "{secret}");
    browser.shot(&format!("token-{language}-{scripts:?}")).await;
    browser.open("/account").await;
    browser.until("its line", "form[action*=revoke_token]").await;
    let again = browser.driver.find_all(By::Css(SECRET)).await.expect("a document");
    assert!(again.is_empty(), "the secret is shown once only");
    let source = browser.driver.source().await.expect("a document");
    assert!(!source.contains(&secret));
    let revoke = "form[action*=revoke_token] button[type=submit]";
    browser.until("the button", revoke).await.click().await.expect("can be pressed");
    browser.until("nothing is left", ".empty").await;
    browser.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_made_shown_once_and_revoked() {
    for language in LANGUAGES {
        make_and_revoke(language, Scripts::On).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_without_scripts() {
    make_and_revoke("zh-CN", Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_about_the_interface_are_readable_and_quiet() {
    let world = World::sqlite().await;
    let base = world.serve().await;
    for language in LANGUAGES {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, ADMIN).await;
        browser.until("signed in", ".frame main#main").await;
        for scheme in ["light", "dark"] {
            let media =
                serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            browser.cdp("Emulation.setEmulatedMedia", media).await;
            browser.open("/api/docs").await;
            let faults = browser.axe().await;
            assert!(faults.is_empty(), "{scheme}:\n{}", faults.join("\n"));
            browser.shot(&format!("docs-{language}-{scheme}")).await;
        }
        browser.assert_quiet().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_interface_can_be_tried_in_the_browser() {
    let world = World::sqlite().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "en", Scripts::On).await else { return };
    browser.driver.goto(format!("{base}/api/docs/ui/")).await.expect("the page opens");
    browser.until("the operations", ".opblock").await;
    browser.shot("docs-ui").await;
    browser.assert_quiet().await;
}

//! Ways that every browser test goes: signing in, and the languages. Knows no page of a slice.

use std::time::{Duration, Instant};
use tests::browser::Browser;
use tests::world::PASSWORD;
use thirtyfour::By;

/// Both languages, as browsers ask for them.
pub const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Longest wait for the page behind the door.
const LONGEST: Duration = Duration::from_secs(20);

/// Fills in the form of the way in, sends it and waits to be in; everybody in a `World` has the same password.
pub async fn sign_in(browser: &Browser, login: &str) {
    browser.open("/login").await;
    for (name, text) in [("login", login), ("password", PASSWORD)] {
        let field = browser.until("the sign-in form", &format!("input[name={name}]")).await;
        field.send_keys(text).await.expect("a field takes letters");
    }
    let button =
        browser.driver.find(By::Css("main form button[type=submit]")).await.expect("a button to sign in");
    button.click().await.expect("the button can be pressed");
    // A page opened too soon would break off the request that signs in.
    let start = Instant::now();
    while browser.driver.current_url().await.is_ok_and(|url| url.path() == "/login") {
        assert!(start.elapsed() < LONGEST, "{login} is still at the door after {LONGEST:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    browser.awake().await;
}

/// Opens a page in light and in dark: it is quiet, has no serious fault of accessibility, and is kept as a picture.
pub async fn looks(browser: &Browser, name: &str, language: &str, path: &str) {
    for scheme in ["light", "dark"] {
        let media = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        browser.open(path).await;
        browser.until("the page is there", "h1").await;
        browser.shot(&format!("{name}-{language}-{scheme}")).await;
        browser.assert_quiet().await;
        let faults = browser.axe().await;
        assert!(faults.is_empty(), "{path} {language} {scheme}:\n{}", faults.join("\n"));
    }
}

/// Puts a text in the place of what stands in an input.
pub async fn type_in(browser: &Browser, name: &str, text: &str) {
    let field = browser.until("an input", &format!("[name='{name}']")).await;
    field.clear().await.expect("a field can be emptied");
    field.send_keys(text).await.expect("a field takes letters");
}

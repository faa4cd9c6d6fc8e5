//! Ways that every browser test goes: signing in, and the languages. Knows no page of a slice.

use tests::browser::Browser;
use tests::world::PASSWORD;
use thirtyfour::By;

/// Both languages, as browsers ask for them.
pub const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Fills in the form of the way in and sends it; everybody in a `World` has the same password.
pub async fn sign_in(browser: &Browser, login: &str) {
    browser.open("/login").await;
    for (name, text) in [("login", login), ("password", PASSWORD)] {
        let field = browser.until("the sign-in form", &format!("input[name={name}]")).await;
        field.send_keys(text).await.expect("a field takes letters");
    }
    let button =
        browser.driver.find(By::Css("main form button[type=submit]")).await.expect("a button to sign in");
    button.click().await.expect("the button can be pressed");
}

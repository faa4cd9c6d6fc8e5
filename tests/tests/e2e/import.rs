//! The import wizard as people walk it: the province's lists, a county's draft with its planted faults, and the same
//! forms with scripts off. Needs the forms beside the repository.

use crate::walk::{LANGUAGES, sign_in};
use domain::money::{Money, Unit};
use domain::permission::Role;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tests::browser::{Browser, Scripts};
use tests::world::World;
use thirtyfour::By;
use thirtyfour::prelude::*;

const LISTS: &str = "三张清单_全省.xlsx";
const DRAFT: &str = "一年期清单_县级原始稿.xlsx";
/// A file of the province is read, compared and written within this, also on a busy machine.
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

fn expected() -> serde_json::Value {
    let path = forms().expect("seen before").join("expected.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).expect("JSON")
}

/// A world with the communities of the province, a province's and a county's planner, and no project.
async fn world() -> World {
    let world = World::sqlite().await;
    world.person("gz", Role::Planner, "520000").await;
    world.person("liping", Role::Planner, "522631").await;
    let name = "安置点台账.xlsx";
    let path = forms().expect("seen before").join(name);
    let sites = sheet::read::read_all(&path, name, &[], &sheet::limits::Limits::default()).expect("reads");
    service::demo::add_sites(&world.call("gz").await, &sites).await.expect("communities go in");
    world
}

/// Waits until `css` is there, longer than for a page that only has to wake up.
async fn long(browser: &Browser, what: &str, css: &str) -> WebElement {
    let start = Instant::now();
    loop {
        if let Ok(element) = browser.driver.find(By::Css(css)).await {
            return element;
        }
        if start.elapsed() > PATIENCE {
            browser.shot("import-stuck").await;
            panic!("{what}: no {css}\n{}", browser.driver.source().await.unwrap_or_default());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn gone(browser: &Browser, what: &str, css: &str) {
    let start = Instant::now();
    while !browser.driver.find_all(By::Css(css)).await.expect("a page").is_empty() {
        assert!(start.elapsed() < PATIENCE, "{what}: {css} is still there");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn all(browser: &Browser, css: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for element in browser.driver.find_all(By::Css(css)).await.expect("a page") {
        texts.push(element.text().await.expect("text"));
    }
    texts
}

/// Signs in, lays the file into the form and sends it; ends at the comparison.
async fn upload(browser: &Browser, who: &str, file: &str) {
    sign_in(browser, who).await;
    browser.until("signed in", ".frame main#main").await;
    browser.open("/projects/import").await;
    browser.shot("import-choose").await;
    let path = forms().expect("seen before").join(file);
    let input = browser.until("the input of the file", "#import-file").await;
    input.send_keys(path.to_string_lossy()).await.expect("a file can be chosen");
    press(browser, ".import-upload button[type=submit]").await;
    long(browser, "compared", ".import-compare .import-table tbody tr").await;
}

async fn press(browser: &Browser, css: &str) {
    let button = browser.until("a button", css).await;
    button.scroll_into_view().await.expect("it can be reached");
    button.click().await.expect("it can be pressed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_provinces_lists_come_in_through_the_wizard() {
    if forms().is_none() {
        return;
    }
    let expected = expected();
    for language in LANGUAGES {
        let world = world().await;
        let base = world.serve().await;
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        upload(&browser, "gz", LISTS).await;
        let tabs = all(&browser, ".import-main .tabs .tab-count").await;
        assert_eq!(tabs, ["1,810", "1,810"], "everything is new");
        assert_eq!(all(&browser, ".import-said-error").await, Vec::<String>::new());
        browser.shot(&format!("import-province-{language}")).await;
        press(&browser, ".import-commit button[type=submit]").await;
        long(&browser, "written", ".import-done").await;
        browser.shot(&format!("import-done-{language}")).await;
        browser.assert_quiet().await;
        for (code, name) in [("1y", "一年期"), ("2y", "两年期"), ("5y", "五年期")] {
            let want = &expected["lists"][name];
            let total = Money::parse(want["total"].as_str().expect("text"), Unit::Wan).expect("an amount");
            browser.open(&format!("/projects?list={code}")).await;
            let sums = browser.until("the sums", ".grid-sum").await.text().await.expect("text");
            let count = words::format::integer(want["count"].as_i64().expect("a count"));
            assert!(sums.contains(&count), "{name}: {sums}");
            assert!(sums.contains(&words::format::wan(total)), "{name}: {sums}");
        }
    }
}

/// Every planted fault is listed with its place, one cell is mended, the other rows stay out, and all is taken back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_countys_draft_is_mended_committed_and_undone() {
    if forms().is_none() {
        return;
    }
    let expected = expected();
    for language in LANGUAGES {
        let world = world().await;
        let base = world.serve().await;
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        upload(&browser, "liping", DRAFT).await;
        let spots = all(&browser, ".import-finding .import-spot").await;
        for finding in expected["messy"]["findings"].as_array().expect("findings") {
            let row = finding[0].as_u64().expect("a row").to_string();
            let of_row = |spot: &String| spot.chars().filter(char::is_ascii_digit).collect::<String>() == row;
            assert!(spots.iter().any(of_row), "{finding}: {spots:?}");
        }
        assert_eq!(all(&browser, ".import-row-faulty").await.len(), 5);
        browser.shot(&format!("import-draft-{language}")).await;
        mend_first(&browser, "300").await;
        let start = Instant::now();
        while browser.driver.find_all(By::Css(".import-row-faulty")).await.expect("a page").len() != 4 {
            assert!(start.elapsed() < PATIENCE, "the mended row is still faulty");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        browser.shot(&format!("import-mended-{language}")).await;
        press(&browser, ".import-commit button[type=submit]").await;
        let dialog = browser.until("the question", "dialog[open] .button-primary").await;
        browser.shot(&format!("import-leave-{language}")).await;
        dialog.click().await.expect("the answer can be given");
        long(&browser, "written", ".import-done").await;
        press(&browser, ".import-undo form button[type=submit]").await;
        browser.until("the question", "dialog[open] .button-danger").await.click().await.expect("answered");
        gone(&browser, "taken back", ".import-done").await;
        browser.open("/projects?list=1y").await;
        browser.until("an empty list", ".empty").await;
        browser.assert_quiet().await;
    }
}

/// Writes into the first faulty cell and sends it with the keyboard.
async fn mend_first(browser: &Browser, text: &str) {
    let input = browser.until("a faulty cell", ".import-cell-wrong .import-mend-input").await;
    input.clear().await.expect("it can be emptied");
    input.send_keys(text).await.expect("it takes letters");
    input.send_keys(Key::Enter + "").await.expect("it can be sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_wizard_works_without_scripts() {
    if forms().is_none() {
        return;
    }
    let world = world().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::Off).await else { return };
    upload(&browser, "liping", DRAFT).await;
    assert_eq!(all(&browser, ".import-row-faulty").await.len(), 5);
    mend_first(&browser, "300").await;
    long(&browser, "compared anew", ".import-mended").await;
    assert_eq!(all(&browser, ".import-row-faulty").await.len(), 4);
    press(&browser, ".import-commit input[type=checkbox]").await;
    press(&browser, ".import-commit button[type=submit]").await;
    long(&browser, "written", ".import-done").await;
    press(&browser, ".import-undo input[type=checkbox]").await;
    press(&browser, ".import-undo form button[type=submit]").await;
    gone(&browser, "taken back", ".import-done").await;
}

/// A file that is no workbook is refused with a sentence, and the way on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_file_says_why() {
    let world = World::sqlite().await;
    world.person("gz", Role::Planner, "520000").await;
    let base = world.serve().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.xlsx");
    std::fs::write(&path, b"").expect("written");
    for scripts in [Scripts::On, Scripts::Off] {
        let Some(browser) = Browser::start(&base, "zh-CN", scripts).await else { return };
        sign_in(&browser, "gz").await;
        browser.until("signed in", ".frame main#main").await;
        browser.open("/projects/import").await;
        let input = browser.until("the input of the file", "#import-file").await;
        input.send_keys(path.to_string_lossy()).await.expect("a file can be chosen");
        press(&browser, ".import-upload button[type=submit]").await;
        let panel = long(&browser, "refused", ".error-panel").await;
        let said = panel.text().await.expect("text");
        assert!(said.contains("文件是空的"), "{said}");
    }
}

/// No serious fault of accessibility on any page of the wizard, in both themes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_wizard_is_accessible() {
    if forms().is_none() {
        return;
    }
    let world = world().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::On).await else { return };
    upload(&browser, "liping", DRAFT).await;
    let here = browser.driver.current_url().await.expect("an address").path().to_owned();
    for scheme in ["light", "dark"] {
        let media = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        for (name, path) in [
            ("choose", "/projects/import".to_owned()),
            ("columns", format!("{here}?step=columns&columns=all")),
            ("compare", format!("{here}?step=compare")),
        ] {
            browser.open(&path).await;
            browser.until("the page", ".import-steps").await;
            browser.shot(&format!("import-{name}-{scheme}")).await;
            let faults = browser.axe().await;
            assert!(faults.is_empty(), "{name} {scheme}:\n{}", faults.join("\n"));
        }
    }
}

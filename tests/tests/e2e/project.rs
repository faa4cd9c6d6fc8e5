//! A project's page in a browser: making, changing, two people at once, files, taking back, paper — with scripts and
//! without, in both languages.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use crate::walk::{LANGUAGES, sign_in};
use contract::form::Form;
use contract::project::SaveForm;
use domain::id::ProjectId;
use domain::permission::Role;
use service::project;
use tests::browser::{Browser, Scripts};
use tests::world::World;
use thirtyfour::prelude::*;

const WEINING: &str = "520526";
const TABS: [&str; 5] = ["", "/funding", "/gates", "/files", "/history"];
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

async fn people(world: &World) {
    world.person("weining", Role::Planner, WEINING).await;
    world.person("leader", Role::Leader, WEINING).await;
}

async fn save(world: &World, project: &str, version: &str, values: &[(&str, &str)]) -> ProjectId {
    let call = world.call("weining").await;
    let values = values.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let (project, version) = (project.to_owned(), version.to_owned());
    let form = SaveForm { project, version, key: call.new_id().to_string(), values, sites: None };
    project::save(&call, form.check().unwrap()).await.unwrap().project
}

async fn made(world: &World) -> ProjectId {
    let values = [
        ("name", "冷链物流中心"),
        ("area", WEINING),
        ("total", "1850.50"),
        ("source.CBI", "1500"),
        ("code", "2503-500236-04-01-672558"),
    ];
    save(world, "", "", &values).await
}

/// Puts a text into an input, whatever stood there.
async fn fill(browser: &Browser, name: &str, text: &str) {
    let css = format!("[name='{name}']");
    let field = browser.until(name, &css).await;
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

async fn press(browser: &Browser, css: &str) {
    let button = browser.until(css, css).await;
    button.scroll_into_view().await.unwrap();
    button.click().await.unwrap();
}

async fn body(browser: &Browser) -> String {
    browser.driver.find(By::Css("body")).await.unwrap().text().await.unwrap()
}

async fn value(browser: &Browser, name: &str) -> String {
    let field = browser.until(name, &format!("[name='{name}']")).await;
    field.prop("value").await.unwrap().unwrap_or_default()
}

/// Waits until the address holds a text.
async fn at(browser: &Browser, part: &str) -> String {
    for _ in 0..200 {
        let url = browser.driver.current_url().await.unwrap().to_string();
        if url.contains(part) {
            return url;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{part} is not in {}", browser.driver.current_url().await.unwrap());
}

async fn make_and_edit(language: &str, scripts: Scripts) {
    let world = World::sqlite().await;
    people(&world).await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, language, scripts).await else { return };
    sign_in(&browser, "weining").await;
    browser.until("signed in", ".frame main#main").await;
    browser.open("/projects/new").await;
    fill(&browser, "values[name]", "冷链物流中心").await;
    press(&browser, ".project-save button").await;
    browser.until("the new project's page", ".project-figures").await;
    browser.awake().await;
    let notice = if scripts == Scripts::On { ".toast" } else { ".notice-ok[role=status]" };
    browser.until("it says that it was made", notice).await;
    let url = browser.driver.current_url().await.unwrap().path().to_owned();
    assert!(url.starts_with("/projects/0"), "{url}");
    browser.shot(&format!("project-new-{language}-{scripts:?}")).await;
    // A wrong amount comes back beside its input, and nothing typed is lost.
    browser.open(&format!("{url}/funding")).await;
    fill(&browser, "values[total]", "1850.50").await;
    fill(&browser, "values[source.CBI]", "1500.000001").await;
    if scripts == Scripts::On {
        let gap = browser.until("the live gap", ".project-gap-open").await.text().await.unwrap();
        assert!(gap.contains("350.499999"), "{gap}");
    }
    fill(&browser, "values[year.2026]", "abc").await;
    press(&browser, ".project-save button").await;
    let summary = browser.until("what is wrong", ".error-panel a").await;
    assert_eq!(summary.attr("href").await.unwrap().as_deref(), Some("#values[year.2026]"));
    browser.awake().await;
    assert_eq!(value(&browser, "values[source.CBI]").await, "1500.000001");
    assert_eq!(value(&browser, "values[year.2026]").await, "abc");
    browser.shot(&format!("project-wrong-{language}-{scripts:?}")).await;
    fill(&browser, "values[year.2026]", "1850.5").await;
    press(&browser, ".project-save button").await;
    browser.until("saved", notice).await;
    browser.awake().await;
    let figures = browser.until("figures", ".project-figures").await.text().await.unwrap();
    assert!(figures.contains("350.499999"), "{figures}");
    browser.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_project_is_made_and_its_amounts_are_mended() {
    for language in LANGUAGES {
        make_and_edit(language, Scripts::On).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_with_scripts_off() {
    make_and_edit("zh-CN", Scripts::Off).await;
}

async fn two_people(language: &str, scripts: Scripts) {
    let world = World::sqlite().await;
    people(&world).await;
    let id = made(&world).await.to_string();
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, language, scripts).await else { return };
    sign_in(&browser, "weining").await;
    browser.until("signed in", ".frame main#main").await;
    browser.open(&format!("/projects/{id}")).await;
    fill(&browser, "values[place]", "我的地点").await;
    fill(&browser, "values[unit]", "我的单位").await;
    // Meanwhile somebody else saves.
    save(&world, &id, "1", &[("place", "他的地点"), ("remark", "他的备注")]).await;
    press(&browser, ".project-save button").await;
    browser.until("both values", ".project-conflict").await;
    browser.awake().await;
    let panel = browser.until("both values", ".project-conflict").await.text().await.unwrap();
    for text in ["我的地点", "他的地点", "我的单位"] {
        assert!(panel.contains(text), "{text}: {panel}");
    }
    assert!(!panel.contains("他的备注"), "what only they changed is not asked about");
    browser.shot(&format!("project-conflict-{language}-{scripts:?}")).await;
    // Theirs is chosen for the place, mine for the unit: that is how the choice begins.
    press(&browser, "button[form=project-merge]").await;
    let notice = if scripts == Scripts::On { ".toast" } else { ".notice-ok[role=status]" };
    browser.until("saved", notice).await;
    browser.awake().await;
    assert_eq!(value(&browser, "values[place]").await, "他的地点");
    assert_eq!(value(&browser, "values[unit]").await, "我的单位");
    assert_eq!(value(&browser, "values[remark]").await, "他的备注");
    browser.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_at_one_project_choose_and_lose_nothing() {
    two_people("zh-CN", Scripts::On).await;
    two_people("en", Scripts::Off).await;
}

async fn files_and_undo(language: &str, scripts: Scripts) {
    let world = World::sqlite().await;
    people(&world).await;
    let id = made(&world).await.to_string();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("可研批复.pdf");
    std::fs::write(&path, PDF).unwrap();
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, language, scripts).await else { return };
    sign_in(&browser, "weining").await;
    browser.until("signed in", ".frame main#main").await;
    browser.open(&format!("/projects/{id}/files")).await;
    assert!(body(&browser).await.contains("40.0 MiB"), "the limits stand before the choice");
    let input = browser.until("the file input", "input[type=file]").await;
    input.send_keys(path.to_str().unwrap()).await.unwrap();
    press(&browser, ".attachment-form button").await;
    browser.until("the file is listed", "a[href*='/attachments/']").await;
    browser.awake().await;
    browser.shot(&format!("project-files-{language}-{scripts:?}")).await;
    press(&browser, "tbody form button").await;
    browser.until("none is left", ".empty").await;
    browser.awake().await;
    save(&world, &id, "1", &[("place", "新的地点")]).await;
    browser.open(&format!("/projects/{id}/history")).await;
    assert!(body(&browser).await.contains("新的地点"));
    browser.shot(&format!("project-history-{language}-{scripts:?}")).await;
    press(&browser, "form[action='/api/history/undo'] button").await;
    let notice = if scripts == Scripts::On { ".toast" } else { ".notice-ok[role=status]" };
    browser.until("taken back", notice).await;
    at(&browser, "/history").await;
    browser.open(&format!("/projects/{id}")).await;
    assert_eq!(value(&browser, "values[place]").await, "");
    browser.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_added_and_taken_off_and_a_change_taken_back() {
    files_and_undo("zh-CN", Scripts::On).await;
    files_and_undo("en", Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_tab_is_accessible_in_light_and_dark() {
    let world = World::sqlite().await;
    people(&world).await;
    let id = made(&world).await.to_string();
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::On).await else { return };
    sign_in(&browser, "weining").await;
    browser.until("signed in", ".frame main#main").await;
    let mut pages: Vec<String> = TABS.iter().map(|tab| format!("/projects/{id}{tab}")).collect();
    pages.extend([
        format!("/projects/{id}/print"),
        "/projects/new".into(),
        "/projects/print?list=pool".into(),
    ]);
    for scheme in ["light", "dark"] {
        let media = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        for page in &pages {
            browser.open(page).await;
            let faults = browser.axe().await;
            assert!(faults.is_empty(), "{page} in {scheme}:\n{}", faults.join("\n"));
            let name = page.replace(&id, "id").replace(['/', '?', '='], "-");
            browser.shot(&format!("project{name}-{scheme}")).await;
        }
    }
    browser.assert_quiet().await;
}

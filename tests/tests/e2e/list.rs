//! The three lists in a real browser: keys, input methods, the clipboard, two people at one cell, addresses, both
//! languages, scripts off, accessibility.

use crate::walk::{LANGUAGES, sign_in};
use contract::form::Form;
use contract::list::ListForm;
use contract::project::{ProjectQuery, SaveForm};
use domain::id::ProjectId;
use domain::permission::Role;
use domain::project::{Field, Value};
use serde_json::{Value as Json, json};
use service::{list, project};
use std::time::{Duration, Instant};
use tests::browser::{Browser, Scripts};
use tests::world::World;
use thirtyfour::{By, Key, TypingData};

const WEINING: &str = "520526";
const LIPING: &str = "522631";
/// How long the browser may take to show what was asked.
const PATIENCE: Duration = Duration::from_secs(15);

/// A county's planner with projects of his own, and one of another county.
async fn county() -> (World, Vec<ProjectId>) {
    let world = World::sqlite().await;
    world.person("province", Role::Planner, "520000").await;
    world.person("weining", Role::Planner, WEINING).await;
    world.person("leader", Role::Leader, WEINING).await;
    let call = world.call("province").await;
    let mut ids = Vec::new();
    let names = ["冷链物流中心", "食用菌产业园", "社区零工市场", "污水管网改造", "竹编工坊"];
    for (at, name) in names.into_iter().chain(["黎平县茶叶加工厂"]).enumerate() {
        let area = if at < names.len() { WEINING } else { LIPING };
        let mut form = SaveForm { key: call.new_id().simple().to_string(), ..SaveForm::default() };
        let total = format!("{}00.5", at + 1);
        let values =
            [("name", name), ("area", area), ("total", &total), ("posts", "7"), ("category", "就业")];
        for (key, text) in values {
            form.values.insert(key.to_owned(), text.to_owned());
        }
        let saved = project::save(&call, form.check().expect("a good form")).await.expect("it is saved");
        ids.push(saved.project);
    }
    (world, ids)
}

async fn eval(browser: &Browser, script: &str) -> Json {
    let answer = browser
        .cdp("Runtime.evaluate", json!({ "expression": script, "returnByValue": true, "awaitPromise": true }))
        .await;
    assert!(answer["exceptionDetails"].is_null(), "{script}: {answer}");
    answer["result"]["value"].clone()
}

/// Waits until a script is true.
async fn until(browser: &Browser, what: &str, script: &str) {
    let start = Instant::now();
    while eval(browser, script).await != json!(true) {
        if start.elapsed() > PATIENCE {
            browser.shot(&format!("stuck-{}", what.replace(' ', "-"))).await;
            let seen = eval(browser, "document.querySelector('main').innerText").await;
            panic!("{what}: never true: {script}\n{seen}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn keys(browser: &Browser, keys: impl Into<TypingData>) {
    let input = browser.driver.active_element().await.expect("something has the focus");
    input.send_keys(keys).await.expect("keys can be sent");
}

/// A key with another held down.
async fn chord(browser: &Browser, held: Key, key: impl Into<TypingData>) {
    let text =
        format!("{}{}{}", held.value(), key.into().as_vec().iter().collect::<String>(), Key::Null.value());
    keys(browser, text).await;
}

async fn click(browser: &Browser, css: &str) {
    browser.until("something to click", css).await.click().await.expect("it can be clicked");
}

async fn active(browser: &Browser) -> String {
    let id = eval(browser, "document.querySelector('.grid-active')?.id ?? ''").await;
    id.as_str().unwrap_or_default().to_owned()
}

/// The number of a column among those shown.
async fn column(browser: &Browser, key: &str) -> u64 {
    let script = format!("Number(document.querySelector('th[data-key=\"{key}\"]').dataset.column)");
    eval(browser, &script).await.as_u64().expect("the column is shown")
}

async fn value(world: &World, id: ProjectId, field: Field) -> Option<String> {
    let call = world.call("province").await;
    let view = project::one(&call, ProjectQuery { project: id }).await.expect("the project is there");
    view.value(field).map(Value::canonical)
}

/// Waits until the server has a value.
async fn stored(world: &World, id: ProjectId, field: Field, text: Option<&str>) {
    let start = Instant::now();
    loop {
        let now = value(world, id, field).await;
        if now.as_deref() == text {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{field} is {now:?}, not {text:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_walk_edit_and_take_back() {
    for language in LANGUAGES {
        let (world, ids) = county().await;
        let base = world.serve().await;
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, "weining").await;
        browser.open("/projects?list=pool").await;
        let rows = eval(&browser, "document.querySelectorAll('tr[aria-selected]').length").await;
        assert_eq!(rows, json!(5), "only the own county's projects are there");
        assert_eq!(eval(&browser, STOPS).await, json!(1), "the grid is one tab stop");
        walk(&browser).await;
        edit(&browser, &world, &ids).await;
        keep(&browser, &world, &ids).await;
        look(&browser).await;
        browser.shot(&format!("grid-keys-{language}")).await;
        browser.assert_quiet().await;
    }
}

/// How many tab stops the grid has.
const STOPS: &str = "[...document.querySelectorAll('.grid-wrap a, .grid-wrap input, .grid-wrap summary')]\
    .filter(e => e.tabIndex >= 0 && e.offsetParent !== null && !e.closest('details form')).length";

/// Arrows, Ctrl and arrows, Home.
async fn walk(browser: &Browser) {
    let total = column(browser, "total").await;
    click(browser, &format!("#cell-0-{total}")).await;
    keys(browser, Key::Down).await;
    assert_eq!(active(browser).await, format!("cell-1-{total}"));
    chord(browser, Key::Control, Key::Down).await;
    assert_eq!(active(browser).await, format!("cell-4-{total}"));
    chord(browser, Key::Control, Key::Home).await;
    assert_eq!(active(browser).await, "cell-0-0");
}

/// Typing replaces and Enter saves downwards; F2 edits and Esc discards; undo, redo, fill down.
async fn edit(browser: &Browser, world: &World, ids: &[ProjectId]) {
    let total = column(browser, "total").await;
    click(browser, &format!("#cell-0-{total}")).await;
    keys(browser, "１２．５万元").await;
    keys(browser, Key::Enter).await;
    assert_eq!(active(browser).await, format!("cell-1-{total}"));
    stored(world, ids[0], Field::Total, Some("12500000")).await;
    let shown = format!("document.querySelector('#cell-0-{total}').innerText.includes('12.50')");
    until(browser, "the cell shows it", &shown).await;
    keys(browser, Key::F2).await;
    keys(browser, "99").await;
    keys(browser, Key::Escape).await;
    stored(world, ids[1], Field::Total, Some("200500000")).await;
    chord(browser, Key::Control, "z").await;
    stored(world, ids[0], Field::Total, Some("100500000")).await;
    chord(browser, Key::Control, "y").await;
    stored(world, ids[0], Field::Total, Some("12500000")).await;
    click(browser, &format!("#cell-0-{total}")).await;
    chord(browser, Key::Shift, Key::Down).await;
    chord(browser, Key::Shift, Key::Down).await;
    let counted = "document.querySelector('.grid-sums').innerText.includes('3')";
    until(browser, "three cells are counted", counted).await;
    chord(browser, Key::Control, "d").await;
    stored(world, ids[2], Field::Total, Some("12500000")).await;
}

/// A text that is no amount stays in the cell, with its reason, and is there to be mended.
async fn keep(browser: &Browser, world: &World, ids: &[ProjectId]) {
    let total = column(browser, "total").await;
    click(browser, &format!("#cell-3-{total}")).await;
    keys(browser, "约300").await;
    keys(browser, Key::Enter).await;
    let marked = format!("document.querySelector('#cell-3-{total}').classList.contains('grid-failed')");
    until(browser, "the cell is marked", &marked).await;
    stored(world, ids[3], Field::Total, Some("400500000")).await;
    click(browser, &format!("#cell-3-{total}")).await;
    keys(browser, Key::F2).await;
    let draft = eval(browser, "document.querySelector('.grid-input').value").await;
    assert_eq!(draft, json!("约300"), "what was typed is not lost");
    keys(browser, Key::Escape).await;
}

/// A blank shows the row beside the grid; the heading is reached by the arrow, and left by Esc.
async fn look(browser: &Browser) {
    keys(browser, " ").await;
    let open = "document.querySelector('.list-drawer')?.innerText.includes('污水管网改造') ?? false";
    until(browser, "the drawer opens", open).await;
    keys(browser, Key::Escape).await;
    until(browser, "the drawer closes", "document.querySelector('.list-drawer') === null").await;
    let total = column(browser, "total").await;
    click(browser, &format!("#cell-0-{total}")).await;
    keys(browser, Key::Up).await;
    let focus = |class: &str| format!("document.activeElement.classList.contains('{class}')");
    until(browser, "the heading has the focus", &focus("grid-sort")).await;
    keys(browser, Key::Escape).await;
    until(browser, "the cells have it again", &focus("grid-input")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_input_method_loses_no_key() {
    let (world, ids) = county().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::On).await else { return };
    sign_in(&browser, "weining").await;
    browser.open("/projects?list=pool").await;
    // Beside the link, since the link itself leads away.
    let press = "document.querySelector('#cell-1-0').dispatchEvent(new MouseEvent('mousedown', {bubbles: true, cancelable: true}))";
    eval(&browser, press).await;
    let taken =
        json!({ "type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process", "code": "KeyL" });
    browser.cdp("Input.dispatchKeyEvent", taken).await;
    for text in ["l", "le", "len", "leng"] {
        let all = text.len();
        let part = json!({ "text": text, "selectionStart": all, "selectionEnd": all });
        browser.cdp("Input.imeSetComposition", part).await;
    }
    let draft = eval(&browser, "document.querySelector('.grid-input').value").await;
    assert_eq!(draft, json!("leng"), "the first letter is there");
    // Enter that ends a composition belongs to the input method, not to the grid.
    let enter =
        json!({ "type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter" });
    browser.cdp("Input.dispatchKeyEvent", enter).await;
    browser.cdp("Input.insertText", json!({ "text": "冷库" })).await;
    let draft = eval(&browser, "document.querySelector('.grid-input').value").await;
    assert_eq!(draft, json!("冷库"));
    keys(&browser, Key::Enter).await;
    stored(&world, ids[1], Field::Name, Some("冷库")).await;
    browser.assert_quiet().await;
}

async fn paste(browser: &Browser, text: &str) {
    let script = format!(
        "(() => {{ const data = new DataTransfer(); data.setData('text/plain', {});\
         document.querySelector('.grid-input').dispatchEvent(\
         new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}})); }})()",
        json!(text)
    );
    eval(browser, &script).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_from_a_spreadsheet_is_pasted() {
    let (world, ids) = county().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::On).await else { return };
    sign_in(&browser, "weining").await;
    browser.open("/projects?list=pool").await;
    let total = column(&browser, "total").await;
    click(&browser, &format!("#cell-0-{total}")).await;
    paste(&browser, "1,850.50\r\n＂—＂\r\n0.02亿元\r\n").await;
    // One cell cannot be read, so it is shown first and the good ones are written on demand.
    browser.until("what the paste would do", "dialog[open] .grid-preview").await;
    browser.shot("grid-paste").await;
    stored(&world, ids[0], Field::Total, Some("100500000")).await;
    click(&browser, "dialog[open] .button-primary").await;
    stored(&world, ids[0], Field::Total, Some("1850500000")).await;
    stored(&world, ids[2], Field::Total, Some("200000000")).await;
    stored(&world, ids[1], Field::Total, Some("200500000")).await;
    // Copying gives back what was pasted, as text and as a table.
    click(&browser, &format!("#cell-0-{total}")).await;
    let copied = "(() => { const data = new DataTransfer(); document.querySelector('.grid-input').dispatchEvent(\
                  new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));\
                  return data.getData('text/plain') + '|' + data.getData('text/html'); })()";
    let copied = eval(&browser, copied).await;
    assert_eq!(copied, json!("1850.50|<table><tr><td>1850.50</td></tr></table>"));
    browser.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_at_one_cell_are_shown_both_values() {
    let (world, ids) = county().await;
    let base = world.serve().await;
    let Some(first) = Browser::start(&base, "zh-CN", Scripts::On).await else { return };
    let Some(second) = Browser::start(&base, "en", Scripts::On).await else { return };
    for (browser, login) in [(&first, "weining"), (&second, "province")] {
        sign_in(browser, login).await;
        browser.open(&format!("/projects?list=pool&area={WEINING}")).await;
    }
    let total = column(&first, "total").await;
    for (browser, text) in [(&first, "320"), (&second, "410")] {
        click(browser, &format!("#cell-0-{total}")).await;
        keys(browser, text).await;
        keys(browser, Key::Enter).await;
        if text == "320" {
            stored(&world, ids[0], Field::Total, Some("320000000")).await;
        }
    }
    second.until("the conflict", "dialog[open] .list-conflict").await;
    let said = eval(&second, "document.querySelector('.list-conflict').innerText").await;
    let said = said.as_str().unwrap_or_default();
    assert!(said.contains("320.00") && said.contains("410.00"), "{said}");
    second.shot("grid-conflict").await;
    stored(&world, ids[0], Field::Total, Some("320000000")).await;
    click(&second, "dialog[open] .list-conflict .button-primary").await;
    stored(&world, ids[0], Field::Total, Some("410000000")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_shown_has_an_address_also_without_scripts() {
    let (world, _) = county().await;
    let base = world.serve().await;
    for scripts in [Scripts::On, Scripts::Off] {
        let Some(browser) = Browser::start(&base, "zh-CN", scripts).await else { return };
        sign_in(&browser, "weining").await;
        let rows = async |path: &str| {
            browser.open(path).await;
            browser.until("the list", ".list-page .grid, .list-page .empty").await;
            browser.driver.find_all(By::Css("tr[aria-selected]")).await.expect("rows").len()
        };
        assert_eq!(rows("/projects?list=pool&q=llwl").await, 1);
        assert_eq!(rows("/projects?list=pool&q=茶叶").await, 0, "another county's project does not exist");
        assert_eq!(rows("/projects?list=pool&least=300&least.posts=7").await, 3);
        assert_eq!(rows("/projects?list=pool&group=area&group=category").await, 0);
        browser.until("a closed group", ".grid-group-link[aria-expanded=false]").await;
        browser
            .driver
            .find(By::Css(".grid-group-link"))
            .await
            .expect("a group")
            .click()
            .await
            .expect("opens");
        browser.until("the inner group", ".grid-depth-1 .grid-group-link").await;
        let inner = browser.driver.find(By::Css(".grid-depth-1 .grid-group-link")).await.expect("inner");
        inner.click().await.expect("opens");
        browser.until("its rows", "tr[aria-selected]").await;
        browser.shot(&format!("grid-group-{scripts:?}")).await;
        assert_eq!(rows("/projects?list=pool&sort=-total").await, 5);
        let first = browser.driver.find(By::Css("tr[aria-selected] [role=rowheader]")).await.expect("a row");
        assert_eq!(first.text().await.expect("text"), "竹编工坊");
        browser.open("/projects?list=pool&page=51.ff").await;
        browser.until("a sentence that says so", ".notice-warn[role=alert]").await;
        browser.until("the lists to go on with", ".list-page [aria-current=page]").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn columns_are_ordered_without_scripts_too() {
    let (world, _) = county().await;
    let base = world.serve().await;
    let Some(browser) = Browser::start(&base, "zh-CN", Scripts::Off).await else { return };
    sign_in(&browser, "weining").await;
    browser.open("/projects/columns").await;
    click(&browser, "button[name=later][value=area]").await;
    browser.until("the page again", ".list-settings").await;
    let call = world.call("weining").await;
    let query = ListForm::default().check().expect("an empty address is good");
    let settings = list::page(&call, query).await.expect("a page").settings;
    let keys: Vec<String> = settings.columns.iter().map(|column| column.key()).collect();
    assert_eq!(keys[..2], ["category", "area"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_accessible_quiet_and_ask_nobody_else() {
    let (world, _) = county().await;
    let base = world.serve().await;
    for (language, login) in [("zh-CN", "weining"), ("en", "leader")] {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, login).await;
        let pages = [
            "/",
            "/projects?list=pool",
            "/projects?list=pool&group=area,category",
            "/projects?list=1y",
            "/projects?list=pool&q=zzzz",
            "/projects/columns",
            "/find?q=lengl",
            "/find?q=zzzz",
        ];
        for scheme in ["light", "dark"] {
            let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            browser.cdp("Emulation.setEmulatedMedia", media).await;
            for (at, page) in pages.into_iter().enumerate() {
                browser.open(page).await;
                let faults = browser.axe().await;
                assert!(faults.is_empty(), "{scheme} {page}:\n{}", faults.join("\n"));
                let hosts = "performance.getEntriesByType('resource').map(e => new URL(e.name).origin)\
                             .filter(origin => origin !== location.origin)";
                assert_eq!(eval(&browser, hosts).await, json!([]), "{page}");
                browser.shot(&format!("list-{login}-{scheme}-{at}")).await;
            }
        }
        browser.assert_quiet().await;
    }
}

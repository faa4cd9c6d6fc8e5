//! The leaders' page and what stands behind it, monthly returns, estimates held against what came, coefficients and documents:
//! every page in both languages, light and dark, quiet and without a serious fault of accessibility.

use crate::walk::{LANGUAGES, looks, sign_in};
use contract::bulletin::BeginForm;
use contract::dispatch::form::OpenForm;
use contract::form::Form;
use contract::list::MoveForm;
use contract::project::SaveForm;
use domain::period::Month;
use domain::permission::Role;
use service::{Call, bulletin, dispatch, list, project};
use tests::browser::{Browser, Scripts};
use tests::doors::things::make_site;
use tests::world::{ADMIN, World};

const WEINING: &str = "520526";
const GUIZHOU: &str = "520000";

fn key(call: &Call) -> String {
    call.new_id().simple().to_string()
}

/// A county with a project on the one-year list, a community and an open book of last month, and a province above it with a
/// document; the addresses of book and document.
async fn world() -> (World, String, String) {
    let world = World::sqlite().await;
    world.person("weining", Role::Planner, WEINING).await;
    world.person("guizhou", Role::Planner, GUIZHOU).await;
    let (county, province) = (world.call("weining").await, world.call("guizhou").await);
    let mut form = SaveForm { key: key(&county), ..SaveForm::default() };
    for (field, text) in [
        ("name", "生态食用菌产业园"),
        ("area", WEINING),
        ("total", "2600"),
        ("category", "productive_industry"),
        ("source.CBI", "1600"),
        ("source.LOC", "1000"),
    ] {
        form.values.insert(field.to_owned(), text.to_owned());
    }
    let made = project::save(&county, form.check().expect("a sound form")).await.expect("saved").project;
    let step = MoveForm {
        key: key(&county),
        projects: vec![format!("{made}:1")],
        to: "1y".into(),
        reason: "x".into(),
    };
    list::move_projects(&county, step.check().expect("a sound form")).await.expect("on the list");
    make_site(&county, WEINING).await;
    let month =
        Month::of(county.today()).and_then(|month| month.previous()).expect("a month before").to_string();
    let form = OpenForm { month: month.clone(), area: WEINING.into() };
    let opened = dispatch::open(&county, form.check().expect("a sound form")).await.expect("opened");
    let form = BeginForm { key: key(&province), period: month, ..BeginForm::default() };
    let begun = bulletin::begin(&province, form.check().expect("a sound form")).await.expect("begun");
    let book = format!("/dispatch/{}", opened.book.expect("one area was asked for"));
    (world, book, format!("/bulletins/{}", begun.head.bulletin))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_leaders_page_and_what_stands_behind_it_are_sound() {
    let (world, _, document) = world().await;
    let base = world.serve().await;
    for language in LANGUAGES {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, "guizhou").await;
        for (name, path) in [
            ("board", "/dashboard"),
            ("board-area", "/dashboard?area=520526&category=productive_industry"),
            ("board-works", "/dashboard/works"),
            ("screen", "/screen"),
            ("jobs-compared", "/jobs"),
            ("jobs-record", "/jobs/record"),
            ("jobs-portfolio", "/jobs/portfolio"),
            ("coefficients", "/coefficients"),
            ("coefficients-one", "/coefficients/0"),
            ("bulletins", "/bulletins"),
            ("bulletin", document.as_str()),
        ] {
            looks(&browser, name, language, path).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn monthly_returns_and_keys_of_screens_are_sound() {
    let (world, book, _) = world().await;
    let base = world.serve().await;
    let pages = [
        ("returns", "/dispatch".to_owned()),
        ("return", book.clone()),
        ("return-sites", format!("{book}?tab=sites")),
        ("return-import", format!("{book}/import")),
    ];
    for language in LANGUAGES {
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        looks(&browser, "screen-enter", language, "/screen/enter").await;
        sign_in(&browser, "weining").await;
        for (name, path) in &pages {
            looks(&browser, name, language, path).await;
        }
        let Some(browser) = Browser::start(&base, language, Scripts::On).await else { return };
        sign_in(&browser, ADMIN).await;
        looks(&browser, "walls", language, "/admin/walls").await;
    }
}

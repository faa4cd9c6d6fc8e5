//! The leaders' page, on both databases: every figure is an independent sum over the raw rows and the total of the page behind
//! it, whatever the filter; parts add up to the whole; a county sees no other; both languages and the wall are rendered.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod behind;
mod raw;

use crate::ledger::book::{book, province, step};
use app::dashboard::text as said;
use behind::leads_to_the_same;
use contract::dashboard::{DashboardForm, DashboardView, Key, Measure};
use contract::error::ApiError;
use contract::form::Form;
use contract::ledger::command::LedgerFile;
use contract::list::MoveForm;
use contract::project::SaveForm;
use domain::ledger::Stage;
use domain::period::FiscalYear;
use domain::permission::Role;
use domain::project::Category;
use http::{StatusCode, header};
use raw::Raw;
use service::ledger::import;
use service::{Call, dashboard, list, project};
use std::io::Read;
use tests::wire::Dice;
use tests::world::World;
use words::Locale;

const PROVINCE: &str = "520000";
const WEINING: &str = "520526";
const LIPING: &str = "522631";
/// Filters tried, and where the dice begin.
const FILTERS: usize = 200;
const SEED: u64 = 20_261_127;

async fn shown(call: &Call, form: &DashboardForm) -> DashboardView {
    dashboard::figures(call, form.check().unwrap()).await.unwrap()
}

#[tokio::test]
async fn every_figure_is_a_sum_of_raw_rows_and_the_total_of_the_page_behind_it() {
    let Some(file) = book() else { return };
    World::on_both(async |world| {
        let Some((treasurer, reviewer, _)) = province(world).await else { return };
        let order = LedgerFile { key: "import-0001".into(), ..file.clone() };
        let staged = import::stage(&treasurer, order).await.unwrap();
        import::approve(&reviewer, step(&reviewer, &staged, "")).await.unwrap();
        let raw = Raw::beside(world).await;
        raw.settled().await;
        raw.fill().await;
        raw.settled().await;
        let areas = raw.areas(PROVINCE).await;
        assert!(areas.len() > 90, "only {} areas", areas.len());
        let (mut dice, mut told) = (Dice(SEED), 0);
        for _ in 0..FILTERS {
            let form = thrown(&mut dice, &areas);
            let view = shown(&reviewer, &form).await;
            let place = format!("{:?} {form:?}", world.kind);
            raw.agrees(&view, &place).await;
            adds_up(&view, &place);
            told += leads_to_the_same(&reviewer, &view, &place).await;
        }
        assert!(told > FILTERS * 5, "only {told} figures were found again behind their links");
    })
    .await;
}

/// Any year, month, area, category and source; the province and the year of the book come more often.
fn thrown(dice: &mut Dice, areas: &[String]) -> DashboardForm {
    let below = |dice: &mut Dice, most: usize| usize::try_from(dice.below(most as u64)).unwrap();
    let area = if dice.says(20) { PROVINCE.to_owned() } else { areas[below(dice, areas.len())].clone() };
    let year = if dice.says(80) { 2026 } else { 2024 + dice.below(4) };
    let month = if dice.says(90) { (1 + dice.below(12)).to_string() } else { String::new() };
    let sources = ["CBI", "BRG", "WFR", "PBI", "GBG", "GBS", "LOC", "EWC"];
    let source = if dice.says(60) { "" } else { sources[below(dice, sources.len())] };
    let category = if dice.says(60) { "" } else { Category::ALL[below(dice, Category::ALL.len())].code() };
    DashboardForm {
        year: year.to_string(),
        month,
        area,
        category: category.to_owned(),
        source: source.to_owned(),
    }
}

/// Sources, months and places sum to the cards, and rates are those of exact amounts.
fn adds_up(view: &DashboardView, place: &str) {
    let net = view.funds.net;
    let issued: i64 = view.composition.iter().map(|(_, fen)| fen.fen()).sum();
    assert_eq!(issued, net.issued.fen(), "{place}: composition");
    let last = view.curve.iter().filter_map(|point| point.disbursed).next_back().unwrap();
    assert_eq!(last, net.disbursed, "{place}: the last point of the curve");
    assert_eq!(view.curve.len(), 12);
    assert_eq!(
        view.curve.iter().filter(|point| point.disbursed.is_some()).count(),
        view.as_of.month() as usize,
        "{place}"
    );
    let whole = match view.funds.measure {
        Measure::Plan => view.plan.amount.fen(),
        Measure::Issued => net.issued.fen(),
    };
    if whole >= 0 {
        assert_eq!(view.curve[11].planned.fen(), whole, "{place}: the plan of December");
    }
    for stage in Stage::ALL {
        let sum: i64 = view.places.iter().map(|part| part.net.get(stage).fen()).sum();
        assert_eq!(sum, net.get(stage).fen(), "{place}: places, {stage:?}");
    }
    if view.funds.measure == Measure::Plan {
        let sum: i64 = view.places.iter().map(|part| part.plan.unwrap().fen()).sum();
        assert_eq!(sum, view.plan.amount.fen(), "{place}: places, plan");
    }
    let sum: i64 = view.places.iter().map(|part| part.estimate).sum();
    assert_eq!(sum, view.work.estimate, "{place}: places, estimate");
    let known: Vec<i64> = view.places.iter().filter_map(|part| part.present).collect();
    assert_eq!(known.iter().sum::<i64>(), view.work.present.unwrap_or_default(), "{place}: places, present");
    assert_eq!(known.is_empty(), view.work.present.is_none(), "{place}");
    rated(view, whole, place);
}

fn rated(view: &DashboardView, whole: i64, place: &str) {
    let net = view.funds.net;
    let month = i128::from(view.as_of.month());
    for (rate, part, whole) in
        [(view.funds.disbursed, net.disbursed, whole), (view.funds.paid, net.paid, net.issued.fen())]
    {
        let (part, whole) = (i128::from(part.fen()), i128::from(whole));
        let share = (whole > 0).then(|| nearest(part * 1000, whole));
        let gap = (whole > 0).then(|| nearest((part * 12 - month * whole) * 1000, whole * 12));
        assert_eq!((rate.share, rate.gap), (share, gap), "{place}: {part} of {whole}");
    }
}

/// The nearest whole number, halves away from nothing.
fn nearest(part: i128, whole: i128) -> i64 {
    let size = (part.abs() * 2 + whole) / (whole * 2);
    i64::try_from(if part < 0 { -size } else { size }).unwrap()
}

/// A project on the one-year list with its plan of the year, in 万元.
async fn make(call: &Call, area: &str, name: &str, planned: &str) {
    let year = FiscalYear::of(call.today()).unwrap();
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    let plan = format!("year.{year}");
    let values = [
        ("name", name),
        ("area", area),
        ("total", planned),
        ("category", "productive_industry"),
        ("start", &format!("{year}-03")),
        (plan.as_str(), planned),
    ];
    form.values.extend(values.map(|(field, text)| (field.to_owned(), text.to_owned())));
    let saved = project::save(call, form.check().unwrap()).await.unwrap().project;
    let to_list = MoveForm {
        key: call.new_id().to_string(),
        projects: vec![format!("{saved}:1")],
        to: "1y".into(),
        reason: "ready".into(),
    };
    list::move_projects(call, to_list.check().unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_county_sees_no_figure_of_another() {
    World::on_both(async |world| {
        for (login, role, area) in
            [("gz", Role::Planner, PROVINCE), ("wn", Role::Leader, WEINING), ("lp", Role::Leader, LIPING)]
        {
            world.person(login, role, area).await;
        }
        let (province, weining) = (world.call("gz").await, world.call("wn").await);
        make(&province, WEINING, "own", "1234.5").await;
        make(&province, LIPING, "foreign", "987654.3").await;
        let own = shown(&weining, &DashboardForm::default()).await;
        assert_eq!((own.reserve.projects, own.plan.amount.wan()), (1, "1234.50".into()));
        let narrowed = DashboardForm { area: WEINING.into(), ..DashboardForm::default() };
        let above = shown(&province, &narrowed).await;
        assert_eq!(
            (above.reserve, above.plan, above.funds, above.work, above.places),
            (own.reserve, own.plan, own.funds, own.work, own.places.clone())
        );
        assert_eq!(own.way.iter().map(|(code, _)| code.to_string()).collect::<Vec<_>>(), [WEINING]);
        for foreign in [LIPING, PROVINCE, "520500"] {
            let form = DashboardForm { area: foreign.into(), ..DashboardForm::default() };
            let answer = dashboard::figures(&weining, form.check().unwrap()).await;
            assert_eq!(answer.unwrap_err().into_api("ref"), ApiError::NotFound, "{foreign}");
        }
        let whole = shown(&province, &DashboardForm::default()).await;
        assert_eq!((whole.reserve.projects, whole.plan.amount.wan()), (2, "988888.80".into()));
        let cookie = world.cookie("wn").await;
        for path in ["/dashboard", "/screen"] {
            let page = world.get(&cookie, path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let text = page.text();
            assert!(text.contains("1,234.50"), "{path}: the own figure");
            for foreign in [LIPING, "987,654.30", "988,888.80", "黎平"] {
                assert!(!text.contains(foreign), "{path} names {foreign}");
            }
            let page = world.get(&cookie, &format!("{path}?area={LIPING}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn both_languages_the_wall_and_the_file_say_the_figures() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, PROVINCE).await;
        world.person("ld", Role::Leader, PROVINCE).await;
        let planner = world.call("gz").await;
        make(&planner, WEINING, "one", "1234.5").await;
        let cookie = world.cookie("ld").await;
        let words = [
            ("zh-CN", ["年度安排", "口径说明", "时间进度"]),
            ("en", ["Plan of the year", "How it is counted", "Year elapsed"]),
        ];
        for (language, said) in words {
            let cookie = format!("{cookie}; language={language}");
            for path in ["/dashboard", "/dashboard?month=10", "/screen"] {
                let page = world.get(&cookie, path).await;
                assert_eq!(page.status, StatusCode::OK, "{language} {path}");
                let text = page.text();
                assert!(text.contains("1,234.50"), "{language} {path}");
                for (at, word) in said.iter().enumerate() {
                    // On a wall nothing is explained.
                    assert!(at == 1 && path == "/screen" || text.contains(word), "{language} {path}: {word}");
                }
                assert!(!text.contains("style=\""), "{language} {path}: a style in place");
                let ids = ["composition", "curve", "ranking", "tiles", "jobs"];
                for id in ids {
                    assert!(text.contains(&format!("id=\"dashboard-{id}\"")), "{language} {path}: {id}");
                }
                if path == "/screen" {
                    assert!(!text.contains("class=\"menu\"") && !text.contains(">ld<"), "{language}");
                }
            }
            let year = FiscalYear::of(planner.today()).unwrap().plus(1).unwrap();
            let empty = world.get(&cookie, &format!("/dashboard?year={year}")).await.text();
            let word = if language == "en" { "Nothing has been issued" } else { "尚未下达资金" };
            assert!(empty.contains(word), "{language}: an empty year");
        }
        says_the_same_on_paper(world, &cookie).await;
        let file = world.get(&cookie, "/dashboard/export?month=10").await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.body.starts_with(b"PK"), "no workbook");
        assert!(file.header(header::CONTENT_DISPOSITION).unwrap().contains("attachment"));
        let wrong = world.get(&cookie, "/dashboard?month=13").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

/// The paper holds every figure, every sentence, every place, and the digest of the figures of the page.
async fn says_the_same_on_paper(world: &World, cookie: &str) {
    let leader = world.call("ld").await;
    let form = DashboardForm {
        month: "10".into(),
        category: "productive_industry".into(),
        ..DashboardForm::default()
    };
    // The rules follow what was made a moment ago, and findings are figures.
    Raw::beside(world).await.settled().await;
    let view = shown(&leader, &form).await;
    let digest = dashboard::digest(&view).unwrap();
    assert_eq!(digest, dashboard::digest(&shown(&leader, &form).await).unwrap(), "the moment is no figure");
    for (language, l) in [("zh-CN", Locale::zh_CN), ("en", Locale::en)] {
        let cookie = format!("{cookie}; language={language}");
        let path = "/dashboard/brief/export?month=10&category=productive_industry";
        let file = world.get(&cookie, path).await;
        assert_eq!(file.status, StatusCode::OK, "{language}: {}", file.text());
        assert!(file.header(header::CONTENT_DISPOSITION).unwrap().contains(".docx"), "{language}");
        let paper = on_paper(&file.body);
        let mut said = vec![
            digest.clone(),
            "方正小标宋简体".to_owned(),
            said::composition(l, &view),
            said::curve(l, &view),
            said::ranking(l, &view),
            said::reached(l, &view),
            said::jobs(l, &view),
        ];
        said.extend(Key::ALL.map(|key| said::value(l, view.value(key))));
        said.extend(view.places.iter().map(|place| said::place(l, place)));
        for held in said {
            assert!(paper.contains(&escaped(&held)), "{language}: no {held} in {paper}");
        }
    }
}

/// As XML has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

/// The body of a .docx.
fn on_paper(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut body = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut body).unwrap();
    body
}

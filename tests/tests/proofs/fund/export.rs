//! Envelopes and notices as workbooks: their sums are those of the page, a county takes its own along and no other's, and the
//! trail says who took what.

use super::{CITY, DAFANG, Desk, WEINING, approve, desk, notice_form, register, save, split};
use calamine::Data;
use contract::form::Form;
use contract::fund::NoticeLine;
use contract::fund::command::{NoticesQuery, SourcesQuery};
use contract::fund::form::NoticeForm;
use domain::money::Delta;
use domain::period::FiscalYear;
use domain::permission::Role;
use http::StatusCode;
use service::{Call, fund};
use tests::workbook::{fen, rows, says};
use tests::world::World;

/// Rows of the head, of the headings and of the sums.
const HEAD: usize = 4;

async fn taken(world: &World, cookie: &str, path: &str) -> Vec<Vec<Data>> {
    let answer = world.get(cookie, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    rows(&answer.body)
}

/// Two notices of the city's people: the city's is arranged for the most part, the county's not at all.
async fn given(treasurer: &Call, reviewer: &Call, desk: &Desk) {
    let whole = register(treasurer, "毕财〔2026〕7号", "LOC", "100.000001").await;
    let values = [(desk.projects[0], "60.5", ""), (desk.projects[2], "30.000001", "")];
    let waiting = save(treasurer, &split(treasurer, &whole, &values, true)).await.unwrap();
    approve(reviewer, &waiting).await.unwrap();
    let own =
        NoticeForm { area: DAFANG.into(), ..notice_form(treasurer, "大财〔2026〕1号", "LOC", "7") };
    fund::register(treasurer, own.check().unwrap()).await.unwrap();
}

#[tokio::test]
async fn workbooks_of_funds_say_what_the_pages_say() {
    World::on_both(async |world| {
        let desk = desk(world).await;
        let (treasurer, reviewer) = (desk.treasurer.clone(), desk.reviewer.clone());
        given(&treasurer, &reviewer, &desk).await;
        let cookie = world.cookie("cw").await;
        let query = SourcesQuery { area: None, year: FiscalYear::new(2026) };
        let view = fund::sources(&treasurer, query).await.unwrap();
        let sheet = taken(world, &cookie, "/funds/sources/export?year=2026").await;
        let head = sheet[1][0].to_string();
        assert!(head.contains(&view.area_name) && head.contains("2026"), "{head}");
        let amounts = |row: &[Data]| [1, 2, 3].map(|at| fen(&row[at]));
        let sums = [view.quota.fen(), view.arranged.fen(), view.left.fen()];
        assert_eq!((amounts(&sheet[3]), sums[0]), (sums, 107_000_001));
        for (row, line) in sheet[HEAD..].iter().zip(&view.rows) {
            assert!(row[0].to_string().ends_with(line.source.code()), "{:?}", row[0]);
            assert_eq!(amounts(row), [line.quota.fen(), line.arranged.fen(), line.left.fen()]);
            let clauses = row[7].to_string().matches("依据").count();
            assert!(clauses >= line.clauses.len(), "{}: every rule stands there", line.source.code());
        }
        let page = world.get(&cookie, "/funds/sources?year=2026").await.text();
        assert!(page.contains(&format!("/funds/sources/export?area={CITY}")), "the page leads there");

        let view = fund::notices(&treasurer, NoticesQuery::default()).await.unwrap();
        let sheet = taken(world, &cookie, "/funds/notices/export").await;
        let amounts = |row: &[Data]| [5, 6, 7].map(|at| fen(&row[at]));
        let left = view.quota.fen() - view.arranged.fen();
        assert_eq!(amounts(&sheet[3]), [view.quota.fen(), view.arranged.fen(), left]);
        assert_eq!((sheet.len(), view.rows.len()), (HEAD + 2, 2));
        for (row, line) in sheet[HEAD..].iter().zip(&view.rows) {
            let NoticeLine { document, amount, arranged, left, projects, .. } = line;
            assert_eq!(row[0].to_string(), *document);
            assert_eq!(amounts(row), [amount.fen(), Delta::from(*arranged).fen(), left.fen()]);
            assert_eq!(row[8].to_string(), projects.to_string());
        }
        let page = world.get(&cookie, "/funds/notices").await.text();
        assert!(page.contains("href=\"/funds/notices/export\""), "the page leads there");
        a_county_takes_its_own(world).await;
        trail(&treasurer).await;
    })
    .await;
}

async fn a_county_takes_its_own(world: &World) {
    world.person("df", Role::Leader, DAFANG).await;
    let cookie = world.cookie("df").await;
    let notices = taken(world, &cookie, "/funds/notices/export?source=LOC").await;
    assert!(says(&notices, "大财〔2026〕1号") && !says(&notices, "毕财〔2026〕7号"));
    assert_eq!(fen(&notices[3][5]), 7_000_000);
    let sources = taken(world, &cookie, "/funds/sources/export?year=2026").await;
    assert_eq!([1, 2, 3].map(|at| fen(&sources[3][at])), [7_000_000, 0, 7_000_000]);
    for path in ["/funds/notices/export", "/funds/sources/export"] {
        for foreign in [CITY, WEINING] {
            let answer = world.get(&cookie, &format!("{path}?area={foreign}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} of {foreign}");
        }
    }
}

/// What was taken along stands in the trail, what was refused does not.
async fn trail(call: &Call) {
    let filter = store::audit::AuditFilter { action: Some("export_list".into()), ..Default::default() };
    let conn = call.read().await.unwrap();
    let trail = store::audit::page(&conn, &call.scope(), &filter, None, 50).await.unwrap().rows;
    let details: Vec<&str> = trail.iter().rev().map(|entry| entry.detail.as_str()).collect();
    assert_eq!(details.len(), 4, "{details:?}");
    assert!(details[0].ends_with(" what=sources area=520500 year=2026"), "{details:?}");
    assert_eq!(details[1..3], ["rows=2 what=notices", "rows=1 what=notices source=LOC"]);
    assert!(details[3].ends_with(" what=sources area=520521 year=2026"), "{details:?}");
}

//! Who is counted: the plan of the year is what books of returns ask for, people of a place add up on every sheet without
//! telling a small group, and the area itself is none of its counties.

use super::{LIPING, PATH, PATH_LIPING, PROVINCE, WEINING, begin, file, people, plan, raw, reported, text};
use calamine::{Data, DataType, Reader};
use contract::dashboard::DashboardQuery;
use domain::bulletin::rate::{Indicator, Rate};
use domain::bulletin::small::People;
use domain::id::ProjectId;
use domain::period::FiscalYear;
use service::bulletin::paper::Paper;
use service::dashboard;
use tests::world::World;

/// Takes the estimate of posts away again.
async fn without_estimate(world: &World, project: ProjectId) {
    raw(world, &[format!("DELETE FROM estimate_line WHERE project_id = '{project}'")]).await;
}

/// On the one-year list, in this stage, and nobody reported on it.
async fn listed(world: &World, project: ProjectId, stage: &str) {
    raw(
        world,
        &[super::to_list(project), format!("UPDATE project SET stage = '{stage}' WHERE id = '{project}'")],
    )
    .await;
}

/// The last column of the sheet of projects: 合计 with its formula, then a row a project.
fn present(bytes: &[u8]) -> (Data, Option<String>, Vec<Data>) {
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range("分项目").unwrap();
    let rows: Vec<&[Data]> = range.rows().collect();
    let at = rows[3].iter().position(|cell| *cell == "期末在岗").unwrap();
    let formula = book.worksheet_formula("分项目").unwrap();
    let formula = formula.get_value((4, u32::try_from(at).unwrap())).filter(|text| !text.is_empty()).cloned();
    let own = rows[5..].iter().take_while(|row| !row[0].is_empty()).map(|row| row[at].clone()).collect();
    (rows[4][at].clone(), formula, own)
}

#[tokio::test]
async fn people_add_up_on_every_sheet_and_tell_no_small_group() {
    World::on_both(async |world| {
        people(world).await;
        let (weining, liping) = (world.call("gh").await, world.call("lp").await);
        for (name, count) in [("甲", 12), ("乙", 3), ("丙", 2)] {
            let project = plan(&weining, name, WEINING).await;
            reported(world, project, (WEINING, PATH), count, 50).await;
            if count == 2 {
                without_estimate(world, project).await;
            }
        }
        for (name, count) in [("丁", 40), ("戊", 9), ("己", 7)] {
            let project = plan(&liping, name, LIPING).await;
            reported(world, project, (LIPING, PATH_LIPING), count, 50).await;
            if count == 7 {
                without_estimate(world, project).await;
            }
        }
        let above = world.call("sheng").await;
        let view = begin(&above, "", "2025-09", "").await.unwrap();
        assert_eq!(view.whole.present, People::Known(64));
        let own: Vec<People> = view.places.iter().map(|place| place.present).collect();
        assert_eq!(own, [People::Known(15), People::Known(49)]);

        let (total, _, rows) = present(&file(&above, &view, Paper::Xlsx).await.unwrap());
        let shown: Vec<String> = rows.iter().map(ToString::to_string).collect();
        // 12 beside a total of 15 would tell 3; what nobody estimated is in no sum.
        assert_eq!(
            (total.to_string().as_str(), shown.as_slice()),
            ("64", &["*", "*", "", "40", "9", ""].map(str::to_owned)[..])
        );

        let view = begin(&liping, "", "2025-09", "").await.unwrap();
        let (total, formula, rows) = present(&file(&liping, &view, Paper::Xlsx).await.unwrap());
        assert_eq!(formula.as_deref(), Some("SUM(W6:W8)"));
        let sum: f64 = rows.iter().filter_map(DataType::as_f64).sum();
        assert_eq!(
            (total.to_string(), sum),
            ("49".to_owned(), 49.0),
            "the kept result is that of the formula"
        );
    })
    .await;
}

#[tokio::test]
async fn a_county_is_measured_by_what_its_books_ask_and_the_area_is_no_county() {
    World::on_both(async |world| {
        people(world).await;
        let (weining, above) = (world.call("gh").await, world.call("sheng").await);
        let built = plan(&weining, "在建", WEINING).await;
        reported(world, built, (WEINING, PATH), 20, 50).await;
        listed(world, plan(&weining, "未报", WEINING).await, "ready").await;
        listed(world, plan(&weining, "退库", WEINING).await, "withdrawn").await;
        plan(&weining, "清单外", WEINING).await;
        listed(world, plan(&above, "省级", PROVINCE).await, "building").await;

        let view = begin(&weining, "", "2025-09", "").await.unwrap();
        let whole = &view.whole;
        assert_eq!((whole.annual, whole.started, whole.unreported), (2, 1, 1));
        assert_eq!((whole.planned.fen(), whole.money.issued.fen()), (200_000_000, 0));
        let paper = text(&file(&weining, &view, Paper::Docx).await.unwrap());
        for said in ["未按要求上报的有：威宁彝族回族苗族自治县（1个）", "占年度计划25.0%", "开工率50.0%"]
        {
            assert!(paper.contains(said), "{said}: {paper}");
        }
        assert_eq!(view.ranking.len(), 1, "a county's own document says what it scored");

        let view = begin(&above, "", "2025-09", "").await.unwrap();
        let ranked: Vec<String> = view.ranking.iter().map(|one| one.area.to_string()).collect();
        assert_eq!((ranked.as_slice(), view.places.len()), (&[WEINING.to_owned()][..], 2));
        assert_eq!(view.whole.annual, 3, "its figures stay in the whole");
    })
    .await;
}

#[tokio::test]
async fn the_rate_of_jobs_is_that_of_the_leaders_page() {
    World::on_both(async |world| {
        people(world).await;
        let weining = world.call("gh").await;
        for (name, count, stage, posts) in [
            ("甲", 12, "completed", 10_000),
            ("乙", 6, "accepted", 0),
            ("丙", 90, "building", 10_000),
            ("丁", 30, "completed", 20_000),
        ] {
            let project = plan(&weining, name, WEINING).await;
            reported(world, project, (WEINING, PATH), count, 50).await;
            raw(
                world,
                &[
                    format!("UPDATE project SET stage = '{stage}' WHERE id = '{project}'"),
                    format!("UPDATE list_entry SET stage = '{stage}' WHERE project_id = '{project}'"),
                    format!(
                        "UPDATE estimate_line SET low_milli = {posts}, standard_milli = {posts}, high_milli = {posts} WHERE project_id = '{project}'"
                    ),
                ],
            )
            .await;
        }
        let bare = plan(&weining, "戊", WEINING).await;
        reported(world, bare, (WEINING, PATH), 44, 50).await;
        without_estimate(world, bare).await;
        let view = begin(&weining, "", "2025-09", "").await.unwrap();
        assert_eq!(view.whole.rate(Indicator::Jobs), Rate::share(48, 30), "{:?}", world.kind);
        let query =
            DashboardQuery { year: FiscalYear::new(2025), month: Some(9), ..DashboardQuery::default() };
        assert_eq!(
            dashboard::figures(&weining, query).await.unwrap().work.met,
            Some(1600),
            "{:?}",
            world.kind
        );
    })
    .await;
}

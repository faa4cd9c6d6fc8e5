//! What communities reported, in documents: the newest of the year with people able to work and at work, of two small parts
//! nothing, the same in the documents of a county and of its province, and the same again whatever was given back since.

use super::outside::raw;
use super::{PATH, WEINING, begin, file, one, people, text};
use calamine::Reader;
use contract::form::Form;
use contract::site::SaveSiteForm;
use domain::bulletin::small::People;
use domain::dispatch::row::SiteRow;
use domain::id::SiteId;
use service::bulletin::paper::Paper;
use service::{Call, site};
use tests::world::World;

const BOOK: &str = "018f0000-0000-7000-8000-000000520526";

async fn community(planner: &Call, name: &str) -> SiteId {
    let mut form = SaveSiteForm { key: planner.new_id().to_string(), ..SaveSiteForm::default() };
    for (field, text) in [("name", name), ("area", WEINING), ("people", "900")] {
        form.values.insert(field.into(), text.into());
    }
    site::save(planner, form.check().unwrap()).await.unwrap().site
}

/// What the county handed in for September on its communities, version after version.
async fn handed_in(world: &World, rows: &[(SiteId, SiteRow)]) {
    let body = serde_json::json!({ "area": WEINING, "month": "2025-09", "projects": [], "sites": rows });
    let mut all = vec![format!(
        "INSERT INTO return_book (id, area_code, area_path, month, state, version) VALUES ('{BOOK}', '{WEINING}', '{PATH}', '2025-09', 'submitted', 1) ON CONFLICT (area_code, month) DO NOTHING"
    )];
    for (site, row) in rows {
        let count = |count: Option<u32>| count.map_or_else(|| "NULL".to_owned(), |count| count.to_string());
        let [labour, employed, out, province, county, zero] = [
            row.labour,
            row.employed,
            row.employed_out_of_province,
            row.employed_in_province,
            row.employed_in_county,
            row.zero_employment_households,
        ]
        .map(count);
        all.push(format!("DELETE FROM site_return WHERE site_id = '{site}' AND month = '2025-09'"));
        all.push(format!("INSERT INTO site_return (site_id, month, area_code, area_path, labour, employed, employed_out_of_province, employed_in_province, employed_in_county, zero_employment_households, version, updated_at) VALUES ('{site}', '2025-09', '{WEINING}', '{PATH}', {labour}, {employed}, {out}, {province}, {county}, {zero}, 1, 0)"));
    }
    all.push(format!(
        "INSERT INTO return_version (book_id, number, seq, body, at) SELECT '{BOOK}', COALESCE(MAX(number), 0) + 1, 1, '{body}', 0 FROM return_version WHERE book_id = '{BOOK}'"
    ));
    raw(world, &all).await;
}

fn row(labour: u32, channels: [u32; 3], zero: u32) -> SiteRow {
    SiteRow {
        labour: Some(labour),
        employed: Some(channels.iter().sum()),
        employed_out_of_province: Some(channels[0]),
        employed_in_province: Some(channels[1]),
        employed_in_county: Some(channels[2]),
        zero_employment_households: Some(zero),
    }
}

/// Rows of the sheet from 合计 on, without their numbers and their notes.
fn sheet(bytes: &[u8]) -> Vec<String> {
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range("安置点就业").unwrap();
    let cells =
        |row: &[calamine::Data]| row[1..].iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    range.rows().skip(4).take_while(|row| !row[0].to_string().is_empty()).map(cells).collect()
}

#[tokio::test]
async fn communities_have_a_sheet_that_tells_no_small_group_and_is_made_again_as_it_was() {
    World::on_both(async |world| {
        people(world).await;
        let planner = world.call("gh").await;
        let (east, south, west) =
            (community(&planner, "东山").await, community(&planner, "南关").await, community(&planner, "西坡").await);
        let first = [(east, row(300, [50, 60, 188], 0)), (south, row(200, [20, 30, 90], 7))];
        handed_in(world, &first).await;
        let view = begin(&planner, "", "2025-09", "").await.unwrap();
        let book = file(&planner, &view, Paper::Xlsx).await.unwrap();
        let expected = [
            "||||500|438|0.876|70|90|278|62|7",
            "威宁彝族回族苗族自治县|东山||2025年9月|300|*|*|*|60|188|*|0",
            "威宁彝族回族苗族自治县|南关||2025年9月|200|*|*|*|30|90|*|7",
            "威宁彝族回族苗族自治县|西坡||未报|未报|未报|未报|未报|未报|未报|未报|未报",
        ];
        assert_eq!(sheet(&book), expected, "{:?}", world.kind);
        let said = "纳入统计的安置点3个，已上报2个；已上报安置点劳动力500人，已就业438人，就业率87.6%，零就业家庭7户。";
        let paper = file(&planner, &view, Paper::Docx).await.unwrap();
        assert!(text(&paper).contains(said), "{}", text(&paper));

        let province = begin(&world.call("sheng").await, "", "2025-09", "").await.unwrap();
        let above = file(&world.call("sheng").await, &province, Paper::Xlsx).await.unwrap();
        assert_eq!(sheet(&above), expected, "another document must not tell what this one withholds");

        // Given back and handed in anew: the document stays, a new one knows.
        handed_in(world, &[(east, row(310, [50, 60, 130], 6)), (south, row(200, [20, 30, 90], 7)), (west, row(80, [10, 10, 10], 0))]).await;
        let id = view.head.bulletin.to_string();
        assert!(one(&planner, &id).await.unwrap().is_same, "{:?}", world.kind);
        let again = begin(&planner, "", "", &id).await.unwrap();
        assert_eq!(again.head.sha256, view.head.sha256);
        assert_eq!(file(&planner, &again, Paper::Xlsx).await.unwrap(), book, "{:?}: other bytes", world.kind);
        assert_eq!(file(&planner, &again, Paper::Docx).await.unwrap(), paper, "{:?}: other bytes", world.kind);
        let now = begin(&planner, "", "2025-09", "").await.unwrap();
        let now = sheet(&file(&planner, &now, Paper::Xlsx).await.unwrap());
        assert_eq!(now[0], "||||590|410|0.694915254237|80|100|230|180|13");
        assert_eq!(view.whole.present, People::Unknown);
    })
    .await;
}

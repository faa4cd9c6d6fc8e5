//! Lists as files through the real router: the right rows, the right form, and back again unchanged. Both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use axum::body::Body;
use calamine::{Data, Reader, Xlsx};
use contract::form::Form;
use contract::list::{CellForm, EditCellsForm};
use contract::project::{ProjectQuery, SaveForm};
use domain::id::ProjectId;
use domain::period::FiscalYear;
use domain::permission::Role;
use domain::project::Field;
use http::{Request, StatusCode, header};
use service::import::{Choices, Committed, commit, compare};
use service::{Call, list, project};
use sheet::limits::Limits;
use sheet::staged::Parsed;
use std::collections::BTreeMap;
use std::io::Cursor;
use tests::world::{Answer, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";

async fn make(call: &Call, area: &str, name: &str, values: &[(&str, &str)]) -> ProjectId {
    let key = call.new_id().to_string();
    let mut form = SaveForm { key, ..SaveForm::default() };
    for (key, text) in [("name", name), ("area", area)].iter().chain(values) {
        form.values.insert((*key).to_owned(), (*text).to_owned());
    }
    let made = project::save(call, form.check().unwrap()).await.unwrap().project;
    let key = call.new_id().to_string();
    let projects = vec![format!("{made}:1")];
    let form = contract::list::MoveForm { key, projects, to: "1y".into(), reason: String::new() };
    list::move_projects(call, form.check().unwrap()).await.unwrap();
    made
}

/// Two counties with three projects each; amounts with six decimals of 万元, a code, an amount outside the list years.
async fn full(world: &World) -> Vec<ProjectId> {
    world.person("province", Role::Planner, "520000").await;
    world.person("weining", Role::Planner, WEINING).await;
    let call = world.call("province").await;
    let mut made = Vec::new();
    for (area, names) in
        [(WEINING, ["冷链物流中心", "=HYPERLINK(1)", "道路"]), (LIPING, ["茶园", "茶园", "-1+1"])]
    {
        for (at, name) in names.into_iter().enumerate() {
            let total = format!("{}.000001", 1500 + at);
            let values = [
                ("total", total.as_str()),
                ("source.CBI", "1000.5"),
                ("year.2026", "600"),
                ("year.2024", "7.000003"),
                ("gate.proposal", "2025-03-01"),
                ("start", "2026-05"),
                ("posts", "24"),
                ("term_years", "2"),
                ("work_relief", "1"),
                ("content", "冷库 3 座\n总库容 6,000 吨"),
            ];
            made.push(make(&call, area, name, &values).await);
        }
    }
    made
}

async fn export(world: &World, login: &str, query: &str) -> Answer {
    let cookie = world.cookie(login).await;
    world.get(&cookie, &format!("/projects/export?{query}")).await
}

fn read(answer: &Answer, name: &str) -> Parsed {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &answer.body).unwrap();
    sheet::read::read_all(file.path(), name, &[], &Limits::default()).unwrap()
}

fn names(parsed: &Parsed) -> Vec<String> {
    parsed.rows.iter().map(|row| row.cells["name"].raw.clone()).collect()
}

#[tokio::test]
async fn an_export_is_exactly_the_filter_of_this_person_and_stands_in_the_trail() {
    World::on_both(async |world| {
        let made = full(world).await;
        let all = export(world, "province", "list=1y").await;
        assert_eq!(all.status, StatusCode::OK, "{}", all.text());
        let disposition = all.header(header::CONTENT_DISPOSITION).unwrap();
        assert!(disposition.starts_with("attachment; ") && disposition.contains(".xlsx"), "{disposition}");
        assert!(all.header(header::CONTENT_SECURITY_POLICY).unwrap().contains("sandbox"));
        assert_eq!(all.header(header::X_CONTENT_TYPE_OPTIONS).as_deref(), Some("nosniff"));
        assert_eq!(names(&read(&all, "a.xlsx")).len(), 6);
        let own = export(world, "weining", "list=1y").await;
        assert_eq!(names(&read(&own, "a.xlsx")), ["冷链物流中心", "=HYPERLINK(1)", "道路"]);
        let found = export(world, "province", "list=pool&q=llwl").await;
        assert_eq!(names(&read(&found, "a.xlsx")), ["冷链物流中心"]);
        let picked = format!("list=1y&rows={},{}", made[1], made[4]);
        assert_eq!(names(&read(&export(world, "province", &picked).await, "a.xlsx")).len(), 2);
        let foreign = names(&read(&export(world, "weining", &picked).await, "a.xlsx"));
        assert_eq!(foreign, ["=HYPERLINK(1)"], "another county's row is not there");
        let outside = export(world, "weining", &format!("list=1y&area={LIPING}")).await;
        assert_eq!(outside.status, StatusCode::NOT_FOUND);
        let wrong = export(world, "weining", "list=9y&format=pdf").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let filter = store::audit::AuditFilter { action: Some("export_list".into()), ..Default::default() };
        let call = world.call("province").await;
        let conn = call.read().await.unwrap();
        let trail = store::audit::page(&conn, &call.scope(), &filter, None, 50).await.unwrap().rows;
        let details: Vec<&str> = trail.iter().rev().map(|entry| entry.detail.as_str()).collect();
        assert_eq!(details[0], "format=xlsx rows=6 list=1y");
        assert_eq!(details[2], "format=xlsx rows=1 list=pool q=llwl");
        assert_eq!(details.len(), 5, "a refused export is none: {details:?}");
    })
    .await;
}

#[tokio::test]
async fn the_signed_out_are_sent_to_sign_in_and_come_back() {
    let world = World::sqlite().await;
    let answer = world.send(Request::get("/projects/export?list=1y"), Body::empty()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let to = answer.header(header::LOCATION).unwrap();
    assert_eq!(to, "/login?next=%2Fprojects%2Fexport%3Flist%3D1y");
}

#[tokio::test]
async fn the_workbook_is_the_official_form_with_exact_sums() {
    let world = World::sqlite().await;
    full(&world).await;
    let answer = export(&world, "province", "list=all").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["一年期", "两年期", "五年期", "_houfu"]);
    let sheet = book.worksheet_range("一年期").unwrap();
    let at = |heading: &str| {
        (0..sheet.width())
            .find(|column| {
                [2, 3].iter().any(|row| sheet.get((*row, *column)).is_some_and(|cell| *cell == heading))
            })
            .unwrap_or_else(|| panic!("no {heading}"))
    };
    assert!(sheet.get((0, 0)).unwrap().to_string().ends_with("易地搬迁后续扶持项目储备清单（一年期）"));
    let total = at("总投资");
    // Cached result of the sum: exact, although no calculator has run.
    assert_eq!(sheet.get((4, total)), Some(&Data::Float(9006.000006)));
    assert_eq!(sheet.get((5, total)), Some(&Data::Float(1500.000001)));
    assert_eq!(sheet.get((4, at("2024年"))), Some(&Data::Float(42.000018)));
    let formulas = book.worksheet_formula("一年期").unwrap();
    let formula = formulas.get_value((4, u32::try_from(total).unwrap())).unwrap();
    assert!(formula.contains("SUM(") && formula.contains("6:") && formula.ends_with("11)"), "{formula}");
}

/// Every project of the province as kept: column by column.
async fn kept(call: &Call, ids: &[ProjectId]) -> Vec<BTreeMap<String, String>> {
    let mut all = Vec::new();
    for id in ids {
        let view = project::one(call, ProjectQuery { project: *id }).await.unwrap();
        all.push(view.values.iter().map(|(field, value)| (field.key(), value.canonical())).collect());
    }
    all
}

#[tokio::test]
async fn an_unchanged_export_changes_nothing_and_five_edits_are_five() {
    World::on_both(async |world| {
        let made = full(world).await;
        let call = world.call("province").await;
        let before = kept(&call, &made).await;
        for query in ["list=1y", "list=all", "list=pool", "list=1y&sort=-total"] {
            let parsed = read(&export(world, "province", query).await, "清单.xlsx");
            assert!(parsed.exported, "{query}");
            let seen = compare(&call, &parsed, &Choices::default()).await.unwrap();
            assert_eq!(seen.errors(), 0, "{query}: {:?}", seen.findings);
            let counts = seen.counts();
            assert_eq!((counts.new, counts.changed, counts.same), (0, 0, 6), "{query}: {seen:?}");
        }
        let bytes = export(world, "province", "list=1y").await;
        let mut book = umya_spreadsheet::reader::xlsx::read_reader(Cursor::new(bytes.body), true).unwrap();
        let sheet = book.sheet_by_name_mut("一年期").unwrap();
        let column = |heading: &str| {
            let mut years = FiscalYear::new(2026).unwrap().list_years();
            years.push(FiscalYear::new(2024).unwrap());
            let fields: Vec<Field> = Field::all(&years);
            u32::try_from(fields.iter().position(|field| field.key() == heading).unwrap() + 2).unwrap()
        };
        for (row, heading, text) in [
            (6, "total", "1600"),
            (7, "content", "改了"),
            (8, "people", "77"),
            (9, "source.CBI", ""),
            (10, "remark", "新备注"),
        ] {
            sheet.cell_mut((column(heading), row)).set_value(text);
        }
        let mut edited = Cursor::new(Vec::new());
        umya_spreadsheet::writer::xlsx::write_writer(&book, &mut edited).unwrap();
        let answer =
            Answer { status: StatusCode::OK, headers: Default::default(), body: edited.into_inner() };
        let parsed = read(&answer, "清单.xlsx");
        let seen = compare(&call, &parsed, &Choices::default()).await.unwrap();
        let counts = seen.counts();
        assert_eq!((counts.new, counts.changed, counts.same), (0, 5, 1), "{:?}", seen.findings);
        let done = commit(&call, parsed, Choices::default(), "five-edits".into()).await.unwrap();
        assert!(matches!(done, Committed::Done { set: Some(_), .. }));
        let after = kept(&call, &made).await;
        let mut changed = Vec::new();
        for (one, two) in before.iter().zip(&after) {
            let keys = one.keys().chain(two.keys()).collect::<std::collections::BTreeSet<_>>();
            changed.extend(keys.into_iter().filter(|key| one.get(*key) != two.get(*key)).cloned());
        }
        changed.sort();
        assert_eq!(changed, ["content", "people", "remark", "source.CBI", "total"]);
    })
    .await;
}

#[tokio::test]
async fn a_text_table_carries_a_mark_of_its_encoding_and_no_formula() {
    World::on_both(async |world| {
        full(world).await;
        let answer = export(world, "province", "list=1y&format=csv").await;
        assert_eq!(answer.header(header::CONTENT_TYPE).as_deref(), Some("text/csv; charset=utf-8"));
        assert!(answer.body.starts_with(&[0xEF, 0xBB, 0xBF]));
        let text = answer.text();
        assert!(text.contains("'=HYPERLINK(1)") && text.contains("'-1+1"), "{text}");
        assert!(!text.contains(",=HYPERLINK"), "{text}");
        let parsed = read(&answer, "清单.csv");
        assert!(names(&parsed).contains(&"=HYPERLINK(1)".to_owned()), "the guard is taken off again");
    })
    .await;
}

#[tokio::test]
async fn a_cell_changed_by_somebody_else_meanwhile_is_a_conflict() {
    World::on_both(async |world| {
        let made = full(world).await;
        let call = world.call("province").await;
        let bytes = export(world, "province", "list=1y").await;
        let cell = CellForm {
            project: made[0].to_string(),
            version: "2".into(),
            field: "total".into(),
            text: "9".into(),
        };
        let form = EditCellsForm { key: "k-meanwhile".into(), cells: vec![cell] };
        list::edit_cells(&call, form.check().unwrap()).await.unwrap();
        let parsed = read(&bytes, "清单.xlsx");
        let counts = compare(&call, &parsed, &Choices::default()).await.unwrap().counts();
        assert_eq!((counts.changed, counts.same, counts.conflict), (0, 6, 0), "theirs stays");
        let mut mine = parsed.clone();
        let cell = mine.rows[0].cells.get_mut("total").unwrap();
        cell.value = Some(domain::project::Value::Money(domain::money::Money::from_fen(5).unwrap()));
        let counts = compare(&call, &mine, &Choices::default()).await.unwrap().counts();
        assert_eq!((counts.changed, counts.same, counts.conflict), (0, 5, 1));
    })
    .await;
}

#[tokio::test]
async fn paper_shows_every_row_of_the_filter_and_no_other() {
    World::on_both(async |world| {
        world.person("weining", Role::Planner, WEINING).await;
        world.person("liping", Role::Planner, LIPING).await;
        let (weining, liping) = (world.call("weining").await, world.call("liping").await);
        make(&liping, LIPING, "别县的项目", &[]).await;
        for number in 0..105 {
            let mut form = SaveForm { key: weining.new_id().to_string(), ..SaveForm::default() };
            for (key, text) in
                [("name", format!("道路{number}")), ("area", WEINING.into()), ("total", "1.000001".into())]
            {
                form.values.insert(key.into(), text);
            }
            project::save(&weining, form.check().unwrap()).await.unwrap();
        }
        let cookie = world.cookie("weining").await;
        let page = world.get(&cookie, "/projects/print?list=pool").await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        // Behind the table the page carries the same rows once more, for the program in the browser.
        let table = text.split("</table>").next().unwrap();
        assert_eq!(table.matches(">道路").count(), 105, "more than the hundred of a page");
        assert!(!text.contains("别县的项目"));
        for word in ["填报单位：威宁彝族回族苗族自治县", "共 105 项", "填表人：", "105.00"]
        {
            assert!(text.contains(word), "{word}");
        }
        let found = world.get(&cookie, "/projects/print?list=pool&q=dl104").await.text();
        assert_eq!(found.split("</table>").next().unwrap().matches(">道路").count(), 1);
    })
    .await;
}

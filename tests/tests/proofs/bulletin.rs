//! Documents of months and quarters: made again on what was known they are the same to the byte, whatever was corrected since;
//! no group of fewer than five people is in them; another county finds nothing of them.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod communities;
mod counted;
mod kept;
mod moved;
mod orders;
mod outside;
mod retyped;

use contract::bulletin::{
    BeginForm, BulletinForm, BulletinView, IssueBulletinForm, LetterheadForm, RewordForm, WeightsForm,
};
use contract::form::Form;
use contract::ledger::command::{Decide, Verdict};
use contract::ledger::form::PostEntryForm;
use contract::project::{ProjectQuery, SaveForm};
use domain::bulletin::draft::Part;
use domain::bulletin::rate::{Indicator, Rate, percent};
use domain::bulletin::small::People;
use domain::id::{EntryId, ProjectId};
use domain::permission::Role;
use http::StatusCode;
use outside::{raw, reported, to_list};
use sea_orm::{ConnectionTrait, Database};
use service::bulletin::paper::Paper;
use service::ledger::request;
use service::{Call, Failure, bulletin, project};
use sha2::{Digest, Sha256};
use std::io::Read;
use tests::world::World;

const WEINING: &str = "520526";
const LIPING: &str = "522631";
const PROVINCE: &str = "520000";
const PATH: &str = "/100000/520000/520500/520526/";
const PATH_LIPING: &str = "/100000/520000/522600/522631/";

/// Two counties with their people, and a planner of the province.
async fn people(world: &World) {
    for (login, role, area) in [
        ("gh", Role::Planner, WEINING),
        ("cw", Role::Treasurer, WEINING),
        ("sh", Role::Reviewer, WEINING),
        ("lp", Role::Planner, LIPING),
        ("sheng", Role::Planner, PROVINCE),
    ] {
        world.person(login, role, area).await;
    }
}

/// A project with a plan of 100 万元 for 2025.
async fn plan(planner: &Call, name: &str, area: &str) -> ProjectId {
    let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
    for (field, text) in [("name", name), ("area", area), ("total", "100"), ("year.2025", "100")] {
        form.values.insert(field.into(), text.into());
    }
    project::save(planner, form.check().unwrap()).await.unwrap().project
}

/// An entry of the budget year 2025 by two persons.
async fn enter(world: &World, project: ProjectId, kind: &str, amount: &str, date: &str) -> EntryId {
    let (treasurer, reviewer) = (world.call("cw").await, world.call("sh").await);
    enter_by(&treasurer, &reviewer, project, (kind, "GBG"), amount, date).await
}

async fn enter_by(
    treasurer: &Call,
    reviewer: &Call,
    project: ProjectId,
    (kind, source): (&str, &str),
    amount: &str,
    date: &str,
) -> EntryId {
    let form = PostEntryForm {
        key: treasurer.new_id().to_string(),
        kind: kind.into(),
        project: project.to_string(),
        source: source.into(),
        year: "2025".into(),
        amount: amount.into(),
        date: date.into(),
        document: "黔财〔2025〕1号".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    };
    approved(treasurer, reviewer, &form).await
}

async fn reverse(world: &World, entry: EntryId, date: &str) {
    let (treasurer, reviewer) = (world.call("cw").await, world.call("sh").await);
    let form = PostEntryForm {
        key: treasurer.new_id().to_string(),
        kind: "reverse".into(),
        entry: entry.to_string(),
        date: date.into(),
        memo: "更正".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    };
    approved(&treasurer, &reviewer, &form).await;
}

async fn approved(treasurer: &Call, reviewer: &Call, form: &PostEntryForm) -> EntryId {
    let view = request::post(treasurer, form.check().unwrap()).await.unwrap();
    let verdict = Verdict::Approve { exception: None };
    let key = reviewer.new_id().to_string();
    let decide = Decide { request: view.request, version: view.version, key, verdict };
    request::decide(reviewer, decide).await.unwrap().entries[0]
}

async fn begin(call: &Call, area: &str, period: &str, like: &str) -> Result<BulletinView, Failure> {
    let form = BeginForm {
        key: call.new_id().to_string(),
        area: area.into(),
        period: period.into(),
        like: like.into(),
    };
    bulletin::begin(call, form.check().unwrap()).await
}

async fn one(call: &Call, id: &str) -> Result<BulletinView, Failure> {
    bulletin::one(call, BulletinForm { bulletin: id.into() }.check().unwrap()).await
}

async fn file(call: &Call, view: &BulletinView, file: Paper) -> Result<Vec<u8>, Failure> {
    let query = BulletinForm { bulletin: view.head.bulletin.to_string() }.check().unwrap();
    bulletin::export(call, query, file).await.map(|made| made.bytes)
}

/// The text of a .docx, without its marks.
fn text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut body = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut body).unwrap();
    body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

/// Every cell of every sheet.
fn cells(bytes: &[u8]) -> Vec<String> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let sheets = book.worksheets();
    sheets.iter().flat_map(|(_, range)| range.cells().map(|(_, _, cell)| cell.to_string())).collect()
}

/// Every formula of the sheet of counties.
fn formulas(bytes: &[u8]) -> Vec<String> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_formula("分县汇总").unwrap();
    range.cells().map(|(_, _, cell)| cell.clone()).collect()
}

fn rate(view: &BulletinView, indicator: Indicator) -> String {
    match view.whole.rate(indicator) {
        Rate::Of(share) => percent(share).unwrap(),
        none @ (Rate::Nothing | Rate::Unknown | Rate::Few) => format!("{none:?}"),
    }
}

#[tokio::test]
async fn a_quarter_made_again_is_the_same_to_the_byte_whatever_was_corrected() {
    World::on_both(async |world| {
        people(world).await;
        let planner = world.call("gh").await;
        let project = plan(&planner, "车间", WEINING).await;
        enter(world, project, "issue", "100", "2025-03-05").await;
        enter(world, project, "receive", "80", "2025-04-05").await;
        let wrong = enter(world, project, "disburse", "60", "2025-05-06").await;
        enter(world, project, "disburse", "5", "2025-10-08").await;
        reported(world, project, (WEINING, PATH), 8, 50).await;

        let first = begin(&planner, "", "2025-Q3", "").await.unwrap();
        assert!(first.is_same && first.head.known.ledger == 4, "{:?}", first.head);
        assert_eq!(first.whole.money.disbursed.fen(), 60_000_000, "October is not in the third quarter");
        assert_eq!(rate(&first, Indicator::Disbursed), "60.0");
        assert_eq!(rate(&first, Indicator::Invested), "50.0");
        assert_eq!(rate(&first, Indicator::Jobs), "80.0");
        let [docx, xlsx] = [Paper::Docx, Paper::Xlsx];
        let (paper, book) =
            (file(&planner, &first, docx).await.unwrap(), file(&planner, &first, xlsx).await.unwrap());
        assert_eq!(paper, file(&planner, &first, docx).await.unwrap(), "{:?}", world.kind);

        let kept = formulas(&book);
        for held in ["SUM(V6:V6)", "V6/T6", "(X6-9/12)*100"] {
            assert!(kept.iter().any(|formula| formula.contains(held)), "{held}: {kept:?}");
        }

        // Corrections dated in the quarter, of money, of the register, of what was reported.
        reverse(world, wrong, "2025-05-06").await;
        enter(world, project, "disburse", "40", "2025-05-06").await;
        reported(world, project, (WEINING, PATH), 20, 90).await;
        let version = project::one(&planner, ProjectQuery { project }).await.unwrap().version.to_string();
        let mut form = SaveForm {
            project: project.to_string(),
            version,
            key: planner.new_id().to_string(),
            ..SaveForm::default()
        };
        form.values.insert("year.2025".into(), "200".into());
        project::save(&planner, form.check().unwrap()).await.unwrap();

        let id = first.head.bulletin.to_string();
        let kept = one(&planner, &id).await.unwrap();
        assert!(kept.is_same && kept.places == first.places);
        let again = begin(&planner, "", "", &id).await.unwrap();
        assert_ne!(again.head.bulletin, first.head.bulletin);
        assert_eq!((&again.head.sha256, &again.head.known), (&first.head.sha256, &first.head.known));
        assert_eq!(file(&planner, &again, docx).await.unwrap(), paper, "{:?}: other bytes", world.kind);
        assert_eq!(file(&planner, &again, xlsx).await.unwrap(), book, "{:?}: other bytes", world.kind);

        let now = begin(&planner, "", "2025-Q3", "").await.unwrap();
        assert_ne!(now.head.sha256, first.head.sha256, "the corrections would not be seen");
        assert_eq!(
            (rate(&now, Indicator::Disbursed), rate(&now, Indicator::Invested)),
            ("40.0".to_owned(), "45.0".to_owned())
        );
        assert!(begin(&planner, "", "2099-01", "").await.is_err(), "a month to come");
    })
    .await;
}

#[tokio::test]
async fn the_paper_holds_the_sentences_of_the_data_and_those_that_a_person_wrote() {
    World::on_both(async |world| {
        people(world).await;
        let planner = world.call("gh").await;
        let project = plan(&planner, "车间", WEINING).await;
        enter(world, project, "issue", "100", "2025-03-05").await;
        enter(world, project, "receive", "80", "2025-04-05").await;
        enter(world, project, "disburse", "60", "2025-05-06").await;
        reported(world, project, (WEINING, PATH), 8, 50).await;
        let first = begin(&planner, "", "2025-Q3", "").await.unwrap();
        let id = first.head.bulletin.to_string();
        let draft = text(&file(&planner, &first, Paper::Docx).await.unwrap());
        for said in [
            "1—9月累计完成投资50.00万元，占年度计划50.0%，落后时间进度25.0个百分点。",
            "累计拨付60.00万元，占下达资金的60.0%，落后时间进度15.0个百分点。",
            "一、项目储备情况",
            "（一）开工和投资",
            &first.head.sha256,
        ] {
            assert!(draft.contains(said), "{said}: {draft}");
        }

        let weighed = worded(&planner, &first).await;
        assert_eq!(weighed.head.sha256, first.head.sha256, "words touch no figure");
        let bytes = file(&planner, &weighed, Paper::Docx).await.unwrap();
        let paper = text(&bytes);
        for said in
            ["威宁县&lt;做法&gt;可供借鉴。", "威发改〔2025〕9号", "支付率60%、岗位完成率40%", "好的做法"]
        {
            assert!(paper.contains(said), "{said}: {paper}");
        }
        let issue = IssueBulletinForm {
            bulletin: id.clone(),
            version: weighed.head.version.to_string(),
            key: planner.new_id().to_string(),
        };
        let issued = bulletin::issue(&planner, issue.check().unwrap()).await.unwrap();
        let repeated = bulletin::issue(&planner, issue.check().unwrap()).await.unwrap();
        assert_eq!((issued.issues.len(), repeated.issues.len()), (1, 1), "one key, one issue");
        assert_eq!(issued.issues[0].sha256, hex(&bytes), "the hash is of the bytes that go out");
        appended_only(world, &id).await;
    })
    .await;
}

/// A paragraph, the head and the weights in other words, one after the other.
async fn worded(planner: &Call, first: &BulletinView) -> BulletinView {
    let id = first.head.bulletin.to_string();
    let version = |view: &BulletinView| view.head.version.to_string();
    let reword = RewordForm {
        bulletin: id.clone(),
        version: version(first),
        part: Part::Practice.code().into(),
        text: "威宁县<做法>可供借鉴。".into(),
    };
    let worded = bulletin::change(planner, reword.check().unwrap()).await.unwrap();
    let stale = bulletin::change(planner, reword.check().unwrap()).await;
    assert!(matches!(stale, Err(Failure::Stale(_))), "the version was another's");
    let head = LetterheadForm {
        bulletin: id.clone(),
        version: version(&worded),
        organ: "威宁自治县发展和改革局".into(),
        number: "威发改〔2025〕9号".into(),
        ..LetterheadForm::default()
    };
    let headed = bulletin::change(planner, head.check().unwrap()).await.unwrap();
    let weigh = WeightsForm {
        bulletin: id.clone(),
        version: version(&headed),
        paid: "60".into(),
        jobs: "40".into(),
        ..WeightsForm::default()
    };
    bulletin::change(planner, weigh.check().unwrap()).await.unwrap()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn appended_only(world: &World, id: &str) {
    let forger = Database::connect(world.url().as_str()).await.unwrap();
    for sql in [
        format!("UPDATE bulletin_issue SET sha256 = 'x' WHERE bulletin_id = '{id}'"),
        format!("DELETE FROM bulletin_issue WHERE bulletin_id = '{id}'"),
    ] {
        assert!(forger.execute_unprepared(&sql).await.is_err(), "{:?}: {sql}", world.kind);
    }
    forger.close().await.unwrap();
}

#[tokio::test]
async fn no_group_of_fewer_than_five_is_in_any_document() {
    World::on_both(async |world| {
        people(world).await;
        let above = world.call("sheng").await;
        let weining = plan(&world.call("gh").await, "小组", WEINING).await;
        let liping = plan(&world.call("lp").await, "车间", LIPING).await;
        reported(world, weining, (WEINING, PATH), 4, 50).await;
        reported(world, liping, (LIPING, PATH_LIPING), 37, 50).await;
        let view = begin(&above, "", "2025-09", "").await.unwrap();
        assert_eq!(view.places.len(), 2);
        // The other county would tell the small one by the total.
        assert!(view.places.iter().all(|place| place.present == People::Withheld), "{:?}", view.places);
        assert_eq!(view.whole.present, People::Known(41));
        let wire = serde_json::to_string(&view).unwrap();
        assert!(!wire.contains("\"known\":37") && !wire.contains("\"known\":4}"), "{wire}");
        let book = cells(&file(&above, &view, Paper::Xlsx).await.unwrap());
        assert!(book.iter().any(|cell| cell == "*") && !book.iter().any(|cell| cell == "37"), "{book:?}");
        let paper = text(&file(&above, &view, Paper::Docx).await.unwrap());
        assert!(paper.contains("期末在岗41人") && !paper.contains("37人"), "{paper}");

        let own = begin(&world.call("gh").await, "", "2025-09", "").await.unwrap();
        assert_eq!((own.whole.present, own.places[0].present), (People::Withheld, People::Withheld));
    })
    .await;
}

#[tokio::test]
async fn another_county_finds_nothing_of_it() {
    World::on_both(async |world| {
        people(world).await;
        let planner = world.call("gh").await;
        plan(&planner, "车间", WEINING).await;
        let made = begin(&planner, "", "2025-Q3", "").await.unwrap();
        let id = made.head.bulletin.to_string();
        let stranger = world.call("lp").await;
        assert!(matches!(one(&stranger, &id).await, Err(Failure::NotFound)));
        assert!(matches!(file(&stranger, &made, Paper::Docx).await, Err(Failure::NotFound)));
        assert!(matches!(begin(&stranger, "", "", &id).await, Err(Failure::NotFound)));
        assert!(matches!(begin(&stranger, WEINING, "2025-Q3", "").await, Err(Failure::NotFound)));
        assert!(bulletin::list(&stranger, ()).await.unwrap().bulletins.is_empty());
        let (own, foreign) = (world.cookie("gh").await, world.cookie("lp").await);
        for path in ["", "/xlsx/export", "/docx/export", "/pdf/export"] {
            let path = format!("/bulletins/{id}{path}");
            assert_eq!(world.get(&foreign, &path).await.status, StatusCode::NOT_FOUND, "{path}");
            // A machine without Chinese fonts says so instead of a PDF.
            let answer = world.get(&own, &path).await;
            let without = path.contains("pdf") && answer.status == StatusCode::UNPROCESSABLE_ENTITY;
            assert!(answer.status == StatusCode::OK || without, "{path}: {}", answer.text());
        }
        let page = world.get(&own, &format!("/bulletins/{id}")).await.text();
        assert!(page.contains(&made.head.sha256) && page.contains("bulletin-sheet"), "{page}");
        // The province reads what the county made, and its own begins with nothing of it.
        assert!(one(&world.call("sheng").await, &id).await.is_ok());
    })
    .await;
}

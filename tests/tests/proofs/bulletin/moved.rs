//! What was entered late stands in the books of the open month, and money stays where it was entered when a project moves. A
//! document that was begun by the first rules is made again by them.

use super::{LIPING, PATH, WEINING, begin, cells, enter, file, hex, one, people, plan, reported, text};
use contract::bulletin::BulletinView;
use contract::form::Form;
use contract::ledger::command::CloseMonth;
use contract::project::{ProjectQuery, SaveForm};
use domain::bulletin::edition::Edition;
use domain::bulletin::facts::Facts;
use domain::id::ProjectId;
use domain::money::Delta;
use domain::period::Month;
use sea_orm::{ConnectionTrait, Database, Statement};
use service::bulletin::paper::Paper;
use service::ledger::month;
use service::{Call, project};
use tests::world::World;

/// Closes the books of Weining up to the end of September.
async fn close(world: &World) {
    let reviewer = world.call("sh").await;
    let last = Month::parse("2025-09").unwrap();
    while let Some(next) = month::months(&reviewer, ()).await.unwrap().next.filter(|next| *next <= last) {
        let command = CloseMonth { month: next, key: reviewer.new_id().to_string() };
        month::close(&reviewer, command).await.unwrap();
    }
}

/// Puts the same document in again as the first rules had kept it: without an edition, and with money by its date.
async fn by_the_first(world: &World, view: &BulletinView, late: i64) -> String {
    let outside = Database::connect(world.url().as_str()).await.unwrap();
    let id = view.head.bulletin.to_string();
    let sql = format!("SELECT facts FROM bulletin WHERE id = '{id}'");
    let row = outside.query_one_raw(Statement::from_string(outside.get_database_backend(), sql)).await;
    let text: String = row.unwrap().unwrap().try_get("", "facts").unwrap();
    let mut facts: Facts = serde_json::from_str(&text).unwrap();
    facts.edition = Edition::First;
    let disbursed = &mut facts.projects[0].money.disbursed;
    *disbursed = Delta::from_fen(disbursed.fen() + late);
    let text = serde_json::to_string(&facts).unwrap();
    assert!(!text.contains("edition"), "{text}");
    let (old, sha256) = ("018f0000-0000-7000-8000-00000000000a", hex(text.as_bytes()));
    let sql = format!(
        "INSERT INTO bulletin (id, kind, area_code, area_path, period, known_at, ledger_at, facts, sha256, wording, version, created_by, created_at, updated_by, updated_at) SELECT '{old}', kind, area_code, area_path, period, known_at, ledger_at, '{text}', '{sha256}', wording, 1, created_by, created_at, updated_by, updated_at FROM bulletin WHERE id = '{id}'"
    );
    outside.execute_unprepared(&sql).await.unwrap();
    outside.close().await.unwrap();
    old.to_owned()
}

async fn move_to(planner: &Call, project: ProjectId, area: &str) {
    let version = project::one(planner, ProjectQuery { project }).await.unwrap().version.to_string();
    let mut form = SaveForm {
        project: project.to_string(),
        version,
        key: planner.new_id().to_string(),
        ..SaveForm::default()
    };
    form.values.insert("area".into(), area.into());
    project::save(planner, form.check().unwrap()).await.unwrap();
}

/// Disbursed and issued, in 万元.
fn money(view: &BulletinView) -> (i64, i64) {
    let money = &view.whole.money;
    (money.disbursed.fen() / 1_000_000, money.issued.fen() / 1_000_000)
}

#[tokio::test]
async fn money_follows_the_books_and_stays_where_it_was_entered() {
    World::on_both(async |world| {
        people(world).await;
        let (planner, above) = (world.call("gh").await, world.call("sheng").await);
        let project = plan(&planner, "车间", WEINING).await;
        enter(world, project, "issue", "100", "2025-03-05").await;
        enter(world, project, "receive", "80", "2025-04-05").await;
        enter(world, project, "disburse", "60", "2025-05-06").await;
        reported(world, project, (WEINING, PATH), 8, 50).await;
        close(world).await;
        enter(world, project, "disburse", "5", "2025-09-20").await;
        let first = begin(&planner, "", "2025-Q3", "").await.unwrap();
        assert_eq!(money(&first), (60, 100), "{:?}: entered in the books of October", world.kind);
        let october = begin(&planner, "", "2025-10", "").await.unwrap();
        assert_eq!((money(&october).0, october.whole.money_new.disbursed.fen()), (65, 5_000_000));

        let old = by_the_first(world, &first, 5_000_000).await;
        let kept = one(&planner, &old).await.unwrap();
        assert!(kept.is_same && money(&kept) == (65, 100), "{:?}: by its date", world.kind);
        let bytes = [
            file(&planner, &kept, Paper::Docx).await.unwrap(),
            file(&planner, &kept, Paper::Xlsx).await.unwrap(),
        ];

        move_to(&above, project, LIPING).await;
        enter_above(world, project).await;
        // Where it lay, where it lies, and above both.
        let weining = begin(&planner, "", "2025-Q3", "").await.unwrap();
        assert_eq!((money(&weining), weining.whole.annual, weining.whole.unreported), ((60, 100), 0, 0));
        assert!(text(&file(&planner, &weining, Paper::Docx).await.unwrap()).contains("项目0个。"));
        let book = cells(&file(&planner, &weining, Paper::Xlsx).await.unwrap());
        assert!(book.iter().any(|cell| cell == "已迁出"), "{book:?}");
        let liping = begin(&world.call("lp").await, "", "2025-Q3", "").await.unwrap();
        assert_eq!((money(&liping), liping.whole.annual), ((0, 7), 1));
        let both = begin(&above, "", "2025-Q3", "").await.unwrap();
        let own: Vec<i64> = both.places.iter().map(|place| place.money.issued.fen() / 1_000_000).collect();
        assert_eq!((own, money(&both), both.whole.annual), (vec![100, 7], (60, 107), 1));
        assert!(one(&planner, &weining.head.bulletin.to_string()).await.unwrap().is_same);
        assert!(one(&above, &both.head.bulletin.to_string()).await.unwrap().is_same);

        // Documents that were begun before, by either rules, are what they were.
        assert!(one(&planner, &first.head.bulletin.to_string()).await.unwrap().is_same);
        let again = begin(&planner, "", "", &old).await.unwrap();
        assert_eq!(again.head.sha256, kept.head.sha256, "{:?}: begun on the first, by the first", world.kind);
        for (file_of, bytes) in [Paper::Docx, Paper::Xlsx].into_iter().zip(bytes) {
            assert!(one(&planner, &old).await.unwrap().is_same);
            assert_eq!(
                file(&planner, &again, file_of).await.unwrap(),
                bytes,
                "{:?}: other bytes",
                world.kind
            );
        }
    })
    .await;
}

/// 7 万元 more from another source, given where the project lies now: what a source gave before goes on where it began.
async fn enter_above(world: &World, project: ProjectId) {
    use domain::permission::Role;
    for (login, role) in [("cw9", Role::Treasurer), ("sh9", Role::Reviewer)] {
        world.person(login, role, LIPING).await;
    }
    let (treasurer, reviewer) = (world.call("cw9").await, world.call("sh9").await);
    super::enter_by(&treasurer, &reviewer, project, ("issue", "LOC"), "7", "2025-08-05").await;
}

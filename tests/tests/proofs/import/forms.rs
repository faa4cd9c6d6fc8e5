//! Workbooks of the province and of a county through the import, on both databases.

use contract::import::Counts;
use domain::period::Horizon;
use domain::permission::Role;
use domain::project::Field;
use domain::source::Source;
use service::demo::add_sites;
use service::import::undo;
use service::import::{Choices, Committed, Verdict, commit, compare};
use sheet::limits::Limits;
use sheet::staged::Parsed;
use std::path::PathBuf;
use store::project::filter::{Filter, Standing};
use store::project::totals::totals;
use tests::world::World;

/// The folder of the forms; `None`, said on the standard error, when this machine does not have it.
fn forms() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/forms"));
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: the forms are not beside the repository");
    None
}

fn read(name: &str) -> Option<Parsed> {
    let path = forms()?.join(name);
    Some(sheet::read::read_all(&path, name, &[], &Limits::default()).expect("a form reads"))
}

/// `"92862.240931"` of 万元 in fen.
fn fen(value: &serde_json::Value) -> i64 {
    let text = value.as_str().expect("an amount is text");
    domain::money::Money::parse(text, domain::money::Unit::Wan).expect("an amount").fen()
}

#[tokio::test]
async fn the_provinces_lists_come_in_to_the_fen_and_go_out_again() {
    let (Some(lists), Some(sites)) = (read("三张清单_全省.xlsx"), read("安置点台账.xlsx")) else {
        return;
    };
    let text = std::fs::read_to_string(forms().expect("seen above").join("expected.json")).expect("readable");
    let expected: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let call = world.call("gz").await;
        add_sites(&call, &sites).await.expect("communities go in");
        let done = commit(&call, lists.clone(), Choices::default(), "one".into()).await.expect("goes in");
        let Committed::Done { set: Some(set), comparison } = done else { panic!("held: {done:?}") };
        assert_eq!(comparison.counts(), Counts { new: 1810, ..Counts::default() });
        let again = commit(&call, lists.clone(), Choices::default(), "one".into()).await.expect("answers");
        assert!(matches!(again, Committed::Repeated), "one key makes one change");
        let year = comparison.plan_year;
        for (name, horizon) in [("一年期", Horizon::One), ("两年期", Horizon::Two), ("五年期", Horizon::Five)]
        {
            let want = &expected["lists"][name];
            let conn = call.read().await.expect("reads");
            let filter = Filter::new(year, Standing::List(horizon));
            let sums = totals(&conn, &call.scope(), &filter).await.expect("sums");
            assert_eq!(Some(sums.projects), want["count"].as_u64());
            let amount = |field: Field| sums.amounts.get(&field).map_or(0, |money| money.fen());
            assert_eq!(amount(Field::Total), fen(&want["total"]), "{name}");
            for (heading, sum) in want["by_source"].as_object().expect("sources") {
                let source = Source::find(heading).expect("a known source");
                assert_eq!(amount(Field::Source(source)), fen(sum), "{name} {heading}");
            }
            for (at, sum) in want["by_year"].as_object().expect("years") {
                let at = domain::period::FiscalYear::new(at.parse().expect("a year")).expect("in range");
                assert_eq!(amount(Field::Year(at)), fen(sum), "{name} {at:?}");
            }
            let count = |field: Field| sums.counts.get(&field).copied();
            assert_eq!(count(Field::JobsOperation), want["posts_operation"].as_u64(), "{name}");
            assert_eq!(count(Field::JobsConstruction), want["people_construction"].as_u64(), "{name}");
        }
        undo::set(&call, set, year).await.expect("nothing was changed since");
        let after = compare(&call, &lists, &Choices::default()).await.expect("compares");
        assert_eq!(after.counts().new, 1810, "an undone import leaves nothing behind");
    })
    .await;
}

#[tokio::test]
async fn a_row_for_another_county_is_refused_by_name() {
    let Some(lists) = read("三张清单_全省.xlsx") else { return };
    World::on_both(async |world| {
        world.person("weining", Role::Planner, "520526").await;
        let call = world.call("weining").await;
        let seen = compare(&call, &lists, &Choices::default()).await.expect("compares");
        let foreign = seen
            .findings
            .iter()
            .filter(|finding| matches!(finding.kind, domain::finding::FindingKind::AreaNotYours { .. }));
        assert!(foreign.count() > 1000);
        for row in seen.rows.iter().filter(|row| matches!(row.verdict, Verdict::New(_))) {
            let Verdict::New(facts) = &row.verdict else { continue };
            assert_eq!(facts.area.as_str(), "520526");
        }
    })
    .await;
}

/// Writes another text into a cell of a row.
fn rewrite(parsed: &mut Parsed, row: usize, text: &str) {
    let key = Field::Name.key();
    let cell = parsed.rows[row].cells.get_mut(&key).expect("a filled name");
    cell.raw = text.to_owned();
    cell.value = Some(domain::project::Value::Text(text.to_owned()));
}

#[tokio::test]
async fn edits_of_an_exported_file_come_back_as_those_edits_and_never_overwrite() {
    let (Some(mut lists), Some(sites)) = (read("三张清单_全省.xlsx"), read("安置点台账.xlsx"))
    else {
        return;
    };
    lists.rows.retain(|row| row.cells.get(&Field::Code.key()).is_some_and(|cell| cell.value.is_some()));
    lists.rows.truncate(20);
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let call = world.call("gz").await;
        add_sites(&call, &sites).await.expect("communities go in");
        let first = commit(&call, lists.clone(), Choices::default(), "a".into()).await.expect("goes in");
        let Committed::Done { set: Some(set), comparison } = first else { panic!("held: {first:?}") };
        let year = comparison.plan_year;
        let mut exported = lists.clone();
        exported.exported = true;
        for row in &mut exported.rows {
            let code = domain::project::ProjectCode::new(&row.cells[&Field::Code.key()].raw).expect("a code");
            let conn = call.read().await.expect("reads");
            let found = store::project::by_codes(&conn, &call.scope(), &[code], year).await.expect("found");
            row.origin =
                Some(sheet::staged::Origin { id: found[0].id.to_string(), version: found[0].version });
        }
        let counts =
            async |file: &Parsed| compare(&call, file, &Choices::default()).await.expect("compares").counts();
        assert_eq!(counts(&exported).await, Counts { same: 20, ..Counts::default() });
        let mut five = exported.clone();
        (0..5).for_each(|row| rewrite(&mut five, row, "改名"));
        assert_eq!(counts(&five).await, Counts { changed: 5, same: 15, ..Counts::default() });
        let mut theirs = lists.clone();
        rewrite(&mut theirs, 0, "别人改的");
        commit(&call, theirs, Choices::default(), "b".into()).await.expect("goes in");
        assert_eq!(counts(&exported).await, Counts { same: 20, ..Counts::default() }, "theirs stays");
        assert_eq!(counts(&five).await, Counts { changed: 4, same: 15, conflict: 1, ..Counts::default() });
        let held = commit(&call, five, Choices::default(), "c".into()).await.expect("answers");
        assert!(matches!(held, Committed::Held { .. }), "a conflict is never overwritten");
        assert!(undo::set(&call, set, year).await.is_err(), "one of its rows was changed since");
    })
    .await;
}

#[tokio::test]
async fn a_countys_own_draft_keeps_only_its_faulty_rows_out() {
    let (Some(draft), Some(sites)) = (read("一年期清单_县级原始稿.xlsx"), read("安置点台账.xlsx"))
    else {
        return;
    };
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        add_sites(&world.call("gz").await, &sites).await.expect("communities go in");
        world.person("liping", Role::Planner, "522631").await;
        let call = world.call("liping").await;
        let seen = compare(&call, &draft, &Choices::default()).await.expect("compares");
        let faulty: Vec<u32> =
            seen.rows.iter().filter(|row| row.verdict == Verdict::Faulty).map(|row| row.row).collect();
        assert_eq!(faulty, [11, 12, 13, 14, 18]);
        assert_eq!(
            seen.counts(),
            Counts { new: u32::try_from(draft.rows.len()).unwrap() - 5, faulty: 5, ..Counts::default() }
        );
        let held = commit(&call, draft.clone(), Choices::default(), "a".into()).await.expect("answers");
        assert!(matches!(held, Committed::Held { .. }));
        let choices = Choices { skip_faulty: true, ..Choices::default() };
        let done = commit(&call, draft.clone(), choices, "b".into()).await.expect("goes in");
        assert!(matches!(done, Committed::Done { set: Some(_), .. }));
    })
    .await;
}

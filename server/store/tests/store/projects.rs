//! Projects on both databases: scopes, versions, kept totals against sums of rows, paging, history and verification.

use crate::common::{BIJIE, LIPING, NAYONG, ROOT, WEINING, allowed, code, id, on_both, person, sees, stamp};
use domain::area::AreaPath;
use domain::id::{ChangeSetId, ProjectId};
use domain::money::Money;
use domain::period::{FiscalYear, Horizon};
use domain::permission::{Action, Permit, Role};
use domain::project::{Category, Field, Gate, ProjectFacts, Stage};
use domain::source::Source;
use std::collections::BTreeSet;
use store::history::{self, NewSet, SetKind};
use store::project::filter::{Filter, Standing};
use store::project::group::{GroupBy, groups};
use store::project::page::{Sort, page};
use store::project::totals::{by_list, totals};
use store::project::write::{Edit, NewProject, insert_many, remove_many, update_many};
use store::{Db, Fault, Tx};

fn year() -> FiscalYear {
    FiscalYear::new(2026).unwrap()
}

fn fact(area: &str, name: &str, horizon: Horizon, fen: i64) -> ProjectFacts {
    let mut facts = ProjectFacts::new(name.into(), code(area));
    facts.horizon = Some(horizon);
    facts.total = Money::from_fen(fen);
    facts.sources.insert(Source::Cbi, Money::from_fen(fen - 1).unwrap());
    facts.sources.insert(Source::Loc, Money::from_fen(1).unwrap());
    facts.years.insert(year(), Money::from_fen(fen).unwrap());
    facts.category = Some(if fen % 2 == 0 { Category::Housing } else { Category::Employment });
    facts.posts = Some(3);
    facts.gates.insert(Gate::Feasibility, "2025-03-01".parse().unwrap());
    facts
}

fn planner() -> Permit {
    allowed(&person(Role::Planner, ROOT), Action::EditProject, ROOT)
}

async fn open_set(tx: &Tx, permit: &Permit, kind: SetKind, undoes: Option<ChangeSetId>) -> ChangeSetId {
    let set = NewSet { id: ChangeSetId::new(id()), kind, batch: None, note: None, undoes };
    history::open(tx, permit, &set).await.unwrap();
    set.id
}

async fn fill(db: &Db) -> (ChangeSetId, Vec<ProjectId>) {
    let permit = planner();
    let mut projects = Vec::new();
    for n in 0..60_i64 {
        let area = [WEINING, NAYONG, LIPING][usize::try_from(n).unwrap() % 3];
        let horizon = Horizon::ALL[usize::try_from(n / 3).unwrap() % 3];
        let name = if n == 7 { "冷链物流中心".into() } else { format!("项目{n}") };
        let mut facts = fact(area, &name, horizon, 1000 + n);
        if n == 8 {
            facts.horizon = None;
        }
        projects.push(NewProject { id: ProjectId::new(id()), facts });
    }
    let tx = db.begin(stamp()).await.unwrap();
    let set = open_set(&tx, &permit, SetKind::Import, None).await;
    let numbers = insert_many(&tx, &permit, set, year(), &projects).await.unwrap();
    assert_eq!(numbers, (1..=60).collect::<Vec<_>>());
    tx.commit().await.unwrap();
    (set, projects.iter().map(|project| project.id).collect())
}

async fn sound(db: &Db) {
    let report = store::verify::verify(&db.read().await.unwrap()).await.unwrap();
    assert_eq!(report.first_breach(), None);
}

#[tokio::test]
async fn kept_totals_equal_the_sums_of_rows_in_every_scope() {
    on_both(async |db| {
        fill(&db).await;
        sound(&db).await;
        let reader = db.read().await.unwrap();
        for area in [ROOT, BIJIE, WEINING, LIPING] {
            for standing in [
                Standing::AnyList,
                Standing::List(Horizon::One),
                Standing::List(Horizon::Five),
                Standing::Everywhere,
            ] {
                for categories in [vec![], vec![Category::Housing]] {
                    let kept = Filter { categories, ..Filter::new(year(), standing) };
                    assert!(kept.is_kept());
                    let mut summed = kept.clone();
                    summed.empty.push((Field::Name, false));
                    assert!(!summed.is_kept());
                    let kept_totals = totals(&reader, &sees(area), &kept).await.unwrap();
                    assert!(kept_totals.projects > 0);
                    assert_eq!(kept_totals, totals(&reader, &sees(area), &summed).await.unwrap());
                    assert_eq!(
                        by_list(&reader, &sees(area), &kept).await.unwrap(),
                        by_list(&reader, &sees(area), &summed).await.unwrap()
                    );
                }
            }
        }
        let all = totals(&reader, &sees(ROOT), &Filter::new(year(), Standing::AnyList)).await.unwrap();
        assert_eq!(all.projects, 59);
        assert_eq!(
            all.amounts[&Field::Total].fen(),
            (0..60).filter(|n| *n != 8).map(|n| 1000 + n).sum::<i64>()
        );
        assert_eq!(all.amounts[&Field::Source(Source::Loc)].fen(), 59);
    })
    .await;
}

#[tokio::test]
async fn pages_cover_everything_once_in_any_order() {
    on_both(async |db| {
        fill(&db).await;
        let reader = db.read().await.unwrap();
        let by = |field, descending| Some(Sort { field, descending });
        for sort in [
            None,
            by(Field::Total, true),
            by(Field::Name, false),
            by(Field::Source(Source::Cbi), false),
            by(Field::Gate(Gate::Tender), true),
            by(Field::Horizon, false),
            by(Field::Maturity, true),
        ] {
            let filter = Filter::new(year(), Standing::Everywhere);
            let (mut seen, mut after) = (BTreeSet::new(), None);
            loop {
                let found = page(&reader, &sees(ROOT), &filter, sort, after.as_ref(), 7).await.unwrap();
                for project in &found.rows {
                    assert!(seen.insert(project.id), "{sort:?}");
                }
                after = found.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len(), 60, "{sort:?}");
        }
        let filter = Filter::new(year(), Standing::List(Horizon::One));
        let listed = page(&reader, &sees(WEINING), &filter, None, None, 500).await.unwrap();
        assert!(listed.rows.iter().all(|project| project.area_path.as_str() == WEINING));
        assert!(listed.rows.iter().all(|project| project.facts.horizon == Some(Horizon::One)));
    })
    .await;
}

#[tokio::test]
async fn text_finds_characters_pinyin_and_initials() {
    on_both(async |db| {
        fill(&db).await;
        let reader = db.read().await.unwrap();
        for (text, count) in
            [("llwl", 1), ("冷链", 1), ("物流 冷", 1), ("lenglian", 1), ("没有", 0), ("100%", 0)]
        {
            let filter = Filter { text: Some(text.into()), ..Filter::new(year(), Standing::Everywhere) };
            let found = page(&reader, &sees(ROOT), &filter, None, None, 50).await.unwrap();
            assert_eq!(found.rows.len(), count, "{text}");
        }
        let name: Vec<char> = "冷链物流中心".chars().collect();
        for from in 0..name.len() {
            for to in from + 1..=name.len() {
                let part: String = name[from..to].iter().collect();
                let filter = Filter { text: Some(part.clone()), ..Filter::new(year(), Standing::Everywhere) };
                let found = page(&reader, &sees(ROOT), &filter, None, None, 50).await.unwrap();
                assert_eq!(found.rows.len(), 1, "{part}");
                assert_eq!(totals(&reader, &sees(ROOT), &filter).await.unwrap().projects, 1, "{part}");
            }
        }
        let elsewhere = Filter { text: Some("llwl".into()), ..Filter::new(year(), Standing::Everywhere) };
        assert!(page(&reader, &sees(LIPING), &elsewhere, None, None, 50).await.unwrap().rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_filter_beyond_the_scope_finds_nothing() {
    on_both(async |db| {
        let (_, ids) = fill(&db).await;
        let reader = db.read().await.unwrap();
        let mut filter = Filter::new(year(), Standing::AnyList);
        filter.area = AreaPath::new(BIJIE);
        let found = totals(&reader, &sees(WEINING), &filter).await.unwrap();
        assert_eq!(found.projects, 0);
        assert!(page(&reader, &sees(WEINING), &filter, None, None, 50).await.unwrap().rows.is_empty());
        let other = store::project::load(&reader, &sees(WEINING), ids[1], year()).await;
        assert!(matches!(other, Err(Fault::Missing { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_change_moves_totals_history_and_version_together() {
    on_both(async |db| {
        let (_, ids) = fill(&db).await;
        let permit = planner();
        let scope = sees(ROOT);
        let tx = db.begin(stamp()).await.unwrap();
        let before = store::project::load_for_update(&tx, &scope, ids[0], year()).await.unwrap();
        let mut after = before.facts.clone();
        after.total = Money::from_fen(5_000_000);
        after.area = code(LIPING);
        after.horizon = Some(Horizon::Five);
        after.stage = Stage::Building;
        after.sources.insert(Source::Gbs, Money::from_fen(77).unwrap());
        let set = open_set(&tx, &permit, SetKind::Edit, None).await;
        let edit = Edit { before: before.clone(), after: after.clone() };
        update_many(&tx, &permit, set, year(), std::slice::from_ref(&edit), None).await.unwrap();
        tx.commit().await.unwrap();
        sound(&db).await;
        let reader = db.read().await.unwrap();
        let now = store::project::load(&reader, &scope, ids[0], year()).await.unwrap();
        assert_eq!((now.facts, now.version), (after, 2));
        let lines = history::of_project(&reader, &scope, ids[0]).await.unwrap();
        let moved = lines.iter().find(|line| line.change.field == Field::Total && line.set == set).unwrap();
        assert_eq!(moved.change.new.as_ref().and_then(|value| value.money()), Money::from_fen(5_000_000));
        drop(reader);
        let tx = db.begin(stamp()).await.unwrap();
        let set = open_set(&tx, &permit, SetKind::Edit, None).await;
        let mut again = edit.after.clone();
        again.posts = Some(9);
        let stale = update_many(&tx, &permit, set, year(), &[Edit { before, after: again }], None).await;
        assert!(matches!(stale, Err(Fault::Stale { .. })));
    })
    .await;
}

#[tokio::test]
async fn an_undo_leaves_nothing_but_history() {
    on_both(async |db| {
        let (made, ids) = fill(&db).await;
        let permit = planner();
        let tx = db.begin(stamp()).await.unwrap();
        assert_eq!(history::changed_since(&tx, made).await.unwrap(), 0);
        assert_eq!(history::of_set(&tx, made).await.unwrap().len(), 60);
        let projects = store::project::load_many_for_update(&tx, &sees(ROOT), &ids, year()).await.unwrap();
        let set = open_set(&tx, &permit, SetKind::Undo, Some(made)).await;
        remove_many(&tx, &permit, set, &projects).await.unwrap();
        tx.commit().await.unwrap();
        sound(&db).await;
        let reader = db.read().await.unwrap();
        let left = totals(&reader, &sees(ROOT), &Filter::new(year(), Standing::AnyList)).await.unwrap();
        assert_eq!(left.projects, 0);
    })
    .await;
}

#[tokio::test]
async fn groups_sum_to_the_totals() {
    on_both(async |db| {
        fill(&db).await;
        let reader = db.read().await.unwrap();
        let filter = Filter::new(year(), Standing::AnyList);
        let all = totals(&reader, &sees(ROOT), &filter).await.unwrap();
        let by = [GroupBy::Area, GroupBy::Category];
        let found = groups(&reader, &sees(ROOT), &filter, &by).await.unwrap();
        assert_eq!(found.len(), 6);
        let sum = Money::sum(found.iter().map(|group| group.amount));
        assert_eq!(sum, Some(all.amounts[&Field::Total]));
        let by = [GroupBy::Area, GroupBy::Category, GroupBy::Source];
        let found = groups(&reader, &sees(ROOT), &filter, &by).await.unwrap();
        assert_eq!(Money::sum(found.iter().map(|group| group.amount)), Some(all.amounts[&Field::Total]));
    })
    .await;
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_and_a_twin_code_is_a_fact() {
    on_both(async |db| {
        let permit = planner();
        let mut facts = fact(WEINING, "甲", Horizon::One, 10);
        facts.code = domain::project::ProjectCode::new("2503-500236-04-01-672557");
        let make = |facts: &ProjectFacts| [NewProject { id: ProjectId::new(id()), facts: facts.clone() }];
        let tx = db.begin(stamp()).await.unwrap();
        let set = open_set(&tx, &permit, SetKind::Edit, None).await;
        insert_many(&tx, &permit, set, year(), &make(&facts)).await.unwrap();
        drop(tx);
        let tx = db.begin(stamp()).await.unwrap();
        let set = open_set(&tx, &permit, SetKind::Edit, None).await;
        insert_many(&tx, &permit, set, year(), &make(&facts)).await.unwrap();
        let twin = insert_many(&tx, &permit, set, year(), &make(&facts)).await;
        assert!(matches!(twin, Err(Fault::Conflict(store::Conflict::CodeTaken))), "{twin:?}");
        drop(tx);
        sound(&db).await;
        let reader = db.read().await.unwrap();
        let all = totals(&reader, &sees(ROOT), &Filter::new(year(), Standing::Everywhere)).await.unwrap();
        assert_eq!(all.projects, 0);
    })
    .await;
}

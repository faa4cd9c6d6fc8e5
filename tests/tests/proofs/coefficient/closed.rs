//! Months that are over: what a project was estimated at then, what was paid by then, and no project that came later.

use super::{Call, ComparedView, Form, Month, ProjectId, Role, SaveForm, WEINING, World};
use super::{book, compared, number, paid, people, project, returned, run, sum, workshop};
use contract::jobs::record::{Of, Paid};
use domain::source::Source;
use service::jobs;

/// Whatever is estimated now was so years ago.
pub async fn stood(world: &World) {
    run(world, "UPDATE estimate_line SET since = '2020-01-01'").await;
}

async fn total(call: &Call, id: ProjectId, version: i64, wan: &str) {
    let mut form = SaveForm {
        project: id.to_string(),
        version: version.to_string(),
        key: call.new_id().to_string(),
        ..SaveForm::default()
    };
    form.values.insert("total".into(), wan.into());
    project::save(call, form.check().unwrap()).await.unwrap();
}

fn standard(view: &ComparedView) -> i64 {
    view.whole.unwrap().estimate.standard
}

#[tokio::test]
async fn a_project_that_changes_leaves_months_that_are_over_as_they_were() {
    World::on_both(async |world| {
        let (maker, _) = people(world).await;
        let this = Month::of(maker.today()).unwrap();
        let last = this.previous().unwrap();
        let one = workshop(&maker, "甲", WEINING, "2600", "completed").await;
        let gone = workshop(&maker, "乙", WEINING, "100", "completed").await;
        for month in [last, this] {
            book(world, WEINING, month, "submitted").await;
            returned(world, one, month, 208).await;
        }
        stood(world).await;
        let before = compared(&maker, "project", last, "", "").await;
        assert_eq!(standard(&before), 432_000);
        // One grows twice, of one nothing comes out any more, and one is new.
        total(&maker, one, 1, "1300").await;
        total(&maker, one, 2, "650").await;
        let mut form = SaveForm {
            project: gone.to_string(),
            version: "1".into(),
            key: maker.new_id().to_string(),
            ..SaveForm::default()
        };
        form.values.insert("category".into(), "governance".into());
        project::save(&maker, form.check().unwrap()).await.unwrap();
        let new = workshop(&maker, "丙", WEINING, "1000", "completed").await;
        returned(world, new, last, 77).await;
        let after = compared(&maker, "project", last, "", "").await;
        assert_eq!(after.lines[..2], before.lines[..2], "a month that is over stays as it was");
        assert_eq!(after.lines[2].sum.estimated, 0, "and what came later was not estimated then");
        assert_eq!(standard(&compared(&maker, "project", this, "", "").await), 104_000 + 160_000);
        let years = compared(&maker, "year", last, "", "").await;
        assert!(years.lines.iter().any(|line| line.of == Of::Year { month: this }));
        // What only says more of itself changes nothing, and keeps its first day.
        let since = "SELECT COUNT(*) AS n FROM estimate_line WHERE since = '2020-01-01'";
        run(world, "UPDATE estimate_line SET since = '2020-01-01', is_net = NULL, teaches = NULL").await;
        let (lines, past) =
            (number(world, since).await, number(world, "SELECT COUNT(*) AS n FROM estimate_past").await);
        assert!(jobs::settle(&world.app).await.unwrap(), "lines that may be net are made anew");
        assert_eq!(number(world, since).await, lines);
        assert_eq!(number(world, "SELECT COUNT(*) AS n FROM estimate_past").await, past);
        assert!(!jobs::settle(&world.app).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn jobs_are_shared_out_by_what_was_paid_by_then() {
    World::on_both(async |world| {
        let (maker, _) = people(world).await;
        world.person("checker", Role::Planner, WEINING).await;
        let this = Month::of(maker.today()).unwrap();
        let last = this.previous().unwrap();
        let one = workshop(&maker, "甲", WEINING, "2600", "completed").await;
        stood(world).await;
        for month in [last, this] {
            book(world, WEINING, month, "submitted").await;
            returned(world, one, month, 100).await;
        }
        paid(world, one, "CBI", 400).await;
        paid(world, one, "WFR", 100).await;
        // Of the 400 the books of this month say 300; 50 came back this month of 150 that were paid in the last one.
        for (seq, source, movement, fen, month) in [
            (1, "CBI", "pay", 300, this),
            (2, "CBI", "pay", 100, last),
            (3, "WFR", "pay", 150, last),
            (4, "WFR", "recover:paid", 50, this),
        ] {
            run(world, &format!("INSERT INTO ledger_entry (seq, id, project_id, area_code, area_path, horizon, source, budget_year, movement, fen, date, month, maker, checker, at, prev_hash, hash) SELECT {seq}, 'e{seq}', p.id, p.area_code, p.area_path, '', '{source}', 2026, '{movement}', {fen}, '{month}-01', '{month}', m.id, c.id, 0, 'p{seq}', 'h{seq}' FROM project p, account m, account c WHERE p.id = '{one}' AND m.login = 'weining' AND c.login = 'checker'")).await;
        }
        assert_eq!(number(world, "SELECT COUNT(*) AS n FROM ledger_entry").await, 4);
        let by = async |month| {
            let view = compared(&maker, "source", month, "", "").await;
            assert_eq!(sum(&view).actual, 100_000);
            let of = |source| view.lines.iter().find(|line| line.of == Of::Source { paid: Paid::From { source } });
            (of(Source::Cbi).unwrap().sum.actual, of(Source::Wfr).unwrap().sum.actual)
        };
        assert_eq!(by(this).await, (80_000, 20_000), "400 to 100");
        assert_eq!(by(last).await, (40_000, 60_000), "100 to 150");
    })
    .await;
}

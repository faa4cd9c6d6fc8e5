//! What lies where since when sums to the positions, however rows are grouped, now and as of any day and moment.

use super::book::{book, province, step};
use contract::ledger::Sums;
use contract::ledger::command::{LedgerFile, LedgerQuery};
use contract::ledger::standing::{Grouping, StandingQuery, StandingView};
use domain::ledger::Standing;
use domain::money::Delta;
use service::Call;
use service::ledger::{self, import, journal, standing};
use tests::world::{ADMIN, World};

async fn every(call: &Call, query: &StandingQuery) -> (StandingView, Standing) {
    let mut query = StandingQuery { page: 1, ..query.clone() };
    let first = standing::standing(call, query.clone()).await.unwrap();
    let (mut sum, mut more) = (Standing::default(), true);
    while more {
        let page = standing::standing(call, query.clone()).await.unwrap();
        sum = page.rows.iter().fold(sum, |sum, row| sum.and(&row.standing));
        more = page.more;
        query.page += 1;
    }
    (first, sum)
}

fn lying(standing: &Standing) -> Vec<Delta> {
    Standing::STAGES.iter().map(|stage| standing.at(*stage).amount()).collect()
}

fn of_sums(sums: &Sums) -> Vec<Delta> {
    Standing::STAGES.iter().map(|stage| sums.lying(*stage)).collect()
}

#[tokio::test]
async fn ages_sum_to_positions_and_what_is_rebuilt_is_what_was_kept() {
    let Some(file) = book() else { return };
    World::on_both(async |world| {
        let Some((treasurer, reviewer, _)) = province(world).await else { return };
        let staged = import::stage(&treasurer, LedgerFile { key: "import-0001".into(), ..file.clone() })
            .await
            .unwrap();
        import::approve(&reviewer, step(&reviewer, &staged, "")).await.unwrap();
        let moments = [
            (None, None),
            (Some("2026-06-30"), None),
            (None, Some(1_500)),
            (Some("2026-05-01"), Some(2_000)),
        ];
        for (as_of, known_at) in moments {
            let filter = LedgerQuery {
                as_of: as_of.map(|day| day.parse().unwrap()),
                known_at,
                ..LedgerQuery::default()
            };
            // Ages are reckoned to today, so that entries of tomorrow wait.
            let dated = LedgerQuery { as_of: filter.as_of.or(Some(reviewer.today())), ..filter.clone() };
            let sums = ledger::positions(&reviewer, dated).await.unwrap().totals;
            for by in Grouping::ALL {
                let query = StandingQuery { filter: filter.clone(), by, page: 1 };
                let (view, sum) = every(&reviewer, &query).await;
                assert_eq!(sum, view.total, "{by:?} {as_of:?} {known_at:?}");
                assert_eq!(lying(&sum), of_sums(&sums), "{by:?} {as_of:?} {known_at:?}");
                let oldest: Vec<_> = view.rows.iter().filter_map(|row| row.standing.oldest()).collect();
                assert!(oldest.is_sorted(), "the longest lying comes first");
            }
        }
        // Rebuilt, nothing is other than it was.
        let before = ledger::totals(&reviewer, LedgerQuery::default()).await.unwrap();
        let admin = world.call(ADMIN).await;
        let rebuilt = journal::rebuild(&admin).await.unwrap();
        assert!(rebuilt.positions > 100 && rebuilt.totals > 100, "{rebuilt:?}");
        super::verified(&reviewer).await;
        assert_eq!(ledger::totals(&reviewer, LedgerQuery::default()).await.unwrap(), before);
    })
    .await;
}

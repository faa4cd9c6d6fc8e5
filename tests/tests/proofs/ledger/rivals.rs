//! Two disbursements of 60 % of what is there, at the same instant, five hundred times: one passes, the other is told why
//! not. `HOUFU_RIVAL_ROUNDS` makes it more or fewer.

use super::desk::{approve, desk, post, posting};
use super::{api, totals, verified};
use crate::bank::count;
use contract::error::{ApiError, Refusal};
use contract::ledger::form::PostEntryForm;
use domain::id::ProjectId;
use domain::ledger::{Refusal as No, Stage};
use service::Call;
use service::ledger::request;
use tests::world::World;

/// 元 that come in when little is left: enough for some twenty rounds.
const FILL: i64 = 1_000_000_000;

fn in_yuan(call: &Call, project: ProjectId, kind: &str, yuan: i64) -> PostEntryForm {
    let form = posting(call, project, kind, &yuan.to_string(), "2025-03-03");
    PostEntryForm { unit: "yuan".into(), ..form }
}

async fn fill(treasurer: &Call, reviewer: &Call, project: ProjectId) {
    for kind in ["issue", "receive"] {
        let view = post(treasurer, &in_yuan(treasurer, project, kind, FILL)).await;
        request::decide(reviewer, approve(reviewer, &view)).await.unwrap();
    }
}

async fn one_of_two_passes(world: &World) {
    let (treasurer, one, two, project) = desk(world).await;
    let (mut left, mut gone) = (0, 0);
    for round in 0..count("HOUFU_RIVAL_ROUNDS", 500) {
        if left < 10 {
            fill(&treasurer, &one, project).await;
            left += FILL;
        }
        let most = left * 6 / 10 + 1;
        let first = post(&treasurer, &in_yuan(&treasurer, project, "disburse", most)).await;
        let second = post(&treasurer, &in_yuan(&treasurer, project, "disburse", most)).await;
        let (a, b) = tokio::join!(
            request::decide(&one, approve(&one, &first)),
            request::decide(&two, approve(&two, &second))
        );
        let passed = [&a, &b].into_iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(passed, 1, "{:?}, round {round}: {a:?} {b:?}", world.kind);
        let lost = [a, b].into_iter().find(Result::is_err).unwrap();
        assert!(matches!(
            api(lost),
            ApiError::Refused { refusal: Refusal::Ledger { refusal: No::OutOfOrder { .. } } }
        ));
        (left, gone) = (left - most, gone + most);
    }
    let sums = totals(&one).await;
    assert_eq!(sums.net(Stage::Disbursed).fen(), gone * 100);
    assert_eq!(sums.lying(Stage::Received).fen(), left * 100);
    verified(&one).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_at_once_one_passes_on_sqlite() {
    one_of_two_passes(&World::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_at_once_one_passes_on_postgres() {
    let Some(world) = World::postgres().await else { return };
    one_of_two_passes(&world).await;
}

//! Steps that people take with a finding, from 核实 to 销号. Which step a state allows is the domain's affair.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use contract::error::StaleField;
use contract::review::{FindingView, Step, TakeStep};
use domain::permission::Action;
use domain::review::workflow::{Hand, Order, State, StateName};
use store::review::{Kept, load_for_update, note, save};

const ROUTE: &str = "review/step";

/// Takes one step; the state after it.
pub async fn take(call: &Call, command: TakeStep) -> Outcome<State> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let tx = call.begin().await?;
        let kept = load_for_update(&tx, &call.scope(), command.finding).await?;
        let permit = call.permit(action(&command.step), &kept.area_path)?;
        if let Some(state) = once::before(&tx, &permit, ROUTE, &command.key, &command).await? {
            return Ok(state);
        }
        if kept.version != command.version {
            // Both: where this person wanted it, and where somebody else has put it.
            return Err(Failure::Stale(vec![StaleField {
                field: "state".to_owned(),
                yours: Some(aim(&command.step).code().to_owned()),
                theirs: Some(kept.state.name().code().to_owned()),
                only_yours: false,
            }]));
        }
        let by = Hand { user: call.user()?, unit: command.unit };
        let today = call.today();
        let state = match command.step {
            Step::Verify => kept.state.verify(by, today),
            Step::Dismiss { reason } => kept.state.dismiss(by, &reason, today),
            Step::Order { unit, due, measures } => kept.state.order(by, Order { unit, due, measures }, today),
            Step::Report { evidence } => kept.state.report(by, &evidence, today),
            Step::SendBack => kept.state.send_back(),
            Step::Close => kept.state.close(by, today),
        };
        let state = state?;
        let after = Kept { state: state.clone(), version: kept.version + 1, ..kept };
        note(&tx, &permit, Some(after.id), state.name().code().to_owned());
        save(&tx, &permit, &[(after, true)]).await?;
        once::settle(tx, &permit, ROUTE, &command.key, state).await
    })
    .await
}

/// The same, with the page of the finding as it is then.
pub async fn take_and_show(call: &Call, command: TakeStep) -> Outcome<FindingView> {
    let finding = command.finding;
    take(call, command).await?;
    super::one(call, Some(finding)).await
}

/// The state that a step leads to.
const fn aim(step: &Step) -> StateName {
    match step {
        Step::Verify => StateName::Verified,
        Step::Dismiss { .. } => StateName::Dismissed,
        Step::Order { .. } | Step::SendBack => StateName::Rectifying,
        Step::Report { .. } => StateName::Rectified,
        Step::Close => StateName::Closed,
    }
}

/// Who rectifies reports it done; everything else is the reviewer's.
const fn action(step: &Step) -> Action {
    match step {
        Step::Report { .. } => Action::RectifyFinding,
        Step::Verify | Step::Dismiss { .. } | Step::Order { .. } | Step::SendBack | Step::Close => {
            Action::JudgeFindings
        }
    }
}

//! Steps that people take with a finding, from 核实 to 销号. Which step a state allows is the domain's affair.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use contract::review::{Step, TakeStep};
use domain::permission::Action;
use domain::review::workflow::{Hand, Order, State};
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
            return Err(Failure::Stale(Vec::new()));
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

/// Who rectifies reports it done; everything else is the reviewer's.
const fn action(step: &Step) -> Action {
    match step {
        Step::Report { .. } => Action::RectifyFinding,
        Step::Verify | Step::Dismiss { .. } | Step::Order { .. } | Step::SendBack | Step::Close => {
            Action::JudgeFindings
        }
    }
}

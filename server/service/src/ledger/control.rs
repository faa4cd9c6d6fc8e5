//! The control matrix: seen by whoever sees money, edited by the administrator of the whole country, since it judges all.

use crate::call::Call;
use crate::failure::Outcome;
use contract::ledger::ControlView;
use contract::ledger::command::EditControl;
use domain::area::AreaPath;
use domain::permission::Action;
use store::ledger::control::{current, edit as save};

/// The table that applies.
pub async fn view(call: &Call, (): ()) -> Outcome<ControlView> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, &call.area())?;
    let (control, edition) = current(&conn).await?;
    Ok(ControlView { cells: control.cells().collect(), edition, may: call.abilities(&AreaPath::root()) })
}

/// Makes the next edition; entries that were judged by an earlier one are not judged again.
pub async fn edit(call: &Call, command: EditControl) -> Outcome<ControlView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let permit = call.permit(Action::EditControl, &AreaPath::root())?;
        let tx = call.begin().await?;
        save(&tx, &permit, command.edition, &command.control, call.user()?).await?;
        tx.commit().await?;
        view(&call, ()).await
    })
    .await
}

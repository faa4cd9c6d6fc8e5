//! The control matrix: seen by whoever sees money, edited by the administrator of the whole country, since it judges all.

use super::view::instant;
use crate::call::Call;
use crate::failure::Outcome;
use crate::trail::taken;
use contract::ledger::command::EditControl;
use contract::ledger::{ControlEdition, ControlView};
use domain::area::AreaPath;
use domain::ledger::Control;
use domain::permission::Action;
use store::ledger::control::{current, edit as save, editions};

/// Editions shown at once.
const SHOWN: u32 = 20;

/// The table that applies, and what its editions changed.
pub async fn view(call: &Call, (): ()) -> Outcome<ControlView> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, &call.area())?;
    let control = current(&conn).await?;
    let found = editions(&conn, SHOWN + 1).await?;
    let shown = found.iter().take(SHOWN as usize).enumerate().map(|(at, edition)| {
        // The first edition changes the table that nobody edited.
        let before = found.get(at + 1).map_or_else(Control::default, |earlier| earlier.control.clone());
        ControlEdition {
            edition: edition.edition,
            editor: edition.editor_name.clone(),
            at: instant(edition.at),
            changes: before.changes(&edition.control),
        }
    });
    Ok(ControlView {
        cells: control.cells().collect(),
        validity: control.validity(),
        editions: shown.collect(),
        may: call.abilities(&AreaPath::root()),
    })
}

/// The table that applies, as it goes out as a file.
pub async fn export(call: &Call, (): ()) -> Outcome<ControlView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let view = view(call, ()).await?;
    taken(call, &permit, "control", format!("what=matrix edition={}", view.validity.edition)).await?;
    Ok(view)
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

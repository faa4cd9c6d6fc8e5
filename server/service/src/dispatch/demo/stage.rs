//! What the invented returns mean for the projects themselves: works that began are 在建, and some of the early ones 完工.

use crate::call::Call;
use crate::failure::Outcome;
use crate::list::open_set;
use domain::area::AreaCode;
use domain::period::{FiscalYear, Horizon, Month};
use domain::permission::Action;
use domain::project::Stage;
use store::history::SetKind;
use store::project::write::{Edit, update_many};

/// Every sixth of those that began first is finished by the end.
const FINISHED: u64 = 6;
/// Months from the beginning of works to their end.
const MONTHS: u32 = 8;

/// Moves the projects of these areas on as one change; those that moved before stay.
pub async fn follow(call: &Call, areas: &[AreaCode], year: FiscalYear, last: Month) -> Outcome<()> {
    let permit = call.permit(Action::EditProject, &call.area())?;
    let tx = call.begin().await?;
    let found = store::project::in_areas(&tx, &call.scope(), areas, year).await?;
    let edits: Vec<Edit> = found
        .into_iter()
        .filter(|project| {
            project.facts.horizon == Some(Horizon::One) && project.facts.stage == Stage::Reserve
        })
        .filter_map(|before| {
            let number = u64::try_from(before.number).ok()?;
            let months = last.month().checked_sub(super::begins(number))?;
            let is_finished = months >= MONTHS && number.is_multiple_of(FINISHED);
            let mut after = before.facts.clone();
            after.stage = if is_finished { Stage::Completed } else { Stage::Building };
            Some(Edit { before, after })
        })
        .collect();
    if !edits.is_empty() {
        let set = open_set(&tx, call, &permit, SetKind::Edit, None).await?;
        update_many(&tx, &permit, set, year, &edits, None).await?;
    }
    Ok(tx.commit().await?)
}

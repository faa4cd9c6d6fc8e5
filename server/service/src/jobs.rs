//! Job estimates: what a project's page reckons from, what people state for it, all of them made anew. Knows no SQL.

pub mod edition;
pub mod portfolio;
pub mod record;

use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::plan_year;
use crate::once;
use contract::error::{FieldErrors, StaleField};
use contract::jobs::check::written;
use contract::jobs::{EstimateView, SaveInputs, SaveOverride, SavedInputs};
use contract::project::ProjectQuery;
use domain::id::ProjectId;
use domain::jobs::coefficient::Coefficients;
use domain::jobs::input::{Basis, InputKey, Inputs, Override};
use domain::permission::Action;
use store::jobs::{coefficient, estimate, input};

const INPUTS: &str = "jobs/save_inputs";
const OVERRIDE: &str = "jobs/save_override";

/// Everything the estimate of a project stands on.
pub async fn one(call: &Call, query: ProjectQuery) -> Outcome<EstimateView> {
    let conn = call.read().await?;
    let project = store::project::load(&conn, &call.scope(), query.project, plan_year(call)?).await?;
    call.permit(Action::ViewProjects, &project.area_path)?;
    let (inputs, version) = input::load(&conn, &call.scope(), project.id).await?;
    Ok(EstimateView {
        project: project.id,
        version,
        basis: Basis::of(&project.facts),
        inputs,
        coefficients: coefficient::in_force(&conn, call.today()).await?,
        key: call.new_id().to_string(),
        may: call.abilities(&project.area_path),
    })
}

/// Keeps figures stated for an estimate; whoever saw an older version is told both values.
pub async fn save(call: &Call, command: SaveInputs) -> Outcome<SavedInputs> {
    let change = |inputs: &Inputs, command: &SaveInputs| Inputs {
        values: command.values.clone(),
        operation: command.operation,
        multiplier: command.multiplier,
        overrides: inputs.overrides.clone(),
    };
    let own = call.clone();
    let saved = async move {
        let stated = (command.project, command.version);
        // Where a number of people no longer fits to new figures, the page says so.
        let fits = |_: &Basis, _: &Inputs, _: &Coefficients| Ok(());
        keep(&own, INPUTS, &command.key, stated, &command, |inputs| change(inputs, &command), fits).await
    };
    call.app().clone().see_through(saved).await
}

/// Puts a person's number in the place of a computed one, or takes it back.
pub async fn save_override(call: &Call, command: SaveOverride) -> Outcome<SavedInputs> {
    let change = |inputs: &Inputs, command: &SaveOverride| {
        let mut inputs = inputs.clone();
        inputs.overrides.retain(|found| found.kind != command.kind);
        let found = command.number.clone();
        inputs.overrides.extend(found.map(|(range, reason)| Override { kind: command.kind, range, reason }));
        inputs.overrides.sort_unstable_by_key(|found| found.kind);
        inputs
    };
    let own = call.clone();
    let saved = async move {
        let stated = (command.project, command.version);
        let fits = |basis: &Basis, after: &Inputs, now: &Coefficients| command.fits(basis, after, now);
        keep(&own, OVERRIDE, &command.key, stated, &command, |inputs| change(inputs, &command), fits).await
    };
    call.app().clone().see_through(saved).await
}

/// One change of what is stated, with the estimate that follows from it.
async fn keep(
    call: &Call,
    route: &'static str,
    key: &str,
    (project, version): (ProjectId, i64),
    command: &(impl std::fmt::Debug + Sync),
    change: impl FnOnce(&Inputs) -> Inputs + Send,
    fits: impl FnOnce(&Basis, &Inputs, &Coefficients) -> Result<(), FieldErrors> + Send,
) -> Outcome<SavedInputs> {
    let tx = call.begin().await?;
    let found = store::project::load_for_update(&tx, &call.scope(), project, plan_year(call)?).await?;
    let permit = call.permit(Action::EditEstimate, &found.area_path)?;
    if let Some(answer) = once::before(&tx, &permit, route, key, command).await? {
        return Ok(answer);
    }
    let (before, kept) = input::load(&tx, &call.scope(), project).await?;
    let after = change(&before);
    if kept != version {
        return Err(Failure::Stale(conflicts(&before, &after)));
    }
    let mut saved = SavedInputs { project, version };
    if after != before {
        fits(&Basis::of(&found.facts), &after, &coefficient::in_force(&tx, call.today()).await?)?;
        input::save(&tx, &permit, &found, (&before, version), &after).await?;
        saved.version += 1;
    }
    once::settle(tx, &permit, route, key, saved).await
}

/// Figures in which two people differ; decisions are seen on the page.
fn conflicts(theirs: &Inputs, yours: &Inputs) -> Vec<StaleField> {
    let conflict = |key: &InputKey| {
        let text = |inputs: &Inputs| inputs.get(*key).map(|number| written(*key, number));
        let (yours, theirs) = (text(yours), text(theirs));
        (yours != theirs).then(|| StaleField {
            field: key.code().to_owned(),
            yours,
            theirs,
            only_yours: false,
        })
    };
    InputKey::ALL.iter().filter_map(conflict).collect()
}

/// Every estimate made anew with the coefficients in force, by whoever keeps the machine; how many projects.
pub async fn rebuild(call: &Call) -> Outcome<u64> {
    let own = call.clone();
    let rebuilt = async move {
        // As with the totals of the ledger: upkeep is the administrator's, and no fact is touched.
        let permit = own.permit(Action::EditControl, &own.area())?;
        let tx = own.begin().await?;
        let projects = estimate::rebuild(&tx, &permit).await?;
        tx.commit().await?;
        Ok(projects)
    };
    call.app().clone().see_through(rebuilt).await
}

/// Makes the estimates anew when they stand on another edition than the one in force; true when it did.
pub async fn settle(app: &App) -> Outcome<bool> {
    let call = Call::system(app);
    if estimate::is_settled(&*call.read().await?, call.today()).await? {
        return Ok(false);
    }
    let permit = call.permit(Action::EditEstimate, &call.area())?;
    let tx = call.begin().await?;
    estimate::rebuild(&tx, &permit).await?;
    tx.commit().await?;
    Ok(true)
}

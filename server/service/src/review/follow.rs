//! The rules on what changed, by the product itself and after everybody has had the answer; and once a day on everything.

use super::run::{area, kept_editions};
use super::walk;
use crate::app::App;
use crate::call::Call;
use crate::failure::Outcome;
use domain::area::AreaPath;
use domain::period::business_date;
use std::collections::BTreeSet;
use std::time::Duration;
use store::review::run::RunState;

/// A burst of changes is followed by one walk.
const PAUSE: Duration = Duration::from_millis(200);

/// Called after every mutation: where something was committed that rules look at, a walk over just those areas follows.
pub(crate) fn after(app: &App) {
    if !app.db().is_disturbed() || !app.walks().claim_following() {
        return;
    }
    let own = app.clone();
    app.follow(async move {
        tokio::time::sleep(PAUSE).await;
        let turn = own.walks().turn().await;
        own.walks().following_begins();
        if let Err(failure) = follow(&own).await {
            tracing::error!(%failure, "the rules could not follow a change; the nightly walk will");
        }
        drop(turn);
    });
}

async fn follow(app: &App) -> Outcome<()> {
    let disturbed = app.db().take_disturbed();
    let call = Call::system(app);
    let projects: Vec<_> = disturbed.projects.into_iter().collect();
    let conn = call.read().await?;
    let mut areas: BTreeSet<AreaPath> = disturbed.areas;
    areas.extend(store::review::facts::areas_of(&conn, &call.scope(), &projects).await?);
    drop(conn);
    let editions = kept_editions(&call).await?;
    for path in &areas {
        area(&call, path, &editions).await?;
    }
    Ok(())
}

/// Walks over everything when that was not done today; true when it did.
pub async fn nightly(app: &App) -> Outcome<bool> {
    let call = Call::system(app);
    let last = store::review::run::last(&*call.read().await?, &call.scope()).await?;
    let is_of_today = |at: i64| {
        chrono::DateTime::from_timestamp_millis(at).is_some_and(|at| business_date(at) == call.today())
    };
    if last.is_some_and(|run| run.state == RunState::Done && is_of_today(run.started_at)) {
        return Ok(false);
    }
    walk::over(&call, &call.area()).await?;
    Ok(true)
}

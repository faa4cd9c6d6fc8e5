//! Thresholds of the size classes: the edition of the day judges; the next one is made by whoever keeps the areas of the whole
//! country, since it holds for all. Knows no SQL.

use crate::call::Call;
use crate::failure::Outcome;
use crate::once;
use contract::site::size::{SaveSizes, SizesView};
use domain::area::AreaPath;
use domain::permission::Action;
use domain::site::size::{SizeBounds, in_force};
use store::Conn;

const ROUTE: &str = "site/save_sizes";

/// Thresholds in force today.
pub(super) async fn bounds(conn: &Conn, call: &Call) -> Outcome<SizeBounds> {
    Ok(in_force(&store::site::size::editions(conn).await?, call.today()))
}

/// What holds, and every edition.
pub async fn view(call: &Call, (): ()) -> Outcome<SizesView> {
    let conn = call.read().await?;
    call.permit(Action::ViewSites, &call.area())?;
    let editions = store::site::size::editions(&conn).await?;
    Ok(SizesView {
        bounds: in_force(&editions, call.today()),
        next: editions.first().map_or(1, |edition| edition.number + 1),
        editions,
        today: call.today(),
        key: call.new_id().to_string(),
        may: call.abilities(&AreaPath::root()),
    })
}

/// Makes the next edition. Whoever saw an older number as the next one is told that somebody was first.
pub async fn save(call: &Call, command: SaveSizes) -> Outcome<SizesView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let permit = call.permit(Action::EditAreas, &AreaPath::root())?;
        let tx = call.begin().await?;
        if once::before::<()>(&tx, &permit, ROUTE, &command.key, &command).await?.is_none() {
            let next =
                store::site::size::editions(&tx).await?.first().map_or(1, |edition| edition.number + 1);
            if next != command.edition.number {
                return Err(crate::failure::Failure::Stale(Vec::new()));
            }
            store::site::size::adopt(&tx, &permit, &command.edition).await?;
            once::settle(tx, &permit, ROUTE, &command.key, ()).await?;
        } else {
            tx.rollback().await?;
        }
        view(&call, ()).await
    })
    .await
}

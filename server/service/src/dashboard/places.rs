//! The places of the leaders' page: the areas directly under the one looked at, and what lies in that one itself. Their sums
//! are the figures of the whole. Knows no SQL.

use super::moved::Moved;
use super::{Look, kept, rate, whole};
use crate::call::Call;
use crate::failure::Outcome;
use contract::dashboard::{Measure, Place};
use domain::dashboard::message;
use std::collections::BTreeMap;
use store::Conn;
use store::dashboard::Worked;

/// Every area of today below, in the order of codes, those too that have nothing; of the area itself only what it has.
pub async fn of(
    call: &Call,
    conn: &Conn,
    look: &Look,
    measure: Measure,
    worked: &[Worked],
    moved: &Moved,
) -> Outcome<Vec<Place>> {
    let (scope, year) = (&look.scope, look.as_of.year());
    let below = store::area::children(conn, scope, look.area.code).await?;
    let codes: Vec<_> = below.iter().map(|area| area.code).collect();
    let plans = match look.source {
        None => kept::planned_by_part(conn, scope, &codes, year, look.category).await?,
        Some(_) => BTreeMap::new(),
    };
    let flows = match moved.by_part(&below, &look.area) {
        Some(flows) => flows,
        None => kept::flows_by_part(conn, scope, &codes, year, look.as_of, look.source).await?,
    };
    let today = call.today();
    let mut places = Vec::with_capacity(below.len() + 1);
    for (area, own) in below.iter().map(|area| (area, false)).chain([(&look.area, true)]) {
        let part = (area.code, own);
        let lies_here = |worked: &&Worked| {
            if own { worked.area == area.path } else { area.path.contains(&worked.area) }
        };
        let here: Vec<&Worked> = worked.iter().filter(lies_here).collect();
        let has_any = plans.contains_key(&part) || flows.contains_key(&part) || !here.is_empty();
        // An area that ended shows what it still has; of the area itself nothing is said where nothing lies.
        if has_any || (!own && area.is_valid_on(today)) {
            let plan = look.source.is_none().then(|| plans.get(&part).copied().unwrap_or_default());
            let net = flows.get(&part).copied().unwrap_or_default();
            places.push(Place {
                area: area.code,
                name: area.name.clone(),
                short: area.short.clone(),
                own,
                plan,
                net,
                rate: rate(net.disbursed, whole(measure, plan.unwrap_or_default(), net), look.as_of),
                estimate: here.iter().map(|worked| worked.estimate).sum(),
                present: super::sum(here.iter().map(|worked| worked.present)),
            });
        }
    }
    Ok(places)
}

/// Those that are compared in a sentence: the areas below; the area itself where there are none.
fn compared(places: &[Place]) -> impl Iterator<Item = &Place> {
    let has_below = places.iter().any(|place| !place.own);
    places.iter().filter(move |place| !(place.own && has_below))
}

/// The exact rates that the ranking compares.
pub fn rated(places: &[Place], measure: Measure) -> Vec<message::Rated> {
    let one = |place: &Place| message::Rated { name: place.name.clone(), rate: place.exact(measure) };
    compared(places).map(one).collect()
}

/// Jobs of each place.
pub fn at_work(places: &[Place]) -> Vec<message::Worked> {
    let one = |place: &Place| message::Worked {
        name: place.name.clone(),
        estimate: place.estimate,
        present: place.present,
    };
    compared(places).map(one).collect()
}

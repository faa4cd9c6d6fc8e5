//! One project's money: what its sources gave by budget year and stage, and its payments beside its plan.

use crate::call::Call;
use crate::failure::Outcome;
use contract::ledger::standing::{CurvePoint, MoneyLine, MoneyQuery, MoneyView};
use domain::ledger::{Movement, PerStage, Stage};
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, Month};
use domain::permission::Action;
use std::collections::BTreeMap;
use store::ledger::entry::Filter;
use store::ledger::{chain, flow, position, project};

/// Reads it for the project's page.
pub async fn money(call: &Call, query: MoneyQuery) -> Outcome<MoneyView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let project = project::load(&conn, &scope, query.project).await?;
    call.permit(Action::ViewMoney, &project.area)?;
    let held = position::of(&conn, &[project.id]).await?;
    let mut lines: Vec<MoneyLine> = held
        .into_iter()
        .map(|(key, held)| {
            let net = PerStage::of(|stage| Delta::from(held.position.net(stage)));
            MoneyLine { source: key.source, year: key.year, net }
        })
        .filter(|line| Stage::ALL.iter().any(|stage| !line.net.get(*stage).is_zero()))
        .collect();
    lines.sort_by_key(|line| (line.source, line.year));
    let filter = Filter { project: Some(project.id), ..Filter::default() };
    let mut paid: BTreeMap<Month, i64> = BTreeMap::new();
    let mut after = None;
    loop {
        let batch = flow::by_date(&conn, &scope, &filter, after).await?;
        let Some(last) = batch.last() else { break };
        after = Some((last.entry.posting.date, last.seq));
        for moved in &batch {
            let effect = moved.entry.effect().fen();
            let sign = match moved.entry.posting.movement {
                Movement::Pay => 1,
                Movement::Recover { from: Stage::Paid } => -1,
                Movement::Issue
                | Movement::Receive
                | Movement::Disburse
                | Movement::Recover { .. }
                | Movement::TransferOut { .. }
                | Movement::TransferIn { .. } => continue,
            };
            if let Some(month) = Month::of(moved.entry.posting.date) {
                *paid.entry(month).or_default() += sign * effect;
            }
        }
    }
    let this_year = FiscalYear::of(call.today());
    let plan = match this_year {
        Some(year) => store::project::load_many(&conn, &scope, &[project.id], year).await?,
        None => Vec::new(),
    };
    let plan = plan.into_iter().next().map(|project| project.facts.years).unwrap_or_default();
    Ok(MoneyView {
        project: project.id,
        lines,
        curve: Month::of(call.today()).map_or_else(Vec::new, |today| curve(&plan, &paid, today)),
        known_at: chain::head(&conn).await?.0,
        may: call.abilities(&project.area),
    })
}

/// Month by month from the first plan or payment to the last; payments stop at today.
fn curve(plan: &BTreeMap<FiscalYear, Money>, paid: &BTreeMap<Month, i64>, today: Month) -> Vec<CurvePoint> {
    let planned: BTreeMap<FiscalYear, i64> = plan
        .iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(year, amount)| (*year, amount.fen()))
        .collect();
    let firsts = planned.keys().next().and_then(|year| Month::new(*year, 1));
    let lasts = planned.keys().next_back().and_then(|year| Month::new(*year, 12));
    let Some(first) = firsts.into_iter().chain(paid.keys().next().copied()).min() else { return Vec::new() };
    let last = lasts.into_iter().chain(paid.keys().next_back().copied()).max().unwrap_or(first);
    let mut points = Vec::new();
    let (mut at, mut sum) = (Some(first), 0);
    while let Some(month) = at.filter(|month| *month <= last) {
        sum += paid.get(&month).copied().unwrap_or_default();
        let before: i64 = planned.range(..month.year()).map(|(_, fen)| *fen).sum();
        let within = planned.get(&month.year()).copied().unwrap_or_default();
        // Whole fen by twelfths; December is the whole plan.
        let part = i64::try_from(i128::from(within) * i128::from(month.month()) / 12).unwrap_or(within);
        points.push(CurvePoint {
            month,
            planned: Money::from_fen(before + part).unwrap_or(Money::MAX),
            paid: (month <= today).then(|| Delta::from_fen(sum)),
        });
        at = month.next();
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_ends_whole_and_payments_end_today() {
        let year = FiscalYear::new(2026).unwrap();
        let month = |text: &str| Month::parse(text).unwrap();
        let plan = BTreeMap::from([(year, Money::from_fen(1_000).unwrap())]);
        let paid = BTreeMap::from([(month("2025-12"), 40), (month("2026-02"), 60)]);
        let points = curve(&plan, &paid, month("2026-03"));
        assert_eq!((points.len(), points[0].month), (13, month("2025-12")));
        assert_eq!(points[12].planned.fen(), 1_000);
        assert_eq!(points[3].paid, Some(Delta::from_fen(100)));
        assert_eq!(points[4].paid, None);
        assert_eq!(curve(&BTreeMap::new(), &BTreeMap::new(), month("2026-03")), Vec::new());
    }
}

//! 规则目录: every rule with its editions, whether it is asked and what it lacks; the next edition of one. What was judged
//! keeps the edition it was judged by.

use super::{editions, walk};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use crate::trail::taken;
use chrono::Days;
use contract::error::FieldFault;
use contract::review::{EditRule, RuleLine, RuleRun, RuleView, RulesView, Standing};
use domain::area::{AreaCode, AreaPath};
use domain::mark::Mark;
use domain::permission::Action;
use domain::review::edition::{Edition, EditionRefusal, Editions};
use domain::review::parameter::{ParameterName, ParameterValue};
use domain::review::predicate::{Check, checks};
use domain::review::rule::RuleCode;
use std::collections::BTreeMap;
use store::Conn;
use store::review::desk::{Filter, by_rule};

const ROUTE: &str = "review/edit_rule";

/// Every rule, as it holds in the person's area.
pub async fn rules(call: &Call, (): ()) -> Outcome<RulesView> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, call.scope().area())?;
    let editions = editions(store::review::editions(&conn).await?, call)?;
    let known = Known::load(&conn, call).await?;
    Ok(RulesView {
        rules: RuleCode::ALL.into_iter().map(|rule| known.line(call, &editions, rule)).collect(),
        walk: walk::shown(&conn, call).await?,
        area_name: store::area::load(&conn, &call.scope(), call.area().code()).await?.name,
        may: call.abilities(&call.area()),
    })
}

/// The catalogue as it goes out as a file.
pub async fn export(call: &Call, (): ()) -> Outcome<RulesView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let view = rules(call, ()).await?;
    taken(call, &permit, "rule", format!("what=catalogue rows={}", view.rules.len())).await?;
    Ok(view)
}

/// One rule with what the form for its next edition needs.
pub async fn rule(call: &Call, rule: Option<RuleCode>) -> Outcome<RuleView> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, call.scope().area())?;
    let rule = rule.ok_or(Failure::NotFound)?;
    let editions = editions(store::review::editions(&conn).await?, call)?;
    let line = Known::load(&conn, call).await?.line(call, &editions, rule);
    let codes: Vec<AreaCode> = line.editions.iter().map(|edition| edition.area).collect();
    let everywhere = domain::permission::scope(&domain::permission::Actor::System);
    let areas = store::area::by_codes(&conn, &everywhere, &codes).await?;
    Ok(RuleView {
        line,
        areas: areas.into_iter().map(|area| (area.code, area.name)).collect(),
        area_name: store::area::load(&conn, &call.scope(), call.area().code()).await?.name,
        next: editions.next_number(rule),
        earliest: call.today() + Days::new(1),
        key: call.new_id().to_string(),
        may: call.abilities(&call.area()),
    })
}

/// What is the same for every rule of a page.
struct Known {
    ran: BTreeMap<RuleCode, RuleRun>,
    open: BTreeMap<RuleCode, u32>,
}

impl Known {
    async fn load(conn: &Conn, call: &Call) -> Outcome<Known> {
        let filter = Filter { states: Standing::Open.states(), ..Filter::default() };
        Ok(Known { ran: walk::rules(conn, call).await?, open: by_rule(conn, &call.scope(), &filter).await? })
    }

    fn line(&self, call: &Call, editions: &Editions, rule: RuleCode) -> RuleLine {
        let (mut lacking, mut runs, mut elsewhere) = (Vec::new(), false, None);
        for check in checks(rule) {
            match check {
                Check::Lacking(names) => lacking.extend(names.iter().copied()),
                Check::Elsewhere(desk) => {
                    runs = true;
                    elsewhere = Some(*desk);
                }
                Check::Project(_) | Check::Source(_) | Check::Position(_) | Check::Payment(_) => runs = true,
            }
        }
        let area = call.area();
        let own = |edition: &&Edition| holds_within(edition, &area);
        RuleLine {
            rule,
            editions: editions.of(rule).iter().filter(own).cloned().collect(),
            current: editions.at(rule, &area, call.today()).map(|edition| edition.number),
            runs,
            elsewhere,
            lacking,
            ran: self.ran.get(&rule).cloned(),
            open: self.open.get(&rule).copied().unwrap_or_default(),
        }
    }
}

/// The edition is that of an area above, of the area itself, or of the whole country's reader.
fn holds_within(edition: &Edition, area: &AreaPath) -> bool {
    area.codes().contains(&edition.area) || *area == AreaPath::root()
}

/// Makes the next edition for the person's area, from a day that is to come.
pub async fn edit(call: &Call, command: EditRule) -> Outcome<RuleView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        adopt(&call, &command).await?;
        rule(&call, Some(command.rule)).await
    })
    .await
}

async fn adopt(call: &Call, command: &EditRule) -> Outcome<()> {
    let area = call.area();
    let permit = call.permit(Action::EditRules, &area)?;
    // The shipped editions stand before the first one of a person.
    if store::review::editions(&*call.read().await?).await?.is_none() {
        super::run::kept_editions(&Call::system(call.app())).await?;
    }
    let tx = call.begin().await?;
    store::review::hold_rule(&tx, command.rule).await?;
    if once::before::<()>(&tx, &permit, ROUTE, &command.key, command).await?.is_some() {
        return Ok(());
    }
    let before = editions(store::review::editions(&tx).await?, call)?;
    if before.next_number(command.rule) != command.number {
        return Err(Failure::Stale(Vec::new()));
    }
    let new = next(call, &before, command)?;
    let after = before.clone().adopt(new.clone(), call.today()).map_err(refused)?;
    let old = before.of(command.rule);
    let ended: Vec<Edition> = after
        .of(command.rule)
        .iter()
        .filter(|edition| old.iter().any(|old| old.number == edition.number && old != *edition))
        .cloned()
        .collect();
    store::review::adopt(&tx, &permit, &new, &ended).await?;
    once::settle(tx, &permit, ROUTE, &command.key, ()).await
}

/// The edition that the form describes, after the one that holds in the area now.
fn next(call: &Call, before: &Editions, command: &EditRule) -> Outcome<Edition> {
    let area = call.area();
    let last = before.at(command.rule, &area, call.today()).or_else(|| before.of(command.rule).first());
    let last = last.ok_or(Failure::NotFound)?;
    let mut parameters: BTreeMap<ParameterName, ParameterValue> = BTreeMap::new();
    for (name, value) in &last.parameters {
        let value = match command.values.get(&name.code()) {
            None => value.clone(),
            Some(text) => value
                .read_like(text)
                .ok_or_else(|| Failure::field(&format!("values[{name}]"), FieldFault::Wrong))?,
        };
        parameters.insert(*name, value);
    }
    let confirmed = command.confirmed && last.mark == Mark::Known;
    Ok(Edition {
        rule: command.rule,
        number: command.number,
        area: area.code(),
        valid_from: command.valid_from,
        valid_to: None,
        parameters,
        basis: command.basis.clone(),
        mark: last.mark,
        level: command.level,
        since: last.since,
        confirmed_on: last.confirmed_on.or(confirmed.then_some(command.valid_from)),
    })
}

fn refused(refusal: EditionRefusal) -> Failure {
    let name = match &refusal {
        EditionRefusal::InThePast { .. }
        | EditionRefusal::Overlap { .. }
        | EditionRefusal::EndsBeforeStart { .. } => "valid_from",
        EditionRefusal::NumberTaken { .. } => "number",
        EditionRefusal::ParameterMissing { .. } | EditionRefusal::ParameterKind { .. } => "values",
    };
    Failure::field(name, FieldFault::Wrong)
}

//! Editions of the rules of sources: which hold, one source with all of its own, the next one. What was judged keeps the
//! edition of its day.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use chrono::Days;
use contract::error::FieldFault;
use contract::fund::edition::{EditSource, EditionLine, SourceView};
use domain::area::{AreaCode, AreaPath};
use domain::fund::{Basis, Clause, Edition, EditionRefusal, Editions, Notice, SourceKind, shipped};
use domain::permission::{Action, Actor};
use domain::source::Source;
use std::collections::BTreeMap;
use store::Conn;
use store::fund::edition as kept;

const ROUTE: &str = "fund/edit_source";

/// All editions; what the product comes with before the first one of a person.
pub(super) async fn editions(conn: &Conn) -> Outcome<Editions> {
    match kept::editions(conn).await? {
        Some(editions) => Ok(editions),
        None => Editions::new(shipped()).map_err(|fault| Failure::Unexpected(fault.to_string())),
    }
}

/// What is known of the source of a notice, by the edition of its day in its area.
pub(super) async fn of_notice(conn: &Conn, notice: &Notice) -> Outcome<SourceKind> {
    let editions = editions(conn).await?;
    let edition = editions.at(notice.source, &notice.area, notice.date);
    edition.map(|edition| edition.kind.clone()).ok_or_else(|| none(notice.source))
}

/// Every source has an edition of every day, since the shipped ones hold since ever and end only where another begins.
fn none(source: Source) -> Failure {
    Failure::Unexpected(format!("no edition of source {}", source.code()))
}

/// One source with its editions and what the form of the next one needs.
pub async fn source(call: &Call, source: Option<Source>) -> Outcome<SourceView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let source = source.ok_or(Failure::NotFound)?;
    let (editions, area) = (editions(&conn).await?, call.area());
    let own = editions.of(source).iter().filter(|edition| holds_within(edition, &area));
    let own: Vec<Edition> = own.cloned().collect();
    let codes: Vec<AreaCode> = own.iter().map(|edition| edition.area).collect();
    // Areas above are named too: theirs are the rules that hold here.
    let everywhere = domain::permission::scope(&Actor::System);
    let names = store::area::by_codes(&conn, &everywhere, &codes).await?;
    let names: BTreeMap<AreaCode, String> = names.into_iter().map(|area| (area.code, area.name)).collect();
    let line = |edition: Edition| EditionLine {
        area_name: names.get(&edition.area).cloned().unwrap_or_else(|| edition.area.to_string()),
        edition,
    };
    Ok(SourceView {
        source,
        editions: own.into_iter().map(line).collect(),
        current: editions.at(source, &area, call.today()).map(|edition| edition.number),
        area_name: store::area::load(&conn, &scope, area.code()).await?.name,
        next: editions.next_number(source),
        earliest: call.today() + Days::new(1),
        key: call.new_id().to_string(),
        may: call.abilities(&area),
    })
}

/// The edition is that of an area above, of the area itself, or of the whole country's reader.
fn holds_within(edition: &Edition, area: &AreaPath) -> bool {
    area.codes().contains(&edition.area) || *area == AreaPath::root()
}

/// Makes the next edition for the person's area, from a day that is to come.
pub async fn edit(call: &Call, command: EditSource) -> Outcome<SourceView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        adopt(&call, &command).await?;
        source(&call, Some(command.source)).await
    })
    .await
}

async fn adopt(call: &Call, command: &EditSource) -> Outcome<()> {
    let permit = call.permit(Action::EditRules, &call.area())?;
    let tx = call.begin().await?;
    // What the product comes with stands before the first edition of a person.
    if kept::editions(&tx).await?.is_none() {
        kept::keep_shipped(&tx, &permit, &shipped()).await?;
    }
    kept::hold(&tx, command.source).await?;
    if once::before::<()>(&tx, &permit, ROUTE, &command.key, command).await?.is_some() {
        return Ok(());
    }
    let before = editions(&tx).await?;
    if before.next_number(command.source) != command.number {
        return Err(Failure::Stale(Vec::new()));
    }
    let new = next(call, &before, command)?;
    let after = before.clone().adopt(new.clone(), call.today()).map_err(refused)?;
    let old = before.of(command.source);
    let ended: Vec<Edition> = after
        .of(command.source)
        .iter()
        .filter(|edition| old.iter().any(|old| old.number == edition.number && old != *edition))
        .cloned()
        .collect();
    kept::adopt(&tx, &permit, &new, &ended).await?;
    once::settle(tx, &permit, ROUTE, &command.key, ()).await
}

/// The edition that the form describes, after the one that holds in the area now.
fn next(call: &Call, before: &Editions, command: &EditSource) -> Outcome<Edition> {
    let area = call.area();
    let last = before.at(command.source, &area, call.today()).ok_or_else(|| none(command.source))?;
    let mut clauses: Vec<Clause> = Vec::with_capacity(last.kind.clauses.len() + 1);
    for (at, clause) in last.kind.clauses.iter().enumerate() {
        let place = at.to_string();
        if command.dropped.get(&place).is_some_and(|mark| !mark.is_empty()) {
            continue;
        }
        let mut clause = clause.clone();
        if let Some(text) = command.values.get(&place) {
            let wrong = || Failure::field(&format!("values[{place}]"), FieldFault::Wrong);
            clause.rule = clause.rule.read_like(text).ok_or_else(wrong)?;
        }
        if let Some(text) = command.bases.get(&place) {
            clause.basis.text.clone_from(text);
        }
        clauses.push(clause);
    }
    clauses.extend(command.added.clone().map(|added| Clause {
        rule: added.rule,
        from: None,
        to: None,
        area: None,
        basis: Basis { mark: added.mark, text: added.basis },
    }));
    Ok(Edition {
        number: command.number,
        area: area.code(),
        valid_from: Some(command.valid_from),
        valid_to: None,
        kind: SourceKind { clauses, ..last.kind.clone() },
    })
}

fn refused(refusal: EditionRefusal) -> Failure {
    let name = match refusal {
        EditionRefusal::InThePast { .. }
        | EditionRefusal::Overlap { .. }
        | EditionRefusal::EndsBeforeStart { .. } => "valid_from",
        EditionRefusal::NumberTaken { .. } => "number",
    };
    Failure::field(name, FieldFault::Wrong)
}

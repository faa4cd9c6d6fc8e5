//! Months of the person's own books: closed in order, opened again by two persons.

use super::glance;
use super::write::Books;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use contract::ledger::command::{CloseMonth, Reopen};
use contract::ledger::{End, EndedLine, MonthLine, MonthsView, ReopeningLine};
use domain::id::ReopeningId;
use domain::ledger::{Months, Refusal};
use domain::period::Month;
use domain::permission::Action;
use std::collections::BTreeMap;
use store::Conn;
use store::ledger::month::{Asked, Ended};
use store::ledger::{Maker, chain, entry, month as kept};

const CLOSE: &str = "ledger/close_month";
const REOPEN: &str = "ledger/reopen_month";

/// The months with entries or closings, and what is still open.
pub async fn months(call: &Call, (): ()) -> Outcome<MonthsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let asked = kept::asked(&conn, &scope, scope.area()).await?;
    let user = call.actor().user();
    Ok(MonthsView {
        months: lines(&conn, call).await?,
        next: books(&conn, call, None).await?.and_then(|months| months.open()),
        waiting: glance::waiting(&conn, call, Maker::Anybody).await?,
        reopenings: asked
            .into_iter()
            .map(|asked| ReopeningLine {
                reopening: asked.id,
                month: asked.month,
                asker: asked.asker_name,
                reason: asked.reason,
                own: Some(asked.asker) == user,
            })
            .collect(),
        ended: kept::ended(&conn, &scope, scope.area()).await?.into_iter().map(ended).collect(),
        key: call.new_id().to_string(),
        may: call.abilities(scope.area()),
    })
}

/// Closes the next month; refused out of order and before it is over.
pub async fn close(call: &Call, command: CloseMonth) -> Outcome<MonthsView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let permit = call.permit(Action::CloseMonth, &call.area())?;
        let tx = call.begin().await?;
        if once::before::<()>(&tx, &permit, CLOSE, &command.key, &command).await?.is_some() {
            tx.rollback().await?;
            return months(&call, ()).await;
        }
        // Whoever holds the head is alone: no entry slips into the month while it is closed.
        chain::hold(&tx).await?;
        let books = books(&tx, &call, Some(command.month)).await?.ok_or(Failure::NotFound)?;
        let books = books.close(command.month, call.user()?, call.today())?;
        let closing = books.closings().last().ok_or(Failure::NotFound)?;
        kept::close(&tx, &permit, closing).await?;
        once::settle(tx, &permit, CLOSE, &command.key, ()).await?;
        months(&call, ()).await
    })
    .await
}

/// Asks to open the month closed last, grants what another person asked, or refuses it; one's own is taken back.
pub async fn reopen(call: &Call, command: Reopen) -> Outcome<MonthsView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move { open_again(&call, command).await }).await
}

async fn open_again(call: &Call, command: Reopen) -> Outcome<MonthsView> {
    let permit = call.permit(Action::CloseMonth, &call.area())?;
    let user = call.user()?;
    let tx = call.begin().await?;
    let (Reopen::Ask { key, .. } | Reopen::Grant { key, .. } | Reopen::Refuse { key, .. }) = &command;
    let key = key.clone();
    if once::before::<()>(&tx, &permit, REOPEN, &key, &command).await?.is_some() {
        tx.rollback().await?;
        return months(call, ()).await;
    }
    chain::hold(&tx).await?;
    let own = books(&tx, call, None).await?;
    match command {
        Reopen::Ask { month, reason, .. } => {
            let last = own.and_then(|own| own.last_closed());
            if last != Some(month) {
                return Err(Refusal::MonthNotLast { asked: month, last }.into());
            }
            // One is enough: a second would wait on and open a month that was closed anew.
            let asked = kept::asked(&tx, &call.scope(), &call.area()).await?;
            if asked.iter().any(|asked| asked.month == month) {
                return Err(Failure::Stale(Vec::new()));
            }
            kept::ask(&tx, &permit, ReopeningId::new(call.new_id()), user, month, &reason).await?;
        }
        Reopen::Grant { reopening, .. } => {
            let asked = one_asked(&tx, call, reopening).await?;
            let own = own.ok_or(Failure::NotFound)?;
            let (_, reopened) = own.reopen(asked.month, asked.asker, user, &asked.reason, call.today())?;
            kept::reopen(&tx, &permit, reopening, reopened.month, user, reopened.on).await?;
        }
        Reopen::Refuse { reopening, .. } => {
            let asked = one_asked(&tx, call, reopening).await?;
            kept::refuse(&tx, &permit, &asked, user, call.today()).await?;
        }
    }
    once::settle(tx, &permit, REOPEN, &key, ()).await?;
    months(call, ()).await
}

async fn one_asked(conn: &Conn, call: &Call, id: ReopeningId) -> Outcome<Asked> {
    let asked = kept::asked(conn, &call.scope(), &call.area()).await?;
    asked.into_iter().find(|asked| asked.id == id).ok_or(Failure::NotFound)
}

fn ended(ended: Ended) -> EndedLine {
    let end = match ended.is_granted {
        true => End::Granted,
        false if ended.by == ended.asker => End::TakenBack,
        false => End::Refused,
    };
    EndedLine {
        month: ended.month,
        asker: ended.asker_name,
        reason: ended.reason,
        end,
        by: ended.by_name,
        on: ended.on,
    }
}

/// The person's own books. Before anything is closed they begin with the earliest month that has entries, or with the
/// month asked for; `None` when there is neither.
async fn books(conn: &Conn, call: &Call, asked: Option<Month>) -> Outcome<Option<Months>> {
    let area = call.area();
    let closings = kept::closings(conn, &[area.code()]).await?.remove(&area.code()).unwrap_or_default();
    let closings: Vec<_> = closings.into_iter().map(|named| named.closing).collect();
    if let Some(first) = closings.first().map(|closing| closing.month) {
        return Ok(Some(Months::restore(first, closings)?));
    }
    let earliest = entry::months(conn, &call.scope()).await?.last().map(|(month, _)| *month);
    Ok(earliest.or(asked).map(Months::new))
}

/// Months with entries or closings, the newest first.
pub(super) async fn lines(conn: &Conn, call: &Call) -> Outcome<Vec<MonthLine>> {
    let area = call.area();
    let mut months: BTreeMap<Month, MonthLine> = entry::months(conn, &call.scope())
        .await?
        .into_iter()
        .map(|(month, entries)| (month, MonthLine { month, entries, closed: None }))
        .collect();
    for named in kept::closings(conn, &[area.code()]).await?.remove(&area.code()).unwrap_or_default() {
        let month = named.closing.month;
        let line = months.entry(month).or_insert(MonthLine { month, entries: 0, closed: None });
        line.closed = Some((named.name, named.closing.on));
    }
    // A month may be closed for this area by one above; then it is closed all the same.
    let above = Books::load(conn, [&area]).await?;
    let open = above.of(&area).open();
    let shown = months.into_values().rev().map(|mut line| {
        if line.closed.is_none()
            && open.is_some_and(|open| line.month < open)
            && above.of(&area).last_closed().is_some()
        {
            let on = above.of(&area).closings().last().map(|closing| closing.on);
            line.closed = on.map(|on| (String::new(), on));
        }
        line
    });
    Ok(shown.collect())
}

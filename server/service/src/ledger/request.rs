//! Postings, transfers and reversals on their way: made by one person, approved or returned by another, who writes them.

mod known;

use self::known::{Effect, Known};
use super::view::{entry_line, instant, named};
use super::write::{Desk, entry_id};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use contract::ledger::command::{Decide, PostEntry, RequestQuery, Verdict};
use contract::ledger::{BlankEntryView, RequestView, RequestsView};
use domain::area::AreaPath;
use domain::broken::{self, Broken};
use domain::id::{EntryId, ProjectId, RequestId};
use domain::ledger::{
    Breach, Control, Entry, Exception, Key, Movement, Order, Position, Refusal, Request, Response, Signed,
    State,
};
use domain::permission::{Action, Permit};
use std::collections::{BTreeMap, BTreeSet};
use store::ledger::position::{self, Held};
use store::ledger::request::{self as kept, Kept};
use store::ledger::{NewEntry, control, entry, project};
use store::{Conn, Tx};

const POST: &str = "ledger/post";
const DECIDE: &str = "ledger/decide";
/// Requests shown at once.
const SHOWN: u32 = 200;

/// Requests of the person's area, the undecided ones first.
pub async fn requests(call: &Call, (): ()) -> Outcome<RequestsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let found = kept::list(&conn, &scope, call.user()?, SHOWN).await?;
    let rows = views(&conn, call, found).await?;
    let splits = crate::fund::split::waiting(&conn, call).await?;
    Ok(RequestsView { rows, splits, may: call.abilities(scope.area()) })
}

/// What an empty entry form needs.
pub async fn blank(call: &Call, (): ()) -> Outcome<BlankEntryView> {
    call.permit(Action::EnterMoney, &call.area())?;
    Ok(BlankEntryView {
        today: call.today(),
        key: call.new_id().to_string(),
        may: call.abilities(&call.area()),
    })
}

/// One request.
pub async fn one(call: &Call, query: RequestQuery) -> Outcome<RequestView> {
    let conn = call.read().await?;
    let found = kept::load(&conn, &call.scope(), call.user()?, query.request).await?;
    call.permit(Action::ViewMoney, &found.project.area)?;
    views(&conn, call, vec![found]).await?.pop().ok_or(Failure::NotFound)
}

/// Makes or changes a request, and submits it when asked to.
pub async fn post(call: &Call, command: PostEntry) -> Outcome<RequestView> {
    let call = call.clone();
    call.app().clone().see_through(async move { make(&call, command).await }).await
}

/// Submits, withdraws, approves or returns a request.
pub async fn decide(call: &Call, command: Decide) -> Outcome<RequestView> {
    let call = call.clone();
    if broken::is(Broken::Early) {
        let query = RequestQuery { request: command.request };
        let later = call.clone();
        call.app().background(async move {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            drop(judge(&later, command).await);
        });
        return one(&call, query).await;
    }
    call.app().clone().see_through(async move { judge(&call, command).await }).await
}

async fn make(call: &Call, command: PostEntry) -> Outcome<RequestView> {
    let tx = call.begin().await?;
    let (project, area) = place(&tx, call, &command.order).await?;
    let permit = call.permit(Action::EnterMoney, &area)?;
    if let Some(request) = once::before::<RequestId>(&tx, &permit, POST, &command.key, &command).await? {
        tx.rollback().await?;
        return one(call, RequestQuery { request }).await;
    }
    let user = call.user()?;
    command.order.check()?;
    may_stand(&tx, call, &command.order).await?;
    let submit = |request: Request| if command.submit { request.submit(user) } else { Ok(request) };
    let id = match command.request {
        None => {
            let id = RequestId::new(call.new_id());
            let request = submit(Request::draft(id, user, command.order.clone()))?;
            kept::insert(&tx, &permit, &request, project).await?;
            id
        }
        Some((id, version)) => {
            let found = kept::load_for_update(&tx, &call.scope(), user, id).await?;
            call.permit(Action::EnterMoney, &found.project.area)?;
            let request = submit(found.request.edit(user, command.order.clone())?)?;
            kept::save(&tx, &permit, &request, project, version, &[]).await?;
            id
        }
    };
    once::settle(tx, &permit, POST, &command.key, id).await?;
    one(call, RequestQuery { request: id }).await
}

async fn judge(call: &Call, command: Decide) -> Outcome<RequestView> {
    let action = match command.verdict {
        Verdict::Submit | Verdict::Withdraw => Action::EnterMoney,
        Verdict::Approve { .. } | Verdict::Return { .. } => Action::ApproveMoney,
    };
    // Whoever is never given the act is told so, whether the request exists or not.
    call.permit(action, &call.area())?;
    let tx = call.begin().await?;
    let user = call.user()?;
    let found = kept::load_for_update(&tx, &call.scope(), user, command.request).await?;
    let permit = call.permit(action, &found.project.area)?;
    if once::before::<RequestId>(&tx, &permit, DECIDE, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return one(call, RequestQuery { request: command.request }).await;
    }
    if found.version != command.version && !broken::is(Broken::Stale) {
        return Err(Failure::Stale(Vec::new()));
    }
    let project = found.project.id;
    let (request, entries) = match command.verdict.clone() {
        Verdict::Submit => {
            let request = found.request.submit(user)?;
            may_stand(&tx, call, &request.order).await?;
            (request, Vec::new())
        }
        Verdict::Withdraw => (found.request.withdraw(user)?, Vec::new()),
        Verdict::Return { reason } => (found.request.give_back(user, &reason)?, Vec::new()),
        Verdict::Approve { exception } => {
            let (request, signed) = found.request.approve(user)?;
            let exception = exception.map(|reason| Exception::new(user, &reason)).transpose()?;
            let ids = write(call, &tx, &permit, &request.order, signed, exception.as_ref()).await?;
            (request, ids)
        }
    };
    kept::save(&tx, &permit, &request, project, found.version, &entries).await?;
    once::settle(tx, &permit, DECIDE, &command.key, request.id).await?;
    one(call, RequestQuery { request: request.id }).await
}

/// The project that an order is about and where it lies; everything it names is in the person's scope.
async fn place(conn: &Conn, call: &Call, order: &Order) -> Outcome<(ProjectId, AreaPath)> {
    let scope = call.scope();
    let id = match order {
        Order::Post(posting) => posting.key.project,
        Order::Transfer(transfer) => {
            project::load(conn, &scope, transfer.to).await?;
            transfer.from
        }
        Order::Reverse(reversal) => {
            entry::load(conn, &scope, reversal.entry).await?.entry.posting.key.project
        }
    };
    Ok((id, project::load(conn, &scope, id).await?.area))
}

/// What is said of an order before it is kept, handed on or written: both sides of it lie in the person's area, and
/// it is dated neither ahead of today nor before what it takes back.
async fn may_stand(conn: &Conn, call: &Call, order: &Order) -> Outcome<()> {
    if Known::of(conn, call, &[order]).await?.reaches_outside(order) {
        return Err(Refusal::LegOutside.into());
    }
    let today = call.today();
    match order {
        Order::Post(posting) => posting.not_after(today)?,
        Order::Transfer(transfer) if transfer.date > today => {
            return Err(Refusal::InFuture { date: transfer.date, today }.into());
        }
        Order::Transfer(_) => {}
        Order::Reverse(reversal) => {
            let original = entry::load(conn, &call.scope(), reversal.entry).await?.entry;
            reversal.dated_after(original.posting.date, today)?;
        }
    }
    Ok(())
}

/// Makes the entries of an order and writes them.
async fn write(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    order: &Order,
    signed: Signed,
    exception: Option<&Exception>,
) -> Outcome<Vec<EntryId>> {
    may_stand(tx, call, order).await?;
    let mut keys: BTreeMap<Key, AreaPath> = BTreeMap::new();
    for (key, ..) in Known::of(tx, call, &[order]).await?.effects(order) {
        keys.insert(key, project::load(tx, &call.scope(), key.project).await?.area);
    }
    let desk = Desk::open(tx, &keys).await?;
    let ids = [entry_id(call), entry_id(call)];
    let (entries, notices): (Vec<Entry>, _) = match order {
        Order::Post(posting) => {
            let months = desk.months(&posting.key)?;
            (vec![posting.enter(ids[0], signed, months)?], vec![notice(tx, call, order, &desk).await?])
        }
        Order::Transfer(transfer) => {
            let from = Key { project: transfer.from, source: transfer.source, year: transfer.year };
            (transfer.enter(ids, signed, desk.months(&from)?)?.to_vec(), vec![None, None])
        }
        Order::Reverse(reversal) => {
            // Read again, now that nobody else writes.
            let known = Known::of(tx, call, &[order]).await?;
            let all = known.originals(reversal.entry);
            let notices = all.iter().map(|kept| kept.notice).collect();
            let months = desk.months(&all[0].entry.posting.key)?;
            let made = match all.as_slice() {
                [one, other] => one
                    .entry
                    .reverse_with(&other.entry, reversal, ids, one.reversed_by, signed, months)?
                    .to_vec(),
                [one, ..] => vec![one.entry.reverse(reversal, ids[0], one.reversed_by, signed, months)?],
                [] => return Err(Failure::NotFound),
            };
            (made, notices)
        }
    };
    let made: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
    let new = entries.into_iter().zip(notices).map(|(entry, notice)| {
        let area = desk.area(&entry.posting.key)?.clone();
        Ok(NewEntry { entry, area, notice, batch: None, place: None, exception: None })
    });
    let new = new.collect::<Outcome<Vec<_>>>()?;
    desk.write(tx, permit, new, exception).await?;
    Ok(made)
}

/// The registered notice that a 下达 stands on, when there is just one; it is never exceeded.
async fn notice(tx: &Tx, call: &Call, order: &Order, desk: &Desk) -> Outcome<Option<domain::id::NoticeId>> {
    let Order::Post(posting) = order else { return Ok(None) };
    let (Movement::Issue, Some(document)) = (posting.movement, &posting.paper.document) else {
        return Ok(None);
    };
    let areas = desk.area(&posting.key)?.codes();
    let key = store::fund::document_key(document);
    let mut found = store::fund::by_documents(tx, &call.scope(), &areas, &[key]).await?;
    found.retain(|kept| {
        !kept.withdrawn && kept.notice.source == posting.key.source && kept.notice.year == posting.key.year
    });
    let [one] = found.as_slice() else { return Ok(None) };
    // Reversals follow their originals, so that less than nothing is never arranged.
    one.notice.fits(one.arranged.magnitude(), posting.amount)?;
    Ok(Some(one.notice.id))
}

/// What approval would break, and what would bar it, as things stand.
fn forecast(
    control: &Control,
    held: &BTreeMap<Key, Held>,
    effects: &[Effect],
) -> (Vec<Breach>, Option<Refusal>) {
    let (mut breaches, mut obstacle) = (Vec::new(), None);
    for (key, movement, amount) in effects {
        let before = held.get(key).map_or_else(|| Position::empty(*key), |held| held.position);
        let after = before.totals().after(*movement, *amount);
        match after.and_then(|totals| Position::restore(*key, totals)) {
            Err(refusal) => obstacle = obstacle.or(Some(refusal)),
            Ok(after) => {
                let worse = after.worsened_since(&before);
                if !worse.is_empty() && control.get(movement.kind(), key.source) == Response::Stop {
                    let (of, rule) = (key.source, control.validity());
                    let refusal = Refusal::OutOfOrder { of, breaches: worse.clone(), rule };
                    obstacle = obstacle.or(Some(refusal));
                }
                breaches.extend(worse);
            }
        }
    }
    (breaches, obstacle)
}

/// The requests as the person may see them. What they speak of is asked for all of them at once.
async fn views(conn: &Conn, call: &Call, found: Vec<Kept>) -> Outcome<Vec<RequestView>> {
    let control = control::current(conn).await?;
    let orders: Vec<&Order> = found.iter().map(|kept| &kept.request.order).collect();
    let known = Known::of(conn, call, &orders).await?;
    let effects = orders.iter().flat_map(|order| known.own_effects(order));
    let projects: Vec<ProjectId> = effects.map(|(key, ..)| key.project).collect();
    let held = position::of(conn, &projects).await?;
    let outside = found.iter().filter(|kept| known.reaches_outside(&kept.request.order));
    let made: Vec<EntryId> = outside.flat_map(|kept| kept.entries.iter().copied()).collect();
    let made = entry::by_ids(conn, &call.scope(), &made).await?;
    let made: BTreeSet<EntryId> = made.into_iter().map(|kept| kept.entry.id).collect();
    Ok(found.into_iter().map(|kept| view(call, &control, &known, &held, &made, kept)).collect())
}

/// `made` are the entries of requests reaching outside that the person may open.
fn view(
    call: &Call,
    control: &Control,
    known: &Known,
    held: &BTreeMap<Key, Held>,
    made: &BTreeSet<EntryId>,
    found: Kept,
) -> RequestView {
    let Kept { mut request, project, mut entries, maker_name, checker_name, version, updated_at } = found;
    let effects = known.own_effects(&request.order);
    let outside = known.reaches_outside(&request.order);
    let original = known.original(&request.order).map(|kept| entry_line(&call.scope(), kept.clone()));
    if outside {
        // Of the other side nothing is said.
        entries.retain(|entry| made.contains(entry));
        request.order = request.order.unnamed();
    }
    let left = effects.first().and_then(|(key, ..)| held.get(key)).map(|held| held.position.left());
    let (breaches, obstacle) = match request.state {
        State::Draft | State::Submitted | State::Returned { .. } => {
            let (breaches, obstacle) = forecast(control, held, &effects);
            (breaches, outside.then_some(Refusal::LegOutside).or(obstacle))
        }
        State::Approved { .. } => (Vec::new(), None),
    };
    RequestView {
        request: request.id,
        version,
        own: call.actor().user() == Some(request.maker),
        order: request.order,
        original,
        outside,
        state: request.state,
        left: left.unwrap_or_else(|| domain::ledger::Totals::default().left()),
        breaches,
        obstacle,
        entries,
        maker: maker_name,
        checker: checker_name,
        updated: instant(updated_at),
        key: call.new_id().to_string(),
        may: call.abilities(&project.area),
        project: named(project),
    }
}

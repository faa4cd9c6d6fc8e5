//! The split of a notice over projects: looked at before it is saved, kept as a draft, handed on, approved or returned by a
//! second person. Entries come in by the ledger's one way, all of a split or none.

use super::{one, rules};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::ledger::view::{instant, named};
use crate::ledger::write::{Desk, entry_id};
use crate::once;
use contract::fund::command::{CheckSplit, DecideSplit, NoticeQuery, SaveSplit, SplitVerdict};
use contract::fund::{CheckedSplitView, NoticeView, ShareLine, SplitView, WaitingSplit};
use domain::area::AreaPath;
use domain::fund::{Notice, Placed, Refusal, SplitOrder};
use domain::id::{EntryId, NoticeId, RequestId};
use domain::ledger::{Key, Request, Signed, State};
use domain::money::Money;
use domain::permission::{Action, Permit};
use std::collections::BTreeMap;
use store::fund::split::{self as kept, Kept};
use store::ledger::NewEntry;
use store::ledger::project::Named;
use store::{Conn, Tx};

const SAVE: &str = "fund/save_split";
const DECIDE: &str = "fund/decide_split";
/// Splits shown beside the requests.
const SHOWN: u32 = 50;

/// What a split would do; keeps nothing.
pub async fn check(call: &Call, command: CheckSplit) -> Outcome<CheckedSplitView> {
    let conn = call.read().await?;
    let found = store::fund::load(&conn, &call.scope(), command.notice).await?;
    call.permit(Action::EnterMoney, &found.notice.area)?;
    let notice = found.notice;
    let earlier = store::fund::standing(&conn, notice.id).await?;
    let order = match rules::amounts(&notice, &earlier, command.shares) {
        Ok(order) => order,
        Err(refusal) => return Ok(CheckedSplitView::of_nothing(refusal)),
    };
    let projects = rules::projects(&conn, call, &order).await?;
    let looked = rules::look(&conn, call, &notice, &earlier, &order, &projects).await?;
    Ok(CheckedSplitView {
        sum: sum(&order)?,
        shares: share_lines(&order, projects),
        left: looked.left,
        judgement: looked.judgement,
        refusal: looked.refusal,
    })
}

/// Keeps a split as a draft, and hands it to a second person when asked to.
pub async fn save(call: &Call, command: SaveSplit) -> Outcome<NoticeView> {
    let call = call.clone();
    call.app().clone().see_through(async move { make(&call, command).await }).await
}

/// Takes a split back, approves or returns it.
pub async fn decide(call: &Call, command: DecideSplit) -> Outcome<NoticeView> {
    let call = call.clone();
    call.app().clone().see_through(async move { judge(&call, command).await }).await
}

async fn make(call: &Call, command: SaveSplit) -> Outcome<NoticeView> {
    call.permit(Action::EnterMoney, &call.area())?;
    let query = NoticeQuery { notice: command.notice };
    let tx = call.begin().await?;
    let notice = store::fund::load_for_update(&tx, &call.scope(), command.notice).await?.notice;
    let permit = call.permit(Action::EnterMoney, &notice.area)?;
    if once::before::<NoticeId>(&tx, &permit, SAVE, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return one(call, query).await;
    }
    let user = call.user()?;
    let earlier = store::fund::standing(&tx, notice.id).await?;
    let order = rules::amounts(&notice, &earlier, command.shares.clone())?;
    let projects = rules::projects(&tx, call, &order).await?;
    let looked = rules::look(&tx, call, &notice, &earlier, &order, &projects).await?;
    match looked.refusal {
        // A draft may break rules of the source; what is handed on may not.
        Some(Refusal::RulesBroken { .. }) if !command.submit => {}
        Some(refusal) => return Err(refusal.into()),
        None => {}
    }
    let submit = |request: Request<SplitOrder>| {
        if command.submit { request.submit(user) } else { Ok(request) }
    };
    match (kept::open(&tx, notice.id).await?, command.version) {
        (None, None) => {
            let request = submit(Request::draft(RequestId::new(call.new_id()), user, order))?;
            kept::insert(&tx, &permit, &notice, &request).await?;
        }
        (Some(found), Some(version)) => {
            // Whoever changes a draft last is its maker, so that a notice does not wait for somebody who is away.
            let request = submit(Request { maker: user, ..found.request }.edit(user, order)?)?;
            kept::save(&tx, &permit, &notice, &request, version, &[]).await?;
        }
        (Some(_), None) | (None, Some(_)) => return Err(Failure::Stale(Vec::new())),
    }
    once::settle(tx, &permit, SAVE, &command.key, notice.id).await?;
    one(call, query).await
}

async fn judge(call: &Call, command: DecideSplit) -> Outcome<NoticeView> {
    let action = match command.verdict {
        SplitVerdict::Withdraw => Action::EnterMoney,
        SplitVerdict::Approve | SplitVerdict::Return { .. } => Action::ApproveMoney,
    };
    call.permit(action, &call.area())?;
    let query = NoticeQuery { notice: command.notice };
    let tx = call.begin().await?;
    let notice = store::fund::load_for_update(&tx, &call.scope(), command.notice).await?.notice;
    let permit = call.permit(action, &notice.area)?;
    if once::before::<NoticeId>(&tx, &permit, DECIDE, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return one(call, query).await;
    }
    let found = kept::open(&tx, notice.id).await?.ok_or(Failure::NotFound)?;
    if found.version != command.version {
        return Err(Failure::Stale(Vec::new()));
    }
    let user = call.user()?;
    let (request, entries) = match &command.verdict {
        SplitVerdict::Withdraw => (found.request.withdraw(user)?, Vec::new()),
        SplitVerdict::Return { reason } => (found.request.give_back(user, reason)?, Vec::new()),
        SplitVerdict::Approve => {
            let (request, signed) = found.request.approve(user)?;
            let entries = write(call, &tx, &permit, &notice, &request.order, signed).await?;
            (request, entries)
        }
    };
    kept::save(&tx, &permit, &notice, &request, command.version, &entries).await?;
    once::settle(tx, &permit, DECIDE, &command.key, notice.id).await?;
    one(call, query).await
}

/// Writes one 下达 for each share. What is left of the notice and what its source allows is asked once nobody else writes.
async fn write(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    notice: &Notice,
    order: &SplitOrder,
    signed: Signed,
) -> Outcome<Vec<EntryId>> {
    let projects = rules::projects(tx, call, order).await?;
    let key = |share: &Placed| share.posting(notice).key;
    let keys: BTreeMap<Key, AreaPath> =
        order.shares.iter().zip(&projects).map(|(share, named)| (key(share), named.area.clone())).collect();
    let desk = Desk::open(tx, &keys).await?;
    let earlier = store::fund::standing(tx, notice.id).await?;
    let looked = rules::look(tx, call, notice, &earlier, order, &projects).await?;
    if let Some(refusal) = looked.refusal {
        return Err(refusal.into());
    }
    let mut new = Vec::with_capacity(order.shares.len());
    for share in &order.shares {
        let posting = share.posting(notice);
        posting.not_after(call.today())?;
        let entry = posting.enter(entry_id(call), signed, desk.months(&posting.key)?)?;
        let area = desk.area(&posting.key)?.clone();
        let notice = Some(notice.id);
        new.push(NewEntry { entry, area, notice, batch: None, place: None, exception: None });
    }
    let made = new.iter().map(|new| new.entry.id).collect();
    desk.write(tx, permit, new, None).await?;
    Ok(made)
}

/// A split that waits goes back to its maker, because its notice was changed.
pub(super) async fn take_back(tx: &Tx, permit: &Permit, notice: &Notice) -> Outcome<()> {
    let Some(found) = kept::open(tx, notice.id).await? else { return Ok(()) };
    let request = match found.request.state {
        State::Submitted => {
            let maker = found.request.maker;
            found.request.withdraw(maker)?
        }
        State::Draft | State::Returned { .. } | State::Approved { .. } => found.request,
    };
    Ok(kept::save(tx, permit, notice, &request, found.version, &[]).await?)
}

/// The split of a notice that is not decided yet, judged as things stand.
pub(super) async fn on_its_way(conn: &Conn, call: &Call, notice: &Notice) -> Outcome<Option<SplitView>> {
    let Some(found) = kept::open(conn, notice.id).await? else { return Ok(None) };
    // A draft is shown to those alone who could hand it on.
    let is_draft = found.request.state == State::Draft;
    if is_draft && call.permit(Action::EnterMoney, &notice.area).is_err() {
        return Ok(None);
    }
    let Kept { request, projects, maker_name, checker_name, version, updated_at } = found;
    let earlier = store::fund::standing(conn, notice.id).await?;
    let looked = rules::look(conn, call, notice, &earlier, &request.order, &projects).await?;
    Ok(Some(SplitView {
        version,
        own: call.actor().user() == Some(request.maker),
        sum: sum(&request.order)?,
        shares: share_lines(&request.order, projects),
        state: request.state,
        judgement: looked.judgement,
        obstacle: looked.refusal,
        maker: maker_name,
        checker: checker_name,
        updated: instant(updated_at),
    }))
}

/// Splits of the person's area that wait for a second person.
pub(crate) async fn waiting(conn: &Conn, call: &Call) -> Outcome<Vec<WaitingSplit>> {
    let found = kept::waiting(conn, &call.scope(), SHOWN).await?;
    let view = |line: kept::Waiting| WaitingSplit {
        notice: line.notice,
        document: line.document,
        source: line.source,
        year: line.year,
        sum: line.sum,
        projects: line.projects,
        maker: line.maker_name,
    };
    Ok(found.into_iter().map(view).collect())
}

fn sum(order: &SplitOrder) -> Result<Money, Refusal> {
    Money::sum(order.shares.iter().map(|share| share.amount)).ok_or(Refusal::TooLarge)
}

fn share_lines(order: &SplitOrder, projects: Vec<Named>) -> Vec<ShareLine> {
    let line = |(share, project): (&Placed, Named)| ShareLine {
        project: named(project),
        amount: share.amount,
        usage: share.usage,
        revenue: share.revenue,
    };
    order.shares.iter().zip(projects).map(line).collect()
}

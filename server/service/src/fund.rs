//! Funding sources with their envelopes and fund notices (下达文件): looked at, registered, changed while nothing stands on
//! them. Their split over projects lies in `split`.

pub mod edition;
pub mod export;
mod rules;
mod source;
pub mod split;

pub use source::sources;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::ledger::view::entry_line;
use crate::once;
use contract::error::FieldFault;
use contract::fund::command::{NoticeQuery, NoticesQuery, RegisterNotice};
use contract::fund::{BlankNoticeView, NoticeLine, NoticeView, NoticesView};
use domain::area::AreaPath;
use domain::fund::Notice;
use domain::id::NoticeId;
use domain::ledger::Refusal;
use domain::money::{Delta, Money};
use domain::permission::{Action, Permit};
use store::fund::{Filter, Kept};
use store::ledger::{chain, entry};
use store::page::Cursor;
use store::{Conn, Tx};

const ROUTE: &str = "fund/register";
/// Rows of one page.
const ROWS: u64 = 100;

/// A page of notices of the person's area with the sums of the whole filter.
pub async fn notices(call: &Call, query: NoticesQuery) -> Outcome<NoticesView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    let after = query.page.as_deref().map(Cursor::decode).transpose()?;
    let page = store::fund::page(&conn, &scope, &filter, after.as_ref(), ROWS).await?;
    let totals = store::fund::totals(&conn, &scope, &filter).await?;
    let quota = Money::sum(totals.iter().map(|total| total.quota));
    Ok(NoticesView {
        rows: page.rows.into_iter().map(line).collect(),
        quota: quota.ok_or(domain::fund::Refusal::TooLarge)?,
        arranged: Delta::from_fen(totals.iter().map(|total| total.arranged.fen()).sum()),
        count: totals.iter().map(|total| total.notices).sum(),
        next: page.next.map(|cursor| cursor.encode()),
        may: call.abilities(scope.area()),
    })
}

/// The filter with its area found; an area outside the scope is missing.
async fn filter_of(conn: &Conn, call: &Call, query: &NoticesQuery) -> Outcome<Filter> {
    let area = match &query.area {
        Some(text) => Some(crate::area::asked(conn, call, text).await?.path),
        None => None,
    };
    Ok(Filter { area, source: query.source, year: query.year })
}

/// What an empty form of a notice needs.
pub async fn blank(call: &Call, (): ()) -> Outcome<BlankNoticeView> {
    call.permit(Action::RegisterNotice, &call.area())?;
    Ok(BlankNoticeView {
        today: call.today(),
        key: call.new_id().to_string(),
        may: call.abilities(&call.area()),
    })
}

/// One notice with what stands on it and the split on its way.
pub async fn one(call: &Call, query: NoticeQuery) -> Outcome<NoticeView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let kept = store::fund::load(&conn, &scope, query.notice).await?;
    let area = kept.notice.area.clone();
    call.permit(Action::ViewMoney, &area)?;
    let filter = entry::Filter { notice: Some(query.notice), ..entry::Filter::default() };
    let entries = entry::all(&conn, &scope, &filter).await?;
    let kind = edition::of_notice(&conn, &kept.notice).await?;
    let asks = kind.asks(kept.notice.date, &area);
    let clauses = kind.in_force(kept.notice.date, &area).cloned().collect();
    let split = split::on_its_way(&conn, call, &kept.notice).await?;
    Ok(NoticeView {
        line: line(kept),
        fixed: !entries.is_empty(),
        entries: entries.into_iter().map(|kept| entry_line(&scope, kept)).collect(),
        split,
        asks,
        clauses,
        key: call.new_id().to_string(),
        may: call.abilities(&area),
    })
}

/// Registers a notice for the person's area or one below, or changes one on which nothing stands.
pub async fn register(call: &Call, command: RegisterNotice) -> Outcome<NoticeView> {
    let call = call.clone();
    call.app().clone().see_through(async move { enter(&call, command).await }).await
}

async fn enter(call: &Call, command: RegisterNotice) -> Outcome<NoticeView> {
    call.permit(Action::RegisterNotice, &call.area())?;
    let tx = call.begin().await?;
    let area = place(&tx, call, &command).await?;
    let permit = call.permit(Action::RegisterNotice, &area)?;
    if let Some(notice) = once::before::<NoticeId>(&tx, &permit, ROUTE, &command.key, &command).await? {
        tx.rollback().await?;
        return one(call, NoticeQuery { notice }).await;
    }
    let today = call.today();
    if command.date > today {
        return Err(Refusal::InFuture { date: command.date, today }.into());
    }
    let notice = Notice {
        id: command.notice.map_or_else(|| NoticeId::new(call.new_id()), |(id, _)| id),
        document: command.document,
        date: command.date,
        source: command.source,
        year: command.year,
        area,
        amount: command.amount,
    };
    notice.check()?;
    match command.notice {
        None => store::fund::insert(&tx, &permit, std::slice::from_ref(&notice), None).await?,
        Some((_, version)) => amend(&tx, call, &permit, &notice, version).await?,
    }
    once::settle(tx, &permit, ROUTE, &command.key, notice.id).await?;
    one(call, NoticeQuery { notice: notice.id }).await
}

/// The area that is named, or the person's own; a place out of reach is a fault of its input.
async fn place(conn: &Conn, call: &Call, command: &RegisterNotice) -> Outcome<AreaPath> {
    let Some(text) = &command.area else { return Ok(call.area()) };
    match crate::area::exactly(conn, call, text).await {
        Ok(area) => Ok(area.path),
        Err(Failure::NotFound) => Err(Failure::field("area", FieldFault::NotAChoice)),
        Err(failure) => Err(failure),
    }
}

/// Changes a notice. What waits for approval was made for the old one and goes back to its maker.
async fn amend(tx: &Tx, call: &Call, permit: &Permit, notice: &Notice, version: i64) -> Outcome<()> {
    let found = store::fund::load_for_update(tx, &call.scope(), notice.id).await?;
    call.permit(Action::RegisterNotice, &found.notice.area)?;
    // Nobody writes an entry on it from here on.
    chain::hold(tx).await?;
    notice.amendable(store::fund::has_entries(tx, notice.id).await?)?;
    store::fund::amend(tx, permit, notice, version).await?;
    split::take_back(tx, permit, notice).await
}

fn line(kept: Kept) -> NoticeLine {
    let Kept { notice, area_name, arranged, projects, version, split, .. } = kept;
    let left = Delta::from_fen(notice.amount.fen() - arranged.fen());
    NoticeLine {
        notice: notice.id,
        version,
        document: notice.document,
        date: notice.date,
        source: notice.source,
        year: notice.year,
        area: notice.area.code(),
        area_name,
        amount: notice.amount,
        // Reversals follow their originals, so that less than nothing is never arranged.
        arranged: arranged.magnitude(),
        left,
        projects,
        split,
    }
}

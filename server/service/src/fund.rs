//! Fund notices (下达文件): registered once, arranged by entries.

use crate::call::Call;
use crate::failure::Outcome;
use crate::once;
use contract::fund::{NoticeLine, NoticesView, RegisterNotice};
use domain::fund::Notice;
use domain::id::NoticeId;
use domain::money::Delta;
use domain::permission::Action;
use store::fund::Kept;

const ROUTE: &str = "fund/register";
/// Notices shown at once.
const SHOWN: u32 = 500;

/// Notices of the person's area.
pub async fn notices(call: &Call, (): ()) -> Outcome<NoticesView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let rows = store::fund::list(&conn, &scope, SHOWN).await?;
    Ok(NoticesView {
        rows: rows.into_iter().map(line).collect(),
        key: call.new_id().to_string(),
        may: call.abilities(scope.area()),
    })
}

/// Registers a notice for the person's area or one below.
pub async fn register(call: &Call, command: RegisterNotice) -> Outcome<NoticesView> {
    let call = call.clone();
    call.app().clone().see_through(async move { enter(&call, command).await }).await
}

async fn enter(call: &Call, command: RegisterNotice) -> Outcome<NoticesView> {
    let tx = call.begin().await?;
    let area = match command.area {
        Some(code) => store::area::load(&tx, &call.scope(), code).await?.path,
        None => call.area(),
    };
    let permit = call.permit(Action::RegisterNotice, &area)?;
    if once::before::<NoticeId>(&tx, &permit, ROUTE, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return notices(call, ()).await;
    }
    let notice = Notice {
        id: NoticeId::new(call.new_id()),
        document: command.document,
        date: command.date,
        source: command.source,
        year: command.year,
        area,
        amount: command.amount,
    };
    notice.check()?;
    store::fund::insert(&tx, &permit, std::slice::from_ref(&notice), None).await?;
    once::settle(tx, &permit, ROUTE, &command.key, notice.id).await?;
    notices(call, ()).await
}

fn line(kept: Kept) -> NoticeLine {
    let Kept { notice, area_name, arranged, projects, version, .. } = kept;
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
    }
}

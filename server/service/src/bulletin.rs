//! 调度汇总 and 通报: begin a document on what is known now, or on what another one knew; word it, weigh it, issue it, take it
//! along. Knows no layout.

mod gather;
pub mod paper;
mod view;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::ledger::report::Made;
use crate::once;
use contract::bulletin::{
    Basis, BeginBulletin, BulletinQuery, BulletinView, BulletinsView, Change, ChangeBulletin, IssueBulletin,
};
use contract::error::FieldFault;
use domain::area::AreaPath;
use domain::bulletin::facts::Facts;
use domain::bulletin::period::Period;
use domain::id::BulletinId;
use domain::period::Month;
use domain::permission::{Action, Permit, Scope};
use paper::Paper;
use sha2::{Digest, Sha256};
use store::Tx;
use store::bulletin::{self as kept, New};

const BEGIN: &str = "bulletin/begin";
const ISSUE: &str = "bulletin/issue";
/// Documents on the page.
const SHOWN: u32 = 200;
/// Months that are offered.
const OFFERED: usize = 15;

/// Every document of the person's area, and the months and quarters that can be reported on.
pub async fn list(call: &Call, (): ()) -> Outcome<BulletinsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    may_read(call, scope.area())?;
    let heads = kept::list(&conn, &scope, SHOWN).await?;
    Ok(BulletinsView {
        bulletins: heads.iter().map(view::head).collect(),
        area: scope.area().code(),
        periods: periods(call),
        key: call.new_id().to_string(),
        may: call.abilities(scope.area()),
    })
}

/// One document as it will print, with what it stands on read again as it was known then.
pub async fn one(call: &Call, query: BulletinQuery) -> Outcome<BulletinView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let kept = kept::load(&conn, &scope, query.bulletin).await?;
    may_read(call, &kept.head.area)?;
    let again = gather::again(&conn, &own(&scope, &kept.head.area)?, &kept.facts).await?;
    let issues = kept::issues(&conn, &scope, query.bulletin).await?;
    let is_same = canonical(&again)?.1 == kept.head.sha256;
    Ok(view::whole(call, kept, issues, is_same))
}

/// Begins a document: its figures are frozen here. Like another one, it stands on what that one knew.
pub async fn begin(call: &Call, command: BeginBulletin) -> Outcome<BulletinView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let bulletin = begun(&call, command).await?;
        one(&call, BulletinQuery { bulletin }).await
    })
    .await
}

async fn begun(call: &Call, command: BeginBulletin) -> Outcome<BulletinId> {
    let tx = call.begin().await?;
    let like = match command.on {
        Basis::Now(_) => None,
        Basis::Like(like) => Some(kept::load(&tx, &call.scope(), like).await?),
    };
    let area = match (&like, command.area) {
        (Some(like), _) => like.head.area.clone(),
        (None, Some(code)) => store::area::load(&tx, &call.scope(), code).await?.path,
        (None, None) => call.area(),
    };
    let permit = call.permit(Action::IssueBulletin, &area)?;
    if let Some(done) = once::before::<BulletinId>(&tx, &permit, BEGIN, &command.key, &command).await? {
        tx.rollback().await?;
        return Ok(done);
    }
    let scope = own(&call.scope(), &area)?;
    let facts = match (command.on, like) {
        (Basis::Now(period), _) => {
            begins(call, period)?;
            let known = kept::source::hold(&tx).await?;
            gather::now(&tx, &scope, period, known, call.today()).await?
        }
        (Basis::Like(_), Some(like)) => gather::again(&tx, &scope, &like.facts).await?,
        (Basis::Like(_), None) => return Err(Failure::NotFound),
    };
    let id = keep(call, &tx, &permit, &facts).await?;
    once::settle(tx, &permit, BEGIN, &command.key, id).await
}

async fn keep(call: &Call, tx: &Tx, permit: &Permit, facts: &Facts) -> Outcome<BulletinId> {
    let (text, sha256) = canonical(facts)?;
    let new = New {
        id: BulletinId::new(call.new_id()),
        period: facts.period,
        known_at: facts.known.trail,
        ledger_at: facts.known.ledger,
        facts: text,
        sha256,
        maker: call.user()?,
    };
    kept::begin(tx, permit, &new).await?;
    Ok(new.id)
}

/// Changes what a person writes: a paragraph, the head, the weights.
pub async fn change(call: &Call, command: ChangeBulletin) -> Outcome<BulletinView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let tx = call.begin().await?;
        let kept = kept::load(&tx, &call.scope(), command.bulletin).await?;
        let permit = call.permit(Action::IssueBulletin, &kept.head.area)?;
        seen(&kept, command.version)?;
        let mut wording = kept.wording.clone();
        match command.change {
            Change::Paragraph { part, text } => wording.reword(part, text),
            Change::Head(head) => wording.head = head,
            Change::Weights(weights) => wording.weights = weights,
        }
        kept::reword(&tx, &permit, &kept, command.version, &wording, call.user()?).await?;
        tx.commit().await?;
        one(&call, BulletinQuery { bulletin: command.bulletin }).await
    })
    .await
}

/// Issues the document as it stands; the digest is of the file that goes out: of a month the workbook, of a quarter the paper.
pub async fn issue(call: &Call, command: IssueBulletin) -> Outcome<BulletinView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let query = BulletinQuery { bulletin: command.bulletin };
        issued(&call, command).await?;
        one(&call, query).await
    })
    .await
}

async fn issued(call: &Call, command: IssueBulletin) -> Outcome<()> {
    let kept = {
        let conn = call.read().await?;
        kept::load(&conn, &call.scope(), command.bulletin).await?
    };
    let permit = call.permit(Action::IssueBulletin, &kept.head.area)?;
    let file = match kept.head.period {
        Period::Month(_) => Paper::Xlsx,
        Period::Quarter(..) => Paper::Docx,
    };
    let bytes = paper::bytes(call, kept.clone(), file).await?;
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let tx = call.begin().await?;
    if once::before::<i64>(&tx, &permit, ISSUE, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return Ok(());
    }
    seen(&kept, command.version)?;
    let number = kept::issue(&tx, &permit, &kept, command.version, &sha256, call.user()?).await?;
    once::settle(tx, &permit, ISSUE, &command.key, number).await.map(drop)
}

/// What was read here is what the person saw: the store compares its version once more when it writes.
fn seen(kept: &kept::Kept, version: i64) -> Outcome<()> {
    if kept.head.version == version { Ok(()) } else { Err(Failure::Stale(Vec::new())) }
}

/// The document as a file; the trail names who took it.
pub async fn export(call: &Call, query: BulletinQuery, file: Paper) -> Outcome<Made> {
    let kept = {
        let conn = call.read().await?;
        kept::load(&conn, &call.scope(), query.bulletin).await?
    };
    let permit = call.permit(Action::ExportList, &kept.head.area)?;
    let head = kept.head.clone();
    let bytes = paper::bytes(call, kept, file).await?;
    let act = store::audit::Act {
        object: "bulletin",
        object_id: Some(head.id.to_string()),
        detail: format!("file={} period={} known_at={}", file.ending(), head.period, head.known_at),
        after: Some(hex::encode(Sha256::digest(&bytes))),
        ..store::audit::Act::default()
    };
    let tx = call.begin().await?;
    store::audit::note(&tx, &permit, act);
    tx.commit().await?;
    Ok(Made { bytes, name: paper::name(&head, file) })
}

/// Whoever sees projects and money in the area sees what is reported of them.
fn may_read(call: &Call, area: &AreaPath) -> Outcome<()> {
    call.permit(Action::ViewProjects, area)?;
    call.permit(Action::ViewMoney, area)?;
    Ok(())
}

/// The person seen only from the document's area down: it says the same to whoever may read it.
fn own(scope: &Scope, area: &AreaPath) -> Outcome<Scope> {
    scope.narrowed(area).ok_or(Failure::NotFound)
}

/// The canonical text of figures, and its digest.
fn canonical(facts: &Facts) -> Outcome<(String, String)> {
    let text = serde_json::to_string(facts)?;
    let sha256 = hex::encode(Sha256::digest(text.as_bytes()));
    Ok((text, sha256))
}

/// A period that has not come to its last month cannot be reported on.
fn begins(call: &Call, period: Period) -> Outcome<()> {
    if period.last_month().first_day() <= call.today() {
        return Ok(());
    }
    Err(Failure::field("period", FieldFault::NotAChoice))
}

/// Months that have begun and quarters whose last month has, the latest first.
fn periods(call: &Call) -> Vec<Period> {
    let months = std::iter::successors(Month::of(call.today()), |month| month.previous());
    let mut offered = Vec::new();
    for month in months.take(OFFERED) {
        if month.month().is_multiple_of(3) {
            offered.extend(Period::quarter(month.year(), month.month() / 3));
        }
        offered.push(Period::Month(month));
    }
    offered
}

//! Steps of a book: handed in by the county, accepted or given back by an area above. Every version that was handed in is kept.

use super::rows::Rows;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use contract::dispatch::{BookQuery, BookView, Decide, Submit, Verdict};
use domain::dispatch::book::{Book, Hand, Refusal};
use domain::dispatch::row::{ProjectRow, SiteRow};
use domain::id::{ProjectId, ReturnBookId, SiteId};
use domain::period::Month;
use domain::permission::Action;
use serde::Serialize;
use store::dispatch::{Of, book, version};

const SUBMIT: &str = "dispatch/submit";
const DECIDE: &str = "dispatch/decide";

/// What is kept of a book that was handed in.
#[derive(Serialize)]
struct Body<'a> {
    area: String,
    month: Month,
    projects: Vec<(ProjectId, &'a ProjectRow)>,
    sites: Vec<(SiteId, &'a SiteRow)>,
}

/// Hands a book in. All checks run on what is kept at that moment, while nobody can change the months around it.
pub async fn submit(call: &Call, command: Submit) -> Outcome<BookView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        hand_in(&call, &command).await?;
        super::one(&call, BookQuery { book: Some(command.book) }).await
    })
    .await
}

/// Accepts a book, or gives it back with the reason.
pub async fn decide(call: &Call, command: Decide) -> Outcome<BookView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        judge(&call, &command).await?;
        super::one(&call, BookQuery { book: Some(command.book) }).await
    })
    .await
}

/// Projects and communities that came since the book was opened get their rows, and keep them when the book is refused for
/// what is missing in them: the person finds them in the grid.
async fn complete(call: &Call, book: ReturnBookId) -> Outcome<()> {
    let tx = call.begin().await?;
    let kept = book::hold(&tx, &call.scope(), book).await?;
    let permit = call.permit(Action::FillReturn, kept.book.area())?;
    if kept.book.open().is_err() {
        return Ok(tx.rollback().await?);
    }
    let area = store::area::load(&tx, &call.scope(), kept.book.area().code()).await?;
    super::make(&tx, call, &permit, &area, kept.book.month()).await?;
    Ok(tx.commit().await?)
}

async fn hand_in(call: &Call, command: &Submit) -> Outcome<()> {
    complete(call, command.book).await?;
    let scope = call.scope();
    let tx = call.begin().await?;
    let kept = book::hold(&tx, &scope, command.book).await?;
    let path = kept.book.area().clone();
    let permit = call.permit(Action::FillReturn, &path)?;
    if once::before::<()>(&tx, &permit, SUBMIT, &command.key, command).await?.is_some() {
        return Ok(tx.rollback().await?);
    }
    if kept.version != command.version {
        return Err(Failure::Stale(Vec::new()));
    }
    let month = kept.book.month();
    let rows = Rows::load(&tx, Of::Book(&scope, &path), month).await?;
    let hand = Hand { by: call.user()?, at: call.now() };
    let submitted = kept.book.submit(hand, &rows.found(month))?;
    let projects = rows.projects.iter().map(|line| (line.project, &line.row)).collect();
    let sites = rows.sites.iter().map(|line| (line.site, &line.row)).collect();
    let body = body(&submitted, projects, sites)?;
    book::step(&tx, &permit, kept.id, &submitted, kept.version).await?;
    version::keep(&tx, &permit, kept.id, body).await?;
    once::settle(tx, &permit, SUBMIT, &command.key, ()).await
}

/// The rows of a book as they are kept for good.
pub(super) fn body(
    book: &Book,
    projects: Vec<(ProjectId, &ProjectRow)>,
    sites: Vec<(SiteId, &SiteRow)>,
) -> Outcome<String> {
    let body = Body { area: book.area().code().to_string(), month: book.month(), projects, sites };
    serde_json::to_string(&body).map_err(|fault| Failure::Unexpected(fault.to_string()))
}

async fn judge(call: &Call, command: &Decide) -> Outcome<()> {
    let scope = call.scope();
    let tx = call.begin().await?;
    let kept = book::hold(&tx, &scope, command.book).await?;
    let permit = call.permit(Action::AcceptReturn, kept.book.area())?;
    if once::before::<()>(&tx, &permit, DECIDE, &command.key, command).await?.is_some() {
        return Ok(tx.rollback().await?);
    }
    if kept.version != command.version {
        return Err(Failure::Stale(Vec::new()));
    }
    let hand = Hand { by: call.user()?, at: call.now() };
    let later = book::later(&tx, &kept.book).await?;
    let own = call.area();
    let decided = match &command.verdict {
        Verdict::Accept => {
            let has_filled = book::has_filled(&tx, &scope, &kept.book, hand.by).await?;
            let accepted = kept.book.accept(hand, &own)?;
            if has_filled {
                return Err(Refusal::OwnRows.into());
            }
            accepted
        }
        Verdict::GiveBack { reason } => kept.book.give_back(hand, &own, later, reason.clone())?,
    };
    book::step(&tx, &permit, kept.id, &decided, kept.version).await?;
    once::settle(tx, &permit, DECIDE, &command.key, ()).await
}

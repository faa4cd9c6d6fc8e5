//! 问题清单、整改清单、责任清单: what stands on each, for paper and for files. A file stands in the trail. Knows no form.

use super::{Names, editions, filter};
use crate::call::Call;
use crate::failure::Outcome;
use crate::trail::taken;
use crate::whole::Whole;
use contract::export::PRINTED_MOST;
use contract::review::{FindingQuery, PaperLine, PaperQuery, PaperView};
use domain::permission::Action;
use store::Conn;
use store::page::MOST_ROWS;
use store::review::Kept;
use store::review::desk::{Filter, page};

/// One of the lists for paper: a page, so only its reading is asked for.
pub async fn printed(call: &Call, query: PaperQuery) -> Outcome<PaperView> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, call.scope().area())?;
    paper(&conn, call, &query).await
}

/// The same as it goes out as a file.
pub async fn export(call: &Call, query: PaperQuery) -> Outcome<PaperView> {
    let permit = call.permit(Action::ExportList, call.scope().area())?;
    call.permit(Action::ViewMoney, call.scope().area())?;
    let view = paper(&*call.read().await?, call, &query).await?;
    let detail = format!("list={} rows={}", query.paper.code(), view.lines.len());
    taken(call, &permit, "finding", detail).await?;
    Ok(view)
}

async fn paper(conn: &Conn, call: &Call, query: &PaperQuery) -> Outcome<PaperView> {
    let asked = Filter {
        states: query.paper.states().to_vec(),
        overdue_on: None,
        ..filter(conn, call, &FindingQuery { page: None, ..query.filter.clone() }).await?
    };
    let kept = all(conn, call, &asked).await?;
    let names = Names::of(conn, call, &kept).await?;
    let editions = editions(store::review::editions(conn).await?, call)?;
    let place = asked.area.clone().unwrap_or_else(|| call.area());
    let lines = kept.into_iter().map(|kept| PaperLine {
        basis: editions.get(kept.finding.edition).map(|edition| edition.basis.clone()).unwrap_or_default(),
        finding: names.line(call, kept),
    });
    Ok(PaperView {
        paper: query.paper,
        area_name: store::area::load(conn, &call.scope(), place.code()).await?.name,
        lines: lines.collect(),
        today: call.today(),
    })
}

/// Every finding of the filter; more than fit on paper are refused, never cut.
async fn all(conn: &Conn, call: &Call, asked: &Filter) -> Outcome<Vec<Kept>> {
    let scope = call.scope();
    let mut all = Whole::of_at_most(PRINTED_MOST);
    while all.add(page(conn, &scope, asked, all.after(), MOST_ROWS).await?)? {}
    Ok(all.rows)
}

//! All communities of a filter with their standing, for paper and for a workbook. Knows no SQL and no words.

use super::rows::{Rows, in_memory, ordered};
use super::{filter_of, names, totals_view};
use crate::call::Call;
use crate::failure::Outcome;
use crate::trail::taken;
use contract::site::standing::SiteTableView;
use contract::site::{SiteListQuery, SiteSort};
use domain::permission::Action;
use store::site::page::{by_ids, totals};

/// Every line of the filter; by need, unless by money per head.
pub async fn table(call: &Call, query: SiteListQuery) -> Outcome<SiteTableView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewSites, scope.area())?;
    let rows = Rows::load(&conn, call).await?;
    let filter = filter_of(&conn, call, &query, rows.sizes).await?;
    let query =
        if in_memory(&query) { query } else { SiteListQuery { sort: SiteSort::Need, down: false, ..query } };
    let sites = ordered(&conn, call, &query, &filter, &rows.standings).await?;
    let lines = by_ids(&conn, &scope, &sites).await?;
    let names = names(&conn, call, lines.iter().map(|line| line.site.facts.area)).await?;
    Ok(SiteTableView {
        area_name: store::area::load(&conn, &scope, scope.area().code()).await?.name,
        rows: lines.into_iter().map(|line| rows.row(line, &names)).collect::<Outcome<_>>()?,
        totals: totals_view(&totals(&conn, &scope, &filter).await?),
        medians: rows.standings.medians,
        today: call.today(),
        may: call.abilities(scope.area()),
    })
}

/// The same as it goes out as a file.
pub async fn export(call: &Call, query: SiteListQuery) -> Outcome<SiteTableView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let view = table(call, query).await?;
    taken(call, &permit, "site", format!("what=standing rows={}", view.rows.len())).await?;
    Ok(view)
}

//! A list on paper: every row of the filter with the columns this person has chosen. It is a page, so only
//! its reading is asked for; what leaves as a file stands in the trail.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::{plan_year, query, row, settings, total};
use contract::error::Refusal;
use contract::export::{PRINTED_MOST, PrintView};
use contract::list::ListQuery;
use domain::id::ProjectId;
use domain::permission::Action;
use store::project::page::{Sort, ids};
use store::project::totals::totals;

/// Reads the list for printing.
pub async fn printed(call: &Call, query: ListQuery) -> Outcome<PrintView> {
    let year = plan_year(call)?;
    let conn = call.read().await?;
    let areas = store::area::all(&conn, &call.scope()).await?;
    let filter = query::filter(call, &query, &areas)?;
    let place = filter.area.clone().unwrap_or_else(|| call.area());
    call.permit(Action::ExportList, &place)?;
    let sums = totals(&conn, &call.scope(), &filter).await?;
    if sums.projects > PRINTED_MOST {
        return Err(Failure::Refused(Refusal::TooManyRows { rows: sums.projects, most: PRINTED_MOST }));
    }
    let sort = query.sort.map(|sort| Sort { field: sort.field, descending: sort.down });
    let (ids, _): (Vec<ProjectId>, _) = ids(&conn, &call.scope(), &filter, sort, None, sums.projects).await?;
    let projects = store::project::load_many(&conn, &call.scope(), &ids, year).await?;
    let columns = settings(call, &conn).await?.shown();
    let names = row::names(&areas);
    Ok(PrintView {
        plan_year: year,
        list: query.list,
        area_name: names.get(&place.code()).cloned().unwrap_or_default(),
        totals: total::view(&sums),
        rows: row::views(call, &conn, &names, projects, &columns).await?,
        columns,
        today: call.today(),
    })
}

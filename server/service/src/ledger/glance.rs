//! The ledger at a glance, for the workbench: what waits for whom, sums of a budget year, pairs out of order. All of it from
//! what is kept, as the pages behind it count. Shows nothing.

use super::{by_source, sum};
use crate::call::Call;
use crate::failure::Outcome;
use contract::ledger::Sums;
use domain::period::FiscalYear;
use store::Conn;
use store::ledger::entry::Filter;
use store::ledger::{Maker, batch, position, request};

/// Requests, batches and splits of the person's area that wait for a second person.
pub(crate) async fn waiting(conn: &Conn, call: &Call, maker: Maker) -> Outcome<u64> {
    let scope = call.scope();
    Ok(request::waiting(conn, &scope, maker).await?
        + batch::waiting(conn, &scope, maker).await?
        + store::fund::split::waiting_count(conn, &scope, maker).await?)
}

/// Requests of the person's area that came back to their makers.
pub(crate) async fn returned(conn: &Conn, call: &Call, maker: Maker) -> Outcome<u64> {
    Ok(request::returned(conn, &call.scope(), maker).await?)
}

/// What stands above the entries of a budget year.
pub(crate) async fn of_year(conn: &Conn, call: &Call, year: FiscalYear) -> Outcome<Sums> {
    let filter = Filter { year: Some(year), ..Filter::default() };
    Ok(sum(by_source(conn, call, &filter).await?.into_iter().map(|(_, sums)| sums)))
}

/// 资金倒挂: pairs of project and source.
pub(crate) async fn inverted(conn: &Conn, call: &Call) -> Outcome<u64> {
    Ok(position::count_out_of_order(conn, &call.scope(), &Filter::default()).await?)
}

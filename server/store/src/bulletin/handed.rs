//! What counties handed in, read from the versions that were kept then, whatever was given back and filled anew since.

use crate::fault::Fault;
use crate::ledger::CHUNK;
use crate::scope;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::area::AreaCode;
use domain::bulletin::facts::{Book, Reported};
use domain::dispatch::row::SiteRow;
use domain::id::{ProjectId, ReturnBookId, SiteId};
use domain::money::Money;
use domain::period::Month;
use domain::permission::Scope;
use serde::Deserialize;
use std::collections::BTreeMap;

const TABLE: &str = "return_version";

/// The rows of a book as they were handed in; what is not asked here is passed over.
#[derive(Deserialize)]
struct Body {
    projects: Vec<(ProjectId, Row)>,
    /// read where it is asked for
    #[serde(default)]
    sites: serde_json::Value,
}

/// What was handed in, the older first.
#[derive(Default)]
pub struct Handed {
    pub projects: Vec<(ProjectId, Reported)>,
    /// of communities that gave people able to work and at work, with the area of the book
    pub communities: Vec<(SiteId, AreaCode, Month, SiteRow)>,
}

/// The figures of a project. A row without any was never filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Row {
    is_started: Option<bool>,
    progress: Option<String>,
    invested: Option<Money>,
    jobs_present: Option<i64>,
    jobs_present_rural: Option<i64>,
    jobs_present_relocated: Option<i64>,
    jobs_cumulative: Option<i64>,
    jobs_cumulative_rural: Option<i64>,
    jobs_cumulative_relocated: Option<i64>,
    pay: Option<Money>,
    reason_not_started: Option<String>,
    reason_fallen: Option<String>,
}

/// Columns of `project_return` of which one is filled in where somebody reported something.
pub(super) const FILLED: &str = "(r.is_started IS NOT NULL OR r.progress IS NOT NULL OR r.invested_cumulative_fen IS NOT NULL OR r.jobs_present IS NOT NULL OR r.jobs_present_rural IS NOT NULL OR r.jobs_present_relocated IS NOT NULL OR r.jobs_cumulative IS NOT NULL OR r.jobs_cumulative_rural IS NOT NULL OR r.jobs_cumulative_relocated IS NOT NULL OR r.pay_cumulative_fen IS NOT NULL OR r.reason_not_started IS NOT NULL OR r.reason_fallen IS NOT NULL)";

/// What these versions of books say, in the order of the books; of communities only when asked.
pub async fn reports(
    conn: &Conn,
    scope: &Scope,
    books: &[Book],
    with_communities: bool,
) -> Result<Handed, Fault> {
    let mut bodies: BTreeMap<(ReturnBookId, i64), Body> = BTreeMap::new();
    for chunk in books.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT v.book_id, v.number, v.body FROM return_version v JOIN return_book b ON b.id = v.book_id WHERE ",
        );
        scope::under(&mut sql, "b.area_path", scope.area());
        sql.push(" AND v.book_id IN ").list(chunk.iter().map(|book| book.book.to_string()));
        for row in conn.all(sql).await? {
            let id = row.text("book_id")?;
            let corrupt = || Fault::Corrupt { table: TABLE, id: id.clone() };
            let book: ReturnBookId = id.parse().map_err(|_| corrupt())?;
            let body = serde_json::from_str(&row.text("body")?).map_err(|_| corrupt())?;
            bodies.insert((book, row.int("number")?), body);
        }
    }
    let mut all = Handed::default();
    for book in books {
        let body = bodies.remove(&(book.book, book.number)).ok_or(Fault::Missing { table: TABLE })?;
        let filled = body.projects.into_iter().filter(|(_, row)| *row != Row::default());
        all.projects.extend(filled.map(|(project, row)| (project, reported(book, row))));
        if !with_communities || body.sites.is_null() {
            continue;
        }
        let corrupt = |_| Fault::Corrupt { table: TABLE, id: book.book.to_string() };
        let sites: Vec<(SiteId, SiteRow)> = serde_json::from_value(body.sites).map_err(corrupt)?;
        let told = sites.into_iter().filter(|(_, row)| row.labour.is_some() && row.employed.is_some());
        all.communities.extend(told.map(|(site, row)| (site, book.area, book.month, row)));
    }
    Ok(all)
}

fn reported(book: &Book, row: Row) -> Reported {
    Reported {
        month: book.month,
        is_started: row.is_started,
        invested: row.invested,
        present: row.jobs_present,
        progress: row.progress,
        reason_not_started: row.reason_not_started,
    }
}

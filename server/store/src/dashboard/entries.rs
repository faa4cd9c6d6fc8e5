//! Money of projects of one category, from entries: the kept totals know no category, since a project may get another one while
//! its entries stay. One walk over an index that has every column it asks for.

use super::{Flow, net};
use crate::fault::Fault;
use crate::ledger::figures::FIGURES;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaPath;
use domain::ledger::Stage;
use domain::period::{FiscalYear, Month};
use domain::permission::Scope;
use domain::project::Category;
use domain::source::Source;

const TABLE: &str = "ledger_entry";

/// What has reached each stage net of what was taken back from there or later, as `Sums::net` reckons.
fn nets() -> String {
    let net = |at: usize| {
        let codes = |word: &str| {
            let all: Vec<String> =
                Stage::ALL[at..].iter().map(|later| format!("'{word}:{}'", later.code())).collect();
            all.join(", ")
        };
        let (entered, stage) = (FIGURES[at].1, Stage::ALL[at].code());
        format!(
            "CAST(COALESCE(SUM(CASE WHEN e.movement IN ('{entered}', {}) THEN e.fen WHEN e.movement IN ({}, {}) THEN -e.fen \
             ELSE 0 END), 0) AS BIGINT) AS {stage}",
            codes("transfer_in"),
            codes("transfer_out"),
            codes("recover")
        )
    };
    (0..Stage::ALL.len()).map(net).collect::<Vec<_>>().join(", ")
}

/// By the area that entries were written for, source and month of the books, up to the end of a month; of projects that have
/// the category now.
pub async fn flows(
    conn: &Conn,
    scope: &Scope,
    year: FiscalYear,
    through: Month,
    source: Option<Source>,
    category: Category,
) -> Result<Vec<(AreaPath, Flow)>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT e.area_path AS path, e.source AS source, e.month AS month, {} \
         FROM project p JOIN ledger_entry e ON e.project_id = p.id WHERE ",
        nets()
    ));
    sql.bind("p.category = ?", category.code().to_owned());
    sql.bind(" AND e.budget_year = ?", i64::from(year.get()));
    sql.bind(" AND e.month <= ? AND ", through.to_string());
    scope::under(&mut sql, "e.area_path", scope.area());
    if let Some(source) = source {
        sql.bind(" AND e.source = ?", source.code().to_owned());
    }
    sql.push(" GROUP BY e.area_path, e.source, e.month");
    let one = |row: &Row| {
        let flow = Flow {
            source: row.parsed(TABLE, "source", Source::from_code)?,
            month: row.parsed(TABLE, "month", |text| Month::parse(text).ok())?,
            net: net(row)?,
        };
        Ok((row.parsed(TABLE, "path", AreaPath::new)?, flow))
    };
    conn.all(sql).await?.iter().map(one).collect()
}

//! Few or many? Before a list is walked in its order, an index is asked whether few projects can match at all; then only
//! those are looked at. Many matches need no index: the first page of them is found after a few rows.
//!
//! SQLite only, where one core does all the work; PostgreSQL walks its rows.

use super::filter::Filter;
use crate::fault::Fault;
use crate::search;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::project::Field;

/// Up to this many matches count as few.
const FEW: usize = 1000;

/// The same filter, with the internal numbers of all that can match when those are few.
pub(crate) async fn narrowed(conn: &Conn, filter: &Filter) -> Result<Filter, Fault> {
    let mut filter = filter.clone();
    if conn.is_postgres() || filter.among.is_some() {
        return Ok(filter);
    }
    let mut asked = Vec::new();
    asked.extend(filter.text.as_deref().and_then(search::wanted).map(by_text));
    asked.extend(by_total(&filter));
    for sql in asked {
        let rows = conn.all(sql).await?;
        if rows.len() <= FEW {
            let numbers: Vec<i64> = rows.iter().map(|row| row.int("number")).collect::<Result<_, _>>()?;
            filter.among = Some(numbers);
            break;
        }
    }
    Ok(filter)
}

fn by_text(wanted: String) -> Sql {
    let most = i64::try_from(FEW + 1).unwrap_or(i64::MAX);
    Sql::new("SELECT rowid AS number FROM project_search WHERE project_search MATCH ? LIMIT ?")
        .with(wanted)
        .with(most)
}

/// Total investment has an index of its own.
fn by_total(filter: &Filter) -> Option<Sql> {
    let range = filter.ranges.iter().find(|range| range.field == Field::Total)?;
    let mut sql = Sql::new("SELECT number FROM project WHERE total_fen IS NOT NULL");
    for (bound, sign) in [(&range.least, ">="), (&range.most, "<=")] {
        if let Some(value) = bound {
            let fen = super::row::stored(Field::Total, Some(value.clone()));
            sql.bind(&format!(" AND total_fen {sign} ?"), fen);
        }
    }
    sql.bind(" LIMIT ?", i64::try_from(FEW + 1).unwrap_or(i64::MAX));
    Some(sql)
}

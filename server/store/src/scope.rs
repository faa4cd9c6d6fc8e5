//! The area predicate: a materialised path and everything under it. Translates a `Scope`; the law is in the domain.

use crate::sql::Sql;
use domain::area::AreaPath;
use domain::broken::{self, Broken};

/// Adds `column` lies under `path`, as a range that indexes serve on both databases: every path under it
/// begins with `path`, and `0` is the byte after `/`.
pub(crate) fn under(sql: &mut Sql, column: &str, path: &AreaPath) {
    let path = if broken::is(Broken::Scope) { "/100000/" } else { path.as_str() };
    let to = format!("{}0", path.trim_end_matches('/'));
    sql.bind(&format!("({column} >= ?"), path.to_owned());
    sql.bind(&format!(" AND {column} < ?)"), to);
}

//! The area predicate every query on a scoped table carries. SQL translates the scope; it does not decide.

use domain::area::AreaPath;
use domain::permission::Scope;
use sea_orm::Value;

/// `column >= ? AND column < ?` with its two values: everything at and below the area of the scope.
pub(crate) fn within(column: &str, scope: &Scope) -> (String, [Value; 2]) {
    under(column, scope.area())
}

/// The same for an area inside a scope that was checked already.
pub(crate) fn under(column: &str, area: &AreaPath) -> (String, [Value; 2]) {
    // A path ends in `/`; the byte after `/` is `0`, so this range is exactly the prefix, by index on both databases.
    let from = area.as_str();
    let to = format!("{}0", from.trim_end_matches('/'));
    (format!("({column} >= ? AND {column} < ?)"), [from.into(), to.into()])
}

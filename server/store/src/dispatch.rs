//! Monthly returns: books, their rows, and every version that was handed in. Knows no check.

pub mod book;
pub mod project;
pub mod site;
pub mod staged;
pub mod version;

use crate::sql::Sql;
use domain::area::AreaPath;
use domain::permission::{Permit, Scope};

/// Books whose figures count for everybody.
const COUNTS: &str = "b.state IN ('submitted', 'accepted')";

/// Which rows: all of a scope, or those of one book's area.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    Scope(&'a Scope),
    Book(&'a Scope, &'a AreaPath),
}

impl Of<'_> {
    /// Adds the condition on a row's own columns.
    fn condition(self, sql: &mut Sql, alias: &str) {
        match self {
            Of::Scope(scope) => crate::scope::under(sql, &format!("{alias}.area_path"), scope.area()),
            Of::Book(scope, area) => {
                crate::scope::under(sql, &format!("{alias}.area_path"), scope.area());
                sql.bind(&format!(" AND {alias}.area_code = ?"), area.code().to_string());
            }
        }
    }
}

fn by(permit: &Permit) -> Option<String> {
    permit.actor().user().map(|user| user.to_string())
}

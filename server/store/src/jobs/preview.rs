//! Estimates as kept beside those by other coefficients, project after project. Keeps nothing and adds nothing up.

use super::estimate::{KeptLine, lines, of_many, subjects};
use crate::fault::Fault;
use crate::tx::Conn;
use domain::id::ProjectId;
use domain::jobs::coefficient::Coefficients;
use domain::permission::Scope;
use domain::project::Category;

/// One project with its lines as they are and as they would be.
#[derive(Clone, Debug)]
pub struct Both {
    pub category: Option<Category>,
    pub before: Vec<KeptLine>,
    pub after: Vec<KeptLine>,
}

/// Tells `each` of every project of the scope.
pub async fn compared(
    conn: &Conn,
    scope: &Scope,
    coefficients: &Coefficients,
    mut each: impl FnMut(&Both),
) -> Result<(), Fault> {
    let mut last = String::new();
    loop {
        let found = subjects(conn, &last).await?;
        let Some(end) = found.last() else { return Ok(()) };
        last = end.project.to_string();
        let seen: Vec<_> = found.into_iter().filter(|one| scope.area().contains(&one.path)).collect();
        let ids: Vec<ProjectId> = seen.iter().map(|subject| subject.project).collect();
        let mut kept = of_many(conn, &ids).await?;
        for subject in seen {
            let before = kept.remove(&subject.project).unwrap_or_default();
            let before = before.into_iter().map(|one| one.line).collect();
            each(&Both { category: subject.basis.category, before, after: lines(&subject, coefficients) });
        }
    }
}

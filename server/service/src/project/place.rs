//! Where a project stands: its list, since when, from where and why, and its neighbours there. Writes nothing.

use crate::call::Call;
use crate::failure::Outcome;
use crate::list::row::instant;
use chrono::NaiveDateTime;
use contract::project::Listed;
use domain::id::ProjectId;
use domain::period::{FiscalYear, business_date};
use domain::project::{Field, Value};
use store::Conn;
use store::page::{Cursor, Key};
use store::project::Project;
use store::project::filter::{Filter, Standing};
use store::project::page::{Start, window};

/// Its place on the list of the plan year.
pub(super) async fn listed(
    conn: &Conn,
    call: &Call,
    project: &Project,
    year: FiscalYear,
) -> Outcome<Option<Listed>> {
    let standing = store::list::standing(conn, &call.scope(), project.id, year).await?;
    let (Some(horizon), Some((since, reason))) = (project.facts.horizon, standing) else { return Ok(None) };
    let before = store::history::last_of(conn, &call.scope(), project.id, Field::Horizon).await?;
    let from = before.and_then(|change| match change.old {
        Some(Value::Horizon(horizon)) => Some(horizon),
        Some(_) | None => None,
    });
    let since = business_date(instant(since)?.and_utc());
    Ok(Some(Listed { horizon, since, from: from.filter(|from| *from != horizon), reason }))
}

/// The next or the previous project of its list, in the list's own order.
pub(super) async fn beside(
    conn: &Conn,
    call: &Call,
    project: &Project,
    year: FiscalYear,
    after: bool,
) -> Outcome<Option<ProjectId>> {
    let standing = project.facts.horizon.map_or(Standing::Everywhere, Standing::List);
    let cursor = Cursor(vec![Key::Text(project.area_path.as_str().to_owned()), Key::Int(project.number)]);
    let start = if after { Start::After(&cursor) } else { Start::Before(&cursor) };
    let found = window(conn, &call.scope(), &Filter::new(year, standing), None, start, 1).await?;
    Ok(found.rows.first().map(|project| project.id))
}

/// When it was changed last, and by whom.
pub(super) async fn updated(conn: &Conn, project: &Project) -> Outcome<(NaiveDateTime, String)> {
    let by = match project.updated_by {
        Some(user) => store::account::own(conn, user).await?.0.name,
        None => String::new(),
    };
    Ok((instant(project.updated_at)?, by))
}

//! The list behind the figures of estimates and returns. Knows no SQL and no layout.

use super::{look, note_taken, whole_of};
use crate::call::Call;
use crate::failure::Outcome;
use contract::dashboard::works::{WorksLine, WorksQuery, WorksView};
use domain::area::AreaCode;
use domain::permission::Action;
use std::collections::BTreeMap;
use store::dashboard::works as kept;

/// Projects on one page.
const PAGE: u64 = 100;
/// Projects in one file, more than any province has.
const FILE: u64 = 100_000;

/// One page of it.
pub async fn page(call: &Call, query: WorksQuery) -> Outcome<WorksView> {
    rows(call, query, PAGE).await
}

/// All of it as it goes out as a file.
pub async fn export(call: &Call, query: WorksQuery) -> Outcome<WorksView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let view = rows(call, WorksQuery { after: None, ..query }, FILE).await?;
    note_taken(call, &permit, "works", &view.whole).await?;
    Ok(view)
}

async fn rows(call: &Call, query: WorksQuery, most: u64) -> Outcome<WorksView> {
    let conn = call.read().await?;
    let look = look(call, &conn, &query.filter).await?;
    let whole = whole_of(call, &conn, &look).await?;
    let place = (query.after.unwrap_or(i64::MIN), most + 1);
    let mut found = kept::lines(&conn, &look.scope, look.as_of, look.among(), place).await?;
    let is_more = found.len() as u64 > most;
    found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let codes: Vec<AreaCode> = found.iter().map(|line| line.area).collect();
    let areas = store::area::by_codes(&conn, &call.scope(), &codes).await?;
    let names: BTreeMap<AreaCode, String> = areas.into_iter().map(|area| (area.code, area.name)).collect();
    let line = |line: kept::Line| WorksLine {
        project: line.project,
        number: line.number,
        name: line.name,
        area_name: names.get(&line.area).cloned().unwrap_or_default(),
        planned: line.planned,
        estimate: line.estimate,
        month: line.month,
        started: line.started,
        invested: line.invested,
        present: line.present,
        relocated: line.relocated,
    };
    let next = found.last().map(|line| line.number).filter(|_| is_more);
    Ok(WorksView { whole, lines: found.into_iter().map(line).collect(), next })
}

//! A table of areas on its way in: kept aside, compared with the tree, taken over in one transaction.
//!
//! Areas that the table does not name stay as they are; an area never moves and never loses its code, because projects,
//! communities and people lie in it. A merged county is ended here and its successor is another line.

use super::short_form;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::table;
use chrono::NaiveDate;
use contract::area::{
    AreaEffect, AreaFault, AreaImportLine, AreaImportView, AreasCommitted, CommitAreas, Staged, StagedQuery,
};
use contract::error::Refusal;
use domain::area::{AreaCode, AreaPath, Level};
use domain::permission::{Action, Actor, scope};
use sheet::plain::PlainRow;
use std::collections::BTreeMap;
use store::Conn;
use store::area::Area;
use store::idempotency::{Claim, claim, keep};
use store::staged::{self, Kind, Table};

const ROUTE: &str = "area/commit";
/// Lines shown before the commit.
const SHOWN: usize = 500;

/// Reads the file and keeps it aside for the person who sent it.
pub async fn stage(call: &Call, name: String, bytes: Vec<u8>) -> Outcome<Staged> {
    let permit = call.permit(Action::EditAreas, &call.area())?;
    let rows = table::read(call.app(), &name, bytes).await?;
    let body = serde_json::to_string(&rows).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    let id = call.new_id();
    let tx = call.begin().await?;
    staged::keep(&tx, &permit, id, Kind::Areas, &Table { name, body }).await?;
    tx.commit().await?;
    Ok(Staged { batch: id.to_string() })
}

/// What the table would do, `None` while none is named. Changes nothing.
pub async fn preview(call: &Call, query: StagedQuery) -> Outcome<Option<AreaImportView>> {
    call.permit(Action::EditAreas, &call.area())?;
    if query.batch.is_empty() {
        return Ok(None);
    }
    let conn = call.read().await?;
    let (table, judged) = judge(&conn, call, &query.batch).await?;
    let count = |effect: Option<AreaEffect>| {
        let number = judged.iter().filter(|one| one.line.outcome.ok() == effect).count();
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    let mut view = AreaImportView {
        batch: query.batch,
        file: table.name,
        new: count(Some(AreaEffect::New)),
        changed: count(Some(AreaEffect::Changed)),
        ended: count(Some(AreaEffect::Ended)),
        same: count(Some(AreaEffect::Same)),
        wrong: count(None),
        lines: Vec::new(),
        key: call.new_id().to_string(),
    };
    view.lines =
        judged.into_iter().map(|one| one.line).filter(|line| line.outcome != Ok(AreaEffect::Same)).collect();
    view.lines.sort_by_key(|line| (line.outcome.is_ok(), line.line));
    view.lines.truncate(SHOWN);
    Ok(Some(view))
}

/// Takes the table over as a whole; a table with a wrong line is not taken over at all.
pub async fn commit(call: &Call, command: CommitAreas) -> Outcome<AreasCommitted> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_over(&call, command).await }).await
}

async fn take_over(call: &Call, command: CommitAreas) -> Outcome<AreasCommitted> {
    let permit = call.permit(Action::EditAreas, &call.area())?;
    let tx = call.begin().await?;
    if let Claim::Done { answer } = claim(&tx, &permit, ROUTE, &command.key, command.batch.as_bytes()).await?
    {
        return serde_json::from_str(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()));
    }
    let (_, judged) = judge(&tx, call, &command.batch).await?;
    let wrong = judged.iter().filter(|one| one.line.outcome.is_err()).count();
    if wrong > 0 {
        let rows = u32::try_from(wrong).unwrap_or(u32::MAX);
        return Err(Failure::Refused(Refusal::ErrorsLeft { rows }));
    }
    let mut areas: Vec<Area> = judged
        .into_iter()
        .filter(|one| one.line.outcome != Ok(AreaEffect::Same))
        .filter_map(|one| one.area)
        .collect();
    areas.sort_by(|one, two| one.path.cmp(&two.path));
    let changed = store::area::save(&tx, &permit, &areas).await?;
    let done = AreasCommitted { changed };
    let answer = serde_json::to_string(&done).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    keep(&tx, &permit, ROUTE, &command.key, &answer).await?;
    tx.commit().await?;
    Ok(done)
}

/// A line with the area that it would leave behind; `None` where it cannot be read.
struct Judged {
    line: AreaImportLine,
    area: Option<Area>,
}

/// A line as read, before it is compared.
struct Read {
    code: AreaCode,
    name: String,
    level: Level,
    parent: AreaCode,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

async fn judge(conn: &Conn, call: &Call, batch: &str) -> Outcome<(Table, Vec<Judged>)> {
    let table = staged::load(conn, call.actor(), batch, Kind::Areas).await?;
    let rows: Vec<PlainRow> =
        serde_json::from_str(&table.body).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    // The whole tree: a code that exists outside the person's area must not be taken for a new one.
    let kept = store::area::all(conn, &scope(&Actor::System)).await?;
    let kept: BTreeMap<AreaCode, Area> = kept.into_iter().map(|area| (area.code, area)).collect();
    let is_head = |row: &PlainRow| row.cells.first().is_some_and(|cell| AreaCode::new(cell).is_none());
    let rows = if rows.first().is_some_and(is_head) { &rows[1..] } else { &rows[..] };
    let read: Vec<Result<Read, AreaFault>> = rows.iter().map(read).collect();
    let parents: BTreeMap<AreaCode, (AreaCode, Level)> =
        read.iter().flatten().map(|line| (line.code, (line.parent, line.level))).collect();
    let mut seen = BTreeMap::new();
    for line in read.iter().flatten() {
        *seen.entry(line.code).or_insert(0) += 1;
    }
    let own = call.area();
    let judged = rows.iter().zip(read).map(|(row, read)| {
        let outcome = read.and_then(|line| {
            if seen.get(&line.code) != Some(&1) {
                return Err(AreaFault::Twice);
            }
            let path = path_of(&line, &parents, &kept)?;
            compare(line, path, &kept, &own)
        });
        described(row, outcome, &kept)
    });
    Ok((table, judged.collect()))
}

fn described(
    row: &PlainRow,
    outcome: Result<(AreaEffect, Area), AreaFault>,
    kept: &BTreeMap<AreaCode, Area>,
) -> Judged {
    let cell = |at: usize| row.cells.get(at).cloned().unwrap_or_default();
    let area = outcome.as_ref().ok().map(|(_, area)| area.clone());
    let old_name = area
        .as_ref()
        .and_then(|area| kept.get(&area.code).filter(|old| old.name != area.name))
        .map(|old| old.name.clone());
    Judged {
        line: AreaImportLine {
            line: row.row,
            code: cell(0),
            name: cell(1),
            old_name,
            valid_from: area.as_ref().and_then(|area| area.valid_from),
            valid_to: area.as_ref().and_then(|area| area.valid_to),
            outcome: outcome.map(|(effect, _)| effect),
        },
        area,
    }
}

/// `code,name,level,parent[,valid_from,valid_to]`; a province's parent may be left blank.
fn read(row: &PlainRow) -> Result<Read, AreaFault> {
    let cell = |at: usize| row.cells.get(at).map(String::as_str).unwrap_or_default();
    if row.cells.len() < 3 || row.cells.len() > 6 {
        return Err(AreaFault::Columns);
    }
    let code = AreaCode::new(cell(0)).ok_or(AreaFault::Code)?;
    let level = Level::from_code(cell(2)).ok_or(AreaFault::Level)?;
    let parent = match cell(3) {
        "" => AreaCode::ROOT,
        parent => AreaCode::new(parent).ok_or(AreaFault::Parent)?,
    };
    if cell(1).is_empty() || cell(1).chars().count() > 60 {
        return Err(AreaFault::Name);
    }
    let date = |text: &str| match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| AreaFault::Date),
    };
    let (valid_from, valid_to) = (date(cell(4))?, date(cell(5))?);
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        return Err(AreaFault::Order);
    }
    Ok(Read { code, name: cell(1).to_owned(), level, parent, valid_from, valid_to })
}

/// Where the line lies: under a parent that is kept or stands in the table, and a higher level than it.
fn path_of(
    line: &Read,
    parents: &BTreeMap<AreaCode, (AreaCode, Level)>,
    kept: &BTreeMap<AreaCode, Area>,
) -> Result<AreaPath, AreaFault> {
    if line.code == AreaCode::ROOT {
        return if line.level == Level::Nation { Ok(AreaPath::root()) } else { Err(AreaFault::Level) };
    }
    let (mut below, mut codes, mut at) = (line.level, vec![line.code], line.parent);
    loop {
        let (level, next) = match (kept.get(&at), parents.get(&at)) {
            (Some(area), _) => (area.level, None),
            (None, Some((parent, level))) => (*level, Some(*parent)),
            (None, None) => return Err(AreaFault::Parent),
        };
        // A circle has no level above all others, so it ends here too.
        if level >= below {
            return Err(AreaFault::Level);
        }
        below = level;
        match (kept.get(&at), next) {
            (Some(area), _) => {
                return Ok(codes.into_iter().rev().fold(area.path.clone(), |path, code| path.child(code)));
            }
            (None, Some(parent)) => {
                codes.push(at);
                at = parent;
            }
            (None, None) => return Err(AreaFault::Parent),
        }
    }
}

fn compare(
    line: Read,
    path: AreaPath,
    kept: &BTreeMap<AreaCode, Area>,
    own: &AreaPath,
) -> Result<(AreaEffect, Area), AreaFault> {
    if !own.contains(&path) {
        return Err(AreaFault::NotYours);
    }
    let codes = path.codes();
    let old = kept.get(&line.code);
    let area = Area {
        code: line.code,
        short: short_form(&line.name),
        name: line.name,
        level: line.level,
        parent: codes.len().checked_sub(2).map(|at| codes[at]),
        path,
        // A table without dates says nothing about them.
        valid_from: line.valid_from.or(old.and_then(|old| old.valid_from)),
        valid_to: line.valid_to.or(old.and_then(|old| old.valid_to)),
        version: 1,
    };
    let effect = match old {
        None => AreaEffect::New,
        Some(old) if old.path != area.path || old.level != area.level => return Err(AreaFault::Moved),
        Some(old) if old.valid_to.is_none() && area.valid_to.is_some() => AreaEffect::Ended,
        Some(old) if old.name != area.name || dates(old) != dates(&area) => AreaEffect::Changed,
        Some(_) => AreaEffect::Same,
    };
    Ok((effect, area))
}

const fn dates(area: &Area) -> (Option<NaiveDate>, Option<NaiveDate>) {
    (area.valid_from, area.valid_to)
}

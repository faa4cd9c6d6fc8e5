//! The tree as people look at it and administrators keep it: a level, one area, its spellings, areas added.

use super::short_form;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::area::{
    AddArea, Alias, AreaHit, AreaLine, AreaListQuery, AreaListView, AreaQuery, AreaSearch, AreaView,
    SaveArea, SavedArea,
};
use contract::error::{FieldFault, StaleField};
use domain::area::{AreaCode, AreaPath};
use domain::permission::{Action, Actor, scope};
use std::collections::BTreeMap;
use store::Conn;
use store::area::Area;
use store::area::tree::{aliases, children_of, forget, holdings, insert};

/// Areas offered while somebody types.
const HITS: u32 = 12;
/// Areas found that the page shows.
const FOUND: u32 = 100;

/// Areas that may be meant by what is typed; only those that new rows may lie in.
pub async fn search(call: &Call, query: AreaSearch) -> Outcome<Vec<AreaHit>> {
    call.permit(Action::ViewAreas, &call.area())?;
    if query.text.is_empty() {
        return Ok(Vec::new());
    }
    let conn = call.read().await?;
    let today = call.today();
    let found = store::area::search(&conn, &call.scope(), &query.text, HITS * 4).await?;
    let mut found: Vec<Area> = found.into_iter().filter(|area| area.is_valid_on(today)).collect();
    found.truncate(HITS as usize);
    let names = names_on_ways(&conn, call, &found).await?;
    let own = call.area().codes().len();
    let way = |area: &Area| {
        let codes = area.path.codes();
        let parents = codes.len().saturating_sub(1);
        codes[..parents]
            .iter()
            .skip(own.saturating_sub(1))
            .filter_map(|code| names.get(code).cloned())
            .collect()
    };
    Ok(found
        .iter()
        .map(|area| AreaHit { code: area.code, name: area.name.clone(), way: way(area) })
        .collect())
}

/// One level of the tree, or what a text finds.
pub async fn list(call: &Call, query: AreaListQuery) -> Outcome<AreaListView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewAreas, scope.area())?;
    let at = store::area::load(&conn, &scope, query.at.unwrap_or(scope.area().code())).await?;
    let mut rows = if query.text.is_empty() {
        store::area::children(&conn, &scope, at.code).await?
    } else {
        store::area::search(&conn, &scope, &query.text, FOUND + 1).await?
    };
    let more = !query.text.is_empty() && rows.len() > FOUND as usize;
    if more {
        rows.truncate(FOUND as usize);
    }
    Ok(AreaListView {
        way: way(&conn, call, &at).await?,
        rows: lines(&conn, call, &rows).await?,
        at: line(call, &at, 0),
        more,
        may: call.abilities(&at.path),
    })
}

/// One area with everything its page shows.
pub async fn one(call: &Call, query: AreaQuery) -> Outcome<AreaView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let area = store::area::load(&conn, &scope, query.code.ok_or(Failure::NotFound)?).await?;
    call.permit(Action::ViewAreas, &area.path)?;
    let held = holdings(&conn, &scope, &area.path).await?;
    let children = children_of(&conn, &scope, &[area.code]).await?;
    Ok(AreaView {
        version: area.version,
        way: way(&conn, call, &area).await?,
        aliases: aliases(&conn, &scope, area.code).await?,
        projects: held.projects,
        sites: held.sites,
        people: held.people,
        below: area.level.below(),
        may: call.abilities(&area.path),
        area: line(call, &area, children.get(&area.code).copied().unwrap_or_default()),
    })
}

/// Renames an area or sets its dates. Its code and its place stay: a merged area is ended and the new one added.
pub async fn save(call: &Call, command: SaveArea) -> Outcome<SavedArea> {
    let tx = call.begin().await?;
    let before = store::area::load(&tx, &call.scope(), command.code).await?;
    let permit = call.permit(Action::EditAreas, &before.path)?;
    if before.version != command.version {
        return Err(Failure::Stale(conflicts(&before, &command)));
    }
    let after = Area {
        short: short_form(&command.name),
        name: command.name,
        valid_from: command.valid_from,
        valid_to: command.valid_to,
        ..before
    };
    store::area::update(&tx, &permit, &after).await?;
    tx.commit().await?;
    Ok(SavedArea { code: after.code })
}

fn conflicts(theirs: &Area, yours: &SaveArea) -> Vec<StaleField> {
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string());
    [
        ("name", Some(yours.name.clone()), Some(theirs.name.clone())),
        ("valid_from", date(yours.valid_from), date(theirs.valid_from)),
        ("valid_to", date(yours.valid_to), date(theirs.valid_to)),
    ]
    .into_iter()
    .filter(|(_, yours, theirs)| yours != theirs)
    .map(|(field, yours, theirs)| StaleField { field: field.to_owned(), yours, theirs, only_yours: false })
    .collect()
}

/// Adds an area under another, one level down.
pub async fn add(call: &Call, command: AddArea) -> Outcome<SavedArea> {
    let tx = call.begin().await?;
    let parent = store::area::load(&tx, &call.scope(), command.parent).await?;
    let permit = call.permit(Action::EditAreas, &parent.path)?;
    let level = parent.level.below().ok_or_else(|| Failure::field("parent", FieldFault::NotAChoice))?;
    if store::area::load(&tx, &scope(&Actor::System), command.code).await.is_ok() {
        return Err(Failure::field("new_code", FieldFault::Taken));
    }
    let area = Area {
        code: command.code,
        level,
        parent: Some(parent.code),
        path: parent.path.child(command.code),
        valid_from: command.valid_from,
        valid_to: None,
        short: short_form(&command.name),
        name: command.name,
        version: 1,
    };
    insert(&tx, &permit, &[area]).await?;
    tx.commit().await?;
    Ok(SavedArea { code: command.code })
}

/// Remembers another spelling of an area.
pub async fn teach(call: &Call, command: Alias) -> Outcome<SavedArea> {
    let tx = call.begin().await?;
    let area = store::area::load(&tx, &call.scope(), command.code).await?;
    let permit = call.permit(Action::EditAreas, &area.path)?;
    store::area::teach(&tx, &permit, area.code, &command.alias).await?;
    tx.commit().await?;
    Ok(SavedArea { code: area.code })
}

/// Forgets a spelling.
pub async fn unteach(call: &Call, command: Alias) -> Outcome<SavedArea> {
    let tx = call.begin().await?;
    let area = store::area::load(&tx, &call.scope(), command.code).await?;
    let permit = call.permit(Action::EditAreas, &area.path)?;
    forget(&tx, &permit, area.code, &command.alias).await?;
    tx.commit().await?;
    Ok(SavedArea { code: area.code })
}

/// From the person's own area down to this one.
async fn way(conn: &Conn, call: &Call, area: &Area) -> Outcome<Vec<(AreaCode, String)>> {
    let above = store::area::by_codes(conn, &call.scope(), &area.path.codes()).await?;
    Ok(above.into_iter().map(|area| (area.code, area.name)).collect())
}

async fn names_on_ways(conn: &Conn, call: &Call, areas: &[Area]) -> Outcome<BTreeMap<AreaCode, String>> {
    let mut codes: Vec<AreaCode> = areas.iter().flat_map(|area| area.path.codes()).collect();
    codes.sort_unstable();
    codes.dedup();
    let named = store::area::by_codes(conn, &call.scope(), &codes).await?;
    Ok(named.into_iter().map(|area| (area.code, area.name)).collect())
}

async fn lines(conn: &Conn, call: &Call, areas: &[Area]) -> Outcome<Vec<AreaLine>> {
    let codes: Vec<AreaCode> = areas.iter().map(|area| area.code).collect();
    let children = children_of(conn, &call.scope(), &codes).await?;
    let count = |area: &Area| children.get(&area.code).copied().unwrap_or_default();
    Ok(areas.iter().map(|area| line(call, area, count(area))).collect())
}

fn line(call: &Call, area: &Area, children: u64) -> AreaLine {
    AreaLine {
        code: area.code,
        name: area.name.clone(),
        short: area.short.clone(),
        level: area.level,
        valid_from: area.valid_from,
        valid_to: area.valid_to,
        is_valid: area.is_valid_on(call.today()),
        children,
    }
}

/// Names of areas by path, for lines that show where something lies; names of areas outside the scope are not told.
pub(crate) async fn names_of(
    conn: &Conn,
    call: &Call,
    paths: impl Iterator<Item = AreaPath>,
) -> Outcome<BTreeMap<AreaCode, String>> {
    let mut codes: Vec<AreaCode> = paths.map(|path| path.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    let named = store::area::by_codes(conn, &call.scope(), &codes).await?;
    Ok(named.into_iter().map(|area| (area.code, area.name)).collect())
}

//! Envelopes and notices as whole files: exactly what a filter shows to this person, and the trail says who took it. Knows no
//! format.

use super::source::envelopes;
use super::{filter_of, line};
use crate::area::asked_or_own;
use crate::call::Call;
use crate::failure::Outcome;
use crate::trail::taken;
use crate::whole::{SHEET_MOST, Whole};
use contract::fund::command::{NoticesQuery, SourcesQuery};
use contract::fund::{NoticeLine, SourcesView};
use domain::permission::Action;
use store::page::MOST_ROWS;

/// Every notice of a filter, and whose they are.
#[derive(Clone, Debug)]
pub struct NoticesTaken {
    /// the area that was asked for, or the person's own
    pub area_name: String,
    /// the newest first
    pub rows: Vec<NoticeLine>,
}

/// 额度分解表: every source with its envelope in one area and year.
pub async fn sources(call: &Call, query: SourcesQuery) -> Outcome<SourcesView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let place = asked_or_own(&conn, call, query.area.as_deref()).await?.path;
    let permit = call.permit(Action::ExportList, &place)?;
    let view = envelopes(&conn, call, query).await?;
    drop(conn);
    let detail = format!("rows={} what=sources area={} year={}", view.rows.len(), view.area, view.year);
    taken(call, &permit, "notice", detail).await?;
    Ok(view)
}

/// Every notice of a filter.
pub async fn notices(call: &Call, query: NoticesQuery) -> Outcome<NoticesTaken> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    let place = filter.area.clone().unwrap_or_else(|| call.area());
    let permit = call.permit(Action::ExportList, &place)?;
    let mut all = Whole::of_at_most(SHEET_MOST);
    while all.add(store::fund::page(&conn, &scope, &filter, all.after(), MOST_ROWS).await?)? {}
    let rows: Vec<NoticeLine> = all.rows.into_iter().map(line).collect();
    let area_name = store::area::load(&conn, &scope, place.code()).await?.name;
    drop(conn);
    let asked = [
        ("area", filter.area.as_ref().map(|area| area.code().to_string())),
        ("source", query.source.map(|source| source.code().to_owned())),
        ("year", query.year.map(|year| year.to_string())),
    ];
    let asked = asked.into_iter().filter_map(|(name, value)| Some(format!(" {name}={}", value?)));
    let detail = format!("rows={} what=notices{}", rows.len(), asked.collect::<String>());
    taken(call, &permit, "notice", detail).await?;
    Ok(NoticesTaken { area_name, rows })
}

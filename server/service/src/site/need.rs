//! Needs of communities: recorded, dropped with a reason, made a reserve project. Knows no SQL and no layout.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use crate::project::make;
use contract::project::SaveProject;
use contract::site::need::{ConvertNeed, DropNeed, NeedLine, NeedOrigin, NeedView, RecordNeed};
use domain::area::AreaCode;
use domain::id::{NeedId, ProjectId, SiteId};
use domain::period::Horizon;
use domain::permission::{Action, Permit};
use domain::project::{Field, Stage, Value};
use domain::site::need::{Need, State};
use store::site::need::Kept;
use store::{Conn, Tx};

const RECORD: &str = "need/record";
const DROP: &str = "need/drop";
const CONVERT: &str = "need/convert";

/// Keeps a need at its community.
pub async fn record(call: &Call, command: RecordNeed) -> Outcome<NeedView> {
    let call = call.clone();
    call.app().clone().see_through(async move { add(&call, command).await }).await
}

/// Drops a need that nobody will follow, with the reason.
pub async fn drop_need(call: &Call, command: DropNeed) -> Outcome<NeedView> {
    let call = call.clone();
    call.app().clone().see_through(async move { give_up(&call, command).await }).await
}

/// Makes a reserve project of a need, on the five-year list, and keeps the link on both sides.
pub async fn convert(call: &Call, command: ConvertNeed) -> Outcome<NeedView> {
    let call = call.clone();
    call.app().clone().see_through(async move { make_project(&call, command).await }).await
}

/// Needs of a community as its page shows them.
pub(super) async fn lines(conn: &Conn, call: &Call, site: SiteId) -> Outcome<Vec<NeedLine>> {
    let kept = store::site::need::of_site(conn, &call.scope(), site).await?;
    let line = |kept: Kept| NeedLine {
        id: kept.id,
        version: kept.version,
        need: kept.need,
        project: kept.project,
        key: call.new_id().to_string(),
    };
    Ok(kept.into_iter().map(line).collect())
}

/// The need that a project was made of.
pub(crate) async fn origin(conn: &Conn, call: &Call, project: ProjectId) -> Outcome<Option<NeedOrigin>> {
    let kept = store::site::need::of_project(conn, &call.scope(), project).await?;
    Ok(kept.map(|kept| NeedOrigin { site: kept.site, site_name: kept.site_name, need: kept.need }))
}

async fn add(call: &Call, command: RecordNeed) -> Outcome<NeedView> {
    let tx = call.begin().await?;
    let site = store::site::load(&tx, &call.scope(), command.site).await?;
    let permit = call.permit(Action::RecordNeed, &site.area_path)?;
    if let Some(done) = once::before(&tx, &permit, RECORD, &command.key, &command).await? {
        return Ok(done);
    }
    let id = NeedId::new(call.new_id());
    let key = command.key.clone();
    let need = Need {
        title: command.title,
        category: command.category,
        content: command.content,
        people: command.people,
        estimated: command.estimated,
        recorded_on: call.today(),
        state: State::Open,
    };
    store::site::need::insert(&tx, &permit, (id, site.id), &site.area_path, &need).await?;
    let view = NeedView { need: id, site: site.id, version: 1, project: None };
    once::settle(tx, &permit, RECORD, &key, view).await
}

async fn give_up(call: &Call, command: DropNeed) -> Outcome<NeedView> {
    let tx = call.begin().await?;
    let (kept, permit) = held(&tx, call, command.need).await?;
    if let Some(done) = once::before(&tx, &permit, DROP, &command.key, &command).await? {
        return Ok(done);
    }
    let after = kept.need.clone().drop_for(&command.reason)?;
    seen(&kept, command.version)?;
    store::site::need::decide(&tx, &permit, &kept, &after).await?;
    let view = NeedView { need: kept.id, site: kept.site, version: kept.version + 1, project: None };
    once::settle(tx, &permit, DROP, &command.key, view).await
}

async fn make_project(call: &Call, command: ConvertNeed) -> Outcome<NeedView> {
    let tx = call.begin().await?;
    let (kept, permit) = held(&tx, call, command.need).await?;
    let edits = call.permit(Action::EditProject, &kept.area_path)?;
    if let Some(done) = once::before(&tx, &permit, CONVERT, &command.key, &command).await? {
        return Ok(done);
    }
    // Whoever decided it first is named before whoever only saw an older version.
    kept.need.check_open()?;
    seen(&kept, command.version)?;
    let asked = asked(&kept, &command.key);
    let saved = make(&tx, call, &edits, &asked, Some(area_of(&kept))).await?;
    let after = kept.need.clone().convert(saved.project)?;
    store::site::need::decide(&tx, &permit, &kept, &after).await?;
    let view =
        NeedView { need: kept.id, site: kept.site, version: kept.version + 1, project: Some(saved.project) };
    once::settle(tx, &permit, CONVERT, &command.key, view).await
}

async fn held(tx: &Tx, call: &Call, need: NeedId) -> Outcome<(Kept, Permit)> {
    let kept = store::site::need::load_for_update(tx, &call.scope(), need).await?;
    let permit = call.permit(Action::RecordNeed, &kept.area_path)?;
    Ok((kept, permit))
}

fn seen(kept: &Kept, version: i64) -> Outcome<()> {
    if kept.version == version { Ok(()) } else { Err(Failure::Stale(Vec::new())) }
}

fn area_of(kept: &Kept) -> AreaCode {
    kept.area_path.code()
}

/// What the form of a new project would say. It has no start yet, which the five-year list allows, and nothing moves there
/// from another list, so no reason is asked for.
fn asked(kept: &Kept, key: &str) -> SaveProject {
    let need = &kept.need;
    let values = vec![
        (Field::Name, Some(Value::Text(need.title.clone()))),
        (Field::Stage, Some(Value::Stage(Stage::Reserve))),
        (Field::Horizon, Some(Value::Horizon(Horizon::Five))),
        (Field::Category, Some(Value::Category(need.category))),
        (Field::Sites, Some(Value::Sites(vec![kept.site]))),
        (Field::Content, need.content.clone().map(Value::Text)),
        (Field::People, need.people.map(Value::Count)),
        (Field::Total, need.estimated.map(Value::Money)),
    ];
    let area = Some(area_of(kept).to_string());
    SaveProject { project: None, key: key.to_owned(), values, area }
}

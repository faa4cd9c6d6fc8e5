//! 墙屏口令: a screen on a wall shows the leaders' page of one area without anybody signing in. An administrator makes the key,
//! the screen hands it in once. Knows no cookie.

use crate::account::Secret;
use crate::app::App;
use crate::area::asked_or_own;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use contract::dashboard::{DashboardQuery, DashboardView};
use contract::error::{FieldFault, Refusal};
use contract::wall::{Enter, MakeWall, RevokeWall, WallLine, WallMade, WallStanding};
use domain::id::WallId;
use domain::period::business_date;
use domain::permission::{Action, Actor};
use store::wall::Wall;

/// How often use is noted; a write at every question would queue readers behind writers. Milliseconds.
const NOTED_EVERY: i64 = 60 * 1000;
/// Milliseconds that clocks in China are ahead of UTC.
const SHANGHAI: i64 = 8 * 3_600_000;

/// Keys of the own area and below.
pub async fn list(call: &Call, (): ()) -> Outcome<Vec<WallLine>> {
    call.permit(Action::ManageUsers, &call.area())?;
    let walls = store::wall::list(&*call.read().await?, &call.scope()).await?;
    let now = call.now().timestamp_millis();
    Ok(walls.iter().map(|wall| line(wall, now)).collect())
}

/// Makes a key; the secret is in this answer only.
pub async fn make(call: &Call, command: MakeWall) -> Outcome<WallMade> {
    let conn = call.read().await?;
    let area = asked_or_own(&conn, call, command.area.as_deref()).await?;
    drop(conn);
    let permit = call.permit(Action::ManageUsers, &area.path)?;
    if command.expires.is_some_and(|day| day < call.today()) {
        return Err(Failure::field("expires", FieldFault::Wrong));
    }
    let secret = Secret::short()?;
    let id = WallId::new(call.new_id());
    let tx = call.begin().await?;
    let facts = (command.name.as_str(), command.expires.and_then(end));
    store::wall::insert(&tx, &permit, id, facts, secret.text()).await?;
    let made = store::wall::load(&tx, &call.scope(), id).await?;
    tx.commit().await?;
    Ok(WallMade { line: line(&made, call.now().timestamp_millis()), secret: secret.text().to_owned() })
}

/// Takes a key back: its screen is dark from the next minute on.
pub async fn revoke(call: &Call, command: RevokeWall) -> Outcome<()> {
    call.permit(Action::ManageUsers, &call.area())?;
    let tx = call.begin().await?;
    let wall = store::wall::load(&tx, &call.scope(), command.wall).await?;
    let permit = call.permit(Action::ManageUsers, &wall.area)?;
    store::wall::revoke(&tx, &permit, &wall).await?;
    tx.commit().await?;
    Ok(())
}

/// Tries a key that a screen hands in; how many seconds it will still open, `None` without end.
pub async fn enter(app: &App, ip: Option<String>, command: Enter) -> Outcome<Option<i64>> {
    let wall = known(app, &command.secret, ip.as_deref()).await?;
    Ok(wall.expires_at.map(|end| (end - app.now().timestamp_millis()) / 1000))
}

/// The leaders' page of the key's area, and of no other.
pub async fn figures(
    app: &App,
    secret: &str,
    ip: Option<String>,
    query: DashboardQuery,
) -> Outcome<DashboardView> {
    let wall = known(app, secret, ip.as_deref()).await?;
    if query.area.is_some_and(|area| area != wall.area_code) {
        return Err(Failure::NotFound);
    }
    let call = Call::new(app.clone(), Actor::Wall { area: wall.area.clone() }, ip, None);
    let now = app.now().timestamp_millis();
    if wall.last_used.is_none_or(|last| now - last > NOTED_EVERY) {
        let tx = call.begin().await?;
        store::wall::used(&tx, wall.id).await?;
        tx.commit().await?;
    }
    crate::dashboard::figures(&call, query).await
}

/// The key that opens now. Guesses are counted by the address that they come from; a key that was right once is no guess.
async fn known(app: &App, secret: &str, ip: Option<&str>) -> Outcome<Wall> {
    let (now, address) = (app.now(), ip.unwrap_or_default());
    let name = format!("wall {address}");
    if let Some(wait_seconds) = app.throttle().wait(&name, address, now) {
        return Err(Failure::Refused(Refusal::TooManyAttempts { wait_seconds }));
    }
    let Some(wall) = store::wall::find(&*app.db().read().await?, secret).await? else {
        let left = app.throttle().miss(&name, address, now);
        return Err(Failure::Refused(Refusal::WrongWallKey { left }));
    };
    match standing(&wall, now.timestamp_millis()) {
        WallStanding::Open => {
            app.throttle().forgive(&name);
            Ok(wall)
        }
        WallStanding::Expired => Err(Failure::Refused(Refusal::WallOver { revoked: false })),
        WallStanding::Revoked => Err(Failure::Refused(Refusal::WallOver { revoked: true })),
    }
}

fn standing(wall: &Wall, now: i64) -> WallStanding {
    if wall.revoked_at.is_some() {
        WallStanding::Revoked
    } else if wall.expires_at.is_some_and(|end| end <= now) {
        WallStanding::Expired
    } else {
        WallStanding::Open
    }
}

/// The end of a day in China, in Unix milliseconds.
fn end(day: NaiveDate) -> Option<i64> {
    Some(day.succ_opt()?.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis() - SHANGHAI)
}

fn instant(milliseconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default().naive_utc()
}

fn line(wall: &Wall, now: i64) -> WallLine {
    WallLine {
        wall: wall.id,
        name: wall.name.clone(),
        area: wall.area_code,
        area_name: wall.area_name.clone(),
        standing: standing(wall, now),
        maker: wall.maker.clone(),
        created: instant(wall.created_at),
        last_used: wall.last_used.map(instant),
        expires: wall.expires_at.map(|end| business_date(instant(end - 1).and_utc())),
    }
}

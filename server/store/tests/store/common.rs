//! Runs a test on SQLite always, and on PostgreSQL when `HOUFU_TEST_PG` names a cluster: one fresh database a test.

use domain::area::{AreaCode, AreaPath, Level};
use domain::id::UserId;
use domain::permission::{Action, Actor, Facts, Permit, Role, Scope, permit, scope};
use sea_orm::{ConnectionTrait, Database};
use std::sync::atomic::{AtomicU32, Ordering};
use store::area::Area;
use store::{Db, DbOptions, Stamp};
use uuid::Uuid;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Runs `body` on every database at hand, with the schema in place and a small tree of areas.
pub async fn on_both(body: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&DbOptions::sqlite(folder.path())).await.unwrap();
    prepare(&db).await;
    body(db).await;
    #[expect(clippy::disallowed_methods, reason = "tests are told by the environment where PostgreSQL runs")]
    let cluster = std::env::var("HOUFU_TEST_PG");
    let Ok(cluster) = cluster else {
        println!("HOUFU_TEST_PG is not set: SQLite only");
        return;
    };
    let name = format!("store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let admin = Database::connect(format!("{cluster}/postgres")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE template0")).await.unwrap();
    let url = format!("{cluster}/{name}");
    let options = DbOptions {
        data: folder.path().into(),
        url: Some(url),
        connections: 4,
        allow_fsync_off: true,
        reading: false,
    };
    let db = Db::open(&options).await.unwrap();
    prepare(&db).await;
    body(db.clone()).await;
    db.close().await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

pub const ROOT: &str = "/100000/";
pub const BIJIE: &str = "/100000/520000/520500/";
pub const WEINING: &str = "/100000/520000/520500/520526/";
pub const NAYONG: &str = "/100000/520000/520500/520525/";
pub const LIPING: &str = "/100000/520000/522600/522631/";

async fn prepare(db: &Db) {
    db.migrate().await.unwrap();
    assert!(db.is_current().await.unwrap());
    let tx = db.begin(stamp()).await.unwrap();
    let areas = [
        (ROOT, "全国", Level::Nation),
        ("/100000/520000/", "贵州省", Level::Province),
        (BIJIE, "毕节市", Level::City),
        (WEINING, "威宁彝族回族苗族自治县", Level::County),
        (NAYONG, "纳雍县", Level::County),
        ("/100000/520000/522600/", "黔东南苗族侗族自治州", Level::City),
        (LIPING, "黎平县", Level::County),
    ];
    let rows: Vec<Area> = areas.iter().map(|(path, name, level)| area(path, name, *level)).collect();
    let system = permit(&Actor::System, Action::EditAreas, &Facts::at(AreaPath::root())).unwrap();
    store::area::save(&tx, &system, &rows).await.unwrap();
    tx.commit().await.unwrap();
}

fn area(path: &str, name: &str, level: Level) -> Area {
    let path = AreaPath::new(path).unwrap();
    let codes = path.codes();
    let parent = codes.len().checked_sub(2).map(|at| codes[at]);
    let short = if name.starts_with("威宁") { "威宁县" } else { name }.to_owned();
    let code = path.code();
    Area { code, name: name.into(), level, parent, path, valid_from: None, valid_to: None, short, version: 1 }
}

pub fn stamp() -> Stamp {
    Stamp { at: 1_790_000_000_000, ip: Some("127.0.0.1".into()) }
}

pub fn person(role: Role, area: &str) -> Actor {
    Actor::Person { user: UserId::new(id()), role, area: AreaPath::new(area).unwrap() }
}

pub fn allowed(actor: &Actor, action: Action, area: &str) -> Permit {
    permit(actor, action, &Facts::at(AreaPath::new(area).unwrap())).unwrap()
}

pub fn sees(area: &str) -> Scope {
    scope(&person(Role::Planner, area))
}

pub fn code(path: &str) -> AreaCode {
    AreaPath::new(path).unwrap().code()
}

pub fn id() -> Uuid {
    Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(COUNT.fetch_add(1, Ordering::Relaxed)),
    )
}

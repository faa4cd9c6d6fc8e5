//! Databases of many invented projects, made by SQL in a minute and kept in the cache. Knows no screen.
//!
//! Kept totals are filled as a commit would: from the rows for each area itself, then from those for the areas above.

use crate::cache;
use domain::area::AreaCode;
use domain::permission::Role;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use server::config::Config;
use server::state::State;
use service::{App, Call, account, area};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use store::account::AccountFacts;
use store::{Db, DbOptions};

/// Whoever asks in the measurements: the province's planner.
pub const LOGIN: &str = "province";
pub const PASSWORD: &str = "correct horse battery staple";
const PROVINCE: &str = "520000";

/// The folder of a database with this many projects.
pub async fn folder(projects: usize) -> PathBuf {
    let folder = cache().join(format!("seed-2-{projects}"));
    let done = folder.join("done");
    if done.exists() {
        return folder;
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    println!("making {projects} projects");
    people(&folder).await;
    // Temporary tables live in one connection.
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file(&folder).display()));
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.unwrap();
    fill(&db, projects).await;
    db.close().await.unwrap();
    // Opening fills the index of words; estimates are kept rows that nothing but the product writes.
    let app = open(&folder).await;
    service::jobs::rebuild(&Call::system(&app)).await.unwrap();
    app.db().close().await.unwrap();
    std::fs::write(done, "").unwrap();
    folder
}

/// The database file in a data folder.
pub fn file(folder: &Path) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "db")).unwrap()
}

pub async fn open(folder: &Path) -> App {
    let options = DbOptions { allow_fsync_off: true, ..DbOptions::sqlite(folder) };
    let db = Db::open(&options).await.unwrap();
    db.migrate().await.unwrap();
    App::new(db, folder.to_owned(), false)
}

pub fn state(app: App, folder: &Path) -> State {
    let config = Config {
        data: folder.to_owned(),
        database: None,
        pkg: std::env::var_os("HOUFU_PKG_DIR").map(PathBuf::from),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        public_origin: None,
        trusted_proxy: Vec::new(),
        fonts: None,
        log_json: false,
        demo: false,
    };
    State::new(app, config)
}

async fn people(folder: &Path) {
    let app = open(folder).await;
    area::load_tree(&app).await.unwrap();
    let facts = AccountFacts {
        login: LOGIN.into(),
        name: LOGIN.into(),
        role: Role::Planner,
        area: AreaCode::new(PROVINCE).unwrap(),
        disabled: false,
    };
    account::people::add(&Call::system(&app), facts, PASSWORD.into()).await.unwrap();
    app.db().close().await.unwrap();
}

async fn fill(db: &DatabaseConnection, projects: usize) {
    for statement in SEED.split(";\n").map(str::trim).filter(|text| !text.is_empty()) {
        let statement = statement.replace("{N}", &projects.to_string());
        db.execute_unprepared(&statement).await.unwrap_or_else(|fault| panic!("{fault}\n{statement}"));
    }
}

/// Counties of the province take turns; eight kinds, ten stages, three lists and a quarter on none.
const SEED: &str = include_str!("seed.sql");

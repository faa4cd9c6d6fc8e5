//! Backups under load, and what becomes of sound and of damaged ones. A restore changes nothing before it is sure.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use chrono::{DateTime, Utc};
use contract::form::Form;
use contract::project::SaveForm;
use domain::permission::Role;
use server::backup::restore::{Wish, restore};
use server::backup::{SQLITE, take};
use server::config::Config;
use service::{App, Call, project};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use store::verify::verify;
use store::{Db, DbOptions};
use tests::desk::{Desk, book};
use tests::world::{Kind, World};

const WEINING: &str = "520526";
const FORCE: Wish = Wish { dry_run: false, force: true };
const PLAIN: Wish = Wish { dry_run: false, force: false };
const DRY: Wish = Wish { dry_run: true, force: true };

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

async fn make(call: &Call, name: &str) -> String {
    let mut form = SaveForm { key: format!("key-make-{name}"), ..SaveForm::default() };
    for (key, text) in [("name", name), ("area", WEINING), ("total", "12.5")] {
        form.values.insert(key.to_owned(), text.to_owned());
    }
    project::save(call, form.check().unwrap()).await.unwrap().project.to_string()
}

async fn planner(world: &World) -> Call {
    world.person("weining", Role::Planner, WEINING).await;
    world.call("weining").await
}

/// Ids of every project in a folder, whose data must be in order.
async fn projects_in(folder: &Path) -> BTreeSet<String> {
    let db = Db::open(&DbOptions::sqlite(folder)).await.unwrap();
    assert_eq!(verify(&db.read().await.unwrap()).await.unwrap().first_breach(), None);
    let app = App::new(db, folder.to_owned(), false);
    let call = service::account::call_as(&app, "weining").await.unwrap();
    let form = contract::list::ListForm { list: "pool".into(), ..Default::default() };
    let mut query = contract::list::feed::FeedQuery { list: form.check().unwrap(), cursor: None, limit: 500 };
    let mut found = BTreeSet::new();
    loop {
        let view = service::list::feed::page(&call, query.clone()).await.unwrap();
        found.extend(view.entries.iter().map(|entry| entry.project.to_string()));
        query.cursor = view.next;
        if query.cursor.is_none() {
            return found;
        }
    }
}

/// Digest of every file under a folder, besides the lock.
fn picture(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if !entry.ends_with("houfu.lock") {
                found.insert(entry.clone(), Sha256::digest(std::fs::read(&entry).unwrap()).to_vec());
            }
        }
    }
    found
}

fn config_of(world: &World, data: &Path) -> Config {
    Config { data: data.to_owned(), database: None, ..(*world.state.config).clone() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_under_load_holds_every_write_acknowledged_before() {
    let world = World::sqlite().await;
    let call = planner(&world).await;
    let acknowledged: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (call, acknowledged, stop) = (call.clone(), acknowledged.clone(), stop.clone());
            tokio::spawn(async move {
                for n in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let id = make(&call, &format!("w{writer}-{n}")).await;
                    acknowledged.lock().unwrap().insert(id);
                }
            })
        })
        .collect();
    let out = tempfile::tempdir().unwrap();
    for round in 0..3 {
        while acknowledged.lock().unwrap().len() < 20 * (round + 1) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let before = acknowledged.lock().unwrap().clone();
        let file = out.path().join(format!("{round}.tar"));
        take(&world.state.config, Some(file.clone()), now()).await.unwrap();
        let fresh = tempfile::tempdir().unwrap();
        restore(&config_of(&world, fresh.path()), &file, PLAIN, now()).await.unwrap();
        let restored = projects_in(fresh.path()).await;
        assert!(before.is_subset(&restored), "{} of {} are there", restored.len(), before.len());
    }
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_before_anything_is_overwritten() {
    let world = World::sqlite().await;
    let call = planner(&world).await;
    make(&call, "one").await;
    let out = tempfile::tempdir().unwrap();
    let sound = out.path().join("sound.tar");
    take(&world.state.config, Some(sound.clone()), now()).await.unwrap();
    let bytes = std::fs::read(&sound).unwrap();
    let target = tempfile::tempdir().unwrap();
    let config = config_of(&world, target.path());
    restore(&config, &sound, PLAIN, now()).await.unwrap();
    let kept = picture(target.path());
    let mut damaged: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("no archive", b"this is no archive".repeat(100)),
        ("cut in the middle", bytes[..bytes.len() / 2].to_vec()),
        ("cut to its manifest", bytes[..2048].to_vec()),
    ];
    // One bit in every part: the header of the manifest, its text, the database's pages.
    for at in [20, 700, bytes.len() / 3, bytes.len() / 2, bytes.len() - 40_000] {
        let mut other = bytes.clone();
        other[at] ^= 1;
        damaged.push(("a bit was turned", other));
    }
    damaged.push(("an entry leads out of the folder", with_entry(&bytes, "../evil", b"x")));
    damaged.push(("an entry is not in the manifest", with_entry(&bytes, "houfu.toml", b"x")));
    for (what, bytes) in damaged {
        let file = out.path().join("damaged.tar");
        std::fs::write(&file, &bytes).unwrap();
        let outcome = restore(&config, &file, FORCE, now()).await;
        assert!(outcome.is_err(), "{what} was taken");
        assert_eq!(picture(target.path()), kept, "{what} changed something");
    }
    assert!(!out.path().join("evil").exists() && !target.path().parent().unwrap().join("evil").exists());
}

/// The archive with one entry more before its end.
fn with_entry(archive: &[u8], path: &str, content: &[u8]) -> Vec<u8> {
    let mut header = [0_u8; 512];
    header[..path.len()].copy_from_slice(path.as_bytes());
    header[100..107].copy_from_slice(b"0000600");
    header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    header[136..147].copy_from_slice(b"00000000000");
    header[148..156].copy_from_slice(b"        ");
    header[156] = b'0';
    header[257..263].copy_from_slice(b"ustar ");
    header[263..265].copy_from_slice(b" \0");
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut block = [0_u8; 512];
    block[..content.len()].copy_from_slice(content);
    let end = archive.len() - 1024;
    [&archive[..end], &header, &block, &archive[end..]].concat()
}

#[tokio::test]
async fn a_restore_waits_for_the_server_asks_for_force_and_keeps_the_old() {
    let world = World::sqlite().await;
    let call = planner(&world).await;
    let first = make(&call, "first").await;
    let sent = book("一年期", &[&["项目名称", "县（市、区）", "总投资"], &["甲", "威宁县", "10"]]);
    let import = Desk::of(&world, "weining").await.upload("a.xlsx", &sent).await.import.to_string();
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.tar");
    take(&world.state.config, Some(file.clone()), now()).await.unwrap();
    assert!(take(&world.state.config, Some(file.clone()), now()).await.is_err(), "nothing is overwritten");
    let running = restore(&world.state.config, &file, FORCE, now()).await.unwrap_err().to_string();
    assert!(running.contains("in use"), "{running}");
    let target = tempfile::tempdir().unwrap();
    let config = config_of(&world, target.path());
    restore(&config, &file, DRY, now()).await.unwrap();
    assert!(!target.path().join(SQLITE).exists(), "a dry run changes nothing");
    restore(&config, &file, PLAIN, now()).await.unwrap();
    assert_eq!(projects_in(target.path()).await, BTreeSet::from([first.clone()]));
    let kept = std::fs::read(target.path().join("imports").join(import)).unwrap();
    assert!(kept == sent, "a workbook that waits to be confirmed comes back too");
    let second = make(&call, "second").await;
    let later = out.path().join("b.tar");
    take(&world.state.config, Some(later.clone()), now()).await.unwrap();
    let refused = restore(&config, &later, PLAIN, now()).await.unwrap_err().to_string();
    assert!(refused.contains("--force"), "{refused}");
    let aside = restore(&config, &later, FORCE, now()).await.unwrap().aside.unwrap();
    assert_eq!(projects_in(target.path()).await, BTreeSet::from([first.clone(), second]));
    assert_eq!(projects_in(&aside).await, BTreeSet::from([first]), "the old data are whole");
}

#[tokio::test]
async fn postgresql_is_dumped_by_its_own_tool_and_checked() {
    let Some(world) = World::postgres().await else { return };
    assert_eq!(world.kind, Kind::Postgres);
    let call = planner(&world).await;
    make(&call, "one").await;
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.tar");
    let taken = take(&world.state.config, Some(file.clone()), now()).await.unwrap();
    assert_eq!(taken.manifest.database.kind, "postgres");
    let said = restore(&world.state.config, &file, DRY, now()).await.unwrap_err().to_string();
    assert!(said.contains("pg_restore"), "{said}");
}

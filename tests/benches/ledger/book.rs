//! The book of a province with its 2,912 lines, from the file to the last entry.

use super::line;
use crate::{cpu, median};
use contract::ledger::batch::BatchState;
use contract::ledger::command::{BatchStep, LedgerFile};
use domain::permission::Role;
use service::demo::add_sites;
use service::import::{Choices, commit};
use service::ledger::import;
use sheet::limits::Limits;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tests::world::World;

const PROVINCE: &str = "520000";
const BOOK: &str = "资金台账_2026.xlsx";
const LINES: u32 = 2_912;

pub fn run() {
    let forms = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/forms"));
    if !forms.join(BOOK).exists() {
        println!("left out: the forms are not beside the repository");
        return;
    }
    let runtime = cpu::runtime();
    let turns: Vec<f64> = (0..5).map(|_| runtime.block_on(once(&forms))).collect();
    let seconds = median(turns);
    line(
        "importing a book of 2,912 lines with its findings",
        &format!("{seconds:.2} s"),
        "≤ 3 s",
        seconds <= 3.0,
    );
}

/// Seconds from the bytes to the approved batch, on a province whose lists are in.
async fn once(forms: &Path) -> f64 {
    let world = World::sqlite().await;
    for (login, role) in [("gz", Role::Planner), ("cw", Role::Treasurer), ("sh", Role::Reviewer)] {
        world.person(login, role, PROVINCE).await;
    }
    let read = |name: &str| sheet::read::read_all(&forms.join(name), name, &[], &Limits::default()).unwrap();
    let planner = world.call("gz").await;
    add_sites(&planner, &read("安置点台账.xlsx")).await.unwrap();
    commit(&planner, read("三张清单_全省.xlsx"), Choices::default(), "lists-01".into()).await.unwrap();
    let (treasurer, reviewer) = (world.call("cw").await, world.call("sh").await);
    let bytes = std::fs::read(forms.join(BOOK)).unwrap();
    let begin = Instant::now();
    let file = LedgerFile { key: "book-0001".into(), file_name: BOOK.into(), bytes };
    let staged = import::stage(&treasurer, file).await.unwrap();
    let step = BatchStep {
        batch: staged.batch,
        version: staged.version,
        key: "book-0002".into(),
        reason: String::new(),
    };
    let done = import::approve(&reviewer, step).await.unwrap();
    let seconds = begin.elapsed().as_secs_f64();
    assert_eq!((done.state, done.counts.new), (BatchState::Approved, LINES));
    seconds
}

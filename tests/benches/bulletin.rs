//! What the documents of a month have to reach: the summary workbook of a province with 1,810 projects, from asking to its bytes.

use crate::{cpu, median, scaled, seed};
use contract::bulletin::{BeginForm, BulletinForm};
use contract::form::Form;
use service::bulletin::paper::Paper;
use service::{account, bulletin};
use std::time::Instant;

const TURNS: usize = 10;
/// Counties that the promise speaks of; the province has more.
const COUNTIES: usize = 24;
const WANTED_SECONDS: f64 = 2.0;

pub fn run() {
    cpu::runtime().block_on(measured());
}

async fn measured() {
    let kept = seed::folder(scaled(1_810)).await;
    // A document is written, and the next run shall find the same data.
    let own = tempfile::tempdir_in(crate::cache()).unwrap();
    let file = seed::file(&kept);
    std::fs::copy(&file, own.path().join(file.file_name().unwrap())).unwrap();
    let app = seed::open(own.path()).await;
    let call = account::call_as(&app, seed::LOGIN).await.unwrap();
    // All projects of the seed have a plan for this year.
    let period = "2026-01".to_owned();
    let form = BeginForm { key: call.new_id().to_string(), period, ..BeginForm::default() };
    let begin = Instant::now();
    let view = bulletin::begin(&call, form.check().unwrap()).await.unwrap();
    let begun = begin.elapsed().as_secs_f64();
    let query = BulletinForm { bulletin: view.head.bulletin.to_string() }.check().unwrap();
    let mut seconds = Vec::new();
    let mut size = 0;
    for _ in 0..TURNS {
        let begin = Instant::now();
        size = bulletin::export(&call, query, Paper::Xlsx).await.unwrap().bytes.len();
        seconds.push(begin.elapsed().as_secs_f64());
    }
    let whole = begun + median(seconds.clone());
    let counties = view.places.len();
    println!(
        "figures of {counties} counties frozen in {begun:.3} s, workbook of {size} bytes in {:.3} s",
        median(seconds)
    );
    let is_whole = counties >= COUNTIES || scaled(1_810) < 1_810;
    let word = if whole <= WANTED_SECONDS && is_whole { "reached" } else { "NOT REACHED" };
    println!("{word:<12}month's summary workbook: {whole:.3} s (wanted: ≤ {WANTED_SECONDS} s)");
    drop(call);
    app.db().close().await.unwrap();
}

//! The list page beside a Django page with the same columns and sums on the same file: processor time per request.

use crate::lists::{self, KEPT};
use crate::{cache, cpu, median, scaled, seed};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PORT: u16 = 18_973;
const TURNS: u32 = 10;

/// Python with the packages named, in the cache.
pub fn python(packages: &[&str]) -> PathBuf {
    let folder = cache().join("venv");
    let python = folder.join("bin/python");
    if !python.exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&folder).status().unwrap();
        assert!(made.success(), "python3 -m venv needs Debian's python3-venv");
    }
    let status =
        Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages).status().unwrap();
    assert!(status.success(), "pip could not install {packages:?}");
    python
}

pub fn run() {
    let projects = scaled(100_000);
    let runtime = cpu::runtime();
    let folder = runtime.block_on(seed::folder(projects));
    let python = python(&["django>=5,<6", "granian"]);
    let mut peer = serve(&python, &seed::file(&folder));
    wait();
    let router = server::router(seed::state(runtime.block_on(seed::open(&folder)), &folder));
    let cookie = runtime.block_on(lists::cookie(&router));
    // The whole reserve has no twin in the peer, which knows the three lists.
    for path in KEPT.into_iter().filter(|path| !path.contains("pool")) {
        let foreign = path.replace("area=520526", "area=/100000/520000/520500/520526/");
        let theirs = per_request(peer.id(), || ask(&foreign));
        let ours = (0..5).map(|_| {
            cpu::per_turn(TURNS * 4, || drop(runtime.block_on(lists::get(&router, &cookie, path)))).0
        });
        let ours = median(ours.collect());
        println!(
            "{projects:>9}  {path:<60} ours {ours:.2} ms, Django {theirs:.2} ms, ratio {:.3}",
            ours / theirs
        );
    }
    peer.kill().unwrap();
    peer.wait().unwrap();
}

fn serve(python: &Path, database: &Path) -> Child {
    Command::new(python)
        .args(["-m", "granian", "--interface", "wsgi", "--workers", "1", "--host", "127.0.0.1", "--port"])
        .args([&PORT.to_string(), "app:application"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer"))
        .env("PEER_DB", database)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn wait() {
    for _ in 0..200 {
        if TcpStream::connect(("127.0.0.1", PORT)).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("granian does not listen");
}

/// Milliseconds of processor of the whole family of processes, the median of five.
fn per_request(root: u32, mut ask: impl FnMut()) -> f64 {
    let spent = || cpu::family(root).iter().map(|id| cpu::seconds(&id.to_string(), false)).sum::<f64>();
    (0..3).for_each(|_| ask());
    let figures = (0..5).map(|_| {
        let before = spent();
        (0..TURNS).for_each(|_| ask());
        (spent() - before) * 1000.0 / f64::from(TURNS)
    });
    median(figures.collect())
}

fn ask(path: &str) {
    let mut stream = TcpStream::connect(("127.0.0.1", PORT)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {}", &answer[..answer.len().min(500)]);
}

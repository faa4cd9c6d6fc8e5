//! Memory of an idle server with 1,810 projects, after it has shown a few pages.

use crate::{cpu, lists, median, seed};

/// Projects that one province keeps.
const PROJECTS: usize = 1_810;

pub fn run() {
    let mut figures = Vec::new();
    for _ in 0..5 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["memory-of-one-server"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
        std::io::BufRead::read_line(&mut out, &mut line).unwrap();
        figures.push(cpu::megabytes(&child.id().to_string(), "VmRSS"));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    println!("idle server with {PROJECTS} projects: {:.1} MB", median(figures));
}

/// A server of its own that shows some pages, says so and rests until it is ended.
pub fn one_server() {
    let runtime = cpu::runtime();
    runtime.block_on(async {
        let folder = seed::folder(PROJECTS).await;
        let router = server::router(seed::state(seed::open(&folder).await, &folder));
        let cookie = lists::cookie(&router).await;
        for path in lists::KEPT.into_iter().chain(["/"]) {
            lists::get(&router, &cookie, path).await;
        }
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        println!("rests");
        std::future::pending::<()>().await;
    });
}

//! Bytes that travel: what comes before the first paint of the grid page, and the program behind it.

use crate::{cpu, lists, seed};
use std::path::Path;
use std::process::{Command, Stdio};

pub fn run() {
    let runtime = cpu::runtime();
    let page = runtime.block_on(async {
        let folder = seed::folder(1_810).await;
        let router = server::router(seed::state(seed::open(&folder).await, &folder));
        let cookie = lists::cookie(&router).await;
        lists::get(&router, &cookie, "/projects?list=1y").await
    });
    let html = gzip(&page);
    println!("html of the grid page: {} bytes, gzip {html}", page.len());
    let Some(folder) = std::env::var_os("HOUFU_PKG_DIR") else {
        println!("no front end: HOUFU_PKG_DIR is not set");
        return;
    };
    let folder = Path::new(&folder);
    let list = std::fs::read_to_string(folder.join("hash.txt")).unwrap();
    let packed = |name: String| folder.join(name + ".br").metadata().unwrap().len();
    let lines = || list.lines().filter_map(|line| line.split_once(": "));
    let one = |kind: &str| {
        let (_, hash) = lines().find(|(name, _)| *name == kind).unwrap();
        packed(format!("houfu.{hash}.{kind}"))
    };
    let part = |part: &str| -> u64 {
        let files = lines().filter(|(name, _)| name.strip_prefix("part ") == Some(part));
        files.map(|(_, file)| packed(file.to_owned())).sum()
    };
    let (css, kernel) = (one("css"), one("wasm") + one("js"));
    println!("css (brotli) {css}; before first paint {}", kib(html + css));
    println!("kernel of the program and its glue (brotli): {}", kib(kernel));
    println!(
        "the grid page with its part: {}; any other page: {}",
        kib(kernel + part("lists")),
        kib(kernel + part("pages"))
    );
    // Every page of the second part shares it, so its growth a page is its size over their number.
    let routes = runtime.block_on(async { server::routes::all() });
    let pages = routes.iter().filter(|route| route.kind == server::routes::Kind::Page).count();
    println!("{pages} pages, {} each on average", kib(part("pages") / pages as u64));
}

fn kib(bytes: u64) -> String {
    format!("{:.1} KiB", bytes as f64 / 1024.0)
}

/// Size after `gzip -6`, as a browser without brotli would get it.
pub fn gzip(bytes: &[u8]) -> u64 {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let out =
        Command::new("gzip").args(["-6", "-c"]).arg(file.path()).stdout(Stdio::piped()).output().unwrap();
    out.stdout.len() as u64
}

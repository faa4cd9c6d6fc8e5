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
    let (css, js, wasm) = (packed(folder, ".css.br"), packed(folder, ".js.br"), packed(folder, ".wasm.br"));
    println!("css (brotli) {css}; before first paint {:.1} KiB", (html + css) as f64 / 1024.0);
    println!("wasm {wasm} + js {js} (brotli): {:.1} KiB", (wasm + js) as f64 / 1024.0);
    // Every page of `routes.rs` shares the program, so its growth a screen is its size over their number.
    let screens = include_str!("../../app/src/routes.rs").matches("<Route path").count();
    println!("{screens} screens, {:.1} KiB each on average", (wasm + js) as f64 / 1024.0 / screens as f64);
}

fn packed(folder: &Path, ending: &str) -> u64 {
    let is_asked = |path: &Path| path.to_string_lossy().ends_with(ending);
    let sizes = std::fs::read_dir(folder).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        is_asked(&path).then(|| path.metadata().unwrap().len())
    });
    sizes.sum()
}

/// Size after `gzip -6`, as a browser without brotli would get it.
fn gzip(bytes: &[u8]) -> u64 {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let out =
        Command::new("gzip").args(["-6", "-c"]).arg(file.path()).stdout(Stdio::piped()).output().unwrap();
    out.stdout.len() as u64
}

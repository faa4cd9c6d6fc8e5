//! Reads the tree as text, so that rules the compiler cannot keep are kept all the same. Judges no behaviour.

pub mod files;
pub mod floors;
pub mod screens;

use std::path::{Path, PathBuf};

/// One file of ours with its path from the root, `/` between names.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
}

/// The root of the work tree.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the tree").to_owned()
}

/// Every file with one of the endings under a folder, in order.
pub fn sources(under: &str, endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(under), &mut found);
    found.sort();
    found
        .into_iter()
        .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .map(|path| Source {
            text: std::fs::read_to_string(&path).expect("our files are UTF-8"),
            path: path
                .strip_prefix(&root)
                .expect("found under the root")
                .to_string_lossy()
                .replace('\\', "/"),
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') || ["target", "data", "node_modules"].contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

/// The text without what stands in line comments; strings that contain `//` keep it.
pub fn without_comments(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut is_text = false;
        let mut end = line.len();
        let mut before = ' ';
        // `://` is an address, not a comment, also where no quote is seen to open.
        let is_address = |at: usize| line[..at].ends_with(":/");
        for (at, letter) in line.char_indices() {
            if letter == '"' && before != '\\' && before != '\'' {
                is_text = !is_text;
            }
            if !is_text && letter == '/' && before == '/' && !is_address(at) {
                end = at - 1;
                break;
            }
            before = letter;
        }
        out.push_str(&line[..end]);
        out.push('\n');
    }
    out
}

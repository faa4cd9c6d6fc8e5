//! Rules about files as such: their first lines, their length, their names. Reads no meaning.

use super::{Source, without_comments};

/// Lines a file may have.
pub const MOST_LINES: usize = 400;

/// The first line says what the file is for.
pub fn without_header(files: &[Source]) -> Vec<String> {
    let has = |file: &Source| {
        let mut lines = file.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("#!"));
        lines.next().is_some_and(|line| line.strip_prefix("//!").is_some_and(|said| said.trim().len() > 10))
    };
    files.iter().filter(|file| !has(file)).map(|file| format!("{}: no `//!` header", file.path)).collect()
}

/// A long file has a second subject. Unit tests at its bottom do not count.
pub fn too_long(files: &[Source]) -> Vec<String> {
    let length = |file: &Source| file.text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
    let long = files.iter().filter(|file| length(file) > MOST_LINES);
    long.map(|file| format!("{}: {} lines, {MOST_LINES} allowed", file.path, length(file))).collect()
}

/// `ledger.rs` + `ledger/`, never `mod.rs`.
pub fn named_mod(files: &[Source]) -> Vec<String> {
    files.iter().filter(|file| file.path.ends_with("/mod.rs")).map(|file| file.path.clone()).collect()
}

/// Places where a lint is silenced without a reason that the compiler checks.
pub fn silenced(files: &[Source]) -> Vec<String> {
    let is_bad = |file: &&Source| {
        let text = without_comments(&file.text);
        text.contains(concat!("#[", "allow(")) || text.contains(concat!("#![", "allow("))
    };
    files.iter().filter(is_bad).map(|file| file.path.clone()).collect()
}

/// Hosts other than the reader's own in what is shipped: nothing is ever fetched from elsewhere.
pub fn foreign_hosts(files: &[Source]) -> Vec<String> {
    // Names of XML languages and the reserved examples are addresses that nobody opens.
    const NAMES: [&str; 8] = [
        "www.w3.org/",
        "schemas.openxmlformats.org/",
        "schemas.microsoft.com/",
        "127.0.0.1",
        "localhost",
        "houfu.example",
        "example.",
        "{",
    ];
    let mut found = Vec::new();
    for file in files {
        let shipped = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in without_comments(shipped).lines() {
            for scheme in ["https://", "http://"] {
                for (at, _) in line.match_indices(scheme) {
                    let host = &line[at + scheme.len()..];
                    let is_host = host.starts_with(|letter: char| letter.is_ascii_alphanumeric());
                    let is_dotted =
                        host.split(['/', '"', '\'', ' ']).next().is_some_and(|name| name.contains('.'));
                    if is_host && is_dotted && !NAMES.iter().any(|name| host.starts_with(name)) {
                        found.push(format!("{}: {}", file.path, line.trim()));
                    }
                }
            }
        }
    }
    found
}

//! One style sheet out of many: `main.css` with every `@import` put in its place and layer, and the sheets that
//! lie beside the screens. Knows no property and no selector.

use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The whole sheet. A sheet under `app/src` that `main.css` does not name goes into `parts` or `slices`.
pub fn inline(root: &Path) -> Result<String> {
    let main = root.join("app/style/main.css");
    let mut seen = BTreeSet::new();
    let mut out = sheet(&main, &mut seen)?;
    let mut beside = Vec::new();
    find(&root.join("app/src"), &mut beside)?;
    beside.sort();
    let parts = root.join("app/src/parts").canonicalize()?;
    for path in beside {
        let path = path.canonicalize()?;
        if seen.contains(&path) {
            continue;
        }
        let layer = if path.starts_with(&parts) { "parts" } else { "slices" };
        out.push_str(&format!("@layer {layer} {{\n{}}}\n", sheet(&path, &mut seen)?));
    }
    Ok(out)
}

fn sheet(path: &Path, seen: &mut BTreeSet<PathBuf>) -> Result<String> {
    let path = path.canonicalize().with_context(|| format!("no style sheet {}", path.display()))?;
    if !seen.insert(path.clone()) {
        bail!("style sheet {} is imported twice", path.display());
    }
    let text = without_comments(&std::fs::read_to_string(&path)?);
    let folder = path.parent().context("a sheet lies in a folder")?;
    let mut out = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match import(line) {
            None => {
                out.push_str(line);
                out.push('\n');
            }
            Some((name, layer)) => {
                let inner = sheet(&folder.join(name), seen)?;
                match layer {
                    Some(layer) => out.push_str(&format!("@layer {layer} {{\n{inner}}}\n")),
                    None => out.push_str(&inner),
                }
            }
        }
    }
    Ok(out)
}

/// `@import "x.css" layer(name);` or `@import url("x.css");` as file name and layer.
fn import(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.strip_prefix("@import")?.trim().trim_end_matches(';').trim();
    let (name, rest) =
        rest.split_once(".css").map(|(name, rest)| (&line[offset(line, name)..][..name.len() + 4], rest))?;
    let name = name.trim_start_matches("url(").trim_matches(['"', '\'']);
    let layer =
        rest.split_once("layer(").and_then(|(_, rest)| rest.split_once(')')).map(|(layer, _)| layer.trim());
    Some((name, layer))
}

/// Where a part of a line begins in it, in bytes.
fn offset(line: &str, part: &str) -> usize {
    part.as_ptr() as usize - line.as_ptr() as usize
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

fn find(folder: &Path, out: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, out)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            out.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_names_file_and_layer() {
        assert_eq!(import("@import \"a/b.css\" layer(parts);"), Some(("a/b.css", Some("parts"))));
        assert_eq!(import("@import url('x.css');"), Some(("x.css", None)));
        assert_eq!(import("a { color: red }"), None);
    }

    #[test]
    fn comments_are_gone() {
        assert_eq!(without_comments("a/* b */c/* d"), "ac");
    }
}

//! The browser's program in parts: a kernel that every page needs, and what pages need beside it, cut where the screens
//! say so (`wasm_split` in `app::routes`). Knows no page; the names of parts come from the program itself.

use crate::snip::{Notes, snip};
use anyhow::{Context, Result, anyhow, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The module from which the kernel imports what loads a part. It is written into the glue and never a file.
const LINK: &str = "./__wasm_split.js";
/// How the cutter's file says where the glue is; inside of the glue nothing needs to be said.
const GLUE: &str = "./glue.js";

/// A program in parts, before it is bound to JavaScript.
pub struct Split {
    /// The kernel, which is the one that is bound.
    pub kernel: PathBuf,
    /// JavaScript that loads the parts by the names of `files`.
    loader: String,
    /// Files beside the kernel, by name without ending.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The files that each part needs.
    pub parts: BTreeMap<String, BTreeSet<String>>,
}

/// Cuts a program that was linked with its relocations.
pub fn split(program: &Path, folder: &Path) -> Result<Split> {
    let bytes = std::fs::read(program).with_context(|| format!("cannot read {}", program.display()))?;
    let kernel = folder.join("kernel.wasm");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &kernel;
    options.link_name = LINK;
    options.main_module = GLUE;
    let done = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))?;
    let mut files = BTreeMap::new();
    for path in &done.split_modules {
        let name = path.file_stem().context("a part has a name")?.to_string_lossy().into_owned();
        files.insert(name, snip(&std::fs::read(path)?, Notes::Dropped)?);
    }
    let whole = std::fs::read(&kernel)?;
    std::fs::write(&kernel, snip(&whole, Notes::Kept)?)?;
    let mut parts = BTreeMap::new();
    for (part, needs) in done.prefetch_map {
        // What would be empty is no file.
        let there = needs.into_iter().filter(|name| files.contains_key(name));
        parts.insert(part, there.collect());
    }
    if parts.is_empty() {
        bail!("the program has no parts: was it linked with --emit-relocs?");
    }
    Ok(Split { kernel, loader: std::fs::read_to_string(folder.join(LINK))?, files, parts })
}

impl Split {
    /// Glue that also loads the parts. One file, because a loader of its own would be one more request in a row, and
    /// would name the glue that names it. `address` gives the final name of a file.
    pub fn glue(&self, bound: &str, address: impl Fn(&str) -> String) -> Result<String> {
        let mut loader = String::new();
        let mut names = Vec::new();
        for line in self.loader.lines() {
            if line.starts_with("import ") {
                continue;
            }
            if let Some(rest) = line.strip_prefix("export const ") {
                names.push(rest.split(' ').next().unwrap_or_default().to_owned());
                loader.push_str("const ");
                loader.push_str(rest);
            } else {
                loader.push_str(line);
            }
            loader.push('\n');
        }
        for name in self.files.keys() {
            let written = format!("\"./{name}.wasm\"");
            if !loader.contains(&written) {
                bail!("the loader does not load {name}");
            }
            loader = loader.replace(&written, &format!("\"./{}\"", address(name)));
        }
        let mut glue = String::new();
        let import = format!("from \"{LINK}\"");
        for line in bound.lines() {
            if line.starts_with("import ") && line.contains(&import) {
                continue;
            }
            // The imports of the kernel name the module as often as they take something from it.
            if line.trim_start().starts_with(&format!("\"{LINK}\":")) {
                glue.push_str(&format!("\"{LINK}\": {{ {} }},\n", names.join(", ")));
                continue;
            }
            glue.push_str(line);
            glue.push('\n');
        }
        if glue.matches(LINK).count() == 0 || names.is_empty() {
            bail!("the glue does not ask for the parts");
        }
        Ok(glue + &loader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Split {
        let loader = "import { initSync } from \"./glue.js\";\n\
                      const __chunk_1 = makeLoad(() => fetch(new URL(\"./chunk_1.wasm\", import.meta.url)), []);\n\
                      export const __wasm_split_load_lists = wrapAsyncCb(makeLoad(() => \
                      fetch(new URL(\"./split_lists.wasm\", import.meta.url)), [__chunk_1]));\n";
        Split {
            kernel: PathBuf::new(),
            loader: loader.to_owned(),
            files: BTreeMap::from([("chunk_1".into(), vec![]), ("split_lists".into(), vec![])]),
            parts: BTreeMap::new(),
        }
    }

    const BOUND: &str = "import * as import1 from \"./__wasm_split.js\"\n\
                         import * as import2 from \"./__wasm_split.js\"\n\
                         function __wbg_get_imports() { return {\n\
                         \"./houfu_bg.js\": import0,\n\
                         \"./__wasm_split.js\": import1,\n\
                         \"./__wasm_split.js\": import2,\n\
                         }; }\n";

    #[test]
    fn the_loader_moves_into_the_glue() {
        let glue = sample().glue(BOUND, |name| format!("houfu.{name}.0.wasm")).unwrap();
        assert!(!glue.contains("import1") && !glue.contains("import {") && !glue.contains("export const"));
        assert!(glue.contains("\"./__wasm_split.js\": { __wasm_split_load_lists },"));
        assert!(glue.contains("new URL(\"./houfu.chunk_1.0.wasm\", import.meta.url)"));
        assert!(glue.contains("new URL(\"./houfu.split_lists.0.wasm\", import.meta.url)"));
    }

    #[test]
    fn a_file_that_nothing_loads_is_an_error() {
        let mut split = sample();
        split.files.insert("stray".into(), vec![]);
        assert!(split.glue(BOUND, str::to_owned).is_err());
        assert!(sample().glue("export { initSync }", str::to_owned).is_err());
    }
}

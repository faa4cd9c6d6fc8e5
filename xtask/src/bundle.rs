//! The browser's half: wasm, its glue and the style sheet, with hashes in their names and packed twins beside.
//! Knows no page.

use crate::place::Place;
use crate::{run, style};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// File that tells the server the hashes, one `kind: hash` a line.
const HASH_FILE: &str = "hash.txt";
/// Letters of the sha256 kept in file names.
const HASH_LETTERS: usize = 16;

/// How much work to put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Debug build, nothing packed: for working on screens.
    Quick,
    /// Small build, packed twins: what people get.
    Small,
}

type Files = BTreeMap<String, Vec<u8>>;

/// Builds everything and returns the folder it lies in. Files that did not change keep their time.
pub fn bundle(place: &Place, kind: Kind) -> Result<PathBuf> {
    let wasm = compile(place, kind)?;
    let mut files = bind(place, &wasm, kind)?;
    let css = style::inline(&place.root)?.into_bytes();
    insert_hashed(&mut files, "css", css);
    let list: String = ["js", "wasm", "css"]
        .iter()
        .filter_map(|kind| hash_of(&files, kind).map(|hash| format!("{kind}: {hash}\n")))
        .collect();
    files.insert(HASH_FILE.into(), list.into_bytes());
    let folder = place.pkg();
    write(&folder, &files, kind)?;
    Ok(folder)
}

fn compile(place: &Place, kind: Kind) -> Result<PathBuf> {
    let (profile, folder) = match kind {
        Kind::Quick => ("dev", "debug"),
        Kind::Small => ("wasm", "wasm"),
    };
    let mut cargo = run::cargo(place);
    cargo.args([
        "build",
        "--locked",
        "-p",
        "frontend",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        profile,
    ]);
    run::run(&mut cargo)?;
    Ok(place.target.join("wasm32-unknown-unknown").join(folder).join("frontend.wasm"))
}

/// Glue and wasm; snippets of dependencies are laid flat because the server serves one folder.
fn bind(place: &Place, wasm: &Path, kind: Kind) -> Result<Files> {
    let folder = tempfile::tempdir_in(&place.target)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("houfu").web(true)?.typescript(false).omit_default_module_path(true);
    bindgen
        .debug(kind == Kind::Quick)
        .keep_debug(kind == Kind::Quick)
        .remove_name_section(kind == Kind::Small);
    bindgen.generate(folder.path())?;
    let built = folder.path().join("houfu_bg.wasm");
    // No wasm-opt: version 108 mixes up the function table and the table of references, and the page dies at
    // `Table.set`. It saved no download (brotli grew), only parse size.
    let mut glue = std::fs::read_to_string(folder.path().join("houfu.js"))?;
    let mut files = Files::new();
    let snippets = folder.path().join("snippets");
    if snippets.exists() {
        for entry in std::fs::read_dir(&snippets)? {
            flatten(&entry?.path(), &mut glue, &mut files)?;
        }
    }
    insert_hashed(&mut files, "js", glue.into_bytes());
    insert_hashed(&mut files, "wasm", std::fs::read(&built)?);
    Ok(files)
}

fn flatten(folder: &Path, glue: &mut String, files: &mut Files) -> Result<()> {
    let name = folder.file_name().context("a snippet's folder has a name")?.to_string_lossy().into_owned();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            bail!("snippet folder {} is nested; lay it flat in bundle.rs", path.display());
        }
        let file = path.file_name().context("a snippet has a name")?.to_string_lossy().into_owned();
        let flat = format!("{name}.{file}");
        *glue = glue.replace(&format!("./snippets/{name}/{file}"), &format!("./{flat}"));
        files.insert(flat, std::fs::read(&path)?);
    }
    Ok(())
}

fn insert_hashed(files: &mut Files, kind: &str, bytes: Vec<u8>) {
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    files.insert(format!("houfu.{}.{kind}", &hash[..HASH_LETTERS]), bytes);
}

fn hash_of(files: &Files, kind: &str) -> Option<String> {
    let ending = format!(".{kind}");
    files.keys().find_map(|name| name.strip_prefix("houfu.")?.strip_suffix(&ending).map(str::to_owned))
}

fn write(folder: &Path, files: &Files, kind: Kind) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut wanted = Files::new();
    for (name, bytes) in files {
        let old = folder.join(name);
        let is_kept = std::fs::read(&old).is_ok_and(|have| &have == bytes);
        wanted.insert(name.clone(), bytes.clone());
        if kind == Kind::Quick || name == HASH_FILE {
            continue;
        }
        for (ending, pack) in [("br", brotli as fn(&[u8]) -> Result<Vec<u8>>), ("gz", gzip)] {
            let twin = format!("{name}.{ending}");
            let have = std::fs::read(folder.join(&twin)).ok().filter(|_| is_kept);
            let packed = have.map_or_else(|| pack(bytes), Ok)?;
            wanted.insert(twin, packed);
        }
        println!("{name}: {} bytes, brotli {}", bytes.len(), wanted[&format!("{name}.br")].len());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !wanted.contains_key(&name) {
            std::fs::remove_file(&path)?;
        }
    }
    for (name, bytes) in &wanted {
        let path = folder.join(name);
        if !std::fs::read(&path).is_ok_and(|have| &have == bytes) {
            std::fs::write(&path, bytes)?;
        }
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let options = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &options)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

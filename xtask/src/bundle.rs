//! The browser's half: wasm in its parts, glue and the style sheet, with hashes in their names and packed twins beside.
//! Knows no page.

use crate::place::Place;
use crate::short::shorten;
use crate::split::{Split, split};
use crate::{run, style};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// File that tells the server the names: `kind: hash` a line, and `part NAME: FILE` for each file of a part.
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
    let folder = tempfile::tempdir_in(&place.target)?;
    let program = split(&compile(place, kind)?, folder.path())?;
    let mut files = Files::new();
    let mut list = String::new();
    for (part, needs) in &program.parts {
        for name in needs {
            list.push_str(&format!("part {part}: {}\n", file_name(name, &program.files[name])));
        }
    }
    for (name, bytes) in &program.files {
        files.insert(file_name(name, bytes), bytes.clone());
    }
    list.push_str(&bind(folder.path(), &program, kind, &mut files)?);
    list.push_str(&insert_hashed(&mut files, "css", style::inline(&place.root)?.into_bytes()));
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
    cargo.args(["rustc", "--locked", "-p", "frontend", "--lib", "--profile", profile]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    // The cutter follows relocations; words for the linker alone leave every dependency as it was built.
    cargo.args(["--", "-C", "link-arg=--emit-relocs", "-C", "strip=none"]);
    run::run(&mut cargo)?;
    Ok(place.target.join("wasm32-unknown-unknown").join(folder).join("frontend.wasm"))
}

/// Glue and kernel; snippets of dependencies are laid flat because the server serves one folder. Returns their lines
/// of the list.
fn bind(folder: &Path, program: &Split, kind: Kind, files: &mut Files) -> Result<String> {
    let folder = folder.join("bound");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&program.kernel).out_name("houfu").web(true)?.typescript(false);
    bindgen.omit_default_module_path(true);
    // The parts import what no JavaScript asks for.
    bindgen.keep_lld_exports(true);
    bindgen
        .debug(kind == Kind::Quick)
        .keep_debug(kind == Kind::Quick)
        .remove_name_section(kind == Kind::Small);
    bindgen.generate(&folder)?;
    // No wasm-opt: version 108 mixes up the function table and the table of references, and the page dies at
    // `Table.set`. It saved no download (brotli grew), only parse size.
    let bound = std::fs::read_to_string(folder.join("houfu.js"))?;
    let mut glue = program.glue(&bound, |name| file_name(name, &program.files[name]))?;
    let mut kernel = std::fs::read(folder.join("houfu_bg.wasm"))?;
    if kind == Kind::Small {
        (kernel, glue) = shorten(&kernel, &glue)?;
    }
    let snippets = folder.join("snippets");
    if snippets.exists() {
        for entry in std::fs::read_dir(&snippets)? {
            flatten(&entry?.path(), &mut glue, files)?;
        }
    }
    let glue = insert_hashed(files, "js", glue.into_bytes());
    let kernel = insert_hashed(files, "wasm", kernel);
    Ok(glue + &kernel)
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

/// Puts a file under its final name and returns its line of the list.
fn insert_hashed(files: &mut Files, kind: &str, bytes: Vec<u8>) -> String {
    let hash = hash(&bytes);
    files.insert(format!("houfu.{hash}.{kind}"), bytes);
    format!("{kind}: {hash}\n")
}

/// The final name of a file beside the kernel.
fn file_name(name: &str, bytes: &[u8]) -> String {
    format!("houfu.{name}.{}.wasm", hash(bytes))
}

fn hash(bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    hash[..HASH_LETTERS].to_owned()
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

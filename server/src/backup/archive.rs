//! The file of a backup: a plain tar, so that any tool can open it in twenty years. The manifest stands first and
//! names every other entry with its digest. Knows no database.

use super::{ATTACHMENTS, BESIDE, BackupError, DUMP, IMPORTS, SQLITE, at, refused};
use chrono::{DateTime, Utc};
use domain::id::ImportId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tar::{Archive, Builder, EntryType, Header};

/// Of this layout.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Most bytes of a manifest: some 500,000 attachments.
const MANIFEST_MOST: u64 = 64 * 1024 * 1024;

/// What an archive says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    /// version of the program that made it
    pub program: String,
    /// UTC
    pub made: DateTime<Utc>,
    pub database: Database,
    pub audit: Audit,
    /// by path inside the archive
    pub files: BTreeMap<String, Packed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite` or `postgres`
    pub kind: String,
    pub file: String,
    /// steps of the schema
    pub steps: Vec<String>,
}

/// Head of the audit chain in the copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    pub seq: i64,
    pub hash: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packed {
    pub sha256: String,
    pub bytes: u64,
}

/// A file to be packed.
#[derive(Clone, Debug)]
pub struct Part {
    pub path: String,
    pub from: PathBuf,
    /// digest it must have
    pub sha256: Option<String>,
}

impl Manifest {
    pub fn new(made: DateTime<Utc>, database: Database, audit: Audit) -> Manifest {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Manifest { format: FORMAT, program, made, database, audit, files: BTreeMap::new() }
    }
}

/// Packs database and files; returns the manifest with every digest.
pub fn pack(
    mut manifest: Manifest,
    database: &Path,
    mut parts: Vec<Part>,
    to: &Path,
) -> Result<Manifest, BackupError> {
    parts.insert(0, Part { path: manifest.database.file.clone(), from: database.to_owned(), sha256: None });
    for part in &parts {
        let packed = digest(&part.from)?;
        if part.sha256.as_ref().is_some_and(|expected| *expected != packed.sha256) {
            return Err(refused(format!("{} is not what it was when it was stored", part.path)));
        }
        manifest.files.insert(part.path.clone(), packed);
    }
    let file = File::options().write(true).create_new(true).open(to).map_err(at(to))?;
    let mut builder = Builder::new(file);
    let text = serde_json::to_vec_pretty(&manifest).map_err(|fault| refused(fault.to_string()))?;
    append(&mut builder, MANIFEST, text.len() as u64, text.as_slice()).map_err(at(to))?;
    for part in &parts {
        let bytes = manifest.files.get(&part.path).map_or(0, |packed| packed.bytes);
        let from = File::open(&part.from).map_err(at(&part.from))?;
        append(&mut builder, &part.path, bytes, from.take(bytes)).map_err(at(to))?;
    }
    let mut file = builder.into_inner().map_err(at(to))?;
    file.flush().and_then(|()| file.sync_all()).map_err(at(to))?;
    Ok(manifest)
}

fn append(builder: &mut Builder<File>, path: &str, bytes: u64, from: impl Read) -> std::io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(bytes);
    builder.append_data(&mut header, path, from)
}

/// Digest and size of a file.
pub fn digest(path: &Path) -> Result<Packed, BackupError> {
    let mut file = File::open(path).map_err(at(path))?;
    let (sha256, bytes) = copy_digest(&mut file, &mut std::io::sink()).map_err(at(path))?;
    Ok(Packed { sha256, bytes })
}

fn copy_digest(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<(String, u64)> {
    let (mut hasher, mut bytes) = (Sha256::new(), 0_u64);
    let mut buffer = vec![0_u8; 128 * 1024];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok((hex::encode(hasher.finalize()), bytes));
        }
        hasher.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        bytes += read as u64;
    }
}

/// Takes everything out into `into`, comparing every entry with the manifest. Anything missing, unknown, doubled or
/// different refuses the whole.
pub fn unpack(file: &Path, into: &Path) -> Result<Manifest, BackupError> {
    let damaged = |why: &str| refused(format!("{} is no sound backup: {why}", file.display()));
    let mut archive = Archive::new(File::open(file).map_err(at(file))?);
    let mut entries = archive.entries().map_err(|fault| damaged(&fault.to_string()))?;
    let first = entries.next().ok_or_else(|| damaged("it is empty"))?;
    let first = first.map_err(|fault| damaged(&fault.to_string()))?;
    if first.path().ok().as_deref() != Some(Path::new(MANIFEST)) || first.size() > MANIFEST_MOST {
        return Err(damaged("it does not begin with a manifest"));
    }
    let manifest: Manifest =
        serde_json::from_reader(first).map_err(|fault| damaged(&format!("manifest: {fault}")))?;
    if manifest.format != FORMAT {
        return Err(damaged("it has a layout that this program does not know"));
    }
    let mut left = manifest.files.clone();
    for entry in entries {
        let mut entry = entry.map_err(|fault| damaged(&fault.to_string()))?;
        let path = entry.path().map_err(|fault| damaged(&fault.to_string()))?.to_string_lossy().into_owned();
        let Some(expected) = left.remove(&path).filter(|_| is_ours(&path)) else {
            return Err(damaged(&format!("the entry {path} is not in the manifest")));
        };
        if entry.header().entry_type() != EntryType::Regular || entry.size() != expected.bytes {
            return Err(damaged(&format!("the entry {path} is not as long as the manifest says")));
        }
        let target = into.join(&path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(at(parent))?;
        }
        let mut out = File::options().write(true).create_new(true).open(&target).map_err(at(&target))?;
        let (sha256, bytes) =
            copy_digest(&mut entry, &mut out).map_err(|fault| damaged(&format!("{path}: {fault}")))?;
        out.sync_all().map_err(at(&target))?;
        if sha256 != expected.sha256 || bytes != expected.bytes {
            return Err(damaged(&format!("the entry {path} is not what was packed")));
        }
    }
    match left.keys().next() {
        Some(missing) => Err(damaged(&format!("the entry {missing} is missing"))),
        None => Ok(manifest),
    }
}

/// Paths that an archive may hold: nothing that leads out of the data folder, nothing that we do not know.
pub fn is_ours(path: &str) -> bool {
    let hexadecimal = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    if path == SQLITE || path == DUMP || BESIDE.contains(&path) {
        return true;
    }
    match path.split('/').collect::<Vec<_>>()[..] {
        [folder, start, name] => {
            folder == ATTACHMENTS && hexadecimal(start, 2) && hexadecimal(name, 64) && name.starts_with(start)
        }
        // An id written as we write it, so that no name can lead anywhere else.
        [folder, name] => {
            folder == IMPORTS && name.parse::<ImportId>().is_ok_and(|import| import.to_string() == name)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let digest = "ab".repeat(32);
        assert!(is_ours(&format!("att/ab/{digest}")));
        for foreign in ["../x", "/etc/passwd", "att/../x", "att/ab/x", "houfu.db/x", "houfu.toml", ""] {
            assert!(!is_ours(foreign), "{foreign}");
        }
        assert!(!is_ours(&format!("att/cd/{digest}")));
        assert!(is_ours("imports/01a217cb-8274-7c20-8f72-20aa46427633"));
        for foreign in ["imports/x", "imports/..", "imports/01a217cb-8274-7c20-8f72-20aa46427633.part"] {
            assert!(!is_ours(foreign), "{foreign}");
        }
    }
}

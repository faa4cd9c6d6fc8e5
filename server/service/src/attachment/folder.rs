//! Where the bytes of attachments lie: `att/ab/<sha256>` in the data folder, never under a person's name for them.

use domain::attachment::FileKind;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const FOLDER: &str = "att";

/// Where the file with this digest lies.
pub(super) fn path(root: &Path, sha256: &str) -> PathBuf {
    root.join(FOLDER).join(sha256.get(..2).unwrap_or("00")).join(sha256)
}

/// Writes the bytes and returns their digest; `None` when they are not what their name says. Once this returns,
/// the file survives a loss of power.
pub(super) fn keep(root: &Path, kind: FileKind, bytes: &[u8]) -> io::Result<Option<String>> {
    // The second opinion may know fewer kinds than the first, so it only counts where it has one.
    let known = infer::get(bytes).is_none_or(|found| agrees(kind, found.mime_type()));
    if !known || !sheet::proof::proves(kind, bytes) {
        return Ok(None);
    }
    let sha256 = hex::encode(Sha256::digest(bytes));
    let path = path(root, &sha256);
    if path.metadata().is_ok_and(|kept| kept.len() == bytes.len() as u64) {
        return Ok(Some(sha256));
    }
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|fault| fault.error)?;
    for folder in [Some(folder), folder.parent(), Some(root)].into_iter().flatten() {
        File::open(folder)?.sync_all()?;
    }
    Ok(Some(sha256))
}

/// True unless the bytes are plainly something else.
fn agrees(kind: FileKind, found: &str) -> bool {
    match kind {
        FileKind::Pdf | FileKind::Jpeg | FileKind::Png => found == kind.media_type(),
        FileKind::Ofd | FileKind::Docx | FileKind::Xlsx | FileKind::Pptx => {
            found == kind.media_type() || found == "application/zip"
        }
        FileKind::Doc | FileKind::Xls | FileKind::Wps | FileKind::Et => !found.starts_with("image/"),
    }
}

/// The first of these digests (with sizes in bytes) whose file is missing or is not itself.
pub fn first_breach(root: &Path, digests: &[(String, i64)]) -> Option<String> {
    digests.iter().find_map(|(sha256, size)| {
        let place = |what: &str| Some(format!("{sha256} {what}"));
        match measure(&path(root, sha256)) {
            Ok((found, _)) if found != *sha256 => place("differs"),
            Ok((_, length)) if i64::try_from(length) != Ok(*size) => place("has another size"),
            Ok(_) => None,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => place("missing"),
            Err(fault) => place(&fault.to_string()),
        }
    })
}

/// Digest and length of a file, read piece by piece.
fn measure(path: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut length) = (Sha256::new(), 0_u64);
    let mut piece = vec![0_u8; 1 << 16];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((hex::encode(hasher.finalize()), length));
        }
        length += read as u64;
        hasher.update(&piece[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_under_its_digest_and_a_changed_one_is_found() {
        let root = tempfile::tempdir().unwrap();
        let sha256 = keep(root.path(), FileKind::Pdf, b"%PDF-1.7 a").unwrap().unwrap();
        assert_eq!(keep(root.path(), FileKind::Pdf, b"%PDF-1.7 a").unwrap().unwrap(), sha256);
        let rows = [(sha256.clone(), 10)];
        assert_eq!(first_breach(root.path(), &rows), None);
        fs::write(path(root.path(), &sha256), b"%PDF-1.7 b").unwrap();
        assert_eq!(first_breach(root.path(), &rows), Some(format!("{sha256} differs")));
        fs::remove_file(path(root.path(), &sha256)).unwrap();
        assert_eq!(first_breach(root.path(), &rows), Some(format!("{sha256} missing")));
    }

    #[test]
    fn what_is_not_what_it_says_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(keep(root.path(), FileKind::Pdf, b"MZ\x90\x00 a program").unwrap(), None);
        assert!(!root.path().join(FOLDER).exists());
    }
}

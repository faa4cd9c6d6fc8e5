//! Where things lie: the tree, the cache folder, the build folder. Makes no decision about what is in them.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Folders that every command needs, all absolute.
#[derive(Clone, Debug)]
pub struct Place {
    /// The work tree.
    pub root: PathBuf,
    /// Tools and builds that outlive a clone.
    pub cache: PathBuf,
    /// Cargo's build folder, outside the clone so that dependencies are built once.
    pub target: PathBuf,
}

impl Place {
    /// `CARGO_TARGET_DIR`, when set, goes before the folder in the user's cache.
    pub fn find() -> Result<Place> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask stands in the work tree")?;
        let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
        let cache = std::env::var_os("XDG_CACHE_HOME")
            .map_or_else(|| home.join(".cache"), PathBuf::from)
            .join("houfu");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache.join("target"), PathBuf::from);
        std::fs::create_dir_all(&cache).with_context(|| format!("cannot make {}", cache.display()))?;
        std::fs::create_dir_all(&target).with_context(|| format!("cannot make {}", target.display()))?;
        Ok(Place { root: root.to_owned(), cache, target: target.canonicalize()? })
    }

    /// The built front end: what `HOUFU_PKG` names at build time and `HOUFU_PKG_DIR` at run time.
    pub fn pkg(&self) -> PathBuf {
        self.target.join("pkg")
    }
}

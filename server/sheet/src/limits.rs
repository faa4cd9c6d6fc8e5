//! How much of a file is read before it is refused. Settings with their defaults; knows no file.

use serde::{Deserialize, Serialize};

/// Every bound of reading, each a setting; the defaults stand in the README.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The file on disk, in bytes.
    pub file_bytes: u64,
    /// Entries of the archive.
    pub entries: u64,
    /// One entry unzipped, in bytes.
    pub entry_bytes: u64,
    /// All entries unzipped, in bytes.
    pub total_bytes: u64,
    /// Unzipped bytes for one packed byte.
    pub ratio: u64,
    /// Entries that unzip to less than this many bytes may be packed tighter than `ratio`.
    pub ratio_from_bytes: u64,
    /// Cells of the whole file, blank ones with a style included.
    pub cells: u64,
    /// Number of the last filled row of a sheet.
    pub rows: u32,
    /// Number of the last filled column of a sheet.
    pub columns: u32,
    /// Characters of one cell.
    pub cell_chars: u64,
    /// Merged regions remembered of one sheet; more than these are ignored.
    pub merges: usize,
    /// Wall time and processor time of the reading process, in seconds.
    pub seconds: u64,
    /// Address space of the reading process, in MiB.
    pub memory_mib: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        const MIB: u64 = 1 << 20;
        Limits {
            file_bytes: 40 * MIB,
            entries: 200,
            entry_bytes: 256 * MIB,
            total_bytes: 512 * MIB,
            ratio: 100,
            ratio_from_bytes: MIB,
            cells: 5_000_000,
            rows: 200_000,
            columns: 200,
            cell_chars: 32_767,
            merges: 50_000,
            seconds: 60,
            memory_mib: 512,
        }
    }
}

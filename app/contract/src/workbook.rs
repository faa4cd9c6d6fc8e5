//! Why a workbook or CSV file was not read, as facts. Knows no sentence, no screen and no reader.

use serde::{Deserialize, Serialize};

/// A file format that spreadsheet programs write and this product does not read; the cure is saving it as .xlsx.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherFormat {
    /// Excel 97–2003 (.xls)
    Xls,
    /// WPS 表格 (.et)
    Et,
    /// Excel binary (.xlsb)
    Xlsb,
    /// OpenDocument (.ods)
    Ods,
}

/// Why a file was refused as a whole. Every limit stands in its own unit beside what broke it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ReadRefusal {
    #[error("the file is empty")]
    Empty,
    #[error("neither a workbook nor a text table")]
    NotAWorkbook,
    #[error("{format:?} is not read; save as .xlsx")]
    OldFormat { format: OtherFormat },
    #[error("protected by a password")]
    Encrypted,
    /// The file on disk, in bytes.
    #[error("file larger than {most} bytes")]
    FileTooLarge { bytes: u64, most: u64 },
    #[error("{entries} entries in the archive, {most} allowed")]
    TooManyEntries { entries: u64, most: u64 },
    /// One entry of the archive, unzipped, in bytes.
    #[error("{entry} unzips to more than {most} bytes")]
    EntryTooLarge { entry: String, most: u64 },
    /// All entries together, unzipped, in bytes.
    #[error("unzips to more than {most} bytes")]
    TotalTooLarge { most: u64 },
    #[error("{entry} is packed more than {most} times")]
    RatioTooHigh { entry: String, most: u64 },
    /// The archive states another size than the entry has, in bytes.
    #[error("{entry} states {stated} bytes and has {real}")]
    LyingEntry { entry: String, stated: u64, real: u64 },
    #[error("{sheet} has more than {most} cells")]
    TooManyCells { sheet: String, most: u64 },
    /// `address` is a filled cell beyond the limit.
    #[error("{sheet} has more than {most} rows: {address}")]
    TooManyRows { sheet: String, address: String, most: u64 },
    #[error("{sheet} has more than {most} columns: {address}")]
    TooManyColumns { sheet: String, address: String, most: u64 },
    /// Length of one cell's text in characters.
    #[error("{sheet} {address} is longer than {most} characters")]
    CellTooLong { sheet: String, address: String, most: u64 },
    #[error("not read within {seconds} s")]
    TimedOut { seconds: u64 },
    #[error("needs more than {mebibytes} MiB of memory")]
    MemoryExceeded { mebibytes: u64 },
    /// `place` is the sheet, cell or archive entry at which reading stopped; for the log and the expert.
    #[error("damaged at {place}: {detail}")]
    Damaged { place: String, detail: String },
    /// The mapping names a sheet that the file does not have.
    #[error("there is no sheet {sheet}")]
    NoSuchSheet { sheet: String },
    /// No sheet looks like a list of projects or of sites.
    #[error("no list found in {sheets:?}")]
    NoList { sheets: Vec<String> },
    #[error("cancelled")]
    Cancelled,
    /// The reader itself could not be started or ended without an answer.
    #[error("reader failed: {detail}")]
    ReaderFailed { detail: String },
}

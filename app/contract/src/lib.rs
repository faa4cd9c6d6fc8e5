//! Placeholder.
pub mod workbook;

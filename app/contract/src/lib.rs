//! Placeholder.
pub mod workbook;
pub mod error;
pub mod form;
pub mod account;

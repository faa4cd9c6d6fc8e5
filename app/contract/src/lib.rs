//! Placeholder.
pub mod workbook;
pub mod error;
pub mod form;
pub mod account;
pub mod list;
pub mod project;

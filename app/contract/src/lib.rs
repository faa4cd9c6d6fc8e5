//! Placeholder.
pub mod account;
pub mod attachment;
pub mod error;
pub mod export;
pub mod form;
pub mod history;
pub mod import;
pub mod list;
pub mod project;
pub mod workbook;

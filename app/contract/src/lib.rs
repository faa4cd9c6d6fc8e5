//! Placeholder.
pub mod account;
pub mod error;
pub mod form;
pub mod home;
pub mod import;
pub mod list;
pub mod project;
pub mod workbook;

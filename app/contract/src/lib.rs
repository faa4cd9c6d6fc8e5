//! Placeholder.
pub mod account;
pub mod area;
pub mod audit;
pub mod error;
pub mod form;
pub mod import;
pub mod list;
pub mod project;
pub mod site;
pub mod workbook;

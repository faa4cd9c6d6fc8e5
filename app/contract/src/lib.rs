//! Placeholder.
pub mod account;
pub mod area;
pub mod attachment;
pub mod audit;
pub mod error;
pub mod export;
pub mod form;
pub mod history;
pub mod import;
pub mod list;
pub mod project;
pub mod site;
pub mod workbook;

//! Workbooks and CSV: bounded reading, recognition of headings and units, typed checks, writing.
//!
//! Reading order: `limits`, `sniff`, `archive`, `book` (a file as rows), `header`, `layout` (a sheet as a list),
//! `judge`, `stage`, `tally` (rows as typed cells with findings), `read`, `check`. Knows no database and no person;
//! names of areas and sites leave here as texts.

pub mod again;
pub mod annotate;
pub mod archive;
pub mod book;
pub mod cell;
pub mod check;
pub mod child;
pub mod column;
pub mod csv_text;
pub mod dispatch;
mod header;
mod judge;
mod kindred;
pub mod layout;
pub mod ledger;
pub mod limits;
pub mod mapping;
mod place;
pub mod plain;
pub mod proof;
pub mod read;
mod sniff;
mod stage;
pub mod staged;
mod tally;
pub mod write;

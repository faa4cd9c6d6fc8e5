//! Rows in and out of SQLite and PostgreSQL; the only crate that knows SeaORM. Translates, never decides.
//!
//! Reading takes a `&Scope`, writing takes a `&Permit`: both are made only by `domain::permission`. A write
//! transaction keeps its audit records and the list totals it disturbed, and settles both in `Tx::commit`,
//! so neither can be forgotten and the head of the audit chain is always locked last.

pub mod account;
pub mod area;
pub mod attachment;
pub mod audit;
pub mod backup;
pub mod bulletin;
pub mod dashboard;
pub mod db;
pub mod dispatch;
pub mod fault;
pub mod fund;
pub mod history;
pub mod idempotency;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod list;
pub mod page;
pub mod preference;
pub mod project;
pub mod review;
pub mod search;
pub mod session;
pub mod site;
pub mod staged;
pub mod statement;
pub mod synonym;
pub mod token;
pub mod tx;
pub mod verify;
pub mod wall;

mod scope;
mod sql;

pub use db::{Db, DbOptions, FolderLock};
pub use fault::{Conflict, Fault};
pub use tx::{Conn, Disturbed, Reader, Stamp, Tx};

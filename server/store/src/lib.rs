//! Rows in and out of SQLite and PostgreSQL. The only crate that knows SeaORM; the raw connection never leaves it.
//!
//! Reads take a `Scope`, writes take a `Permit`; both come only from `domain::permission`.

pub mod audit;
pub mod db;
pub mod fault;
pub mod idempotency;
pub mod scope;
mod sqlite;
mod postgres;
pub mod tx;

pub use db::{Db, Settings};
pub use fault::{Conflict, Fault};
pub use tx::{Reader, Rows, Tx};

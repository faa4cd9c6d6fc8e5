//! The ledger of funds (资金台账): entries, positions, requests, pairs out of order, months, entry by hand, books that come
//! in as files; exports of banks against it, and the matrix that judges it. Every page has an address; every act is a plain form.

pub mod address;
pub mod api;
pub mod batch;
pub mod check_file;
pub mod control;
pub mod echo;
pub mod entries;
pub mod filter;
pub mod filtered;
pub mod findings;
pub mod frame;
pub mod heads;
pub mod import;
pub mod inputs;
pub mod inverted;
pub mod money;
pub mod months;
pub mod new;
pub mod one;
pub mod order;
pub mod paper;
pub mod picker;
pub mod positions;
pub mod reason;
pub mod reconcile;
pub mod report;
pub mod reports;
pub mod request;
pub mod requests;
pub mod slip;
pub mod standing;
pub mod text;
pub mod typing;

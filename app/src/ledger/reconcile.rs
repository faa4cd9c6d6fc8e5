//! 对账: exports of banks and treasuries held against the ledger. The list with its way in, one reconciliation with its
//! differences both ways, its steps and its signature. Every act is a plain form.

pub mod acts;
pub mod address;
pub mod api;
pub mod cells;
pub mod list;
pub mod matched;
pub mod one;
pub mod open;
pub mod unit;

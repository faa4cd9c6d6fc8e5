//! The workbench of a person, and the search over everything in his area.

pub mod api;
pub mod board;
mod funds;
pub mod page;

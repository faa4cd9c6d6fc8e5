//! `/jobs/portfolio`: the jobs of many projects, each kind by itself, with the range of the sum and how it was found.

pub mod address;
pub mod api;
pub mod page;

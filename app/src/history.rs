//! What became of a project, and taking changes back.

pub mod api;
pub mod table;

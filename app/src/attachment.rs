//! Files of a project: the tab that lists them, sends and takes them off.

pub mod api;
pub mod panel;
pub mod sending;

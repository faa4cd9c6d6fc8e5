//! 报表: documents of months and quarters, begun, worded, issued and taken along.

pub mod address;
pub mod api;
mod desk;
pub mod list;
pub mod one;
mod preview;
mod ranks;

//! The rules of Houfu, pure: no clock, no database, no framework, no float.
//!
//! Read in this order: values (`money`, `period`, `area`, `id`, `text`), who may do what (`permission`),
//! then the slices `site`, `project`, `list`. Every rule takes time and ids as arguments, so every rule
//! can be tried in a unit test without a mock.
#![deny(clippy::float_arithmetic)]

pub mod area;
pub mod attachment;
pub mod broken;
pub mod bulletin;
pub mod dashboard;
pub mod dispatch;
pub mod finding;
pub mod fund;
pub mod id;
pub mod jobs;
pub mod ledger;
pub mod list;
pub mod mark;
pub mod money;
pub mod period;
pub mod permission;
pub mod project;
pub mod review;
pub mod site;
pub mod source;
pub mod statement;
pub mod text;
pub mod usage;

//! The store on both databases, through its public functions only.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod common;
mod projects;
mod trail;

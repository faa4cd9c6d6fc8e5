//! The store on both databases, through its public functions only.

mod common;
mod projects;
mod trail;

//! The desk of findings, one finding on its way, the catalogue of rules, and the three official lists.

pub mod address;
pub mod api;
mod filter;
pub mod frame;
pub mod list;
pub mod one;
pub mod print;
pub mod rule;
pub mod rules;
mod steps;
mod text;
mod walk;

//! Figures that documents state: the table of all, and one with its parts, its arithmetic and the working figure.

pub mod api;
mod choose;
pub mod list;
pub mod one;

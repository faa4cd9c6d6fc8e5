//! The leaders' page: five cards, five charts, a wall for a large screen. It shows figures and ways; it computes nothing.

pub mod address;
pub mod api;
mod cards;
mod charts;
mod explained;
mod filter;
pub mod page;
pub mod screen;
pub mod text;
pub mod works;

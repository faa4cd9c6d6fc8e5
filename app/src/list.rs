//! The three lists on screen: filters in the address, the grid, what is done with selected rows.

pub mod address;
pub mod api;
pub mod batch;
pub mod chips;
pub mod choice;
pub mod columns;
pub mod drawer;
pub mod filter;
pub mod head_filter;
pub mod page;
pub mod print;
pub mod saving;
pub mod selection;
pub mod settings;
pub mod shortcuts;
pub mod views;

//! The three lists on screen: filters in the address, the grid, what is done with selected rows.

pub mod address;
pub mod api;
pub mod columns;
pub mod filter;
pub mod page;
pub mod print;
pub mod saving;
pub mod selection;
pub mod settings;

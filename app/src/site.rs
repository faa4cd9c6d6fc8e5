//! Communities (安置点): the list with its sums, the page of one, its form. Counts only, no names of residents.

pub mod api;
pub mod channels;
pub mod form;
pub mod list;
pub mod one;

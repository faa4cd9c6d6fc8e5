//! Communities (安置点): the list with its sums and the order of need, the page of one with its months, projects and needs,
//! its form, both on paper, and the size classes. Counts only, no names of residents.

pub mod api;
pub mod channels;
pub mod filter;
pub mod form;
pub mod linked;
pub mod list;
pub mod months;
pub mod need;
pub mod one;
pub mod print;
pub mod sizes;
pub mod text;

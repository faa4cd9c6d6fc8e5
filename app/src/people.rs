//! People (用户): the list, one person, a new one, a table of them. Part of the slice `account`, for administrators.

pub mod api;
pub mod import;
pub mod list;
pub mod one;

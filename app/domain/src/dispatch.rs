//! 月调度: what a county hands in for a month, the life of its book, and which figures cannot be. Knows no clock, no user's
//! name and no database.

pub mod book;
pub mod check;
pub mod column;
pub mod heading;
pub mod row;

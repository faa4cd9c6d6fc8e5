//! The interface for programs, explained to people. Knows no handler; the routes describe themselves.

pub mod page;

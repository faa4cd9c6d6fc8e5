//! 系数: editions of job coefficients, one with its lines and what it would change, and the steps of two people.

pub mod address;
pub mod api;
pub mod form;
pub mod list;
pub mod one;
pub mod preview;

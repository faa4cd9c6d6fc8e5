//! 测算与实绩: estimates beside what counties reported, and the record of the coefficients.

pub mod address;
pub mod api;
pub mod calibrated;
pub mod compared;
pub mod filter;

//! Jobs (就业): estimates before a project, what came true after it. Knows no clock, no user, no database.
//!
//! 人, 岗位, 人次, FTE, 工日 and 户 are never added together: see [`kind`]. Read in this order: `coefficient`, `input`,
//! `method` (which way a project is reckoned), `formula`, `estimate`, `portfolio` (sums of many).

// First, because the others write their codes with its macro.
#[macro_use]
pub mod kind;

pub mod calibration;
pub mod coefficient;
pub mod comparison;
pub mod edition;
pub mod estimate;
pub mod formula;
pub mod input;
pub mod method;
pub mod portfolio;
pub mod quantity;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod proof;

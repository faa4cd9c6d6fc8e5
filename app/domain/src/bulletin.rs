//! 调度汇总 and 通报: what a month or a quarter says of each county, how counties are ranked, which sentences a draft holds.
//! Knows no word, no layout, no database. Every difference is one of exact fractions; rounding happens when it is printed.

pub mod community;
pub mod draft;
pub mod edition;
pub mod facts;
pub mod orders;
pub mod period;
pub mod place;
pub mod rank;
pub mod rate;
pub mod small;
pub mod wording;

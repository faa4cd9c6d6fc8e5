//! Jobs: editions of coefficients, and estimates beside what came. Knows no SQL.

pub mod edition;
pub mod record;

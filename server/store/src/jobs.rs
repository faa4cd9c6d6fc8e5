//! Job estimates as kept: the coefficients in force, what people state for a project, and its lines. Knows no formula:
//! the domain reckons, here it is written down in the transaction of whatever it follows from.

pub mod coefficient;
pub mod edition;
pub mod estimate;
pub mod input;
pub mod past;
pub mod portfolio;
pub mod preview;
pub mod record;

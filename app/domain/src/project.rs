//! A project of the reserve: its columns, its facts, its gates, its code. Knows no database and no list edition.

pub mod category;
pub mod check;
pub mod code;
pub mod facts;
pub mod field;
pub mod gate;
pub mod value;

pub use category::{Category, Nature, Stage};
pub use code::ProjectCode;
pub use facts::ProjectFacts;
pub use field::{Field, Kind};
pub use gate::{Gate, Maturity};
pub use value::Value;

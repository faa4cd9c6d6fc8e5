//! Sentences for refusals, findings and failures, by exhaustive match. The facts come from below; nothing is decided here.

mod api;
mod finding;

pub use api::{api_error, field_fault, refusal, refusal_file};
pub use finding::{amount_error, date_error, finding, value_error};

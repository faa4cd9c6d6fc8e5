//! Sentences for refusals, findings and failures, by exhaustive match. The facts come from below; nothing is decided here.

mod api;
mod coefficient;
pub mod dispatch;
mod finding;
mod fund;
mod ledger;
mod problem;
pub mod reconcile;
pub mod review;
pub mod statement;

pub use api::{api_error, field_fault, refusal, refusal_file};
pub use coefficient::coefficient_refusal;
pub use finding::{amount_error, date_error, finding, value_error};
pub use fund::{fund_breach, fund_refusal, fund_rule, fund_unjudged};
pub use ledger::{breaches, ledger_refusal, line_fault};
pub use problem::{PROBLEMS, problem_title};
pub use reconcile::reconcile_refusal;
pub use review::review_refusal;
pub use statement::statement_refusal;

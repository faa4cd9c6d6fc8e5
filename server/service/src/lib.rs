//! One public function per use case: load, permit, decide, save, view. Knows no HTTP and no sentence.

pub mod account;
pub mod app;
pub mod area;
pub mod attachment;
pub mod audit;
pub mod call;
pub mod clock;
pub mod demo;
pub mod export;
mod facts;
pub mod failure;
pub mod fund;
pub mod history;
pub mod home;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod list;
mod once;
pub mod password;
pub mod project;
pub mod retry;
pub mod review;
pub mod site;
pub mod statement;
mod table;
pub mod throttle;
mod trail;
mod whole;

pub use app::App;
pub use call::Call;
pub use clock::Clock;
pub use failure::{Failure, Outcome};

//! One public function per use case: load, permit, decide, save, view. Knows no HTTP and no sentence.

pub mod account;
pub mod app;
pub mod area;
pub mod call;
pub mod clock;
pub mod demo;
pub mod failure;
pub mod home;
pub mod import;
pub mod list;
pub mod password;
pub mod project;
pub mod throttle;

pub use app::App;
pub use call::Call;
pub use clock::Clock;
pub use failure::{Failure, Outcome};

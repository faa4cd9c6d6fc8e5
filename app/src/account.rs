//! Signing in and out, the first set-up, the workbench, one's own account and look.

pub mod admin;
pub mod api;
pub mod home;
pub mod login;
pub mod look_panel;
pub mod page;
pub mod setup;

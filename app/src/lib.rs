//! Screens and doors of Houfu. A slice is a folder: `api.rs` are its doors, `page.rs` its pages, `<slice>.css` its look.
//! Everything compiles for the browser and for the server; what only the server has is behind `bridge`.
#![recursion_limit = "512"]

pub mod account;
pub mod area;
pub mod attachment;
pub mod audit;
#[cfg(feature = "ssr")]
pub mod bridge;
pub mod bulletin;
pub mod dashboard;
pub mod dispatch;
pub mod docs;
pub mod fund;
pub mod history;
pub mod home;
pub mod import;
pub mod jobs;
pub mod later;
pub mod ledger;
pub mod list;
pub mod parts;
pub mod people;
pub mod project;
pub mod review;
pub mod routes;
pub mod session;
pub mod shell;
pub mod site;
pub mod statement;
pub mod wall;

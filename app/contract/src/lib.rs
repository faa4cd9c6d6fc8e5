//! What crosses the wire: forms and commands up, views down, one file a slice. Knows no SQL, no route and no layout.

pub mod account;
pub mod area;
pub mod attachment;
pub mod audit;
pub mod bulletin;
pub mod dashboard;
pub mod dispatch;
pub mod error;
pub mod export;
pub mod form;
pub mod fund;
pub mod history;
pub mod home;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod list;
pub mod project;
pub mod review;
pub mod site;
pub mod statement;
pub mod wall;
pub mod workbook;

//! What a person sees in a real browser, in both languages, with scripts and without: one module a slice.
//! Each test waits for hydration and demands an empty console.

mod account;
mod admin;
mod board;
mod import;
mod jobs;
mod later;
mod ledger;
mod list;
mod project;
mod reconcile;
mod site;
mod token;
mod walk;

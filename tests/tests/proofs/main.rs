//! Everything that is proved without a browser, as one program: linking the whole server once is slow enough. One
//! module a slice or a law; the runner gives every test a process of its own.

mod anchor;
mod api;
mod arch;
mod areas;
mod attachment;
mod audit;
mod backup;
mod bank;
mod broken;
mod catalogue;
mod cells;
mod crash;
mod deploy;
mod doors;
mod export;
mod findings;
mod fund;
mod http;
mod import;
mod ledger;
mod list;
mod listen;
mod migrate;
mod people;
mod planted;
mod policy;
mod retry;
mod retyped;
mod review;
mod session;
mod site;
mod statement;
mod typed;
mod undo;
mod words;

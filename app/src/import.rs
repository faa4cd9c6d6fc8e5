//! The import wizard: a workbook goes in, is understood, compared cell by cell, mended, committed and undone.
//! Every step is a page with an address and plain forms; with scripts on the same forms answer in place.

pub mod api;
pub mod page;

mod address;
mod cell;
mod choice;
mod columns;
mod commit;
mod compare;
mod counts;
mod done;
mod effect;
mod facts;
mod findings;
mod grid;
mod keys;
mod left_out;
mod mend;
mod own;
mod print;
mod row;
mod sample;
mod send;
mod sending;
mod steps;
mod text;
mod undo;
mod unit;
mod upload;
mod waiting;

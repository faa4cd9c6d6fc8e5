//! 月调度: the overview of a month, the page on which a book is filled in, the import of a workbook.

pub mod address;
pub mod api;
pub mod book;
mod cell;
mod grid;
mod head;
pub mod import;
mod keys;
pub mod overview;
mod saving;

//! Addresses of this slice, and where its plain forms go next.

use crate::parts::address::{encode, write};
use crate::parts::retyped::back;
use contract::dispatch::file::{CommittedView, StagedView};
use contract::dispatch::form::{CellsForm, DecideForm};
use contract::dispatch::{BookView, EditedView, OpenedView, RemindedView};
use domain::id::ReturnBookId;
use domain::period::Month;

pub const PATH: &str = "/dispatch";
/// The book as a workbook.
pub const EXPORT: &str = "/dispatch/{id}/export";

/// The overview of a month.
pub fn month(month: Month) -> String {
    write(PATH, &[("month", &month.to_string())])
}

/// The page of a book.
pub fn book(book: ReturnBookId) -> String {
    format!("{PATH}/{book}")
}

/// The page of a book, on the tab of communities or not.
pub fn tab(book: ReturnBookId, is_sites: bool) -> String {
    write(&self::book(book), &[("tab", if is_sites { "sites" } else { "" })])
}

pub fn import(book: ReturnBookId) -> String {
    format!("{PATH}/{book}/import")
}

pub fn export(book: ReturnBookId) -> String {
    format!("{PATH}/{book}/export")
}

/// After a month was opened: the one book, or the overview.
pub fn opened(view: &OpenedView) -> String {
    match view.book {
        Some(book) => self::book(book),
        None => write(PATH, &[("month", &view.month.to_string()), ("made", &view.made.to_string())]),
    }
}

pub fn reminded(view: &RemindedView) -> String {
    write(PATH, &[("month", &view.month.to_string()), ("reminded", &view.areas.to_string())])
}

pub fn submitted(view: &BookView) -> String {
    write(&book(view.head.book), &[("done", "submitted")])
}

pub fn decided(view: &BookView) -> String {
    write(&book(view.head.book), &[("done", "decided")])
}

/// Back to the book with the reason that was typed.
pub fn undecided(form: &DecideForm) -> String {
    back(&format!("{PATH}/{}", encode(&form.book)), &[("reason", &form.reason)])
}

/// After cells were saved: what could not be read, and one's own of two values, stand in their inputs again.
pub fn edited(view: &EditedView) -> String {
    let saved = view.saved.to_string();
    let tab = if view.is_sites { "sites" } else { "" };
    let wrong = view.wrong.iter().map(|wrong| (kept(&wrong.cell), wrong.wrong.text.clone()));
    let own = view.conflicts.iter();
    let own = own.map(|two| (kept(&two.cell), two.yours.clone().unwrap_or_default()));
    let typed: Vec<(String, String)> = wrong.chain(own).collect();
    let mut texts = vec![("tab", tab), ("saved", saved.as_str())];
    texts.extend(typed.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    back(&book(view.book), &texts)
}

/// Name under which the text of a cell goes back with the address.
pub fn kept(cell: &str) -> String {
    format!("cell.{cell}")
}

/// Back to the book; the error itself carries both values of every cell.
pub fn not_edited(form: &CellsForm) -> String {
    let tab = if form.sites.is_empty() { "" } else { "sites" };
    write(&format!("{PATH}/{}", encode(&form.book)), &[("tab", tab)])
}

/// After a file was kept aside.
pub fn staged(view: &StagedView) -> String {
    write(&import(view.book), &[("batch", &view.batch)])
}

pub fn committed(view: &CommittedView) -> String {
    write(&book(view.book), &[("imported", &view.changes.to_string())])
}

//! Moving about the compared rows with the keyboard, and opening any cell for another text. Reads the table as it
//! stands on the page; knows no door.

use leptos::ev;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTableCellElement, HtmlTableRowElement};

/// A cell that is to get another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub sheet: String,
    /// from 1
    pub row: u32,
    /// id of the row on the page
    pub row_id: String,
    /// column key
    pub field: String,
    pub text: String,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Move { down: i32, right: i32 },
    Open,
}

/// The cell to open, when the key or the double click asks for it; arrows move the focus.
pub fn press(event: &ev::KeyboardEvent) -> Option<Spot> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let is_typing = event.is_composing()
        || matches!(target.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA" | "BUTTON" | "A");
    if is_typing || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let (down, right) = match event.key().as_str() {
        "ArrowDown" => (1, 0),
        "ArrowUp" => (-1, 0),
        "ArrowRight" => (0, 1),
        "ArrowLeft" => (0, -1),
        "Enter" | "F2" => (0, 0),
        _ => return None,
    };
    let ask = if (down, right) == (0, 0) { Ask::Open } else { Ask::Move { down, right } };
    let cell = target.closest("td").ok().flatten();
    match (ask, cell) {
        (Ask::Open, Some(cell)) => {
            event.prevent_default();
            spot(&cell)
        }
        (Ask::Open, None) => None,
        (Ask::Move { down, right }, cell) => {
            if step(&target, cell, down, right).is_some() {
                event.prevent_default();
            }
            None
        }
    }
}

/// Moves the focus to a neighbour; from the table itself to its first cell.
fn step(target: &Element, cell: Option<Element>, down: i32, right: i32) -> Option<()> {
    let next = match cell {
        None => target.query_selector("tbody td").ok().flatten()?,
        Some(cell) => {
            let row = cell.closest("tr").ok().flatten()?.dyn_into::<HtmlTableRowElement>().ok()?;
            let at = cell.dyn_into::<HtmlTableCellElement>().ok()?.cell_index() + right;
            let row = match down {
                0 => Some(row.unchecked_into::<Element>()),
                1.. => row.next_element_sibling(),
                _ => row.previous_element_sibling(),
            };
            let row = row?.dyn_into::<HtmlTableRowElement>().ok()?;
            row.cells().item(u32::try_from(at).ok()?)?
        }
    };
    next.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// The cell under a double click.
pub fn under(event: &ev::MouseEvent) -> Option<Spot> {
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("td").ok().flatten()?;
    spot(&cell)
}

fn spot(cell: &Element) -> Option<Spot> {
    let row = cell.closest("tr").ok().flatten()?;
    Some(Spot {
        sheet: row.get_attribute("data-sheet")?,
        row: row.get_attribute("data-row")?.parse().ok()?,
        row_id: row.id(),
        field: cell.get_attribute("data-field")?,
        text: cell.get_attribute("data-raw").unwrap_or_default(),
    })
}

//! What a person selected, drawn over the rows: the active cell, the range, the ticks. Runs in the browser alone, and
//! touches the cells that changed, so that a step with the arrow keys costs two cells and not the table.

use super::line::cell_id;
use super::range::Spot;
use super::state::GridState;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

const ACTIVE: &str = "grid-active";
const INSIDE: &str = "grid-inside";
const TICKED: &str = "grid-ticked";

/// The id of a row.
pub fn row_id(at: usize) -> String {
    format!("row-{at}")
}

/// Keeps the marks where they belong. A row that is drawn anew loses its marks, so every row is listened to.
pub fn keep(state: GridState) {
    Effect::new(move |before: Option<Vec<Element>>| {
        state.track_rows();
        for cell in before.unwrap_or_default() {
            unmark(&cell);
        }
        let range = state.range.get();
        let size = state.size();
        let spots = (0..size.rows).flat_map(|row| (0..size.columns).map(move |column| Spot { row, column }));
        let marked = spots.filter(|spot| range.active == *spot || (!range.is_one() && range.contains(*spot)));
        marked.filter_map(|spot| mark(spot, range.active == spot, !range.is_one())).collect()
    });
    Effect::new(move || {
        state.track_rows();
        state.ticked.with(|ticked| (0..state.size().rows).for_each(|at| tick(at, ticked.contains(&at))));
    });
}

fn mark(spot: Spot, active: bool, inside: bool) -> Option<Element> {
    let cell = document().get_element_by_id(&cell_id(spot))?;
    let classes = cell.class_list();
    for (class, on) in [(ACTIVE, active), (INSIDE, inside)] {
        if on {
            // A class that cannot be set is a mark that is not seen; nothing else depends on it.
            drop(classes.add_1(class));
        }
    }
    Some(cell)
}

fn unmark(cell: &Element) {
    drop(cell.class_list().remove_2(ACTIVE, INSIDE));
}

fn tick(at: usize, on: bool) {
    let Some(row) = document().get_element_by_id(&row_id(at)) else { return };
    drop(row.class_list().toggle_with_force(TICKED, on));
    drop(row.set_attribute("aria-selected", if on { "true" } else { "false" }));
    let found = row.query_selector(".grid-tick input").ok().flatten();
    if let Some(input) = found.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.set_checked(on);
    }
}

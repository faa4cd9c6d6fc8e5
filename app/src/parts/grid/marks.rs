//! What changes in the rows once they stand: cells that were written, the active cell, the range, the ticks. Runs in the
//! browser alone and touches what changed, so that a step with the arrow keys costs two cells and not the table.

use super::line::{self, cell_id};
use super::model::{Cell, Row};
use super::range::Spot;
use super::state::GridState;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use words::Locale;
use words::locale::locale;

const ACTIVE: &str = "grid-active";
const INSIDE: &str = "grid-inside";
const TICKED: &str = "grid-ticked";

/// The id of a row.
pub fn row_id(at: usize) -> String {
    format!("row-{at}")
}

/// Draws cells of a row anew when they change, and nothing else.
pub fn follow(at: usize, row: RwSignal<Row>, classes: StoredValue<Vec<String>>) {
    let l = locale();
    Effect::new(move |before: Option<Vec<Cell>>| {
        let cells = row.with(|row| row.cells.clone());
        for (column, (old, now)) in before.iter().flatten().zip(&cells).enumerate() {
            let class = classes.try_with_value(|classes| classes.get(column).cloned()).flatten();
            if let Some(class) = class.filter(|_| old != now) {
                draw(l, Spot { row: at, column }, now, &class);
            }
        }
        cells
    });
}

fn draw(l: Locale, spot: Spot, cell: &Cell, class: &str) {
    let Some(element) = document().get_element_by_id(&cell_id(spot)) else { return };
    let classes = element.class_list();
    let kept = [ACTIVE, INSIDE].into_iter().filter(|mark| classes.contains(mark));
    let kept: String = kept.map(|mark| format!(" {mark}")).collect();
    element.set_class_name(&format!("{class}{}{kept}", line::extra(cell)));
    element.set_inner_html(&line::content(l, cell));
}

/// Keeps the marks where they belong, and the controls of the rows out of the way of the Tab key: arrows lead there.
pub fn keep(state: GridState) {
    Effect::new(move || (0..state.size().rows).for_each(leave_tab_order));
    Effect::new(move |before: Option<Vec<Element>>| {
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
        state.ticked.with(|ticked| (0..state.size().rows).for_each(|at| tick(at, ticked.contains(&at))));
    });
}

fn leave_tab_order(at: usize) {
    let Some(row) = document().get_element_by_id(&row_id(at)) else { return };
    let Ok(controls) = row.query_selector_all(".grid-tick input, .grid-acts a") else { return };
    let controls = (0..controls.length()).filter_map(|at| controls.get(at)?.dyn_into::<Element>().ok());
    // A control that cannot be changed stays a tab stop; it still works.
    controls.for_each(|control| drop(control.set_attribute("tabindex", "-1")));
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

//! Keys within the grid: up, down and Enter go through a column, left and right leave a text at its ends, Ctrl+Enter sends what
//! is being typed. Without scripts Tab does what it does everywhere.

use super::cell::id;
use super::saving::Saver;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// The name and the text of a control.
pub fn typed(target: &Element) -> Option<(String, String)> {
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return Some((input.name(), input.value()));
    }
    target.dyn_ref::<HtmlSelectElement>().map(|select| (select.name(), select.value()))
}

/// The place of a control by its id.
fn place(target: &Element) -> Option<(usize, usize)> {
    let id = target.id();
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

pub fn on_key(saver: Saver, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some((target, (row, column))) = target.and_then(|one| place(&one).map(|at| (one, at))) else {
        return;
    };
    if event.is_composing() || event.alt_key() {
        return;
    }
    let key = event.key();
    if key == "Enter" && event.ctrl_key() {
        event.prevent_default();
        if let Some((name, text)) = typed(&target) {
            saver.take(&name, text);
        }
        return;
    }
    let is_select = target.dyn_ref::<HtmlSelectElement>().is_some();
    let to = match key.as_str() {
        "Enter" | "ArrowDown" if !is_select => Some((row + 1, column)),
        "ArrowUp" if !is_select => row.checked_sub(1).map(|row| (row, column)),
        "ArrowLeft" if at_end(&target, false) => column.checked_sub(1).map(|column| (row, column)),
        "ArrowRight" if at_end(&target, true) => Some((row, column + 1)),
        _ => None,
    };
    if key == "Enter" {
        // Enter in an input would send the whole form.
        event.prevent_default();
    }
    let Some(to) = to else { return };
    let found = document().get_element_by_id(&id(to));
    if let Some(next) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // A browser that refuses the focus leaves it where it is.
        drop(next.focus());
        if let Some(input) = next.dyn_ref::<HtmlInputElement>() {
            input.select();
        }
    }
}

/// True when the caret stands at the end of the text, or at its beginning; the choice of a list has none.
fn at_end(target: &Element, is_right: bool) -> bool {
    let Some(input) = target.dyn_ref::<HtmlInputElement>() else { return true };
    let length = u32::try_from(input.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let (start, end) = (input.selection_start().ok().flatten(), input.selection_end().ok().flatten());
    let is_all = start == Some(0) && end == Some(length);
    is_all || if is_right { start == Some(length) } else { end == Some(0) }
}

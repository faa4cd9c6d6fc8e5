//! What is being typed into a form is kept on the server every five seconds, so that neither a session that ends nor a
//! machine that stops loses it. Needs scripts; without them the browser keeps what was typed on Back.

use super::api;
use contract::project::SaveForm;
use leptos::html;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::FormData;

const EVERY: Duration = Duration::from_secs(5);

/// Sends what stands in the form while it holds unsaved text, and only when it is not what was sent last.
pub fn keep(form: NodeRef<html::Form>, dirty: RwSignal<bool>) {
    let sent = StoredValue::new(BTreeMap::new());
    Effect::new(move || {
        let turn = set_interval_with_handle(move || send(form, dirty, sent), EVERY);
        if let Ok(turn) = turn {
            on_cleanup(move || turn.clear());
        }
    });
}

fn send(form: NodeRef<html::Form>, dirty: RwSignal<bool>, sent: StoredValue<BTreeMap<String, String>>) {
    if dirty.try_get_untracked() != Some(true) {
        return;
    }
    let Some(values) = form.try_get_untracked().flatten().and_then(|form| typed(&form)) else { return };
    if sent.try_with_value(|sent| *sent == values).unwrap_or(true) {
        return;
    }
    leptos::task::spawn_local(async move {
        let form = SaveForm { values: values.clone(), ..SaveForm::default() };
        // What could not be kept now is sent again at the next turn; the form itself still holds it.
        if api::keep_draft(form).await.is_ok() {
            sent.try_set_value(values);
        }
    });
}

/// The inputs called `values[…]`, by column.
fn typed(form: &web_sys::HtmlFormElement) -> Option<BTreeMap<String, String>> {
    let data = FormData::new_with_form(form).ok()?;
    let pairs = js_sys::try_iter(&data).ok()??.filter_map(Result::ok);
    Some(pairs.filter_map(|pair| column(&js_sys::Array::from(&pair))).collect())
}

fn column(pair: &js_sys::Array) -> Option<(String, String)> {
    let text = |value: JsValue| value.as_string();
    let name = text(pair.get(0))?;
    let key = name.strip_prefix("values[")?.strip_suffix(']')?;
    Some((key.to_owned(), text(pair.get(1))?))
}

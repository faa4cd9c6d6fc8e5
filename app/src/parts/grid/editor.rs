//! The input that lies over the active cell and always has the focus, so that the first key of an input method is
//! never lost. It is transparent until something is typed. Knows keys and rectangles, no values.

use super::keys::{Act, Mode, Press, Step, act};
use super::line::{self, cell_id};
use super::state::GridState;
use super::{head, tsv};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlElement, KeyboardEvent};
use words::locale::locale;
use words::t;

/// Key code that browsers report for every key an input method takes.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

#[component]
pub fn CellInput(
    state: GridState,
    wrap: NodeRef<html::Div>,
    input: NodeRef<html::Input>,
    /// Changes whenever the grid was scrolled.
    #[prop(into)]
    scrolled: Signal<u32>,
    /// Ids of the lists of words, one a column; empty for none.
    lists: Vec<String>,
) -> impl IntoView {
    let awake = state.awake;
    Effect::new(move || awake.set(true));
    Effect::new(move || {
        scrolled.track();
        state.mode.track();
        if awake.get() {
            place(state, wrap, input);
        }
    });
    Effect::new(move || show_text(state, input));
    let editing = move || state.mode.get() == Mode::Edit;
    let locked = move || state.cell(state.range.get().active).is_some_and(|cell| cell.locked.is_some());
    let list = move || {
        let column = state.range.get().active.column;
        lists.get(column).filter(|id| editing() && !id.is_empty()).cloned()
    };
    view! {
        <input
            node_ref=input
            class="grid-input"
            class:grid-open=editing
            type="text"
            autocomplete="off"
            spellcheck="false"
            hidden=move || !awake.get() || state.size().rows == 0
            readonly=locked
            list=list
            aria-label=t!(locale(), list.cell_input)
            aria-activedescendant=move || (!editing()).then(|| cell_id(state.range.get().active))
            aria-invalid=move || state.complaint().is_some().then_some("true")
            on:keydown=move |event| on_key(state, &event)
            on:input=move |event| typed(state, event_target_value(&event))
            on:compositionstart=move |_| state.replace_if_selecting()
            on:copy=move |event| on_copy(state, &event, false)
            on:cut=move |event| on_copy(state, &event, true)
            on:paste=move |event| on_paste(state, &event)
            on:blur=move |_| state.save()
        />
    }
}

impl GridState {
    /// An input method begins: the cell opens empty, the first letter included.
    fn replace_if_selecting(self) {
        if self.mode.get_untracked() == Mode::Select {
            self.replace(String::new());
        }
    }
}

fn typed(state: GridState, text: String) {
    match state.mode.get_untracked() {
        Mode::Edit => state.draft.set(text),
        Mode::Select => state.replace(text),
    }
}

/// The input shows the draft; while an input method composes, the texts are the same and nothing is disturbed.
fn show_text(state: GridState, input: NodeRef<html::Input>) {
    let draft = state.draft.get();
    if let Some(input) = input.get()
        && input.value() != draft
    {
        input.set_value(&draft);
    }
}

/// Lays the input over the active cell and brings the cell into view.
fn place(state: GridState, wrap: NodeRef<html::Div>, input: NodeRef<html::Input>) {
    let spot = state.range.get().active;
    let (Some(wrap), Some(input)) = (wrap.get(), input.get()) else { return };
    let Some(cell) = document().get_element_by_id(&cell_id(spot)) else { return };
    let (frame, rect) = (wrap.get_bounding_client_rect(), cell.get_bounding_client_rect());
    let left = rect.left() - frame.left() + f64::from(wrap.scroll_left()) - f64::from(wrap.client_left());
    let top = rect.top() - frame.top() + f64::from(wrap.scroll_top()) - f64::from(wrap.client_top());
    let wide = rect.width().max(if state.mode.get_untracked() == Mode::Edit { 160.0 } else { 0.0 });
    let element: &HtmlElement = &input;
    let style = element.style();
    for (name, size) in [("left", left), ("top", top), ("width", wide), ("height", rect.height())] {
        // A size that cannot be set leaves the input where it was; typing still works.
        drop(style.set_property(name, &format!("{size}px")));
    }
}

/// Keeps the active cell in sight after a step.
pub fn reveal(state: GridState) {
    let spot = state.range.get_untracked().active;
    if let Some(cell) = document().get_element_by_id(&cell_id(spot)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        cell.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn on_key(state: GridState, event: &KeyboardEvent) {
    let key = event.key();
    let press = Press {
        key: &key,
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        composing: event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD,
    };
    if press.key == "Escape" && state.mode.get_untracked() == Mode::Select && state.looking.get_untracked() {
        state.looking.set(false);
        return;
    }
    if let Some(act) = act(press, state.mode.get_untracked()) {
        event.prevent_default();
        perform(state, act);
    }
}

fn perform(state: GridState, act: Act) {
    let active = state.range.get_untracked().active;
    match act {
        Act::Move(Step::Up) if active.row == 0 => head::enter(active.column),
        Act::Move(step) => state.step(step, false),
        Act::Extend(step) => state.step(step, true),
        Act::Begin => drop(state.begin()),
        Act::Save(step) => {
            state.save();
            state.step(step, false);
        }
        Act::Discard => state.discard(),
        Act::Clear => state.clear(),
        Act::FillDown => state.fill_down(),
        Act::Undo => state.undo(),
        Act::Redo => state.redo(),
        Act::TickRow => state.tick(active.row),
        Act::TakeColumn => state.take(false),
        Act::TakeAll => state.take(true),
        Act::Today => state.put_date(&today()),
        Act::Look => state.looking.update(|looking| *looking = !*looking),
        Act::Open => state.on_open.run(active.row),
        Act::Filter => head::open_filter(active.column),
    }
    if act != Act::Filter {
        reveal(state);
    }
}

/// The date in China, where the business year is counted.
fn today() -> String {
    /// milliseconds that Shanghai is ahead of UTC
    const AHEAD: f64 = 8.0 * 3_600_000.0;
    let now = js_sys::Date::new(&(js_sys::Date::now() + AHEAD).into());
    String::from(now.to_iso_string()).chars().take(10).collect()
}

fn clipboard(event: &ev::Event) -> Option<web_sys::DataTransfer> {
    event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data)
}

fn on_copy(state: GridState, event: &ev::Event, cut: bool) {
    if state.mode.get_untracked() == Mode::Edit {
        return;
    }
    let Some(clipboard) = clipboard(event) else { return };
    let rows = state.copied();
    let kept = clipboard.set_data("text/plain", &tsv::write(&rows)).is_ok();
    if kept && clipboard.set_data("text/html", &tsv::html(&rows)).is_ok() {
        event.prevent_default();
        if cut {
            state.clear();
        }
    }
}

fn on_paste(state: GridState, event: &ev::Event) {
    if state.mode.get_untracked() == Mode::Edit {
        return;
    }
    let Some(clipboard) = clipboard(event) else { return };
    let text = |kind: &str| clipboard.get_data(kind).unwrap_or_default();
    let mut table = tsv::read(&text("text/plain"));
    if table.is_empty() {
        table = tsv::from_html(&text("text/html"));
    }
    if !table.is_empty() {
        event.prevent_default();
        state.paste(&table);
    }
}

/// The cell under a mouse event, `None` on boxes, on links beside the cells and whatever else has a life of its own.
pub fn spot_under(event: &ev::MouseEvent) -> Option<super::range::Spot> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    if target.closest("a:not(.grid-link), input, button, summary, label").ok()?.is_some() {
        return None;
    }
    line::spot_of(&target.closest(".grid-cell").ok()??.id())
}

/// The row whose box was changed, `None` for every other control of the table.
pub fn ticked_row(event: &ev::Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let row = target.closest("tbody tr").ok()??;
    target.closest(".grid-tick").ok()??;
    row.id().strip_prefix("row-")?.parse().ok()
}

//! An input for an area: a text field that takes a code or a name; with scripts it offers what is meant, also by
//! pinyin and initials. Follows the combobox pattern: arrows, Enter, Escape.

use super::api::search_areas;
use crate::parts::field::Field;
use contract::area::AreaHit;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::locale::locale;
use words::t;

/// Typed text and what is offered for it.
#[derive(Clone, Copy)]
struct Typing {
    text: RwSignal<String>,
    hits: RwSignal<Vec<AreaHit>>,
    /// which of them the arrows stand on
    active: RwSignal<Option<usize>>,
    /// Answers to an older text come late and are dropped.
    asked: StoredValue<u64>,
}

impl Typing {
    fn ask(self, text: String) {
        self.text.set(text.clone());
        self.active.set(None);
        self.asked.update_value(|asked| *asked += 1);
        let number = self.asked.get_value();
        if text.trim().is_empty() {
            self.hits.set(Vec::new());
            return;
        }
        spawn_local(async move {
            // Without an answer the field is still a plain field.
            let hits = search_areas(text).await.unwrap_or_default();
            if self.asked.get_value() == number {
                self.hits.set(hits);
            }
        });
    }

    fn take(self, at: usize) {
        if let Some(hit) = self.hits.with_untracked(|hits| hits.get(at).cloned()) {
            self.text.set(format!("{} {}", hit.code, hit.name));
        }
        self.close();
    }

    fn close(self) {
        self.asked.update_value(|asked| *asked += 1);
        self.hits.set(Vec::new());
        self.active.set(None);
    }

    fn step(self, down: bool) {
        let count = self.hits.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let at = match (self.active.get_untracked(), down) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        self.active.set(Some(at));
    }

    /// Keys that mean the list and not the text; an IME's own keys are left to it.
    fn key(self, event: &KeyboardEvent) {
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        match (event.key().as_str(), self.active.get_untracked()) {
            ("ArrowDown", _) => self.step(true),
            ("ArrowUp", _) => self.step(false),
            ("Enter", Some(at)) => self.take(at),
            ("Escape", _) if self.hits.with_untracked(|hits| !hits.is_empty()) => self.close(),
            (_, _) => return,
        }
        event.prevent_default();
    }
}

#[component]
pub fn AreaPicker(
    name: &'static str,
    /// name of the input, where it is not that of the field
    #[prop(optional, into)]
    input: Option<String>,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let l = locale();
    let typing = Typing {
        text: RwSignal::new(value),
        hits: RwSignal::new(Vec::new()),
        active: RwSignal::new(None),
        asked: StoredValue::new(0),
    };
    let open = move || typing.hits.with(|hits| !hits.is_empty());
    let option = move |at: usize| format!("{name}-option-{at}");
    view! {
        <Field name=name label=label hint=t!(l, project.area_hint) error=error required=required>
            <div class="picker">
                <input
                    class="input"
                    id=name
                    name=input.unwrap_or_else(|| name.to_owned())
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    maxlength="100"
                    required=required
                    value=typing.text.get_untracked()
                    prop:value=move || typing.text.get()
                    aria-expanded=move || open().to_string()
                    aria-controls=format!("{name}-list")
                    aria-autocomplete="list"
                    aria-activedescendant=move || typing.active.get().map(option)
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{name}-note")
                    on:input=move |event| typing.ask(event_target_value(&event))
                    on:keydown=move |event| typing.key(&event)
                    on:blur=move |_| typing.close()
                />
                <ul
                    class="picker-list"
                    id=format!("{name}-list")
                    role="listbox"
                    aria-label=t!(l, common.areas)
                    hidden=move || !open()
                >
                    {move || {
                        typing
                            .hits
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(at, hit)| offer(typing, at, option(at), hit))
                            .collect_view()
                    }}
                </ul>
            </div>
        </Field>
    }
}

fn offer(typing: Typing, at: usize, id: String, hit: AreaHit) -> impl IntoView {
    let way = hit.way.join(" › ");
    let is_active = move || typing.active.get() == Some(at);
    view! {
        <li
            class="picker-option"
            class:picker-active=is_active
            id=id
            role="option"
            aria-selected=move || is_active().to_string()
            // Pressing would blur the input and close the list before the click.
            on:mousedown=move |event| {
                event.prevent_default();
                typing.take(at);
            }
        >
            <span>{hit.name}</span>
            <span class="picker-way">{way}</span>
            <span class="picker-code">{hit.code.to_string()}</span>
        </li>
    }
}

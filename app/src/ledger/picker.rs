//! An input for a project: with scripts it offers what is meant by name, pinyin initials or code (arrows, Enter, Escape).
//! Without scripts it is a text; a project that was chosen stands as a word with a way to choose another.

use crate::home::api::find;
use crate::parts::field::Field;
use contract::home::{FindForm, FoundProject};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::locale::locale;
use words::t;

/// Most projects offered at once.
const OFFERED: usize = 8;

/// Typed text, the project it stands for, and what is offered.
#[derive(Clone, Copy)]
struct Typing {
    text: RwSignal<String>,
    project: RwSignal<String>,
    hits: RwSignal<Vec<FoundProject>>,
    /// which of them the arrows stand on
    active: RwSignal<Option<usize>>,
    /// Answers to an older text come late and are dropped.
    asked: StoredValue<u64>,
    on_pick: Option<Callback<String>>,
}

impl Typing {
    fn ask(self, text: String) {
        self.text.set(text.clone());
        self.choose(String::new());
        self.active.set(None);
        self.asked.update_value(|asked| *asked += 1);
        let number = self.asked.get_value();
        if text.trim().is_empty() {
            self.hits.set(Vec::new());
            return;
        }
        spawn_local(async move {
            // Without an answer the field is still a plain field.
            let mut hits = find(FindForm { q: text }).await.unwrap_or_default().projects;
            hits.truncate(OFFERED);
            if self.asked.try_get_value() == Some(number) {
                self.active.set((!hits.is_empty()).then_some(0));
                self.hits.set(hits);
            }
        });
    }

    fn choose(self, project: String) {
        if self.project.with_untracked(|old| *old == project) {
            return;
        }
        self.project.set(project.clone());
        if let Some(callback) = self.on_pick {
            callback.run(project);
        }
    }

    fn take(self, at: usize) {
        if let Some(hit) = self.hits.with_untracked(|hits| hits.get(at).cloned()) {
            self.text.set(hit.name);
            self.choose(hit.project.to_string());
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

    /// Keys that mean the list and not the text; an IME's own keys are left to it. Tab takes what the arrows stand on.
    fn key(self, event: &KeyboardEvent) {
        if event.is_composing() || event.key_code() == 229 || event.ctrl_key() {
            return;
        }
        match (event.key().as_str(), self.active.get_untracked()) {
            ("ArrowDown", _) => self.step(true),
            ("ArrowUp", _) => self.step(false),
            ("Enter", Some(at)) => self.take(at),
            ("Tab", Some(at)) => return self.take(at),
            ("Escape", _) if self.hits.with_untracked(|hits| !hits.is_empty()) => self.close(),
            (_, _) => return,
        }
        event.prevent_default();
    }
}

#[component]
pub fn ProjectPicker(
    /// id of the field
    #[prop(into)]
    name: String,
    /// name of the input that carries the project's id
    #[prop(into)]
    input: String,
    /// name of the input with the text
    #[prop(into)]
    find: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] project: String,
    #[prop(optional, into)] text: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Where another project is chosen without scripts, when one is chosen already.
    #[prop(optional, into)]
    another: Option<String>,
    /// Stands in a table whose head is its label.
    #[prop(optional)]
    bare: bool,
    /// Called with the id, or with nothing as soon as the text is changed.
    #[prop(optional, into)]
    on_pick: Option<Callback<String>>,
) -> impl IntoView {
    let typing = Typing {
        text: RwSignal::new(text),
        project: RwSignal::new(project.clone()),
        hits: RwSignal::new(Vec::new()),
        active: RwSignal::new(None),
        asked: StoredValue::new(0),
        on_pick,
    };
    let fixed = another.filter(|_| !project.is_empty());
    let spoken = bare.then(|| label.clone());
    let carried = view! {
        <input type="hidden" name=input value=project prop:value=move || typing.project.get() />
    };
    let body = text_or_word(Inputs { name: name.clone(), find, spoken, error, typing }, fixed);
    if bare {
        return view! {
            {carried}
            {body}
        }
        .into_any();
    }
    view! {
        <Field name=name label=label error=error>
            {carried}
            {body}
        </Field>
    }
    .into_any()
}

/// What the text field of a picker needs to know.
#[derive(Clone)]
struct Inputs {
    name: String,
    find: String,
    /// its label, where none is shown
    spoken: Option<String>,
    error: Signal<Option<String>>,
    typing: Typing,
}

/// Without scripts a project that is chosen stands as a word with the way to choose another.
fn text_or_word(inputs: Inputs, fixed: Option<String>) -> impl IntoView {
    let l = locale();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    move || match fixed.clone().filter(|_| !awake.get()) {
        Some(href) => view! {
            <p class="ledger-fixed">
                {inputs.typing.text.get_untracked()} " " <a href=href>{t!(l, ledger.another_project)}</a>
            </p>
        }
        .into_any(),
        None => view! { <Combobox inputs=inputs.clone() /> }.into_any(),
    }
}

#[component]
fn Combobox(inputs: Inputs) -> impl IntoView {
    let l = locale();
    let Inputs { name, find, spoken, error, typing } = inputs;
    let open = move || typing.hits.with(|hits| !hits.is_empty());
    let (of_active, of_offers) = (name.clone(), name.clone());
    let offers = move || {
        let hits = typing.hits.get().into_iter().enumerate();
        hits.map(|(at, hit)| offer(typing, at, option(&of_offers, at), hit)).collect_view()
    };
    view! {
        <div class="picker ledger-picker">
            <input
                class="input"
                id=name.clone()
                name=find
                type="text"
                role="combobox"
                autocomplete="off"
                maxlength="100"
                placeholder=t!(l, ledger.project_hint)
                value=typing.text.get_untracked()
                prop:value=move || typing.text.get()
                aria-label=spoken
                aria-expanded=move || open().to_string()
                aria-controls=format!("{name}-list")
                aria-autocomplete="list"
                aria-activedescendant=move || typing.active.get().map(|at| option(&of_active, at))
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
                aria-label=t!(l, common.projects)
                hidden=move || !open()
            >
                {offers}
            </ul>
        </div>
    }
    .into_any()
}

/// id of an offer in the list of a field
fn option(name: &str, at: usize) -> String {
    format!("{name}-option-{at}")
}

fn offer(typing: Typing, at: usize, id: String, hit: FoundProject) -> impl IntoView {
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
            <span class="picker-way">{hit.area_name}</span>
            <span class="picker-code">{hit.number}</span>
        </li>
    }
}

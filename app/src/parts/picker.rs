//! The mechanics of an input that offers what a typed text may mean: arrows, Enter, Tab and Escape, an IME's keys left to it,
//! answers that come late dropped. Follows the combobox pattern. Knows no door.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;

/// Something that can be offered.
pub trait Offer: Clone + Send + Sync + 'static {
    /// What stands in the input once it is taken.
    fn text(&self) -> String;

    /// How it stands in the list.
    fn shown(self) -> AnyView;
}

/// Asks what a text may mean; nothing when there is no answer, since the field is then still a plain field.
pub type Ask<T> = fn(String) -> Pin<Box<dyn Future<Output = Vec<T>>>>;

/// Typed text and what is offered for it.
pub struct Offering<T: Offer> {
    pub text: RwSignal<String>,
    hits: RwSignal<Vec<T>>,
    /// which of them the arrows stand on
    active: RwSignal<Option<usize>>,
    /// Answers to an older text come late and are dropped.
    asked: StoredValue<u64>,
    ask: Ask<T>,
    on_take: Option<Callback<Option<T>>>,
}

impl<T: Offer> Clone for Offering<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Offer> Copy for Offering<T> {}

impl<T: Offer> Offering<T> {
    /// `on_take` is told what was taken, and nothing as soon as the text is changed; with it the first offer is stood on at
    /// once, so that Enter and Tab take it.
    pub fn new(text: String, ask: Ask<T>, on_take: Option<Callback<Option<T>>>) -> Offering<T> {
        Offering {
            text: RwSignal::new(text),
            hits: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            asked: StoredValue::new(0),
            ask,
            on_take,
        }
    }

    fn tell(self, taken: Option<T>) {
        if let Some(callback) = self.on_take {
            callback.run(taken);
        }
    }

    fn typed(self, text: String) {
        self.text.set(text.clone());
        self.tell(None);
        self.active.set(None);
        self.asked.update_value(|asked| *asked += 1);
        let number = self.asked.get_value();
        if text.trim().is_empty() {
            self.hits.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let hits = (self.ask)(text).await;
            if self.asked.try_get_value() == Some(number) {
                self.active.set((self.on_take.is_some() && !hits.is_empty()).then_some(0));
                self.hits.set(hits);
            }
        });
    }

    fn take(self, at: usize) {
        if let Some(hit) = self.hits.with_untracked(|hits| hits.get(at).cloned()) {
            self.text.set(hit.text());
            self.tell(Some(hit));
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

    /// Keys that mean the list and not the text. Tab takes what the arrows stand on and goes on.
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

/// The input with its list, without a label around it.
#[component]
pub fn Combobox<T: Offer>(
    offering: Offering<T>,
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    /// what the list is called
    #[prop(into)]
    list: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// its label, where none is shown
    #[prop(optional_no_strip)]
    spoken: Option<String>,
) -> impl IntoView {
    let open = move || offering.hits.with(|hits| !hits.is_empty());
    let (of_active, of_offers) = (id.clone(), id.clone());
    let offers = move || {
        let hits = offering.hits.get().into_iter().enumerate();
        hits.map(|(at, hit)| offer(offering, at, option(&of_offers, at), hit)).collect_view()
    };
    view! {
        <div class="picker">
            <input
                class="input"
                id=id.clone()
                name=name
                type="text"
                role="combobox"
                autocomplete="off"
                maxlength="100"
                required=required
                placeholder=placeholder
                value=offering.text.get_untracked()
                prop:value=move || offering.text.get()
                aria-label=spoken
                aria-expanded=move || open().to_string()
                aria-controls=format!("{id}-list")
                aria-autocomplete="list"
                aria-activedescendant=move || offering.active.get().map(|at| option(&of_active, at))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=format!("{id}-note")
                on:input=move |event| offering.typed(event_target_value(&event))
                on:keydown=move |event| offering.key(&event)
                on:blur=move |_| offering.close()
            />
            <ul
                class="picker-list"
                id=format!("{id}-list")
                role="listbox"
                aria-label=list
                hidden=move || !open()
            >
                {offers}
            </ul>
        </div>
    }
    .into_any()
}

/// id of an offer in the list of a field
fn option(id: &str, at: usize) -> String {
    format!("{id}-option-{at}")
}

fn offer<T: Offer>(offering: Offering<T>, at: usize, id: String, hit: T) -> impl IntoView {
    let is_active = move || offering.active.get() == Some(at);
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
                offering.take(at);
            }
        >
            {hit.shown()}
        </li>
    }
}

//! Short notices that something was done, read aloud politely. One of the three contexts of the screens.

use super::icon::{Icon, Shape};
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Most notices on the screen at once; the oldest goes first.
const MOST: usize = 4;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Done,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    number: u64,
    mood: Mood,
    text: String,
}

/// The notices of this page.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    count: StoredValue<u64>,
}

impl Toasts {
    /// Makes the list and puts it within reach of every component below.
    pub fn provide() {
        provide_context(Toasts { list: RwSignal::new(Vec::new()), count: StoredValue::new(0) });
    }

    /// Shows a sentence, already in the reader's language.
    pub fn say(self, mood: Mood, text: impl Into<String>) {
        self.count.update_value(|count| *count += 1);
        let toast = Toast { number: self.count.get_value(), mood, text: text.into() };
        self.list.update(|list| {
            list.push(toast);
            if list.len() > MOST {
                list.remove(0);
            }
        });
    }

    fn drop_one(self, number: u64) {
        self.list.update(|list| list.retain(|toast| toast.number != number));
    }
}

/// The notices of the page around; `None` outside of one.
pub fn toasts() -> Option<Toasts> {
    use_context()
}

/// Where notices appear; stands once in the shell.
#[component]
pub fn ToastArea() -> impl IntoView {
    let l = locale();
    toasts().map(|toasts| {
        view! {
            <div class="toast-area" role="status" aria-live="polite" aria-label=t!(l, common.notices)>
                <For each=move || toasts.list.get() key=|toast| toast.number let:toast>
                    <div class="toast" class:toast-failed=toast.mood == Mood::Failed>
                        <Icon shape=if toast.mood == Mood::Done { Shape::Done } else { Shape::Warning } />
                        <span>{toast.text}</span>
                        <button
                            type="button"
                            class="button button-quiet"
                            aria-label=t!(l, common.close)
                            on:click=move |_| toasts.drop_one(toast.number)
                        >
                            <Icon shape=Shape::Close />
                        </button>
                    </div>
                </For>
            </div>
        }
    })
}

//! An input for a project: with scripts it offers what is meant by name, pinyin initials or code. Without scripts it is a
//! text; a project that was chosen stands as a word with a way to choose another.

use crate::home::api::find;
use crate::parts::field::Field;
use crate::parts::picker::{Combobox, Offer, Offering};
use contract::home::{FindForm, FoundProject};
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Most projects offered at once.
const OFFERED: usize = 8;

impl Offer for FoundProject {
    fn text(&self) -> String {
        self.name.clone()
    }

    fn shown(self) -> AnyView {
        view! {
            <span>{self.name}</span>
            <span class="picker-way">{self.area_name}</span>
            <span class="picker-code">{self.number}</span>
        }
        .into_any()
    }
}

/// Projects that a text may mean.
async fn ask(text: String) -> Vec<FoundProject> {
    let mut hits = find(FindForm { q: text }).await.unwrap_or_default().projects;
    hits.truncate(OFFERED);
    hits
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
    let chosen = RwSignal::new(project.clone());
    let on_take = Callback::new(move |taken: Option<FoundProject>| {
        let project = taken.map(|taken| taken.project.to_string()).unwrap_or_default();
        if chosen.with_untracked(|old| *old == project) {
            return;
        }
        chosen.set(project.clone());
        if let Some(callback) = on_pick {
            callback.run(project);
        }
    });
    let offering = Offering::new(text, |text| Box::pin(ask(text)), Some(on_take));
    let fixed = another.filter(|_| !project.is_empty());
    let spoken = bare.then(|| label.clone());
    let carried = view! { <input type="hidden" name=input value=project prop:value=move || chosen.get() /> };
    let body = text_or_word(Inputs { name: name.clone(), find, spoken, error, offering }, fixed);
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
    offering: Offering<FoundProject>,
}

/// Without scripts a project that is chosen stands as a word with the way to choose another.
fn text_or_word(inputs: Inputs, fixed: Option<String>) -> impl IntoView {
    let l = locale();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    move || match fixed.clone().filter(|_| !awake.get()) {
        Some(href) => view! {
            <p class="ledger-fixed">
                {inputs.offering.text.get_untracked()} " " <a href=href>{t!(l, ledger.another_project)}</a>
            </p>
        }
        .into_any(),
        None => {
            let Inputs { name, find, spoken, error, offering } = inputs.clone();
            view! {
                <div class="ledger-picker">
                    <Combobox
                        offering=offering
                        id=name
                        name=find
                        list=t!(l, common.projects)
                        error=error
                        placeholder=t!(l, ledger.project_hint)
                        spoken=spoken
                    />
                </div>
            }
            .into_any()
        }
    }
}

//! Where the wizard stands: four steps with number, word and state, never colour alone.

use super::address::Place;
use crate::parts::icon::{Icon, Shape};
use domain::id::ImportId;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    File,
    Columns,
    Compare,
    Done,
}

impl Step {
    const ALL: [Step; 4] = [Step::File, Step::Columns, Step::Compare, Step::Done];

    fn word(self, l: Locale) -> &'static str {
        match self {
            Step::File => t!(l, import.step_file),
            Step::Columns => t!(l, import.step_columns),
            Step::Compare => t!(l, import.step_compare),
            Step::Done => t!(l, import.step_done),
        }
    }

    const fn number(self) -> u8 {
        match self {
            Step::File => 1,
            Step::Columns => 2,
            Step::Compare => 3,
            Step::Done => 4,
        }
    }

    /// What stands in the address for a step that one may go back to.
    const fn code(self) -> Option<&'static str> {
        match self {
            Step::Columns => Some("columns"),
            Step::Compare => Some("compare"),
            Step::File | Step::Done => None,
        }
    }
}

#[component]
pub fn Steps(
    current: Step,
    /// The import, while its steps can be chosen.
    import: Option<ImportId>,
) -> impl IntoView {
    let l = locale();
    view! {
        <ol class="import-steps" data-noprint="" aria-label=t!(l, import.steps)>
            {Step::ALL.map(|step| one(l, step, current, import)).collect_view()}
        </ol>
    }
}

fn one(l: Locale, step: Step, current: Step, import: Option<ImportId>) -> impl IntoView + use<> {
    let is_past = step < current;
    let sign = if is_past {
        view! { <Icon shape=Shape::Done /> }.into_any()
    } else {
        step.number().to_string().into_any()
    };
    let state = if is_past { Some(t!(l, import.step_past)) } else { None };
    let inner = view! {
        <span class="import-step-sign">{sign}</span>
        <span>{step.word(l)}</span>
        {state.map(|word| view! { <span class="hidden">{word}</span> })}
    };
    let href = import
        .filter(|_| step != current)
        .and_then(|import| Some(Place { step: step.code()?.to_owned(), ..Place::default() }.write(import)));
    let inner = match href {
        Some(href) => view! { <a class="import-step-in" href=href>{inner}</a> }.into_any(),
        None => view! { <span class="import-step-in">{inner}</span> }.into_any(),
    };
    view! {
        <li
            class="import-step"
            class:import-step-past=is_past
            class:import-step-now=step == current
            aria-current=(step == current).then_some("step")
        >
            {inner}
        </li>
    }
}

//! 资金 of a project as text, for who only reads: the total, what has an amount of both margins with the gap, and what a
//! list stated. Knows no door.

use super::form::STATEMENTS;
use super::inputs::{ColumnInput, ReadOnly};
use super::margin::{Margin, MarginText};
use contract::project::ProjectView;
use domain::money::Money;
use domain::project::{Field, Value};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn Funding(view: ProjectView) -> impl IntoView {
    let l = locale();
    let total = view.value(Field::Total);
    let text = total.map_or_else(|| t!(l, common.unknown).to_owned(), |value| super::text::alone(l, value));
    let total = total.and_then(Value::money);
    let sources = amounts(l, &view, |field| matches!(field, Field::Source(_)));
    let years = amounts(l, &view, |field| matches!(field, Field::Year(_)));
    let stated = STATEMENTS
        .map(|field| view! { <ColumnInput field=field value=view.value(field).cloned() readonly=true /> })
        .collect_view();
    view! {
        <div class="project-form project-plan">
            <div class="project-section">
                <ReadOnly label=name::field(l, Field::Total) text=text />
            </div>
            <div class="project-margins">
                <MarginText margin=Margin::Source amounts=sources total=total />
                <MarginText margin=Margin::Year amounts=years total=total />
            </div>
            <section class="project-section">
                <h2>{t!(l, project.section_statements)}</h2>
                <div class="project-fields">{stated}</div>
            </section>
        </div>
    }
    .into_any()
}

/// Columns of a kind that have an amount, in their order.
fn amounts(l: Locale, view: &ProjectView, wanted: fn(Field) -> bool) -> Vec<(String, Money)> {
    let mut found: Vec<(Field, Money)> = view
        .values
        .iter()
        .filter(|(field, _)| wanted(*field))
        .filter_map(|(field, value)| Some((*field, value.money()?)))
        .filter(|(_, amount)| !amount.is_zero())
        .collect();
    found.sort_by_key(|(field, _)| *field);
    found.into_iter().map(|(field, amount)| (name::field(l, field), amount)).collect()
}

//! Two people changed the same project: both values side by side, one choice a field, before anything is written.
//! The choice is a plain form to the same door, so it works without scripts. Knows no door of its own.

use super::form::action;
use super::text::{editable, from_canonical};
use crate::parts::button::{Submit, Weight};
use contract::error::StaleField;
use contract::project::ProjectView;
use domain::project::{Field, Value};
use leptos::html;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// What is kept of the stored version unless a field is chosen; one's own text also stands in the form below.
#[component]
pub fn ConflictPanel(
    view: ProjectView,
    conflicts: Vec<StaleField>,
    /// where the form stood
    tab: &'static str,
    /// the same page without one's own text
    #[prop(into)]
    theirs_href: String,
) -> impl IntoView {
    let l = locale();
    let node = NodeRef::<html::Section>::new();
    Effect::new(move || {
        if let Some(section) = node.get() {
            // Focus is a help; a browser that refuses it still shows the panel.
            drop(section.focus());
        }
    });
    let lines = conflicts.iter().map(|conflict| line(l, conflict)).collect_view();
    let mine = conflicts.iter().map(own).collect_view();
    view! {
        <section class="project-conflict" role="alert" tabindex="-1" node_ref=node>
            <h2>{t!(l, project.conflict_title)}</h2>
            <p>{t!(l, project.conflict_choose)}</p>
            <form method="post" action=action() id="project-merge">
                {hidden(&view, tab)}
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, project.history_field)}</th>
                            <th scope="col">{t!(l, project.conflict_theirs)}</th>
                            <th scope="col">{t!(l, project.conflict_mine)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </form>
            <div class="toolbar project-choices">
                <button type="submit" form="project-merge" class="button button-primary">
                    {t!(l, project.conflict_save)}
                </button>
                <form method="post" action=action()>
                    {hidden(&view, tab)} {mine}
                    <Submit weight=Weight::Normal>{t!(l, project.conflict_all_mine)}</Submit>
                </form>
                <a class="button" href=theirs_href rel="external">
                    {t!(l, project.conflict_all_theirs)}
                </a>
            </div>
        </section>
    }
    .into_any()
}

fn hidden(view: &ProjectView, tab: &'static str) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="project" value=view.project.to_string() />
        <input type="hidden" name="version" value=view.version.to_string() />
        <input type="hidden" name="key" value=view.key.clone() />
        <input type="hidden" name="tab" value=tab />
    }
}

/// Name of the input that carries a column.
fn input_name(field: Field) -> String {
    if field == Field::Sites { "sites[]".to_owned() } else { format!("values[{}]", field.key()) }
}

/// What an input sends for a canonical text.
fn sent(field: Field, canonical: Option<&str>) -> String {
    let value = canonical.and_then(|text| Value::from_canonical(field, text));
    value.as_ref().map(editable).unwrap_or_default()
}

fn own(conflict: &StaleField) -> Option<impl IntoView + use<>> {
    let field = conflict.field.parse::<Field>().ok()?;
    let value = sent(field, conflict.yours.as_deref());
    Some(view! { <input type="hidden" name=input_name(field) value=value /> })
}

fn line(l: Locale, conflict: &StaleField) -> Option<impl IntoView + use<>> {
    let field = conflict.field.parse::<Field>().ok()?;
    let word = name::field(l, field);
    let choice = |take: &'static str, canonical: Option<&str>, chosen: bool, class: &'static str| {
        let said = format!("{word}: {take}");
        view! {
            <td>
                <label>
                    <input type="radio" name=input_name(field) value=sent(field, canonical) checked=chosen />
                    <span class="hidden">{said}</span>
                    <span class=class>{from_canonical(l, Some(field), canonical)}</span>
                </label>
            </td>
        }
    };
    let mine = conflict.only_yours;
    let note = mine.then(|| view! { <span class="project-note">{t!(l, project.conflict_only_yours)}</span> });
    Some(view! {
        <tr>
            <th scope="row">{word.clone()} {note}</th>
            {choice(t!(l, project.conflict_take_theirs), conflict.theirs.as_deref(), !mine, "")}
            {choice(t!(l, project.conflict_take_mine), conflict.yours.as_deref(), mine, "project-new")}
        </tr>
    })
}

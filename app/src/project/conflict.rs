//! Two people changed the same project: both values side by side, before anything is written. Knows no door.

use super::text::from_canonical;
use contract::error::StaleField;
use domain::project::Field;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// What stands in the form below is one's own; the other value is shown here, and a link takes it as it is.
#[component]
pub fn ConflictPanel(
    conflicts: Vec<StaleField>,
    /// The same page without one's own text.
    #[prop(into)]
    theirs_href: String,
) -> impl IntoView {
    let l = locale();
    let lines = conflicts.iter().map(|conflict| line(l, conflict)).collect_view();
    view! {
        <section class="project-conflict" role="alert">
            <h2>{t!(l, project.conflict_title)}</h2>
            <p>{t!(l, project.conflict_text)}</p>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, project.history_field)}</th>
                        <th scope="col">{t!(l, project.conflict_mine)}</th>
                        <th scope="col">{t!(l, project.conflict_theirs)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <p class="toolbar">
                <a class="button" href=theirs_href rel="external">{t!(l, list.keep_theirs)}</a>
            </p>
        </section>
    }
}

fn line(l: Locale, conflict: &StaleField) -> impl IntoView + use<> {
    let field = conflict.field.parse::<Field>().ok();
    let word = field.map_or_else(|| conflict.field.clone(), |field| name::field(l, field));
    view! {
        <tr>
            <th scope="row">{word}</th>
            <td>
                <span class="project-new">{from_canonical(l, field, conflict.yours.as_deref())}</span>
            </td>
            <td>{from_canonical(l, field, conflict.theirs.as_deref())}</td>
        </tr>
    }
}

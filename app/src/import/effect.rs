//! What a commit does to each list: projects and total before, after, and by how much. Knows no row.

use super::text::{amount_text, delta_text, number};
use contract::import::Effect;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn EffectTable(effects: Vec<Effect>) -> impl IntoView {
    let l = locale();
    if effects.is_empty() {
        return ().into_any();
    }
    let rows = effects.iter().map(|effect| line(l, effect)).collect_view();
    view! {
        <section class="import-effect" aria-labelledby="import-effect-title">
            <div class="import-effect-head">
                <h3 id="import-effect-title">{t!(l, import.effect)}</h3>
                <span class="unit-note">{t!(l, common.unit_note, unit = t!(l, common.unit_wan))}</span>
            </div>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, import.effect_list)}</th>
                        <th scope="col" class="number">{t!(l, import.effect_projects)}</th>
                        <th scope="col" class="number">{t!(l, import.effect_total)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn line(l: Locale, effect: &Effect) -> impl IntoView + use<> {
    let projects = step(
        l,
        number(effect.projects_before),
        number(effect.projects_after),
        effect.projects_before == effect.projects_after,
    );
    let same = effect.total_before == effect.total_after;
    let was = t!(l, import.effect_was, amount = amount_text(effect.total_before));
    let change = delta_text(effect.total_after.minus(effect.total_before));
    view! {
        <tr>
            <th scope="row">{name::horizon(l, effect.horizon)}</th>
            <td class="number">{projects}</td>
            <td class="number">
                <b>{amount_text(effect.total_after)}</b>
                {(!same).then(|| view! { <span class="import-effect-was">{format!("{was}  {change}")}</span> })}
            </td>
        </tr>
    }
}

/// `before → after`, or one figure when nothing moves.
fn step(l: Locale, before: String, after: String, same: bool) -> AnyView {
    if same {
        return after.into_any();
    }
    view! {
        <span class="import-before">{before}</span>
        <span aria-hidden="true">" → "</span>
        <span class="hidden">{t!(l, import.becomes)}</span>
        <b>{after}</b>
    }
    .into_any()
}

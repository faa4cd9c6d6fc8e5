//! Step 4: what went in, where it stands now, and the way back. Also the page of an import that was taken back.

use super::address::{self, Place};
use super::compare::Rows;
use super::counts::OutcomeTabs;
use super::effect::EffectTable;
use super::print;
use super::send::Wizard;
use super::text::number;
use super::undo::UndoWhole;
use crate::parts::button::{LinkButton, Weight};
use crate::parts::icon::{Icon, Shape};
use contract::import::{ImportKind, ImportState, ImportView};
use domain::period::Horizon;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn Done(wizard: Wizard, place: Memo<Place>) -> impl IntoView {
    let l = locale();
    let told = StoredValue::new(wizard.view.with_untracked(|view| view.obstacle.clone()));
    view! {
        <print::SignSheet wizard />
        {move || wizard.view.with(|view| head(l, view))}
        {move || view! { <EffectTable effects=wizard.view.with(|view| view.effect.clone()) /> }}
        {move || {
            wizard.view.track();
            view! { <UndoWhole wizard told /> }
        }}
        <section class="import-done-rows">
            <h2>{t!(l, import.done_rows)}</h2>
            {move || view! { <OutcomeTabs view=wizard.view.get() place=place.get() /> }}
            <Rows wizard place />
        </section>
    }
}

fn head(l: Locale, view: &ImportView) -> impl IntoView + use<> {
    let counts = &view.counts;
    let said = t!(
        l,
        import.done_text,
        new = number(counts.new),
        changed = number(counts.changed),
        same = number(counts.same),
        left = number(super::counts::left_out(counts))
    );
    let ways = match view.kind {
        ImportKind::Projects => Horizon::ALL
            .map(|horizon| {
                let href = format!("/projects?list={}", horizon.code());
                let word = t!(l, import.to_list, list = name::horizon(l, horizon));
                view! { <LinkButton href=href weight=Weight::Normal>{word}</LinkButton> }
            })
            .collect_view()
            .into_any(),
        ImportKind::Sites => {
            view! { <LinkButton href="/communities">{t!(l, common.sites)}</LinkButton> }.into_any()
        }
    };
    view! {
        <section class="import-done" role="status">
            <h2>
                <Icon shape=Shape::Done />
                {t!(l, import.done_title)}
            </h2>
            <p>{said}</p>
            <p class="import-acts" data-noprint="">
                {ways}
                <LinkButton href=address::PATH>{t!(l, import.other_file)}</LinkButton>
            </p>
        </section>
    }
}

/// Undone or cancelled: says so, and how to go on.
#[component]
pub fn Gone(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let state = wizard.view.with_untracked(|view| view.state);
    let (title, text) = if state == ImportState::Undone {
        (t!(l, import.undone_title), t!(l, import.undone_text))
    } else {
        (t!(l, import.cancelled_title), t!(l, import.cancelled_text))
    };
    let lists = wizard.view.with_untracked(|view| view.kind == ImportKind::Projects);
    view! {
        <section class="panel" role="status">
            <h2>{title}</h2>
            <p>{text}</p>
            <p class="import-acts">
                <LinkButton href=address::PATH weight=Weight::Primary>{t!(l, import.upload_again)}</LinkButton>
                {lists.then(|| view! { <LinkButton href="/projects">{t!(l, common.projects)}</LinkButton> })}
            </p>
        </section>
    }
}

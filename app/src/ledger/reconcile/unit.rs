//! In which unit the file is written: asked where nobody said it, with what each would mean; changed while nothing is matched
//! by hand.

use super::acts::hidden;
use super::api;
use super::cells::yuan;
use crate::parts::button::{Submit, Weight};
use contract::ledger::reconcile::{ReconciliationView, UnitHint};
use domain::ledger::reconcile::{By, State};
use domain::money::Unit;
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{Locale, format, name, t};

/// The question, or the answer with the way to change it.
pub fn unit(l: Locale, view: &ReconciliationView) -> AnyView {
    let may = view.may.includes(Action::Reconcile) && view.head.state == State::Open;
    let stated = match view.stated {
        Some(unit) => t!(l, reconcile.unit_stated, unit = name::unit(l, unit)),
        None => t!(l, reconcile.unit_unstated).to_owned(),
    };
    let Some(unit) = view.unit else {
        let choices = view.hints.iter().map(|hint| choice(l, view, hint, may)).collect_view();
        return view! {
            <section class="notice notice-warn reconcile-unit" role="alert">
                <h2>{t!(l, reconcile.unit_ask)}</h2>
                <p>{t!(l, reconcile.unit_ask_text)}" "{stated}</p>
                {choices}
            </section>
        }
        .into_any();
    };
    let other = if unit == Unit::Yuan { Unit::Wan } else { Unit::Yuan };
    let by_hand = view.matched.iter().any(|matched| matched.by == By::Hand);
    let change = (may && !by_hand).then(|| {
        let word = t!(l, reconcile.unit_change, unit = name::unit(l, other));
        take(view, other, word, Weight::Quiet)
    });
    view! {
        <div class="reconcile-unit-taken">
            <span>{t!(l, reconcile.unit_taken, unit = name::unit(l, unit))}" "{stated}</span>
            {change}
        </div>
    }
    .into_any()
}

fn choice(l: Locale, view: &ReconciliationView, hint: &UnitHint, may: bool) -> AnyView {
    let unit = name::unit(l, hint.unit);
    let Some(meant) = hint.meant else {
        return view! { <p class="reconcile-under">{t!(l, reconcile.unit_cannot, unit = unit)}</p> }
            .into_any();
    };
    let text = t!(
        l,
        reconcile.unit_means,
        unit = unit,
        first = yuan(meant.first),
        capitals = format::capitals(meant.first.magnitude()),
        sum = yuan(meant.sum),
        matched = format::integer(i64::from(meant.matched))
    );
    let take = may.then(|| {
        let weight = if view.stated == Some(hint.unit) { Weight::Primary } else { Weight::Normal };
        take(view, hint.unit, t!(l, reconcile.unit_take, unit = unit), weight)
    });
    view! {
        <p>{text}</p>
        {take}
    }
    .into_any()
}

fn take(view: &ReconciliationView, unit: Unit, word: String, weight: Weight) -> AnyView {
    view! {
        <form method="post" action=api::TakeStep::PATH class="toolbar" data-noprint="">
            {hidden(view, "unit")}
            <input type="hidden" name="form[unit]" value=unit.code() />
            <Submit weight=weight>{word}</Submit>
        </form>
    }
    .into_any()
}

//! What is done with a reconciliation as a whole: handed over, withdrawn, signed, given back. Whoever matched does not sign.

use super::api;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::gone;
use contract::ledger::reconcile::ReconciliationView;
use domain::ledger::reconcile::State;
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{Locale, format, t};

/// The hidden inputs of a step; an act that is empty is said by the button pressed.
pub fn hidden(view: &ReconciliationView, act: &'static str) -> AnyView {
    view! {
        <input type="hidden" name="form[reconciliation]" value=view.head.reconciliation.to_string() />
        <input type="hidden" name="form[seen]" value=view.seen.to_string() />
        <input type="hidden" name="form[key]" value=view.key.clone() />
        {(!act.is_empty()).then(|| view! { <input type="hidden" name="form[act]" value=act /> })}
    }
    .into_any()
}

pub fn acts(l: Locale, view: &ReconciliationView) -> Option<AnyView> {
    let may = |action: Action| view.may.includes(action);
    match view.head.state {
        State::Open if may(Action::Reconcile) => Some(hand_over(l, view)),
        State::Submitted if may(Action::SignReconciliation) && view.own => {
            Some(view! { <p class="notice" role="note">{t!(l, reconcile.own_work)}</p> }.into_any())
        }
        State::Submitted if may(Action::SignReconciliation) => Some(judge(l, view)),
        State::Submitted => {
            Some(view! { <p class="notice" role="note">{t!(l, reconcile.waits)}</p> }.into_any())
        }
        State::Open | State::Signed | State::Withdrawn => None,
    }
}

fn hand_over(l: Locale, view: &ReconciliationView) -> AnyView {
    let submit = view.unit.is_some().then(|| {
        view! {
            <form method="post" action=api::TakeStep::PATH class="toolbar">
                {hidden(view, "submit")}
                <Submit weight=Weight::Primary>{t!(l, reconcile.submit)}</Submit>
            </form>
        }
    });
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, reconcile.hand_over)}</h2>
            <p>{t!(l, reconcile.hand_over_text)}</p>
            {submit}
            <details class="reconcile-withdraw">
                <summary>{t!(l, reconcile.withdraw)}</summary>
                <p>{t!(l, reconcile.withdraw_text)}</p>
                <form method="post" action=api::TakeStep::PATH class="toolbar">
                    {hidden(view, "withdraw")}
                    <Submit weight=Weight::Danger>{t!(l, reconcile.withdraw)}</Submit>
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn judge(l: Locale, view: &ReconciliationView) -> AnyView {
    let refused = returned_error(api::JudgeReconciliation::PATH);
    let typed = gone::query(|query| query.get("reason").unwrap_or_default());
    let error = field_error(refused.as_ref(), "reason");
    let tallies = &view.tallies;
    let differences = tallies.differing + tallies.bank_only.count + tallies.book_only.count;
    let text = t!(
        l,
        reconcile.judge_text,
        matched = format::integer(i64::from(tallies.matched.count)),
        differences = format::integer(i64::from(differences))
    );
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, reconcile.judge)}</h2>
            <p>{text}</p>
            <form method="post" action=api::JudgeReconciliation::PATH class="toolbar">
                {hidden(view, "")}
                <input type="hidden" name="form[verdict]" value="sign" />
                <input type="hidden" name="form[digest]" value=view.digest.clone() />
                <Submit weight=Weight::Primary>{t!(l, reconcile.sign)}</Submit>
            </form>
            <form method="post" action=api::JudgeReconciliation::PATH class="form">
                {hidden(view, "")}
                <input type="hidden" name="form[verdict]" value="return" />
                <Field name="reason" label=t!(l, reconcile.reason) error=Signal::stored(error) required=true>
                    <input
                        class="input"
                        id="reason"
                        name="form[reason]"
                        value=typed
                        maxlength="500"
                        autocomplete="off"
                        required
                        aria-describedby="reason-note"
                    />
                </Field>
                <Submit>{t!(l, reconcile.give_back)}</Submit>
            </form>
        </section>
    }
    .into_any()
}

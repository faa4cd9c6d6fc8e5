//! What stands below the amount while it is typed: capital numerals, the three balances before and after, and what would
//! break.

use super::text::{exact, is_below, wan};
use super::typing::Typing;
use domain::ledger::{Left, Response};
use domain::money::{Delta, Unit};
use leptos::prelude::*;
use words::locale::locale;
use words::{explain, format, t};

/// 叁佰贰拾万元整, so that nobody is wrong by ten thousand.
#[component]
pub fn Capitals(typing: Typing) -> impl IntoView {
    let l = locale();
    let text = move || {
        typing.money().map(|amount| {
            let yuan = format::delta(Delta::from(amount), Unit::Yuan);
            t!(l, common.amount_echo, amount = yuan, capitals = format::capitals(amount))
        })
    };
    view! {
        <output id="amount-echo" class="ledger-capitals" for="amount">
            {text}
        </output>
    }
    .into_any()
}

/// The three remaining balances of project, source and year.
#[component]
pub fn Balances(typing: Typing) -> impl IntoView {
    let l = locale();
    let shown = move || {
        let Some(view) = typing.balance.get() else {
            return view! { <p class="ledger-faint">{t!(l, ledger.balances_hint)}</p> }.into_any();
        };
        let effect = typing.effect();
        let after = effect.as_ref().and_then(|effect| effect.after.as_ref().ok()).map(|totals| totals.left());
        let words = [t!(l, ledger.to_receive), t!(l, ledger.to_disburse), t!(l, ledger.to_pay)];
        let now = figures(view.left);
        let then = after.map(figures);
        let cells = words
            .into_iter()
            .enumerate()
            .map(|(at, word)| {
                let next = then.map(|then| then[at]).filter(|next| *next != now[at]);
                cell(word, now[at], next)
            })
            .collect_view();
        let sentence = effect.map(|effect| match (&effect.after, effect.breaches.is_empty()) {
            (Err(refusal), _) => (false, explain::ledger_refusal(l, refusal)),
            (Ok(_), true) => (true, t!(l, ledger.fits).to_owned()),
            (Ok(_), false) => {
                let breaches = explain::breaches(l, &effect.breaches);
                let text = match effect.response {
                    Some(Response::Stop) | None => t!(l, ledger.breaks_stop, breaches = breaches),
                    Some(Response::Warn | Response::Ignore) => t!(l, ledger.breaks_warn, breaches = breaches),
                };
                (false, text)
            }
        });
        view! {
            <dl class="ledger-balances">{cells}</dl>
            {sentence
                .map(|(fits, text)| {
                    view! {
                        <p class="ledger-verdict" class:ledger-fits=fits>
                            {text}
                        </p>
                    }
                })}
        }
        .into_any()
    };
    view! {
        <div class="ledger-echo" role="status" aria-live="polite" aria-label=t!(l, ledger.balances)>
            {shown}
        </div>
    }
    .into_any()
}

fn figures(left: Left) -> [Delta; 3] {
    [left.to_receive, left.to_disburse, left.to_pay]
}

fn cell(word: &'static str, now: Delta, next: Option<Delta>) -> impl IntoView {
    let l = locale();
    view! {
        <div>
            <dt>{word}</dt>
            <dd>
                <span class:negative=is_below(now) title=exact(l, now)>{wan(now)}</span>
                {next
                    .map(|next| {
                        view! {
                            " → "
                            <strong class:negative=is_below(next) title=exact(l, next)>{wan(next)}</strong>
                        }
                    })}
            </dd>
        </div>
    }
}

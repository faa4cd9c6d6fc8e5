//! One posting on its way: what it says, what it would do to the balances, and what this person may do with it.

use super::address;
use super::api::Decide;
use super::text::{capitals, exact, is_below, movement, reversal, state, wan};
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::retyped::typed;
use crate::parts::status::Chip;
use contract::ledger::{EntryLine, RequestView};
use domain::ledger::{Order, Refusal, Reversal, State};
use domain::money::Delta;
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, explain, format, name, t};

/// What is known of an order, as words: movement, amount, and a line of facts.
struct Facts {
    what: String,
    /// below zero for a reversal
    amount: Option<Delta>,
    facts: Vec<(&'static str, String)>,
}

fn facts(l: Locale, request: &RequestView) -> Facts {
    let mut facts = Vec::new();
    let mut add = |label: &'static str, text: Option<String>| {
        if let Some(text) = text {
            facts.push((label, text));
        }
    };
    match &request.order {
        Order::Post(posting) => {
            add(t!(l, ledger.source), Some(name::source(l, posting.key.source).to_owned()));
            add(t!(l, ledger.year), Some(posting.key.year.to_string()));
            add(t!(l, ledger.date), Some(format::date(posting.date)));
            add(t!(l, ledger.voucher), posting.paper.voucher.clone());
            add(t!(l, ledger.document), posting.paper.document.clone());
            add(t!(l, ledger.payee), posting.payee.clone());
            add(t!(l, ledger.purpose), posting.purpose.clone());
            add(t!(l, ledger.memo), posting.memo.clone());
            Facts { what: movement(l, posting.movement), amount: Some(posting.amount.into()), facts }
        }
        Order::Transfer(transfer) => {
            add(t!(l, ledger.source), Some(name::source(l, transfer.source).to_owned()));
            add(t!(l, ledger.year), Some(transfer.year.to_string()));
            add(t!(l, ledger.date), Some(format::date(transfer.date)));
            add(t!(l, ledger.document), transfer.paper.document.clone());
            add(t!(l, ledger.memo), transfer.memo.clone());
            let what = t!(l, ledger.moved_out, stage = name::fund_stage(l, transfer.at));
            Facts { what, amount: Some(transfer.amount.into()), facts }
        }
        Order::Reverse(order) => reversed(l, order, request.original.as_ref()),
    }
}

/// A reversal says first what it takes back, where the person may see that.
fn reversed(l: Locale, order: &Reversal, original: Option<&EntryLine>) -> Facts {
    let mut all = Vec::new();
    if let Some(original) = original {
        let kind = movement(l, original.movement);
        all.extend([
            (t!(l, ledger.original), Some(t!(l, ledger.entry_title, seq = original.seq, kind = kind))),
            (t!(l, ledger.source), Some(name::source(l, original.source).to_owned())),
            (t!(l, ledger.year), Some(original.year.to_string())),
            (t!(l, ledger.other_project), original.other.clone()),
            (t!(l, ledger.payee), original.payee.clone()),
            (t!(l, ledger.purpose), original.purpose.clone()),
        ]);
    }
    all.extend([
        (t!(l, ledger.date), Some(format::date(order.date))),
        (t!(l, ledger.voucher), order.paper.voucher.clone()),
        (t!(l, ledger.document), order.paper.document.clone()),
        (t!(l, ledger.reason), Some(order.reason.clone())),
    ]);
    let facts = all.into_iter().filter_map(|(label, text)| Some((label, text?))).collect();
    match original.map(|original| reversal(l, original)) {
        Some((what, amount)) => Facts { what, amount: Some(amount), facts },
        None => Facts { what: t!(l, ledger.reversal).to_owned(), amount: None, facts },
    }
}

/// The pages that an order speaks of.
fn links(l: Locale, request: &RequestView) -> Vec<(String, &'static str)> {
    let mut all = Vec::new();
    match &request.order {
        Order::Reverse(reversal) => all.push((address::entry(reversal.entry), t!(l, ledger.original))),
        Order::Transfer(transfer) if !request.outside => {
            all.push((format!("/projects/{}", transfer.to), t!(l, ledger.other_project)));
        }
        Order::Transfer(_) | Order::Post(_) => {}
    }
    all.extend(request.entries.iter().map(|entry| (address::entry(*entry), t!(l, ledger.entry))));
    all.push((format!("{}/{}/print", address::REQUESTS, request.request), t!(l, ledger.slip)));
    all
}

/// `is_first` gives its acts the keys.
#[component]
pub fn Card(request: RequestView, is_first: bool) -> impl IntoView {
    let l = locale();
    let Facts { what, amount, facts } = facts(l, &request);
    let (tone, drawing, word) = state(l, &request.state);
    let facts = facts
        .into_iter()
        .map(|(label, text)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{text}</dd>
                </div>
            }
        })
        .collect_view();
    let amount = amount.map(|amount| {
        view! {
            <span class="ledger-figure" class:negative=is_below(amount) title=exact(l, amount)>
                {format::signed_money(l, amount)}
            </span>
            <span class="ledger-capitals">{capitals(l, amount)}</span>
        }
    });
    let links = links(l, &request)
        .into_iter()
        .map(|(href, word)| view! { <a class="ledger-act" href=href>{word}</a> })
        .collect_view();
    let returned = match &request.state {
        State::Returned { reason, .. } => Some(t!(l, ledger.returned_for, reason = reason.clone())),
        State::Draft | State::Submitted | State::Approved { .. } => None,
    };
    let persons = match &request.checker {
        Some(checker) => format!("{} / {checker}", request.maker),
        None => request.maker.clone(),
    };
    view! {
        <article class="panel ledger-request" data-state=request.state.code()>
            <header class="ledger-request-head">
                <Chip tone=tone drawing=drawing word=word />
                <h2>
                    {what} " · " <a href=format!("/projects/{}", request.project.project)>{request.project.name.clone()}</a>
                </h2>
                <span class="ledger-faint">{request.project.area_name.clone()}</span>
                {amount}
                <span class="ledger-faint ledger-by">{persons}" · "{format::instant(request.updated)}</span>
            </header>
            <dl class="ledger-facts">{facts}</dl>
            {left(l, &request)}
            {returned.map(|text| view! { <p class="notice notice-warn">{text}</p> })}
            <p class="ledger-links">{links}</p>
            {acts(l, &request, is_first)}
        </article>
    }
    .into_any()
}

/// Balances before it, and what approval would break.
fn left(l: Locale, request: &RequestView) -> Option<AnyView> {
    if matches!(request.state, State::Approved { .. }) {
        return None;
    }
    let left = &request.left;
    let text = t!(
        l,
        ledger.left_before,
        receive = wan(left.to_receive),
        disburse = wan(left.to_disburse),
        pay = wan(left.to_pay)
    );
    let broken = (!request.breaches.is_empty() && request.obstacle.is_none()).then(|| {
        let text = t!(l, ledger.would_break, breaches = explain::breaches(l, &request.breaches));
        view! { <p class="notice notice-warn">{text}</p> }
    });
    let barred = request.obstacle.as_ref().map(|refusal| {
        // What the matrix stops leads to the matrix.
        let rules = matches!(refusal, Refusal::OutOfOrder { .. }).then(|| {
            view! { <a class="ledger-act" href=address::CONTROLS>{t!(l, control.title)}</a> }
        });
        view! { <p class="notice notice-warn">{explain::ledger_refusal(l, refusal)} {rules}</p> }
    });
    let view = view! {
        <p class="ledger-left">{text}</p>
        {broken}
        {barred}
    };
    Some(view.into_any())
}

fn acts(l: Locale, request: &RequestView, is_first: bool) -> Option<AnyView> {
    let may = |action: Action| request.may.includes(action);
    match (&request.state, request.own) {
        (State::Submitted, false) if may(Action::ApproveMoney) => {
            let exception = matches!(request.obstacle, Some(Refusal::OutOfOrder { .. }));
            Some(judging(l, request, exception, is_first))
        }
        (State::Submitted, true) => Some(
            view! {
                <form method="post" action=Decide::PATH class="toolbar ledger-acts" data-noprint="">
                    {hidden(request)}
                    <span class="ledger-faint">{t!(l, ledger.another_decides)}</span>
                    <Submit name="form[verdict]" value="withdraw">{t!(l, ledger.withdraw)}</Submit>
                </form>
            }
            .into_any(),
        ),
        (State::Draft | State::Returned { .. }, true) => {
            let editable = !matches!(request.order, Order::Reverse(_));
            Some(
                view! {
                    <form method="post" action=Decide::PATH class="toolbar ledger-acts" data-noprint="">
                        {hidden(request)}
                        {editable
                            .then(|| {
                                view! {
                                    <LinkButton href=address::edit(
                                        request.request,
                                    )>{t!(l, ledger.edit)}</LinkButton>
                                }
                            })}
                        <Submit weight=Weight::Primary name="form[verdict]" value="submit">
                            {t!(l, ledger.submit)}
                        </Submit>
                    </form>
                }
                .into_any(),
            )
        }
        (State::Draft | State::Submitted | State::Returned { .. } | State::Approved { .. }, _) => None,
    }
}

fn hidden(request: &RequestView) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="form[request]" value=request.request.to_string() />
        <input type="hidden" name="form[version]" value=request.version.to_string() />
        <input type="hidden" name="form[key]" value=request.key.clone() />
    }
}

/// Approving and returning. One reason serves both: why it goes back, or why a breach may pass.
fn judging(l: Locale, request: &RequestView, exception: bool, is_first: bool) -> AnyView {
    let id = format!("reason-{}", request.request);
    let came = |input: &str| typed(Decide::PATH, input);
    let is_this = came("request").is_some_and(|came| came == request.request.to_string());
    let reason = if is_this { came("reason") } else { None };
    let label = if exception { t!(l, ledger.reason_or_exception) } else { t!(l, ledger.reason_to_return) };
    let reasons = [
        t!(l, ledger.stock_voucher),
        t!(l, ledger.stock_amount),
        t!(l, ledger.stock_source),
        t!(l, ledger.stock_date),
        t!(l, ledger.stock_twice),
    ];
    let list = format!("{id}-stock");
    let key = |key: &'static str| is_first.then_some(key);
    view! {
        <form method="post" action=Decide::PATH class="toolbar ledger-acts" data-noprint="">
            {hidden(request)}
            <label for=id.clone()>{label}</label>
            <input
                class="input ledger-reason"
                id=id
                name="form[reason]"
                value=reason
                list=list.clone()
                maxlength="500"
                autocomplete="off"
            />
            <datalist id=list>{reasons.map(|reason| view! { <option value=reason></option> }).collect_view()}</datalist>
            <button
                type="submit"
                class="button button-primary"
                name="form[verdict]"
                value="approve"
                accesskey=key("a")
            >
                {t!(l, ledger.approve)}
            </button>
            <button type="submit" class="button" name="form[verdict]" value="return" accesskey=key("r")>
                {t!(l, ledger.give_back)}
            </button>
        </form>
    }
    .into_any()
}

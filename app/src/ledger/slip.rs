//! 资金拨付审批单 on A4: one request or one entry with its project, source and document, the amount in figures and capital
//! numerals, the balances, and who made and checked it.

use super::address::{self, REQUESTS};
use super::api;
use super::text::{capitals, exact, movement, reversal, state, wan};
use crate::parts::asking::ask;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::paper_page::PaperPage;
use contract::error::ApiError;
use contract::ledger::form::BalanceForm;
use contract::ledger::{EntryLine, RequestView};
use domain::ledger::{Left, Order, Paper};
use domain::money::{Delta, Unit};
use domain::source::Source;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::locale::locale;
use words::{Locale, format, name, t};

/// What the slip says, in words.
struct Slip {
    back: String,
    number: String,
    project: String,
    code: String,
    area: String,
    source: Option<Source>,
    year: String,
    kind: String,
    amount: Delta,
    date: String,
    paper: Paper,
    payee: Option<String>,
    purpose: Option<String>,
    memo: Option<String>,
    left: Left,
    maker: String,
    checker: String,
    state: String,
}

fn id_of() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default())
}

/// The slip of a request, before or after it was decided.
#[component]
pub fn RequestSlipPage() -> impl IntoView {
    let id = id_of();
    let page = ask(move || crate::parts::gone::read(id), api::request);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => shown(locale(), of_request(locale(), view)),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The entry with the balances of its position.
async fn load(id: String) -> Result<(EntryLine, Left), ApiError> {
    let entry = api::entry(id).await?;
    let form = BalanceForm {
        project: entry.project.project.to_string(),
        source: entry.source.code().to_owned(),
        year: entry.year.to_string(),
    };
    let balances = api::balances(form).await?;
    Ok((entry, balances.left))
}

/// The slip of an entry.
#[component]
pub fn EntrySlipPage() -> impl IntoView {
    let id = id_of();
    let page = ask(move || crate::parts::gone::read(id), load);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok((entry, left)) => shown(locale(), of_entry(locale(), entry, left)),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn of_entry(l: Locale, entry: EntryLine, left: Left) -> Slip {
    Slip {
        back: address::entry(entry.entry),
        number: entry.seq.to_string(),
        project: entry.project.name,
        code: entry.project.code.unwrap_or_default(),
        area: entry.project.area_name,
        source: Some(entry.source),
        year: entry.year.to_string(),
        kind: movement(l, entry.movement),
        amount: entry.effect,
        date: format::date(entry.date),
        paper: Paper { document: entry.document, voucher: entry.voucher },
        payee: entry.payee,
        purpose: entry.purpose,
        memo: entry.memo,
        left,
        maker: entry.maker,
        checker: entry.checker,
        state: t!(l, ledger.state_checked).to_owned(),
    }
}

fn of_request(l: Locale, view: RequestView) -> Slip {
    let state = state(l, &view.state).2.to_owned();
    let mut slip = Slip {
        back: REQUESTS.to_owned(),
        number: String::new(),
        project: view.project.name,
        code: view.project.code.unwrap_or_default(),
        area: view.project.area_name,
        source: None,
        year: String::new(),
        kind: String::new(),
        amount: Delta::ZERO,
        date: String::new(),
        paper: Paper::default(),
        payee: None,
        purpose: None,
        memo: None,
        left: view.left,
        maker: view.maker,
        checker: view.checker.unwrap_or_default(),
        state,
    };
    match view.order {
        Order::Post(posting) => {
            slip.source = Some(posting.key.source);
            slip.year = posting.key.year.to_string();
            slip.kind = movement(l, posting.movement);
            slip.amount = Delta::from(posting.amount);
            slip.date = format::date(posting.date);
            slip.paper = posting.paper;
            (slip.payee, slip.purpose, slip.memo) = (posting.payee, posting.purpose, posting.memo);
        }
        Order::Transfer(transfer) => {
            slip.source = Some(transfer.source);
            slip.year = transfer.year.to_string();
            slip.kind = t!(l, ledger.moved_out, stage = name::fund_stage(l, transfer.at));
            slip.amount = Delta::from(transfer.amount);
            slip.date = format::date(transfer.date);
            slip.paper = transfer.paper;
            slip.memo = transfer.memo;
        }
        Order::Reverse(order) => {
            t!(l, ledger.reversal).clone_into(&mut slip.kind);
            slip.date = format::date(order.date);
            slip.paper = order.paper;
            slip.memo = Some(order.reason);
            if let Some(original) = view.original {
                (slip.kind, slip.amount) = reversal(l, &original);
                slip.source = Some(original.source);
                slip.year = original.year.to_string();
                (slip.payee, slip.purpose) = (original.payee, original.purpose);
            }
        }
    }
    slip
}

fn shown(l: Locale, slip: Slip) -> AnyView {
    let row = |label: &'static str, text: String| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td colspan="3">{text}</td>
            </tr>
        }
    };
    let pair = |one: (&'static str, String), two: (&'static str, String)| {
        view! {
            <tr>
                <th scope="row">{one.0}</th>
                <td>{one.1}</td>
                <th scope="row">{two.0}</th>
                <td>{two.1}</td>
            </tr>
        }
    };
    let source = slip.source.map_or("", |source| name::source(l, source)).to_owned();
    let has_amount = !slip.amount.is_zero();
    let figures = format!("{} {} ({})", wan(slip.amount), name::unit(l, Unit::Wan), exact(l, slip.amount));
    let left = t!(
        l,
        ledger.slip_left,
        receive = wan(slip.left.to_receive),
        disburse = wan(slip.left.to_disburse),
        pay = wan(slip.left.to_pay)
    );
    view! {
        <PaperPage class="ledger-slip" title=t!(l, ledger.slip) back=slip.back>
            <table class="table">
                <tbody>
                    {row(t!(l, ledger.project), slip.project)}
                    {pair((t!(l, ledger.column_code), slip.code), (t!(l, common.area), slip.area))}
                    {pair((t!(l, ledger.source), source), (t!(l, ledger.year), slip.year))}
                    {pair((t!(l, ledger.kind), slip.kind), (t!(l, ledger.date), slip.date))}
                    {pair(
                        (t!(l, ledger.document), slip.paper.document.unwrap_or_default()),
                        (t!(l, ledger.voucher), slip.paper.voucher.unwrap_or_default()),
                    )}
                    {has_amount.then(|| row(t!(l, ledger.amount), figures))}
                    {has_amount.then(|| row(t!(l, ledger.capitals), capitals(l, slip.amount)))}
                    {row(t!(l, ledger.payee), slip.payee.unwrap_or_default())}
                    {row(t!(l, ledger.purpose), slip.purpose.unwrap_or_default())}
                    {row(t!(l, ledger.memo), slip.memo.unwrap_or_default())}
                    {row(t!(l, ledger.balances), left)}
                    {pair((t!(l, ledger.state), slip.state), (t!(l, ledger.seq), slip.number))}
                    {pair((t!(l, ledger.maker), slip.maker), (t!(l, ledger.checker), slip.checker))}
                    {pair((t!(l, ledger.sign_maker), String::new()), (t!(l, ledger.sign_checker), String::new()))}
                    {pair((t!(l, ledger.sign_head), String::new()), (t!(l, ledger.sign_date), String::new()))}
                </tbody>
            </table>
        </PaperPage>
    }
    .into_any()
}

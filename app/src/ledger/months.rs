//! 月份: months of the own books. What is open is shown before one is closed; opening one again takes two persons.

use super::address::MONTHS;
use super::address::{PATH, Place, REQUESTS};
use super::api;
use super::frame::{Head, done};

use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::drawing::{DISC, TICK};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::loading::Loading;
use crate::parts::retyped::typed;
use crate::parts::status::Chip;
use contract::error::ApiError;
use contract::ledger::{End, EndedLine, MonthLine, MonthsView, ReopeningLine};
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn MonthsPage() -> impl IntoView {
    let l = locale();
    let page = ask(|| (), |()| api::months());
    let refused = returned_error(api::CloseMonth::PATH).or_else(|| returned_error(api::ReopenMonth::PATH));
    let shown = refused.clone();
    view! {
        <Head path=MONTHS />
        {done(|_| Some(t!(l, ledger.done_month)))}
        {shown.map(|error| view! { <ErrorPanel error=error /> })}
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let refused = refused.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => view! { <Shown view refused /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Shown(view: MonthsView, refused: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::CloseMonth);
    let last_closed = view.months.iter().find(|line| line.closed.is_some()).map(|line| line.month);
    // What is asked already waits for its second person; asking twice would only leave one of the two behind.
    let last_closed = last_closed.filter(|month| view.reopenings.iter().all(|asked| asked.month != *month));
    let lines = view.months.iter().map(|month| line(l, month)).collect_view();
    let table = if view.months.is_empty() {
        view! { <Empty reason=t!(l, ledger.none) /> }.into_any()
    } else {
        view! {
            <div class="table-scroll ledger-months" tabindex="0" role="region" aria-label=t!(l, ledger.tab_months)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="date">{t!(l, ledger.month)}</th>
                            <th scope="col" class="number">{t!(l, ledger.entries)}</th>
                            <th scope="col">{t!(l, ledger.state)}</th>
                            <th scope="col">{t!(l, ledger.closed_by)}</th>
                            <th scope="col" class="date">{t!(l, ledger.closed_on)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let reopenings = view.reopenings.iter().map(|asked| asking(l, asked, &view.key, may)).collect_view();
    view! {
        {may.then(|| closing(l, &view))}
        {reopenings}
        {table}
        {ended(l, &view.ended)}
        {last_closed.filter(|_| may).map(|month| reopening(l, &month.to_string(), &view.key, refused))}
    }
    .into_any()
}

fn line(l: Locale, line: &MonthLine) -> impl IntoView + use<> {
    let mut to = Place::default();
    to.form.month = line.month.to_string();
    let (chip, by, on) = match &line.closed {
        Some((by, on)) => (
            view! { <Chip tone="ok" drawing=TICK word=t!(l, ledger.closed) /> },
            by.clone(),
            format::date(*on),
        ),
        None => (
            view! { <Chip tone="info" drawing=DISC word=t!(l, ledger.open) /> },
            String::new(),
            String::new(),
        ),
    };
    let entries = format::integer(i64::try_from(line.entries).unwrap_or(i64::MAX));
    view! {
        <tr>
            <td class="date">
                <a href=to.at(PATH)>{line.month.to_string()}</a>
            </td>
            <td class="number">{entries}</td>
            <td>{chip}</td>
            <td>{by}</td>
            <td class="date">{on}</td>
        </tr>
    }
}

/// What is open, and the button that closes the next month.
fn closing(l: Locale, view: &MonthsView) -> AnyView {
    let waiting = view.waiting;
    let open = (waiting > 0).then(|| {
        view! {
            <p class="notice notice-warn">
                {t!(l, ledger.still_waiting, count = waiting)} " " <a href=REQUESTS>{t!(l, ledger.tab_requests)}</a>
            </p>
        }
    });
    let form = match view.next {
        Some(month) => {
            let month = month.to_string();
            view! {
                <form method="post" action=api::CloseMonth::PATH class="toolbar">
                    <input type="hidden" name="form[month]" value=month.clone() />
                    <input type="hidden" name="form[key]" value=view.key.clone() />
                    <Submit weight=Weight::Primary>{t!(l, ledger.close, month = month)}</Submit>
                </form>
            }
            .into_any()
        }
        None => view! { <p>{t!(l, ledger.nothing_to_close)}</p> }.into_any(),
    };
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, ledger.closing)}</h2>
            <p>{t!(l, ledger.closing_text)}</p>
            {open}
            {form}
        </section>
    }
    .into_any()
}

/// A month that somebody asks to open again; only another person may grant or refuse it, and whoever asked takes it back.
fn asking(l: Locale, asked: &ReopeningLine, key: &str, may: bool) -> AnyView {
    let text = t!(
        l,
        ledger.reopening_asked,
        asker = asked.asker.clone(),
        month = asked.month.to_string(),
        reason = asked.reason.clone()
    );
    let own = asked.own.then(|| view! { <p class="ledger-faint">{t!(l, ledger.another_grants)}</p> });
    let refuse = if asked.own { t!(l, ledger.take_back) } else { t!(l, ledger.refuse) };
    let act = may.then(|| {
        let id = asked.reopening.to_string();
        view! {
            <div class="toolbar" data-noprint="">
                {(!asked.own).then(|| ending(&id, key, false, t!(l, ledger.grant)))} {ending(&id, key, true, refuse)}
            </div>
        }
    });
    view! {
        <section class="notice notice-warn ledger-asked">
            <p>{text}</p>
            {own}
            {act}
        </section>
    }
    .into_any()
}

/// A button that grants what was asked, or refuses it.
fn ending(reopening: &str, key: &str, refuses: bool, word: &'static str) -> AnyView {
    view! {
        <form method="post" action=api::ReopenMonth::PATH>
            <input type="hidden" name="form[reopening]" value=reopening.to_owned() />
            <input type="hidden" name="form[key]" value=key.to_owned() />
            {refuses.then(|| view! { <input type="hidden" name="form[refuse]" value="1" /> })}
            <Submit>{word}</Submit>
        </form>
    }
    .into_any()
}

/// What became of what was asked, with its reason.
fn ended(l: Locale, all: &[EndedLine]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let rows = all
        .iter()
        .map(|line| {
            let end = match line.end {
                End::Granted => t!(l, ledger.end_granted, by = line.by.clone()),
                End::Refused => t!(l, ledger.end_refused, by = line.by.clone()),
                End::TakenBack => t!(l, ledger.end_taken_back).to_owned(),
            };
            view! {
                <tr>
                    <td class="date">{line.month.to_string()}</td>
                    <td>{line.asker.clone()}</td>
                    <td>{line.reason.clone()}</td>
                    <td>{end}</td>
                    <td class="date">{format::date(line.on)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="ledger-ended">
            <h2>{t!(l, ledger.reopenings)}</h2>
            <div class="table-scroll ledger-months" tabindex="0" role="region" aria-label=t!(l, ledger.reopenings)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="date">{t!(l, ledger.month)}</th>
                            <th scope="col">{t!(l, ledger.asked_by)}</th>
                            <th scope="col">{t!(l, ledger.reason)}</th>
                            <th scope="col">{t!(l, ledger.end)}</th>
                            <th scope="col" class="date">{t!(l, ledger.ended_on)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn reopening(l: Locale, month: &str, key: &str, refused: Option<ApiError>) -> AnyView {
    let error = field_error(refused.as_ref(), "reason");
    view! {
        <section class="panel ledger-reopen" data-noprint="">
            <h2>{t!(l, ledger.reopen, month = month.to_owned())}</h2>
            <p>{t!(l, ledger.reopen_text)}</p>
            <form method="post" action=api::ReopenMonth::PATH class="form">
                <input type="hidden" name="form[month]" value=month.to_owned() />
                <input type="hidden" name="form[key]" value=key.to_owned() />
                <Field name="reason" label=t!(l, ledger.reason) error=Signal::stored(error)>
                    <input
                        class="input"
                        id="reason"
                        name="form[reason]"
                        value=typed(api::ReopenMonth::PATH, "reason")
                        maxlength="500"
                        autocomplete="off"
                        required
                        aria-describedby="reason-note"
                    />
                </Field>
                <Submit>{t!(l, ledger.ask_reopen)}</Submit>
            </form>
        </section>
    }
    .into_any()
}

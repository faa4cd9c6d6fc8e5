//! 系数: the coefficients that hold today, all editions, and the form for a new one.

use super::address;
use super::api::{self, DraftEdition};
use crate::jobs::text::plain;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::drawing::{DISC, HALF, RING, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::typed;
use crate::parts::status::Chip;
use crate::parts::unescaped::in_textarea;
use contract::error::ApiError;
use contract::jobs::edition::{CoefficientLine, EditionLine, EditionsView};
use domain::jobs::coefficient::Coefficient;
use domain::jobs::edition::State;
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::name::{jobs as name, mark};
use words::{Locale, format, t};

/// Decimals of a printed coefficient.
pub const PLACES: u32 = 6;

#[component]
pub fn EditionsPage() -> impl IntoView {
    let all = ask(|| (), |()| api::editions());
    answered(all, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: EditionsView) -> impl IntoView {
    let l = locale();
    let error = returned_error(DraftEdition::PATH);
    let may_edit = view.may.includes(Action::EditCoefficients);
    let holds = holds(l, view.current, &format::date(view.valid_from));
    let rows = view.lines.iter().map(|line| row(l, line)).collect_view();
    let form = may_edit.then(|| draft(l, &view, error));
    view! {
        <Breadcrumb entries=way(l, None) />
        <PageHead title=t!(l, coefficient.title)>
            <LinkButton href=crate::jobs::record::address::RECORD>{t!(l, coefficient.record)}</LinkButton>
        </PageHead>
        <p class="coefficient-lead">{t!(l, coefficient.lead)}</p>
        {editions(l, &view.editions)}
        {form}
        <section class="panel">
            <h2>{holds}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, jobs.coefficients)>
                <table class="table">
                    {head(l)}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The way down from the estimates: to all editions, or to one of them.
pub fn way(l: Locale, one: Option<String>) -> Vec<(String, String)> {
    let jobs = (t!(l, coefficient.compared).to_owned(), crate::jobs::record::address::PATH.to_owned());
    let all = (t!(l, coefficient.title).to_owned(), address::PATH.to_owned());
    [jobs, all].into_iter().chain(one.map(|title| (title, String::new()))).collect()
}

/// `系数第 2 版，自 2026-11-01 起用`; what ships says so.
fn holds(l: Locale, number: u32, from: &str) -> String {
    if number == 0 {
        t!(l, coefficient.holds_shipped).to_owned()
    } else {
        t!(l, jobs.edition, edition = number, from = from)
    }
}

/// Columns of a table of coefficients.
pub fn head(l: Locale) -> AnyView {
    view! {
        <thead>
            <tr>
                <th scope="col">{t!(l, jobs.key)}</th>
                <th scope="col" class="number">{t!(l, jobs.low)}</th>
                <th scope="col" class="number">{t!(l, jobs.standard)}</th>
                <th scope="col" class="number">{t!(l, jobs.high)}</th>
                <th scope="col">{t!(l, jobs.unit)}</th>
                <th scope="col" class="date">{t!(l, jobs.price_year)}</th>
                <th scope="col">{t!(l, jobs.mark)}</th>
                <th scope="col">{t!(l, jobs.source)}</th>
            </tr>
        </thead>
    }
    .into_any()
}

/// One coefficient; where it differs from the edition before, that one's numbers stand below.
pub fn row(l: Locale, line: &CoefficientLine) -> AnyView {
    let before = line.before.as_ref();
    let number = |read: fn(&Coefficient) -> rust_decimal::Decimal| {
        let was = before.map(read).filter(|was| *was != read(&line.now));
        let was = was.map(|was| {
            let text = t!(l, coefficient.was, number = plain(was, PLACES));
            view! { <span class="coefficient-was">{text}</span> }
        });
        view! {
            <td class="number">
                {plain(read(&line.now), PLACES)}
                {was}
            </td>
        }
    };
    let year = line.now.price_year.map_or_else(|| format::UNKNOWN.to_owned(), |year| year.to_string());
    view! {
        <tr class:coefficient-changed=before.is_some()>
            <th scope="row">{name::key(l, line.key)}</th>
            {number(|line| line.low)}
            {number(|line| line.standard)}
            {number(|line| line.high)}
            <td>{name::measure(l, line.now.unit)}</td>
            <td class="date">{year}</td>
            <td>{mark(l, line.now.mark)}</td>
            <td class="coefficient-source" lang="zh-CN">{line.now.source.clone()}</td>
        </tr>
    }
    .into_any()
}

/// How far an edition is, as colour, shape and word.
pub fn state(l: Locale, state: State) -> AnyView {
    let (tone, drawing) = match state {
        State::Draft => ("neutral", RING),
        State::Proposed => ("info", HALF),
        State::InForce => ("ok", DISC),
        State::Returned => ("warn", TRIANGLE),
    };
    view! { <Chip tone=tone drawing=drawing word=name::edition_state(l, state) /> }.into_any()
}

fn editions(l: Locale, editions: &[EditionLine]) -> AnyView {
    if editions.is_empty() {
        return view! {
            <Empty reason=t!(l, coefficient.no_editions)>
                <a href=address::edition(0)>{t!(l, coefficient.number, number = 0)}</a>
            </Empty>
        }
        .into_any();
    }
    let rows = editions.iter().map(|one| edition_row(l, one)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, coefficient.editions)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, coefficient.edition)}</th>
                        <th scope="col">{t!(l, coefficient.state)}</th>
                        <th scope="col" class="date">{t!(l, coefficient.valid_from)}</th>
                        <th scope="col">{t!(l, coefficient.reason)}</th>
                        <th scope="col">{t!(l, coefficient.made_by)}</th>
                        <th scope="col">{t!(l, coefficient.decided_by)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn edition_row(l: Locale, one: &EditionLine) -> AnyView {
    let current = one
        .is_current
        .then(|| view! { <span class="coefficient-was">{t!(l, coefficient.is_current)}</span> });
    let decided = one.decided_by.clone().map(|name| (name, one.decided_at.map(format::instant)));
    view! {
        <tr>
            <th scope="row">
                <a href=address::edition(one.number)>{t!(l, coefficient.number, number = one.number)}</a>
                {current}
            </th>
            <td>{state(l, one.state)}</td>
            <td class="date">{format::date(one.valid_from)}</td>
            <td class="coefficient-source">{one.reason.clone()}</td>
            <td>
                {one.made_by.clone()} " " {one.made_at.map(format::instant)}
            </td>
            <td>{decided.map(|(name, at)| view! { {name} " " {at} })}</td>
        </tr>
    }
    .into_any()
}

fn draft(l: Locale, view: &EditionsView, error: Option<ApiError>) -> AnyView {
    let of = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let (from_error, reason_error) = (of("valid_from"), of("reason"));
    let from = typed(DraftEdition::PATH, "valid_from").unwrap_or_else(|| view.earliest.to_string());
    let reason = typed(DraftEdition::PATH, "reason").unwrap_or_default();
    let earliest = view.earliest.to_string();
    let labels = vec![
        ("valid_from".to_owned(), t!(l, coefficient.valid_from).to_owned()),
        ("reason".to_owned(), t!(l, coefficient.reason).to_owned()),
    ];
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, coefficient.draft_title)}</h2>
            {error.map(|error| view! { <ErrorPanel error=error labels=labels /> })}
            <form method="post" action=DraftEdition::PATH class="coefficient-form">
                <input type="hidden" name="form[key]" value=view.key.clone() />
                <Field
                    name="valid_from"
                    label=t!(l, coefficient.valid_from)
                    hint=t!(l, coefficient.from_hint, earliest = format::date(view.earliest))
                    error=from_error
                    required=true
                >
                    <input
                        class="input"
                        id="valid_from"
                        name="form[valid_from]"
                        type="date"
                        value=from
                        min=earliest
                        required
                        aria-describedby="valid_from-note"
                    />
                </Field>
                <Field name="reason" label=t!(l, coefficient.reason) error=reason_error required=true>
                    <textarea class="input" id="reason" name="form[reason]" rows="2" maxlength="500" required aria-describedby="reason-note">
                        {in_textarea(reason)}
                    </textarea>
                </Field>
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, coefficient.draft_do)}</Submit>
                </p>
            </form>
        </section>
    }
    .into_any()
}

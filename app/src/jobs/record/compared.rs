//! 测算与实绩 as a table: estimates (dashed) beside what is there (solid), with the list behind every line.

use super::address::{self, EXPORT};
use super::api;
use super::filter::{Filter, Way, Ways};
use crate::jobs::edition::preview::milli;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::button::LinkButton;
use crate::parts::empty::Empty;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::print_button::PrintButton;
use crate::parts::take_out::TakeOut;
use contract::jobs::record::{By, ComparedForm, ComparedLine, ComparedView, Of, Paid};
use domain::jobs::calibration::Ratio;
use domain::jobs::comparison::Sum;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

/// Width of a bar that is as long as the longest.
const WIDTH: i64 = 120;

#[component]
pub fn ComparedPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::asked).unwrap_or_default());
    let page = ask(move || gone::read(form), api::compared);
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: ComparedView) -> impl IntoView {
    let l = locale();
    let form = gone::query(address::asked);
    let export = address::at(EXPORT, &ComparedForm { page: String::new(), ..form.clone() });
    let next = view.next.map(|after| {
        let to = ComparedForm { page: after.to_string(), ..form.clone() };
        view! { <LinkButton href=address::table(&to)>{t!(l, coefficient.next_page)}</LinkButton> }
    });
    let sentence = sentence(l, &view);
    let note = (view.by == By::Source || view.paid.is_some())
        .then(|| view! { <p class="coefficient-lead">{t!(l, coefficient.shared)}</p> });
    view! {
        <PageHead title=t!(l, coefficient.compared)>
            <LinkButton href=crate::jobs::edition::address::PATH>{t!(l, coefficient.title)}</LinkButton>
            <TakeOut href=export />
            <PrintButton />
        </PageHead>
        <Ways form=form.clone() current=Way::By(view.by) />
        <Filter form=form.clone() view=view.clone() />
        <p class="coefficient-preview">{sentence}</p>
        {note}
        {table(l, &form, &view)}
        <p class="toolbar" data-noprint="">{next}</p>
        <p class="coefficient-lead">{t!(l, coefficient.compared_lead)}</p>
    }
    .into_any()
}

/// What the table says, from its own numbers.
fn sentence(l: Locale, view: &ComparedView) -> String {
    let Some(month) = view.month else { return t!(l, coefficient.no_returns).to_owned() };
    let Some(whole) = view.whole else {
        return t!(l, coefficient.sentence_years, area = view.area_name.clone());
    };
    t!(
        l,
        coefficient.sentence,
        area = view.area_name.clone(),
        month = month.to_string(),
        reported = format::integer(i64::from(whole.reported)),
        projects = format::integer(i64::from(whole.projects)),
        held = milli(whole.held),
        came = milli(whole.came),
        ratio = ratio(&whole)
    )
}

/// What came of the estimates that can be held against a return.
pub fn ratio(sum: &Sum) -> String {
    sum.ratio().map_or_else(|| format::UNKNOWN.to_owned(), |ratio| format::percent(Ratio::per_mille(ratio)))
}

fn table(l: Locale, form: &ComparedForm, view: &ComparedView) -> AnyView {
    if view.lines.is_empty() {
        return view! { <Empty reason=t!(l, coefficient.nothing) /> }.into_any();
    }
    let longest = |line: &ComparedLine| line.sum.estimate.high.max(line.sum.actual);
    let most = view.lines.iter().map(longest).max().unwrap_or(0);
    let rows = view.lines.iter().map(|line| row(l, form, line, most)).collect_view();
    let foot = view.whole.as_ref().map(|whole| {
        view! {
            <tfoot>
                <tr>
                    <th scope="row">{t!(l, common.total)}</th>
                    {cells(whole)}
                    <td></td>
                </tr>
            </tfoot>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, coefficient.compared)>
            <table class="table coefficient-compared">
                <thead>
                    <tr>
                        <th scope="col">{super::filter::word(l, view.by)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.projects)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.reported)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.estimate)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.range)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.actual)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.held)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.ratio)}</th>
                        <th scope="col">{t!(l, coefficient.bar)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                {foot}
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Locale, form: &ComparedForm, line: &ComparedLine, most: i64) -> AnyView {
    let text = of(l, &line.of);
    let name = match address::behind(form, &line.of) {
        Some(href) => view! { <a href=href>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="coefficient-source">{name}</th>
            {cells(&line.sum)}
            <td>{bar(&line.sum, most)}</td>
        </tr>
    }
    .into_any()
}

/// The name of a line.
pub fn of(l: Locale, of: &Of) -> String {
    match of {
        Of::Project { number, name, area_name, .. } => format!("{number} {name} · {area_name}"),
        Of::Source { paid } => paid_word(l, *paid),
        Of::Area { name, has_below: true, .. } => name.clone(),
        Of::Area { name, has_below: false, .. } => t!(l, coefficient.own_area, name = name.clone()),
        Of::Year { month } => t!(l, coefficient.year, year = month.year().get(), month = month.to_string()),
    }
}

fn paid_word(l: Locale, paid: Paid) -> String {
    match paid {
        Paid::From { source } => name::source(l, source).to_owned(),
        Paid::Nothing => t!(l, coefficient.unpaid).to_owned(),
    }
}

/// What nobody estimated or reported is not nothing.
fn cells(sum: &Sum) -> AnyView {
    let unknown = || format::UNKNOWN.to_owned();
    let known = |count: u32, text: String| if count == 0 { unknown() } else { text };
    let range = format!("{}–{}", milli(sum.estimate.low), milli(sum.estimate.high));
    view! {
        <td class="number">{format::integer(i64::from(sum.projects))}</td>
        <td class="number">{format::integer(i64::from(sum.reported))}</td>
        <td class="number coefficient-estimate">{known(sum.estimated, milli(sum.estimate.standard))}</td>
        <td class="number">{known(sum.estimated, range)}</td>
        <td class="number coefficient-actual">{known(sum.reported, milli(sum.actual))}</td>
        <td class="number">{known(sum.reported, milli(sum.held))}</td>
        <td class="number">{ratio(sum)}</td>
    }
    .into_any()
}

/// Estimate as a dashed outline with its range, what is there as a solid bar; the numbers stand in the cells beside it.
fn bar(sum: &Sum, most: i64) -> AnyView {
    let length = |milli: i64| {
        let length = i128::from(milli) * i128::from(WIDTH) / i128::from(most.max(1));
        i64::try_from(length).unwrap_or(WIDTH).to_string()
    };
    let estimate = (sum.estimated > 0).then(|| {
        view! {
            <rect class="coefficient-bar-estimate" x="1" y="2" width=length(sum.estimate.standard) height="7"></rect>
            <line
                class="coefficient-bar-range"
                x1=length(sum.estimate.low)
                x2=length(sum.estimate.high)
                y1="5.5"
                y2="5.5"
            ></line>
        }
    });
    let actual = (sum.reported > 0).then(|| {
        view! {
            <rect class="coefficient-bar-actual" x="1" y="12" width=length(sum.actual) height="7"></rect>
        }
    });
    view! {
        <svg class="coefficient-bar" viewBox="0 0 124 21" width="124" height="21" aria-hidden="true" focusable="false">
            {estimate}
            {actual}
        </svg>
    }
    .into_any()
}

//! 资金来源与额度: every source with its rules, and of one year and area what it gives, what is arranged of it and what is left.
//! Every figure leads to what is behind it.

use super::address::{self, EXPORT_SOURCES, SOURCES};
use super::api;
use super::frame::Head;
use super::rules::{folded, span};
use crate::area::picker::AreaPicker;
use crate::ledger::text::{amount_cell, exact, wan};
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::print_button::PrintButton;
use crate::parts::take_out::TakeOut;
use contract::fund::form::{NoticesForm, SourcesForm};
use contract::fund::{SourceLine, SourcesView};
use domain::fund::Life;
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn SourcesPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.try_with(address::sources_asked).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(asked), api::sources);
    view! {
        <Head path=SOURCES title=t!(l, fund.sources) />
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let asked = crate::parts::gone::read(asked);
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => shown(l, &asked, view),
                        Err(error) => {
                            view! {
                                <ErrorPanel error=error />
                                <LinkButton href=SOURCES>{t!(l, common.reset)}</LinkButton>
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn shown(l: Locale, asked: &SourcesForm, view: SourcesView) -> AnyView {
    let rows = view.rows.iter().map(|row| source_row(l, &view, row)).collect_view();
    let total = t!(l, common.total);
    let caption = format!("{} · {}", view.area_name, view.year);
    let export = address::sources(EXPORT_SOURCES, &view.area.to_string(), &view.year.to_string());
    view! {
        {filter(l, asked, view.year, &view.years)}
        <p class="toolbar fund-out" data-noprint="">
            <TakeOut href=export />
            <PrintButton />
        </p>
        <p class="fund-paper">
            <span>{t!(l, export.reporter, name = view.area_name.clone())}</span>
            <span>{t!(l, fund.of_year, year = view.year.to_string())}</span>
        </p>
        <p class="fund-lead">{t!(l, fund.sources_lead)}</p>
        <div class="table-scroll fund-table" tabindex="0" role="region" aria-label=t!(l, fund.sources)>
            <table class="table">
                <caption class="fund-caption">
                    <span class="fund-where">{caption}</span>
                    <span class="unit-note">{t!(l, fund.unit)}</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(l, fund.source)}</th>
                        <th scope="col">{t!(l, fund.rules)}</th>
                        <th scope="col" class="number">{t!(l, fund.quota)}</th>
                        <th scope="col" class="number">{t!(l, fund.arranged)}</th>
                        <th scope="col">{t!(l, fund.used)}</th>
                        <th scope="col" class="number">{t!(l, fund.left)}</th>
                        <th scope="col" class="date">{t!(l, fund.spend_by)}</th>
                    </tr>
                </thead>
                <tbody>
                    <tr class="fund-total">
                        <th scope="row" colspan="2">{total}</th>
                        {amount_cell(l, Delta::from(view.quota))}
                        {amount_cell(l, view.arranged)}
                        <td>{used(l, total, view.quota, view.arranged)}</td>
                        {amount_cell(l, view.left)}
                        <td></td>
                    </tr>
                    {rows}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn filter(l: Locale, asked: &SourcesForm, year: FiscalYear, years: &[FiscalYear]) -> impl IntoView + use<> {
    let options = years
        .iter()
        .map(|one| {
            let selected = *one == year;
            view! { <option value=one.to_string() selected=selected>{one.to_string()}</option> }
        })
        .collect_view();
    view! {
        <form method="get" action=SOURCES class="fund-filter toolbar" role="search" aria-label=t!(l, fund.filter)>
            <label>
                {t!(l, fund.year)}
                <select class="input" name="year">{options}</select>
            </label>
            <AreaPicker name="area" label=t!(l, common.area) value=asked.area.clone() required=false />
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=SOURCES>{t!(l, common.reset)}</LinkButton>
        </form>
    }
}

fn source_row(l: Locale, view: &SourcesView, row: &SourceLine) -> impl IntoView + use<> {
    let (area, code, year) = (view.area.to_string(), row.source.code(), view.year.to_string());
    let source = name::source(l, row.source);
    let form =
        NoticesForm { area: area.clone(), source: code.into(), year: year.clone(), page: String::new() };
    let quota = figure(
        l,
        Delta::from(row.quota),
        (row.notices > 0).then(|| address::notices(&form, "")),
        t!(l, fund.quota_behind, source = source, year = year.clone()),
    );
    let arranged = figure(
        l,
        row.arranged,
        (row.notices > 0).then(|| address::arranged(&area, code, &year)),
        t!(l, fund.arranged_behind, source = source, year = year),
    );
    view! {
        <tr class:fund-idle=!row.gives data-source=code>
            <th scope="row" class="fund-source">
                <a href=address::source(row.source)>{source}</a>
                " "
                <span class="fund-code">{code}</span> {life(l, row)}
            </th>
            <td class="fund-rules-cell">{folded(l, row)}</td>
            <td class="number">{quota}</td>
            <td class="number">{arranged}</td>
            <td>{used(l, source, row.quota, row.arranged)}</td>
            {amount_cell(l, row.left)}
            <td class="date">{row.spend_by.map_or(format::UNKNOWN.to_owned(), format::date)}</td>
        </tr>
    }
}

/// Life span and successor, where there are any.
fn life(l: Locale, row: &SourceLine) -> Option<AnyView> {
    let parts = life_words(l, row);
    if parts.is_empty() {
        return None;
    }
    let basis = row.life.as_ref().map(|life| life.basis.text.clone());
    let view = view! {
        <span class="fund-life" title=basis>
            {parts.join(" · ")}
        </span>
    };
    Some(view.into_any())
}

/// The same as words: whether money of it is given, from when until when, what takes its place.
pub fn life_words(l: Locale, row: &SourceLine) -> Vec<String> {
    let time = row.life.as_ref().and_then(|Life { from, to, .. }| span(l, *from, *to));
    let ended = row.life.as_ref().is_some_and(|life| life.to.is_some() && !row.gives);
    let state = match (row.gives, ended) {
        (true, _) => None,
        (false, true) => Some(t!(l, fund.life_ended).to_owned()),
        (false, false) => Some(t!(l, fund.life_not_yet).to_owned()),
    };
    let next = row.successor.map(|next| t!(l, fund.successor, source = name::source(l, next)));
    state.into_iter().chain(time).chain(next).collect()
}

/// An amount in 万元 that leads to what is behind it.
fn figure(l: Locale, amount: Delta, href: Option<String>, about: String) -> AnyView {
    let text = wan(amount);
    match href {
        Some(href) => view! {
            <a class="fund-figure" href=href title=exact(l, amount) aria-label=format!("{about} {text}")>
                {text.clone()}
            </a>
        }
        .into_any(),
        None => view! { <span class="fund-faint">{text}</span> }.into_any(),
    }
}

/// How much of the envelope is arranged, in thousandths; of an empty envelope there is no share.
pub fn used_per_mille(quota: Money, arranged: Delta) -> Option<i64> {
    arranged.per_mille(quota.into())
}

/// The same as a bar with its number.
fn used(l: Locale, of: &str, quota: Money, arranged: Delta) -> AnyView {
    let Some(per_mille) = used_per_mille(quota, arranged) else { return format::UNKNOWN.into_any() };
    let label = format!("{of} {}", t!(l, fund.used));
    let is_over = per_mille > 1000;
    view! {
        <span class="fund-used">
            <meter min="0" max="1000" value=per_mille.clamp(0, 1000).to_string() aria-label=label></meter>
            <span class:negative=is_over>{format::percent(per_mille)}</span>
        </span>
    }
    .into_any()
}

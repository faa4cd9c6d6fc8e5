//! 下达文件: fund notices of a filter with what of each is arranged and left, the newest first.

use super::address::{self, EXPORT_NOTICES, NEW, NOTICES};
use super::api;
use super::frame::Head;
use crate::area::picker::AreaPicker;
use crate::ledger::text::{amount_cell, choice, exact, sources, wan};
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::drawing::{DISC, TICK};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::pager::Pager;
use crate::parts::status::Chip;
use crate::parts::take_out::TakeOut;
use contract::fund::form::NoticesForm;
use contract::fund::{NoticeLine, NoticesView, SplitStep};
use domain::money::Delta;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn NoticesPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.try_with(address::notices_asked).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(asked), api::notices);
    view! {
        <Head path=NOTICES title=t!(l, fund.notices) />
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let asked = crate::parts::gone::read(asked);
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => {
                            let export = address::notices_at(EXPORT_NOTICES, &asked, "");
                            view! {
                                {filter(l, &asked)}
                                <p class="toolbar fund-out" data-noprint="">
                                    <TakeOut href=export />
                                </p>
                                {rows(l, &asked, view)}
                            }
                                .into_any()
                        }
                        Err(error) => {
                            view! {
                                <ErrorPanel error=error />
                                <LinkButton href=NOTICES>{t!(l, common.reset)}</LinkButton>
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

fn filter(l: Locale, asked: &NoticesForm) -> impl IntoView + use<> {
    let every = t!(l, fund.every);
    view! {
        <form method="get" action=NOTICES class="fund-filter toolbar" role="search" aria-label=t!(l, fund.filter)>
            <AreaPicker name="area" label=t!(l, common.area) value=asked.area.clone() required=false />
            {choice("source", t!(l, fund.source), every, &asked.source, sources(l))}
            <label>
                {t!(l, fund.year)}
                <input
                    class="input fund-year"
                    name="year"
                    value=asked.year.clone()
                    inputmode="numeric"
                    maxlength="4"
                    autocomplete="off"
                />
            </label>
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=NOTICES>{t!(l, common.reset)}</LinkButton>
        </form>
    }
}

fn rows(l: Locale, asked: &NoticesForm, view: NoticesView) -> AnyView {
    if view.rows.is_empty() {
        let is_all = *asked == NoticesForm::default();
        let reason = if is_all { t!(l, fund.none) } else { t!(l, fund.none_found) };
        let may = view.may.includes(Action::RegisterNotice);
        return view! {
            <Empty reason=reason>
                {(is_all && may).then(|| view! { <LinkButton href=NEW>{t!(l, fund.register)}</LinkButton> })}
                {(!is_all).then(|| view! { <LinkButton href=NOTICES>{t!(l, common.reset)}</LinkButton> })}
            </Empty>
        }
        .into_any();
    }
    let first = (!asked.page.is_empty()).then(|| address::notices(asked, ""));
    let next = view.next.as_deref().map(|page| address::notices(asked, page));
    let summary = t!(l, fund.shown, shown = view.rows.len(), count = view.count);
    let left = Delta::from_fen(view.quota.fen() - view.arranged.fen());
    let lines = view.rows.iter().map(|row| line(l, row)).collect_view();
    view! {
        <div class="table-scroll fund-table" tabindex="0" role="region" aria-label=t!(l, fund.notices)>
            <table class="table">
                <caption class="fund-caption">
                    <span class="unit-note">{t!(l, fund.unit)}</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(l, fund.document)}</th>
                        <th scope="col" class="date">{t!(l, fund.date)}</th>
                        <th scope="col">{t!(l, fund.source)}</th>
                        <th scope="col" class="date">{t!(l, fund.year)}</th>
                        <th scope="col">{t!(l, fund.area)}</th>
                        <th scope="col" class="number">{t!(l, fund.amount)}</th>
                        <th scope="col" class="number">{t!(l, fund.arranged)}</th>
                        <th scope="col" class="number">{t!(l, fund.left)}</th>
                        <th scope="col" class="number">{t!(l, fund.projects)}</th>
                        <th scope="col">{t!(l, fund.split_state)}</th>
                    </tr>
                </thead>
                <tbody>
                    <tr class="fund-total">
                        <th scope="row" colspan="5">{t!(l, fund.total)}</th>
                        {amount_cell(l, Delta::from(view.quota))}
                        {amount_cell(l, view.arranged)}
                        {amount_cell(l, left)}
                        <td></td>
                        <td></td>
                    </tr>
                    {lines}
                </tbody>
            </table>
        </div>
        <Pager summary=summary first=first previous=None next=next />
    }
    .into_any()
}

fn line(l: Locale, row: &NoticeLine) -> impl IntoView + use<> {
    let arranged = Delta::from(row.arranged);
    let text = wan(arranged);
    let entries = if row.projects > 0 {
        let about = format!("{} {} {text}", row.document, t!(l, fund.arranged));
        let href = address::entries(row.notice);
        view! {
            <a class="fund-figure" href=href title=exact(l, arranged) aria-label=about>
                {text}
            </a>
        }
        .into_any()
    } else {
        text.into_any()
    };
    view! {
        <tr>
            <th scope="row" class="fund-document">
                <a href=address::notice(row.notice)>{row.document.clone()}</a>
            </th>
            <td class="date">{format::date(row.date)}</td>
            <td class="fund-source">{name::source(l, row.source)}</td>
            <td class="date">{row.year.to_string()}</td>
            <td>{row.area_name.clone()}</td>
            {amount_cell(l, Delta::from(row.amount))}
            <td class="number">{entries}</td>
            {amount_cell(l, row.left)}
            <td class="number">{format::integer(i64::try_from(row.projects).unwrap_or(i64::MAX))}</td>
            <td>{step(l, row)}</td>
        </tr>
    }
}

/// How far the split of a notice is.
pub fn step(l: Locale, row: &NoticeLine) -> impl IntoView + use<> {
    let (tone, drawing, word) = marked_step(l, row);
    view! { <Chip tone=tone drawing=drawing word=word /> }
}

/// The same as a word alone.
pub fn step_word(l: Locale, row: &NoticeLine) -> &'static str {
    let (_, _, word) = marked_step(l, row);
    word
}

/// Tone, drawing and word.
fn marked_step(l: Locale, row: &NoticeLine) -> (&'static str, &'static str, &'static str) {
    match row.split {
        Some(SplitStep::Draft) => ("neutral", DISC, t!(l, fund.step_draft)),
        Some(SplitStep::Submitted) => ("warn", DISC, t!(l, fund.step_submitted)),
        Some(SplitStep::Returned) => ("err", DISC, t!(l, fund.step_returned)),
        None if row.left.fen() <= 0 => ("ok", TICK, t!(l, fund.step_whole)),
        None if row.arranged.is_zero() => ("neutral", DISC, t!(l, fund.step_none)),
        None => ("info", DISC, t!(l, fund.step_part)),
    }
}

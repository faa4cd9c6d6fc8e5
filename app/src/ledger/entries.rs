//! 流水: entries of a filter, the newest first, with the totals of all of it. Every line leads to its file, sheet and cell or to
//! the persons behind it.

use super::address::{self, PATH, Place};
use super::api;
use super::filter::Filter;
use super::filtered::filtered;
use super::frame::Strip;
use super::heads::EntryHeads;
use super::text::{amount_cell, movement};
use crate::parts::button::LinkButton;
use crate::parts::drawing::{BACK, DISC, TICK, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::pager::Pager;
use crate::parts::status::Chip;
use crate::parts::take_out::TakeOut;
use contract::ledger::{EntryLine, LedgerView};
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn EntriesPage() -> impl IntoView {
    filtered(PATH, true, api::entries, shown)
}

fn shown(place: Place, meant: Place, view: LedgerView) -> AnyView {
    let months = view.months.iter().map(|line| line.month).collect::<Vec<_>>();
    view! {
        <Strip totals=view.totals />
        <Filter path=PATH place=place.clone() months=Some(months) />
        <p class="toolbar ledger-out" data-noprint="">
            <TakeOut href=meant.on("").at(address::EXPORT) />
            <LinkButton href=meant.on("").at(address::PRINT)>{t!(locale(), ledger.print)}</LinkButton>
        </p>
        {rows(locale(), &place, view)}
    }
    .into_any()
}

fn rows(l: Locale, place: &Place, view: LedgerView) -> AnyView {
    if view.entries.is_empty() {
        let (reason, href, word) = if place.is_all() {
            (t!(l, ledger.none), address::IMPORT, t!(l, ledger.import))
        } else {
            (t!(l, ledger.none_found), PATH, t!(l, common.reset))
        };
        return view! {
            <Empty reason=reason>
                <LinkButton href=href>{word}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let may_reverse = view.may.includes(Action::EnterMoney);
    let first = (!place.form.page.is_empty()).then(|| place.on("").at(PATH));
    let next = view.next.as_deref().map(|page| place.on(page).at(PATH));
    let summary = t!(l, ledger.shown, count = view.entries.len(), known_at = view.known_at);
    let lines = view.entries.into_iter().map(|entry| line(l, entry, may_reverse)).collect_view();
    view! {
        <div class="table-scroll ledger-table" tabindex="0" role="region" aria-label=t!(l, ledger.tab_entries)>
            <table class="table">
                <EntryHeads on_paper=false />
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Pager summary=summary first=first previous=None next=next />
    }
    .into_any()
}

fn line(l: Locale, entry: EntryLine, may_reverse: bool) -> impl IntoView {
    let page = address::entry(entry.entry);
    let reverse = (may_reverse && entry.reverses.is_none() && entry.reversed_by.is_none())
        .then(|| format!("{page}#reverse"));
    let state = state(l, &entry);
    let origin = origin(l, &entry);
    let persons = format!("{} / {}", entry.maker, entry.checker);
    let papers = [entry.voucher.clone(), entry.document.clone()].into_iter().flatten();
    let papers = papers.collect::<Vec<_>>().join(" · ");
    view! {
        <tr class:ledger-reversal=entry.reverses.is_some()>
            <td class="number">
                <a href=page aria-label=t!(l, ledger.open_entry, seq = entry.seq)>{entry.seq}</a>
            </td>
            <td class="date">{format::date(entry.date)}</td>
            <td class="ledger-word">{movement(l, entry.movement)}</td>
            <td class="ledger-project">
                <a href=format!("/projects/{}", entry.project.project)>{entry.project.name}</a>
                <span class="ledger-faint">{entry.project.area_name}</span>
            </td>
            <td class="ledger-source">{name::source(l, entry.source)}</td>
            <td class="date">{entry.year.to_string()}</td>
            {amount_cell(l, entry.effect)}
            <td class="ledger-papers">{papers}</td>
            <td class="ledger-persons">{persons}</td>
            <td class="ledger-states">
                {state}
                {reverse
                    .map(|href| {
                        let about = t!(l, ledger.reverse_of, seq = entry.seq);
                        view! {
                            <a class="ledger-act" data-noprint="" href=href aria-label=about>
                                {t!(l, ledger.reverse)}
                            </a>
                        }
                    })}
            </td>
            <td class="ledger-origin">{origin}</td>
        </tr>
    }
}

/// Marks of an entry, each with its word.
pub fn state(l: Locale, entry: &EntryLine) -> AnyView {
    let to = |entry| address::entry(entry);
    let main = match (entry.reverses, entry.reversed_by) {
        (Some(original), _) => view! {
            <a href=to(original) title=t!(l, ledger.reverses)>
                <Chip tone="purple" drawing=BACK word=t!(l, ledger.reversal) />
            </a>
        }
        .into_any(),
        (None, Some(reversal)) => view! {
            <a href=to(reversal) title=t!(l, ledger.reversed_by)>
                <Chip tone="purple" drawing=BACK word=t!(l, ledger.reversed) />
            </a>
        }
        .into_any(),
        (None, None) => view! { <Chip tone="ok" drawing=TICK word=t!(l, ledger.state_checked) /> }.into_any(),
    };
    let late = entry.late_for.map(|month| {
        // The closed month that it belongs to by its date.
        let mut to = Place::default();
        to.form.month = month.to_string();
        let word = t!(l, ledger.late_for, month = month.to_string());
        view! {
            <a href=to.at(PATH)>
                <Chip tone="info" drawing=DISC word=word />
            </a>
        }
    });
    let exception = entry
        .exception
        .is_some()
        .then(|| view! { <Chip tone="warn" drawing=TRIANGLE word=t!(l, ledger.exception) /> });
    view! {
        {main}
        {late}
        {exception}
    }
    .into_any()
}

/// Where an entry came from: file, sheet and cell, or by hand.
pub fn origin(l: Locale, entry: &EntryLine) -> AnyView {
    match &entry.origin {
        Some(origin) => {
            let place = format!("{}!{}", origin.sheet, origin.cell);
            let title = origin.file_name.clone();
            match origin.batch {
                Some(batch) => view! { <a href=address::batch(batch) title=title>{place}</a> }.into_any(),
                None => view! { <span title=title>{place}</span> }.into_any(),
            }
        }
        None => view! { <span class="ledger-faint">{t!(l, ledger.by_hand)}</span> }.into_any(),
    }
}

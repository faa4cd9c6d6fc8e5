//! One report of a closed month: as it went out first, and beside what is known now.

use super::address::{self, REPORTS};
use super::api;
use super::frame::done;
use super::text::{amount_cell, movement};
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::LinkButton;
use crate::parts::drawing::{TICK, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::signatures::Signatures;
use crate::parts::status::Chip;
use crate::parts::take_out::TakeOut;
use contract::ledger::EntryLine;
use contract::ledger::report::{Difference, ReportComparison, ReportHead, ReportLine, ReportView};
use domain::ledger::{PerStage, Stage};
use domain::money::Delta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::locale::locale;
use words::{Locale, format, name, t};

fn report_of() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default())
}

#[component]
pub fn ReportPage() -> impl IntoView {
    let id = report_of();
    let page = ask(move || crate::parts::gone::read(id), api::report);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => shown(locale(), view),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The report beside what is known now.
#[component]
pub fn ComparisonPage() -> impl IntoView {
    let id = report_of();
    let page = ask(move || crate::parts::gone::read(id), api::compare_report);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => compared(locale(), view),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn title(l: Locale, head: &ReportHead) -> String {
    t!(l, ledger.report_title, area = head.area_name.clone(), month = head.month.to_string())
}

fn way(l: Locale, title: String) -> Vec<(String, String)> {
    vec![(t!(l, ledger.tab_reports).to_owned(), REPORTS.to_owned()), (title, String::new())]
}

fn shown(l: Locale, view: ReportView) -> AnyView {
    let head = &view.head;
    let title = title(l, head);
    let export = address::report(head.report, "/export");
    let compare = address::report(head.report, "/compare");
    let same = if view.same {
        view! { <Chip tone="ok" drawing=TICK word=t!(l, ledger.same_bytes) /> }.into_any()
    } else {
        view! { <Chip tone="err" drawing=TRIANGLE word=t!(l, ledger.other_bytes) /> }.into_any()
    };
    let rules =
        view.rules.iter().map(|(rule, number)| format!("{rule}#{number}")).collect::<Vec<_>>().join(" ");
    let rules = if rules.is_empty() { t!(l, ledger.no_rules).to_owned() } else { rules };
    view! {
        <Breadcrumb entries=way(l, title.clone()) />
        {done(|_| Some(t!(l, ledger.done_issued)))}
        <PageHead title=title>
            <TakeOut href=export />
            <LinkButton href=compare>{t!(l, ledger.compare)}</LinkButton>
        </PageHead>
        <p class="ledger-request-head">
            {t!(l, ledger.known_line, known = head.known_at, issuer = head.issuer.clone(), at = format::instant(head.at))}
            {same}
        </p>
        {table(l, &view.lines)}
        <p class="field-hint">{t!(l, ledger.report_note)}</p>
        <p class="ledger-faint">{t!(l, ledger.rules_line, control = view.control, rules = rules)}</p>
        <p class="ledger-faint">
            {t!(l, ledger.hash)} " " <code>{head.sha256.clone()}</code>
        </p>
        <Signatures />
    }
    .into_any()
}

fn table(l: Locale, lines: &[ReportLine]) -> AnyView {
    let heads = |word: &'static str| {
        view! {
            <th scope="colgroup" colspan="4">
                {word}
            </th>
        }
    };
    let stages = || {
        Stage::ALL
            .map(|stage| view! { <th scope="col" class="number">{name::fund_stage(l, stage)}</th> })
            .collect_view()
    };
    let cells =
        |sums: &PerStage<Delta>| Stage::ALL.map(|stage| amount_cell(l, *sums.get(stage))).collect_view();
    let sum = |of: fn(&ReportLine) -> &PerStage<Delta>| {
        PerStage::of(|stage| Delta::from_fen(lines.iter().map(|line| of(line).get(stage).fen()).sum()))
    };
    let rows = lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <td>{line.area_name.clone()}</td>
                    <td>{line.source_name.clone()}</td>
                    {cells(&line.month)}
                    {cells(&line.total)}
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="unit-note">{t!(l, ledger.unit)}</p>
        <div class="table-scroll ledger-table" tabindex="0" role="region" aria-label=t!(l, ledger.report)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" rowspan="2">
                            {t!(l, common.area)}
                        </th>
                        <th scope="col" rowspan="2">
                            {t!(l, ledger.source)}
                        </th>
                        {heads(t!(l, ledger.in_month))}
                        {heads(t!(l, ledger.up_to_month))}
                    </tr>
                    <tr>{stages()} {stages()}</tr>
                </thead>
                <tbody>
                    <tr class="table-total">
                        <td colspan="2">{t!(l, common.total)}</td>
                        {cells(&sum(|line| &line.month))}
                        {cells(&sum(|line| &line.total))}
                    </tr>
                    {rows}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn compared(l: Locale, view: ReportComparison) -> AnyView {
    let title = t!(l, ledger.compare_title, title = title(l, &view.head));
    let first = view.head.known_at;
    let corrections = view.corrections.into_iter().map(|entry| correction(l, entry)).collect::<Vec<_>>();
    let body = if corrections.is_empty() {
        view! { <Empty reason=t!(l, ledger.no_corrections) /> }.into_any()
    } else {
        view! {
            <h2>{t!(l, ledger.differences)}</h2>
            {differences(l, &view.differences)}
            <h2>{t!(l, ledger.corrections, count = corrections.len())}</h2>
            <div class="table-scroll ledger-table" tabindex="0" role="region" aria-label=t!(l, ledger.entries_of_corrections)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, ledger.seq)}</th>
                            <th scope="col" class="date">{t!(l, ledger.date)}</th>
                            <th scope="col">{t!(l, ledger.kind)}</th>
                            <th scope="col">{t!(l, ledger.project)}</th>
                            <th scope="col">{t!(l, ledger.source)}</th>
                            <th scope="col" class="number">{t!(l, ledger.amount)}</th>
                            <th scope="col">{t!(l, ledger.persons)}</th>
                        </tr>
                    </thead>
                    <tbody>{corrections}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <Breadcrumb entries=way(l, title.clone()) />
        <PageHead title=title>
            <LinkButton href=address::report(view.head.report, "")>{t!(l, ledger.first_issue)}</LinkButton>
        </PageHead>
        <p>{t!(l, ledger.compare_text, first = first, now = view.known_at)}</p>
        {body}
    }
    .into_any()
}

/// A line for every stage that differs.
fn differences(l: Locale, all: &[Difference]) -> AnyView {
    let rows = all
        .iter()
        .flat_map(|line| Stage::ALL.map(|stage| (line, stage)))
        .filter(|(line, stage)| line.first.get(*stage) != line.now.get(*stage))
        .map(|(line, stage)| {
            let (first, now) = (*line.first.get(stage), *line.now.get(stage));
            view! {
                <tr>
                    <td>{line.area_name.clone()}</td>
                    <td>{line.source_name.clone()}</td>
                    <td>{name::fund_stage(l, stage)}</td>
                    {amount_cell(l, first)}
                    {amount_cell(l, now)}
                    {amount_cell(l, Delta::from_fen(now.fen() - first.fen()))}
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="unit-note">{t!(l, ledger.unit)}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, ledger.differences)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, common.area)}</th>
                        <th scope="col">{t!(l, ledger.source)}</th>
                        <th scope="col">{t!(l, ledger.stage_word)}</th>
                        <th scope="col" class="number">{t!(l, ledger.first_issue)}</th>
                        <th scope="col" class="number">{t!(l, ledger.now_known)}</th>
                        <th scope="col" class="number">{t!(l, ledger.difference)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn correction(l: Locale, entry: EntryLine) -> impl IntoView {
    view! {
        <tr class:ledger-reversal=entry.reverses.is_some()>
            <td class="number">
                <a href=address::entry(entry.entry) aria-label=t!(l, ledger.open_entry, seq = entry.seq)>
                    {entry.seq}
                </a>
            </td>
            <td class="date">{format::date(entry.date)}</td>
            <td class="ledger-word">{movement(l, entry.movement)}</td>
            <td class="ledger-project">{entry.project.name}</td>
            <td class="ledger-source">{name::source(l, entry.source)}</td>
            {amount_cell(l, entry.effect)}
            <td class="ledger-persons">{format!("{} / {}", entry.maker, entry.checker)}</td>
        </tr>
    }
}

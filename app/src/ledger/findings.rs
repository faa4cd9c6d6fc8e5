//! What was found in a book, the gravest first: sheet, cell, column, and what is wrong.

use super::text::column;
use crate::parts::status::SeverityChip;
use contract::ledger::batch::LineFinding;
use domain::finding::Severity;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, format, t};

/// So many lines stand open at once; more are folded away until asked for.
const OPEN_LINES: usize = 40;

#[component]
pub fn Findings(findings: Vec<LineFinding>, more: u32) -> impl IntoView {
    let l = locale();
    if findings.is_empty() {
        return view! { <p class="notice notice-ok">{t!(l, ledger.no_findings)}</p> }.into_any();
    }
    let groups = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| {
            let of: Vec<&LineFinding> =
                findings.iter().filter(|finding| finding.severity == severity).collect();
            let open = severity != Severity::Note && of.len() <= OPEN_LINES;
            (!of.is_empty()).then(|| group(l, severity, &of, open))
        })
        .collect_view();
    let more = (more > 0).then(|| {
        let count = format::integer(i64::from(more));
        view! { <p class="field-hint">{t!(l, ledger.more_findings, count = count)}</p> }
    });
    view! {
        <section class="ledger-findings">
            <h3>{t!(l, ledger.findings)}</h3>
            {groups}
            {more}
        </section>
    }
    .into_any()
}

fn group(l: Locale, severity: Severity, of: &[&LineFinding], open: bool) -> AnyView {
    let lines = of.iter().map(|finding| line(l, finding)).collect_view();
    view! {
        <details open=open>
            <summary>
                <SeverityChip severity /> " " <b>{of.len()}</b>
            </summary>
            <div class="table-scroll">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, ledger.sheet)}</th>
                            <th scope="col" class="date">{t!(l, ledger.cell)}</th>
                            <th scope="col">{t!(l, ledger.column)}</th>
                            <th scope="col">{t!(l, ledger.what)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn line(l: Locale, finding: &LineFinding) -> impl IntoView + use<> {
    let place = &finding.place;
    let cell = place.address.clone().unwrap_or_else(|| place.row.to_string());
    view! {
        <tr>
            <td>{place.sheet.clone()}</td>
            <td class="date">{cell}</td>
            <td>{finding.column.map(|name| column(l, name))}</td>
            <td>{explain::line_fault(l, &finding.fault)}</td>
        </tr>
    }
}

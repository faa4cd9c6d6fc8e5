//! Everything that was found, at once: how grave, where, which column, what. Each line leads to its cell.

use super::address::Place;
use super::row::{anchor, row_anchor};
use super::send::Wizard;
use super::text::number;
use crate::parts::status::SeverityChip;
use contract::import::ImportView;
use domain::finding::{Finding, FindingKind, Severity};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, name, t};

/// So many lines stand open at once; more are folded away until asked for.
const OPEN_LINES: usize = 60;

#[component]
pub fn Findings(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let shown = Memo::new(move |_| {
        wizard.view.with(|view| (view.findings.clone(), view.more_findings, view.import, sheets(view)))
    });
    move || {
        let (findings, more, import, sheets) = shown.get();
        let groups = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
            let of: Vec<Finding> =
                findings.iter().filter(|finding| finding.severity == severity).cloned().collect();
            (severity, of)
        });
        let none = findings.is_empty();
        let head = groups.iter().map(|(severity, of)| (*severity, of.len())).collect::<Vec<_>>();
        let groups = groups
            .into_iter()
            .filter(|(_, of)| !of.is_empty())
            .map(|(severity, of)| {
                let lines = of
                    .iter()
                    .map(|finding| line(l, wizard, &target(finding, import, &sheets), finding))
                    .collect_view();
                let open =
                    severity == Severity::Error || (severity == Severity::Warning && of.len() <= OPEN_LINES);
                view! {
                    <details class="import-findings-group" open=open>
                        <summary>
                            <SeverityChip severity />
                            <b>{number(of.len())}</b>
                        </summary>
                        <ul>{lines}</ul>
                    </details>
                }
            })
            .collect_view();
        view! {
            <section class="import-findings" aria-labelledby="import-findings-title">
                <h3 id="import-findings-title">{t!(l, import.findings)}</h3>
                <p class="import-findings-sum">{summary(l, &head, none)}</p>
                {groups}
                {(more > 0).then(|| view! { <p class="field-hint">{t!(l, import.findings_more, count = number(more))}</p> })}
            </section>
        }
    }
}

fn sheets(view: &ImportView) -> Vec<String> {
    view.sheets.iter().map(|sheet| sheet.sheet.clone()).collect()
}

fn summary(l: Locale, head: &[(Severity, usize)], none: bool) -> String {
    if none {
        return t!(l, import.findings_none).to_owned();
    }
    let of = |severity: Severity| {
        number(head.iter().find(|(each, _)| *each == severity).map_or(0, |(_, count)| *count))
    };
    t!(
        l,
        import.findings_sum,
        errors = of(Severity::Error),
        warnings = of(Severity::Warning),
        notes = of(Severity::Note)
    )
}

/// Address of the page of rows with the cell, and the cell's id on it.
struct Target {
    href: String,
    id: String,
}

fn target(finding: &Finding, import: domain::id::ImportId, sheets: &[String]) -> Target {
    let place = &finding.place;
    let at = sheets.iter().position(|sheet| *sheet == place.sheet).unwrap_or_default();
    let id = match &place.address {
        Some(address) => anchor(at, address),
        None => row_anchor(at, place.row),
    };
    if matches!(
        finding.kind,
        FindingKind::HiddenSheet | FindingKind::HiddenColumns { .. } | FindingKind::WhichList
    ) {
        let columns = Place { step: "columns".to_owned(), columns: "all".to_owned(), ..Place::default() };
        return Target { href: columns.write(import), id };
    }
    let page = Place {
        step: "compare".to_owned(),
        at: format!("{}!{}", place.sheet, place.row),
        ..Place::default()
    };
    Target { href: format!("{}#{id}", page.write(import)), id }
}

fn line(l: Locale, wizard: Wizard, target: &Target, finding: &Finding) -> impl IntoView + use<> {
    let place = &finding.place;
    let spot = match (&place.address, &finding.kind) {
        (Some(address), _) => address.clone(),
        // They speak of the sheet, not of the row where it begins.
        (
            None,
            FindingKind::HiddenSheet
            | FindingKind::HiddenRows { .. }
            | FindingKind::HiddenColumns { .. }
            | FindingKind::WhichList,
        ) => place.sheet.clone(),
        (None, _) => t!(l, import.row_at, row = place.row),
    };
    let column = finding.field.map(|field| name::field(l, field));
    let text = explain::finding(l, &finding.kind);
    let id = target.id.clone();
    view! {
        <li>
            <a href=target.href.clone() class="import-finding" on:click=move |_| wizard.look_at(id.clone())>
                <b class="import-spot">{spot}</b>
                <span class="import-finding-column">{column}</span>
                <span>{text}</span>
            </a>
        </li>
    }
}

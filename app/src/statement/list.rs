//! All figures that documents state, grouped by document, with what came of checking each; remarks below.

use super::api;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::drawing::{CROSS, DISC, TICK, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::status::{Chip, SeverityChip};
use crate::parts::take_out::TakeOut;
use contract::statement::{KeptView, StatementLine, StatementListView, WorkingLine};
use domain::finding::Severity;
use domain::permission::Action;
use domain::statement::check::{CheckError, Checked};
use domain::statement::remark::Remark;
use leptos::prelude::*;
use words::explain::statement as explain;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The path of the table.
pub const PATH: &str = "/statements";
/// The table as a workbook.
pub const EXPORT_PATH: &str = "/statements/export";

/// Columns of the table.
const COLUMNS: &str = "8";

/// Where a form without scripts goes on to.
pub fn kept_path(_kept: &KeptView) -> String {
    format!("{PATH}?kept=1")
}

/// The door that keeps the shipped statements.
fn action() -> &'static str {
    <api::KeepShipped as server_fn::ServerFn>::PATH
}

/// What came of a check, as colour, shape and word.
#[component]
pub fn VerdictChip(checked: Result<Checked, CheckError>) -> impl IntoView {
    let l = locale();
    let (tone, drawing, word) = match &checked {
        Err(_) => ("neutral", CROSS, t!(l, statement.verdict_cannot)),
        Ok(checked) => {
            let word = name::verdict(l, &checked.verdict);
            match checked.severity() {
                None => ("ok", TICK, word),
                Some(Severity::Note) => ("info", DISC, word),
                Some(Severity::Warning | Severity::Error) => ("warn", TRIANGLE, word),
            }
        }
    };
    view! { <Chip tone=tone drawing=drawing word=word /> }
}

#[component]
pub fn StatementsPage() -> impl IntoView {
    let all = ask(|| (), |()| api::statements());
    answered(all, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: StatementListView) -> impl IntoView {
    let l = locale();
    let error = returned_error(action());
    let kept = gone::query(|query| query.get("kept").is_some()) && error.is_none();
    let is_empty = view.lines.is_empty();
    let body = if is_empty {
        empty(l, view.may.includes(Action::SignStatement), view.key).into_any()
    } else {
        let summary = summary(l, &view.lines);
        view! {
            <p class="statement-lead">{t!(l, statement.lead)}</p>
            <p class="statement-summary">{summary}</p>
            {table(l, view.lines)}
            {remarks(l, view.remarks)}
        }
        .into_any()
    };
    view! {
        <PageHead title=t!(l, common.statements)>
            {(!is_empty).then(|| view! { <TakeOut href=EXPORT_PATH /> })}
        </PageHead>
        {kept.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, statement.kept)}</p> })}
        {error.map(|error| view! { <ErrorPanel error /> })}
        {body}
    }
}

fn empty(l: Locale, may_keep: bool, key: String) -> AnyView {
    if !may_keep {
        return view! { <Empty reason=t!(l, statement.none) /> }.into_any();
    }
    view! {
        <Empty reason=t!(l, statement.none)>{t!(l, statement.none_act)}</Empty>
        <form method="post" action=action() class="toolbar statement-keep">
            <input type="hidden" name="key" value=key />
            <Submit weight=Weight::Primary>{t!(l, statement.keep_shipped)}</Submit>
        </form>
    }
    .into_any()
}

fn summary(l: Locale, lines: &[StatementLine]) -> String {
    let severity =
        |line: &StatementLine| line.checked.as_ref().map_or(Some(Severity::Warning), Checked::severity);
    let count = |wanted: Option<Severity>| lines.iter().filter(|line| severity(line) == wanted).count();
    t!(
        l,
        statement.summary,
        all = lines.len(),
        warnings = count(Some(Severity::Warning)),
        notes = count(Some(Severity::Note)),
        agree = count(None)
    )
}

fn table(l: Locale, lines: Vec<StatementLine>) -> impl IntoView {
    let mut groups: Vec<(String, Vec<StatementLine>)> = Vec::new();
    for line in lines {
        let source = line.statement.stated().source.as_ref();
        let document = source.map_or_else(String::new, |source| source.document.clone());
        match groups.last_mut() {
            Some((title, group)) if *title == document => group.push(line),
            Some(_) | None => groups.push((document, vec![line])),
        }
    }
    let groups = groups.into_iter().map(|(document, lines)| group(l, document, lines)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, common.statements)>
            <table class="table statement-table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, statement.code)}</th>
                        <th scope="col">{t!(l, statement.indicator)}</th>
                        <th scope="col" class="number">{t!(l, statement.stated)}</th>
                        <th scope="col" class="number">{t!(l, statement.value)}</th>
                        <th scope="col" class="number">{t!(l, statement.difference)}</th>
                        <th scope="col">{t!(l, statement.verdict)}</th>
                        <th scope="col">{t!(l, statement.severity)}</th>
                        <th scope="col">{t!(l, statement.working)}</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </div>
    }
}

fn group(l: Locale, document: String, lines: Vec<StatementLine>) -> impl IntoView {
    let count = t!(l, statement.count, count = lines.len());
    let rows = lines.into_iter().map(|line| row(l, line)).collect_view();
    view! {
        <tbody>
            <tr class="statement-document">
                <th scope="rowgroup" colspan=COLUMNS>
                    {document}
                    <span class="statement-count">{count}</span>
                </th>
            </tr>
            {rows}
        </tbody>
    }
}

fn row(l: Locale, line: StatementLine) -> impl IntoView {
    let statement = &line.statement;
    let words = statement.stated().source.as_ref().map(|source| source.words.clone());
    let values = values(l, &line);
    let difference =
        line.checked.as_ref().ok().and_then(|checked| explain::difference(l, statement, checked));
    let severity = line.checked.as_ref().ok().and_then(Checked::severity);
    view! {
        <tr>
            <th scope="row" class="statement-code">
                <a href=format!("{PATH}/{}", line.id)>{statement.code().to_owned()}</a>
            </th>
            <td class="statement-indicator">
                {statement.indicator().to_owned()}
                {words.map(|words| view! { <q class="statement-words">{words}</q> })}
            </td>
            <td class="number">{statement.printed().text().to_owned()}</td>
            <td class="number">{values}</td>
            <td class="number">
                {match difference {
                    Some((difference, least)) => {
                        view! {
                            {difference}
                            <span class="statement-least">{least}</span>
                        }
                            .into_any()
                    }
                    None => format::UNKNOWN.into_any(),
                }}
            </td>
            <td>
                <VerdictChip checked=line.checked.clone() />
            </td>
            <td>
                {match severity {
                    Some(severity) => view! { <SeverityChip severity /> }.into_any(),
                    None => t!(l, statement.severity_none).into_any(),
                }}
            </td>
            <td>{working(l, line.working)}</td>
        </tr>
    }
}

fn values(l: Locale, line: &StatementLine) -> AnyView {
    let Ok(checked) = &line.checked else { return format::UNKNOWN.into_any() };
    let kind = explain::computed_kind(&line.statement);
    let value = |value: &domain::statement::check::Computed| {
        let text = explain::span(l, value.named, kind);
        view! { <span class="statement-value">{text}</span> }
    };
    checked.computed.iter().map(value).collect_view().into_any()
}

fn working(l: Locale, working: Option<WorkingLine>) -> AnyView {
    let Some(working) = working else { return t!(l, statement.working_none).into_any() };
    view! {
        {explain::figure(l, working.value, working.kind)}
        <span class="statement-signed">{t!(l, statement.by, name = working.signed_by)}</span>
    }
    .into_any()
}

fn remarks(l: Locale, remarks: Vec<Remark>) -> Option<AnyView> {
    if remarks.is_empty() {
        return None;
    }
    let rows = remarks.into_iter().map(|remark| remarked(l, remark)).collect_view();
    let table = view! {
        <section class="panel statement-remarks">
            <h2>{t!(l, statement.remarks)}</h2>
            <p class="statement-lead">{t!(l, statement.remarks_lead)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, statement.remarks)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, statement.code)}</th>
                            <th scope="col">{t!(l, statement.remark_head)}</th>
                            <th scope="col">{t!(l, statement.words_head)}</th>
                            <th scope="col">{t!(l, statement.severity)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(table.into_any())
}

fn remarked(l: Locale, remark: Remark) -> impl IntoView {
    let sentence = explain::remark(l, &remark.kind);
    let severity = remark.severity();
    let places = remark
        .places
        .into_iter()
        .map(|place| {
            let source = t!(l, statement.place, document = place.document, locator = place.locator);
            view! {
                <li>
                    <q class="statement-words">{place.words}</q>
                    <span class="statement-source">{source}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row" class="statement-code">{remark.code}</th>
            <td class="statement-remark">{sentence}</td>
            <td>
                <ul class="statement-places">{places}</ul>
            </td>
            <td>
                <SeverityChip severity />
            </td>
        </tr>
    }
}

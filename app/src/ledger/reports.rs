//! 月报: reports of closed months as they were issued, and the form that issues one.

use super::address::{self, MONTHS, REPORTS};
use super::api;
use super::frame::Head;
use crate::parts::answer::answered_within;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use contract::ledger::report::{ReportHead, ReportsView};
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn ReportsPage() -> impl IntoView {
    let page = ask(|| (), |()| api::reports());
    let refused = returned_error(api::IssueReport::PATH);
    view! {
        <Head path=REPORTS />
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        {answered_within(page, |view| shown(locale(), &view))}
    }
    .into_any()
}

fn shown(l: Locale, view: &ReportsView) -> AnyView {
    let table = if view.reports.is_empty() {
        view! { <Empty reason=t!(l, ledger.no_reports) /> }.into_any()
    } else {
        let lines = view.reports.iter().map(|head| line(l, head)).collect_view();
        view! {
            <div class="table-scroll ledger-reports" tabindex="0" role="region" aria-label=t!(l, ledger.tab_reports)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="date">{t!(l, ledger.month)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col" class="number">{t!(l, ledger.known)}</th>
                            <th scope="col">{t!(l, ledger.issuer)}</th>
                            <th scope="col" class="date">{t!(l, ledger.at)}</th>
                            <th scope="col">{t!(l, ledger.hash)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        {view.may.includes(Action::CloseMonth).then(|| issuing(l, view))}
        {table}
    }
    .into_any()
}

fn issuing(l: Locale, view: &ReportsView) -> AnyView {
    let form = if view.closed.is_empty() {
        view! {
            <p>
                {t!(l, ledger.nothing_to_report)} " " <a href=MONTHS>{t!(l, ledger.tab_months)}</a>
            </p>
        }
        .into_any()
    } else {
        let months = view
            .closed
            .iter()
            .map(|month| view! { <option value=month.to_string()>{month.to_string()}</option> })
            .collect_view();
        view! {
            <form method="post" action=api::IssueReport::PATH class="toolbar">
                <input type="hidden" name="form[key]" value=view.key.clone() />
                <label>
                    {t!(l, ledger.month)} " " <select class="input" name="form[month]">
                        {months}
                    </select>
                </label>
                <Submit weight=Weight::Primary>{t!(l, ledger.issue_report)}</Submit>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, ledger.issue_report)}</h2>
            <p>{t!(l, ledger.issue_text)}</p>
            {form}
        </section>
    }
    .into_any()
}

fn line(l: Locale, head: &ReportHead) -> impl IntoView + use<> {
    let short: String = head.sha256.chars().take(12).collect();
    view! {
        <tr>
            <td class="date">
                <a href=address::report(head.report, "") aria-label=t!(l, ledger.open_report, month = head.month.to_string())>
                    {head.month.to_string()}
                </a>
            </td>
            <td>{head.area_name.clone()}</td>
            <td class="number">{head.known_at}</td>
            <td>{head.issuer.clone()}</td>
            <td class="date">{format::instant(head.at)}</td>
            <td>
                <code title=head.sha256.clone()>{short}</code>
            </td>
        </tr>
    }
}

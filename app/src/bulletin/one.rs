//! One document: what it stands on, how it will print, its ranking; below, what a person may change of it and its issues.

use super::address::{self, EXPORT_DOCX, EXPORT_PDF, EXPORT_XLSX};
use super::desk;
use super::list::{moment, period, way};
use super::preview::Preview;
use super::{api, ranks};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::drawing::{TICK, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::status::Chip;
use crate::parts::take_out::TakeOut;
use contract::bulletin::{BulletinView, IssueLine};
use contract::error::ApiError;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn BulletinPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let one = ask(move || gone::read(id), api::bulletin);
    answered(one, |view| view! { <Shown view /> }.into_any())
}

/// What one of the forms on this page came back with.
fn refused() -> Option<ApiError> {
    let doors = [
        api::BeginBulletin::PATH,
        api::RewordBulletin::PATH,
        api::HeadBulletin::PATH,
        api::WeighBulletin::PATH,
        api::IssueBulletin::PATH,
    ];
    doors.into_iter().find_map(returned_error)
}

fn done(l: Locale) -> Option<&'static str> {
    let done = gone::query(|query| query.get("done"));
    match done.as_deref() {
        Some("begun") => Some(t!(l, bulletin.done_begun)),
        Some("changed") => Some(t!(l, bulletin.done_changed)),
        Some("issued") => Some(t!(l, bulletin.done_issued)),
        Some(_) | None => None,
    }
}

#[component]
fn Shown(view: BulletinView) -> impl IntoView {
    let l = locale();
    let id = view.head.bulletin;
    let title =
        t!(l, bulletin.page_title, area = view.head.area_name.clone(), period = period(l, view.head.period));
    let error = refused();
    let notice = if error.is_none() { done(l) } else { None };
    let may = view.may.includes(Action::IssueBulletin);
    let files = view.may.includes(Action::ExportList).then(|| {
        view! {
            <TakeOut href=address::file(EXPORT_XLSX, id) />
            <a class="button" href=address::file(EXPORT_DOCX, id) rel="external">
                {t!(l, bulletin.docx)}
            </a>
            <a class="button" href=address::file(EXPORT_PDF, id) rel="external">
                {t!(l, bulletin.pdf)}
            </a>
        }
    });
    view! {
        <Breadcrumb entries=way(l, title.clone()) />
        <PageHead title=title>{files}</PageHead>
        {notice.map(|text| view! { <p class="notice notice-ok" role="status">{text}</p> })}
        {error.map(|error| view! { <ErrorPanel error labels=desk::labels(l) /> })}
        {basis(l, &view)}
        <Preview paper=view.paper.clone() />
        {ranks::section(l, &view)}
        {may.then(|| desk::section(l, &view))}
        {issues(l, &view.issues)}
    }
    .into_any()
}

/// What the figures are made of, and whether they come out again.
fn basis(l: Locale, view: &BulletinView) -> AnyView {
    let same = if view.is_same {
        view! { <Chip tone="ok" drawing=TICK word=t!(l, bulletin.same) /> }
    } else {
        view! { <Chip tone="err" drawing=TRIANGLE word=t!(l, bulletin.not_same) /> }
    };
    view! {
        <dl class="bulletin-facts" data-noprint="">
            <div>
                <dt>{t!(l, bulletin.known)}</dt>
                <dd>{moment(l, &view.head)}</dd>
            </div>
            <div>
                <dt>{t!(l, bulletin.hash)}</dt>
                <dd>
                    <code>{view.head.sha256.clone()}</code>
                </dd>
            </div>
            <div>
                <dt>{t!(l, bulletin.made_again)}</dt>
                <dd>{same}</dd>
            </div>
            <div>
                <dt>{t!(l, bulletin.version)}</dt>
                <dd>{view.head.version}</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn issues(l: Locale, issues: &[IssueLine]) -> AnyView {
    let body = if issues.is_empty() {
        view! { <Empty reason=t!(l, bulletin.no_issues) /> }.into_any()
    } else {
        let lines = issues
            .iter()
            .map(|issue| {
                view! {
                    <tr>
                        <th scope="row" class="number">{issue.number}</th>
                        <td>
                            <code>{issue.sha256.clone()}</code>
                        </td>
                        <td>{issue.issuer.clone()}</td>
                        <td class="date">{format::instant(issue.at)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, bulletin.issues)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, bulletin.number_of_issue)}</th>
                            <th scope="col">{t!(l, bulletin.file_hash)}</th>
                            <th scope="col">{t!(l, bulletin.issuer)}</th>
                            <th scope="col" class="date">{t!(l, bulletin.issued_at)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, bulletin.issues)}</h2>
            {body}
        </section>
    }
    .into_any()
}

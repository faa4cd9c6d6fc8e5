//! A workbook of returns: choosing the file, looking at what it would change, carrying it out.

use super::address::{self, PATH};
use super::api::{self, CommitReturn, UploadReturn};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::page_head::PageHead;
use crate::parts::status::SeverityChip;
use contract::dispatch::BookHead;
use contract::dispatch::file::{FileChange, FileFinding, ImportView, PreviewView, StagedForm};
use domain::finding::Place;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;
use words::explain::dispatch as explain;
use words::locale::locale;
use words::{Locale, t};

#[component]
pub fn ImportReturnPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let batch = Memo::new(move |_| query.try_with(|found| found.get("batch")).flatten().unwrap_or_default());
    let page = ask(
        move || StagedForm { book: crate::parts::gone::read(id), batch: crate::parts::gone::read(batch) },
        api::staged,
    );
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: ImportView) -> impl IntoView {
    let l = locale();
    let BookHead { book, area_name, month, .. } = view.head.clone();
    let error = returned_error(UploadReturn::PATH).or_else(|| returned_error(CommitReturn::PATH));
    let title = t!(l, dispatch.book_title, area = area_name, month = month.to_string());
    let way = vec![
        (t!(l, dispatch.nav).to_owned(), PATH.to_owned()),
        (title, address::book(book)),
        (t!(l, dispatch.import).to_owned(), String::new()),
    ];
    view! {
        <Breadcrumb entries=way />
        <PageHead title=t!(l, dispatch.import_title) />
        {error.map(|error| view! { <ErrorPanel error=error /> })}
        <section class="panel">
            <p>{t!(l, dispatch.import_text)}</p>
            <form method="post" action=UploadReturn::PATH enctype="multipart/form-data" class="form form-row">
                <input type="hidden" name="book" value=book.to_string() />
                <div class="field">
                    <label class="field-label" for="file">{t!(l, dispatch.import_file)}</label>
                    <input class="input" id="file" name="file" type="file" accept=".csv,.txt,.xlsx" required />
                </div>
                <Submit weight=Weight::Primary>{t!(l, dispatch.import_look)}</Submit>
                <LinkButton href=address::export(book) download=true>{t!(l, dispatch.export)}</LinkButton>
            </form>
        </section>
        {view.preview.map(|preview| looked(l, preview, address::book(book)))}
    }
}

fn looked(l: Locale, preview: PreviewView, back: String) -> AnyView {
    let counts = t!(
        l,
        dispatch.import_counts,
        rows = preview.rows,
        changes = preview.changes,
        errors = preview.errors
    );
    let wrong = (preview.errors > 0).then(|| {
        view! { <p class="notice notice-warn" role="note">{t!(l, dispatch.import_wrong)}</p> }
    });
    let commit = (preview.errors == 0 && preview.changes > 0).then(|| {
        view! {
            <form method="post" action=CommitReturn::PATH class="toolbar">
                <input type="hidden" name="form[batch]" value=preview.batch.clone() />
                <input type="hidden" name="form[key]" value=preview.key.clone() />
                <input type="hidden" name="form[seen]" value=preview.seen.clone() />
                <Submit weight=Weight::Primary>
                    {t!(l, dispatch.import_do, count = preview.changes)}
                </Submit>
                <LinkButton href=back>{t!(l, common.cancel)}</LinkButton>
            </form>
        }
    });
    let none = (preview.changes == 0).then(|| view! { <p>{t!(l, dispatch.import_nothing)}</p> });
    let more = (preview.more_findings > 0)
        .then(|| view! { <p>{t!(l, dispatch.found_more, count = preview.more_findings)}</p> });
    view! {
        <section class="panel">
            <h2>{preview.file_name}</h2>
            <p role="status">{counts}</p>
            {wrong}
            {commit}
            {findings(l, preview.findings)}
            {more}
            {none}
            {changes(l, preview.first)}
        </section>
    }
    .into_any()
}

fn place(place: &Place) -> String {
    let at = place.address.clone().unwrap_or_else(|| place.row.to_string());
    format!("{} {at}", place.sheet)
}

fn findings(l: Locale, findings: Vec<FileFinding>) -> Option<AnyView> {
    let is_empty = findings.is_empty();
    let lines = findings
        .into_iter()
        .map(|finding| {
            view! {
                <tr>
                    <td>
                        <SeverityChip severity=finding.severity />
                    </td>
                    <td>{place(&finding.place)}</td>
                    <td>{finding.column.map(|column| explain::column(l, column))}</td>
                    <td>{explain::file_fault(l, &finding.fault)}</td>
                </tr>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, dispatch.found)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, dispatch.severity)}</th>
                            <th scope="col">{t!(l, dispatch.place)}</th>
                            <th scope="col">{t!(l, dispatch.column)}</th>
                            <th scope="col">{t!(l, dispatch.what)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

fn changes(l: Locale, changes: Vec<FileChange>) -> Option<AnyView> {
    let is_empty = changes.is_empty();
    let lines = changes
        .into_iter()
        .map(|change| {
            let value = |text: Option<String>| explain::value(l, change.column, text.as_deref());
            view! {
                <tr>
                    <td>{place(&change.place)}</td>
                    <th scope="row">{change.name.clone()}</th>
                    <td>{explain::column(l, change.column)}</td>
                    <td class="dispatch-old">{value(change.old.clone())}</td>
                    <td class="dispatch-new">{value(change.new.clone())}</td>
                </tr>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, dispatch.import_look)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, dispatch.place)}</th>
                            <th scope="col">{t!(l, dispatch.name)}</th>
                            <th scope="col">{t!(l, dispatch.column)}</th>
                            <th scope="col">{t!(l, dispatch.old)}</th>
                            <th scope="col">{t!(l, dispatch.new)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

//! A table of areas: choosing the file, looking at what it would do, taking it over.

use super::api::{self, CommitAreas, UploadAreas};
use super::tree::PATH;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::area::{AreaEffect, AreaFault, AreaImportLine, AreaImportView, Staged};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

/// Where a table that was kept aside is looked at.
pub fn staged_path(staged: &Staged) -> String {
    format!("{PATH}/import?batch={}", staged.batch)
}

#[component]
pub fn AreaImportPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let batch = Memo::new(move |_| query.try_with(|found| found.get("batch")).flatten().unwrap_or_default());
    let table = ask(move || crate::parts::gone::read(batch), api::staged_areas);
    let error = returned_error(UploadAreas::PATH).or_else(|| returned_error(CommitAreas::PATH));
    let way = vec![
        (t!(l, common.areas).to_owned(), PATH.to_owned()),
        (t!(l, area.import).to_owned(), String::new()),
    ];
    view! {
        <Breadcrumb entries=way />
        <PageHead title=t!(l, area.import) />
        {error.map(|error| view! { <ErrorPanel error=error /> })}
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match table.await {
                    Ok(view) => {
                        view! {
                            <Choose />
                            {view.map(|view| view! { <Preview view /> })}
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The way in of a file.
#[component]
fn Choose() -> impl IntoView {
    let l = locale();
    view! {
        <section class="panel">
            <h2>{t!(l, area.import_file)}</h2>
            <p>{t!(l, area.import_text)}</p>
            <p>
                <code>"code,name,level,parent,valid_from,valid_to"</code>
            </p>
            <form method="post" action=UploadAreas::PATH enctype="multipart/form-data" class="form form-row">
                <div class="field">
                    <label class="field-label" for="file">{t!(l, area.import_choose)}</label>
                    <input class="input" id="file" name="file" type="file" accept=".csv,.txt,.xlsx" required />
                </div>
                <Submit weight=Weight::Primary>{t!(l, area.import_look)}</Submit>
            </form>
            <p class="area-origin">{t!(l, area.origin)}</p>
        </section>
    }
}

#[component]
fn Preview(view: AreaImportView) -> impl IntoView {
    let l = locale();
    let changes = view.new + view.changed + view.ended;
    let counts = t!(
        l,
        area.import_counts,
        new = view.new,
        changed = view.changed,
        ended = view.ended,
        same = view.same,
        wrong = view.wrong
    );
    let commit = (view.wrong == 0 && changes > 0).then(|| {
        view! {
            <form method="post" action=CommitAreas::PATH class="toolbar">
                <input type="hidden" name="batch" value=view.batch.clone() />
                <input type="hidden" name="key" value=view.key.clone() />
                <Submit weight=Weight::Primary>{t!(l, area.import_do, count = changes)}</Submit>
                <LinkButton href=PATH>{t!(l, common.cancel)}</LinkButton>
            </form>
        }
    });
    let lines = view.lines.into_iter().map(|one| line(l, one)).collect::<Vec<_>>();
    let table = if lines.is_empty() {
        view! { <Empty reason=t!(l, area.import_nothing) /> }.into_any()
    } else {
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, area.import_preview)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, area.import_line)}</th>
                            <th scope="col">{t!(l, area.import_effect)}</th>
                            <th scope="col">{t!(l, area.code)}</th>
                            <th scope="col">{t!(l, common.name)}</th>
                            <th scope="col" class="date">{t!(l, area.valid_from)}</th>
                            <th scope="col" class="date">{t!(l, area.valid_to)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="panel">
            <h2>{t!(l, area.import_preview)}" · "{view.file}</h2>
            <p role="status">{counts}</p>
            {(view.wrong > 0)
                .then(|| view! { <p class="notice notice-warn" role="note">{t!(l, area.import_wrong)}</p> })}
            {table}
            {commit}
        </section>
    }
}

fn line(l: Locale, line: AreaImportLine) -> AnyView {
    let unknown = || t!(l, common.unknown).to_owned();
    let (mark, class) = match line.outcome {
        Ok(AreaEffect::New) => (t!(l, area.effect_new), "area-new"),
        Ok(AreaEffect::Changed) => (t!(l, area.effect_changed), "area-changed"),
        Ok(AreaEffect::Ended) => (t!(l, area.effect_ended), "area-changed"),
        Ok(AreaEffect::Same) => (t!(l, area.effect_same), ""),
        Err(fault) => (sentence(l, fault), "area-wrong"),
    };
    view! {
        <tr>
            <td class="number">{line.line}</td>
            <td class=class>{mark}</td>
            <td>{line.code}</td>
            <td>
                {line.old_name.map(|old| view! { <del class="area-old">{old}</del> })}
                {line.name}
            </td>
            <td class="date">{line.valid_from.map_or_else(unknown, format::date)}</td>
            <td class="date">{line.valid_to.map_or_else(unknown, format::date)}</td>
        </tr>
    }
    .into_any()
}

fn sentence(l: Locale, fault: AreaFault) -> &'static str {
    match fault {
        AreaFault::Columns => t!(l, area.fault_columns),
        AreaFault::Code => t!(l, area.fault_code),
        AreaFault::Name => t!(l, area.fault_name),
        AreaFault::Level => t!(l, area.fault_level),
        AreaFault::Parent => t!(l, area.fault_parent),
        AreaFault::Date => t!(l, area.fault_date),
        AreaFault::Order => t!(l, area.fault_order),
        AreaFault::Twice => t!(l, area.fault_twice),
        AreaFault::Moved => t!(l, area.fault_moved),
        AreaFault::NotYours => t!(l, area.fault_not_yours),
    }
}

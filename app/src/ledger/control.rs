//! 资金控制规则: the whole matrix as one table, entry kind × source. Everybody who sees money reads it; the administrator of
//! the whole country changes it. A form that lost against another editor keeps what was chosen and marks what differs.

use super::address::EXPORT_CONTROLS;
use super::api;
use super::frame::done;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::take_out::TakeOut;
use contract::error::ApiError;
use contract::ledger::{ControlEdition, ControlView};
use domain::ledger::{Control, Kind, Response, Validity};
use domain::permission::Action;
use domain::source::Source;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn ControlsPage() -> impl IntoView {
    let page = ask(|| (), |()| api::control());
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: ControlView) -> impl IntoView {
    let l = locale();
    let refused = returned_error(api::EditControl::PATH);
    let is_stale = matches!(refused, Some(ApiError::Stale { .. }));
    let may = view.may.includes(Action::EditControl);
    let now = view.cells.iter().fold(Control::default(), |control, (kind, source, response)| {
        control.with(*kind, *source, *response)
    });
    // What a refused form chose; otherwise what applies.
    let typed = refused
        .as_ref()
        .and_then(|_| gone::query(|query| Control::parse(&query.get("cells").unwrap_or_default()).ok()));
    let chosen = typed.clone().unwrap_or_else(|| now.clone());
    let way = vec![
        (t!(l, common.admin).to_owned(), "/admin".to_owned()),
        (t!(l, control.title).to_owned(), String::new()),
    ];
    let valid = valid(l, view.validity);
    let saved =
        refused.is_none().then(|| done(|code| (code == "saved").then(|| t!(l, control.saved)))).flatten();
    let body = if may {
        let table = table(l, &chosen, typed.as_ref().map(|_| &now), true);
        let next = view.validity.edition + 1;
        view! {
            <form method="post" action=api::EditControl::PATH class="control-form">
                <input type="hidden" name="form[edition]" value=view.validity.edition.to_string() />
                {table}
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, control.save, edition = next)}</Submit>
                </p>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="notice" role="note">{t!(l, control.read_only)}</p>
            {table(l, &now, None, false)}
        }
        .into_any()
    };
    let panel = match refused {
        Some(_) if is_stale => {
            Some(view! { <p class="notice notice-warn" role="alert">{t!(l, control.stale)}</p> }.into_any())
        }
        Some(error) => Some(view! { <ErrorPanel error=error /> }.into_any()),
        None => None,
    };
    view! {
        <Breadcrumb entries=way />
        <PageHead title=t!(l, control.title)>
            <TakeOut href=EXPORT_CONTROLS />
        </PageHead>
        {saved}
        {panel}
        <p class="control-lead">{t!(l, control.lead)}</p>
        {meanings(l)}
        <p class="control-valid" data-edition=view.validity.edition.to_string()>{valid}</p>
        {body}
        {history(l, &view.editions)}
    }
    .into_any()
}

/// Which edition applies, since when.
pub fn valid(l: Locale, validity: Validity) -> String {
    match validity.since {
        Some(since) => t!(l, control.valid, edition = validity.edition, since = format::date(since)),
        None => t!(l, control.valid_first).to_owned(),
    }
}

/// What an answer does.
pub fn meaning(l: Locale, response: Response) -> &'static str {
    match response {
        Response::Stop => t!(l, control.stop_text),
        Response::Warn => t!(l, control.warn_text),
        Response::Ignore => t!(l, control.ignore_text),
    }
}

/// The three answers in words.
fn meanings(l: Locale) -> AnyView {
    let lines = Response::ALL
        .map(|response| {
            view! {
                <div>
                    <dt>{name::response(l, response)}</dt>
                    <dd>{meaning(l, response)}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="control-meanings">{lines}</dl> }.into_any()
}

/// Sources down, kinds across. `now` is what applies, where the table holds something else that was chosen.
fn table(l: Locale, chosen: &Control, now: Option<&Control>, may: bool) -> AnyView {
    let kinds =
        Kind::ALL.map(|kind| view! { <th scope="col">{name::fund_kind(l, kind)}</th> }).collect_view();
    let rows = Source::ALL
        .map(|source| {
            let cells = Kind::ALL
                .map(|kind| {
                    let response = chosen.get(kind, source);
                    let applies = now.map(|now| now.get(kind, source)).filter(|now| *now != response);
                    cell(l, kind, source, response, applies, may)
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{name::source(l, source)}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, control.title)>
            <table class="table control-table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, ledger.source)}</th>
                        {kinds}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(
    l: Locale,
    kind: Kind,
    source: Source,
    response: Response,
    applies: Option<Response>,
    may: bool,
) -> AnyView {
    let class = match response {
        Response::Stop => "control-stop",
        Response::Warn => "control-warn",
        Response::Ignore => "control-ignore",
    };
    if !may {
        return view! { <td class=class>{name::response(l, response)}</td> }.into_any();
    }
    let input = format!("form[cells][{}.{}]", kind.code(), source.code());
    let label = t!(l, control.cell, source = name::source(l, source), kind = name::fund_kind(l, kind));
    let options = Response::ALL
        .map(|choice| {
            view! {
                <option value=choice.code() selected=choice == response>
                    {name::response(l, choice)}
                </option>
            }
        })
        .collect_view();
    let differs = applies.map(|now| {
        view! { <span class="control-differs">{t!(l, control.differs, response = name::response(l, now))}</span> }
    });
    view! {
        <td class=class class:control-changed=applies.is_some()>
            <select class="input control-choice" name=input aria-label=label>
                {options}
            </select>
            {differs}
        </td>
    }
    .into_any()
}

fn history(l: Locale, editions: &[ControlEdition]) -> AnyView {
    let body = if editions.is_empty() {
        view! { <Empty reason=t!(l, control.no_editions) /> }.into_any()
    } else {
        let lines = editions.iter().map(|edition| edition_row(l, edition)).collect_view();
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, control.editions)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, control.edition)}</th>
                            <th scope="col" class="date">{t!(l, control.at)}</th>
                            <th scope="col">{t!(l, control.editor)}</th>
                            <th scope="col">{t!(l, control.changes)}</th>
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
            <h2>{t!(l, control.editions)}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn edition_row(l: Locale, edition: &ControlEdition) -> impl IntoView + use<> {
    let change = |(kind, source, before, after): &(Kind, Source, Response, Response)| {
        t!(
            l,
            control.change,
            source = name::source(l, *source),
            kind = name::fund_kind(l, *kind),
            before = name::response(l, *before),
            after = name::response(l, *after)
        )
    };
    let changes = edition.changes.iter().map(|one| view! { <li>{change(one)}</li> }).collect_view();
    let changes = if edition.changes.is_empty() {
        t!(l, control.no_changes).into_any()
    } else {
        view! { <ul class="control-changes">{changes}</ul> }.into_any()
    };
    view! {
        <tr>
            <td class="number">{edition.edition}</td>
            <td class="date">{format::instant(edition.at)}</td>
            <td>{edition.editor.clone()}</td>
            <td>{changes}</td>
        </tr>
    }
}

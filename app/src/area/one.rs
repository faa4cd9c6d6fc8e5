//! The page of an area: what lies in it, its name and dates, its spellings, a new area under it.

use super::api::{self, AddArea, DropAlias, SaveArea, TeachAlias};
use super::tree::{PATH, Way};
use crate::parts::address::encode;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPage, ErrorPanel, field_error, returned_error};
use crate::parts::field::TextField;
use crate::parts::gone;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::{back, typed};
use contract::area::{AddAreaForm, AliasForm, AreaView, SaveAreaForm, SavedArea};
use contract::error::{ApiError, StaleField};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, name, t};

/// Where every form of this page goes on to.
pub fn saved_path(saved: &SavedArea) -> String {
    format!("{PATH}/{}?saved=1", saved.code)
}

/// Back to an area with what was typed of its name and dates.
pub fn unsaved(form: &SaveAreaForm) -> String {
    let texts =
        [("name", form.name.as_str()), ("valid_from", &form.valid_from), ("valid_to", &form.valid_to)];
    back(&page(&form.code), &texts)
}

/// Back to an area with what was typed of a new one under it.
pub fn unadded(form: &AddAreaForm) -> String {
    let texts =
        [("new_code", form.code.as_str()), ("new_name", &form.name), ("new_valid_from", &form.valid_from)];
    back(&page(&form.parent), &texts)
}

/// Back to an area with the spelling that was typed.
pub fn untaught(form: &AliasForm) -> String {
    back(&page(&form.code), &[("alias", &form.alias)])
}

fn page(code: &str) -> String {
    format!("{PATH}/{}", encode(code))
}

#[component]
pub fn AreaPage() -> impl IntoView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.try_with(|found| found.get("code")).flatten().unwrap_or_default());
    let query = use_query_map();
    let area = ask(
        move || (crate::parts::gone::read(code), crate::parts::gone::read(query)),
        |(code, _)| api::area(code),
    );
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match area.await {
                    Ok(view) => view! { <Shown view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Shown(view: AreaView) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::EditAreas);
    let errors: Vec<ApiError> = [SaveArea::PATH, AddArea::PATH, TeachAlias::PATH, DropAlias::PATH]
        .into_iter()
        .filter_map(returned_error)
        .collect();
    let saved = gone::query(|query| query.get("saved").is_some()) && errors.is_empty();
    let error = errors.into_iter().next();
    let shown = error.clone().filter(|error| !matches!(error, ApiError::Stale { .. }));
    view! {
        <Way way=view.way.clone() />
        <PageHead title=view.area.name.clone() />
        {saved.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, project.saved)}</p> })}
        {shown.map(|error| view! { <ErrorPanel error=error /> })}
        {(!view.area.is_valid)
            .then(|| view! { <p class="notice notice-warn" role="note">{t!(l, area.ended_note)}</p> })}
        <Facts view=view.clone() />
        {may
            .then(|| {
                view! {
                    <div class="area-columns">
                        <Edit view=view.clone() error=error.clone() />
                        <Add view=view.clone() error=error.clone() />
                    </div>
                }
            })}
        <Aliases view may error />
    }
}

#[component]
fn Facts(view: AreaView) -> impl IntoView {
    let l = locale();
    let unknown = || t!(l, common.unknown).to_owned();
    let whole = format::count;
    let facts = [
        (t!(l, area.code), view.area.code.to_string()),
        (t!(l, area.short), view.area.short),
        (t!(l, area.level), name::level(l, view.area.level).to_owned()),
        (t!(l, area.valid_from), view.area.valid_from.map_or_else(unknown, format::date)),
        (t!(l, area.valid_to), view.area.valid_to.map_or_else(unknown, format::date)),
        (t!(l, area.children), whole(view.area.children)),
        (t!(l, area.projects), whole(view.projects)),
        (t!(l, common.sites), whole(view.sites)),
        (t!(l, area.people), whole(view.people)),
    ];
    let shown = facts
        .into_iter()
        .map(|(word, fact)| {
            view! {
                <div>
                    <dt>{word}</dt>
                    <dd>{fact}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="area-facts">{shown}</dl> }
}

#[component]
fn Edit(view: AreaView, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let conflicts = match &error {
        Some(ApiError::Stale { conflicts }) => conflicts.clone(),
        Some(_) | None => Vec::new(),
    };
    let own = |field: &str, kept: String| {
        let conflict = conflicts.iter().find(|conflict| conflict.field == field);
        let yours = conflict.map(|conflict| conflict.yours.clone().unwrap_or_default());
        yours.or_else(|| typed(SaveArea::PATH, field)).unwrap_or(kept)
    };
    let wrong = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let date = |date: Option<chrono::NaiveDate>| date.map(format::date).unwrap_or_default();
    let panel = (!conflicts.is_empty()).then(|| conflict_panel(l, &conflicts));
    view! {
        <section class="panel">
            <h2>{t!(l, area.edit)}</h2>
            {panel}
            <form method="post" action=SaveArea::PATH class="form">
                <input type="hidden" name="code" value=view.area.code.to_string() />
                <input type="hidden" name="version" value=view.version.to_string() />
                <TextField
                    name="name"
                    label=t!(l, common.name)
                    value=own("name", view.area.name)
                    error=wrong("name")
                    required=true
                    maxlength=60
                />
                <TextField
                    name="valid_from"
                    label=t!(l, area.valid_from)
                    value=own("valid_from", date(view.area.valid_from))
                    hint=t!(l, area.date_hint)
                    error=wrong("valid_from")
                />
                <TextField
                    name="valid_to"
                    label=t!(l, area.valid_to)
                    value=own("valid_to", date(view.area.valid_to))
                    hint=t!(l, area.valid_to_hint)
                    error=wrong("valid_to")
                />
                <Submit weight=Weight::Primary>{t!(l, common.save)}</Submit>
            </form>
        </section>
    }
}

/// Both values of what somebody else changed meanwhile.
fn conflict_panel(l: Locale, conflicts: &[StaleField]) -> AnyView {
    let word = |field: &str| match field {
        "name" => t!(l, common.name),
        "valid_from" => t!(l, area.valid_from),
        _ => t!(l, area.valid_to),
    };
    let blank = |text: &Option<String>| text.clone().unwrap_or_else(|| t!(l, project.blank).to_owned());
    let lines = conflicts
        .iter()
        .map(|conflict| {
            view! {
                <tr>
                    <th scope="row">{word(&conflict.field)}</th>
                    <td>{blank(&conflict.yours)}</td>
                    <td>{blank(&conflict.theirs)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="notice notice-warn" role="alert">
            <p>{t!(l, project.conflict_title)}</p>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, project.history_field)}</th>
                        <th scope="col">{t!(l, project.conflict_mine)}</th>
                        <th scope="col">{t!(l, project.conflict_theirs)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Add(view: AreaView, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let wrong = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let came = |input: &str| typed(AddArea::PATH, input).unwrap_or_default();
    view.below.map(|level| {
        view! {
            <section class="panel">
                <h2>{t!(l, area.add, level = name::level(l, level))}</h2>
                <form method="post" action=AddArea::PATH class="form">
                    <input type="hidden" name="parent" value=view.area.code.to_string() />
                    <TextField
                        name="new_code"
                        label=t!(l, area.code)
                        hint=t!(l, area.code_hint)
                        value=came("new_code")
                        error=wrong("new_code")
                        required=true
                        maxlength=6
                        autocomplete="off"
                    />
                    <TextField
                        name="new_name"
                        label=t!(l, common.name)
                        value=came("new_name")
                        error=wrong("new_name")
                        required=true
                        maxlength=60
                        autocomplete="off"
                    />
                    <TextField
                        name="new_valid_from"
                        label=t!(l, area.valid_from)
                        hint=t!(l, area.date_hint)
                        value=came("new_valid_from")
                        error=wrong("new_valid_from")
                        autocomplete="off"
                    />
                    <Submit weight=Weight::Primary>{t!(l, area.add_do)}</Submit>
                </form>
            </section>
        }
    })
}

#[component]
fn Aliases(view: AreaView, may: bool, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let code = view.area.code.to_string();
    let wrong = Signal::stored(field_error(error.as_ref(), "alias"));
    let none = view.aliases.is_empty();
    let lines = view
        .aliases
        .into_iter()
        .map(|alias| {
            let shown = alias.clone();
            let word = t!(l, area.alias_drop, alias = alias.clone());
            let drop = may.then(|| {
                view! {
                    <form method="post" action=DropAlias::PATH class="area-drop">
                        <input type="hidden" name="code" value=code.clone() />
                        <input type="hidden" name="alias" value=alias />
                        <Submit weight=Weight::Danger>{word}</Submit>
                    </form>
                }
            });
            view! {
                <li class="area-alias">
                    <span>{shown}</span>
                    {drop}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, area.aliases)}</h2>
            <p class="field-hint">{t!(l, area.aliases_hint)}</p>
            {none.then(|| view! { <p>{t!(l, common.none)}</p> })}
            <ul>{lines}</ul>
            {may
                .then(|| {
                    view! {
                        <form method="post" action=TeachAlias::PATH class="form form-row">
                            <input type="hidden" name="code" value=code.clone() />
                            <TextField
                                name="alias"
                                label=t!(l, area.alias)
                                value=typed(TeachAlias::PATH, "alias").unwrap_or_default()
                                error=wrong
                                required=true
                                maxlength=60
                                autocomplete="off"
                            />
                            <Submit>{t!(l, area.alias_add)}</Submit>
                        </form>
                    }
                })}
        </section>
    }
}

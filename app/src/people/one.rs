//! The page of a person: what is known, changing it, shutting out, another password; and a new person.

use super::api::{self, AddPerson, ChangePerson, DisablePerson, ResetPassword};
use super::list::{PATH, roles, state};
use crate::area::picker::AreaPicker;
use crate::parts::address::encode;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPage, ErrorPanel, field_error, returned_error};
use crate::parts::field::{SelectField, TextField};
use crate::parts::gone;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::{back, typed};
use contract::account::people::{AddPersonForm, BlankPersonView, ChangePersonForm, PersonView, SavedPerson};
use contract::error::{ApiError, StaleField};
use domain::permission::Role;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, name, t};

/// Where every form of a person goes on to.
pub fn saved_path(saved: &SavedPerson) -> String {
    format!("{PATH}/{}?saved=1", saved.user)
}

/// Back to the form of a new person with what was typed; the password is proposed anew.
pub fn unadded(form: &AddPersonForm) -> String {
    let texts =
        [("login", form.login.as_str()), ("name", &form.name), ("role", &form.role), ("area", &form.area)];
    back(&format!("{PATH}/new"), &texts)
}

/// Back to a person with what was typed.
pub fn unchanged(form: &ChangePersonForm) -> String {
    let page = format!("{PATH}/{}", encode(&form.user));
    back(&page, &[("name", &form.name), ("role", &form.role), ("area", &form.area)])
}

fn way(last: String) -> Vec<(String, String)> {
    vec![(t!(locale(), common.users).to_owned(), PATH.to_owned()), (last, String::new())]
}

#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let query = use_query_map();
    let person = ask(
        move || (crate::parts::gone::read(id), crate::parts::gone::read(query)),
        |(id, _)| api::person(id),
    );
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match person.await {
                    Ok(view) => view! { <Shown view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Shown(view: PersonView) -> impl IntoView {
    let l = locale();
    let doors = [ChangePerson::PATH, DisablePerson::PATH, ResetPassword::PATH];
    let error = doors.into_iter().find_map(returned_error);
    let saved = gone::query(|query| query.get("saved").is_some()) && error.is_none();
    let conflicts = match &error {
        Some(ApiError::Stale { conflicts }) => conflicts.clone(),
        Some(_) | None => Vec::new(),
    };
    let panel = (!conflicts.is_empty()).then(|| conflict_panel(l, &conflicts));
    let shown = error.clone().filter(|_| conflicts.is_empty());
    let title = format!("{}（{}）", view.person.name, view.person.login);
    view! {
        <Breadcrumb entries=way(view.person.login.clone()) />
        <PageHead title=title />
        {saved.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, project.saved)}</p> })}
        {shown.map(|error| view! { <ErrorPanel error=error /> })}
        {panel}
        {view
            .is_self
            .then(|| view! { <p class="notice" role="note">{t!(l, people.is_self)}</p> })}
        <Facts view=view.clone() />
        <div class="people-columns">
            <Edit view=view.clone() error=error.clone() conflicts />
            <Door view=view.clone() />
            <Password view error />
        </div>
    }
}

/// What the server said, in the reader's words: codes of roles are named.
fn conflict_panel(l: Locale, conflicts: &[StaleField]) -> AnyView {
    let word = |field: &str| match field {
        "name" => t!(l, account.full_name),
        "role" => t!(l, common.role),
        _ => t!(l, common.area),
    };
    let value = |text: &Option<String>| {
        let text = text.clone().unwrap_or_default();
        Role::from_code(&text).map_or(text, |role| name::role(l, role).to_owned())
    };
    let lines = conflicts
        .iter()
        .map(|conflict| {
            view! {
                <tr>
                    <th scope="row">{word(&conflict.field)}</th>
                    <td>{value(&conflict.yours)}</td>
                    <td>{value(&conflict.theirs)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="notice notice-warn" role="alert">
            <h2>{t!(l, project.conflict_title)}</h2>
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
        </section>
    }
    .into_any()
}

#[component]
fn Facts(view: PersonView) -> impl IntoView {
    let l = locale();
    let person = view.person;
    let last = person.last_sign_in.map_or_else(|| t!(l, account.never).to_owned(), format::instant);
    let sessions = format::integer(i64::try_from(view.sessions).unwrap_or(i64::MAX));
    let facts = [
        (t!(l, people.login), person.login),
        (t!(l, common.role), name::role(l, person.role).to_owned()),
        (t!(l, common.area), format!("{} {}", person.area, person.area_name)),
        (t!(l, common.created), format::instant(person.created)),
        (t!(l, people.last_sign_in), last),
        (t!(l, people.sessions), sessions),
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
    view! {
        <dl class="people-facts">
            {shown} <div>
                <dt>{t!(l, common.status)}</dt>
                <dd>{state(l, person.disabled, person.must_change)}</dd>
            </div>
        </dl>
    }
}

#[component]
fn Hidden(view: PersonView) -> impl IntoView {
    view! {
        <input type="hidden" name="user" value=view.person.user.to_string() />
        <input type="hidden" name="version" value=view.person.version.to_string() />
    }
}

#[component]
fn Edit(view: PersonView, error: Option<ApiError>, conflicts: Vec<StaleField>) -> impl IntoView {
    let l = locale();
    let own = |field: &str, kept: String| {
        let conflict = conflicts.iter().find(|conflict| conflict.field == field);
        let yours = conflict.and_then(|conflict| conflict.yours.clone());
        yours.or_else(|| typed(ChangePerson::PATH, field)).unwrap_or(kept)
    };
    let wrong = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let person = view.person.clone();
    view! {
        <section class="panel">
            <h2>{t!(l, people.edit)}</h2>
            <form method="post" action=ChangePerson::PATH class="form">
                <Hidden view=view />
                <TextField
                    name="name"
                    label=t!(l, account.full_name)
                    value=own("name", person.name)
                    error=wrong("name")
                    required=true
                    maxlength=100
                    autocomplete="off"
                />
                <SelectField
                    name="role"
                    label=t!(l, common.role)
                    value=own("role", person.role.code().to_owned())
                    choices=roles(l)
                    error=wrong("role")
                    hint=t!(l, people.role_hint)
                />
                <AreaPicker
                    name="area"
                    label=t!(l, common.area)
                    value=own("area", format!("{} {}", person.area, person.area_name))
                    error=wrong("area")
                />
                <Submit weight=Weight::Primary>{t!(l, common.save)}</Submit>
            </form>
        </section>
    }
}

/// Shutting out and letting in again.
#[component]
fn Door(view: PersonView) -> impl IntoView {
    let l = locale();
    let disabled = view.person.disabled;
    let (title, text, weight, next) = if disabled {
        (t!(l, people.enable), t!(l, people.enable_text), Weight::Normal, "0")
    } else {
        (t!(l, people.disable), t!(l, people.disable_text), Weight::Danger, "1")
    };
    view! {
        <section class="panel">
            <h2>{title}</h2>
            <form method="post" action=DisablePerson::PATH class="form">
                <Hidden view=view />
                <input type="hidden" name="disabled" value=next />
                <p>{text}</p>
                <Submit weight=weight>{title}</Submit>
            </form>
        </section>
    }
}

#[component]
fn Password(view: PersonView, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let wrong = Signal::stored(field_error(error.as_ref(), "password"));
    let proposal = view.proposal.clone();
    view! {
        <section class="panel">
            <h2>{t!(l, people.reset)}</h2>
            <form method="post" action=ResetPassword::PATH class="form">
                <Hidden view=view />
                <p>{t!(l, people.reset_text)}</p>
                <TextField
                    name="password"
                    label=t!(l, people.temporary)
                    value=proposal
                    hint=t!(l, people.temporary_hint)
                    error=wrong
                    required=true
                    maxlength=128
                    autocomplete="off"
                />
                <Submit weight=Weight::Danger>{t!(l, people.reset_do)}</Submit>
            </form>
        </section>
    }
}

/// The form of a new person.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    let l = locale();
    let blank = ask(|| (), |()| api::blank_person());
    let error = returned_error(AddPerson::PATH);
    view! {
        <Breadcrumb entries=way(t!(l, people.new).to_owned()) />
        <PageHead title=t!(l, people.new) />
        {error.clone().map(|error| view! { <ErrorPanel error=error /> })}
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let error = error.clone();
                Suspend::new(async move {
                    match blank.await {
                        Ok(blank) => view! { <NewForm blank error /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn NewForm(blank: BlankPersonView, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let wrong = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let came = |input: &str| typed(AddPerson::PATH, input);
    let area = came("area").unwrap_or_else(|| format!("{} {}", blank.area, blank.area_name));
    view! {
        <form method="post" action=AddPerson::PATH class="panel form">
            <input type="hidden" name="key" value=blank.key />
            <TextField
                name="login"
                label=t!(l, people.login)
                value=came("login").unwrap_or_default()
                error=wrong("login")
                required=true
                maxlength=64
                autocomplete="off"
            />
            <TextField
                name="name"
                label=t!(l, account.full_name)
                value=came("name").unwrap_or_default()
                error=wrong("name")
                required=true
                maxlength=100
                autocomplete="off"
            />
            <SelectField
                name="role"
                label=t!(l, common.role)
                value=came("role").unwrap_or_default()
                choices=roles(l)
                error=wrong("role")
                required=true
            />
            <AreaPicker name="area" label=t!(l, common.area) value=area error=wrong("area") />
            <TextField
                name="password"
                label=t!(l, people.temporary)
                value=blank.proposal
                hint=t!(l, people.temporary_hint)
                error=wrong("password")
                required=true
                maxlength=128
                autocomplete="off"
            />
            <Submit weight=Weight::Primary>{t!(l, people.add)}</Submit>
        </form>
    }
}

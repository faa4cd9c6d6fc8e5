//! The list of people: filters in the address, pages by key.

use super::api;
use crate::area::picker::AreaPicker;
use crate::parts::address;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::drawing::{CROSS, DISC, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::pager::Pager;
use crate::parts::status::Chip;
use contract::account::people::{PeopleCommitted, PeopleForm, PeopleView, PersonLine};
use domain::permission::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The path of the list.
pub const PATH: &str = "/admin/users";

/// Where a table that was taken over leads.
pub fn added_path(done: &PeopleCommitted) -> String {
    format!("{PATH}?added={}", done.people)
}

#[component]
pub fn PeoplePage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let form = Memo::new(move |_| {
        let text = |name: &str| query.try_with(|query| query.get(name)).flatten().unwrap_or_default();
        let (q, role, area) = (text("q"), text("role"), text("area"));
        PeopleForm { q, role, area, state: text("state"), page: text("page") }
    });
    let added = crate::parts::gone::query(|query| query.get("added").and_then(|n| n.parse::<u32>().ok()));
    let page = ask(move || crate::parts::gone::read(form), api::people_page);
    view! {
        <PageHead title=t!(l, common.users)>
            <LinkButton href="/admin/users/import">{t!(l, people.import)}</LinkButton>
            <LinkButton href="/admin/users/new" weight=Weight::Primary>
                {t!(l, people.new)}
            </LinkButton>
        </PageHead>
        {added
            .map(|added| {
                view! { <p class="notice notice-ok" role="status">{t!(l, people.added, count = added)}</p> }
            })}
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    let result = page.await;
                    view! {
                        <Filter form=form.clone() />
                        {match result {
                            Ok(view) => rows(l, &form, view),
                            Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                        }}
                    }
                })
            }}
        </Transition>
    }
}

/// Roles as choices.
pub fn roles(l: Locale) -> Vec<(String, String)> {
    Role::ALL.map(|role| (role.code().to_owned(), name::role(l, role).to_owned())).to_vec()
}

#[component]
fn Filter(form: PeopleForm) -> impl IntoView {
    let l = locale();
    let every = || (String::new(), t!(l, people.every).to_owned());
    let states = [("active", t!(l, people.active)), ("disabled", t!(l, people.disabled))];
    let states = states.map(|(code, word)| (code.to_owned(), word.to_owned()));
    view! {
        <form method="get" action=PATH class="people-filter toolbar" role="search" aria-label=t!(l, people.filter)>
            <label>
                {t!(l, people.search)}
                <input class="input" type="search" name="q" value=form.q.clone() maxlength="100" autocomplete="off" />
            </label>
            {choice("role", t!(l, common.role), &form.role, std::iter::once(every()).chain(roles(l)))}
            {choice("state", t!(l, common.status), &form.state, std::iter::once(every()).chain(states))}
            <AreaPicker name="area" label=t!(l, common.area) value=form.area required=false />
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
        </form>
    }
}

fn choice(
    name: &'static str,
    label: &'static str,
    value: &str,
    choices: impl Iterator<Item = (String, String)>,
) -> AnyView {
    let options = choices
        .map(|(code, word)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <label>
            {label}
            <select class="input" name=name>{options}</select>
        </label>
    }
    .into_any()
}

fn rows(l: Locale, form: &PeopleForm, view: PeopleView) -> AnyView {
    if view.rows.is_empty() {
        return view! {
            <Empty reason=t!(l, people.none_found)>
                <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let to = |page: &str| {
        let parts = [
            ("q", form.q.as_str()),
            ("role", form.role.as_str()),
            ("area", form.area.as_str()),
            ("state", form.state.as_str()),
            ("page", page),
        ];
        address::write(PATH, &parts)
    };
    let first = (!form.page.is_empty()).then(|| to(""));
    let next = view.next.as_deref().map(to);
    let summary = t!(l, people.count, count = view.total);
    let lines = view.rows.into_iter().map(|person| line(l, person)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, common.users)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, people.login)}</th>
                        <th scope="col">{t!(l, account.full_name)}</th>
                        <th scope="col">{t!(l, common.role)}</th>
                        <th scope="col">{t!(l, common.area)}</th>
                        <th scope="col">{t!(l, common.status)}</th>
                        <th scope="col" class="date">{t!(l, people.last_sign_in)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Pager summary=summary first=first previous=None next=next />
    }
    .into_any()
}

fn line(l: Locale, person: PersonLine) -> impl IntoView {
    let last = person.last_sign_in.map_or_else(|| t!(l, account.never).to_owned(), format::instant);
    view! {
        <tr>
            <th scope="row" class="people-login">
                <a href=format!("{PATH}/{}", person.user)>{person.login.clone()}</a>
            </th>
            <td>{person.name.clone()}</td>
            <td>{name::role(l, person.role)}</td>
            <td>{person.area_name.clone()}</td>
            <td>{state(l, person.disabled, person.must_change)}</td>
            <td class="date">{last}</td>
        </tr>
    }
}

/// Whether somebody can sign in, as colour, shape and word.
pub fn state(l: Locale, disabled: bool, must_change: bool) -> AnyView {
    let (tone, drawing, word) = match (disabled, must_change) {
        (true, _) => ("neutral", CROSS, t!(l, people.disabled)),
        (false, true) => ("warn", TRIANGLE, t!(l, people.waiting)),
        (false, false) => ("ok", DISC, t!(l, people.active)),
    };
    view! { <Chip tone=tone drawing=drawing word=word /> }.into_any()
}

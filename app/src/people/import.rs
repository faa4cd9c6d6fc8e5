//! A table of people: choosing the file, every row with what is wrong with it, adding the good ones.

use super::api::{self, CommitPeople, UploadPeople};
use super::list::PATH;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::account::people::{PeopleImportView, PersonFault, PersonRow};
use contract::area::Staged;
use domain::permission::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, name, t};

/// Where a table that was kept aside is looked at.
pub fn staged_path(staged: &Staged) -> String {
    format!("{PATH}/import?batch={}", staged.batch)
}

#[component]
pub fn PeopleImportPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let batch = Memo::new(move |_| query.try_with(|found| found.get("batch")).flatten().unwrap_or_default());
    let table = ask(move || crate::parts::gone::read(batch), api::staged_people);
    let error = returned_error(UploadPeople::PATH).or_else(|| returned_error(CommitPeople::PATH));
    let way = vec![
        (t!(l, common.users).to_owned(), PATH.to_owned()),
        (t!(l, people.import).to_owned(), String::new()),
    ];
    view! {
        <Breadcrumb entries=way />
        <PageHead title=t!(l, people.import) />
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
    let signs = Role::ALL.map(|role| format!("{} = {}", role.sign(), role.code())).join(" · ");
    view! {
        <section class="panel">
            <h2>{t!(l, people.import_file)}</h2>
            <p>{t!(l, people.import_text)}</p>
            <p class="field-hint">{t!(l, people.import_roles, roles = signs)}</p>
            <form method="post" action=UploadPeople::PATH enctype="multipart/form-data" class="form form-row">
                <div class="field">
                    <label class="field-label" for="file">{t!(l, area.import_choose)}</label>
                    <input class="input" id="file" name="file" type="file" accept=".csv,.txt,.xlsx" required />
                </div>
                <Submit weight=Weight::Primary>{t!(l, area.import_look)}</Submit>
            </form>
        </section>
    }
}

#[component]
fn Preview(view: PeopleImportView) -> impl IntoView {
    let l = locale();
    let good = view.good;
    let counts = t!(l, people.import_counts, good = view.good, wrong = view.wrong);
    let rows = view.rows.into_iter().map(|row| line(l, row)).collect_view();
    view! {
        <form method="post" action=CommitPeople::PATH class="panel">
            <h2>{t!(l, area.import_preview)}" · "{view.file}</h2>
            <p role="status">{counts}</p>
            {(good > 0).then(|| view! { <p class="notice notice-warn" role="note">{t!(l, people.import_once)}</p> })}
            <input type="hidden" name="batch" value=view.batch />
            <input type="hidden" name="key" value=view.key />
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, area.import_preview)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, area.import_line)}</th>
                            <th scope="col">{t!(l, people.login)}</th>
                            <th scope="col">{t!(l, account.full_name)}</th>
                            <th scope="col">{t!(l, common.role)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col">{t!(l, people.import_result)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="toolbar people-commit">
                {(good > 0)
                    .then(|| {
                        view! {
                            <Submit weight=Weight::Primary>{t!(l, people.import_do, count = good)}</Submit>
                        }
                    })}
                <LinkButton href=PATH>{t!(l, common.cancel)}</LinkButton>
            </p>
        </form>
    }
}

fn line(l: Locale, row: PersonRow) -> impl IntoView {
    let role = row.known_role.map_or(row.role, |role| name::role(l, role).to_owned());
    let area = row.known_area.map_or(row.area, |(code, name)| format!("{code} {name}"));
    let result = if row.faults.is_empty() {
        view! {
            <input
                class="input people-password"
                name="passwords[]"
                value=row.proposal
                required
                maxlength="128"
                autocomplete="off"
                aria-label=t!(l, people.password_of, login = row.login.clone())
            />
        }
        .into_any()
    } else {
        let faults =
            row.faults.into_iter().map(|fault| view! { <li>{sentence(l, fault)}</li> }).collect_view();
        view! { <ul class="people-faults">{faults}</ul> }.into_any()
    };
    view! {
        <tr>
            <td class="number">{row.row}</td>
            <td>{row.login}</td>
            <td>{row.name}</td>
            <td>{role}</td>
            <td>{area}</td>
            <td>{result}</td>
        </tr>
    }
}

fn sentence(l: Locale, fault: PersonFault) -> &'static str {
    match fault {
        PersonFault::LoginMissing => t!(l, people.fault_login_missing),
        PersonFault::LoginTooLong => t!(l, people.fault_login_long),
        PersonFault::LoginTaken => t!(l, people.fault_login_taken),
        PersonFault::LoginTwice => t!(l, people.fault_login_twice),
        PersonFault::NameMissing => t!(l, people.fault_name_missing),
        PersonFault::NameTooLong => t!(l, people.fault_name_long),
        PersonFault::Role => t!(l, people.fault_role),
        PersonFault::Area => t!(l, people.fault_area),
    }
}

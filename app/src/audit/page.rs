//! The page of the trail: who did what where and when, in words; whether the chain holds; ways to a file.

use super::api;
use crate::area::picker::AreaPicker;
use crate::parts::address;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::pager::Pager;
use contract::audit::{AuditForm, AuditLine, AuditObject, AuditView, ChainCheck};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The path of the trail.
pub const PATH: &str = "/admin/audit";
/// Where a part of the trail is made as a file.
pub const EXPORT_PATH: &str = "/admin/audit/export";

/// The address of a query at one of the paths, with some parts of its own.
fn at(path: &str, form: &AuditForm, own: &[(&str, &str)]) -> String {
    let mut parts = vec![
        ("login", form.login.as_str()),
        ("action", form.action.as_str()),
        ("object", form.object.as_str()),
        ("id", form.id.as_str()),
        ("area", form.area.as_str()),
        ("from", form.from.as_str()),
        ("to", form.to.as_str()),
    ];
    parts.extend(own);
    address::write(path, &parts)
}

#[component]
pub fn AuditPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let form = Memo::new(move |_| {
        let text = |name: &str| query.try_with(|query| query.get(name)).flatten().unwrap_or_default();
        AuditForm {
            login: text("login"),
            action: text("action"),
            object: text("object"),
            id: text("id"),
            area: text("area"),
            from: text("from"),
            to: text("to"),
            page: text("page"),
            check: text("check"),
        }
    });
    let page = ask(move || crate::parts::gone::read(form), api::audit_page);
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => view! { <Shown form view /> }.into_any(),
                        Err(error) => {
                            view! {
                                <PageHead title=t!(l, common.audit) />
                                <ErrorPanel error=error />
                                <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(form: AuditForm, view: AuditView) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::ExportAudit);
    let (csv, xlsx) =
        (at(EXPORT_PATH, &form, &[("format", "csv")]), at(EXPORT_PATH, &form, &[("format", "xlsx")]));
    view! {
        <PageHead title=t!(l, common.audit)>
            {may
                .then(|| {
                    view! {
                        <LinkButton href=csv download=true>{t!(l, audit.export_csv)}</LinkButton>
                        <LinkButton href=xlsx download=true>{t!(l, audit.export_xlsx)}</LinkButton>
                    }
                })}
        </PageHead>
        <Chain form=form.clone() head=view.head.clone() check=view.check.clone() />
        <Filter form=form.clone() />
        {rows(l, &form, view)}
    }
}

#[component]
fn Chain(form: AuditForm, head: (i64, String), check: Option<ChainCheck>) -> impl IntoView {
    let l = locale();
    let walk = at(PATH, &form, &[("check", "1")]);
    let found = check.map(|check| match check.breach {
        None => {
            let text = t!(l, audit.chain_sound, count = format::integer(check.entries));
            view! { <p class="notice notice-ok" role="status">{text}</p> }.into_any()
        }
        Some(place) => {
            let text = t!(l, audit.chain_broken, place = place);
            view! { <p class="notice notice-warn" role="alert">{text}</p> }.into_any()
        }
    });
    view! {
        <section class="panel audit-chain" aria-label=t!(l, audit.chain)>
            <p>
                {t!(l, audit.head, seq = head.0)} " " <code>{head.1}</code>
            </p>
            <LinkButton href=walk>{t!(l, audit.walk)}</LinkButton>
        </section>
        {found}
    }
}

#[component]
fn Filter(form: AuditForm) -> impl IntoView {
    let l = locale();
    let actions = Action::ALL.map(|action| (action.code().to_owned(), name::action(l, action).to_owned()));
    let objects =
        AuditObject::ALL.map(|object| (object.code().to_owned(), name::audit_object(l, object).to_owned()));
    view! {
        <form method="get" action=PATH class="audit-filter toolbar" role="search" aria-label=t!(l, audit.filter)>
            {(!form.id.is_empty()).then(|| view! { <input type="hidden" name="id" value=form.id.clone() /> })}
            {text("login", t!(l, audit.login), "search", &form.login)}
            {choice("action", t!(l, audit.action), &form.action, actions.to_vec())}
            {choice("object", t!(l, audit.object), &form.object, objects.to_vec())}
            {text("from", t!(l, audit.from), "date", &form.from)}
            {text("to", t!(l, audit.to), "date", &form.to)}
            <AreaPicker name="area" label=t!(l, common.area) value=form.area required=false />
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
        </form>
    }
}

fn text(name: &'static str, label: &'static str, kind: &'static str, value: &str) -> AnyView {
    view! {
        <label>
            {label}
            <input class="input" type=kind name=name value=value.to_owned() maxlength="100" autocomplete="off" />
        </label>
    }
    .into_any()
}

fn choice(name: &'static str, label: &'static str, value: &str, choices: Vec<(String, String)>) -> AnyView {
    let every = (String::new(), t!(locale(), people.every).to_owned());
    let options = std::iter::once(every)
        .chain(choices)
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

fn rows(l: Locale, form: &AuditForm, view: AuditView) -> AnyView {
    if view.lines.is_empty() {
        return view! {
            <Empty reason=t!(l, audit.none_found)>
                <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let first = (!form.page.is_empty()).then(|| at(PATH, form, &[]));
    let next = view.next.as_deref().map(|page| at(PATH, form, &[("page", page)]));
    let summary = t!(l, audit.shown, count = view.lines.len());
    let lines = view.lines.into_iter().map(|act| line(l, act)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, common.audit)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="number">{t!(l, audit.seq)}</th>
                        <th scope="col" class="date">{t!(l, audit.at)}</th>
                        <th scope="col">{t!(l, audit.login)}</th>
                        <th scope="col">{t!(l, common.role)}</th>
                        <th scope="col">{t!(l, audit.action)}</th>
                        <th scope="col">{t!(l, audit.object)}</th>
                        <th scope="col">{t!(l, audit.detail)}</th>
                        <th scope="col">{t!(l, common.area)}</th>
                        <th scope="col">{t!(l, audit.ip)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Pager summary=summary first=first previous=None next=next />
    }
    .into_any()
}

fn line(l: Locale, act: AuditLine) -> impl IntoView {
    let word = name::audit_object_code(l, &act.object);
    let page = act.object_id.as_deref().and_then(|id| way_to(&act.object, id));
    let object = match page {
        Some(href) => view! { <a href=href>{word}</a> }.into_any(),
        None => word.into_any(),
    };
    let who = act.login.unwrap_or_else(|| t!(l, audit.product).to_owned());
    view! {
        <tr>
            <td class="number">{act.seq}</td>
            <td class="date">{format::instant(act.at)}</td>
            <td>{who}</td>
            <td>{name::role_code(l, &act.role)}</td>
            <td>{name::action_code(l, &act.action)}</td>
            <td>{object}</td>
            <td class="audit-detail">{name::audit_detail(l, &act.detail)}</td>
            <td>{act.area_name}</td>
            <td>{act.ip}</td>
        </tr>
    }
}

/// The page of the thing an act was about, where it has one.
fn way_to(object: &str, id: &str) -> Option<String> {
    let path = match AuditObject::from_code(object)? {
        AuditObject::Project => "/projects",
        AuditObject::Site => "/communities",
        AuditObject::Statement => "/statements",
        AuditObject::Finding => crate::review::address::PATH,
        AuditObject::Rule => {
            return Some(format!("{}/{}", crate::review::address::RULES, without_edition(id)));
        }
        AuditObject::SourceEdition => {
            return Some(format!("{}/{}", crate::fund::address::SOURCES, without_edition(id)));
        }
        AuditObject::Reconciliation => crate::ledger::reconcile::address::PATH,
        AuditObject::ReturnBook => crate::dispatch::address::PATH,
        AuditObject::Control => return Some(crate::ledger::address::CONTROLS.to_owned()),
        AuditObject::Coefficients => crate::jobs::edition::address::PATH,
        AuditObject::Bulletin => crate::bulletin::address::PATH,
        AuditObject::Area => "/admin/areas",
        AuditObject::Account | AuditObject::Session => "/admin/users",
        AuditObject::List
        | AuditObject::Import
        | AuditObject::Attachment
        | AuditObject::Synonym
        | AuditObject::ApiToken
        | AuditObject::Wall
        | AuditObject::Audit
        | AuditObject::Setup
        | AuditObject::ReturnRow => return None,
    };
    Some(format!("{path}/{id}"))
}

/// `R17.2` is the second edition of R17; all editions of one stand on its page.
fn without_edition(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

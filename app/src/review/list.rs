//! 疑点: the gravest first, those that say the same as one line with its number; every line leads to its finding and to what
//! it is about.

use super::address::{self, PATH};
use super::api;
use super::filter::{Filter, States};
use super::frame::Head;
use super::text::{LevelChip, StateChip, arithmetic, rule, subject};
use super::walk::Walk;
use crate::parts::asking::ask;
use crate::parts::button::LinkButton;
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::loading::Loading;
use crate::parts::pager::Pager;
use contract::review::form::DeskForm;
use contract::review::{DeskLine, DeskView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn FindingsPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::read).unwrap_or_default());
    let desk = ask(move || crate::parts::gone::read(form), api::findings);
    let refused = returned_error(api::BeginWalk::PATH).or_else(|| returned_error(api::StopWalk::PATH));
    let done = crate::parts::gone::query(|query| query.get("done")).and_then(|done| match done.as_str() {
        "begun" => Some(t!(l, review.walk_begun)),
        "stopped" => Some(t!(l, review.walk_stopped)),
        _ => None,
    });
    view! {
        {move || view! { <Head path=PATH form=form.get() /> }}
        {done.map(|text| view! { <p class="notice notice-ok" role="status">{text}</p> })}
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match desk.await {
                        Ok(view) => view! { <Shown form view /> }.into_any(),
                        Err(error) => {
                            view! {
                                <ErrorPanel error=error />
                                <LinkButton href=PATH>{t!(locale(), common.reset)}</LinkButton>
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

#[component]
fn Shown(form: DeskForm, view: DeskView) -> impl IntoView {
    let l = locale();
    let group = (!form.group.is_empty()).then(|| {
        let back = DeskForm { group: String::new(), page: String::new(), ..form.clone() };
        view! {
            <p class="notice">
                {t!(l, review.same_shown)} " " <a href=address::desk(&back)>{t!(l, review.same_back)}</a>
            </p>
        }
    });
    view! {
        <p class="review-lead">{t!(l, review.lead)}</p>
        <Walk walk=view.walk.clone() />
        <States form=form.clone() states=view.states.clone() overdue=view.overdue />
        <Filter form=form.clone() view=view.clone() />
        {group}
        {rows(l, &form, view)}
    }
    .into_any()
}

fn rows(l: Locale, form: &DeskForm, view: DeskView) -> AnyView {
    if view.lines.is_empty() {
        let is_all = *form == DeskForm::default();
        let reason = if is_all { t!(l, review.none) } else { t!(l, review.none_found) };
        return view! {
            <Empty reason=reason>
                <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let on = |page: &str| address::desk(&DeskForm { page: page.to_owned(), ..form.clone() });
    let first = (!form.page.is_empty()).then(|| on(""));
    let next = view.next.as_deref().map(on);
    let summary = t!(l, review.shown, count = view.lines.len());
    let lines = view.lines.into_iter().map(|found| line(l, form, found)).collect_view();
    view! {
        <div class="table-scroll review-table" tabindex="0" role="region" aria-label=t!(l, review.tab_desk)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, review.level)}</th>
                        <th scope="col">{t!(l, review.rule)}</th>
                        <th scope="col">{t!(l, review.subject)}</th>
                        <th scope="col">{t!(l, review.arithmetic)}</th>
                        <th scope="col">{t!(l, review.state)}</th>
                        <th scope="col" class="date">{t!(l, review.found)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Pager summary=summary first=first previous=None next=next />
    }
    .into_any()
}

fn line(l: Locale, form: &DeskForm, found: DeskLine) -> impl IntoView + use<> {
    let DeskLine { count, finding } = found;
    let to = address::one(finding.id);
    let is_folded = count > 1;
    let same = is_folded.then(|| {
        let open = DeskForm {
            rule: finding.finding.rule.code().to_owned(),
            group: finding.finding.group.as_str().to_owned(),
            page: String::new(),
            ..form.clone()
        };
        let label = t!(l, review.same_open, count = count);
        view! {
            <a class="review-same" href=address::desk(&open) title=label>
                {t!(l, review.same, count = format::integer(i64::from(count)))}
            </a>
        }
    });
    let late = finding.days_overdue.map(|days| {
        view! { <span class="review-late">{t!(l, review.days_overdue, days = days)}</span> }
    });
    let state = (!is_folded).then(|| view! { <StateChip state=finding.state.name() /> });
    view! {
        <tr class:review-folded=is_folded>
            <td>
                <LevelChip level=finding.finding.level />
            </td>
            <th scope="row" class="review-rule">
                <a href=to>{rule(l, finding.finding.rule)}</a>
                {same}
            </th>
            <td class="review-subject">{subject(l, &finding)}</td>
            <td class="review-sum">{arithmetic(l, &finding)}</td>
            <td>
                {state}
                {late}
            </td>
            <td class="date">{format::instant(finding.found)}</td>
        </tr>
    }
}

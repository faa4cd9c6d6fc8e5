//! The workbench: figures of the own area that lead to what they count, and the ways a role goes most.

use super::{api, funds};
use crate::parts::asking::ask;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::icon::{Icon, Shape};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::session::me;
use contract::account::MeView;
use contract::dispatch::Glance;
use contract::history::ChangeKind;
use contract::home::{ChangeLine, HomeView, ListFigures};
use domain::list::Mark;
use domain::permission::{Action, Role};
use domain::project::Stage;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn HomePage() -> impl IntoView {
    let l = locale();
    let board = ask(|| (), |()| api::board());
    view! {
        <PageHead title=t!(l, common.home) />
        {me().map(|me| view! { <p class="home-greeting">{greeting(l, &me)}</p> })}
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match board.await {
                    Ok(view) => me().map(|me| view! { <Board me view /> }).into_any(),
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn greeting(l: Locale, me: &MeView) -> String {
    t!(
        l,
        account.greeting,
        name = me.name.clone(),
        role = name::role(l, me.role),
        area = me.area_name.clone()
    )
}

#[component]
fn Board(me: MeView, view: HomeView) -> impl IntoView {
    let l = locale();
    let brief = (me.role == Role::Leader).then(|| brief(l, &me, &view));
    let sees_projects = !view.lists.is_empty();
    let money = view.funds.map(|figures| funds::section(l, view.plan_year, figures));
    let (before, after) = if funds::leads(me.role) { (money, None) } else { (None, money) };
    view! {
        {brief}
        {before}
        {sees_projects
            .then(|| {
                view! {
                    <section aria-labelledby="home-lists">
                        <h2 id="home-lists">{t!(l, home.lists, year = view.plan_year.to_string())}</h2>
                        <ul class="cards">{view.lists.iter().map(|list| list_card(l, list)).collect_view()}</ul>
                    </section>
                    <section aria-labelledby="home-attention">
                        <h2 id="home-attention">{t!(l, home.attention)}</h2>
                        <ul class="cards">{view.returns.iter().map(|glance| returns(l, glance)).collect_view()} {attention(l, &view)}</ul>
                    </section>
                }
            })}
        {after}
        <div class="home-columns">
            <section class="panel" aria-labelledby="home-work">
                <h2 id="home-work">{t!(l, home.work)}</h2>
                <ul class="home-ways">{ways(l, &me, &view)}</ul>
            </section>
            {sees_projects
                .then(|| {
                    view! {
                        <section class="panel" aria-labelledby="home-changes">
                            <h2 id="home-changes">{t!(l, home.changes)}</h2>
                            {changes(l, &view.changes)}
                        </section>
                    }
                })}
        </div>
    }
    .into_any()
}

/// What a leader reads first, in two sentences made of the figures below.
fn brief(l: Locale, me: &MeView, view: &HomeView) -> AnyView {
    let on_lists = view.lists.iter().filter(|list| list.horizon.is_some());
    let count: u64 = on_lists.clone().map(|list| list.projects).sum();
    let total = domain::money::Money::sum(on_lists.map(|list| list.total)).unwrap_or_default();
    let pool = view.lists.iter().find(|list| list.horizon.is_none()).map_or(0, |list| list.projects);
    let first = t!(
        l,
        home.brief,
        area = me.area_name.clone(),
        year = view.plan_year.to_string(),
        count = format::count(count),
        total = format::money(l, total),
        pool = format::count(pool),
        ready = format::count(view.ready.unwrap_or_default())
    );
    let of =
        |mark| view.marks.iter().find(|(known, _)| *known == mark).map(|(_, count)| format::count(*count));
    let second = match (of(Mark::Gap), of(Mark::Gates), of(Mark::Quiet)) {
        (Some(gap), Some(gates), Some(quiet)) => {
            Some(t!(l, home.brief_marks, gap = gap, gates = gates, quiet = quiet))
        }
        _ => None,
    };
    view! {
        <section class="panel home-brief">
            <p>{first}</p>
            {second.map(|second| view! { <p>{second}</p> })}
        </section>
    }
    .into_any()
}

fn list_card(l: Locale, list: &ListFigures) -> AnyView {
    let (word, code) = match list.horizon {
        Some(horizon) => (name::horizon(l, horizon), horizon.code()),
        None => (t!(l, home.everything), "pool"),
    };
    card(
        format!("/projects?list={code}"),
        word.to_owned(),
        t!(l, home.list_projects, count = format::count(list.projects)),
        format::money(l, list.total),
    )
}

/// A figure that leads to what it counts.
pub(super) fn card(href: String, title: String, figure: String, note: String) -> AnyView {
    view! {
        <li>
            <a class="card" href=href>
                <span class="card-title">{title}</span>
                <span class="card-number">{figure}</span>
                <span class="card-note">{note}</span>
            </a>
        </li>
    }
    .into_any()
}

/// 月调度 of the month being reported, or of another that asks for something: how many have handed in, and what waits or was
/// reminded of.
fn returns(l: Locale, glance: &Glance) -> AnyView {
    let parts = [
        glance.due.map(|due| t!(l, dispatch.home_due, day = format::date(due))),
        (glance.returned > 0).then(|| t!(l, dispatch.home_returned, count = glance.returned)),
        (glance.to_decide > 0).then(|| t!(l, dispatch.home_to_decide, count = glance.to_decide)),
        glance.reminded.as_ref().map(|mark| {
            t!(l, dispatch.home_reminded, name = mark.name.clone(), at = format::instant(mark.at))
        }),
    ];
    card(
        crate::dispatch::address::month(glance.month),
        t!(l, dispatch.home, month = glance.month.to_string()),
        t!(l, dispatch.home_all, done = format::count(glance.handed_in), all = format::count(glance.areas)),
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    )
}

fn attention(l: Locale, view: &HomeView) -> Vec<AnyView> {
    let mut cards = Vec::new();
    if let Some(ready) = view.ready {
        let href = format!("/projects?list=pool&stage={}", Stage::Ready.code());
        cards.push(card(
            href,
            t!(l, home.ready).to_owned(),
            format::count(ready),
            t!(l, home.ready_hint).to_owned(),
        ));
    }
    for (mark, count) in &view.marks {
        let href = format!("/projects?list=pool&mark={}", mark.code());
        let hint = match mark {
            Mark::Gap => t!(l, home.gap_hint),
            Mark::Gates => t!(l, home.gates_hint),
            Mark::Quiet => t!(l, home.quiet_hint),
        };
        let word = crate::list::choice::mark(l, *mark);
        cards.push(card(href, word.to_owned(), format::count(*count), hint.to_owned()));
    }
    cards
}

/// Links to what this person may do, with a figure where there is one.
fn ways(l: Locale, me: &MeView, view: &HomeView) -> Vec<AnyView> {
    let sites = view.sites.map(|count| t!(l, home.sites, count = format::count(count)));
    let people = view.people.map(|(count, barred)| {
        t!(l, home.people, count = format::count(count), barred = format::count(barred))
    });
    let all: [(&str, &str, Shape, Action, Option<String>); 6] = [
        ("/projects/new", t!(l, home.new_project), Shape::File, Action::EditProject, None),
        ("/projects/import", t!(l, common.import), Shape::Import, Action::ImportWorkbook, None),
        ("/communities", t!(l, common.sites), Shape::Sites, Action::ViewSites, sites),
        ("/admin/users", t!(l, common.users), Shape::Users, Action::ManageUsers, people),
        ("/admin/audit", t!(l, common.audit), Shape::Audit, Action::ViewAudit, None),
        ("/account", t!(l, common.account), Shape::Account, Action::ManageOwnAccount, None),
    ];
    all.into_iter()
        .filter(|(_, _, _, action, _)| me.may.includes(*action))
        .map(|(href, word, shape, _, note)| {
            view! {
                <li>
                    <a class="home-way" href=href>
                        <Icon shape=shape />
                        <span>{word}</span>
                        {note.map(|note| view! { <span class="card-note">{note}</span> })}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect()
}

fn changes(l: Locale, lines: &[ChangeLine]) -> AnyView {
    if lines.is_empty() {
        return view! { <p>{t!(l, home.no_changes)}</p> }.into_any();
    }
    let lines = lines
        .iter()
        .map(|line| {
            let by = line.by.clone().unwrap_or_else(|| t!(l, home.by_system).to_owned());
            let what = match &line.project {
                Some((id, name)) if line.projects == 1 => {
                    view! { <a href=format!("/projects/{id}/history")>{name.clone()}</a> }.into_any()
                }
                Some(_) | None => {
                    view! { <span>{t!(l, home.changed_projects, count = format::count(line.projects))}</span> }
                        .into_any()
                }
            };
            view! {
                <li class="home-change">
                    <time>{format::instant(line.at)}</time>
                    <span>{by}</span>
                    <span>{kind(l, line.kind)}</span>
                    {what}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="home-changes">{lines}</ol> }.into_any()
}

fn kind(l: Locale, kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Edit => t!(l, home.change_edit),
        ChangeKind::Bulk => t!(l, home.change_bulk),
        ChangeKind::Import => t!(l, home.change_import),
        ChangeKind::Undo => t!(l, home.change_undo),
        ChangeKind::Move => t!(l, home.change_move),
    }
}

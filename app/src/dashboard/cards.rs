//! The five cards: one large figure each, what it is to be read against, and what it means.

use super::explained::explained;
use super::{address, text};
use crate::parts::drawing::{DIAMOND, DISC, TRIANGLE};
use contract::dashboard::{DashboardView, Key, Rate};
use domain::review::rule::Level;
use leptos::prelude::*;
use words::{Locale, format, t};

/// How much of a card there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// with explanations and ways
    Page,
    /// on a wall, where nobody clicks
    Wall,
    /// on a wall that nobody signed in to: without a link
    Key,
}

impl Extent {
    /// Where links that change the filter lead; none where there is nobody to follow them.
    pub const fn path(self) -> Option<&'static str> {
        match self {
            Extent::Page => Some(address::PATH),
            Extent::Wall => Some(address::SCREEN),
            Extent::Key => None,
        }
    }
}

/// All five.
pub fn cards(l: Locale, view: &DashboardView, extent: Extent) -> AnyView {
    let all = [reserve(l, view), plan(l, view), funds(l, view), work(l, view), warnings(l, view, extent)];
    view! {
        <div class="dashboard-cards">
            {all.into_iter().map(|card| shown(l, view, card, extent)).collect_view()}
        </div>
    }
    .into_any()
}

struct Card {
    title: &'static str,
    number: String,
    notes: Vec<AnyView>,
    keys: &'static [Key],
}

fn shown(l: Locale, view: &DashboardView, card: Card, extent: Extent) -> AnyView {
    let behind = card.keys.first().and_then(|key| address::behind(view, *key));
    let ways = (extent == Extent::Page).then(|| {
        let word = t!(l, dashboard.behind_of, about = card.title);
        view! {
            <div class="dashboard-ways" data-noprint="">
                {behind.map(|href| view! { <a href=href aria-label=word>{t!(l, dashboard.behind)}</a> })}
                {explained(l, view, card.title, card.keys)}
            </div>
        }
    });
    view! {
        <section class="dashboard-card">
            <h2>{card.title}</h2>
            <p class="dashboard-number">{card.number}</p>
            {card.notes}
            {ways}
        </section>
    }
    .into_any()
}

fn note(text: String) -> AnyView {
    view! { <p class="dashboard-note">{text}</p> }.into_any()
}

/// A rate and its distance from 时间进度, with a sign and a word besides its colour.
fn rated(l: Locale, title: String, rate: Rate) -> AnyView {
    let share = rate.share.map_or_else(|| format::UNKNOWN.to_owned(), format::percent);
    let gap = rate.gap.map(|gap| {
        let tone = if gap < 0 { "dashboard-slow" } else { "dashboard-fast" };
        view! { <span class=tone>{text::against_time(l, gap)}</span> }
    });
    view! { <p class="dashboard-note">{title} " " <strong>{share}</strong> " " {gap}</p> }.into_any()
}

fn reserve(l: Locale, view: &DashboardView) -> Card {
    let added = format::integer(i64::try_from(view.reserve.added).unwrap_or(i64::MAX));
    Card {
        title: t!(l, dashboard.card_reserve),
        number: t!(l, dashboard.projects, count = text::value(l, view.value(Key::Reserve))),
        notes: vec![
            note(text::value(l, view.value(Key::ReserveTotal))),
            note(t!(l, dashboard.added, month = view.as_of.month(), count = added)),
        ],
        keys: &[Key::Reserve, Key::ReserveTotal, Key::ReserveAdded],
    }
}

fn plan(l: Locale, view: &DashboardView) -> Card {
    let of = |key| text::value(l, view.value(key));
    let invested = t!(l, dashboard.invested, amount = of(Key::Invested));
    Card {
        title: t!(l, dashboard.card_plan),
        number: of(Key::Plan),
        notes: vec![
            note(t!(l, dashboard.plan_note, count = of(Key::PlanProjects), share = of(Key::Industry))),
            rated(l, invested, view.plan.invested_rate),
            note(t!(l, dashboard.started, count = of(Key::Started), reported = view.plan.reported)),
        ],
        keys: &[
            Key::Plan,
            Key::PlanProjects,
            Key::Industry,
            Key::Invested,
            Key::InvestedRate,
            Key::Started,
            Key::Elapsed,
        ],
    }
}

fn funds(l: Locale, view: &DashboardView) -> Card {
    let of = |key| text::value(l, view.value(key));
    let mut notes = vec![
        rated(l, text::measured(l, view.funds.measure).to_owned(), view.funds.disbursed),
        rated(l, t!(l, dashboard.paid, amount = of(Key::Paid)), view.funds.paid),
    ];
    notes.extend(view.nodes.iter().map(|node| note(text::node(l, node))));
    Card {
        title: t!(l, dashboard.card_funds),
        number: of(Key::Disbursed),
        notes,
        keys: &[Key::Disbursed, Key::DisbursedRate, Key::Paid, Key::PaidRate, Key::Issued, Key::Elapsed],
    }
}

fn work(l: Locale, view: &DashboardView) -> Card {
    let of = |key| text::value(l, view.value(key));
    let relocated =
        view.work.relocated.map(|count| note(t!(l, dashboard.relocated, count = format::integer(count))));
    let mut notes: Vec<_> = relocated.into_iter().collect();
    if view.work.met.is_some() {
        notes.push(note(t!(l, dashboard.jobs_note, share = of(Key::JobsRate))));
    }
    Card {
        title: t!(l, dashboard.card_jobs),
        number: t!(l, dashboard.jobs_pair, present = of(Key::Present), estimate = of(Key::Estimate)),
        notes,
        keys: &[Key::Present, Key::Estimate, Key::JobsRate],
    }
}

fn warnings(l: Locale, view: &DashboardView, extent: Extent) -> Card {
    let of = |key| text::value(l, view.value(key));
    let found = view.warnings;
    let levels = [
        (Level::Red, found.red, DIAMOND, t!(l, dashboard.level_red), "dashboard-level dashboard-red"),
        (
            Level::Warning,
            found.warning,
            TRIANGLE,
            t!(l, dashboard.level_yellow),
            "dashboard-level dashboard-yellow",
        ),
        (Level::Hint, found.hint, DISC, t!(l, dashboard.level_blue), "dashboard-level dashboard-blue"),
    ]
    .map(|(level, count, shape, word, class)| {
        let inside = view! {
            <svg class="icon" viewBox="0 0 12 12" aria-hidden="true">
                <path d=shape fill="currentColor" />
            </svg>
            {word}
            " "
            {count}
        };
        let href = address::findings(view, Some(level), "", None);
        if extent == Extent::Page {
            view! { <a class=class href=href>{inside}</a> }.into_any()
        } else {
            view! { <span class=class>{inside}</span> }.into_any()
        }
    });
    let levels = view! { <p class="dashboard-note">{levels.into_iter().collect_view()}</p> }.into_any();
    let late = t!(l, dashboard.late_note, overdue = of(Key::Overdue), starts = of(Key::LateStart));
    Card {
        title: t!(l, dashboard.card_warnings),
        number: t!(l, dashboard.findings, count = of(Key::Findings)),
        notes: vec![levels, note(late)],
        keys: &[Key::Findings, Key::Overdue, Key::LateStart],
    }
}

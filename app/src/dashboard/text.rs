//! Words and numbers of the leaders' page: what figures are called and mean, and the sentences over the charts, made of
//! facts. Knows no layout.

use contract::dashboard::{Basis, DashboardView, Key, Measure, Place, Value};
use domain::dashboard::message::{Composition, Curve, Jobs, Ranking};
use domain::dashboard::{Aim, Origin};
use domain::mark::Mark;
use domain::money::Delta;
use words::{Locale, format, name, t};

/// A signed amount in 万元, or in 亿元 when it is large.
pub fn amount(l: Locale, fen: Delta) -> String {
    format::signed_money(l, fen)
}

/// A value as a card shows it.
pub fn value(l: Locale, value: Value) -> String {
    match value {
        Value::Amount(fen) => amount(l, fen),
        Value::Count(count) => format::integer(count),
        Value::Share(share) => format::percent(share),
        Value::Unknown => unknown(),
    }
}

/// What nobody knows.
pub fn unknown() -> String {
    format::UNKNOWN.to_owned()
}

/// What was disbursed at a place of what it is measured by.
pub fn rate(place: &Place) -> String {
    place.rate.share.map_or_else(unknown, format::percent)
}

/// The size of a gap in points of a percentage: `29.1`.
pub fn points(gap: i64) -> String {
    let percent = format::percent(gap.saturating_abs());
    percent.trim_end_matches('%').to_owned()
}

/// Ahead of 时间进度, or behind it.
pub fn against_time(l: Locale, gap: i64) -> String {
    match gap {
        0 => t!(l, dashboard.on_time).to_owned(),
        ..0 => t!(l, dashboard.slower, points = points(gap)),
        1.. => t!(l, dashboard.faster, points = points(gap)),
    }
}

/// What a figure is called.
pub fn title(l: Locale, key: Key) -> &'static str {
    match key {
        Key::Reserve => t!(l, dashboard.key_reserve),
        Key::ReserveTotal => t!(l, dashboard.key_reserve_total),
        Key::ReserveAdded => t!(l, dashboard.key_reserve_added),
        Key::Plan => t!(l, dashboard.key_plan),
        Key::PlanProjects => t!(l, dashboard.key_plan_projects),
        Key::Industry => t!(l, dashboard.key_industry),
        Key::Invested => t!(l, dashboard.key_invested),
        Key::InvestedRate => t!(l, dashboard.key_invested_rate),
        Key::Started => t!(l, dashboard.key_started),
        Key::Issued => t!(l, dashboard.key_issued),
        Key::Disbursed => t!(l, dashboard.key_disbursed),
        Key::DisbursedRate => t!(l, dashboard.key_disbursed_rate),
        Key::Paid => t!(l, dashboard.key_paid),
        Key::PaidRate => t!(l, dashboard.key_paid_rate),
        Key::Elapsed => t!(l, dashboard.key_elapsed),
        Key::Estimate => t!(l, dashboard.key_estimate),
        Key::Present => t!(l, dashboard.key_present),
        Key::JobsRate => t!(l, dashboard.key_jobs_rate),
        Key::Findings => t!(l, dashboard.key_findings),
        Key::Overdue => t!(l, dashboard.key_overdue),
        Key::LateStart => t!(l, dashboard.key_late_start),
    }
}

/// What a figure means, with its formula.
pub fn meaning(l: Locale, key: Key, measure: Measure) -> &'static str {
    match key {
        Key::Reserve => t!(l, dashboard.means_reserve),
        Key::ReserveTotal => t!(l, dashboard.means_reserve_total),
        Key::ReserveAdded => t!(l, dashboard.means_reserve_added),
        Key::Plan => t!(l, dashboard.means_plan),
        Key::PlanProjects => t!(l, dashboard.means_plan_projects),
        Key::Industry => t!(l, dashboard.means_industry),
        Key::Invested => t!(l, dashboard.means_invested),
        Key::InvestedRate => t!(l, dashboard.means_invested_rate),
        Key::Started => t!(l, dashboard.means_started),
        Key::Issued => t!(l, dashboard.means_issued),
        Key::Disbursed => t!(l, dashboard.means_disbursed),
        Key::DisbursedRate => match measure {
            Measure::Plan => t!(l, dashboard.means_disbursed_of_plan),
            Measure::Issued => t!(l, dashboard.means_disbursed_of_issued),
        },
        Key::Paid => t!(l, dashboard.means_paid),
        Key::PaidRate => t!(l, dashboard.means_paid_rate),
        Key::Elapsed => t!(l, dashboard.means_elapsed),
        Key::Estimate => t!(l, dashboard.means_estimate),
        Key::Present => t!(l, dashboard.means_present),
        Key::JobsRate => t!(l, dashboard.means_jobs_rate),
        Key::Findings => t!(l, dashboard.means_findings),
        Key::Overdue => t!(l, dashboard.means_overdue),
        Key::LateStart => t!(l, dashboard.means_late_start),
    }
}

/// Where a figure comes from, and as of when.
pub fn origin(l: Locale, basis: Basis, view: &DashboardView) -> String {
    let (at, month) = (format::instant(view.at), view.as_of.to_string());
    match basis {
        Basis::Lists => t!(l, dashboard.from_lists, at = at),
        Basis::Ledger => t!(l, dashboard.from_ledger, month = month, known = view.known_at),
        Basis::Returns => t!(l, dashboard.from_returns, month = month),
        Basis::Estimates => t!(l, dashboard.from_estimates, at = at),
        Basis::Findings => t!(l, dashboard.from_findings, at = at),
        Basis::Calendar => t!(l, dashboard.from_calendar, month = month),
    }
}

/// What the rate of disbursement is measured by, for heads.
pub fn measured(l: Locale, measure: Measure) -> &'static str {
    match measure {
        Measure::Plan => t!(l, dashboard.rate_of_plan),
        Measure::Issued => t!(l, dashboard.rate_of_issued),
    }
}

/// A place, or the level of its own.
pub fn place(l: Locale, place: &Place) -> String {
    if place.own { t!(l, ledger.own_level, name = place.name.clone()) } else { place.name.clone() }
}

/// A node target with its origin, its mark and how far it is reached.
pub fn node(l: Locale, node: &contract::dashboard::NodeLine) -> String {
    let aim = match node.aim {
        Aim::Paid => t!(l, dashboard.key_paid_rate),
        Aim::Started => t!(l, dashboard.aim_started),
    };
    let origin = match node.origin {
        Origin::Tibet2023 => t!(l, dashboard.node_tibet),
        Origin::Unnamed => t!(l, dashboard.node_unnamed),
    };
    let mark = match node.mark {
        Mark::Law => t!(l, dashboard.mark_law),
        Mark::Found => t!(l, dashboard.mark_found),
        Mark::Known => t!(l, dashboard.mark_known),
    };
    let gap = match node.gap {
        None => format::UNKNOWN.to_owned(),
        Some(gap) if gap < 0 => t!(l, dashboard.node_missed, points = points(gap)),
        Some(_) => t!(l, dashboard.node_met).to_owned(),
    };
    let target = format::percent(node.target);
    t!(
        l,
        dashboard.node,
        aim = aim,
        month = node.month,
        target = target,
        gap = gap,
        origin = origin,
        mark = mark
    )
}

pub fn composition(l: Locale, view: &DashboardView) -> String {
    match view.messages.composition {
        Composition::Nothing => t!(l, dashboard.no_money, year = view.as_of.year().to_string()),
        Composition::One { source } => t!(l, dashboard.says_one_source, source = name::source(l, source)),
        Composition::Several { count, largest, most, smallest, least } => t!(
            l,
            dashboard.says_sources,
            count = count,
            largest = name::source(l, largest),
            most = format::percent(most),
            smallest = name::source(l, smallest),
            least = format::percent(least)
        ),
    }
}

pub fn curve(l: Locale, view: &DashboardView) -> String {
    match view.messages.curve {
        Curve::NoPlan => t!(l, dashboard.says_no_plan).to_owned(),
        Curve::Ahead { month, by } => t!(l, dashboard.says_ahead, month = month, points = points(by)),
        Curve::Behind { month, by, since } if since == month => {
            t!(l, dashboard.says_behind_now, month = month, points = points(by))
        }
        Curve::Behind { month, by, since } => {
            t!(l, dashboard.says_behind, month = month, points = points(by), since = since)
        }
    }
}

pub fn ranking(l: Locale, view: &DashboardView) -> String {
    match &view.messages.ranking {
        Ranking::Nothing => t!(l, dashboard.says_no_rates).to_owned(),
        Ranking::One { name, rate, gap } => t!(
            l,
            dashboard.says_one_place,
            name = name.clone(),
            rate = format::percent(*rate),
            gap = against_time(l, *gap)
        ),
        Ranking::Spread { best, most, worst, least, below, late, count } => t!(
            l,
            dashboard.says_places,
            best = best.clone(),
            most = format::percent(*most),
            worst = worst.clone(),
            least = format::percent(*least),
            below = points(*below),
            late = *late,
            count = *count
        ),
    }
}

pub fn reached(l: Locale, view: &DashboardView) -> String {
    let said = view.messages.reached;
    t!(l, dashboard.says_reached, reached = said.reached, count = said.count, unknown = said.unknown)
}

pub fn jobs(l: Locale, view: &DashboardView) -> String {
    match &view.messages.jobs {
        Jobs::Nothing => t!(l, dashboard.says_no_jobs).to_owned(),
        Jobs::Unreported => t!(l, dashboard.says_unreported).to_owned(),
        Jobs::Beside { most, people, reported, silent } => t!(
            l,
            dashboard.says_jobs,
            most = most.clone(),
            people = format::integer(*people),
            reported = *reported,
            silent = *silent
        ),
    }
}

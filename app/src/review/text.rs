//! Words and marks of findings as their screens show them. Knows no door.

use crate::ledger::address as ledger;
use crate::parts::drawing::{CROSS, DIAMOND, DISC, HALF, RING, TICK, TRIANGLE};
use crate::parts::status::Chip;
use contract::review::{FindingLine, FindingView};
use domain::area::AreaCode;
use domain::id::ProjectId;
use domain::permission::Action;
use domain::review::name::FactName;
use domain::review::outcome::Subject;
use domain::review::rule::Level;
use domain::review::workflow::StateName;
use domain::source::Source;
use leptos::prelude::*;
use words::explain::review as explain;
use words::{Locale, name, t};

/// How grave a finding is, as colour, shape and word.
#[component]
pub fn LevelChip(level: Level) -> impl IntoView {
    let (tone, drawing) = match level {
        Level::Red => ("err", DIAMOND),
        Level::Warning => ("warn", TRIANGLE),
        Level::Hint => ("info", DISC),
    };
    view! { <Chip tone=tone drawing=drawing word=name::review::finding_level(words::locale::locale(), level) /> }
}

/// Where a finding stands, as colour, shape and word.
#[component]
pub fn StateChip(state: StateName) -> impl IntoView {
    let (tone, drawing) = match state {
        StateName::Pending => ("warn", RING),
        StateName::Verified => ("info", HALF),
        StateName::Dismissed => ("neutral", CROSS),
        StateName::Rectifying => ("warn", HALF),
        StateName::Rectified => ("info", DISC),
        StateName::Closed => ("ok", TICK),
        StateName::Vanished => ("neutral", RING),
    };
    view! { <Chip tone=tone drawing=drawing word=name::review::finding_state(words::locale::locale(), state) /> }
}

/// Code and name of a rule.
pub fn rule(l: Locale, rule: domain::review::rule::RuleCode) -> String {
    format!("{rule} {}", name::review::rule(l, rule))
}

/// What a finding is about, with a way there.
pub fn subject(l: Locale, line: &FindingLine) -> AnyView {
    let project = line.project.as_ref().map(|project| {
        view! {
            <a href=format!("/projects/{}", project.project)>{project.name.clone()}</a>
        }
    });
    let what = about(l, line.finding.subject);
    view! {
        {project}
        {what.map(|what| view! { <span class="review-faint">{what}</span> })}
        <span class="review-faint">{line.area_name.clone()}</span>
    }
    .into_any()
}

/// Source, year or entry of a subject, as words.
pub fn about(l: Locale, subject: Subject) -> Option<String> {
    match subject {
        Subject::Project { .. } | Subject::Pair { .. } => None,
        Subject::Source { source, .. } => Some(name::source(l, source).to_owned()),
        Subject::Position { source, year, .. } => Some(format!("{} {year}", name::source(l, source))),
        Subject::Entry { source, sequence, .. } => {
            Some(format!("{} · {}", name::source(l, source), t!(l, review.place_entry, seq = sequence)))
        }
        Subject::Site { .. } => Some(t!(l, review.place_site).to_owned()),
        Subject::Area { year, .. } => Some(year.to_string()),
        Subject::Finding { .. } => Some(t!(l, review.place_finding).to_owned()),
    }
}

/// The arithmetic in one text.
pub fn arithmetic(l: Locale, line: &FindingLine) -> String {
    line.finding.arithmetic.iter().map(|clause| explain::clause(l, clause)).collect::<Vec<_>>().join("；")
}

/// Where a fact of a finding comes from: an address and its word; `None` for what the rule works out.
pub fn origin(l: Locale, view: &FindingView, fact: FactName) -> Option<(String, String)> {
    let subject = view.line.finding.subject;
    if let (Subject::Site { .. }, Some((site, name))) = (subject, &view.site) {
        return Some((format!("/communities/{site}"), name.clone()));
    }
    if let (true, Subject::Finding { finding, .. }) = (is_of_order(fact), subject) {
        return Some((super::address::one(finding), t!(l, review.place_finding).to_owned()));
    }
    if fact == FactName::OtherProject {
        let other = view.other.as_ref()?;
        return Some((format!("/projects/{}", other.project), other.name.clone()));
    }
    if is_of_project(fact) {
        return subject.project().map(|project| project_page(l, project));
    }
    if is_of_entry(fact)
        && let (Subject::Entry { sequence, .. }, Some(entry)) = (subject, view.entry)
    {
        return Some((ledger::entry(entry), t!(l, review.place_entry, seq = sequence)));
    }
    (is_of_entry(fact) || is_of_ledger(fact)).then(|| book(l, subject))
}

/// Columns of the project, and what is worked out from them.
const fn is_of_project(fact: FactName) -> bool {
    use FactName as F;
    matches!(
        fact,
        F::Field(_)
            | F::SourcePlan
            | F::SourceSum
            | F::YearSum
            | F::MainPlan
            | F::CodeForm
            | F::CodeMonth
            | F::CodeCheckDigit
            | F::CodeArea
    )
}

/// What was ordered of a finding, and what came of it.
const fn is_of_order(fact: FactName) -> bool {
    use FactName as F;
    matches!(fact, F::DueDate | F::Evidence | F::RectifyingUnit | F::OrderedRule)
}

/// Columns of one entry.
const fn is_of_entry(fact: FactName) -> bool {
    use FactName as F;
    matches!(fact, F::Purpose | F::Payee | F::Voucher | F::Invoice | F::Amount | F::EntryDate)
}

/// Sums and dates of the ledger.
const fn is_of_ledger(fact: FactName) -> bool {
    use FactName as F;
    matches!(
        fact,
        F::Issued
            | F::Received
            | F::Disbursed
            | F::Paid
            | F::Recovered
            | F::RecoveredIssued
            | F::RecoveredReceived
            | F::RecoveredDisbursed
            | F::FirstIssuedOn
            | F::FirstReceivedOn
            | F::FirstDisbursedOn
            | F::LastDisbursedOn
            | F::OldestUnspentReceipt
            | F::MatchReceived
            | F::MainReceived
            | F::BudgetYear
            | F::BudgetYearEnd
            | F::IndustryAmount
            | F::SourceAmount
            | F::ManagementFee
            | F::FundingSource
            | F::EarlierDate
            | F::EarlierEntry
            | F::AdjustmentDocument
    )
}

fn project_page(l: Locale, project: ProjectId) -> (String, String) {
    (format!("/projects/{project}"), t!(l, review.place_project).to_owned())
}

/// The entries behind a subject.
fn book(l: Locale, subject: Subject) -> (String, String) {
    let mut place = ledger::Place::default();
    if let Some(project) = subject.project() {
        place.form.project = project.to_string();
    }
    place.form.source = subject.source().map(Source::code).unwrap_or_default().to_owned();
    if let Subject::Position { year, .. } | Subject::Area { year, .. } = subject {
        place.form.year = year.to_string();
    }
    if let Subject::Area { area, .. } = subject {
        place.form.area = AreaCode::as_str(&area).to_owned();
        place.form.source = Source::Brg.code().to_owned();
    }
    (place.at(ledger::PATH), t!(l, review.place_ledger).to_owned())
}

/// What the person signed in may do here at all.
pub fn may(action: Action) -> bool {
    crate::session::me().is_some_and(|me| me.may.includes(action))
}

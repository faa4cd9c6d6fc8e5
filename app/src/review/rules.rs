//! 规则目录: every rule with whether it runs, what it lacks, the edition that holds here, its parameters and its basis.

use super::address::{self, RULES};
use super::api;
use super::frame::Head;
use super::one::valid;
use super::text::LevelChip;
use crate::parts::answer::answered_within;
use crate::parts::asking::ask;
use crate::parts::drawing::{HALF, RING, TICK};
use crate::parts::status::Chip;
use contract::review::form::DeskForm;
use contract::review::{RuleLine, RulesView};
use domain::review::edition::Edition;
use domain::review::parameter::{ParameterName, ParameterValue};
use domain::review::predicate::Desk;
use leptos::prelude::*;
use words::explain::review as explain;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn RulesPage() -> impl IntoView {
    let all = ask(|| (), |()| api::rules());
    view! {
        <Head path=RULES />
        {answered_within(all, |view| view! { <Shown view /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Shown(view: RulesView) -> impl IntoView {
    let l = locale();
    let rows = view.rules.into_iter().map(|line| row(l, line)).collect_view();
    view! {
        <p class="review-lead">
            {t!(l, review.rules_lead)} " " {t!(l, review.rules_area, area = view.area_name)}
        </p>
        <div class="table-scroll review-table" tabindex="0" role="region" aria-label=t!(l, review.tab_rules)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, review.rule)}</th>
                        <th scope="col">{t!(l, review.state)}</th>
                        <th scope="col">{t!(l, review.level)}</th>
                        <th scope="col">{t!(l, review.parameters)}</th>
                        <th scope="col">{t!(l, review.basis)}</th>
                        <th scope="col">{t!(l, review.edition)}</th>
                        <th scope="col">{t!(l, review.ran)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Locale, line: RuleLine) -> impl IntoView {
    let edition = current(&line).cloned();
    let level = edition.as_ref().map(|edition| view! { <LevelChip level=edition.level /> });
    let basis = edition.as_ref().map(|edition| {
        view! {
            {edition.basis.clone()}
            <span class="review-faint">
                {edition.mark.code()} " · " {name::mark(l, edition.mark)}
            </span>
        }
    });
    let number = match &edition {
        Some(edition) => view! {
            {t!(l, review.edition_number, number = edition.number)}
            <span class="review-faint">{valid(l, edition)}</span>
        }
        .into_any(),
        None => view! { <span class="review-faint">{t!(l, review.no_edition)}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="review-rule">
                <a href=address::rule(line.rule)>{super::text::rule(l, line.rule)}</a>
            </th>
            <td>{state(l, &line)}</td>
            <td>{level}</td>
            <td class="review-sum">{edition.as_ref().map(|edition| parameters(l, edition))}</td>
            <td class="review-sum">{basis}</td>
            <td class="review-version">{number}</td>
            <td>{ran(l, &line)}</td>
        </tr>
    }
}

/// The edition that holds today in the person's area.
pub fn current(line: &RuleLine) -> Option<&Edition> {
    line.editions.iter().find(|edition| Some(edition.number) == line.current)
}

/// Whether a rule is asked, and what it lacks.
pub fn state(l: Locale, line: &RuleLine) -> AnyView {
    let (tone, drawing) = match (line.runs, line.lacking.is_empty()) {
        (true, true) => ("ok", TICK),
        (true, false) => ("info", HALF),
        (false, _) => ("neutral", RING),
    };
    let lacks = lacks(l, line).map(|facts| t!(l, review.lacks, facts = facts));
    view! {
        <Chip tone=tone drawing=drawing word=runs(l, line) />
        {elsewhere(l, line).map(|text| view! { <span class="review-faint">{text}</span> })}
        {lacks.map(|text| view! { <span class="review-faint">{text}</span> })}
    }
    .into_any()
}

/// Whether a rule is asked, in a word.
pub fn runs(l: Locale, line: &RuleLine) -> &'static str {
    match (line.runs, line.lacking.is_empty()) {
        (true, true) => t!(l, review.runs),
        (true, false) => t!(l, review.runs_partly),
        (false, _) => t!(l, review.runs_not),
    }
}

/// Which other part of the product asks it.
pub fn elsewhere(l: Locale, line: &RuleLine) -> Option<&'static str> {
    line.elsewhere.map(|desk| match desk {
        Desk::Statement => t!(l, review.runs_elsewhere_statement),
        Desk::Portfolio => t!(l, review.runs_elsewhere_portfolio),
        Desk::Workflow => t!(l, review.runs_elsewhere_workflow),
    })
}

/// The facts that it lacks by itself, and those that its last walk did not find.
pub fn lacks(l: Locale, line: &RuleLine) -> Option<String> {
    let mut missing = line.lacking.clone();
    missing.extend(line.ran.iter().flat_map(|run| run.missing.iter().copied()));
    missing.sort_unstable();
    missing.dedup();
    (!missing.is_empty()).then(|| explain::facts(l, &missing))
}

/// Parameters of an edition, a line each.
pub fn parameters(l: Locale, edition: &Edition) -> AnyView {
    if edition.parameters.is_empty() {
        return view! { <span class="review-faint">{t!(l, review.no_parameters)}</span> }.into_any();
    }
    let lines = named(l, edition)
        .into_iter()
        .map(|(word, value)| view! { <li>{word} "：" <strong>{value}</strong></li> })
        .collect_view();
    view! { <ul class="review-parameters">{lines}</ul> }.into_any()
}

/// Names and values of an edition's parameters.
pub fn named(l: Locale, edition: &Edition) -> Vec<(String, String)> {
    let one = |(parameter, value): (&ParameterName, &ParameterValue)| {
        (name::review::parameter(l, *parameter), explain::parameter_value(l, value))
    };
    edition.parameters.iter().map(one).collect()
}

/// What it did in the last walk.
pub fn ran_counts(l: Locale, line: &RuleLine) -> Option<String> {
    line.ran.as_ref().map(|run| {
        t!(l, review.ran_counts, findings = run.findings, clear = run.clear, not_run = run.not_run)
    })
}

fn ran(l: Locale, line: &RuleLine) -> AnyView {
    let counts = ran_counts(l, line).map(|text| view! { <span class="review-faint">{text}</span> });
    let open = (line.open > 0).then(|| {
        let to = DeskForm { rule: line.rule.code().to_owned(), ..DeskForm::default() };
        let count = format::integer(i64::from(line.open));
        view! { <a href=address::desk(&to)>{t!(l, review.open_count, count = count)}</a> }
    });
    view! {
        {open}
        {counts}
    }
    .into_any()
}

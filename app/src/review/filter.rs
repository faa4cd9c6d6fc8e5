//! The filter of the desk: states with their numbers as links, everything else a plain form whose inputs stand in the
//! address.

use super::address::{self, PATH};
use super::text::rule;
use crate::area::picker::AreaPicker;
use crate::ledger::text::{categories, choice, sources};
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::tabs::{Tab, Tabs};
use contract::review::DeskView;
use contract::review::form::DeskForm;
use domain::review::rule::{Level, RuleCode};
use leptos::prelude::*;
use words::locale::locale;
use words::{format, name, t};

/// Numbers by state, each a way to those findings.
#[component]
pub fn States(
    form: DeskForm,
    states: Vec<(domain::review::workflow::StateName, u32)>,
    overdue: u32,
) -> impl IntoView {
    let l = locale();
    let sum = |only_open: bool| {
        let counted = states.iter().filter(|(state, _)| !only_open || state.is_open());
        counted.map(|(_, count)| *count).sum::<u32>()
    };
    let tab = |code: &str, word: &str, count: u32| {
        let to =
            DeskForm { state: code.to_owned(), group: String::new(), page: String::new(), ..form.clone() };
        Tab {
            word: word.to_owned(),
            href: address::desk(&to),
            count: Some(format::integer(i64::from(count))),
            current: form.state == code,
        }
    };
    let mut tabs = vec![tab("", t!(l, review.every_open), sum(true))];
    for (state, count) in &states {
        tabs.push(tab(state.code(), name::review::finding_state(l, *state), *count));
    }
    tabs.push(tab("overdue", t!(l, review.overdue), overdue));
    tabs.push(tab("all", t!(l, review.every_state), sum(false)));
    view! {
        <div class="review-states">
            <Tabs label=t!(l, review.states) tabs=tabs />
        </div>
    }
    .into_any()
}

#[component]
pub fn Filter(form: DeskForm, view: DeskView) -> impl IntoView {
    let l = locale();
    let every = t!(l, review.every);
    let counted = |code: RuleCode| view.rules.iter().find(|(rule, _)| *rule == code).map(|(_, count)| *count);
    let rules = RuleCode::ALL
        .iter()
        .filter_map(|code| {
            let count = counted(*code).or((form.rule == code.code()).then_some(0))?;
            Some((code.code().to_owned(), format!("{} · {count}", rule(l, *code))))
        })
        .collect();
    let levels = Level::ALL
        .iter()
        .rev()
        .map(|level| (level.code().to_owned(), name::review::finding_level(l, *level).to_owned()))
        .collect();
    let hidden = [("state", &form.state), ("project", &form.project), ("single", &form.single)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() /> })
        .collect_view();
    let other = if form.single == "1" {
        (String::new(), t!(l, review.fold))
    } else {
        ("1".to_owned(), t!(l, review.single))
    };
    let to = DeskForm { single: other.0, group: String::new(), page: String::new(), ..form.clone() };
    view! {
        <form method="get" action=PATH class="review-filter toolbar" role="search" aria-label=t!(l, review.filter)>
            {hidden}
            {choice("rule", t!(l, review.rule), every, &form.rule, rules)}
            {choice("level", t!(l, review.level), every, &form.level, levels)}
            {choice("source", t!(l, review.source), every, &form.source, sources(l))}
            {choice("category", t!(l, review.category), every, &form.category, categories(l))}
            <AreaPicker name="area" label=t!(l, common.area) value=form.area.clone() required=false />
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
            <LinkButton href=address::desk(&to) weight=Weight::Quiet>{other.1}</LinkButton>
        </form>
    }
    .into_any()
}

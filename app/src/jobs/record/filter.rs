//! Tabs and filter of 测算与实绩: tabs are links, everything else one plain form whose inputs stand in the address.

use super::address::{self, PATH, RECORD};
use crate::area::picker::AreaPicker;
use crate::parts::button::{LinkButton, Submit};
use crate::parts::field::SelectField;
use crate::parts::tabs::{Tab, Tabs};
use contract::jobs::record::{By, ComparedForm, ComparedView};
use domain::jobs::comparison::Measure;
use domain::jobs::kind::Population;
use domain::period::Month;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// A page of these tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    By(By),
    Record,
    Portfolio,
}

/// Project, source, area, year; the record; and the sums.
#[component]
pub fn Ways(form: ComparedForm, current: Way) -> impl IntoView {
    let l = locale();
    let tab = |way: Way| {
        let (text, href) = match way {
            Way::By(by) => {
                let to = ComparedForm { by: by.code().to_owned(), page: String::new(), ..form.clone() };
                (word(l, by), address::table(&to))
            }
            Way::Record => (t!(l, coefficient.record), RECORD.to_owned()),
            Way::Portfolio => (t!(l, portfolio.tab), crate::jobs::portfolio::address::PATH.to_owned()),
        };
        Tab { word: text.to_owned(), href, count: None, current: way == current }
    };
    let tabs = By::ALL.map(Way::By).into_iter().chain([Way::Record, Way::Portfolio]).map(tab).collect();
    view! { <Tabs label=t!(l, coefficient.compared) tabs=tabs /> }.into_any()
}

/// What the lines stand for.
pub fn word(l: Locale, by: By) -> &'static str {
    match by {
        By::Project => t!(l, coefficient.by_project),
        By::Source => t!(l, coefficient.by_source),
        By::Area => t!(l, coefficient.by_area),
        By::Year => t!(l, coefficient.by_year),
    }
}

/// Months as choices; the first is the latest.
pub fn months(l: Locale, months: &[Month]) -> Vec<(String, String)> {
    let latest = (String::new(), t!(l, coefficient.latest).to_owned());
    std::iter::once(latest).chain(months.iter().map(|month| (month.to_string(), month.to_string()))).collect()
}

#[component]
pub fn Filter(form: ComparedForm, view: ComparedView) -> impl IntoView {
    let l = locale();
    let measures = Measure::ALL
        .iter()
        .map(|measure| (measure.code().to_owned(), name::jobs::compared(l, *measure).to_owned()))
        .collect();
    let populations = Population::REPORTED
        .into_iter()
        .map(|population| (population.code().to_owned(), name::jobs::population(l, population).to_owned()))
        .collect();
    let hidden = [("by", form.by.clone()), ("source", form.source.clone())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let all = ComparedForm { by: form.by.clone(), ..ComparedForm::default() };
    view! {
        <form method="get" action=PATH class="coefficient-filter" data-noprint="">
            {hidden}
            <SelectField name="measure" label=t!(l, coefficient.measure) value=view.measure.code() choices=measures />
            <SelectField
                name="population"
                label=t!(l, coefficient.population)
                value=view.population.code()
                choices=populations
            />
            <SelectField
                name="month"
                label=t!(l, coefficient.month)
                value=form.month.clone()
                choices=months(l, &view.months)
            />
            <AreaPicker name="area" label=t!(l, common.area) value=form.area.clone() required=false />
            <p class="toolbar">
                <Submit>{t!(l, coefficient.filter_do)}</Submit>
                <LinkButton href=address::table(&all)>{t!(l, coefficient.filter_all)}</LinkButton>
            </p>
        </form>
    }
    .into_any()
}

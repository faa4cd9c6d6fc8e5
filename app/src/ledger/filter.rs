//! The filter over entries, positions and pairs: a plain form whose inputs stand in the address. A project may be named by
//! text: where it means just one, that one is taken; otherwise the reader chooses.

use super::address::Place;
use super::picker::ProjectPicker;
use super::text::{categories, choice, kinds, sources};
use crate::area::picker::AreaPicker;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::Labels;
use contract::error::ApiError;
use contract::home::{FindForm, FoundProject};
use contract::ledger::form::LedgerForm;
use domain::ledger::Kind;
use domain::period::Month;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

/// The filter with one project, or the projects that its text may mean. What its area means is the door's.
pub async fn meant(place: Place) -> Result<Result<LedgerForm, Vec<FoundProject>>, ApiError> {
    let Place { mut form, find } = place;
    if form.project.is_empty() && !find.is_empty() {
        let found = crate::home::api::find(FindForm { q: find }).await?.projects;
        match found.as_slice() {
            [one] => form.project = one.project.to_string(),
            _ => return Ok(Err(found)),
        }
    }
    Ok(Ok(form))
}

/// Labels by the names of faults, those too that only an address can carry.
pub fn labels(l: Locale) -> Labels {
    [
        ("area", t!(l, common.area)),
        ("project", t!(l, ledger.project)),
        ("category", t!(l, ledger.category)),
        ("source", t!(l, ledger.source)),
        ("year", t!(l, ledger.year)),
        ("month", t!(l, ledger.month)),
        ("through", t!(l, ledger.through)),
        ("kind", t!(l, ledger.kind)),
        ("as_of", t!(l, ledger.date)),
        ("known_at", t!(l, ledger.seq)),
    ]
    .map(|(name, label)| (name.to_owned(), label.to_owned()))
    .to_vec()
}

/// `months` offers those of the books; without it neither month nor kind is asked.
#[component]
pub fn Filter(path: &'static str, place: Place, months: Option<Vec<Month>>) -> impl IntoView {
    let l = locale();
    let every = t!(l, ledger.every);
    let form = place.form.clone();
    let hidden =
        [("batch", &form.batch), ("notice", &form.notice), ("given", &form.given), ("own", &form.own)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() /> })
            .collect_view();
    let of_entries = months.map(|months| {
        let months = months.iter().map(|month| (month.to_string(), month.to_string())).collect();
        view! {
            {choice("month", t!(l, ledger.month), every, &form.month, months)}
            {choice("kind", t!(l, ledger.kind), every, &form.kind, kinds(l, &Kind::ALL))}
        }
    });
    view! {
        <form method="get" action=path class="ledger-filter toolbar" role="search" aria-label=t!(l, ledger.filter)>
            {hidden}
            <AreaPicker name="area" label=t!(l, common.area) value=form.area.clone() required=false />
            <ProjectPicker
                name="project"
                input="project"
                find="find"
                label=t!(l, ledger.project)
                project=form.project.clone()
                text=place.find.clone()
            />
            {choice("category", t!(l, ledger.category), every, &form.category, categories(l))}
            {choice("source", t!(l, ledger.source), every, &form.source, sources(l))}
            <label>
                {t!(l, ledger.year)}
                <input
                    class="input ledger-year"
                    name="year"
                    value=form.year.clone()
                    inputmode="numeric"
                    maxlength="4"
                    autocomplete="off"
                />
            </label>
            {of_entries}
            <label>
                {t!(l, ledger.through)}
                <input class="input" name="through" type="month" value=form.through.clone() />
            </label>
            {moment(l, &form.as_of, &form.known_at)} <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=path>{t!(l, common.reset)}</LinkButton>
        </form>
    }
    .into_any()
}

/// As of which day, and as known at which place of the chain.
pub fn moment(l: Locale, as_of: &str, known_at: &str) -> AnyView {
    view! {
        <label>
            {t!(l, ledger.as_of)}
            <input class="input" name="as_of" type="date" value=as_of.to_owned() />
        </label>
        <label>
            {t!(l, ledger.known)}
            <input
                class="input ledger-year"
                name="known"
                value=known_at.to_owned()
                inputmode="numeric"
                maxlength="12"
                autocomplete="off"
            />
        </label>
    }
    .into_any()
}

/// The projects that a text may mean, each a way on.
pub fn which(path: &str, place: &Place, found: &[FoundProject]) -> AnyView {
    let l = locale();
    if found.is_empty() {
        return view! { <Empty reason=t!(l, ledger.no_project, text = place.find.clone()) /> }.into_any();
    }
    let lines = found
        .iter()
        .map(|project| {
            let mut to = place.on("");
            to.form.project = project.project.to_string();
            to.find.clone_from(&project.name);
            view! {
                <li>
                    <a href=to.at(path)>{project.name.clone()}</a>
                    " "
                    <span class="ledger-faint">{project.area_name.clone()}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, ledger.which_project)}</h2>
            <ul class="ledger-which">{lines}</ul>
        </section>
    }
    .into_any()
}

//! 资金在哪里: how much lies at each stage and for how many days, the longest lying first. Every figure leads to the entries
//! behind it.

use super::address::{self, EXPORT_STANDING, PATH, Place, STANDING};
use super::api;
use super::filter::moment;
use super::frame::Head;
use super::text::{choice, exact, is_below, sources, wan};
use crate::area::picker::AreaPicker;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::pager::Pager;
use crate::parts::take_out::TakeOut;
use contract::ledger::form::StandingForm;
use contract::ledger::standing::{Group, Grouping, StandingLine, StandingView};
use domain::ledger::{Lying, Span, Stage, Standing};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn StandingPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::standing_of).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(form), api::standing);
    view! {
        <Head path=STANDING />
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => {
                            view! {
                                {filter(locale(), &form)}
                                {rows(locale(), &form, view)}
                            }
                                .into_any()
                        }
                        Err(error) => {
                            view! {
                                <ErrorPanel error=error />
                                <LinkButton href=STANDING>{t!(locale(), common.reset)}</LinkButton>
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

/// The word of a grouping.
pub fn grouping(l: Locale, by: Grouping) -> &'static str {
    match by {
        Grouping::Area => t!(l, common.area),
        Grouping::Source => t!(l, ledger.source),
        Grouping::Project => t!(l, ledger.project),
        Grouping::Year => t!(l, ledger.year),
    }
}

/// 下达未到位, 到位未拨付, 拨付未支付.
pub fn lying_at(l: Locale, stage: Stage) -> &'static str {
    match stage {
        Stage::Issued => t!(l, ledger.lies_issued),
        Stage::Received => t!(l, ledger.lies_received),
        Stage::Disbursed => t!(l, ledger.lies_disbursed),
        Stage::Paid => name::fund_stage(l, stage),
    }
}

/// The word of a span of days.
pub fn span(l: Locale, span: Span) -> String {
    match span.days() {
        (0, Some(most)) => t!(l, ledger.days_up_to, most = most),
        (least, Some(most)) => t!(l, ledger.days_between, least = least, most = most),
        (least, None) => t!(l, ledger.days_beyond, least = least - 1),
    }
}

fn filter(l: Locale, form: &StandingForm) -> AnyView {
    let every = t!(l, ledger.every);
    let by = Grouping::from_code(&form.by).unwrap_or_default();
    let groupings = Grouping::ALL
        .map(|other| {
            let selected = other == by;
            view! {
                <option value=other.code() selected=selected>
                    {grouping(l, other)}
                </option>
            }
        })
        .collect_view();
    let project = (!form.project.is_empty())
        .then(|| view! { <input type="hidden" name="project" value=form.project.clone() /> });
    view! {
        <form method="get" action=STANDING class="ledger-filter toolbar" role="search" aria-label=t!(l, ledger.filter)>
            {project}
            <label>
                {t!(l, ledger.standing_by)}
                <select class="input" name="by">{groupings}</select>
            </label>
            <AreaPicker name="area" label=t!(l, common.area) value=form.area.clone() required=false />
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
            {moment(l, &form.as_of, &form.known_at)}
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=STANDING>{t!(l, common.reset)}</LinkButton>
            <TakeOut href=address::standing(EXPORT_STANDING, &first(form)) />
        </form>
    }
    .into_any()
}

fn first(form: &StandingForm) -> StandingForm {
    StandingForm { page: String::new(), ..form.clone() }
}

fn rows(l: Locale, form: &StandingForm, view: StandingView) -> AnyView {
    if view.rows.is_empty() {
        return view! { <Empty reason=t!(l, ledger.nothing_lies) /> }.into_any();
    }
    let on = |page: u64| {
        let page = if page > 1 { page.to_string() } else { String::new() };
        address::standing(STANDING, &StandingForm { page, ..form.clone() })
    };
    let summary = t!(
        l,
        ledger.standing_shown,
        count = view.count,
        day = format::date(view.as_of),
        known = view.known_at
    );
    let total = view! {
        <tr class="table-total">
            <td>{t!(l, common.total)}</td>
            {cells(l, &view.total, &place(form, None))}
            {oldest(&view, &view.total)}
        </tr>
    };
    let lines = view.rows.iter().map(|line| self::line(l, form, &view, line)).collect_view();
    view! {
        <p class="unit-note">{t!(l, ledger.unit)}</p>
        <div class="table-scroll ledger-table ledger-standing" tabindex="0" role="region" aria-label=t!(l, ledger.tab_standing)>
            <table class="table">
                {head(l, view.by)}
                <tbody>{total}{lines}</tbody>
            </table>
        </div>
        <p class="field-hint">{t!(l, ledger.standing_note)}</p>
        <Pager
            summary=summary
            first=(view.page > 1).then(|| on(1))
            previous=(view.page > 1).then(|| on(view.page - 1))
            next=view.more.then(|| on(view.page + 1))
        />
    }
    .into_any()
}

fn head(l: Locale, by: Grouping) -> AnyView {
    let stages = Standing::STAGES
        .map(|stage| {
            view! {
                <th scope="colgroup" colspan="6">
                    {lying_at(l, stage)}
                </th>
            }
        })
        .collect_view();
    let spans = Standing::STAGES
        .map(|_| {
            let spans = Span::ALL
                .map(|one| view! { <th scope="col" class="number">{span(l, one)}</th> })
                .collect_view();
            view! {
                <th scope="col" class="number">{t!(l, ledger.amount)}</th>
                {spans}
            }
        })
        .collect_view();
    view! {
        <thead>
            <tr>
                <th scope="col" rowspan="2">
                    {grouping(l, by)}
                </th>
                {stages}
                <th scope="col" rowspan="2" class="number">
                    {t!(l, ledger.oldest_days)}
                </th>
            </tr>
            <tr>{spans}</tr>
        </thead>
    }
    .into_any()
}

fn line(l: Locale, form: &StandingForm, view: &StandingView, line: &StandingLine) -> impl IntoView + use<> {
    let place = place(form, Some(&line.group));
    let label = match &line.group {
        Group::Area { name, own: true, .. } => t!(l, ledger.own_level, name = name.clone()).into_any(),
        Group::Area { area, name, own: false } => {
            let under = StandingForm { area: area.to_string(), ..first(form) };
            view! { <a href=address::standing(STANDING, &under)>{name.clone()}</a> }.into_any()
        }
        Group::Source { source } => name::source(l, *source).into_any(),
        Group::Project { project } => view! {
            <a href=format!("/projects/{}/funding", project.project)>{project.name.clone()}</a>
            <span class="ledger-faint">{project.area_name.clone()}</span>
        }
        .into_any(),
        Group::Year { year } => year.to_string().into_any(),
    };
    view! {
        <tr>
            <td class="ledger-project">{label}</td>
            {cells(l, &line.standing, &place)}
            {oldest(view, &line.standing)}
        </tr>
    }
}

/// The entries behind a row.
fn place(form: &StandingForm, group: Option<&Group>) -> Place {
    let mut place = Place::default();
    place.form.area.clone_from(&form.area);
    place.form.project.clone_from(&form.project);
    place.form.source.clone_from(&form.source);
    place.form.year.clone_from(&form.year);
    place.form.as_of.clone_from(&form.as_of);
    place.form.known_at.clone_from(&form.known_at);
    match group {
        Some(Group::Area { area, own, .. }) => {
            place.form.area = area.to_string();
            place.form.own = if *own { "1".into() } else { String::new() };
        }
        Some(Group::Source { source }) => source.code().clone_into(&mut place.form.source),
        Some(Group::Project { project }) => {
            place.form.project = project.project.to_string();
            place.find.clone_from(&project.name);
        }
        Some(Group::Year { year }) => place.form.year = year.to_string(),
        None => {}
    }
    place
}

fn cells(l: Locale, standing: &Standing, place: &Place) -> AnyView {
    Standing::STAGES
        .map(|stage| {
            let lying: &Lying = standing.at(stage);
            let figures = std::iter::once((lying.amount(), true))
                .chain(Span::ALL.map(|span| (lying.span(span), false)));
            figures
                .map(|(amount, strong)| {
                    let text = wan(amount);
                    let shown = if amount.is_zero() {
                        view! { <span class="ledger-faint">{text}</span> }.into_any()
                    } else {
                        view! {
                            <a href=place.at(PATH) title=exact(l, amount)>
                                {text}
                            </a>
                        }
                        .into_any()
                    };
                    view! {
                        <td class="number" class:negative=is_below(amount) class:ledger-strong=strong>
                            {shown}
                        </td>
                    }
                })
                .collect_view()
        })
        .collect_view()
        .into_any()
}

fn oldest(view: &StandingView, standing: &Standing) -> impl IntoView + use<> {
    let days = standing.oldest().map(|day| (view.as_of - day).num_days());
    let since = standing.oldest().map(format::date);
    view! {
        <td class="number" title=since>
            {days.map(format::integer)}
        </td>
    }
}

//! The page of the sums: one filter, one table, and the rule in words.

use super::address::{self, EXPORT, PATH};
use super::api;
use crate::area::picker::AreaPicker;
use crate::jobs::edition::preview::milli;
use crate::jobs::record::filter::{Way, Ways};
use crate::jobs::text;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit};
use crate::parts::empty::Empty;
use crate::parts::field::SelectField;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::print_button::PrintButton;
use crate::parts::take_out::TakeOut;
use contract::jobs::portfolio::{PortfolioForm, PortfolioView};
use contract::jobs::record::ComparedForm;
use domain::jobs::portfolio::{Total, is_whole};
use domain::period::Horizon;
use domain::project::Category;
use domain::source::Source;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn PortfolioPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::asked).unwrap_or_default());
    let page = ask(move || gone::read(form), api::portfolio);
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: PortfolioView) -> impl IntoView {
    let l = locale();
    let form = gone::query(address::asked);
    let export = address::at(EXPORT, &form);
    let (filter, sentence, rule) = (filter(l, &form), sentence(l, &view), rule(l, &view));
    view! {
        <PageHead title=t!(l, portfolio.title)>
            <TakeOut href=export />
            <PrintButton />
        </PageHead>
        <Ways form=ComparedForm::default() current=Way::Portfolio />
        {filter}
        <p class="coefficient-preview">{sentence}</p>
        {table(l, &view)}
        <p class="coefficient-lead">{rule}</p>
        <p class="coefficient-lead">{t!(l, portfolio.parts)}</p>
        {people(l, &view)}
    }
    .into_any()
}

fn filter(l: Locale, form: &PortfolioForm) -> AnyView {
    let every = |word: &'static str| (String::new(), word.to_owned());
    let lists = std::iter::once(every(t!(l, portfolio.every_list)))
        .chain(Horizon::ALL.map(|list| (list.code().to_owned(), name::horizon(l, list).to_owned())))
        .collect();
    let categories = std::iter::once(every(t!(l, portfolio.every_category)))
        .chain(Category::ALL.map(|one| (one.code().to_owned(), name::category(l, one).to_owned())))
        .collect();
    let sources = std::iter::once(every(t!(l, portfolio.every_source)))
        .chain(Source::ALL.map(|source| (source.code().to_owned(), name::source(l, source).to_owned())))
        .collect();
    view! {
        <form method="get" action=PATH class="coefficient-filter" data-noprint="">
            <SelectField name="list" label=t!(l, portfolio.list) value=form.list.clone() choices=lists />
            <SelectField
                name="category"
                label=t!(l, portfolio.category)
                value=form.category.clone()
                choices=categories
            />
            <SelectField name="source" label=t!(l, portfolio.source) value=form.source.clone() choices=sources />
            <AreaPicker name="area" label=t!(l, common.area) value=form.area.clone() required=false />
            <p class="toolbar">
                <Submit>{t!(l, coefficient.filter_do)}</Submit>
                <LinkButton href=PATH>{t!(l, coefficient.filter_all)}</LinkButton>
            </p>
        </form>
    }
    .into_any()
}

/// What is summed up, also on paper.
pub fn sentence(l: Locale, view: &PortfolioView) -> String {
    let mut about = vec![view.area_name.clone(), view.year.to_string()];
    about.extend(view.list.map(|list| name::horizon(l, list).to_owned()));
    about.extend(view.category.map(|one| name::category(l, one).to_owned()));
    about.extend(view.source.map(|source| name::source(l, source).to_owned()));
    t!(
        l,
        portfolio.sentence,
        about = about.join(" · "),
        projects = format::count(view.projects),
        missing = format::count(view.missing)
    )
}

/// How the range was found.
pub fn rule(l: Locale, view: &PortfolioView) -> String {
    t!(l, portfolio.rule, draws = format::count(view.draws), seed = view.seed.to_string())
}

/// What a line counts, with its phase; parts of all people say that they are no more people.
pub fn kind(l: Locale, total: &Total) -> String {
    let phase = name::jobs::phase(l, total.kind.phase);
    let text = format!("{phase} · {}", text::kind(l, total.kind));
    if is_whole(total.kind) { text } else { t!(l, portfolio.part_of, kind = text) }
}

fn table(l: Locale, view: &PortfolioView) -> AnyView {
    if view.totals.is_empty() {
        return view! { <Empty reason=t!(l, portfolio.nothing) /> }.into_any();
    }
    let rows = view.totals.iter().map(|total| row(l, total)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, portfolio.title)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, portfolio.kind)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.projects)}</th>
                        <th scope="col" class="number">{t!(l, portfolio.standard)}</th>
                        <th scope="col" class="number">{t!(l, portfolio.drawn)}</th>
                        <th scope="col" class="number">{t!(l, portfolio.plain)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Locale, total: &Total) -> AnyView {
    let (drawn, plain) = (total.drawn, total.plain);
    view! {
        <tr>
            <th scope="row">{kind(l, total)}</th>
            <td class="number">{format::integer(i64::from(total.projects))}</td>
            <td class="number">{milli(plain.standard())}</td>
            <td class="number">{format!("{}–{}", milli(drawn.low()), milli(drawn.high()))}</td>
            <td class="number">{format!("{}–{}", milli(plain.low()), milli(plain.high()))}</td>
        </tr>
    }
    .into_any()
}

/// People served are not jobs: they stand in a line of their own.
fn people(l: Locale, view: &PortfolioView) -> AnyView {
    let served = view.served;
    view! {
        <section class="panel">
            <h2>{t!(l, portfolio.served)}</h2>
            <p>
                {t!(
                    l,
                    portfolio.served_text,
                    gross = format::count(served.gross),
                    overlap = format::count(served.overlap),
                    net = format::count(served.net)
                )}
            </p>
            <p class="coefficient-lead">{t!(l, portfolio.served_rule)}</p>
        </section>
    }
    .into_any()
}

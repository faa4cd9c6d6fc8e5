//! 系数实绩: the ratio actual ÷ estimate by method and category, what the record speaks for, and 采纳为新版草稿.

use super::address::RECORD;
use super::api::{self, AdoptRecord};
use super::filter::{Way, Ways, months};
use crate::jobs::edition::list::PLACES;
use crate::jobs::edition::preview::category;
use crate::jobs::text::plain;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::{Field, SelectField};
use crate::parts::page_head::PageHead;
use crate::parts::print_button::PrintButton;
use crate::parts::retyped::typed;
use crate::parts::unescaped::in_textarea;
use contract::jobs::record::{ComparedForm, Proposal, RecordLine, RecordView, WholeRecord};
use domain::jobs::calibration::{PRIOR, Ratio, Spread};
use domain::jobs::coefficient::Coefficient;
use domain::jobs::comparison::Measure;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::name::jobs as name;
use words::{Locale, format, t};

#[component]
pub fn RecordPage() -> impl IntoView {
    let query = use_query_map();
    let month = Memo::new(move |_| query.try_with(|query| query.get("month")).flatten().unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(month), api::record);
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: RecordView) -> impl IntoView {
    let l = locale();
    let asked = view.month.map(|month| month.to_string()).unwrap_or_default();
    let may_edit = view.may.includes(Action::EditCoefficients);
    let whole = view.whole.iter().map(|whole| view! { <p>{sentence(l, whole)}</p> }).collect_view();
    view! {
        <PageHead title=t!(l, coefficient.record)>
            <LinkButton href=crate::jobs::edition::address::PATH>{t!(l, coefficient.title)}</LinkButton>
            <PrintButton />
        </PageHead>
        <Ways form=ComparedForm::default() current=Way::Record />
        <form method="get" action=RECORD class="coefficient-filter" data-noprint="">
            <SelectField name="month" label=t!(l, coefficient.month) value=asked choices=months(l, &view.months) />
            <p class="toolbar">
                <Submit>{t!(l, coefficient.filter_do)}</Submit>
            </p>
        </form>
        <p class="coefficient-lead">
            {t!(l, coefficient.record_lead, area = view.area_name.clone(), prior = PRIOR)}
        </p>
        {whole}
        {records(l, &view.lines)}
        {proposals(l, &view)}
        {(may_edit && !view.proposals.is_empty()).then(|| adopt(l, &view))}
    }
    .into_any()
}

/// Against a whole construction stand the people of all its years.
fn compared(l: Locale, measure: Measure) -> &'static str {
    match measure {
        Measure::Present => name::compared(l, measure),
        Measure::Taken => t!(l, coefficient.measure_taken_whole),
    }
}

fn percent(ratio: Ratio) -> String {
    format::percent(ratio.per_mille())
}

/// How all of a measure came true, and how well the range does on projects that were kept back.
fn sentence(l: Locale, whole: &WholeRecord) -> String {
    let Spread { count, covered, median, mean, .. } = whole.spread;
    let share =
        |part: u32, of: u32| Ratio::of(i64::from(part), i64::from(of)).map_or_else(String::new, percent);
    let held_out = whole.held_out.map_or_else(
        || t!(l, coefficient.no_held_out).to_owned(),
        |found| t!(l, coefficient.held_out, share = share(found.covered, found.count), count = found.count),
    );
    t!(
        l,
        coefficient.record_sentence,
        measure = compared(l, whole.measure),
        count = count,
        mean = percent(mean),
        median = percent(median),
        covered = share(covered, count),
        held_out = held_out
    )
}

fn records(l: Locale, lines: &[RecordLine]) -> AnyView {
    if lines.is_empty() {
        return view! { <Empty reason=t!(l, coefficient.no_record) /> }.into_any();
    }
    let rows = lines.iter().map(|line| record(l, line)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, coefficient.record)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, jobs.method)}</th>
                        <th scope="col">{t!(l, coefficient.category)}</th>
                        <th scope="col">{t!(l, coefficient.measure)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.count)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.median)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.quartiles)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.mean)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.covered)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.weight)}</th>
                        <th scope="col" class="number">{t!(l, coefficient.shrunk)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn record(l: Locale, line: &RecordLine) -> AnyView {
    let Spread { count, covered, quarter, median, three_quarters, mean, .. } = line.record.spread;
    let factors = line.record.factors;
    let covered = Ratio::of(i64::from(covered), i64::from(count)).map_or_else(String::new, percent);
    let range = format!("{} ({}–{})", percent(factors.standard), percent(factors.low), percent(factors.high));
    view! {
        <tr>
            <th scope="row">{name::method(l, line.method)}</th>
            <td>{category(l, line.category)}</td>
            <td>{compared(l, line.measure)}</td>
            <td class="number">{format::integer(i64::from(count))}</td>
            <td class="number">{percent(median)}</td>
            <td class="number">{format!("{}–{}", percent(quarter), percent(three_quarters))}</td>
            <td class="number">{percent(mean)}</td>
            <td class="number">{covered}</td>
            <td class="number">{format::percent(i64::from(line.record.weight))}</td>
            <td class="number">{range}</td>
        </tr>
    }
    .into_any()
}

fn proposals(l: Locale, view: &RecordView) -> Option<AnyView> {
    if view.proposals.is_empty() {
        return None;
    }
    let range = |line: &Coefficient| {
        let [low, standard, high] = [line.low, line.standard, line.high].map(|number| plain(number, PLACES));
        format!("{low} / {standard} / {high}")
    };
    let row = |one: &Proposal| {
        view! {
            <tr>
                <th scope="row">{name::key(l, one.key)}</th>
                <td>{name::measure(l, one.now.unit)}</td>
                <td class="number">{format::integer(i64::from(one.record.spread.count))}</td>
                <td class="number">{range(&one.now)}</td>
                <td class="number">{range(&one.next)}</td>
            </tr>
        }
    };
    let rows = view.proposals.iter().map(row).collect_view();
    let section = view! {
        <section class="panel">
            <h2>{t!(l, coefficient.proposals)}</h2>
            <p class="coefficient-lead">{t!(l, coefficient.proposals_lead, edition = view.edition)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, coefficient.proposals)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, jobs.key)}</th>
                            <th scope="col">{t!(l, jobs.unit)}</th>
                            <th scope="col" class="number">{t!(l, coefficient.count)}</th>
                            <th scope="col" class="number">{t!(l, coefficient.now)}</th>
                            <th scope="col" class="number">{t!(l, coefficient.next)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(section.into_any())
}

fn adopt(l: Locale, view: &RecordView) -> AnyView {
    let error = returned_error(AdoptRecord::PATH);
    let of = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let (from_error, reason_error) = (of("valid_from"), of("reason"));
    let month = view.month.map(|month| month.to_string()).unwrap_or_default();
    let from = typed(AdoptRecord::PATH, "valid_from").unwrap_or_else(|| view.earliest.to_string());
    let ground = t!(l, coefficient.ground, area = view.area_name.clone(), month = month.clone());
    let reason = typed(AdoptRecord::PATH, "reason").unwrap_or(ground);
    let labels = vec![
        ("valid_from".to_owned(), t!(l, coefficient.valid_from).to_owned()),
        ("reason".to_owned(), t!(l, coefficient.adopt_reason).to_owned()),
    ];
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, coefficient.adopt)}</h2>
            {error.map(|error| view! { <ErrorPanel error=error labels=labels /> })}
            <form method="post" action=AdoptRecord::PATH class="coefficient-form">
                <input type="hidden" name="form[key]" value=view.key.clone() />
                <input type="hidden" name="form[month]" value=month />
                <Field name="valid_from" label=t!(l, coefficient.valid_from) error=from_error required=true>
                    <input
                        class="input"
                        id="valid_from"
                        name="form[valid_from]"
                        type="date"
                        value=from
                        required
                        aria-describedby="valid_from-note"
                    />
                </Field>
                <Field name="reason" label=t!(l, coefficient.adopt_reason) error=reason_error required=true>
                    <textarea class="input" id="reason" name="form[reason]" rows="2" maxlength="500" required aria-describedby="reason-note">
                        {in_textarea(reason)}
                    </textarea>
                </Field>
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, coefficient.adopt)}</Submit>
                </p>
            </form>
        </section>
    }
    .into_any()
}

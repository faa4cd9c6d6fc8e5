//! The table of a draft: low, default and high of every coefficient with price year and ground, as one plain form.

use super::api::EditEdition;
use crate::jobs::text::plain;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{Labels, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::retyped::typed;
use crate::parts::unescaped::in_textarea;
use contract::error::ApiError;
use contract::jobs::edition::{CoefficientLine, EditionView};
use domain::jobs::coefficient::Key;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::name::jobs as name;
use words::{Locale, format, t};

#[component]
pub fn DraftTable(view: EditionView) -> impl IntoView {
    let l = locale();
    let error = returned_error(EditEdition::PATH);
    let of = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let (from_error, reason_error) = (of("valid_from"), of("reason"));
    let from = typed(EditEdition::PATH, "valid_from").unwrap_or_else(|| view.line.valid_from.to_string());
    let reason = typed(EditEdition::PATH, "reason").unwrap_or_else(|| view.line.reason.clone());
    let rows = view.lines.iter().map(|line| row(l, line, error.as_ref())).collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, jobs.coefficients)}</h2>
            <p class="coefficient-lead">{t!(l, coefficient.beside, before = view.before)}</p>
            <form method="post" action=EditEdition::PATH class="coefficient-form">
                <input type="hidden" name="form[number]" value=view.line.number.to_string() />
                <input type="hidden" name="form[version]" value=view.line.version.to_string() />
                <Field
                    name="valid_from"
                    label=t!(l, coefficient.valid_from)
                    hint=t!(l, coefficient.from_hint, earliest = format::date(view.earliest))
                    error=from_error
                    required=true
                >
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
                <Field name="reason" label=t!(l, coefficient.reason) error=reason_error required=true>
                    <textarea class="input" id="reason" name="form[reason]" rows="2" maxlength="500" required aria-describedby="reason-note">
                        {in_textarea(reason)}
                    </textarea>
                </Field>
                {table(l, rows.into_any())}
                <p class="toolbar" data-noprint="">
                    <Submit weight=Weight::Primary>{t!(l, coefficient.save)}</Submit>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// What the inputs of an edition's page are called, for the summary of errors.
pub fn labels(l: Locale, is_draft: bool) -> Labels {
    let reason = if is_draft { t!(l, coefficient.reason) } else { t!(l, coefficient.verdict_reason) };
    let mut labels: Labels = vec![
        ("valid_from".to_owned(), t!(l, coefficient.valid_from).to_owned()),
        ("reason".to_owned(), reason.to_owned()),
    ];
    let columns = [
        ("low", t!(l, jobs.low)),
        ("standard", t!(l, jobs.standard)),
        ("high", t!(l, jobs.high)),
        ("year", t!(l, jobs.price_year)),
        ("source", t!(l, jobs.source)),
    ];
    for key in Key::ALL.iter().copied() {
        let of = |(column, word): (&str, &'static str)| {
            let label = t!(l, coefficient.cell, key = name::key(l, key), column = word);
            (format!("{column}[{}]", key.code()), label)
        };
        labels.extend(columns.map(of));
    }
    labels
}

fn table(l: Locale, rows: AnyView) -> AnyView {
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, jobs.coefficients)>
            <table class="table coefficient-table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, jobs.key)}</th>
                        <th scope="col">{t!(l, jobs.unit)}</th>
                        <th scope="col" class="number">{t!(l, jobs.low)}</th>
                        <th scope="col" class="number">{t!(l, jobs.standard)}</th>
                        <th scope="col" class="number">{t!(l, jobs.high)}</th>
                        <th scope="col">{t!(l, jobs.price_year)}</th>
                        <th scope="col">{t!(l, jobs.source)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Locale, line: &CoefficientLine, error: Option<&ApiError>) -> AnyView {
    let now = &line.now;
    let before = line.before.as_ref();
    let was = |number: Option<rust_decimal::Decimal>| {
        number.map(|number| t!(l, coefficient.was, number = plain(number, super::list::PLACES)))
    };
    let year = now.price_year.map(|year| year.to_string()).unwrap_or_default();
    let number = |number: rust_decimal::Decimal| number.normalize().to_string();
    view! {
        <tr class:coefficient-changed=before.is_some()>
            <th scope="row">{name::key(l, line.key)}</th>
            <td>{name::measure(l, now.unit)}</td>
            {cell(l, line, ("low", t!(l, jobs.low)), number(now.low), was(before.map(|line| line.low)), error)}
            {cell(l, line, ("standard", t!(l, jobs.standard)), number(now.standard), was(before.map(|line| line.standard)), error)}
            {cell(l, line, ("high", t!(l, jobs.high)), number(now.high), was(before.map(|line| line.high)), error)}
            {cell(l, line, ("year", t!(l, jobs.price_year)), year, None, error)}
            {cell(l, line, ("source", t!(l, jobs.source)), now.source.clone(), None, error)}
        </tr>
    }
    .into_any()
}

/// One input with what stood there before, and what is wrong with it.
fn cell(
    l: Locale,
    line: &CoefficientLine,
    (column, word): (&str, &str),
    kept: String,
    was: Option<String>,
    error: Option<&ApiError>,
) -> AnyView {
    let id = format!("{column}[{}]", line.key.code());
    let value = typed(EditEdition::PATH, &id).unwrap_or(kept);
    let wrong = field_error(error, &id);
    let is_number = column != "source";
    let label = t!(l, coefficient.cell, key = name::key(l, line.key), column = word);
    let most = if is_number { "12" } else { "500" };
    let is_wrong = wrong.is_some().then_some("true");
    view! {
        <td class:number=is_number>
            <input
                class="input"
                class:coefficient-number=is_number
                class:coefficient-ground=!is_number
                id=id.clone()
                name=format!("form[{column}][{}]", line.key.code())
                value=value
                inputmode=is_number.then_some("decimal")
                maxlength=most
                aria-label=label
                aria-invalid=is_wrong
            />
            {was.map(|text| view! { <span class="coefficient-was">{text}</span> })}
            {wrong.map(|text| view! { <span class="field-error">{text}</span> })}
        </td>
    }
    .into_any()
}

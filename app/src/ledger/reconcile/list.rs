//! The way in of an export, and all reconciliations of the own area.

use super::address::{self, PATH};
use super::api;
use super::cells::state;
use crate::ledger::frame::Head;
use crate::ledger::text::sources;
use crate::parts::answer::answered_within;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::field::SelectField;
use crate::parts::status::Chip;
use contract::error::{ApiError, Refusal};
use contract::ledger::reconcile::{ReconciliationLine, ReconciliationsView};
use domain::ledger::reconcile::Refusal as No;
use domain::money::Unit;
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn ReconciliationsPage() -> impl IntoView {
    let page = ask(|| (), |()| api::reconciliations());
    let refused = returned_error(api::BringExport::PATH);
    view! {
        <Head path=PATH />
        {refused.map(refusal)}
        {answered_within(page, |view| view! { <Shown view /> }.into_any())}
    }
    .into_any()
}

/// A file that is here already leads to where it is.
fn refusal(error: ApiError) -> AnyView {
    let l = locale();
    let kept = if let ApiError::Refused {
        refusal: Refusal::Reconcile { refusal: No::AlreadyKept { reconciliation } },
    } = &error
    {
        Some(*reconciliation)
    } else {
        None
    };
    view! {
        <ErrorPanel error=error />
        {kept.map(|id| view! { <p><a href=address::one(id)>{t!(l, reconcile.title)}</a></p> })}
    }
    .into_any()
}

#[component]
fn Shown(view: ReconciliationsView) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::Reconcile);
    let table = if view.rows.is_empty() {
        let reason = if may { t!(l, reconcile.none) } else { t!(l, reconcile.none_reader) };
        view! { <Empty reason=reason /> }.into_any()
    } else {
        table(l, &view.rows)
    };
    view! {
        <p class="reconcile-lead">{t!(l, reconcile.lead)}</p>
        {may.then(|| view! { <Bring key=view.key.clone() /> })}
        <section class="reconcile-all">
            <h2>{t!(l, reconcile.all)}</h2>
            {table}
        </section>
    }
    .into_any()
}

#[component]
fn Bring(key: String) -> impl IntoView {
    let l = locale();
    let every = std::iter::once((String::new(), t!(l, reconcile.source_every).to_owned()));
    let units = [Unit::Yuan, Unit::Wan].map(|unit| (unit.code().to_owned(), name::unit(l, unit).to_owned()));
    let as_file = std::iter::once((String::new(), t!(l, reconcile.unit_as_file).to_owned()));
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, reconcile.bring)}</h2>
            <form
                method="post"
                action=api::BringExport::PATH
                enctype="multipart/form-data"
                class="form form-row"
            >
                <input type="hidden" name="key" value=key />
                <div class="field">
                    <label class="field-label" for="file">{t!(l, reconcile.file)}</label>
                    <input class="input" id="file" name="file" type="file" accept=".xlsx,.csv" required />
                </div>
                <SelectField
                    name="source"
                    label=t!(l, reconcile.source)
                    choices=every.chain(sources(l)).collect()
                />
                <SelectField name="unit" label=t!(l, reconcile.unit) choices=as_file.chain(units).collect() />
                <Submit weight=Weight::Primary>{t!(l, reconcile.send)}</Submit>
            </form>
        </section>
    }
    .into_any()
}

fn table(l: Locale, rows: &[ReconciliationLine]) -> AnyView {
    let lines = rows.iter().map(|row| line(l, row)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, reconcile.all)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="date">{t!(l, reconcile.created)}</th>
                        <th scope="col">{t!(l, reconcile.file_head)}</th>
                        <th scope="col">{t!(l, common.area)}</th>
                        <th scope="col">{t!(l, ledger.source)}</th>
                        <th scope="col" class="date">{t!(l, reconcile.days)}</th>
                        <th scope="col" class="number">{t!(l, reconcile.lines)}</th>
                        <th scope="col" class="number">{t!(l, reconcile.matched_lines)}</th>
                        <th scope="col" class="number">{t!(l, reconcile.differences)}</th>
                        <th scope="col">{t!(l, reconcile.persons)}</th>
                        <th scope="col">{t!(l, reconcile.state)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(l: Locale, row: &ReconciliationLine) -> impl IntoView + use<> {
    let number = |count: u32| format::integer(i64::from(count));
    let (tone, drawing, word) = state(l, row.state);
    let persons = match &row.signer {
        Some(signer) => format!("{} / {signer}", row.maker),
        None => row.maker.clone(),
    };
    let figures = row.tallies.map(|tallies| {
        let differences = tallies.differing + tallies.bank_only.count + tallies.book_only.count;
        (number(tallies.matched.count), number(differences))
    });
    let (matched, differences) = figures.unwrap_or_else(|| (format::UNKNOWN.into(), format::UNKNOWN.into()));
    let source = row.source.map_or(t!(l, reconcile.source_every), |source| name::source(l, source));
    view! {
        <tr>
            <td class="date">{format::instant(row.created)}</td>
            <td>
                <a href=address::one(row.reconciliation)>{row.file_name.clone()}</a>
            </td>
            <td>{row.area_name.clone()}</td>
            <td>{source}</td>
            <td class="date">
                {t!(l, reconcile.day_span, from = format::date(row.from), to = format::date(row.to))}
            </td>
            <td class="number">{number(row.lines)}</td>
            <td class="number">{matched}</td>
            <td class="number">{differences}</td>
            <td>{persons}</td>
            <td>
                <Chip tone=tone drawing=drawing word=word />
            </td>
        </tr>
    }
}

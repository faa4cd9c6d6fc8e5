//! One reconciliation: file and unit, the result in figures, what is open, what is matched, its course, its signature. A
//! signed one is shown as it was signed.

use super::acts::acts;
use super::address::{self, PATH, Ticked};
use super::api;
use super::cells::{state, yuan};
use super::matched::matched;
use super::open::{differences, proposed};
use super::unit::unit;
use crate::ledger::frame::done;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::status::{Chip, SeverityChip};
use crate::parts::take_out::TakeOut;
use contract::ledger::reconcile::{BankFinding, ReconciliationView, StepLine, Tally};
use domain::ledger::reconcile::State;
use domain::money::Unit;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::explain::reconcile as explain;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn ReconciliationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|params| params.get("id")).flatten().unwrap_or_default());
    let one = ask(move || crate::parts::gone::read(id), api::reconciliation);
    answered(one, |view| view! { <Shown view /> }.into_any())
}

fn sentence(l: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "created" => t!(l, reconcile.done_created),
        "unit" => t!(l, reconcile.done_unit),
        "link" => t!(l, reconcile.done_link),
        "part" => t!(l, reconcile.done_part),
        "explain" => t!(l, reconcile.done_explain),
        "submit" => t!(l, reconcile.done_submit),
        "withdraw" => t!(l, reconcile.done_withdraw),
        "return" => t!(l, reconcile.done_return),
        "sign" => t!(l, reconcile.done_sign),
        _ => return None,
    })
}

#[component]
fn Shown(view: ReconciliationView) -> impl IntoView {
    let l = locale();
    let title = format!("{} · {}", t!(l, reconcile.export_name), view.head.file_name);
    let way = vec![
        (t!(l, ledger.title).to_owned(), crate::ledger::address::PATH.to_owned()),
        (t!(l, reconcile.tab).to_owned(), PATH.to_owned()),
        (title.clone(), String::new()),
    ];
    let refused =
        returned_error(api::TakeStep::PATH).or_else(|| returned_error(api::JudgeReconciliation::PATH));
    let ticked = gone::query(Ticked::read);
    let is_open = view.head.state == State::Open && view.unit.is_some();
    let may = is_open && view.may.includes(Action::Reconcile);
    let known = view.unit.is_some().then(|| {
        view! {
            {figures(l, &view)}
            {proposed(l, &view, may)}
            {differences(l, &view, &ticked, may)}
            {matched(l, &view, may)}
        }
    });
    let returned = view.returned.clone().map(|reason| {
        let text = t!(l, reconcile.returned, reason = reason);
        view! { <p class="notice notice-warn" role="note">{text}</p> }
    });
    let broken = (view.broken > 0).then(|| {
        let text = t!(l, reconcile.broken, count = view.broken);
        view! { <p class="notice notice-warn" role="note">{text}</p> }
    });
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title>
            <TakeOut href=address::export(view.head.reconciliation) />
        </PageHead>
        {refused.is_none().then(|| done(|code| sentence(l, code)))}
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        {facts(l, &view)}
        {returned}
        {unit(l, &view)}
        {broken}
        {known}
        {findings(l, &view.findings)}
        {acts(l, &view)}
        {steps(l, &view.steps)}
        {signatures(l, &view)}
    }
    .into_any()
}

fn facts(l: Locale, view: &ReconciliationView) -> AnyView {
    let head = &view.head;
    let (tone, drawing, word) = state(l, head.state);
    let source = head.source.map_or(t!(l, reconcile.source_every), |source| name::source(l, source));
    let facts = [
        (t!(l, reconcile.area), head.area_name.clone()),
        (t!(l, ledger.source), source.to_owned()),
        (
            t!(l, reconcile.days),
            t!(l, reconcile.day_span, from = format::date(head.from), to = format::date(head.to)),
        ),
        (t!(l, reconcile.lines), format::integer(i64::from(head.lines))),
        (t!(l, reconcile.faulty), format::integer(i64::from(view.faulty))),
        (t!(l, reconcile.created), format!("{} {}", head.maker, format::instant(head.created))),
        (t!(l, reconcile.known_at), view.known_at.to_string()),
    ];
    let facts = facts
        .into_iter()
        .map(|(label, text)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{text}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-label=t!(l, reconcile.facts) data-state=head.state.code()>
            <Chip tone=tone drawing=drawing word=word />
            <dl class="reconcile-facts">{facts}</dl>
            <p class="reconcile-under">{t!(l, reconcile.hash)}" "<code>{view.sha256.clone()}</code></p>
        </section>
    }
    .into_any()
}

/// The result in figures, each leading to its rows.
fn figures(l: Locale, view: &ReconciliationView) -> AnyView {
    let tallies = &view.tallies;
    let plain = |count: u32| Tally { count, ..Tally::default() };
    let cards = [
        (t!(l, reconcile.bank), "bank", tallies.bank, None),
        (t!(l, reconcile.book), "book", tallies.book, None),
        (t!(l, reconcile.matched), "matched", tallies.matched, Some("#matched")),
        (t!(l, reconcile.proposed), "proposed", plain(tallies.proposed), Some("#proposed")),
        (t!(l, reconcile.differing), "differing", plain(tallies.differing), Some("#differing")),
        (t!(l, reconcile.bank_only), "bank_only", tallies.bank_only, Some("#by-hand")),
        (t!(l, reconcile.book_only), "book_only", tallies.book_only, Some("#by-hand")),
    ];
    let cards = cards
        .into_iter()
        .map(|(label, code, tally, to)| {
            let count = t!(l, reconcile.count, count = format::integer(i64::from(tally.count)));
            let to = to.filter(|_| tally.count > 0);
            let figure = match to {
                Some(href) => view! { <a href=href rel="external">{count}</a> }.into_any(),
                None => view! { <span>{count}</span> }.into_any(),
            };
            let incoming = (!tally.incoming.is_zero())
                .then(|| view! { <span>{t!(l, reconcile.in_sum, amount = yuan(tally.incoming))}</span> });
            let outgoing = (!tally.outgoing.is_zero())
                .then(|| view! { <span>{t!(l, reconcile.out_sum, amount = yuan(tally.outgoing))}</span> });
            view! {
                <div class="reconcile-figure" data-figure=code data-count=tally.count.to_string()>
                    <dt>{label}</dt>
                    <dd>{figure} {incoming} {outgoing}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section aria-label=t!(l, reconcile.figures)>
            <dl class="reconcile-figures">{cards}</dl>
            <p class="unit-note">{t!(l, reconcile.yuan)}</p>
        </section>
    }
    .into_any()
}

fn findings(l: Locale, findings: &[BankFinding]) -> Option<AnyView> {
    if findings.is_empty() {
        return None;
    }
    let lines = findings
        .iter()
        .map(|finding| {
            let place = &finding.place;
            let cell = place.address.clone().unwrap_or_else(|| place.row.to_string());
            view! {
                <tr>
                    <td>
                        <SeverityChip severity=finding.severity />
                    </td>
                    <td>{place.sheet.clone()}</td>
                    <td class="date">{cell}</td>
                    <td>{explain::bank_fault(l, &finding.fault)}</td>
                </tr>
            }
        })
        .collect_view();
    let section = view! {
        <section class="panel">
            <h2>{t!(l, reconcile.findings)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, reconcile.findings)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, common.status)}</th>
                            <th scope="col">{t!(l, ledger.sheet)}</th>
                            <th scope="col" class="date">{t!(l, ledger.cell)}</th>
                            <th scope="col">{t!(l, ledger.what)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    };
    Some(section.into_any())
}

fn steps(l: Locale, steps: &[StepLine]) -> Option<AnyView> {
    if steps.is_empty() {
        return None;
    }
    let lines = steps
        .iter()
        .map(|step| {
            let unit = step.text.as_deref().filter(|_| step.step == "unit").and_then(Unit::from_code);
            let text = unit.map(|unit| name::unit(l, unit).to_owned()).or_else(|| step.text.clone());
            view! {
                <tr>
                    <td class="date">{format::instant(step.at)}</td>
                    <td>{explain::step(l, &step.step)}</td>
                    <td>{step.by.clone()}</td>
                    <td class="reconcile-about">{text}</td>
                </tr>
            }
        })
        .collect_view();
    let section = view! {
        <section class="panel">
            <h2>{t!(l, reconcile.steps)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, reconcile.steps)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="date">{t!(l, reconcile.at)}</th>
                            <th scope="col">{t!(l, reconcile.what)}</th>
                            <th scope="col">{t!(l, reconcile.who)}</th>
                            <th scope="col">{t!(l, reconcile.text)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    };
    Some(section.into_any())
}

/// Names under the sheet; on paper there is room for a hand.
fn signatures(l: Locale, view: &ReconciliationView) -> AnyView {
    let signed = view.steps.first().filter(|step| step.step == "sign");
    let (signer, at) =
        signed.map_or((String::new(), String::new()), |step| (step.by.clone(), format::instant(step.at)));
    view! {
        <dl class="reconcile-signatures">
            <div>
                <dt>{t!(l, reconcile.maker_line)}</dt>
                <dd>{view.head.maker.clone()}</dd>
            </div>
            <div>
                <dt>{t!(l, reconcile.signer_line)}</dt>
                <dd>{signer}</dd>
            </div>
            <div>
                <dt>{t!(l, reconcile.date_line)}</dt>
                <dd>{at}</dd>
            </div>
        </dl>
    }
    .into_any()
}

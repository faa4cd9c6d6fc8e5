//! One figure of a document: what it says, from what it ought to follow, the arithmetic in words, and who signed which
//! figure to work with.

use super::api;
use super::choose::{Choose, action};
use super::list::{PATH, VerdictChip};
use crate::parts::address::encode;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::empty::Empty;
use crate::parts::error_panel::returned_error;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::back;
use crate::parts::status::SeverityChip;
use contract::statement::{ChooseForm, StatementView, WorkingLine};
use domain::permission::Action;
use domain::statement::check::{CheckError, Checked};
use domain::statement::working::Choice;
use domain::statement::{Statement, Term};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::explain::statement as explain;
use words::locale::locale;
use words::{Locale, format, t};

/// Where a form without scripts goes on to.
pub fn signed_path(view: &StatementView) -> String {
    format!("{PATH}/{}?signed=1", view.id)
}

/// Back to the form with what was chosen and typed.
pub fn retyped(form: &ChooseForm) -> String {
    let path = format!("{PATH}/{}", encode(&form.statement));
    back(&path, &[("figure", &form.figure), ("other", &form.other), ("reason", &form.reason)])
}

#[component]
pub fn StatementPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let one = ask(move || crate::parts::gone::read(id), api::statement);
    answered(one, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: StatementView) -> impl IntoView {
    let l = locale();
    let title = format!("{} {}", view.statement.code(), view.statement.indicator());
    let way = vec![(t!(l, common.statements).to_owned(), PATH.to_owned()), (title.clone(), String::new())];
    let may_sign = view.may.includes(Action::SignStatement);
    let choices = view.choices.clone();
    let signed = gone::query(|query| query.get("signed").is_some()) && returned_error(action()).is_none();
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title />
        {signed.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, statement.signed)}</p> })}
        {stated(l, &view.statement, &view.checked)}
        {arithmetic(l, &view.statement, &view.checked)}
        {parts(l, &view.statement)}
        {history(l, choices)}
        {may_sign.then(|| view! { <Choose view /> })}
    }
}

fn stated(l: Locale, statement: &Statement, checked: &Result<Checked, CheckError>) -> impl IntoView + use<> {
    let kind = statement.printed().kind();
    let allows = explain::span(l, statement.stated().evaluate().allows, kind);
    let severity = checked.as_ref().ok().and_then(Checked::severity);
    let source = statement.stated().source.clone();
    view! {
        <dl class="statement-figures">
            <div>
                <dt>{t!(l, statement.stated)}</dt>
                <dd class="statement-printed">{statement.printed().text().to_owned()}</dd>
            </div>
            <div>
                <dt>{t!(l, statement.allows_stated)}</dt>
                <dd>{allows}</dd>
            </div>
            <div>
                <dt>{t!(l, statement.verdict)}</dt>
                <dd>
                    <VerdictChip checked=checked.clone() />
                </dd>
            </div>
            <div>
                <dt>{t!(l, statement.severity)}</dt>
                <dd>
                    {match severity {
                        Some(severity) => view! { <SeverityChip severity /> }.into_any(),
                        None => t!(l, statement.severity_none).into_any(),
                    }}
                </dd>
            </div>
            {source
                .map(|source| {
                    let place =
                        t!(l, statement.place, document = source.document, locator = source.locator);
                    view! {
                        <div class="statement-from">
                            <dt>{t!(l, statement.words_head)}</dt>
                            <dd>
                                <q>{source.words}</q>
                                <span class="statement-source">{place}</span>
                            </dd>
                        </div>
                    }
                })}
        </dl>
    }
}

fn arithmetic(
    l: Locale,
    statement: &Statement,
    checked: &Result<Checked, CheckError>,
) -> impl IntoView + use<> {
    let body = match checked {
        Err(error) => view! { <p>{explain::check_error(l, error)}</p> }.into_any(),
        Ok(checked) => view! {
            {computed(l, statement, checked)}
            <p class="statement-says">{explain::verdict(l, statement, checked)}</p>
        }
        .into_any(),
    };
    view! {
        <section class="panel">
            <h2>{t!(l, statement.arithmetic)}</h2>
            <p>{explain::basis(l, statement)}</p>
            {body}
        </section>
    }
}

/// One line, or a table of the ways that may be meant.
fn computed(l: Locale, statement: &Statement, checked: &Checked) -> AnyView {
    let kind = explain::computed_kind(statement);
    if let [value] = checked.computed.as_slice()
        && value.label.is_empty()
    {
        return view! { <p>{explain::computed(l, value, kind)}</p> }.into_any();
    }
    let gives = statement.basis().gives_the_figure();
    let rows = checked
        .computed
        .iter()
        .zip(explain::formulas(statement))
        .enumerate()
        .map(|(place, (value, formula))| {
            let fits = gives.then(|| {
                if checked.fitting.contains(&place) {
                    t!(l, statement.fits)
                } else {
                    t!(l, statement.fits_not)
                }
            });
            view! {
                <tr>
                    <th scope="row">{value.label.clone()}</th>
                    <td>{explain::formula(l, formula)}</td>
                    <td class="number">{explain::span(l, value.named, kind)}</td>
                    <td class="number">{explain::span(l, value.allows, kind)}</td>
                    {fits.map(|fits| view! { <td>{fits}</td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, statement.arithmetic)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, statement.way)}</th>
                        <th scope="col">{t!(l, statement.arithmetic)}</th>
                        <th scope="col" class="number">{t!(l, statement.value)}</th>
                        <th scope="col" class="number">{t!(l, statement.allows)}</th>
                        {gives.then(|| view! { <th scope="col">{t!(l, statement.verdict)}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn parts(l: Locale, statement: &Statement) -> Option<AnyView> {
    let terms = explain::terms(statement);
    if terms.is_empty() {
        return None;
    }
    let rows = terms.into_iter().map(|term| part(l, term)).collect_view();
    let section = view! {
        <section class="panel">
            <h2>{t!(l, statement.parts)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, statement.parts)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, statement.label)}</th>
                            <th scope="col" class="number">{t!(l, statement.stated)}</th>
                            <th scope="col" class="number">{t!(l, statement.allows)}</th>
                            <th scope="col">{t!(l, statement.words_head)}</th>
                            <th scope="col">{t!(l, statement.place_head)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(section.into_any())
}

fn part(l: Locale, term: &Term) -> impl IntoView + use<> {
    let allows = explain::span(l, term.evaluate().allows, term.printed.kind());
    let reading = explain::reading(l, term);
    let (words, place) = match &term.source {
        Some(source) => (
            view! { <q>{source.words.clone()}</q> }.into_any(),
            t!(
                l,
                statement.place_short,
                document = source.document.clone(),
                locator = source.locator.clone()
            ),
        ),
        None => (t!(l, statement.assumed).into_any(), String::new()),
    };
    view! {
        <tr>
            <th scope="row">{term.label.clone()}</th>
            <td class="number">{term.printed.text().to_owned()}</td>
            <td class="number">
                {allows}
                {reading.map(|reading| view! { <span class="statement-least">{reading}</span> })}
            </td>
            <td>{words}</td>
            <td class="statement-place">{place}</td>
        </tr>
    }
}

fn history(l: Locale, choices: Vec<WorkingLine>) -> impl IntoView {
    let body = if choices.is_empty() {
        view! { <Empty reason=t!(l, statement.history_none) /> }.into_any()
    } else {
        let rows = choices.into_iter().map(|choice| chosen(l, choice)).collect_view();
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, statement.history)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, statement.working)}</th>
                            <th scope="col">{t!(l, statement.chosen)}</th>
                            <th scope="col">{t!(l, statement.reason)}</th>
                            <th scope="col">{t!(l, statement.signed_by)}</th>
                            <th scope="col" class="date">{t!(l, statement.signed_at)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="panel">
            <h2>{t!(l, statement.history)}</h2>
            {body}
        </section>
    }
}

fn chosen(l: Locale, line: WorkingLine) -> impl IntoView {
    let choice = match &line.choice {
        Choice::Stated => t!(l, statement.chosen_stated).to_owned(),
        Choice::Computed(_) => t!(l, statement.chosen_computed).to_owned(),
        Choice::Other(printed) => t!(l, statement.chosen_other, text = printed.text().to_owned()),
    };
    view! {
        <tr>
            <td class="number">{explain::figure(l, line.value, line.kind)}</td>
            <td>{choice}</td>
            <td class="statement-reason">{line.reason}</td>
            <td>{line.signed_by}</td>
            <td class="date">{format::instant(line.signed_at)}</td>
        </tr>
    }
}

//! One rule: how it stands, all its editions, and the form for the next one, which begins on a day to come and judges
//! nothing that is past.

use super::address::RULES;
use super::api::{self, EditRule};
use super::one::valid;
use super::rules::{current, parameters, state};
use super::text::LevelChip;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, Labels, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::typed;
use crate::parts::unescaped::in_textarea;
use contract::error::ApiError;
use contract::review::RuleView;
use domain::mark::Mark;
use domain::permission::Action;
use domain::review::edition::Edition;
use domain::review::parameter::{ParameterName, ParameterValue};
use domain::review::rule::Level;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::explain::review as explain;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn RulePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("rule")).flatten().unwrap_or_default());
    let one = ask(move || crate::parts::gone::read(id), api::rule);
    answered(one, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: RuleView) -> impl IntoView {
    let l = locale();
    let title = super::text::rule(l, view.line.rule);
    let way = vec![(t!(l, review.tab_rules).to_owned(), RULES.to_owned()), (title.clone(), String::new())];
    let error = returned_error(EditRule::PATH);
    let done = error.is_none() && gone::query(|query| query.get("done").is_some());
    let may_edit = view.may.includes(Action::EditRules);
    let next = current(&view.line).or(view.line.editions.last()).cloned();
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title />
        {done.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, review.done_edition)}</p> })}
        <section class="panel">
            <h2>{t!(l, review.state)}</h2>
            <p class="review-standing">{state(l, &view.line)}</p>
        </section>
        {editions(l, &view)}
        {next.filter(|_| may_edit).map(|edition| form(l, &view, &edition, error))}
    }
    .into_any()
}

fn editions(l: Locale, view: &RuleView) -> AnyView {
    let rows = view
        .line
        .editions
        .iter()
        .rev()
        .map(|edition| {
            let area = view.areas.iter().find(|(code, _)| *code == edition.area);
            let area = area.map_or_else(|| edition.area.to_string(), |(_, name)| name.clone());
            let is_current = Some(edition.number) == view.line.current;
            view! {
                <tr class:review-current=is_current>
                    <th scope="row">{t!(l, review.edition_number, number = edition.number)}</th>
                    <td>{area}</td>
                    <td>{valid(l, edition)}</td>
                    <td>
                        <LevelChip level=edition.level />
                    </td>
                    <td class="review-sum">{parameters(l, edition)}</td>
                    <td class="review-sum">
                        {edition.basis.clone()}
                        <span class="review-faint">
                            {edition.mark.code()} " · " {name::mark(l, edition.mark)}
                        </span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, review.all_editions)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, review.all_editions)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, review.edition)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col">{t!(l, review.valid)}</th>
                            <th scope="col">{t!(l, review.level)}</th>
                            <th scope="col">{t!(l, review.parameters)}</th>
                            <th scope="col">{t!(l, review.basis)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn form(l: Locale, view: &RuleView, before: &Edition, error: Option<ApiError>) -> AnyView {
    let of = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let came = |name: &str| typed(EditRule::PATH, name);
    let (from_error, basis_error) = (of("valid_from"), of("basis"));
    let valid_from = came("valid_from").unwrap_or_else(|| view.earliest.to_string());
    let earliest = view.earliest.to_string();
    let basis = came("basis").unwrap_or_else(|| before.basis.clone());
    let values = before
        .parameters
        .iter()
        .map(|(parameter, value)| parameter_input(l, *parameter, value, error.as_ref()))
        .collect_view();
    let (levels, confirm) = (levels(l, before), confirm(l, before));
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, review.next_title)}</h2>
            <p class="review-faint">{t!(l, review.next_lead, area = view.area_name.clone())}</p>
            {error.map(|error| view! { <ErrorPanel error=error labels=labels(l, before) /> })}
            <form method="post" action=EditRule::PATH class="review-edition">
                <input type="hidden" name="form[rule]" value=view.line.rule.code() />
                <input type="hidden" name="form[number]" value=view.next.to_string() />
                <input type="hidden" name="form[key]" value=view.key.clone() />
                <Field name="valid_from" label=t!(l, review.valid_from) error=from_error required=true>
                    <input
                        class="input"
                        id="valid_from"
                        name="form[valid_from]"
                        type="date"
                        value=valid_from
                        min=earliest
                        required
                        aria-describedby="valid_from-note"
                    />
                </Field>
                <Field name="level" label=t!(l, review.level) required=true>
                    <select class="input" id="level" name="form[level]" aria-describedby="level-note">
                        {levels}
                    </select>
                </Field>
                {values}
                <Field name="basis" label=t!(l, review.basis) error=basis_error required=true>
                    <textarea class="input" id="basis" name="form[basis]" rows="2" maxlength="500" required aria-describedby="basis-note">
                        {in_textarea(basis)}
                    </textarea>
                </Field>
                {confirm}
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, review.next_save)}</Submit>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn levels(l: Locale, before: &Edition) -> AnyView {
    let chosen = typed(EditRule::PATH, "level").unwrap_or_else(|| before.level.code().to_owned());
    let option = |level: Level| {
        let selected = level.code() == chosen;
        view! {
            <option value=level.code() selected=selected>
                {name::review::finding_level(l, level)}
            </option>
        }
    };
    Level::ALL.map(option).collect_view().into_any()
}

/// A rule that nobody has confirmed yet can be, with its next edition.
fn confirm(l: Locale, before: &Edition) -> Option<AnyView> {
    let is_open = before.mark == Mark::Known && before.confirmed_on.is_none();
    let ticked = typed(EditRule::PATH, "confirmed").is_some_and(|value| value == "1");
    is_open.then(|| {
        view! {
            <label class="review-confirm">
                <input type="checkbox" name="form[confirmed]" value="1" checked=ticked />
                {t!(l, review.confirm)}
            </label>
        }
        .into_any()
    })
}

fn labels(l: Locale, before: &Edition) -> Labels {
    let values = before
        .parameters
        .keys()
        .map(|parameter| (format!("values[{parameter}]"), name::review::parameter(l, *parameter)));
    let own = [("valid_from", t!(l, review.valid_from)), ("basis", t!(l, review.basis))];
    own.map(|(name, word)| (name.to_owned(), word.to_owned())).into_iter().chain(values).collect()
}

fn parameter_input(
    l: Locale,
    parameter: ParameterName,
    value: &ParameterValue,
    error: Option<&ApiError>,
) -> AnyView {
    let id = format!("values[{parameter}]");
    let note = format!("{id}-note");
    let fault = field_error(error, &id);
    let is_wrong = fault.is_some();
    let hint = match value {
        ParameterValue::Ratio(_) => t!(l, review.value_hint_ratio),
        ParameterValue::Money(_) => t!(l, review.value_hint_money),
        ParameterValue::Sources(_) | ParameterValue::Purposes(_) => t!(l, review.value_hint_codes),
        ParameterValue::Integer(_) | ParameterValue::Days(_) | ParameterValue::Months(_) => {
            t!(l, review.value_hint_number)
        }
    };
    let now = explain::parameter_value(l, value);
    let text = typed(EditRule::PATH, &id).unwrap_or_else(|| value.text());
    view! {
        <div class="field" class:field-wrong=is_wrong>
            <label class="field-label" for=id.clone()>{name::review::parameter(l, parameter)}</label>
            <input
                class="input"
                id=id
                name=format!("form[values][{parameter}]")
                value=text
                maxlength="500"
                autocomplete="off"
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=note.clone()
            />
            <div id=note class="field-note">
                {fault.map(|text| view! { <p class="field-error">{text}</p> })}
                <p class="field-hint">{hint} " · " {now}</p>
            </div>
        </div>
    }
    .into_any()
}

//! One source: the editions of its rules, and the form of the next one, which begins on a day to come and judges no notice of
//! the past.

use super::address::SOURCES;
use super::api::{self, EditSource};
use super::rules::{marked, span};
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
use contract::fund::edition::{EditionLine, SourceView};
use domain::fund::{Clause, Edition, Rule};
use domain::mark::Mark;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, explain, name, t};

#[component]
pub fn SourcePage() -> impl IntoView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.try_with(|found| found.get("source")).flatten().unwrap_or_default());
    let one = ask(move || gone::read(code), api::source);
    answered(one, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: SourceView) -> impl IntoView {
    let l = locale();
    let title = format!("{} {}", name::source(l, view.source), view.source.code());
    let way = vec![(t!(l, fund.sources).to_owned(), SOURCES.to_owned()), (title.clone(), String::new())];
    let error = returned_error(EditSource::PATH);
    let done = error.is_none() && gone::query(|query| query.get("done").is_some());
    let may_edit = view.may.includes(Action::EditRules);
    let current = view.editions.iter().find(|line| Some(line.edition.number) == view.current);
    let form = current.filter(|_| may_edit).map(|line| form(l, &view, &line.edition, error));
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title />
        {done.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, fund.edition_done)}</p> })}
        {editions(l, &view)}
        {form}
    }
    .into_any()
}

fn editions(l: Locale, view: &SourceView) -> AnyView {
    let rows = view.editions.iter().rev().map(|line| edition(l, view, line)).collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, fund.editions)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, fund.editions)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, fund.edition)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col">{t!(l, fund.edition_valid)}</th>
                            <th scope="col">{t!(l, fund.rules)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn edition(l: Locale, view: &SourceView, line: &EditionLine) -> impl IntoView + use<> {
    let Edition { number, valid_from, valid_to, kind, .. } = &line.edition;
    let is_current = Some(*number) == view.current;
    let valid = span(l, *valid_from, *valid_to).unwrap_or_else(|| t!(l, fund.since_ever).to_owned());
    let rules = kind.clauses.iter().map(|clause| view! { <li>{rule(l, clause)}</li> }).collect_view();
    let rules = if kind.clauses.is_empty() {
        view! { <span class="fund-faint">{t!(l, fund.rules_none)}</span> }.into_any()
    } else {
        view! { <ul class="fund-clauses">{rules}</ul> }.into_any()
    };
    view! {
        <tr class:fund-current=is_current>
            <th scope="row">{t!(l, fund.edition_number, number = *number)}</th>
            <td>{line.area_name.clone()}</td>
            <td>{valid}</td>
            <td>{rules}</td>
        </tr>
    }
}

/// What a rule asks, when and where alone, and what it rests on.
fn rule(l: Locale, clause: &Clause) -> AnyView {
    let place = clause.area.map(|code| t!(l, fund.only_in, area = code.to_string()));
    let about: Vec<String> = span(l, clause.from, clause.to).into_iter().chain(place).collect();
    view! {
        {explain::fund_rule(l, &clause.rule)}
        {(!about.is_empty()).then(|| view! { <span class="fund-faint">" · "{about.join(" · ")}</span> })}
        <span class="fund-basis">{marked(l, clause.basis.mark)} " " {clause.basis.text.clone()}</span>
    }
    .into_any()
}

fn form(l: Locale, view: &SourceView, before: &Edition, error: Option<ApiError>) -> AnyView {
    let from_error = Signal::stored(field_error(error.as_ref(), "valid_from"));
    let earliest = view.earliest.to_string();
    let valid_from = typed(EditSource::PATH, "valid_from").unwrap_or_else(|| earliest.clone());
    let clauses = before.kind.clauses.iter().enumerate();
    let rules = clauses.map(|(at, clause)| kept_rule(l, at, clause, error.as_ref())).collect_view();
    let added = added_rule(l, error.as_ref());
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, fund.edition_next)}</h2>
            <p class="fund-faint">{t!(l, fund.edition_lead, area = view.area_name.clone())}</p>
            {error.map(|error| view! { <ErrorPanel error=error labels=labels(l, before) /> })}
            <form method="post" action=EditSource::PATH class="fund-edition">
                <input type="hidden" name="form[source]" value=view.source.code() />
                <input type="hidden" name="form[number]" value=view.next.to_string() />
                <input type="hidden" name="form[key]" value=view.key.clone() />
                <Field name="valid_from" label=t!(l, fund.edition_from) error=from_error required=true>
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
                {rules}
                {added}
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, fund.edition_save)}</Submit>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn labels(l: Locale, before: &Edition) -> Labels {
    let own = [
        ("valid_from", t!(l, fund.edition_from)),
        ("rule", t!(l, fund.rule_kind)),
        ("value", t!(l, fund.rule_value)),
        ("mark", t!(l, fund.rule_mark)),
        ("basis", t!(l, fund.rule_basis)),
    ];
    let of_rules = (0..before.kind.clauses.len()).flat_map(|at| {
        let row = t!(l, fund.rule_number, number = at + 1);
        [("values", t!(l, fund.rule_value)), ("bases", t!(l, fund.rule_basis))]
            .map(|(input, word)| (format!("{input}[{at}]"), format!("{row} {word}")))
    });
    own.map(|(input, word)| (input.to_owned(), word.to_owned())).into_iter().chain(of_rules).collect()
}

/// A rule of the edition in force: its value, what it rests on, and whether it holds no more.
fn kept_rule(l: Locale, at: usize, clause: &Clause, error: Option<&ApiError>) -> AnyView {
    let value = clause.rule.text().map(|value| {
        let input = format!("values[{at}]");
        let text = typed(EditSource::PATH, &input).unwrap_or(value);
        value_input(l, input, format!("form[values][{at}]"), text, hint(l, &clause.rule), error)
    });
    let basis = typed(EditSource::PATH, &format!("bases[{at}]")).unwrap_or_else(|| clause.basis.text.clone());
    let basis = basis_input(l, format!("bases[{at}]"), format!("form[bases][{at}]"), basis, error);
    let dropped = typed(EditSource::PATH, &format!("dropped[{at}]")).is_some_and(|mark| !mark.is_empty());
    view! {
        <fieldset class="fund-rule">
            <legend>{t!(l, fund.rule_number, number = at + 1)} " " {explain::fund_rule(l, &clause.rule)}</legend>
            {value}
            {basis}
            <label class="fund-drop">
                <input type="checkbox" name=format!("form[dropped][{at}]") value="1" checked=dropped />
                {t!(l, fund.rule_drop)}
            </label>
        </fieldset>
    }
    .into_any()
}

/// A rule that is added; without a kind none is.
fn added_rule(l: Locale, error: Option<&ApiError>) -> AnyView {
    let came = |input: &str| typed(EditSource::PATH, input).unwrap_or_default();
    let (kind, mark) = (came("rule"), came("mark"));
    let kinds = Rule::kinds()
        .map(|rule| {
            let selected = rule.code() == kind;
            view! { <option value=rule.code() selected=selected>{name::rule_kind(l, &rule)}</option> }
        })
        .collect_view();
    let marks = Mark::ALL
        .map(|one| {
            let selected = one.code() == mark;
            view! { <option value=one.code() selected=selected>{name::mark(l, one)}</option> }
        })
        .collect_view();
    let value =
        value_input(l, "value".into(), "form[value]".into(), came("value"), t!(l, fund.hint_any), error);
    let basis = basis_input(l, "basis".into(), "form[basis]".into(), came("basis"), error);
    view! {
        <fieldset class="fund-rule">
            <legend>{t!(l, fund.rule_add)}</legend>
            <Field name="rule" label=t!(l, fund.rule_kind) error=Signal::stored(field_error(error, "rule"))>
                <select class="input" id="rule" name="form[rule]" aria-describedby="rule-note">
                    <option value="">{t!(l, fund.rule_add_none)}</option>
                    {kinds}
                </select>
            </Field>
            {value}
            <Field name="mark" label=t!(l, fund.rule_mark) error=Signal::stored(field_error(error, "mark"))>
                <select class="input" id="mark" name="form[mark]" aria-describedby="mark-note">
                    {marks}
                </select>
            </Field>
            {basis}
        </fieldset>
    }
    .into_any()
}

/// How the value of a rule is typed.
fn hint(l: Locale, rule: &Rule) -> &'static str {
    match rule {
        Rule::Allows { .. } | Rule::Forbids { .. } => t!(l, fund.hint_uses),
        Rule::IndustryShare { .. } | Rule::LabourShare { .. } | Rule::ManagementShare { .. } => {
            t!(l, fund.hint_percent)
        }
        Rule::CapPerProject { .. } => t!(l, fund.hint_wan),
        Rule::PassOn { .. } | Rule::Publish { .. } => t!(l, fund.hint_days),
        Rule::SpendWithin { .. } => t!(l, fund.hint_years),
        Rule::Revenue | Rule::NoDemandedMatching | Rule::OwnDocument | Rule::Traceable | Rule::Stated => "",
    }
}

fn value_input(
    l: Locale,
    id: String,
    input: String,
    text: String,
    hint: &'static str,
    error: Option<&ApiError>,
) -> AnyView {
    let fault = Signal::stored(field_error(error, &id));
    let note = format!("{id}-note");
    view! {
        <Field name=id.clone() label=t!(l, fund.rule_value) hint=hint error=fault>
            <input
                class="input"
                id=id
                name=input
                value=text
                maxlength="500"
                autocomplete="off"
                aria-describedby=note
            />
        </Field>
    }
    .into_any()
}

fn basis_input(l: Locale, id: String, input: String, text: String, error: Option<&ApiError>) -> AnyView {
    let fault = Signal::stored(field_error(error, &id));
    let note = format!("{id}-note");
    view! {
        <Field name=id.clone() label=t!(l, fund.rule_basis) error=fault>
            <textarea class="input" id=id name=input rows="2" maxlength="500" aria-describedby=note>
                {in_textarea(text)}
            </textarea>
        </Field>
    }
    .into_any()
}

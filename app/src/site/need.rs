//! What a community needs: the list with what became of each need, the form of a new one, and the two ways a need ends: as a
//! reserve project by one click, or dropped with a reason. Plain posts with version and idempotency key.

use super::api::{ConvertNeed, DropNeed, RecordNeed};
use super::list::PATH;
use super::text::maybe;
use crate::parts::address::encode;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, Labels, field_error, returned_error};
use crate::parts::field::{AreaField, SelectField, TextField};
use crate::parts::gone;
use crate::parts::money_field::MoneyField;
use crate::parts::retyped::{back, typed};
use contract::site::SiteView;
use contract::site::need::{ConvertNeedForm, DropNeedForm, NeedLine, NeedView, RecordNeedForm};
use domain::permission::Action;
use domain::project::Category;
use domain::site::need::State;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

fn record_action() -> &'static str {
    <RecordNeed as server_fn::ServerFn>::PATH
}

fn drop_action() -> &'static str {
    <DropNeed as server_fn::ServerFn>::PATH
}

fn convert_action() -> &'static str {
    <ConvertNeed as server_fn::ServerFn>::PATH
}

/// Where a form without scripts goes on to: a new project is looked at, a need stays at its community.
pub fn done_path(view: &NeedView) -> String {
    match view.project {
        Some(project) => format!("/projects/{project}?done=created"),
        None => format!("{PATH}/{}?need=kept", view.site),
    }
}

pub fn record_back(form: &RecordNeedForm) -> String {
    let texts = [
        ("title", form.title.as_str()),
        ("category", &form.category),
        ("content", &form.content),
        ("people", &form.people),
        ("estimated", &form.estimated),
    ];
    back(&format!("{PATH}/{}", encode(&form.site)), &texts)
}

pub fn drop_back(form: &DropNeedForm) -> String {
    let page = format!("{PATH}/{}", encode(&form.site));
    back(&page, &[("dropped", &form.need), ("reason", &form.reason)])
}

pub fn convert_back(form: &ConvertNeedForm) -> String {
    format!("{PATH}/{}", encode(&form.site))
}

/// Says that a need was kept or dropped, unless a form has just come back.
pub fn recorded(l: Locale) -> Option<AnyView> {
    let told = gone::query(|query| query.get("need").is_some() && query.get("__err").is_none());
    told.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, need.kept)}</p> }.into_any())
}

#[component]
pub fn Needs(view: SiteView) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::RecordNeed);
    let may_convert = may && view.may.includes(Action::EditProject);
    let came = [record_action(), drop_action(), convert_action()].into_iter().find_map(returned_error);
    let site = view.site.to_string();
    let shown = if view.needs.is_empty() {
        view! { <Empty reason=t!(l, need.none) /> }.into_any()
    } else {
        table(l, view.needs, &site, may.then_some(may_convert))
    };
    view! {
        <section class="panel site-needs" id="needs">
            <h2>{t!(l, need.title)}</h2>
            {came.map(|error| view! { <ErrorPanel error=error labels=labels(l) /> })}
            {shown}
            {may.then(|| view! { <Record site key=view.key /> })}
        </section>
    }
    .into_any()
}

/// What the inputs are called, for the summary of errors.
fn labels(l: Locale) -> Labels {
    [
        ("title", t!(l, need.name)),
        ("category", t!(l, need.category)),
        ("content", t!(l, need.content)),
        ("people", t!(l, need.people)),
        ("estimated", t!(l, need.estimated)),
        ("reason", t!(l, need.reason)),
    ]
    .map(|(name, label)| (name.to_owned(), label.to_owned()))
    .to_vec()
}

/// `may` is `None` for a reader, else whether a project may be made.
pub fn table(l: Locale, needs: Vec<NeedLine>, site: &str, may: Option<bool>) -> AnyView {
    let rows = needs.into_iter().map(|line| row(l, line, site, may)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, need.title)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, need.name)}</th>
                        <th scope="col">{t!(l, need.category)}</th>
                        <th scope="col" class="number">{t!(l, need.people)}</th>
                        <th scope="col" class="number">{t!(l, need.estimated)}</th>
                        <th scope="col" class="date">{t!(l, need.recorded_on)}</th>
                        <th scope="col">{t!(l, need.state)}</th>
                        {may.map(|_| view! { <th scope="col" data-noprint="">{t!(l, need.steps)}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Locale, line: NeedLine, site: &str, may: Option<bool>) -> impl IntoView + use<> {
    let is_open = matches!(line.need.state, State::Open);
    let state = became(l, &line);
    let steps = may.map(|may_convert| {
        let steps = is_open.then(|| steps(l, &line, site, may_convert));
        view! { <td data-noprint="">{steps}</td> }
    });
    let need = line.need;
    let estimated = need.estimated.map_or_else(|| t!(l, common.unknown).to_owned(), format::wan);
    view! {
        <tr>
            <th scope="row" class="site-name">
                {need.title}
                {need.content.map(|content| view! { <span class="site-content">{content}</span> })}
            </th>
            <td>{name::category(l, need.category)}</td>
            <td class="number">{maybe(l, need.people)}</td>
            <td class="number">{estimated}</td>
            <td class="date">{format::date(need.recorded_on)}</td>
            <td>{state}</td>
            {steps}
        </tr>
    }
}

fn became(l: Locale, line: &NeedLine) -> AnyView {
    let word = name::need::state(l, line.need.state.name());
    match &line.need.state {
        State::Open => word.into_any(),
        State::Converted { project } => {
            let (number, name) = line.project.clone().unwrap_or_default();
            view! { {word} " " <a href=format!("/projects/{project}")>{format!("{number} {name}")}</a> }
                .into_any()
        }
        State::Dropped { reason } => format!("{word} · {reason}").into_any(),
    }
}

fn steps(l: Locale, line: &NeedLine, site: &str, may_convert: bool) -> AnyView {
    let (need, version, key) = (line.id.to_string(), line.version.to_string(), line.key.clone());
    let convert = may_convert.then(|| {
        let hidden = hidden(need.clone(), version.clone(), key.clone(), site.to_owned());
        view! {
            <form method="post" action=convert_action()>
                {hidden}
                <Submit weight=Weight::Primary>{t!(l, need.convert)}</Submit>
            </form>
        }
    });
    // Of several forms with one input only the one that came back holds what was typed in it.
    let own = typed(drop_action(), "dropped").is_some_and(|dropped| dropped == need);
    let text = if own { typed(drop_action(), "reason").unwrap_or_default() } else { String::new() };
    let error = if own { field_error(returned_error(drop_action()).as_ref(), "reason") } else { None };
    let id = if own { "reason".to_owned() } else { format!("reason-{need}") };
    view! {
        {convert}
        <details open=own>
            <summary>{t!(l, need.drop)}</summary>
            <form method="post" action=drop_action() class="site-drop">
                {hidden(need, version, key, site.to_owned())}
                <label for=id.clone()>{t!(l, need.reason)}</label>
                <input
                    class="input"
                    id=id
                    type="text"
                    name="reason"
                    value=text
                    required
                    maxlength="500"
                    autocomplete="off"
                    aria-invalid=error.is_some().then_some("true")
                />
                {error.map(|error| view! { <p class="field-error">{error}</p> })}
                <Submit weight=Weight::Danger>{t!(l, need.drop_do)}</Submit>
            </form>
        </details>
    }
    .into_any()
}

fn hidden(need: String, version: String, key: String, site: String) -> impl IntoView {
    view! {
        <input type="hidden" name="need" value=need />
        <input type="hidden" name="version" value=version />
        <input type="hidden" name="key" value=key />
        <input type="hidden" name="site" value=site />
    }
}

/// The form of a new need.
#[component]
fn Record(site: String, key: String) -> impl IntoView {
    let l = locale();
    let error = returned_error(record_action());
    let open = error.is_some();
    let of = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let back = |name: &str| typed(record_action(), name).unwrap_or_default();
    let choice = |category: Category| (category.code().to_owned(), name::category(l, category).to_owned());
    let none = (String::new(), t!(l, need.choose).to_owned());
    let categories = std::iter::once(none).chain(Category::ALL.map(choice)).collect::<Vec<_>>();
    let (title, category, content) = (of("title"), of("category"), of("content"));
    let (people, estimated) = (of("people"), of("estimated"));
    view! {
        <details class="site-record" open=open>
            <summary>{t!(l, need.record)}</summary>
            <form method="post" action=record_action() class="site-form">
                <input type="hidden" name="site" value=site />
                <input type="hidden" name="key" value=key />
                <div class="site-fields">
                    <TextField
                        name="title"
                        label=t!(l, need.name)
                        value=back("title")
                        error=title
                        required=true
                        autocomplete="off"
                        maxlength=200
                    />
                    <SelectField
                        name="category"
                        label=t!(l, need.category)
                        value=back("category")
                        choices=categories
                        error=category
                        required=true
                    />
                    <TextField
                        name="people"
                        label=t!(l, need.people)
                        value=back("people")
                        error=people
                        autocomplete="off"
                        maxlength=20
                    />
                    <MoneyField
                        name="estimated"
                        label=t!(l, need.estimated)
                        value=back("estimated")
                        error=estimated
                    />
                </div>
                <AreaField name="content" label=t!(l, need.content) value=back("content") error=content />
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, need.record_do)}</Submit>
                </p>
            </form>
        </details>
    }
    .into_any()
}

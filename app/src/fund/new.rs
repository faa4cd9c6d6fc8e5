//! 登记下达文件: one document as a plain form; also the form in which it is changed while nothing stands on it.

use super::address::{self, NOTICES};
use super::api;
use crate::area::picker::AreaPicker;
use crate::ledger::text::sources;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::error_panel::{ErrorPage, ErrorPanel, Labels, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::loading::Loading;
use crate::parts::money_field::MoneyField;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use contract::fund::NoticeLine;
use contract::fund::form::NoticeForm;
use domain::money::{Delta, Unit};
use domain::period::FiscalYear;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

/// The form as it is shown first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Start {
    form: NoticeForm,
    /// the notice that is changed, as it is kept
    kept: Option<NoticeLine>,
    fixed: bool,
}

async fn load(mut form: NoticeForm) -> Result<Start, ApiError> {
    let blank = api::blank().await?;
    form.key = blank.key;
    if form.notice.is_empty() {
        if form.year.is_empty() {
            form.year = FiscalYear::of(blank.today).map(|year| year.to_string()).unwrap_or_default();
        }
        if form.date.is_empty() {
            form.date = format::date(blank.today);
        }
        return Ok(Start { form, kept: None, fixed: false });
    }
    let view = api::notice(form.notice.clone()).await?;
    if form.version.is_empty() {
        form = NoticeForm { key: form.key, ..of_notice(&view.line) };
    }
    Ok(Start { form, kept: Some(view.line), fixed: view.fixed })
}

/// The texts that a notice was made of.
fn of_notice(line: &NoticeLine) -> NoticeForm {
    NoticeForm {
        notice: line.notice.to_string(),
        version: line.version.to_string(),
        key: String::new(),
        document: line.document.clone(),
        date: format::date(line.date),
        source: line.source.code().to_owned(),
        year: line.year.to_string(),
        area: format!("{} {}", line.area, line.area_name),
        amount: Delta::from(line.amount).exact(Unit::Wan),
        unit: Unit::Wan.code().to_owned(),
    }
}

#[component]
pub fn NewNoticePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.try_with(address::typed).unwrap_or_default());
    let start = Resource::new(move || crate::parts::gone::read(asked), load);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => view! { <Registering start /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// Labels by the names of faults.
fn labels(l: Locale) -> Labels {
    [
        ("document", t!(l, fund.document)),
        ("date", t!(l, fund.date)),
        ("source", t!(l, fund.source)),
        ("year", t!(l, fund.year)),
        ("area", t!(l, fund.area)),
        ("amount", t!(l, fund.amount)),
    ]
    .map(|(name, label)| (name.to_owned(), label.to_owned()))
    .to_vec()
}

#[component]
fn Registering(start: Start) -> impl IntoView {
    let l = locale();
    let error = returned_error(api::Register::PATH);
    let title = if start.kept.is_some() { t!(l, fund.change) } else { t!(l, fund.register) };
    let (back, way) = match &start.kept {
        Some(line) => {
            let href = address::notice(line.notice);
            (
                href.clone(),
                vec![(t!(l, fund.notices).to_owned(), NOTICES.to_owned()), (line.document.clone(), href)],
            )
        }
        None => (NOTICES.to_owned(), vec![(t!(l, fund.notices).to_owned(), NOTICES.to_owned())]),
    };
    let way = way.into_iter().chain([(title.to_owned(), String::new())]).collect::<Vec<_>>();
    let panel = error.clone().map(|error| view! { <ErrorPanel error=error labels=labels(l) /> });
    let body = if start.fixed {
        view! {
            <p class="notice notice-warn">{t!(l, fund.fixed_note)}</p>
            <LinkButton href=back>{t!(l, common.back)}</LinkButton>
        }
        .into_any()
    } else {
        inputs(l, start, error, back)
    };
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title />
        {panel}
        {body}
    }
    .into_any()
}

fn inputs(l: Locale, start: Start, error: Option<ApiError>, back: String) -> AnyView {
    let wrong = |name: &str| {
        let text = field_error(error.as_ref(), name);
        Signal::derive(move || text.clone())
    };
    let Start { form, kept, .. } = start;
    let save = if kept.is_some() { t!(l, fund.change_save) } else { t!(l, fund.save) };
    view! {
        <p class="fund-lead">{t!(l, fund.new_lead)}</p>
        <form
            method="post"
            action=api::Register::PATH
            class="panel fund-register"
            aria-label=t!(l, fund.register)
        >
            <input type="hidden" name="form[notice]" value=form.notice />
            <input type="hidden" name="form[version]" value=form.version />
            <input type="hidden" name="form[key]" value=form.key />
            {plain("document", t!(l, fund.document), "text", form.document, wrong("document"))}
            {plain("date", t!(l, fund.date), "date", form.date, wrong("date"))}
            {source(l, &form.source, wrong("source"))}
            {plain("year", t!(l, fund.year), "text", form.year, wrong("year"))}
            <AreaPicker
                name="area"
                input="form[area]"
                label=t!(l, fund.area)
                value=form.area
                error=wrong("area")
                required=false
            />
            <p class="fund-hint">{t!(l, fund.area_hint)}</p>
            <MoneyField
                name="amount"
                input="form[amount]"
                label=t!(l, fund.amount)
                value=form.amount
                error=wrong("amount")
                required=true
            />
            <div class="toolbar">
                <Submit weight=Weight::Primary>{save}</Submit>
                <LinkButton href=back>{t!(l, common.cancel)}</LinkButton>
            </div>
        </form>
    }
    .into_any()
}

type Wrong = Signal<Option<String>>;

fn plain(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    value: String,
    wrong: Wrong,
) -> impl IntoView {
    view! {
        <Field name=id label=label error=wrong required=true>
            <input
                class="input"
                id=id
                name=format!("form[{id}]")
                type=kind
                value=value
                required=true
                maxlength="200"
                autocomplete="off"
                aria-describedby=format!("{id}-note")
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            />
        </Field>
    }
}

fn source(l: Locale, value: &str, wrong: Wrong) -> impl IntoView + use<> {
    let options = std::iter::once((String::new(), t!(l, common.choose).to_owned()))
        .chain(sources(l))
        .map(|(code, word)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <Field name="source" label=t!(l, fund.source) error=wrong required=true>
            <select
                class="input"
                id="source"
                name="form[source]"
                required=true
                aria-describedby="source-note"
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            >
                {options}
            </select>
        </Field>
    }
}

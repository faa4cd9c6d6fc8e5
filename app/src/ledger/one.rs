//! One entry: everything that is known of it, and its 红冲, which points back here.

use super::address::{self, PATH, typed};
use super::api;
use super::entries::{origin, state};
use super::text::{exact, movement, wan};
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::error_panel::{ErrorPage, ErrorPanel, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::gone;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use contract::ledger::form::BalanceForm;
use contract::ledger::{BalanceView, EntryLine};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The entry with the balances of its position, whose key serves the form.
async fn load(entry: String) -> Result<(EntryLine, BalanceView), ApiError> {
    let entry = api::entry(entry).await?;
    let form = BalanceForm {
        project: entry.project.project.to_string(),
        source: entry.source.code().to_owned(),
        year: entry.year.to_string(),
    };
    let balances = api::balances(form).await?;
    Ok((entry, balances))
}

#[component]
pub fn EntryPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|params| params.get("id")).flatten().unwrap_or_default());
    let entry = ask(move || crate::parts::gone::read(id), load);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match entry.await {
                    Ok((entry, balances)) => view! { <Shown entry balances /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Shown(entry: EntryLine, balances: BalanceView) -> impl IntoView {
    let l = locale();
    let title = t!(l, ledger.entry_title, seq = entry.seq, kind = movement(l, entry.movement));
    let way = vec![(t!(l, ledger.title).to_owned(), PATH.to_owned()), (title.clone(), String::new())];
    let facts = facts(l, &entry)
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
    let may =
        entry.reverses.is_none() && entry.reversed_by.is_none() && balances.may.includes(Action::EnterMoney);
    let pair = entry.pair.map(|pair| {
        view! {
            <a class="ledger-act" href=address::entry(pair)>{t!(l, ledger.pair)}</a>
        }
    });
    let exception = entry.exception.as_ref().map(|exception| {
        let text = t!(
            l,
            ledger.exception_by,
            approver = exception.approver.clone(),
            reason = exception.reason.clone()
        );
        view! { <p class="notice notice-warn">{text}</p> }
    });
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title>
            <LinkButton href=format!("{}/print", address::entry(entry.entry))>{t!(l, ledger.slip)}</LinkButton>
        </PageHead>
        <section class="panel">
            <p class="ledger-request-head">
                <span class="ledger-figure" title=exact(l, entry.effect)>{wan(entry.effect)}" "{name::unit(l, domain::money::Unit::Wan)}</span>
                {state(l, &entry)}
                {pair}
            </p>
            <dl class="ledger-facts">
                <div>
                    <dt>{t!(l, ledger.project)}</dt>
                    <dd>
                        <a href=format!("/projects/{}", entry.project.project)>{entry.project.name.clone()}</a>
                    </dd>
                </div>
                {facts}
                <div>
                    <dt>{t!(l, ledger.origin)}</dt>
                    <dd>{origin(l, &entry)}</dd>
                </div>
            </dl>
            {exception}
            <p class="ledger-faint">{t!(l, ledger.hash)}" "<code>{entry.hash.clone()}</code></p>
        </section>
        {may.then(|| view! { <Reverse entry=entry.clone() key=balances.key.clone() /> })}
    }
    .into_any()
}

fn facts(l: Locale, entry: &EntryLine) -> Vec<(&'static str, String)> {
    let all = [
        (t!(l, common.area), Some(entry.project.area_name.clone())),
        (t!(l, ledger.other_project), entry.other.clone()),
        (t!(l, ledger.source), Some(name::source(l, entry.source).to_owned())),
        (t!(l, ledger.year), Some(entry.year.to_string())),
        (t!(l, ledger.date), Some(format::date(entry.date))),
        (t!(l, ledger.month), Some(entry.month.to_string())),
        (t!(l, ledger.document), entry.document.clone()),
        (t!(l, ledger.voucher), entry.voucher.clone()),
        (t!(l, ledger.payee), entry.payee.clone()),
        (t!(l, ledger.purpose), entry.purpose.clone()),
        (t!(l, ledger.memo), entry.memo.clone()),
        (t!(l, ledger.maker), Some(entry.maker.clone())),
        (t!(l, ledger.checker), Some(entry.checker.clone())),
        (t!(l, ledger.at), Some(format::instant(entry.at))),
        (t!(l, ledger.file), entry.origin.as_ref().map(|origin| origin.file_name.clone())),
    ];
    all.into_iter().filter_map(|(label, text)| Some((label, text?))).collect()
}

/// Asks for a reversal; a second person approves it like any posting.
#[component]
fn Reverse(entry: EntryLine, key: String) -> impl IntoView {
    let l = locale();
    let typed = gone::query(typed);
    let refused = returned_error(api::PostEntry::PATH);
    let date = if typed.date.is_empty() { format::date(entry.date) } else { typed.date.clone() };
    view! {
        <section class="panel ledger-reverse" id="reverse" data-noprint="">
            <h2>{t!(l, ledger.reverse)}</h2>
            <p>{t!(l, ledger.reverse_text)}</p>
            {refused.clone().map(|error| view! { <ErrorPanel error=error /> })}
            <form method="post" action=api::PostEntry::PATH class="form">
                <input type="hidden" name="form[kind]" value="reverse" />
                <input type="hidden" name="form[entry]" value=entry.entry.to_string() />
                <input type="hidden" name="form[key]" value=key />
                <input type="hidden" name="form[submit]" value="1" />
                {input("date", "form[date]", t!(l, ledger.date), "date", date, refused.as_ref())}
                {input("voucher", "form[voucher]", t!(l, ledger.voucher), "text", typed.voucher, refused.as_ref())}
                {input("memo", "form[memo]", t!(l, ledger.reason), "text", typed.memo, refused.as_ref())}
                <Submit weight=Weight::Danger>{t!(l, ledger.ask_reverse)}</Submit>
            </form>
        </section>
    }
    .into_any()
}

fn input(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    value: String,
    refused: Option<&ApiError>,
) -> AnyView {
    let error = field_error(refused, id);
    view! {
        <Field name=id label=label error=Signal::stored(error) required=id != "voucher">
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                maxlength="500"
                autocomplete="off"
                required=id != "voucher"
                aria-describedby=format!("{id}-note")
            />
        </Field>
    }
    .into_any()
}

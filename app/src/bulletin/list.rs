//! 报表: every document with the moment and the digest it stands on, and the form that begins one.

use super::address::{self, PATH};
use super::api;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::drawing::{QUARTER, TICK};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::typed;
use crate::parts::status::Chip;
use contract::bulletin::{BulletinHead, BulletinsView};
use domain::bulletin::period::Period;
use domain::permission::Action;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn BulletinsPage() -> impl IntoView {
    let all = ask(|| (), |()| api::bulletins());
    answered(all, |view| view! { <Shown view /> }.into_any())
}

/// A month or a quarter in the reader's language.
pub fn period(l: Locale, period: Period) -> String {
    match period {
        Period::Month(month) => {
            t!(l, bulletin.of_month, year = month.year().to_string(), month = month.month())
        }
        Period::Quarter(year, quarter) => {
            t!(l, bulletin.of_quarter, year = year.to_string(), quarter = quarter)
        }
    }
}

#[component]
fn Shown(view: BulletinsView) -> impl IntoView {
    let l = locale();
    let refused = returned_error(api::BeginBulletin::PATH);
    let labels = vec![("period".to_owned(), t!(l, bulletin.period).to_owned())];
    let lines = view.bulletins.iter().map(|head| line(l, head)).collect_view();
    let table = if view.bulletins.is_empty() {
        view! { <Empty reason=t!(l, bulletin.none) /> }.into_any()
    } else {
        view! {
            <div class="table-scroll bulletin-list" tabindex="0" role="region" aria-label=t!(l, bulletin.title)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, bulletin.period)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col">{t!(l, bulletin.state)}</th>
                            <th scope="col">{t!(l, bulletin.known)}</th>
                            <th scope="col">{t!(l, bulletin.hash)}</th>
                            <th scope="col" class="number">{t!(l, bulletin.version)}</th>
                            <th scope="col">{t!(l, bulletin.made_by)}</th>
                            <th scope="col" class="date">{t!(l, bulletin.made_at)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <PageHead title=t!(l, bulletin.title) />
        {refused.map(|error| view! { <ErrorPanel error labels=labels /> })}
        <p class="bulletin-lead">{t!(l, bulletin.lead)}</p>
        {view.may.includes(Action::IssueBulletin).then(|| beginning(l, &view))}
        {table}
    }
    .into_any()
}

fn beginning(l: Locale, view: &BulletinsView) -> AnyView {
    let chosen = typed(api::BeginBulletin::PATH, "period");
    let wrong = field_error(returned_error(api::BeginBulletin::PATH).as_ref(), "period");
    let options = view
        .periods
        .iter()
        .map(|one| {
            let value = one.to_string();
            let selected = chosen.as_deref() == Some(value.as_str());
            view! {
                <option value=value selected=selected>
                    {period(l, *one)}
                </option>
            }
        })
        .collect_view();
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, bulletin.begin)}</h2>
            <p>{t!(l, bulletin.begin_text)}</p>
            <form method="post" action=api::BeginBulletin::PATH class="form form-row">
                <input type="hidden" name="form[key]" value=view.key.clone() />
                <Field name="period" label=t!(l, bulletin.period) error=wrong>
                    <select class="input" id="period" name="form[period]" aria-describedby="period-note">
                        {options}
                    </select>
                </Field>
                <Submit weight=Weight::Primary>{t!(l, bulletin.begin)}</Submit>
            </form>
        </section>
    }
    .into_any()
}

fn line(l: Locale, head: &BulletinHead) -> impl IntoView + use<> {
    let short: String = head.sha256.chars().take(12).collect();
    let title = period(l, head.period);
    let state = if head.issues == 0 {
        view! { <Chip tone="neutral" drawing=QUARTER word=t!(l, bulletin.draft) /> }
    } else {
        view! { <Chip tone="ok" drawing=TICK word=t!(l, bulletin.issued_times, count = head.issues) /> }
    };
    view! {
        <tr>
            <th scope="row">
                <a href=address::bulletin(head.bulletin, "")>{title}</a>
            </th>
            <td>{head.area_name.clone()}</td>
            <td>{state}</td>
            <td>{moment(l, head)}</td>
            <td>
                <code title=head.sha256.clone()>{short}</code>
            </td>
            <td class="number">{head.version}</td>
            <td>{head.made_by.clone()}</td>
            <td class="date">{format::instant(head.made_at)}</td>
        </tr>
    }
}

/// The moment that was known, with its places of the trail and of the ledger's chain.
pub fn moment(l: Locale, head: &BulletinHead) -> String {
    let known = &head.known;
    let at = chrono::DateTime::from_timestamp_millis(known.at).unwrap_or_default().naive_utc();
    t!(l, bulletin.known_line, at = format::instant(at), trail = known.trail, ledger = known.ledger)
}

/// The way back to all documents.
pub fn way(l: Locale, title: String) -> Vec<(String, String)> {
    vec![(t!(l, bulletin.title).to_owned(), PATH.to_owned()), (title, String::new())]
}

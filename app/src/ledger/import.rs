//! 导入台账: choosing a book, looking at what it says, staging it as one batch; and the batches so far.

use super::address::{self, IMPORT};
use super::api;
use super::check_file::{Look, LookButton, Looked};
use super::frame::{Head, Strip};
use super::text::{batch_kind, batch_state};
use crate::parts::answer::answered_within;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::status::Chip;
use contract::ledger::batch::{BatchView, BatchesView};
use domain::permission::Action;
use leptos::html;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn ImportLedgerPage() -> impl IntoView {
    let page = ask(|| (), |()| api::batches());
    let refused = returned_error(api::UploadBook::PATH);
    view! {
        <Head path=IMPORT />
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        {answered_within(page, |view| view! { <Shown view /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Shown(view: BatchesView) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::ImportMoney);
    let lines = view.rows.iter().map(|batch| line(l, batch)).collect_view();
    let table = if view.rows.is_empty() {
        view! { <Empty reason=t!(l, ledger.no_batches) /> }.into_any()
    } else {
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, ledger.batches)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="date">{t!(l, ledger.at)}</th>
                            <th scope="col">{t!(l, ledger.file)}</th>
                            <th scope="col">{t!(l, ledger.what)}</th>
                            <th scope="col" class="number">{t!(l, ledger.new_lines)}</th>
                            <th scope="col" class="number">{t!(l, ledger.known_lines)}</th>
                            <th scope="col" class="number">{t!(l, ledger.faulty_lines)}</th>
                            <th scope="col">{t!(l, ledger.persons)}</th>
                            <th scope="col">{t!(l, ledger.state)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <Strip totals=view.totals.totals />
        {may.then(|| view! { <Choose key=view.key.clone() /> })}
        <section class="ledger-batches">
            <h2>{t!(l, ledger.batches)}</h2>
            {table}
        </section>
    }
    .into_any()
}

/// The way in of a file.
#[component]
fn Choose(key: String) -> impl IntoView {
    let l = locale();
    let look = Look::new();
    let form = NodeRef::<html::Form>::new();
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, ledger.import_file)}</h2>
            <p>{t!(l, ledger.import_text)}</p>
            <form
                method="post"
                action=api::UploadBook::PATH
                enctype="multipart/form-data"
                class="form form-row"
                node_ref=form
            >
                <input type="hidden" name="key" value=key />
                <div class="field">
                    <label class="field-label" for="file">{t!(l, ledger.import_choose)}</label>
                    <input
                        class="input"
                        id="file"
                        name="file"
                        type="file"
                        accept=".xlsx,.xls,.csv,.et"
                        required
                        on:change=move |_| look.forget()
                    />
                </div>
                <LookButton look form />
                <Submit weight=Weight::Primary>{t!(l, ledger.stage_file)}</Submit>
            </form>
        </section>
        <Looked look />
    }
    .into_any()
}

fn line(l: Locale, batch: &BatchView) -> impl IntoView + use<> {
    let number = |count: u32| format::integer(i64::from(count));
    let (tone, drawing, word) = batch_state(l, batch.state);
    let persons = match &batch.checker {
        Some(checker) => format!("{} / {checker}", batch.maker),
        None => batch.maker.clone(),
    };
    view! {
        <tr>
            <td class="date">{format::instant(batch.created)}</td>
            <td>
                <a href=address::batch(batch.batch)>{batch.file_name.clone()}</a>
            </td>
            <td>{batch_kind(l, batch.kind)}</td>
            <td class="number">{number(batch.counts.new)}</td>
            <td class="number">{number(batch.counts.known)}</td>
            <td class="number">{number(batch.counts.faulty)}</td>
            <td>{persons}</td>
            <td>
                <Chip tone=tone drawing=drawing word=word />
            </td>
        </tr>
    }
}

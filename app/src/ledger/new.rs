//! 录入: one posting by keyboard alone. A plain form without scripts; with them it stays on the page, keeps project and source,
//! and shows the balances while typing.

use super::address::{self, NEW};
use super::api;
use super::echo::{Balances, Capitals};
use super::frame::Head;
use super::inputs::{EntryInputs, labels};
use super::order::{Asked, Start, load};
use super::text::{movement, reversal, wan};
use super::typing::Typing;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit};
use crate::parts::error_panel::{ErrorPage, ErrorPanel, returned_error};
use crate::parts::loading::Loading;
use crate::parts::toast::{Mood, toasts};
use contract::ledger::RequestView;
use domain::ledger::Order;
use domain::money::Delta;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, t};

/// Keys that send the line, as printed on keyboards.
const SEND_KEYS: &str = "Ctrl+Enter";

#[component]
pub fn NewEntryPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.try_with(Asked::read).unwrap_or_default());
    let start = ask(move || crate::parts::gone::read(asked), load);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => {
                        view! {
                            <Head path=NEW />
                            <Entering start=start />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Entering(start: Start) -> impl IntoView {
    let l = locale();
    let typing = Typing::new(&start, returned_error(api::PostEntry::PATH));
    let send = ServerAction::<api::PostEntry>::new();
    let button = NodeRef::<html::Button>::new();
    let form = NodeRef::<html::Form>::new();
    let awake = RwSignal::new(false);
    // A new line begins at its project, so that it can be entered without a mouse.
    let is_new = start.form.project.is_empty() && start.find.is_empty();
    Effect::new(move || {
        awake.set(true);
        if is_new {
            focus(form, "[name='form[find]']");
        }
    });
    let notices = toasts();
    Effect::new(move || match send.value().get() {
        Some(Ok(view)) => {
            if let Some(notices) = notices {
                notices.say(Mood::Done, t!(l, ledger.done_submitted));
            }
            typing.done(view);
            focus(form, "#amount");
        }
        Some(Err(error)) => typing.error.set(Some(error)),
        None => {}
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(input) = api::PostEntry::from_event(&event) {
            send.dispatch(input);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() && event.key() == "Enter" {
            event.prevent_default();
            if let Some(button) = button.get_untracked() {
                button.click();
            }
        }
    };
    let found = start.found.as_ref().map(|(which, found)| candidates(l, &start, which, found));
    let pending = send.pending();
    // The keys work from the panel of an error too, where the focus is after one.
    view! {
        <div on:keydown=on_key>
            {move || typing.error.get().map(|error| view! { <ErrorPanel error=error labels=labels(l) /> })}
            {found}
            <form
                method="post"
                action=api::PostEntry::PATH
                class="panel ledger-entry"
                node_ref=form
                on:submit=on_submit
                aria-label=t!(l, ledger.enter)
            >
                <EntryInputs start=start typing=typing />
                <Capitals typing=typing />
                <Balances typing=typing />
                <div class="toolbar ledger-acts">
                    <button
                        type="submit"
                        class="button button-primary"
                        node_ref=button
                        name="form[submit]"
                        value="1"
                        aria-keyshortcuts="Control+Enter"
                        disabled=move || pending.get()
                    >
                        {t!(l, ledger.send)}
                        <span class="button-key" aria-hidden="true">{SEND_KEYS}</span>
                    </button>
                    <Submit>{t!(l, ledger.keep_draft)}</Submit>
                    {move || (!awake.get()).then(|| lookers(l))}
                    <LinkButton href=address::PATH>{t!(l, common.cancel)}</LinkButton>
                </div>
            </form>
        </div>
        <Sent typing=typing />
    }
    .into_any()
}

/// Without scripts a text is looked up by sending the form to its own page.
fn lookers(l: Locale) -> impl IntoView {
    [("project", t!(l, ledger.look_project)), ("other", t!(l, ledger.look_other))]
        .map(|(which, word)| {
            view! {
                <button
                    type="submit"
                    class="button"
                    formmethod="get"
                    formaction=NEW
                    formnovalidate
                    name="look"
                    value=which
                >
                    {word}
                </button>
            }
        })
        .collect_view()
}

/// The projects that a text may mean; each keeps everything else that was typed.
fn candidates(l: Locale, start: &Start, which: &str, found: &[contract::home::FoundProject]) -> AnyView {
    if found.is_empty() {
        let text = if which == "other" { start.find_other.clone() } else { start.find.clone() };
        return view! { <p class="notice notice-warn" role="status">{t!(l, ledger.no_project, text = text)}</p> }
            .into_any();
    }
    let input = if which == "other" { "other" } else { "project" };
    let lines = found
        .iter()
        .map(|project| {
            let href = address::with(&start.form, &[(input, &project.project.to_string())]);
            view! {
                <li>
                    <a href=href>{project.name.clone()}</a>
                    " "
                    <span class="ledger-faint">{project.area_name.clone()}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, ledger.which_project)}</h2>
            <ul class="ledger-which">{lines}</ul>
        </section>
    }
    .into_any()
}

/// Puts the cursor into an input of the line.
fn focus(form: NodeRef<html::Form>, css: &str) {
    let input = form.get_untracked().and_then(|form| form.query_selector(css).ok().flatten());
    if let Some(input) =
        input.and_then(|node| leptos::wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(node).ok())
    {
        // Focus is a help; a browser that refuses it still has the line.
        drop(input.focus());
    }
}

/// What went out from this page.
#[component]
fn Sent(typing: Typing) -> impl IntoView {
    let l = locale();
    move || {
        let sent = typing.sent.get();
        (!sent.is_empty()).then(|| {
            let lines = sent.iter().map(|request| sent_line(l, request)).collect_view();
            view! {
                <section class="panel ledger-sent">
                    <h2>{t!(l, ledger.sent)}</h2>
                    <ul class="ledger-which">{lines}</ul>
                    <p>
                        <a href=address::REQUESTS>{t!(l, ledger.tab_requests)}</a>
                    </p>
                </section>
            }
        })
    }
}

fn sent_line(l: Locale, request: &RequestView) -> impl IntoView + use<> {
    let (what, amount) = match &request.order {
        Order::Post(posting) => (movement(l, posting.movement), wan(Delta::from(posting.amount))),
        Order::Transfer(transfer) => {
            let word = words::name::fund_kind(l, domain::ledger::Kind::Transfer);
            (word.to_owned(), wan(Delta::from(transfer.amount)))
        }
        Order::Reverse(_) => match request.original.as_ref().map(|original| reversal(l, original)) {
            Some((word, amount)) => (word, wan(amount)),
            None => (t!(l, ledger.reversal).to_owned(), String::new()),
        },
    };
    view! {
        <li>
            {what} " · " {request.project.name.clone()} " · " <strong>{amount}</strong> " "
            {words::name::unit(l, domain::money::Unit::Wan)}
        </li>
    }
}

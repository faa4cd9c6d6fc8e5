//! Views that the person named: a list with its filters, order and groups, one click away. Plain links and plain forms.

use super::address;
use super::api::{DropView, SaveView};
use crate::parts::button::{Submit, Weight};
use crate::parts::icon::{Icon, Shape};
use contract::list::ListForm;
use contract::list::saved::{SavedView, VIEWS_MOST};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, t};

#[component]
pub fn Views(form: ListForm, views: Vec<SavedView>) -> impl IntoView {
    let l = locale();
    let here = address::write(&ListForm { open: String::new(), ..address::first_page(&form) });
    let query = here.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let current = views.iter().find(|view| view.query == query).map(|view| view.name.clone());
    let title = current.clone().unwrap_or_else(|| t!(l, list.views).to_owned());
    let full = views.len() >= VIEWS_MOST;
    let lines = views.into_iter().map(|view| line(l, view, current.as_deref())).collect_view();
    view! {
        <details class="list-views">
            <summary class="button button-quiet">
                <Icon shape=Shape::Lists />
                {title}
            </summary>
            <div class="list-views-panel">
                <ul>{lines}</ul>
                {(!full).then(|| save_form(l, query))}
                {full.then(|| view! { <p class="field-hint">{t!(l, list.views_full, most = VIEWS_MOST)}</p> })}
            </div>
        </details>
    }
    .into_any()
}

fn save_form(l: Locale, query: String) -> AnyView {
    view! {
                <form method="post" action=SaveView::PATH class="toolbar">
                    <input type="hidden" name="query" value=query />
                    <label>
                        <span class="hidden">{t!(l, list.views_name)}</span>
                        <input
                            class="input"
                            name="name"
                            required
                            maxlength="40"
                            autocomplete="off"
                            placeholder=t!(l, list.views_name)
                        />
                    </label>
                    <Submit>{t!(l, list.views_save)}</Submit>
                </form>
    }
    .into_any()
}

fn line(l: Locale, view: SavedView, current: Option<&str>) -> AnyView {
    let SavedView { name, query } = view;
    let is_here = (current == Some(name.as_str())).then_some("true");
    let href = format!("{}?{query}", address::PATH);
    view! {
        <li>
            <a class="list-quick-link" href=href aria-current=is_here>
                {name.clone()}
            </a>
            <form method="post" action=DropView::PATH>
                <input type="hidden" name="name" value=name.clone() />
                <Submit weight=Weight::Quiet>
                    <span aria-hidden="true">"×"</span>
                    <span class="hidden">{t!(l, list.views_drop, name = name)}</span>
                </Submit>
            </form>
        </li>
    }
    .into_any()
}

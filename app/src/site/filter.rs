//! What the list of communities is cut by: area, size class, words. A plain form that writes the address.

use super::list::PATH;
use crate::parts::button::{LinkButton, Submit, Weight};
use contract::site::{SiteArea, SiteListForm};
use domain::site::SizeClass;
use domain::site::size::SizeBounds;
use leptos::prelude::*;
use words::locale::locale;
use words::{format, name, t};

#[component]
pub fn Filter(form: SiteListForm, areas: Vec<SiteArea>, sizes: SizeBounds) -> impl IntoView {
    let l = locale();
    let every = || (String::new(), t!(l, site.every).to_owned());
    let indent = |area: &SiteArea| format!("{}{}", "\u{3000}".repeat(usize::from(area.depth)), area.name);
    let places = std::iter::once(every())
        .chain(areas.iter().map(|area| (area.code.to_string(), indent(area))))
        .collect();
    let size = |class: SizeClass| {
        let (least, most) = sizes.people(class);
        let word = name::size_class(l, class);
        let span = if most == u32::MAX {
            t!(l, site.size_from, word = word, least = format::integer(least.into()))
        } else {
            let (least, most) = (format::integer(least.into()), format::integer(most.into()));
            t!(l, site.size_between, word = word, least = least, most = most)
        };
        (class.code().to_owned(), span)
    };
    let sizes = std::iter::once(every()).chain(SizeClass::ALL.map(size)).collect();
    view! {
        <form method="get" action=PATH class="site-filter toolbar" role="search" aria-label=t!(l, site.filter)>
            {(!form.sort.is_empty())
                .then(|| view! { <input type="hidden" name="sort" value=form.sort.clone() /> })}
            {choice("area", t!(l, site.area), &form.area, places)}
            {choice("size", t!(l, site.size), &form.size, sizes)}
            <label>
                {t!(l, site.search)}
                <input class="input" type="search" name="q" value=form.q.clone() maxlength="100" autocomplete="off" />
            </label>
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
            <a href=super::sizes::PATH>{t!(l, site.sizes)}</a>
        </form>
    }
}

fn choice(name: &'static str, label: &'static str, value: &str, choices: Vec<(String, String)>) -> AnyView {
    let options = choices
        .into_iter()
        .map(|(code, word)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <label>
            {label}
            <select class="input" name=name>{options}</select>
        </label>
    }
    .into_any()
}

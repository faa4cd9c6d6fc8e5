//! Where the size classes begin: the thresholds in force, their editions, and the form of the next one for whoever keeps the
//! areas of the whole country.

use super::api;
use super::api::SaveSizes;
use super::text::whole;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, Labels, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::{back, typed};
use crate::parts::unescaped::in_textarea;
use contract::site::size::{INPUTS, SizesForm, SizesView};
use domain::permission::Action;
use domain::site::SizeClass;
use domain::site::size::SizeBounds;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

pub const PATH: &str = "/communities/sizes";

fn action() -> &'static str {
    <SaveSizes as server_fn::ServerFn>::PATH
}

/// Where a form without scripts goes on to.
pub fn saved_path(_: &SizesView) -> String {
    format!("{PATH}?saved=1")
}

pub fn retyped(form: &SizesForm) -> String {
    let texts = [
        ("small", form.small.as_str()),
        ("medium", &form.medium),
        ("large", &form.large),
        ("huge", &form.huge),
        ("valid_from", &form.valid_from),
        ("basis", &form.basis),
    ];
    back(PATH, &texts)
}

#[component]
pub fn SizesPage() -> impl IntoView {
    let query = use_query_map();
    let sizes = ask(move || gone::read(query), |_| api::site_sizes());
    answered(sizes, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: SizesView) -> impl IntoView {
    let l = locale();
    let error = returned_error(action());
    let saved = gone::query(|query| query.get("saved").is_some()) && error.is_none();
    let way = vec![
        (t!(l, common.sites).to_owned(), super::list::PATH.to_owned()),
        (t!(l, site.sizes).to_owned(), String::new()),
    ];
    let editions = view.editions.clone();
    let shipped = t!(l, site.sizes_shipped).to_owned();
    let rows = editions
        .into_iter()
        .map(|edition| {
            let from = format::date(edition.valid_from);
            row(edition.number, from, edition.bounds, edition.basis)
        })
        .chain(std::iter::once_with(move || row(0, String::new(), SizeBounds::shipped(), shipped)))
        .collect_view();
    let heads = SizeClass::ALL
        .into_iter()
        .skip(1)
        .map(|class| view! { <th scope="col" class="number">{name::size_class(l, class)}</th> })
        .collect_view();
    let may = view.may.includes(Action::EditAreas);
    view! {
        <Breadcrumb entries=way />
        <PageHead title=t!(l, site.sizes) />
        {saved.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, project.saved)}</p> })}
        <p>{t!(l, site.sizes_lead)}</p>
        <p>{in_force(l, view.bounds)}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, site.sizes)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="number">{t!(l, site.edition)}</th>
                        <th scope="col" class="date">{t!(l, site.valid_from)}</th>
                        {heads}
                        <th scope="col">{t!(l, site.basis)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {may.then(|| view! { <Next view /> })}
    }
    .into_any()
}

/// The thresholds of today in words.
fn in_force(l: Locale, bounds: SizeBounds) -> String {
    let [small, medium, large, huge] = bounds.least().map(|least| whole(least.into()));
    t!(l, site.sizes_now, small = small, medium = medium, large = large, huge = huge)
}

fn row(number: u32, from: String, bounds: SizeBounds, basis: String) -> impl IntoView {
    let least = bounds
        .least()
        .map(|least| view! { <td class="number">{whole(least.into())}</td> })
        .into_iter()
        .collect_view();
    view! {
        <tr>
            <td class="number">{number}</td>
            <td class="date">{from}</td>
            {least}
            <td>{basis}</td>
        </tr>
    }
}

#[component]
fn Next(view: SizesView) -> impl IntoView {
    let l = locale();
    let error = returned_error(action());
    let mut labels: Labels = vec![
        ("valid_from".to_owned(), t!(l, site.valid_from).to_owned()),
        ("basis".to_owned(), t!(l, site.basis).to_owned()),
    ];
    let of = |name: &str| Signal::stored(field_error(error.as_ref(), name));
    let back = |name: &str| typed(action(), name);
    let classes = SizeClass::ALL.into_iter().skip(1);
    let mut inputs = Vec::new();
    for ((input, class), least) in INPUTS.into_iter().zip(classes).zip(view.bounds.least()) {
        let label = t!(l, site.least_people, class = name::size_class(l, class));
        labels.push((input.to_owned(), label.clone()));
        let (value, wrong) = (back(input).unwrap_or_else(|| least.to_string()), of(input));
        inputs.push(line(input, "text", label, value, wrong));
    }
    let from = back("valid_from").unwrap_or_else(|| view.today.to_string());
    inputs.push(line("valid_from", "date", t!(l, site.valid_from).to_owned(), from, of("valid_from")));
    let (basis, basis_wrong) = (back("basis").unwrap_or_default(), of("basis"));
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, site.sizes_next)}</h2>
            {error.map(|error| view! { <ErrorPanel error labels /> })}
            <form method="post" action=action() class="site-form">
                <input type="hidden" name="form[number]" value=view.next.to_string() />
                <input type="hidden" name="form[key]" value=view.key />
                <div class="site-fields">{inputs}</div>
                <Field name="basis" label=t!(l, site.basis) error=basis_wrong required=true>
                    <textarea
                        class="input"
                        id="basis"
                        name="form[basis]"
                        rows="3"
                        maxlength="500"
                        required
                        aria-describedby="basis-note"
                    >
                        {in_textarea(basis)}
                    </textarea>
                </Field>
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, site.sizes_save)}</Submit>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// One line of the form.
fn line(
    name: &'static str,
    kind: &'static str,
    label: String,
    value: String,
    wrong: Signal<Option<String>>,
) -> AnyView {
    view! {
        <Field name=name label=label error=wrong required=true>
            <input
                class="input"
                id=name
                name=format!("form[{name}]")
                type=kind
                value=value
                required
                maxlength="12"
                autocomplete="off"
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=format!("{name}-note")
            />
        </Field>
    }
    .into_any()
}

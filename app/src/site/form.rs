//! The form of a community, a plain post with the version and an idempotency key; and two people at one community.

use super::api::SaveSite;
use super::list::PATH;
use crate::area::picker::AreaPicker;
use crate::parts::address::encode;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, Labels, field_error};
use crate::parts::field::TextField;
use crate::parts::retyped::{back, typed};
use contract::error::{ApiError, FieldErrors, StaleField};
use contract::site::SaveSiteForm;
use domain::site::{SiteFacts, SiteField};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// The door of both forms.
pub fn action() -> &'static str {
    <SaveSite as server_fn::ServerFn>::PATH
}

/// Back to the form with what was typed.
pub fn retyped(form: &SaveSiteForm) -> String {
    let page = if form.site.is_empty() { "new".to_owned() } else { encode(&form.site) };
    let text = |field: SiteField| Some((input(field), form.values.get(field.key())?.as_str()));
    let texts: Vec<(&str, &str)> = SiteField::ALL.into_iter().filter_map(text).collect();
    back(&format!("{PATH}/{page}"), &texts)
}

/// Name of the input of a column.
const fn input(field: SiteField) -> &'static str {
    match field {
        SiteField::Code => "values[code]",
        SiteField::Name => "values[name]",
        SiteField::Area => "values[area]",
        SiteField::Households => "values[households]",
        SiteField::People => "values[people]",
        SiteField::Labour => "values[labour]",
        SiteField::Employed => "values[employed]",
        SiteField::EmployedOutOfProvince => "values[employed_out_of_province]",
        SiteField::EmployedInProvince => "values[employed_in_province]",
        SiteField::EmployedInCounty => "values[employed_in_county]",
        SiteField::ZeroEmploymentHouseholds => "values[zero_employment_households]",
    }
}

/// What stands in the inputs, and what came back with them.
#[derive(Clone)]
pub struct Filled {
    /// `None` for a new community
    pub facts: Option<SiteFacts>,
    /// `520526 威宁县`: read as the code it begins with
    pub area: String,
    pub error: Option<ApiError>,
}

impl Filled {
    fn conflicts(&self) -> &[StaleField] {
        match &self.error {
            Some(ApiError::Stale { conflicts }) => conflicts,
            Some(_) | None => &[],
        }
    }

    /// One's own value of a conflict goes before the stored one, and so does what was typed.
    fn text(&self, field: SiteField) -> String {
        let own = self.conflicts().iter().find(|conflict| conflict.field == field.key());
        let own = own.map(|conflict| conflict.yours.clone().unwrap_or_default());
        own.or_else(|| typed(action(), input(field))).unwrap_or_else(|| self.kept(field))
    }

    fn kept(&self, field: SiteField) -> String {
        if field == SiteField::Area {
            return self.area.clone();
        }
        self.facts.as_ref().and_then(|facts| facts.text(field)).unwrap_or_default()
    }
}

/// All inputs with their hidden companions and the button.
#[component]
pub fn SiteInputs(
    filled: Filled,
    /// id and version; `None` for a new one
    site: Option<(String, i64)>,
    key: String,
) -> impl IntoView {
    let l = locale();
    let is_new = site.is_none();
    let inputs = SiteField::ALL.into_iter().map(|field| one(l, &filled, field)).collect_view();
    view! {
        <form method="post" action=action() class="site-form">
            {site
                .map(|(site, version)| {
                    view! {
                        <input type="hidden" name="site" value=site />
                        <input type="hidden" name="version" value=version.to_string() />
                    }
                })}
            <input type="hidden" name="key" value=key />
            <div class="site-fields">{inputs}</div>
            <p class="toolbar">
                <Submit weight=Weight::Primary>
                    {if is_new { t!(l, site.create) } else { t!(l, site.save) }}
                </Submit>
            </p>
        </form>
    }
}

fn one(l: Locale, filled: &Filled, field: SiteField) -> AnyView {
    let (key, label, text) = (input(field), name::site_field(l, field), filled.text(field));
    let error = Signal::stored(field_error(filled.error.as_ref(), field.key()));
    let (hint, required) = match field {
        SiteField::Area => {
            return view! { <AreaPicker name=key label=label value=text error=error /> }.into_any();
        }
        SiteField::Code => (t!(l, site.code_hint), false),
        SiteField::Name => ("", true),
        SiteField::Employed => (t!(l, site.employed_hint), false),
        SiteField::Households
        | SiteField::People
        | SiteField::Labour
        | SiteField::EmployedOutOfProvince
        | SiteField::EmployedInProvince
        | SiteField::EmployedInCounty
        | SiteField::ZeroEmploymentHouseholds => ("", false),
    };
    view! {
        <TextField
            name=key
            label=label
            value=text
            hint=hint
            error=error
            required=required
            autocomplete="off"
            maxlength=200
        />
    }
    .into_any()
}

/// The error of a form that came back; a conflict has a panel of its own.
#[component]
pub fn Came(error: Option<ApiError>, #[prop(into)] theirs_href: String) -> impl IntoView {
    let l = locale();
    match error {
        None => ().into_any(),
        Some(ApiError::Stale { conflicts }) => {
            view! { <ConflictPanel conflicts=conflicts theirs_href=theirs_href /> }.into_any()
        }
        Some(ApiError::Invalid { errors }) => {
            let mut renamed = FieldErrors::new();
            for error in errors.iter() {
                renamed.add(format!("values[{}]", error.name), error.fault.clone());
            }
            let labels: Labels = SiteField::ALL
                .map(|field| (input(field).to_owned(), name::site_field(l, field).to_owned()))
                .to_vec();
            view! { <ErrorPanel error=ApiError::Invalid { errors: renamed } labels=labels /> }.into_any()
        }
        Some(error) => view! { <ErrorPanel error=error /> }.into_any(),
    }
}

#[component]
fn ConflictPanel(conflicts: Vec<StaleField>, theirs_href: String) -> impl IntoView {
    let l = locale();
    let blank = |text: Option<String>| text.unwrap_or_else(|| t!(l, project.blank).to_owned());
    let lines = conflicts
        .into_iter()
        .map(|conflict| {
            let word = conflict.field.parse().map(|field| name::site_field(l, field).to_owned());
            view! {
                <tr>
                    <th scope="row">{word.unwrap_or(conflict.field)}</th>
                    <td>{blank(conflict.yours)}</td>
                    <td>{blank(conflict.theirs)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="site-conflict" role="alert">
            <h2>{t!(l, project.conflict_title)}</h2>
            <p>{t!(l, project.conflict_text)}</p>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, project.history_field)}</th>
                        <th scope="col">{t!(l, project.conflict_mine)}</th>
                        <th scope="col">{t!(l, project.conflict_theirs)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <p class="toolbar">
                <a class="button" href=theirs_href rel="external">{t!(l, list.keep_theirs)}</a>
            </p>
        </section>
    }
}

//! The form of a new project: enough to be found again; the rest follows on its page.

use super::api;
use super::form::{Came, Filled, IDENTITY, action};
use super::inputs::ColumnInput;
use super::{keeping, leave};
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use contract::project::{BlankView, Draft};
use domain::project::{Field, Value};
use futures::future::join;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::t;

/// Columns that are asked for at once.
const FIRST: [Field; 4] = [Field::Stage, Field::Category, Field::Start, Field::Total];

/// In the address of a form that begins empty although something is kept.
const FRESH: &str = "fresh";

#[component]
pub fn NewPage() -> impl IntoView {
    let l = locale();
    let came = returned_error(action());
    let query = use_query_map();
    let fresh = Memo::new(move |_| query.try_with(|query| query.get(FRESH).is_some()).unwrap_or_default());
    let blank = ask(
        move || crate::parts::gone::read(fresh),
        move |fresh| async move {
            let (blank, draft) = join(api::blank(), api::draft(String::new())).await;
            Ok::<_, ApiError>((blank?, draft?.filter(|_| !fresh)))
        },
    );
    view! {
        <PageHead title=t!(l, project.new_title) />
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let came = came.clone();
                Suspend::new(async move {
                    match blank.await {
                        Ok((blank, draft)) => view! { <NewForm blank draft came /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn NewForm(blank: BlankView, draft: Option<Draft>, came: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let (error, typed) = Filled::came_back(came, draft);
    let form = NodeRef::<html::Form>::new();
    let dirty = leave::watch(!typed.values.is_empty());
    keeping::keep(form, dirty);
    let kept = (error.is_none() && !typed.values.is_empty()).then(|| {
        view! {
            <p class="notice notice-info" role="status">
                {t!(l, project.kept)}
                <a href=format!("{}?{FRESH}=1", crate::list::shortcuts::NEW)>{t!(l, project.kept_fresh)}</a>
            </p>
        }
    });
    let value = |field| (field == Field::Area).then_some(Value::Area(blank.area));
    let inputs = IDENTITY
        .into_iter()
        .chain(FIRST)
        .map(|field| {
            let fault = field_error(error.as_ref(), &field.key());
            let typed = typed.values.get(&field.key()).cloned();
            view! { <ColumnInput field value=value(field) typed error=fault /> }
        })
        .collect_view();
    view! {
        <Came error=error.clone() />
        {kept}
        <form
            node_ref=form
            method="post"
            action=action()
            class="project-form"
            on:input=move |_| dirty.set(true)
            on:submit=move |_| dirty.set(false)
        >
            <input type="hidden" name="key" value=blank.key.clone() />
            <fieldset class="project-section">
                <legend>{t!(l, project.section_identity)}</legend>
                <div class="project-fields">{inputs}</div>
            </fieldset>
            <p class="project-save toolbar">
                <Submit weight=Weight::Primary>{t!(l, project.create)}</Submit>
            </p>
        </form>
    }
    .into_any()
}

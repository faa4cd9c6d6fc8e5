//! The form of a new project: enough to be found again; the rest follows on its page.

use super::api;
use super::form::{Came, Filled, IDENTITY, action};
use super::inputs::ColumnInput;
use super::leave;
use super::page::kept_draft;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use contract::project::{BlankView, Draft};
use domain::project::{Field, Value};
use futures::future::join;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Columns that are asked for at once.
const FIRST: [Field; 4] = [Field::Stage, Field::Category, Field::Start, Field::Total];

#[component]
pub fn NewPage() -> impl IntoView {
    let l = locale();
    let came = returned_error(action());
    let came_back = came.is_some();
    let blank = Resource::new(
        || (),
        move |()| async move {
            let (blank, draft) = join(api::blank(), kept_draft(came_back, String::new())).await;
            Ok::<_, ApiError>((blank?, draft?))
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
    let dirty = leave::watch(!typed.values.is_empty());
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
        <form
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

//! What went wrong, on top of the page: focus moves here, each line leads to its input.

use super::icon::{Icon, Shape};
use super::page_head::PageHead;
use contract::error::{ApiError, FieldErrors, Refusal};
use leptos::html;
use leptos::prelude::*;
use server_fn::error::ServerFnUrlError;
use words::locale::locale;
use words::{explain, t};

/// Every `(name of input, label)` of a form, so that the summary can name them.
pub type Labels = Vec<(String, String)>;

/// An error with its cause in plain words.
#[component]
pub fn ErrorPanel(error: ApiError, #[prop(optional)] labels: Labels) -> impl IntoView {
    let l = locale();
    let node = NodeRef::<html::Section>::new();
    Effect::new(move || {
        if let Some(section) = node.get() {
            // Focus is a help; a browser that refuses it still shows the panel.
            drop(section.focus());
        }
    });
    let sentence = explain::api_error(l, &error);
    let lines = match &error {
        ApiError::Invalid { errors } => Some(lines(errors, &labels)),
        ApiError::SignedOut
        | ApiError::Forbidden { .. }
        | ApiError::NotFound
        | ApiError::Refused { .. }
        | ApiError::Stale { .. }
        | ApiError::Unexpected { .. }
        | ApiError::Busy
        | ApiError::TooLarge { .. }
        | ApiError::Incomplete
        | ApiError::Transport { .. } => None,
    };
    // What was done already has a page that shows it.
    let result = if let ApiError::Refused { refusal: Refusal::ImportDone { import } } = &error {
        Some(format!("/projects/import/{import}"))
    } else {
        None
    };
    view! {
        <section class="error-panel" role="alert" tabindex="-1" node_ref=node>
            <h2 class="error-title">
                <Icon shape=Shape::Error />
                {t!(l, error.title)}
            </h2>
            <p>{sentence}</p>
            {lines}
            {result.map(|href| view! { <p><a href=href>{t!(l, error.import_done_link)}</a></p> })}
        </section>
    }
    .into_any()
}

/// A page that could not be read at all: it still has a title in the tab and a first heading.
#[component]
pub fn ErrorPage(error: ApiError) -> impl IntoView {
    let l = locale();
    let missing = matches!(error, ApiError::NotFound);
    let title = if missing { t!(l, common.not_found_title) } else { t!(l, error.title) };
    view! {
        <PageHead title=title />
        <ErrorPanel error=error />
    }
    .into_any()
}

fn lines(errors: &FieldErrors, labels: &Labels) -> impl IntoView + use<> {
    let l = locale();
    let lines: Vec<(String, String)> = errors
        .iter()
        .map(|error| {
            let label = labels.iter().find(|(name, _)| *name == error.name).map(|(_, label)| label.clone());
            let text = explain::field_fault(l, &error.fault);
            (format!("#{}", error.name), label.map_or(text.clone(), |label| format!("{label} — {text}")))
        })
        .collect();
    view! {
        <ul class="error-list">
            {lines
                .into_iter()
                .map(|(href, text)| {
                    view! {
                        <li>
                            <a href=href rel="external">
                                {text}
                            </a>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// The error that a plain form came back with: it stands in the page's query, for the door at `path`.
pub fn returned_error(path: &str) -> Option<ApiError> {
    let told = super::gone::query(|query| {
        let came = query.get("__path").is_some_and(|door| door == path);
        query.get("__err").filter(|_| came)
    });
    Some(ServerFnUrlError::<ApiError>::decode_err(&told?))
}

/// What is wrong with one input of a form that came back.
pub fn field_error(error: Option<&ApiError>, name: &str) -> Option<String> {
    let Some(ApiError::Invalid { errors }) = error else { return None };
    errors.of(name).map(|fault| explain::field_fault(locale(), fault))
}

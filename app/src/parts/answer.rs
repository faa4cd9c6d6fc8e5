//! What a page asked for: shown once it is there, or why it is not. While the next is on its way the old one stays in sight.

use super::asking::Asked;
use super::error_panel::{ErrorPage, ErrorPanel};
use super::loading::Loading;
use contract::error::ApiError;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The frame of a page that is about one answer.
pub fn answered<V: Clone + Serialize + DeserializeOwned + Send + Sync + 'static>(
    found: Asked<Result<V, ApiError>>,
    show: fn(V) -> AnyView,
) -> AnyView {
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(view) => show(view),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The same below a head that stands already: a fault is a panel of the page, not the page.
pub fn answered_within<V: Clone + Serialize + DeserializeOwned + Send + Sync + 'static>(
    found: Asked<Result<V, ApiError>>,
    show: fn(V) -> AnyView,
) -> AnyView {
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(view) => show(view),
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

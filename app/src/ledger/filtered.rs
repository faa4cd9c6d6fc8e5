//! A page of the ledger under its filter: asked for, framed and explained alike, whatever its rows are.

use super::address::Place;
use super::filter::{Filter, labels, meant, which};
use super::frame::Head;
use crate::parts::asking::ask;
use crate::parts::button::LinkButton;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use contract::error::ApiError;
use contract::home::FoundProject;
use contract::ledger::form::LedgerForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use words::locale::locale;
use words::t;

/// The filter as it was understood with the answer of the door, or the projects that its text may mean.
async fn load<V, A: Future<Output = Result<V, ApiError>>>(
    place: Place,
    door: fn(LedgerForm) -> A,
) -> Result<Result<(Place, V), Vec<FoundProject>>, ApiError> {
    let find = place.find.clone();
    match meant(place).await? {
        Ok(form) => {
            let view = door(form.clone()).await?;
            Ok(Ok((Place { form, find }, view)))
        }
        Err(found) => Ok(Err(found)),
    }
}

/// Head, filter and rows at one of the paths; `shown` takes the filter as it stands in the address, the filter as it was
/// understood, and the answer; `of_entries`: the filter asks for month and kind too.
pub fn filtered<V, A>(
    path: &'static str,
    of_entries: bool,
    door: fn(LedgerForm) -> A,
    shown: fn(Place, Place, V) -> AnyView,
) -> AnyView
where
    V: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    A: Future<Output = Result<V, ApiError>> + Send + 'static,
{
    let query = use_query_map();
    let place = Memo::new(move |_| query.try_with(Place::read).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(place), move |place| load(place, door));
    view! {
        {move || view! { <Head path=path place=crate::parts::gone::read(place) /> }}
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let place = crate::parts::gone::read(place);
                Suspend::new(async move {
                    match page.await {
                        Ok(Ok((meant, view))) => shown(place, meant, view),
                        Ok(Err(found)) => {
                            let months = of_entries.then(Vec::new);
                            view! {
                                <Filter path=path place=place.clone() months=months />
                                {which(path, &place, &found)}
                            }
                                .into_any()
                        }
                        Err(error) => {
                            view! {
                                <ErrorPanel error=error labels=labels(locale()) />
                                <LinkButton href=path>{t!(locale(), common.reset)}</LinkButton>
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

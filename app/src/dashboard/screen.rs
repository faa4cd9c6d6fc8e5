//! `/screen`: the same figures on a wall, dark and large, asked anew every minute until somebody pauses it. What came last
//! stays with its moment when the server does not answer. It names no person. Where nobody is signed in, the screen's own key
//! answers, and nothing on the screen leads anywhere.

use super::cards::{Extent, cards};
use super::charts::charts;
use super::filter::shown;
use super::page::empty;
use super::{address, api};
use crate::parts::asking::ask;
use crate::parts::button::Button;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::session::Reader;
use crate::wall::enter;
use contract::dashboard::DashboardView;
use contract::error::ApiError;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::time::Duration;
use words::locale::locale;
use words::{Locale, t};

/// From one question to the next.
const PERIOD: Duration = Duration::from_secs(60);

#[component]
pub fn ScreenPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::read).unwrap_or_default());
    let turn = RwSignal::new(0_u32);
    let paused = RwSignal::new(false);
    let extent = if use_context::<Reader>().is_some_and(|Reader(reader)| reader.is_ok()) {
        Extent::Wall
    } else {
        Extent::Key
    };
    let page = ask(
        move || (crate::parts::gone::read(form), turn.try_get().unwrap_or_default()),
        move |(form, _)| async move {
            match extent {
                Extent::Page | Extent::Wall => api::figures(form).await,
                Extent::Key => crate::wall::api::figures(form).await,
            }
        },
    );
    let last: StoredValue<Option<DashboardView>> = StoredValue::new(None);
    Effect::new(move || {
        let beat = move || {
            if !paused.try_get_untracked().unwrap_or(true) {
                turn.update(|turn| *turn = turn.wrapping_add(1));
            }
        };
        if let Ok(handle) = set_interval_with_handle(beat, PERIOD) {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        <main id="main" class="dashboard-wall" tabindex="-1">
            <Transition fallback=|| {
                view! { <Loading /> }
            }>
                {move || Suspend::new(async move {
                    let l = locale();
                    match page.await {
                        Ok(view) => {
                            let shown = whole(l, &view, extent, (paused, false));
                            last.try_update_value(|last| *last = Some(view));
                            shown
                        }
                        // A key that is over says so, and shows nothing any more.
                        Err(error @ ApiError::Refused { .. }) => refused(l, error),
                        Err(error) => {
                            match last.try_get_value().flatten() {
                                Some(view) => whole(l, &view, extent, (paused, true)),
                                None => view! { <ErrorPage error=error /> }.into_any(),
                            }
                        }
                    }
                })}
            </Transition>
        </main>
    }
    .into_any()
}

fn refused(l: Locale, error: ApiError) -> AnyView {
    view! {
        <ErrorPage error=error />
        <p>
            <a class="button" href=enter::PATH>
                {t!(l, wall.again)}
            </a>
        </p>
    }
    .into_any()
}

fn whole(
    l: Locale,
    view: &DashboardView,
    extent: Extent,
    (paused, is_old): (RwSignal<bool>, bool),
) -> AnyView {
    let leave = (extent == Extent::Wall).then(|| {
        let href = address::at(address::PATH, &address::of(view));
        view! {
            <a class="button" href=href>
                {t!(l, dashboard.leave_wall)}
            </a>
        }
    });
    let old = is_old.then(|| view! { <p class="dashboard-old" role="status">{t!(l, dashboard.old)}</p> });
    view! {
        <PageHead title=t!(l, dashboard.title)>
            <Pause paused=paused />
            {leave}
        </PageHead>
        {shown(l, extent.path(), view)}
        {old}
        {empty(l, view)}
        {cards(l, view, extent)}
        {charts(l, view, extent)}
    }
    .into_any()
}

/// Stops the minute and lets it run again; there once scripts run, since only they ask anew.
#[component]
fn Pause(paused: RwSignal<bool>) -> impl IntoView {
    let l = locale();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    move || {
        awake.get().then(|| {
            let word = move || if paused.get() { t!(l, dashboard.go_on) } else { t!(l, dashboard.pause) };
            view! { <Button on_press=move |()| paused.update(|paused| *paused = !*paused)>{word}</Button> }
        })
    }
}

//! How the last walk of the rules stands, with the buttons that begin and stop one. Asks again every second with scripts,
//! by the page itself without.

use super::address::PATH;
use super::api::{self, BeginWalk, StopWalk};
use super::text::may;
use crate::parts::button::{Submit, Weight};
use contract::review::{WalkState, WalkView};
use domain::permission::Action;
use leptos::prelude::*;
use leptos::task::spawn_local;
use server_fn::ServerFn;
use std::time::Duration;
use words::locale::locale;
use words::{Locale, format, t};

/// Between two questions.
const PAUSE: Duration = Duration::from_secs(1);
/// The page loads itself again while scripts are off.
const AGAIN: &str = "<meta http-equiv=\"refresh\" content=\"2\">";

#[component]
pub fn Walk(walk: Option<WalkView>) -> impl IntoView {
    let l = locale();
    let may_judge = may(Action::JudgeFindings);
    let walk = RwSignal::new(walk);
    let is_running = move || walk.try_with(|walk| is_running(walk.as_ref())).unwrap_or_default();
    Effect::new(move || {
        if !is_running() {
            return;
        }
        let asked = set_timeout_with_handle(
            move || {
                spawn_local(async move {
                    // Without an answer the link below still shows the newest state.
                    if let Ok(found) = api::walk().await {
                        drop(walk.try_set(found));
                    }
                });
            },
            PAUSE,
        );
        if let Ok(handle) = asked {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        <section class="panel review-walk" aria-live="polite" data-noprint="">
            <div>
                {move || walk.with(|walk| said(l, walk.as_ref()))}
                {move || is_running().then(|| view! { <noscript inner_html=AGAIN></noscript> })}
            </div>
            {move || {
                let found = walk.get();
                may_judge.then(|| acts(l, found.as_ref()))
            }}
        </section>
    }
    .into_any()
}

fn is_running(walk: Option<&WalkView>) -> bool {
    walk.is_some_and(|walk| walk.state == WalkState::Running)
}

fn acts(l: Locale, walk: Option<&WalkView>) -> AnyView {
    match walk.filter(|walk| walk.state == WalkState::Running) {
        Some(walk) => {
            let stop = walk.figures.is_some().then(|| {
                view! {
                    <form method="post" action=StopWalk::PATH>
                        <input type="hidden" name="run" value=walk.run.to_string() />
                        <Submit weight=Weight::Quiet>{t!(l, review.walk_stop)}</Submit>
                    </form>
                }
            });
            view! {
                <div class="toolbar">
                    <a class="button" href=PATH rel="external">{t!(l, review.look_again)}</a>
                    {stop}
                </div>
            }
            .into_any()
        }
        None => view! {
            <form method="post" action=BeginWalk::PATH class="toolbar">
                <Submit>{t!(l, review.walk_begin)}</Submit>
            </form>
        }
        .into_any(),
    }
}

fn said(l: Locale, walk: Option<&WalkView>) -> AnyView {
    let Some(walk) = walk else {
        return view! { <p>{t!(l, review.walk_never)}</p> }.into_any();
    };
    let at = format::instant(walk.ended.unwrap_or(walk.started));
    let by = walk.by.clone().unwrap_or_else(|| t!(l, review.walk_product).to_owned());
    let Some(figures) = walk.figures else {
        let text = if walk.state == WalkState::Running {
            t!(l, review.walk_running_above).to_owned()
        } else {
            t!(l, review.walk_done_above, at = at)
        };
        return view! { <p>{text}</p> }.into_any();
    };
    let ended_early = |why: &'static str| {
        t!(
            l,
            review.walk_ended_early,
            at = at.clone(),
            why = why,
            done = figures.areas_done,
            all = figures.areas
        )
    };
    let text = match walk.state {
        WalkState::Running => t!(
            l,
            review.walk_running,
            done = figures.areas_done,
            all = figures.areas,
            projects = figures.projects,
            found = figures.found,
            vanished = figures.vanished
        ),
        WalkState::Done => t!(
            l,
            review.walk_done,
            at = at.clone(),
            projects = figures.projects,
            found = figures.found,
            vanished = figures.vanished,
            by = by
        ),
        WalkState::Stopped => ended_early(t!(l, review.walk_why_stopped)),
        WalkState::Failed => ended_early(t!(l, review.walk_why_failed)),
        WalkState::Broken => ended_early(t!(l, review.walk_why_broken)),
    };
    let is_running = walk.state == WalkState::Running;
    view! {
        {is_running.then(|| bar(l, figures.areas_done, figures.areas))}
        <p>{text}</p>
    }
    .into_any()
}

/// Areas done of all.
fn bar(l: Locale, done: u32, all: u32) -> AnyView {
    view! { <progress class="review-progress" max=all.max(1) value=done aria-label=t!(l, review.walk)></progress> }
        .into_any()
}

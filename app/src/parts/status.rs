//! Status as colour, shape and word, always all three. The shape is drawn, because fonts may lack the sign.

use crate::parts::markup::Markup;
use domain::finding::Severity;
use domain::project::Stage;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name};

/// How far a project is.
#[component]
pub fn StageChip(stage: Stage) -> impl IntoView {
    let (tone, drawing) = stage_look(stage);
    view! { <Chip tone=tone drawing=drawing word=name::stage(locale(), stage) /> }
}

/// How grave a finding is.
#[component]
pub fn SeverityChip(severity: Severity) -> impl IntoView {
    let (tone, drawing) = match severity {
        Severity::Error => ("err", "M6 0L12 6 6 12 0 6z"),
        Severity::Warning => ("warn", "M6 1L12 11H0z"),
        Severity::Note => ("info", "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0z"),
    };
    view! { <Chip tone=tone drawing=drawing word=name::severity(locale(), severity) /> }
}

/// The chip of a stage within a row that is drawn as markup.
pub fn stage_markup(l: Locale, html: &mut Markup, stage: Stage) -> &mut Markup {
    let (tone, drawing) = stage_look(stage);
    let word = name::stage(l, stage);
    html.tag("<span class=\"status status-").tag(tone).tag("\" data-word=\"").text(word).tag("\">");
    inside(html, drawing, word).tag("</span>")
}

/// Any status: `tone` is one of ok, warn, err, info, neutral, purple; `drawing` a path on 12 × 12.
#[component]
pub fn Chip(tone: &'static str, drawing: &'static str, #[prop(into)] word: String) -> impl IntoView {
    let mut html = Markup::default();
    inside(&mut html, drawing, &word);
    view! { <span class=format!("status status-{tone}") data-word=word inner_html=html.finish()></span> }
        .into_any()
}

fn inside<'a>(html: &'a mut Markup, drawing: &'static str, word: &str) -> &'a mut Markup {
    html.tag(
        "<svg viewBox=\"-1 -1 14 14\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\">",
    );
    html.tag(
        "<path fill=\"currentColor\" stroke=\"currentColor\" stroke-width=\"1\" fill-rule=\"evenodd\" d=\"",
    );
    html.tag(drawing).tag("\"/></svg><span class=\"status-word\">").text(word).tag("</span>")
}

const RING: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z";
const QUARTER: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500a4.500 4.500 0 1 0 4.500 4.500H6z";
const HALF: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500a4.500 4.500 0 0 0 0 9z";
const THREE: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500A4.500 4.500 0 0 0 1.500 6H6z";
const FULL: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0z";
const PLAY: &str = "M1 0l11 6-11 6z";
const SQUARE: &str = "M0 0h12v12H0z";
const TICK: &str = "M0 6l2-2 2.500 2.500L10 1l2 2-7.500 7.500z";
const PAUSE: &str = "M1 0h3v12H1zM8 0h3v12H8z";
const CROSS: &str = "M0 1.500L1.500 0 6 4.500 10.500 0 12 1.500 7.500 6l4.500 4.500-1.500 1.500L6 7.500 1.500 12 0 10.500 4.500 6z";

const fn stage_look(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Idea => ("neutral", RING),
        Stage::Reserve => ("info", QUARTER),
        Stage::Preparation => ("info", HALF),
        Stage::Ready => ("ok", THREE),
        Stage::Allocated => ("info", FULL),
        Stage::Building => ("info", PLAY),
        Stage::Completed => ("ok", SQUARE),
        Stage::Accepted => ("ok", TICK),
        Stage::Paused => ("warn", PAUSE),
        Stage::Withdrawn => ("neutral", CROSS),
    }
}

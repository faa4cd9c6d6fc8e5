//! Status as colour, shape and word, always all three. The shape is drawn, because fonts may lack the sign.

use crate::parts::drawing::{
    CROSS, DIAMOND, DISC, HALF, PAUSE, PLAY, QUARTER, RING, SQUARE, THREE, TICK, TRIANGLE,
};
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
        Severity::Error => ("err", DIAMOND),
        Severity::Warning => ("warn", TRIANGLE),
        Severity::Note => ("info", DISC),
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

const fn stage_look(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Idea => ("neutral", RING),
        Stage::Reserve => ("info", QUARTER),
        Stage::Preparation => ("info", HALF),
        Stage::Ready => ("ok", THREE),
        Stage::Allocated => ("info", DISC),
        Stage::Building => ("info", PLAY),
        Stage::Completed => ("ok", SQUARE),
        Stage::Accepted => ("ok", TICK),
        Stage::Paused => ("warn", PAUSE),
        Stage::Withdrawn => ("neutral", CROSS),
    }
}

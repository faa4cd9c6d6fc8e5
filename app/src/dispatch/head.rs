//! How a book stands, as a chip and in words. Knows no figures.

use crate::parts::drawing::{BACK, HALF, RING, SQUARE, TICK};
use crate::parts::status::Chip;
use contract::dispatch::Mark;
use domain::dispatch::book::Standing;
use leptos::prelude::*;
use words::explain::dispatch as explain;
use words::format;
use words::locale::locale;

/// Colour, shape and word of a standing; `None` is a month nobody opened.
#[component]
pub fn StandingChip(standing: Option<Standing>) -> impl IntoView {
    let (tone, drawing) = match standing {
        None => ("neutral", RING),
        Some(Standing::Filling) => ("warn", HALF),
        Some(Standing::Submitted) => ("info", SQUARE),
        Some(Standing::Returned) => ("err", BACK),
        Some(Standing::Accepted) => ("ok", TICK),
    };
    view! { <Chip tone=tone drawing=drawing word=explain::standing(locale(), standing) /> }
}

/// `王芳 2026-11-03 16:20`
pub fn mark(mark: &Mark) -> String {
    format!("{} {}", mark.name, format::instant(mark.at))
}

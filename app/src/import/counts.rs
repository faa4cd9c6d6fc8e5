//! How many rows of each outcome, as tabs and as figures. Knows no row.

use super::address::Place;
use super::text::{number, outcome};
use crate::parts::tabs::{Tab, Tabs};
use contract::import::{Counts, ImportView, RowOutcome};
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Rows of the file.
pub fn all(counts: &Counts) -> u32 {
    RowOutcome::ALL.into_iter().map(|outcome| counts.of(outcome)).sum()
}

/// Rows that a commit writes.
pub const fn going(counts: &Counts) -> u32 {
    counts.new + counts.changed
}

/// Rows that stay out and nobody decided so.
pub const fn held(counts: &Counts) -> u32 {
    counts.faulty + counts.unclear + counts.conflict
}

/// Rows that a commit leaves out; rows that are the same have nothing to write.
pub const fn left_out(counts: &Counts) -> u32 {
    held(counts) + counts.skipped
}

#[component]
pub fn OutcomeTabs(view: ImportView, place: Place) -> impl IntoView {
    let l = locale();
    let tab = |word: String, code: &str, count: u32| Tab {
        word,
        href: Place {
            step: "compare".to_owned(),
            outcome: code.to_owned(),
            columns: place.columns.clone(),
            ..Place::default()
        }
        .write(view.import),
        count: Some(number(count)),
        current: place.outcome == code,
    };
    let mut tabs = vec![tab(t!(l, common.all).to_owned(), "", all(&view.counts))];
    tabs.extend(
        RowOutcome::ALL
            .into_iter()
            .filter(|outcome| view.counts.of(*outcome) > 0 || place.outcome == outcome.code())
            .map(|each| tab(outcome(l, each).to_owned(), each.code(), view.counts.of(each))),
    );
    view! { <Tabs label=t!(l, import.outcomes) tabs /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_counted_once() {
        let counts =
            Counts { new: 1, changed: 2, same: 4, faulty: 8, unclear: 16, conflict: 32, skipped: 64 };
        assert_eq!(all(&counts), 127);
        assert_eq!(going(&counts) + counts.same + left_out(&counts), all(&counts));
    }
}

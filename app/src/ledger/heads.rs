//! The head of a table of entries, on the screen and on paper: what both show stands under one word. Knows no entry.

use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// On paper area and payee are told, on the screen where an entry stands and where it came from.
#[component]
pub fn EntryHeads(on_paper: bool) -> impl IntoView {
    let l = locale();
    let columns = [
        (true, "number", t!(l, ledger.seq)),
        (true, "date", t!(l, ledger.date)),
        (true, "", t!(l, ledger.kind)),
        (true, "", t!(l, ledger.project)),
        (on_paper, "", t!(l, common.area)),
        (true, "", t!(l, ledger.source)),
        (true, "date", t!(l, ledger.year)),
        (true, "number", t!(l, ledger.amount)),
        (true, "", t!(l, ledger.papers)),
        (on_paper, "", t!(l, ledger.payee)),
        (true, "", t!(l, ledger.persons)),
        (!on_paper, "", t!(l, ledger.state)),
        (!on_paper, "", t!(l, ledger.origin)),
    ];
    let heads = columns
        .into_iter()
        .filter(|(is_shown, ..)| *is_shown)
        .map(|(_, class, word)| {
            let class = (!class.is_empty()).then_some(class);
            view! {
                <th scope="col" class=class>
                    {word}
                </th>
            }
        })
        .collect_view();
    view! {
        <thead>
            <tr>{heads}</tr>
        </thead>
    }
    .into_any()
}

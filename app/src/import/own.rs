//! The imports of this person, the newest first, each leading to its page.

use super::address;
use super::text::{kind, number, outcome, state};
use crate::parts::drawing::{DIAMOND, PLAY, TICK, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::status::Chip;
use contract::import::{ImportLine, ImportState, RowOutcome};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn OwnImports(lines: Vec<ImportLine>) -> impl IntoView {
    let l = locale();
    let table = if lines.is_empty() {
        view! { <Empty reason=t!(l, import.own_none) /> }.into_any()
    } else {
        let rows = lines.iter().map(|each| line(l, each)).collect_view();
        view! {
            <div class="table-scroll">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, import.own_file)}</th>
                            <th scope="col">{t!(l, import.own_kind)}</th>
                            <th scope="col" class="date">{t!(l, import.own_at)}</th>
                            <th scope="col">{t!(l, import.own_by)}</th>
                            <th scope="col">{t!(l, import.own_state)}</th>
                            <th scope="col">{t!(l, import.own_counts)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="import-own" aria-labelledby="import-own-title">
            <h2 id="import-own-title">{t!(l, import.own)}</h2>
            {table}
        </section>
    }
}

fn line(l: Locale, line: &ImportLine) -> impl IntoView + use<> {
    let counts = RowOutcome::ALL
        .into_iter()
        .filter(|each| line.counts.of(*each) > 0)
        .map(|each| format!("{} {}", outcome(l, each), number(line.counts.of(each))))
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <tr>
            <th scope="row">
                <a href=address::of(line.import)>{line.file_name.clone()}</a>
            </th>
            <td>{kind(l, line.kind)}</td>
            <td class="date">{format::instant(line.at)}</td>
            <td>{line.by.clone()}</td>
            <td>
                <StateChip of=line.state />
            </td>
            <td>{counts}</td>
        </tr>
    }
}

#[component]
fn StateChip(of: ImportState) -> impl IntoView {
    let (tone, drawing) = match of {
        ImportState::Reading => ("info", PLAY),
        ImportState::Failed => ("err", DIAMOND),
        ImportState::Staged => ("warn", TRIANGLE),
        ImportState::Committed => ("ok", TICK),
        ImportState::Undone | ImportState::Cancelled => ("neutral", "M0 5h12v2H0z"),
    };
    view! { <Chip tone=tone drawing=drawing word=state(locale(), of) /> }
}

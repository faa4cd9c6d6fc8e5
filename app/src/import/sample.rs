//! The first rows of a sheet, for pointing out the heading when it was not found or found wrongly. Knows no door.

use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

/// Cells of a row that are shown; more would not help to see a heading.
const MOST_CELLS: usize = 12;

#[component]
pub fn Sample(
    sample: Vec<(u32, Vec<String>)>,
    /// first and last row of the heading, where one was found
    header: Option<(u32, u32)>,
) -> impl IntoView {
    let l = locale();
    let rows = sample.into_iter().map(|(row, cells)| line(l, row, &cells, header)).collect_view();
    view! {
        <div class="table-scroll import-sample">
            <table class="table">
                <caption class="import-caption">{t!(l, import.sample)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(l, import.header_first)}</th>
                        <th scope="col">{t!(l, import.header_last)}</th>
                        <th scope="col" class="date">{t!(l, import.row)}</th>
                        <th scope="col" colspan=MOST_CELLS>{t!(l, import.sample_cells)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <label class="import-heading">
            {t!(l, import.header_elsewhere)}
            <input class="input import-year" name="form[heading]" autocomplete="off" placeholder="150-151" maxlength="7" />
        </label>
    }
}

fn line(l: Locale, row: u32, cells: &[String], header: Option<(u32, u32)>) -> impl IntoView + use<> {
    let is_head = header.is_some_and(|(first, last)| (first..=last).contains(&row));
    let cells = cells.iter().take(MOST_CELLS).map(|text| view! { <td>{text.clone()}</td> }).collect_view();
    let radio = |name: &'static str, label: String, checked: bool| {
        view! {
            <label class="import-radio">
                <input type="radio" name=name value=row aria-label=label checked=checked />
            </label>
        }
    };
    view! {
        <tr class:import-head-row=is_head>
            <td class="date">
                {radio(
                    "form[header_first]",
                    t!(l, import.header_first_at, row = row),
                    header.is_some_and(|(first, _)| first == row),
                )}
            </td>
            <td class="date">
                {radio(
                    "form[header_last]",
                    t!(l, import.header_last_at, row = row),
                    header.is_some_and(|(_, last)| last == row),
                )}
            </td>
            <th scope="row" class="date">{row}</th>
            {cells}
        </tr>
    }
}

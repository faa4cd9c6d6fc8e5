//! Rows of the file that are no rows of a list, folded away: which, how they begin, and why they stay out.

use contract::import::SheetView;
use contract::import::left_out::{LeftOut, Why};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

#[component]
pub fn RowsLeftOut(sheets: Vec<SheetView>) -> impl IntoView {
    let l = locale();
    let many = sheets.iter().filter(|sheet| sheet.layout.is_some()).count() > 1;
    let count: usize = sheets.iter().map(|sheet| sheet.aside.len()).sum();
    let blank = sheets.iter().any(|sheet| !sheet.left_out.is_empty());
    let lines = sheets
        .iter()
        .flat_map(|sheet| sheet.left_out.iter().map(move |row| (sheet, row)))
        .map(|(sheet, row)| line(l, many.then_some(sheet.sheet.as_str()), row))
        .collect_view();
    let told: usize = sheets.iter().map(told).sum();
    let more = count.saturating_sub(told);
    (count > 0 || blank).then(|| {
        view! {
            <details class="import-left-out" data-noprint="">
                <summary>{t!(l, import.left_out, count = count)}</summary>
                <div class="table-scroll import-sample">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{t!(l, import.row)}</th>
                                <th scope="col">{t!(l, import.sample_cells)}</th>
                                <th scope="col">{t!(l, import.left_out_why)}</th>
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
                {(more > 0).then(|| view! { <p class="field-hint">{t!(l, import.left_out_more, count = more)}</p> })}
            </details>
        }
    })
}

/// Rows of a sheet that are told one by one; stretches of blank ones are not counted.
fn told(sheet: &SheetView) -> usize {
    sheet.left_out.iter().filter(|row| row.why != Why::Blank).count()
}

fn line(l: Locale, sheet: Option<&str>, row: &LeftOut) -> impl IntoView + use<> {
    let rows = if row.row == row.last { row.row.to_string() } else { format!("{}–{}", row.row, row.last) };
    let spot = sheet.map_or_else(|| rows.clone(), |sheet| format!("{sheet} {rows}"));
    view! {
        <tr>
            <th scope="row">{spot}</th>
            <td>{row.words.clone()}</td>
            <td>{reason(l, row.why)}</td>
        </tr>
    }
}

fn reason(l: Locale, why: Why) -> &'static str {
    match why {
        Why::Total => t!(l, import.left_out_total),
        Why::Subtotal => t!(l, import.left_out_subtotal),
        Why::Section => t!(l, import.left_out_section),
        Why::Numbering => t!(l, import.left_out_numbering),
        Why::Foot => t!(l, import.left_out_foot),
        Why::Sparse => t!(l, import.left_out_sparse),
        Why::Blank => t!(l, import.left_out_blank),
    }
}

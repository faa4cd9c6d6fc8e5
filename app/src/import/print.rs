//! 导入核对单: the head and foot that only paper shows, with counts, sums before and after, and room to sign.

use super::counts::all;
use super::send::Wizard;
use super::text::{number, outcome};
use contract::import::RowOutcome;
use leptos::prelude::*;
use words::locale::locale;
use words::{format, name, t};

#[component]
pub fn SignSheet(wizard: Wizard) -> impl IntoView {
    let l = locale();
    move || {
        let view = wizard.view.get();
        let heads = RowOutcome::ALL
            .map(|each| view! { <th scope="col" class="number">{outcome(l, each)}</th> })
            .collect_view();
        let figures = RowOutcome::ALL
            .map(|each| view! { <td class="number">{number(view.counts.of(each))}</td> })
            .collect_view();
        let units = view
            .sheets
            .iter()
            .filter_map(|sheet| {
                Some(format!("{} {}", sheet.sheet, name::unit(l, sheet.layout.as_ref()?.unit)))
            })
            .collect::<Vec<_>>()
            .join(" · ");
        view! {
            <section class="import-print">
                <h1>{t!(l, import.print_title)}</h1>
                <p class="import-print-line">
                    <span>{t!(l, import.print_file, file = view.file_name.clone())}</span>
                    <span>{t!(l, import.print_units, units = units)}</span>
                </p>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, common.all)}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>
                        <tr>
                            <td class="number">{number(all(&view.counts))}</td>
                            {figures}
                        </tr>
                    </tbody>
                </table>
                <p class="import-print-line">
                    <span>{t!(l, import.print_filler, name = view.by.clone())}</span>
                    <span>{t!(l, import.print_checker)}</span>
                    <span>{t!(l, import.print_leader)}</span>
                    <span>{t!(l, import.print_date, date = format::instant(view.at))}</span>
                </p>
            </section>
        }
    }
}

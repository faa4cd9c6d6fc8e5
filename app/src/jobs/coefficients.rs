//! The coefficients that an estimate stands on, each with its range, unit, price year, ground and source.

use super::text::plain;
use domain::jobs::coefficient::{Coefficient, Coefficients, Key};
use domain::jobs::estimate::Estimate;
use leptos::prelude::*;
use words::name::jobs as name;
use words::name::mark;
use words::{Locale, format, t};

/// Decimals of a printed coefficient.
const PLACES: u32 = 6;

/// Those in the formulas, in the order of the table.
pub fn shown(l: Locale, estimate: &Estimate, coefficients: &Coefficients) -> Option<AnyView> {
    let lines = estimate.lines.iter().chain(&estimate.benchmarks);
    let mut keys: Vec<Key> = lines.flat_map(|line| line.formula.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let found = keys.into_iter().filter_map(|key| Some((key, coefficients.get(key)?)));
    let rows: Vec<AnyView> = found.map(|(key, line)| row(l, key, line)).collect();
    if rows.is_empty() {
        return None;
    }
    let from = format::date(coefficients.valid_from);
    let shown = view! {
        <section class="panel jobs-coefficients">
            <h2>{t!(l, jobs.coefficients)}</h2>
            <p class="jobs-faint">{t!(l, jobs.edition, edition = coefficients.edition, from = from)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, jobs.coefficients)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, jobs.key)}</th>
                            <th scope="col" class="number">{t!(l, jobs.low)}</th>
                            <th scope="col" class="number">{t!(l, jobs.standard)}</th>
                            <th scope="col" class="number">{t!(l, jobs.high)}</th>
                            <th scope="col">{t!(l, jobs.unit)}</th>
                            <th scope="col" class="date">{t!(l, jobs.price_year)}</th>
                            <th scope="col">{t!(l, jobs.mark)}</th>
                            <th scope="col">{t!(l, jobs.source)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(shown.into_any())
}

fn row(l: Locale, key: Key, line: &Coefficient) -> AnyView {
    let year = line.price_year.map_or_else(|| format::UNKNOWN.to_owned(), |year| year.to_string());
    view! {
        <tr>
            <th scope="row" class="jobs-what">{name::key(l, key)}</th>
            <td class="number">{plain(line.low, PLACES)}</td>
            <td class="number">{plain(line.standard, PLACES)}</td>
            <td class="number">{plain(line.high, PLACES)}</td>
            <td>{name::measure(l, line.unit)}</td>
            <td class="date">{year}</td>
            <td>{mark(l, line.mark)}</td>
            <td class="jobs-formula" lang="zh-CN">{line.source.clone()}</td>
        </tr>
    }
    .into_any()
}

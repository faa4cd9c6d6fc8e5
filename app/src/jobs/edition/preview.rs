//! 影响预览: how many projects an edition would change, and the totals before and after, by kind and category.

use crate::jobs::text;
use contract::jobs::edition::{KindChange, Preview};
use domain::jobs::calibration::Ratio;
use domain::project::Category;
use leptos::prelude::*;
use rust_decimal::Decimal;
use words::locale::locale;
use words::{Locale, format, name, t};

/// Thousandths as printed, one decimal.
pub fn milli(number: i64) -> String {
    text::plain(Decimal::new(number, 3), 1)
}

/// By how much a total moves, as a signed percentage.
pub fn moved(before: i64, after: i64) -> String {
    let change = Ratio::of((after - before).abs(), before).map(Ratio::per_mille);
    match change {
        None => format::UNKNOWN.to_owned(),
        Some(size) if after < before => format::percent(-size),
        Some(size) => format!("+{}", format::percent(size)),
    }
}

#[component]
pub fn Change(preview: Preview, before: u32) -> impl IntoView {
    let l = locale();
    let sentence = t!(
        l,
        coefficient.preview_sentence,
        changed = format::integer(i64::from(preview.changed)),
        projects = format::integer(i64::from(preview.projects)),
        before = before
    );
    let rows = preview.kinds.iter().map(|kind| kind_rows(l, kind)).collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, coefficient.preview)}</h2>
            <p class="coefficient-preview" data-changed=preview.changed.to_string()>
                {sentence}
            </p>
            <p class="coefficient-lead">{t!(l, coefficient.preview_lead)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, coefficient.preview)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, coefficient.what)}</th>
                            <th scope="col" class="number">{t!(l, coefficient.changed)}</th>
                            <th scope="col" class="number">{t!(l, coefficient.total_before)}</th>
                            <th scope="col" class="number">{t!(l, coefficient.total_after)}</th>
                            <th scope="col" class="number">{t!(l, coefficient.moved)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn kind_rows(l: Locale, change: &KindChange) -> AnyView {
    let phase = name::jobs::phase(l, change.kind.phase);
    let what = format!("{phase} · {}", text::kind(l, change.kind));
    let categories = change.categories.iter().filter(|one| one.changed > 0);
    let categories = categories
        .map(|one| {
            let word = category(l, one.category);
            row(word, false, (one.changed, one.before, one.after))
        })
        .collect_view();
    view! {
        {row(what, true, (change.changed, change.before, change.after))}
        {categories}
    }
    .into_any()
}

/// A category; projects without one are told so.
pub fn category(l: Locale, value: Option<Category>) -> String {
    value.map_or(t!(l, coefficient.no_category), |value| name::category(l, value)).to_owned()
}

fn row(what: String, is_whole: bool, (changed, before, after): (u32, i64, i64)) -> AnyView {
    view! {
        <tr class:coefficient-inner=!is_whole>
            <th scope="row">{what}</th>
            <td class="number">{format::integer(i64::from(changed))}</td>
            <td class="number">{milli(before)}</td>
            <td class="number">{milli(after)}</td>
            <td class="number">{moved(before, after)}</td>
        </tr>
    }
    .into_any()
}

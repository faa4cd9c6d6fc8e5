//! Numbers, formulas and gaps of an estimate in words.

use domain::jobs::estimate::Line;
use domain::jobs::formula::{Factor, Formula, Gap, Operator, Term};
use domain::jobs::kind::Layer;
use domain::jobs::quantity::{Kind, Range};
use rust_decimal::{Decimal, RoundingStrategy};
use words::name::jobs as name;
use words::{Locale, format, t};

/// Decimals of a printed number of jobs.
const PLACES: u32 = 1;
/// Decimals of a printed term.
const TERM_PLACES: u32 = 6;

/// Low, default and high as printed: one decimal, none where it is nothing.
pub fn range(range: Range) -> [String; 3] {
    range.decimals().map(|number| plain(number, PLACES))
}

pub fn plain(number: Decimal, places: u32) -> String {
    let rounded = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    format::grouped(&rounded.normalize().to_string())
}

/// `岗位 · 搬迁群众`, with the layer where it is not the direct one.
pub fn kind(l: Locale, kind: Kind) -> String {
    let base = format!("{} · {}", name::unit(l, kind.unit), name::population(l, kind.population));
    match kind.layer {
        Layer::Direct => base,
        Layer::Indirect | Layer::Induced => format!("{base} · {}", name::layer(l, kind.layer)),
    }
}

/// The whole formula with its default numbers and the result.
pub fn formula(l: Locale, line: &Line) -> String {
    let computed = line.formula.range().unwrap_or_default();
    let [_, standard, _] = range(computed);
    let unit = name::unit(l, line.quantity.kind.unit);
    t!(l, jobs.equals, formula = both(l, &line.formula), number = standard, unit = unit)
}

/// The product, or both where the larger counts.
fn both(l: Locale, formula: &Formula) -> String {
    let first = chain(l, &formula.terms);
    if formula.or.is_empty() {
        return first;
    }
    t!(l, jobs.or_larger, formula = first, other = chain(l, &formula.or))
}

fn chain(l: Locale, terms: &[Term]) -> String {
    let mut text = String::new();
    for (at, found) in terms.iter().enumerate() {
        if at > 0 {
            text.push_str(match found.operator {
                Operator::Times => " × ",
                Operator::Over => " ÷ ",
            });
        }
        text.push_str(&term(l, found));
    }
    text
}

/// One number with what it is; ends in brackets where they differ.
fn term(l: Locale, term: &Term) -> String {
    let shown = |number: Decimal| plain(number, TERM_PLACES);
    let number = if term.low == term.high {
        shown(term.standard)
    } else {
        let (low, high) = (shown(term.low), shown(term.high));
        t!(l, jobs.term_range, number = shown(term.standard), low = low, high = high)
    };
    match term.factor {
        Factor::Total => t!(l, jobs.term_total, number = number),
        Factor::Central => t!(l, jobs.term_central, number = number),
        Factor::PromisedPay => t!(l, jobs.term_promised_pay, number = number),
        Factor::Households => t!(l, jobs.term_households, number = number),
        Factor::Coefficient { key } => {
            t!(l, jobs.term_coefficient, name = name::key(l, key), number = number)
        }
        Factor::Floor { key } => t!(l, jobs.term_floor, name = name::key(l, key), number = number),
        Factor::Stated { input } => {
            t!(l, jobs.term_coefficient, name = name::input(l, input), number = number)
        }
        Factor::Rest { input } => t!(l, jobs.term_rest, name = name::input(l, input), number = number),
        Factor::Added { key } => t!(l, jobs.term_added, name = name::key(l, key), number = number),
        Factor::Estimated { unit } => {
            t!(l, jobs.term_estimated, unit = name::unit(l, unit), number = number)
        }
        Factor::WanPerMillion => t!(l, jobs.term_wan_per_million, number = number),
        Factor::WanPerYi => t!(l, jobs.term_wan_per_yi, number = number),
        Factor::YuanPerWan => t!(l, jobs.term_yuan_per_wan, number = number),
        Factor::Months => t!(l, jobs.term_months, number = number),
    }
}

/// Why a phase has no number.
pub fn gap(l: Locale, gap: Gap) -> String {
    match gap {
        Gap::Total => t!(l, jobs.gap_total).to_owned(),
        Gap::Category => t!(l, jobs.gap_category).to_owned(),
        Gap::Staffing => t!(l, jobs.gap_staffing).to_owned(),
        Gap::Units => t!(l, jobs.gap_units).to_owned(),
        Gap::Input { input } => t!(l, jobs.gap_input, input = name::input(l, input)),
        Gap::IncomeOnly => t!(l, jobs.gap_income_only).to_owned(),
        Gap::Coefficient { key } => t!(l, jobs.gap_coefficient, key = name::key(l, key)),
        Gap::TooLarge => t!(l, jobs.gap_too_large).to_owned(),
        Gap::PartAboveWhole { population } => {
            t!(l, jobs.gap_part_above, population = name::population(l, population))
        }
    }
}

//! Two running sums of money over months, plan and actual, as lines under a scale that begins at nothing and ends at a
//! round figure. Amounts are fen. Knows no project and no door.

use domain::money::{Delta, Unit};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

/// The field of the drawing within 640 × 208: at the right stay the words of the last points, at the left the 0 of the
/// scale, above its top, below the months.
const LEFT: i64 = 20;
const RIGHT: i64 = 512;
const TOP: i64 = 28;
const BASE: i64 = 180;
/// From a point to its word, and from line to line of two words.
const BESIDE: i64 = 8;
const LINE: i64 = 14;
/// Half the height of a digit, which brings the middle of a word to a height.
const HALF: i64 = 4;

/// A month with what was planned and done by then; done ends today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub word: String,
    pub planned: i64,
    pub actual: Option<i64>,
}

/// Where a line ends, and where its word begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub x: i64,
    pub y: i64,
    pub word_y: i64,
}

/// The least round figure that is not below `most`: one or two digits and noughts.
pub fn ceiling(most: i64) -> i64 {
    const ROUND: [i64; 11] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100];
    let mut power = 1_i64;
    while most / 100 >= power {
        power = power.saturating_mul(10);
    }
    ROUND.iter().map(|step| step.saturating_mul(power)).find(|round| *round >= most).unwrap_or(most)
}

/// Where the value of a month stands, the top of the scale at the top; below zero is drawn at the bottom.
fn place(at: usize, value: i64, count: usize, top: i64) -> (i64, i64) {
    let last = i64::try_from(count.saturating_sub(1)).unwrap_or(1).max(1);
    let at = i64::try_from(at).unwrap_or(last);
    let up = i128::from(value.max(0)) * i128::from(BASE - TOP) / i128::from(top.max(1));
    (LEFT + at * (RIGHT - LEFT) / last, BASE - i64::try_from(up).unwrap_or(0))
}

/// `x,y` of each value.
pub fn line(values: &[i64], count: usize, top: i64) -> String {
    let points = values.iter().enumerate().map(|(at, value)| {
        let (x, y) = place(at, *value, count, top);
        format!("{x},{y}")
    });
    points.collect::<Vec<_>>().join(" ")
}

/// Where both lines end. The word of what was done keeps off the line of the plan, and both words off each other.
pub fn ends(plan: &[i64], done: &[i64], top: i64) -> (Option<End>, Option<End>) {
    let count = plan.len();
    let last = |values: &[i64]| {
        let (at, value) = values.iter().enumerate().next_back()?;
        let (x, y) = place(at, *value, count, top);
        Some(End { x, y, word_y: y + HALF })
    };
    let (mut planned, mut actual) = (last(plan), last(done));
    if let (Some(planned), Some(actual)) = (&mut planned, &mut actual) {
        let behind = done.last() <= plan.get(done.len() - 1);
        actual.word_y = if behind { (actual.y + LINE).min(BASE - HALF) } else { actual.y - HALF };
        // A word that begins in the last third reaches the words at the right.
        if 3 * actual.x > 2 * RIGHT {
            let ahead = done.last() > plan.last();
            let (upper, lower) = if ahead { (actual, planned) } else { (planned, actual) };
            lower.word_y = lower.word_y.max(upper.word_y + LINE).min(BASE + HALF);
            upper.word_y = upper.word_y.min(lower.word_y - LINE);
        }
    }
    (planned, actual)
}

/// The top of the scale with its unit: `1,500 万元`.
fn top_word(l: Locale, top: i64, unit: Unit) -> String {
    let amount = format::grouped(&Delta::from_fen(top).exact(unit));
    let amount = amount.strip_suffix(".00").unwrap_or(&amount).to_owned();
    match unit {
        Unit::Yuan | Unit::Wan => t!(l, common.amount_wan, amount = amount),
        Unit::Yi => t!(l, common.amount_yi, amount = amount),
    }
}

/// The last point of a line with its word.
fn end_view(end: End, class: &'static str, word: String) -> impl IntoView {
    let word_x = end.x + BESIDE;
    view! {
        <circle class=format!("charts-end {class}") cx=end.x cy=end.y r="3"></circle>
        <text class="charts-text charts-said" x=word_x y=end.word_y>
            {word}
        </text>
    }
}

/// A line of the legend.
fn key_view(class: &'static str, word: String) -> impl IntoView {
    view! {
        <li>
            <svg class="charts-key" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
                <line class=format!("charts-line {class}") x1="0" y1="6" x2="24" y2="6"></line>
                <circle class=format!("charts-end {class}") cx="12" cy="6" r="3"></circle>
            </svg>
            <span>{word}</span>
        </li>
    }
}

/// The drawing; a table beside it says the same.
#[component]
pub fn Curve(
    /// what it shows, for who does not see it
    label: String,
    planned: String,
    actual: String,
    points: Vec<Point>,
) -> impl IntoView {
    let l = locale();
    let plan: Vec<i64> = points.iter().map(|point| point.planned).collect();
    let done: Vec<i64> = points.iter().map_while(|point| point.actual).collect();
    let top = ceiling(plan.iter().chain(&done).copied().max().unwrap_or_default());
    let unit = if top >= Unit::Yi.fen() { Unit::Yi } else { Unit::Wan };
    let said = |word: &str, values: &[i64]| {
        let last = Delta::from_fen(values.last().copied().unwrap_or_default());
        format!("{word} {}", format::delta(last, unit))
    };
    let (plan_end, done_end) = ends(&plan, &done, top);
    let plan_end = plan_end.map(|end| end_view(end, "charts-planned", said(&planned, &plan)));
    let done_end = done_end.map(|end| end_view(end, "charts-actual", said(&actual, &done)));
    let (zero_x, zero_y, top_y) = (LEFT - BESIDE, BASE + HALF, TOP - BESIDE);
    let first = points.first().map(|point| point.word.clone());
    let last = points.last().map(|point| point.word.clone());
    view! {
        <figure class="charts">
            <svg class="charts-curve" viewBox="0 0 640 208" role="img" aria-label=label>
                <line class="charts-grid" x1=LEFT y1=TOP x2=RIGHT y2=TOP></line>
                <line class="charts-axis" x1=LEFT y1=BASE x2=RIGHT y2=BASE></line>
                <text class="charts-text" x="0" y=top_y>
                    {top_word(l, top, unit)}
                </text>
                <text class="charts-text" x=zero_x y=zero_y text-anchor="end">
                    "0"
                </text>
                <polyline class="charts-line charts-planned" points=line(&plan, points.len(), top)></polyline>
                <polyline class="charts-line charts-actual" points=line(&done, points.len(), top)></polyline>
                {plan_end}
                {done_end}
                <text class="charts-text" x=LEFT y="200">
                    {first}
                </text>
                <text class="charts-text" x=RIGHT y="200" text-anchor="end">
                    {last}
                </text>
            </svg>
            <ul class="charts-legend">{key_view("charts-planned", planned)} {key_view("charts-actual", actual)}</ul>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_the_scale_is_the_next_round_figure() {
        for (most, round) in [
            (0, 10),
            (10, 10),
            (11, 12),
            (99, 100),
            (100, 100),
            (101, 120),
            (1_309_400_000, 1_500_000_000),
            (1_850_500_000, 2_000_000_000),
            (8_000_000_000, 8_000_000_000),
            (i64::MAX, i64::MAX),
        ] {
            assert_eq!(ceiling(most), round, "{most}");
        }
        for most in (0..5_000).map(|step| step * 7_919) {
            let round = ceiling(most);
            assert!(most <= round && (most < 10 || round < 2 * most), "{most}: {round}");
        }
    }

    #[test]
    fn the_scale_says_its_unit() {
        let word = |top: i64, unit: Unit| top_word(Locale::zh_CN, top, unit);
        assert_eq!(word(1_500_000_000, Unit::Wan), "1,500 万元");
        assert_eq!(word(25_000_000_000, Unit::Yi), "2.50 亿元");
        assert_eq!(word(1_000, Unit::Wan), "0.001 万元");
    }

    #[test]
    fn the_top_of_the_scale_stands_at_the_top_and_months_are_even() {
        assert_eq!(line(&[0, 50, 100], 3, 100), "20,180 266,104 512,28");
        assert_eq!(line(&[-7, 50], 3, 100), "20,180 266,104");
        assert_eq!(line(&[7], 1, 7), "20,28");
    }

    #[test]
    fn words_stand_at_the_last_points_and_keep_off_each_other() {
        let words = |plan: &[i64], done: &[i64]| {
            let (plan, done) = ends(plan, done, 100);
            (plan.map(|end| (end.x, end.word_y)), done.map(|end| (end.x, end.word_y)))
        };
        assert_eq!(words(&[0, 50, 100], &[]), (Some((512, 32)), None));
        // Behind the plan the word stands below its point, ahead of it above.
        assert_eq!(words(&[0, 50, 100], &[0, 20]), (Some((512, 32)), Some((266, 164))));
        assert_eq!(words(&[0, 50, 100], &[0, 80]), (Some((512, 32)), Some((266, 55))));
        // Both lines end in one point.
        assert_eq!(words(&[0, 50, 100], &[0, 50, 100]), (Some((512, 32)), Some((512, 46))));
        // More was paid than planned.
        assert_eq!(words(&[0, 50, 90], &[0, 50, 100]), (Some((512, 48)), Some((512, 24))));
        // At the bottom there is room for both.
        assert_eq!(words(&[0, 0, 0], &[0, 0, 0]), (Some((512, 170)), Some((512, 184))));
    }
}

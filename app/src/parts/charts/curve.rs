//! Two running sums over months, plan and actual, as lines. Knows no meaning of its figures.

use leptos::prelude::*;

const WIDTH: i64 = 640;
const HEIGHT: i64 = 200;
/// Room for the words at the left and below.
const LEFT: i64 = 8;
const BOTTOM: i64 = 24;

/// A month with what was planned and done by then; done ends today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub word: String,
    pub planned: i64,
    pub actual: Option<i64>,
}

/// `x,y` of each value, the largest at the top; below zero is drawn at the bottom.
pub fn line(values: &[i64], count: usize, most: i64) -> String {
    let (most, last) = (i128::from(most.max(1)), i64::try_from(count.saturating_sub(1)).unwrap_or(1).max(1));
    let points = (0_i64..).zip(values).map(|(at, value)| {
        let x = LEFT + at * (WIDTH - 2 * LEFT) / last;
        let up = i128::from((*value).max(0)) * i128::from(HEIGHT - BOTTOM - LEFT) / most;
        let y = HEIGHT - BOTTOM - i64::try_from(up).unwrap_or(0);
        format!("{x},{y}")
    });
    points.collect::<Vec<_>>().join(" ")
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
    let plan: Vec<i64> = points.iter().map(|point| point.planned).collect();
    let done: Vec<i64> = points.iter().map_while(|point| point.actual).collect();
    let most = plan.iter().chain(&done).copied().max().unwrap_or_default();
    let first = points.first().map(|point| point.word.clone());
    let last = points.last().map(|point| point.word.clone());
    view! {
        <figure class="charts">
            <svg class="charts-curve" viewBox="0 0 640 200" role="img" aria-label=label>
                <line class="charts-axis" x1="8" y1="176" x2="632" y2="176"></line>
                <polyline class="charts-line charts-planned" points=line(&plan, points.len(), most)></polyline>
                <polyline class="charts-line charts-actual" points=line(&done, points.len(), most)></polyline>
                <text class="charts-text" x="8" y="194">{first}</text>
                <text class="charts-text" x="632" y="194" text-anchor="end">{last}</text>
            </svg>
            <ul class="charts-legend">
                <li>
                    <svg class="charts-key" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
                        <line class="charts-line charts-planned" x1="0" y1="6" x2="24" y2="6"></line>
                    </svg>
                    <span>{planned}</span>
                </li>
                <li>
                    <svg class="charts-key" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
                        <line class="charts-line charts-actual" x1="0" y1="6" x2="24" y2="6"></line>
                    </svg>
                    <span>{actual}</span>
                </li>
            </ul>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_stands_at_the_top_and_months_are_even() {
        assert_eq!(line(&[0, 50, 100], 3, 100), "8,176 320,92 632,8");
        assert_eq!(line(&[7], 1, 7), "8,8");
    }
}

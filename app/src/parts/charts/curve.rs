//! Running figures over time as lines over a scale that begins at nothing: plans dashed, what was done solid, each with
//! its word at its last point. Knows no months and no money.

mod place;

use super::axis::{Axis, Undrawn, Unit, exact, figure as figure_of};
use super::frame::{Drawing, figure};
use super::label::{fitted, widest};
use super::pen::{Anchor, HALF, Pen, SERIES, WIDTH};
use super::twin::{Line, Table};
use leptos::prelude::*;
use place::{BASE, End, Field, TOP};
use words::locale::locale;
use words::{Locale, t};

/// The words under the scale, and the legend below them.
const TIMES: i64 = BASE + 180;
const LEGEND: i64 = BASE + 250;
const LINE: i64 = 220;
const POINT: i64 = 38;

/// A line: its value at each time where it is known, and the values as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub label: String,
    pub points: Vec<Option<i64>>,
    pub texts: Vec<String>,
    pub is_plan: bool,
}

/// How a series is told from the others: by its dashes and the sign at its end, and by its colour.
fn look(at: usize, series: &Series) -> String {
    if series.is_plan { "charts-plan".to_owned() } else { format!("charts-series-{}", at % SERIES) }
}

/// The number of each series among those that are not plans.
fn numbers(series: &[Series]) -> Vec<usize> {
    let mut done = 0;
    series
        .iter()
        .map(|series| {
            let number = done;
            done += usize::from(!series.is_plan);
            number
        })
        .collect()
}

/// The sign of a series at a place: a ring for a plan, then disc, square and diamond.
fn sign(pen: &mut Pen, number: usize, series: &Series, at: (i64, i64)) {
    let class = format!("charts-sign-{}", look(number, series).trim_start_matches("charts-"));
    let (x, y) = at;
    match (series.is_plan, number % 3) {
        (true, _) | (false, 0) => pen.circle(&class, at, POINT),
        (false, 1) => pen.rect(&class, (x - POINT, y - POINT), (2 * POINT, 2 * POINT)),
        (false, _) => pen.shape(&class, (x - 60, y - 60), crate::parts::drawing::DIAMOND),
    };
}

/// The text of a value: as people read it, or exact where there is none.
fn said(l: Locale, unit: Unit, series: &Series, at: usize, value: i64) -> String {
    series.texts.get(at).filter(|text| !text.is_empty()).cloned().unwrap_or_else(|| exact(l, unit, value))
}

/// Pieces of a line between which nothing is known.
fn pieces(points: &[Option<i64>], axis: &Axis, field: Field) -> Vec<Vec<(i64, i64)>> {
    let mut pieces = vec![Vec::new()];
    for (at, value) in points.iter().enumerate().take(field.count) {
        match (value, pieces.last_mut()) {
            (Some(value), Some(piece)) => piece.push((field.x(at), BASE - axis.along(*value, BASE - TOP))),
            (Some(_) | None, _) => pieces.push(Vec::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn scale(pen: &mut Pen, axis: &Axis, field: Field) {
    for (at, tick) in axis.ticks.iter().enumerate() {
        let y = BASE - axis.along(tick.at, BASE - TOP);
        pen.line(if at == 0 { "charts-axis" } else { "charts-grid" }, (field.left, y), (field.right, y));
        pen.text("charts-text", Anchor::End, (field.left - 60, y + HALF), &tick.text);
    }
    if let Some(unit) = axis.unit {
        pen.text("charts-text", Anchor::Start, (0, 110), unit);
    }
}

fn times(pen: &mut Pen, ticks: &[String], now: Option<usize>, field: Field) {
    if let Some(now) = now.filter(|now| *now < field.count) {
        pen.line("charts-now", (field.x(now), TOP - 40), (field.x(now), BASE));
    }
    let room = widest(ticks.iter().map(String::as_str));
    for at in place::shown(field, room, now) {
        let class = if now == Some(at) { "charts-text charts-said" } else { "charts-text" };
        let half = room / 2;
        let x = field.x(at).max(half).min(WIDTH - half);
        pen.words(class, Anchor::Middle, (x, TIMES), ticks.get(at).map_or("", String::as_str), WIDTH);
    }
}

/// The lines with their signs, and then the words of all on top.
fn lines(l: Locale, pen: &mut Pen, unit: Unit, axis: &Axis, field: Field, series: &[Series]) -> Vec<String> {
    let mut ends = Vec::new();
    let numbers = numbers(series);
    for (line, number) in series.iter().zip(&numbers) {
        let class = format!("charts-line {}", look(*number, line));
        for piece in pieces(&line.points, axis, field) {
            pen.polyline(&class, &piece);
            // A point between two gaps would be seen no other way.
            if let [only] = piece[..] {
                sign(pen, *number, line, only);
            }
        }
        let last = line.points.iter().take(field.count).rposition(Option::is_some);
        let Some((at, value)) = last.and_then(|at| Some((at, line.points[at]?))) else { continue };
        let place = (field.x(at), BASE - axis.along(value, BASE - TOP));
        sign(pen, *number, line, place);
        let word = format!("{} {}", line.label, said(l, unit, line, at, value));
        let is_over =
            series.iter().all(|other| other.points.get(at).copied().flatten().is_none_or(|v| v <= value));
        ends.push((End { x: place.0, y: place.1, is_over: is_over || line.is_plan }, word));
    }
    let words: Vec<String> = ends.iter().map(|(_, word)| fitted(word, field.right - field.left)).collect();
    let ends: Vec<End> = ends.iter().map(|(end, _)| *end).collect();
    for (spot, word) in place::spots(&ends, &words, field).into_iter().zip(&words) {
        pen.text("charts-text charts-said charts-halo", spot.anchor, (spot.x, spot.y), word);
    }
    words
}

/// Over each time lies a box that says all exact values of it.
fn bands(l: Locale, pen: &mut Pen, unit: Unit, ticks: &[String], series: &[Series], field: Field) {
    for (at, tick) in ticks.iter().enumerate() {
        let values = series.iter().filter_map(|line| {
            let value = line.points.get(at).copied().flatten()?;
            Some(format!(" · {} {}", line.label, exact(l, unit, value)))
        });
        let words: String = values.collect();
        let (from, size) = field.band(at);
        pen.mark(None, &format!("{tick}{words}"), |pen| {
            pen.rect("charts-band", (from, TOP), (size, BASE - TOP));
        });
    }
}

fn legend(pen: &mut Pen, series: &[Series]) -> i64 {
    let mut y = LEGEND;
    for (at, (line, number)) in series.iter().zip(numbers(series)).enumerate() {
        let x = if at % 2 == 0 { 0 } else { WIDTH / 2 };
        let middle = y + LINE / 2;
        pen.line(&format!("charts-line {}", look(number, line)), (x, middle), (x + 320, middle));
        sign(pen, number, line, (x + 160, middle));
        pen.words("charts-text", Anchor::Start, (x + 400, middle + HALF), &line.label, WIDTH / 2 - 440);
        if at % 2 == 1 {
            y += LINE;
        }
    }
    y + if series.len() % 2 == 1 { LINE } else { 0 }
}

fn drawing(
    l: Locale,
    ticks: &[String],
    series: &[Series],
    now: Option<usize>,
    unit: Unit,
) -> Result<Drawing, Undrawn> {
    let series = &series[..series.len().min(SERIES)];
    let values = series.iter().flat_map(|line| line.points.iter().take(ticks.len()).copied().flatten());
    let axis = Axis::over(l, unit, values)?;
    let names = widest(axis.ticks.iter().map(|tick| tick.text.as_str()));
    let field = Field::new(names + 80, ticks.len());
    let mut pen = Pen::default();
    scale(&mut pen, &axis, field);
    times(&mut pen, ticks, now, field);
    let words = lines(l, &mut pen, unit, &axis, field, series);
    bands(l, &mut pen, unit, ticks, series, field);
    let height = legend(&mut pen, series);
    Ok(Drawing { pen, height, said: words.join(" · "), has_links: false })
}

/// Every value with all its digits; money in 万元, as the head of the table says.
fn table(l: Locale, ticks: &[String], series: &[Series], unit: Unit) -> Table {
    let heads =
        [t!(l, chart.time).to_owned()].into_iter().chain(series.iter().map(|line| line.label.clone()));
    let lines = ticks
        .iter()
        .enumerate()
        .map(|(at, tick)| {
            let value = |line: &Series| line.points.get(at).copied().flatten();
            let cells = series
                .iter()
                .map(|line| value(line).map_or_else(String::new, |value| figure_of(unit, value)));
            Line { label: tick.clone(), href: None, cells: cells.collect() }
        })
        .collect();
    let unit = match unit {
        Unit::Fen => Some(t!(l, common.unit_wan)),
        Unit::Count | Unit::PerMille => None,
    };
    Table { unit, heads: heads.collect(), lines, note: None }
}

#[component]
pub fn Curve(
    id: &'static str,
    /// what it shows, computed from the same figures
    sentence: String,
    /// the times, as people read them
    ticks: Vec<String>,
    series: Vec<Series>,
    /// the time that the figures stand at
    now: Option<usize>,
    unit: Unit,
) -> impl IntoView {
    let l = locale();
    let drawing = drawing(l, &ticks, &series, now, unit);
    figure(id, sentence, drawing, table(l, &ticks, &series, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, points: &[Option<i64>], is_plan: bool) -> Series {
        Series { label: label.to_owned(), points: points.to_vec(), texts: Vec::new(), is_plan }
    }

    fn months(count: usize) -> Vec<String> {
        (1..=count).map(|month| format!("{month}月")).collect()
    }

    fn drawn(ticks: usize, series: &[Series]) -> String {
        drawing(Locale::zh_CN, &months(ticks), series, Some(1), Unit::PerMille).unwrap().pen.finish()
    }

    #[test]
    fn a_line_ends_where_knowledge_ends_and_a_gap_is_a_gap() {
        let axis = Axis::over(Locale::zh_CN, Unit::Count, [100]).unwrap();
        let field = Field::new(400, 5);
        let of =
            |points: &[Option<i64>]| pieces(points, &axis, field).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(of(&[Some(0), Some(50), None, None, None]), [2]);
        assert_eq!(of(&[Some(0), None, Some(50), Some(60), None]), [1, 2]);
        assert_eq!(of(&[None; 5]), [0; 0]);
        assert_eq!(pieces(&[Some(0)], &axis, field)[0][0].1, BASE, "nothing lies on the base");
        assert_eq!(pieces(&[Some(100)], &axis, field)[0][0].1, TOP);
    }

    #[test]
    fn words_stand_at_the_lines_and_the_exact_values_in_titles() {
        let series = [
            line("计划", &[Some(100), Some(840), Some(1000)], true),
            line("实际", &[Some(60), Some(542), None], false),
        ];
        let svg = drawn(3, &series);
        assert!(svg.contains(">计划 100.0%</text>") && svg.contains(">实际 54.2%</text>"), "{svg}");
        assert!(svg.contains("<title>2月 · 计划 84.0% · 实际 54.2%</title>"), "{svg}");
        assert!(
            svg.contains("charts-line charts-plan") && svg.contains("charts-line charts-series-0"),
            "{svg}"
        );
    }

    #[test]
    fn money_is_exact_in_the_table_whatever_the_words_say() {
        let mut paid = line("支付", &[Some(92_862_240_931), None], false);
        paid.texts = vec!["9.29 亿元".to_owned(), String::new()];
        let table = table(Locale::zh_CN, &months(2), std::slice::from_ref(&paid), Unit::Fen);
        assert_eq!(table.unit, Some("万元"));
        assert_eq!(table.lines[0].cells, ["92,862.240931"]);
        assert_eq!(table.lines[1].cells, [""]);
        let drawing = drawing(Locale::zh_CN, &months(2), &[paid], None, Unit::Fen).unwrap();
        assert_eq!(drawing.said, "支付 9.29 亿元");
        let svg = drawing.pen.finish();
        assert!(svg.contains("<title>1月 · 支付 92,862.240931 万元</title>"), "{svg}");
        // Its axis is in 亿元 and goes on to ten of them.
        assert!(svg.contains(">亿元</text>") && svg.contains(">10</text>"), "{svg}");
    }

    #[test]
    fn nothing_known_one_point_and_less_than_nothing() {
        let drawing = |series: &[Series]| drawing(Locale::zh_CN, &months(2), series, None, Unit::Count);
        assert_eq!(drawing(&[line("a", &[None, None], false)]).err(), Some(Undrawn::Empty));
        assert_eq!(drawing(&[]).err(), Some(Undrawn::Empty));
        assert_eq!(drawing(&[line("a", &[Some(1), Some(-1)], false)]).err(), Some(Undrawn::Negative));
        let svg = drawn(1, &[line("a", &[Some(7)], false)]);
        assert!(svg.contains("charts-sign-series-0") && !svg.contains("polyline"), "{svg}");
        // A series without a value has its line in the legend and no word in the field.
        let svg = drawn(2, &[line("a", &[Some(1), Some(2)], true), line("b", &[None, None], false)]);
        assert!(svg.contains(">b</text>"), "{svg}");
    }

    #[test]
    fn values_beyond_the_times_are_not_drawn() {
        let svg = drawn(2, &[line("a", &[Some(1), Some(2), Some(900)], false)]);
        assert!(svg.contains(">a 0.2%</text>"), "{svg}");
    }
}

//! Two figures of each line, the estimated one as a dashed ring and the actual one as a disc, with a bar between. Knows
//! nothing of what is counted.

use super::axis::{Axis, Undrawn, Unit};
use super::frame::{Drawing, figure};
use super::label::{widest, width};
use super::pen::{Anchor, HALF, Hatch, Pen, WIDTH};
use super::twin::{Line, Table};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

/// A line, tall enough to be hit where the drawing is narrow too.
const LINE: i64 = 280;
const TOP: i64 = 240;
const NAMES: i64 = 960;
const GAP: i64 = 70;
const RADIUS: i64 = 60;
/// From the middle of a sign to the word beside it.
const BESIDE: i64 = RADIUS + 50;

/// A line with both figures, when they are known and as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub label: String,
    pub estimate: Option<i64>,
    pub actual: Option<i64>,
    pub estimate_text: String,
    pub actual_text: String,
    pub href: Option<String>,
}

/// The signs of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Estimate,
    Actual,
}

/// Where names end, and where the scale begins and how long it is; at both ends a word has room beside a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Field {
    names: i64,
    left: i64,
    length: i64,
}

fn field(pairs: &[Pair]) -> Field {
    let names = widest(pairs.iter().map(|pair| pair.label.as_str())).min(NAMES) + GAP;
    let texts = pairs.iter().flat_map(|pair| [pair.estimate_text.as_str(), pair.actual_text.as_str()]);
    let beside = (widest(texts) + BESIDE).min(WIDTH / 5);
    let left = names + beside;
    Field { names, left, length: WIDTH - left - beside }
}

/// Both signs of a line with where they stand, the lesser first; the estimate lies under the actual figure.
fn signs(pair: &Pair, axis: &Axis, field: Field) -> Vec<(Sign, i64)> {
    let at = |value: Option<i64>| value.map(|value| field.left + axis.along(value, field.length));
    let both = [(Sign::Estimate, at(pair.estimate)), (Sign::Actual, at(pair.actual))];
    let mut signs: Vec<(Sign, i64)> = both.into_iter().filter_map(|(sign, x)| Some((sign, x?))).collect();
    signs.sort_by_key(|(_, x)| *x);
    signs
}

fn sign_drawn(pen: &mut Pen, sign: Sign, at: (i64, i64)) {
    match sign {
        Sign::Estimate => pen.circle("charts-estimate", at, RADIUS),
        Sign::Actual => pen.circle("charts-actual", at, RADIUS - 10),
    };
}

/// A figure of a line as people read it.
fn said(l: Locale, value: Option<i64>, text: &str) -> String {
    if value.is_none() && text.is_empty() { t!(l, chart.no_data).to_owned() } else { text.to_owned() }
}

fn line(l: Locale, pen: &mut Pen, id: &str, pair: &Pair, y: i64, axis: &Axis, field: Field) {
    let (middle, foot) = (y + LINE / 2, y + LINE / 2 + HALF);
    pen.rect("charts-hit", (0, y), (WIDTH, LINE));
    pen.words("charts-text charts-said", Anchor::Start, (0, foot), &pair.label, field.names - GAP);
    let signs = signs(pair, axis, field);
    if let [(_, from), (_, to)] = signs[..] {
        pen.line("charts-between", (from, middle), (to, middle));
    }
    // The actual figure is drawn last, so that it is whole where both meet.
    for sign in [Sign::Estimate, Sign::Actual] {
        for (_, x) in signs.iter().filter(|(drawn, _)| *drawn == sign) {
            sign_drawn(pen, sign, (*x, middle));
        }
    }
    let text = |sign: Sign| match sign {
        Sign::Estimate => said(l, pair.estimate, &pair.estimate_text),
        Sign::Actual => said(l, pair.actual, &pair.actual_text),
    };
    match signs[..] {
        [(left, from), (right, to)] => {
            pen.text("charts-text charts-said charts-halo", Anchor::End, (from - BESIDE, foot), &text(left));
            pen.text("charts-text charts-said charts-halo", Anchor::Start, (to + BESIDE, foot), &text(right));
        }
        [(only, x)] => {
            pen.text("charts-text charts-said charts-halo", Anchor::Start, (x + BESIDE, foot), &text(only));
        }
        _ => {
            pen.hatched(id, Hatch::Unknown, (field.left, y + 50), (field.length, LINE - 100));
            let word = t!(l, chart.no_data);
            pen.rect("charts-plate", (field.left, y + 40), (width(word) + 60, LINE - 80));
            pen.text("charts-text charts-said", Anchor::Start, (field.left + 30, foot), word);
        }
    }
}

/// The scale below, from nothing.
fn scale(pen: &mut Pen, axis: &Axis, field: Field, base: i64) {
    for (at, tick) in axis.ticks.iter().enumerate() {
        let x = field.left + axis.along(tick.at, field.length);
        pen.line(if at == 0 { "charts-axis" } else { "charts-grid" }, (x, TOP), (x, base));
        pen.text("charts-text", Anchor::Middle, (x, base + 150), &tick.text);
    }
}

/// Which sign is which, above the lines.
fn legend(pen: &mut Pen, estimate: &str, actual: &str) {
    let y = 120;
    sign_drawn(pen, Sign::Estimate, (80, y));
    pen.words("charts-text charts-said", Anchor::Start, (190, y + HALF), estimate, WIDTH / 2 - 250);
    sign_drawn(pen, Sign::Actual, (WIDTH / 2 + 80, y));
    pen.words("charts-text charts-said", Anchor::Start, (WIDTH / 2 + 190, y + HALF), actual, WIDTH / 2 - 250);
}

fn name(l: Locale, pair: &Pair, heads: &[String; 3]) -> String {
    let estimate = said(l, pair.estimate, &pair.estimate_text);
    let actual = said(l, pair.actual, &pair.actual_text);
    format!("{} · {} {estimate} · {} {actual}", pair.label, heads[1], heads[2])
}

fn drawing(l: Locale, id: &str, pairs: &[Pair], heads: &[String; 3]) -> Result<Drawing, Undrawn> {
    let known = pairs.iter().flat_map(|pair| [pair.estimate, pair.actual]).flatten();
    let axis = Axis::over(l, Unit::Count, known)?;
    let field = field(pairs);
    let base = TOP + LINE * i64::try_from(pairs.len()).unwrap_or_default();
    let mut pen = Pen::default();
    legend(&mut pen, &heads[1], &heads[2]);
    scale(&mut pen, &axis, field, base);
    let mut words = Vec::new();
    let mut y = TOP;
    for pair in pairs {
        let name = name(l, pair, heads);
        pen.mark(pair.href.as_deref(), &name, |pen| line(l, pen, id, pair, y, &axis, field));
        words.push(name);
        y += LINE;
    }
    let has_links = pairs.iter().any(|pair| pair.href.is_some());
    Ok(Drawing { pen, height: base + 200, said: words.join("; "), has_links })
}

fn table(l: Locale, pairs: Vec<Pair>, heads: [String; 3]) -> Table {
    let line = |pair: Pair| {
        let cells =
            vec![said(l, pair.estimate, &pair.estimate_text), said(l, pair.actual, &pair.actual_text)];
        Line { label: pair.label, href: pair.href, cells }
    };
    Table { unit: None, heads: heads.into(), lines: pairs.into_iter().map(line).collect(), note: None }
}

#[component]
pub fn Dumbbell(
    id: &'static str,
    /// what it shows, computed from the same figures
    sentence: String,
    pairs: Vec<Pair>,
    /// of the words, the estimates and the actual figures
    heads: [String; 3],
) -> impl IntoView {
    let l = locale();
    figure(id, sentence, drawing(l, id, &pairs, &heads), table(l, pairs, heads))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(label: &str, estimate: Option<i64>, actual: Option<i64>) -> Pair {
        let text = |value: Option<i64>| value.map_or_else(String::new, words::format::integer);
        Pair {
            label: label.to_owned(),
            estimate,
            actual,
            estimate_text: text(estimate),
            actual_text: text(actual),
            href: None,
        }
    }

    fn heads() -> [String; 3] {
        ["地区".to_owned(), "测算".to_owned(), "实有".to_owned()]
    }

    fn drawn(pairs: &[Pair]) -> Drawing {
        drawing(Locale::zh_CN, "a", pairs, &heads()).unwrap()
    }

    #[test]
    fn both_figures_stand_in_order_and_within_the_field() {
        let pairs = [
            pair("青川县", Some(320), Some(338)),
            pair("平坝县", Some(214), Some(176)),
            pair("无", Some(0), Some(0)),
        ];
        let field = field(&pairs);
        let axis = Axis::over(Locale::zh_CN, Unit::Count, [338]).unwrap();
        let order =
            |pair: &Pair| signs(pair, &axis, field).into_iter().map(|(sign, _)| sign).collect::<Vec<_>>();
        assert_eq!(order(&pairs[0]), [Sign::Estimate, Sign::Actual]);
        assert_eq!(order(&pairs[1]), [Sign::Actual, Sign::Estimate]);
        for pair in &pairs {
            for (_, x) in signs(pair, &axis, field) {
                assert!(x >= field.left && x <= field.left + field.length);
            }
        }
        assert_eq!(signs(&pairs[2], &axis, field)[0].1, field.left, "nothing stands at the beginning");
    }

    #[test]
    fn both_are_named_by_their_words_and_what_is_missing_is_said() {
        let drawing = drawn(&[pair("青川县", Some(320), Some(338)), pair("双河县", Some(12), None)]);
        assert_eq!(drawing.said, "青川县 · 测算 320 · 实有 338; 双河县 · 测算 12 · 实有 无数据");
        let drawing = drawn(&[pair("青川县", Some(1), None), pair("双河县", None, None)]);
        let svg = drawing.pen.finish();
        assert!(svg.contains("charts-unknown") && svg.contains("无数据"), "{svg}");
    }

    #[test]
    fn one_line_twenty_four_lines_and_none() {
        let pairs: Vec<Pair> = (0..24).map(|at| pair("县", Some(at), Some(at * 2))).collect();
        assert_eq!(drawn(&pairs).height, TOP + 24 * LINE + 200);
        assert_eq!(drawn(&pairs[..1]).height, TOP + LINE + 200);
        assert_eq!(drawing(Locale::zh_CN, "a", &[], &heads()).err(), Some(Undrawn::Empty));
        let none = [pair("青川县", None, None)];
        assert_eq!(drawing(Locale::zh_CN, "a", &none, &heads()).err(), Some(Undrawn::Empty));
        let below = [pair("青川县", Some(-3), None)];
        assert_eq!(drawing(Locale::zh_CN, "a", &below, &heads()).err(), Some(Undrawn::Negative));
    }
}

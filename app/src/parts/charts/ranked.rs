//! Bars one under the other, as they come, with a mark that all are measured by. Knows no areas and no progress.

use super::axis::{Axis, Undrawn, Unit};
use super::frame::{Drawing, figure};
use super::label::{widest, width};
use super::pen::{Anchor, HALF, Hatch, Pen, WIDTH};
use super::twin::{Line, Table};
use crate::parts::drawing::TRIANGLE;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

/// A line, tall enough to be hit where the drawing is narrow too, and the bar in it.
const LINE: i64 = 280;
const BAR: i64 = 170;
const TOP: i64 = 40;
/// The most that names may take.
const NAMES: i64 = 960;
const GAP: i64 = 70;
/// Room of the sign of a bar that needs a look.
const SIGN: i64 = 160;

/// A bar: its share in thousandths when it is known, and the share as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    pub label: String,
    pub per_mille: Option<i64>,
    pub text: String,
    pub href: Option<String>,
    /// needs a look: drawn with a sign, a hatch and a word
    pub is_flagged: bool,
}

/// Where bars begin and how long the greatest may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Field {
    left: i64,
    length: i64,
}

fn field(labels: &[&str], texts: &[String]) -> Field {
    let left = widest(labels.iter().copied()).min(NAMES) + GAP;
    let right = widest(texts.iter().map(String::as_str)) + GAP + SIGN;
    Field { left, length: (WIDTH - left - right).max(WIDTH / 4) }
}

/// What stands beside a bar, also when nobody knows its share.
fn said(l: Locale, rank: &Rank) -> String {
    if rank.per_mille.is_none() && rank.text.is_empty() {
        t!(l, chart.no_data).to_owned()
    } else {
        rank.text.clone()
    }
}

fn name(l: Locale, rank: &Rank, text: &str) -> String {
    let flag = if rank.is_flagged { format!(" · {}", t!(l, chart.flagged)) } else { String::new() };
    format!("{} {text}{flag}", rank.label)
}

fn bar(pen: &mut Pen, id: &str, y: i64, rank: &Rank, text: &str, field: Field, axis: &Axis) {
    let (at, foot) = ((field.left, y + (LINE - BAR) / 2), y + LINE / 2 + HALF);
    pen.rect("charts-hit", (0, y), (WIDTH, LINE));
    pen.words("charts-text charts-said", Anchor::Start, (0, foot), &rank.label, field.left - GAP);
    match rank.per_mille {
        Some(value) => {
            let reach = axis.along(value, field.length);
            pen.rect("charts-track", at, (field.length, BAR));
            pen.rect(
                if rank.is_flagged { "charts-fill charts-flag" } else { "charts-fill charts-tone-0" },
                at,
                (reach, BAR),
            );
            if rank.is_flagged {
                pen.hatched(id, Hatch::Series(2), at, (reach, BAR));
            }
        }
        None => {
            pen.hatched(id, Hatch::Unknown, at, (field.length, BAR));
        }
    }
    let x = field.left + field.length + GAP;
    pen.text("charts-text charts-said", Anchor::Start, (x, foot), text);
    if rank.is_flagged {
        pen.shape("charts-sign", (x + width(text) + 40, y + LINE / 2 - 60), TRIANGLE);
    }
}

/// The mark through all bars, with its word below and within the drawing.
fn measure(pen: &mut Pen, mark: &(i64, String), field: Field, axis: &Axis, base: i64) {
    let x = field.left + axis.along(mark.0, field.length);
    pen.line("charts-mark-line", (x, TOP - 40), (x, base));
    let half = width(&mark.1) / 2;
    let middle = x.min(WIDTH - half).max(half);
    pen.text("charts-text charts-said", Anchor::Middle, (middle, base + 150), &mark.1);
}

fn drawing(l: Locale, id: &str, ranks: &[Rank], mark: Option<&(i64, String)>) -> Result<Drawing, Undrawn> {
    let known = || ranks.iter().filter_map(|rank| rank.per_mille);
    if known().next().is_none() {
        return Err(Undrawn::Empty);
    }
    // A hundred per cent is always in sight.
    let axis = Axis::over(l, Unit::PerMille, known().chain(mark.map(|mark| mark.0)).chain([1000]))?;
    let texts: Vec<String> = ranks.iter().map(|rank| said(l, rank)).collect();
    let labels: Vec<&str> = ranks.iter().map(|rank| rank.label.as_str()).collect();
    let field = field(&labels, &texts);
    let mut pen = Pen::default();
    let mut words = Vec::new();
    let mut y = TOP;
    for (rank, text) in ranks.iter().zip(&texts) {
        let name = name(l, rank, text);
        pen.mark(rank.href.as_deref(), &name, |pen| bar(pen, id, y, rank, text, field, &axis));
        words.push(name);
        y += LINE;
    }
    pen.line("charts-axis", (field.left, TOP), (field.left, y));
    if let Some(mark) = mark {
        measure(&mut pen, mark, field, &axis, y);
        words.push(mark.1.clone());
        y += 190;
    }
    let has_links = ranks.iter().any(|rank| rank.href.is_some());
    Ok(Drawing { pen, height: y + 20, said: words.join(" · "), has_links })
}

fn table(l: Locale, ranks: Vec<Rank>, heads: [String; 2]) -> Table {
    let lines = ranks
        .into_iter()
        .map(|rank| {
            let mut text = said(l, &rank);
            if rank.is_flagged {
                text = format!("{text} · {}", t!(l, chart.flagged));
            }
            Line { cells: vec![text], label: rank.label, href: rank.href }
        })
        .collect();
    Table { unit: None, heads: heads.into(), lines, note: None }
}

#[component]
pub fn Ranked(
    id: &'static str,
    /// what it shows, computed from the same figures
    sentence: String,
    ranks: Vec<Rank>,
    /// what all are measured by, in thousandths, with its word
    mark: Option<(i64, String)>,
    /// of the words and the shares
    heads: [String; 2],
) -> impl IntoView {
    let l = locale();
    figure(id, sentence, drawing(l, id, &ranks, mark.as_ref()), table(l, ranks, heads))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(label: &str, per_mille: Option<i64>) -> Rank {
        let text = per_mille.map_or_else(String::new, words::format::percent);
        Rank { label: label.to_owned(), per_mille, text, href: None, is_flagged: false }
    }

    fn drawn(ranks: &[Rank]) -> Drawing {
        drawing(Locale::zh_CN, "a", ranks, Some(&(833, "时间进度 83.3%".to_owned()))).unwrap()
    }

    #[test]
    fn twenty_four_counties_stand_one_under_the_other() {
        let ranks: Vec<Rank> = (0..24).map(|at| rank(&format!("第{at}县"), Some(at * 41))).collect();
        let drawing = drawn(&ranks);
        assert_eq!(drawing.height, TOP + 24 * LINE + 190 + 20);
        let svg = drawing.pen.finish();
        assert_eq!(svg.matches("charts-tone-0").count(), 24);
        assert!(svg.contains("时间进度 83.3%"));
    }

    #[test]
    fn what_nobody_knows_is_hatched_and_said() {
        let drawing = drawn(&[rank("青川县", Some(781)), rank("双河县", None)]);
        assert_eq!(drawing.said, "青川县 78.1% · 双河县 无数据 · 时间进度 83.3%");
        assert!(drawing.pen.finish().contains("class=\"charts-unknown\""));
        let none = [rank("双河县", None)];
        assert_eq!(self::drawing(Locale::zh_CN, "a", &none, None).err(), Some(Undrawn::Empty));
    }

    #[test]
    fn nothing_has_no_bar_and_less_than_nothing_no_drawing() {
        let svg = drawn(&[rank("青川县", Some(0))]).pen.finish();
        assert!(svg.contains("charts-tone-0\" x=\"430\" y=\"95\" width=\"0\""), "{svg}");
        let below = [rank("青川县", Some(-1))];
        assert_eq!(self::drawing(Locale::zh_CN, "a", &below, None).err(), Some(Undrawn::Negative));
    }

    #[test]
    fn long_names_leave_room_and_a_flag_has_a_sign_and_a_word() {
        let mut long = rank("积石山保安族东乡族撒拉族自治县", Some(314));
        long.is_flagged = true;
        let drawing = drawn(std::slice::from_ref(&long));
        assert_eq!(drawing.said, "积石山保安族东乡族撒拉族自治县 31.4% · 需关注 · 时间进度 83.3%");
        let svg = drawing.pen.finish();
        assert!(svg.contains("积石山保安族东…<title>积石山保安族东乡族撒拉族自治县</title>"), "{svg}");
        assert!(svg.contains("charts-sign") && svg.contains("charts-hatch"));
        let table = table(Locale::zh_CN, vec![long], Default::default());
        assert_eq!(table.lines[0].cells, ["31.4% · 需关注"]);
    }

    #[test]
    fn more_than_all_is_drawn_in_its_measure() {
        let axis = Axis::over(Locale::zh_CN, Unit::PerMille, [1064, 1000]).unwrap();
        assert!(axis.top >= 1064);
        assert!(axis.along(1000, 1000) < axis.along(1064, 1000));
    }
}

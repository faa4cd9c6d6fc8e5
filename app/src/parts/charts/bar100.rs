//! One bar of a hundred per cent, cut into shares, with a numbered legend below. Knows no meaning of its shares.

use super::axis::Undrawn;
use super::frame::{Drawing, figure};
use super::label::width;
use super::pen::{Anchor, HALF, Hatch, Pen, SERIES, WIDTH};
use super::twin::{Line, Table};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

/// The bar, the numbers under it, and the lines of the legend, from above.
const BAR: (i64, i64) = (20, 360);
const NUMBERS: i64 = 520;
const LEGEND: i64 = 640;
const LINE: i64 = 280;
/// Between two shares, so that they are apart without their colours.
const GAP: i64 = 15;
/// Where amount and share of the legend end, and where its words begin.
const TEXTS: i64 = WIDTH - 640;
const WORDS: i64 = 380;

/// A part with its word, its size in any one unit and not below zero, and the size as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub label: String,
    pub value: i64,
    pub text: String,
    pub href: Option<String>,
}

/// Left edge and width of each part; they meet without a gap and fill the bar.
pub fn cuts(sizes: &[i64], width: i64) -> Vec<(i64, i64)> {
    let whole = whole(sizes);
    if whole <= 0 {
        return sizes.iter().map(|_| (0, 0)).collect();
    }
    let edge = |before: i128| i64::try_from(before * i128::from(width) / whole).unwrap_or(width);
    let mut before = 0;
    sizes
        .iter()
        .map(|size| {
            let from = edge(before);
            before += i128::from(*size);
            (from, edge(before) - from)
        })
        .collect()
}

fn whole(sizes: &[i64]) -> i128 {
    sizes.iter().map(|size| i128::from(*size)).sum()
}

/// The share of each size in thousandths, rounded once, half up; of a whole of nothing there is none.
pub fn per_mille(sizes: &[i64]) -> Vec<i64> {
    let whole = whole(sizes).max(1);
    sizes
        .iter()
        .map(|size| i64::try_from((i128::from(*size) * 2000 + whole) / (whole * 2)).unwrap_or_default())
        .collect()
}

/// What is drawn: shares above nothing, the greatest as they come and the rest together when they are too many.
fn folded(l: Locale, shares: &[Share]) -> Vec<Share> {
    let shares: Vec<&Share> = shares.iter().filter(|share| share.value > 0).collect();
    if shares.len() <= SERIES {
        return shares.into_iter().cloned().collect();
    }
    let mut by_size: Vec<usize> = (0..shares.len()).collect();
    by_size.sort_by_key(|at| std::cmp::Reverse(shares[*at].value));
    let kept = &by_size[..SERIES - 1];
    let (kept, rest): (Vec<_>, Vec<_>) =
        shares.into_iter().enumerate().partition(|(at, _)| kept.contains(at));
    let value = rest.iter().fold(0_i64, |sum, (_, share)| sum.saturating_add(share.value));
    let other = Share { label: t!(l, chart.other).to_owned(), value, text: String::new(), href: None };
    kept.into_iter().map(|(_, share)| share.clone()).chain([other]).collect()
}

/// The share of one part in the bar, and its line of the legend.
fn part(pen: &mut Pen, id: &str, at: usize, share: &Share, cut: (i64, i64), percent: &str) {
    let (from, size) = cut;
    let tone = format!("charts-fill charts-tone-{}", at % SERIES);
    // A share narrower than the gap is still there.
    let seen = (size - GAP).max(size.min(GAP));
    pen.rect(&tone, (from, BAR.0), (seen, BAR.1));
    pen.hatched(id, Hatch::Series(at), (from, BAR.0), (seen, BAR.1));
    let middle = from + seen / 2;
    if width(percent) + 40 <= size {
        pen.text("charts-text charts-inside", Anchor::Middle, (middle, BAR.0 + BAR.1 / 2 + HALF), percent);
    }
    let number = (at + 1).to_string();
    if size >= 80 {
        pen.text("charts-text", Anchor::Middle, (middle, NUMBERS), &number);
    }
    let y = LEGEND + LINE * i64::try_from(at).unwrap_or_default();
    let foot = y + LINE / 2 + HALF;
    pen.rect("charts-hit", (0, y), (WIDTH, LINE));
    pen.rect(&tone, (20, y + LINE / 2 - 60), (120, 120)).hatched(
        id,
        Hatch::Series(at),
        (20, y + LINE / 2 - 60),
        (120, 120),
    );
    pen.text("charts-text", Anchor::End, (280, foot), &number);
    let room = TEXTS - WORDS - width(&share.text) - 80;
    pen.words("charts-text charts-said", Anchor::Start, (WORDS, foot), &share.label, room);
    pen.text("charts-text charts-said", Anchor::End, (TEXTS, foot), &share.text);
    pen.text("charts-text charts-said", Anchor::End, (WIDTH - 20, foot), percent);
}

fn drawing(l: Locale, id: &str, shares: &[Share]) -> Result<Drawing, Undrawn> {
    if shares.iter().any(|share| share.value < 0) {
        return Err(Undrawn::Negative);
    }
    let shares = folded(l, shares);
    if shares.is_empty() {
        return Err(Undrawn::Empty);
    }
    let sizes: Vec<i64> = shares.iter().map(|share| share.value).collect();
    let mut pen = Pen::default();
    let mut said = Vec::new();
    let parts = shares.iter().zip(cuts(&sizes, WIDTH)).zip(per_mille(&sizes));
    for (at, ((share, cut), per_mille)) in parts.enumerate() {
        let percent = format::percent(per_mille);
        let name = format!("{} {} {percent}", share.label, share.text).replace("  ", " ");
        pen.mark(share.href.as_deref(), &name, |pen| part(pen, id, at, share, cut, &percent));
        said.push(name);
    }
    Ok(Drawing {
        pen,
        height: LEGEND + LINE * i64::try_from(shares.len()).unwrap_or_default(),
        said: said.join(" · "),
        has_links: shares.iter().any(|share| share.href.is_some()),
    })
}

fn table(l: Locale, shares: Vec<Share>, heads: [String; 3]) -> Table {
    let sizes: Vec<i64> = shares.iter().map(|share| share.value).collect();
    let parts = if sizes.iter().any(|size| *size < 0) { Vec::new() } else { per_mille(&sizes) };
    let sum: i64 = parts.iter().sum();
    let lines = shares
        .into_iter()
        .enumerate()
        .map(|(at, share)| {
            let part = parts.get(at).map_or_else(String::new, |part| format::percent(*part));
            Line { label: share.label, href: share.href, cells: vec![share.text, part] }
        })
        .collect();
    let note = (sum != 0 && sum != 1000).then(|| t!(l, chart.rounded));
    Table { unit: None, heads: heads.into(), lines, note }
}

#[component]
pub fn Bar100(
    id: &'static str,
    /// what it shows, computed from the same figures
    sentence: String,
    shares: Vec<Share>,
    /// of the words, the sizes and the shares
    heads: [String; 3],
) -> impl IntoView {
    let l = locale();
    figure(id, sentence, drawing(l, id, &shares), table(l, shares, heads))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(values: &[i64]) -> Vec<Share> {
        let share = |(at, value): (usize, &i64)| Share {
            label: format!("来源{at}"),
            value: *value,
            text: value.to_string(),
            href: None,
        };
        values.iter().enumerate().map(share).collect()
    }

    #[test]
    fn parts_fill_the_bar() {
        assert_eq!(cuts(&[1, 1, 1], 1000), vec![(0, 333), (333, 333), (666, 334)]);
        assert_eq!(cuts(&[0, 0], 1000), vec![(0, 0), (0, 0)]);
        assert_eq!(cuts(&[i64::MAX, i64::MAX], 1000), vec![(0, 500), (500, 500)]);
    }

    #[test]
    fn shares_are_rounded_once_and_the_table_says_when_they_do_not_add_up() {
        assert_eq!(per_mille(&[1, 1, 1]), vec![333, 333, 333]);
        assert_eq!(per_mille(&[1, 1999]), vec![1, 1000]);
        assert_eq!(per_mille(&[0, 0]), vec![0, 0]);
        let note = |values: &[i64]| table(Locale::zh_CN, shares(values), Default::default()).note;
        assert!(note(&[1, 1, 1]).is_some());
        assert!(note(&[1, 1]).is_none() && note(&[0]).is_none());
    }

    #[test]
    fn what_is_too_much_comes_together_and_nothing_is_lost() {
        let all = shares(&[1, 9, 2, 8, 3, 7, 0, 4, 6]);
        let drawn = folded(Locale::zh_CN, &all);
        assert_eq!(drawn.iter().map(|share| share.value).collect::<Vec<_>>(), [9, 8, 7, 4, 6, 6]);
        assert_eq!(drawn[5].label, "其他");
        assert_eq!(folded(Locale::zh_CN, &shares(&[1, 0, 2])).len(), 2);
        assert_eq!(table(Locale::zh_CN, all, Default::default()).lines.len(), 9);
    }

    #[test]
    fn less_than_nothing_is_not_drawn() {
        assert_eq!(drawing(Locale::zh_CN, "a", &shares(&[5, -1])).err(), Some(Undrawn::Negative));
        assert_eq!(drawing(Locale::zh_CN, "a", &shares(&[0])).err(), Some(Undrawn::Empty));
        assert_eq!(drawing(Locale::zh_CN, "a", &[]).err(), Some(Undrawn::Empty));
        assert!(table(Locale::zh_CN, shares(&[5, -1]), Default::default()).lines[0].cells[1].is_empty());
    }

    #[test]
    fn a_share_with_a_list_behind_it_leads_there() {
        let mut shares = shares(&[30, 70]);
        shares[1].href = Some("/ledger?source=B".to_owned());
        let drawing = drawing(Locale::zh_CN, "a", &shares).unwrap();
        assert!(drawing.has_links);
        assert_eq!(drawing.said, "来源0 30 30.0% · 来源1 70 70.0%");
        let svg = drawing.pen.finish();
        assert!(svg.contains("href=\"/ledger?source=B\"><title>来源1 70 70.0%</title>"), "{svg}");
    }
}

//! A tile for each place, coloured in five classes, with its value on it and as many points as its class. Where a tile
//! stands says nothing about where the place is. Knows no areas.

use super::axis::Undrawn;
use super::frame::{Drawing, figure};
use super::label::{fitted, width};
use super::pen::{Anchor, HALF, Hatch, Pen, WIDTH};
use super::twin::{Line, Table};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

const HEIGHT: i64 = 640;
const GAP: i64 = 40;
/// A point of a class, and from one to the next.
const POINT: i64 = 40;
const NEXT: i64 = 70;
/// The legend below the tiles.
const LEGEND: i64 = 320;

/// A place: its name, a short one for the tile, its value in thousandths when it is known and as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub label: String,
    pub short: String,
    pub value: Option<i64>,
    pub text: String,
    pub href: Option<String>,
}

/// The class of a value, 1 to 5: how many bounds it has reached, and one.
pub fn class(value: i64, bounds: [i64; 4]) -> usize {
    1 + bounds.iter().filter(|bound| **bound <= value).count()
}

/// How many tiles stand side by side.
const fn columns(count: usize) -> i64 {
    match count {
        0..=6 => 3,
        7..=12 => 4,
        13..=20 => 5,
        21.. => 6,
    }
}

/// Upper left corner and width of a tile.
fn place(at: usize, count: usize) -> (i64, i64, i64) {
    let columns = columns(count);
    let width = (WIDTH - GAP * (columns - 1)) / columns;
    let at = i64::try_from(at).unwrap_or_default();
    (at % columns * (width + GAP), at / columns * (HEIGHT + GAP), width)
}

const fn tone(class: usize) -> &'static str {
    match class {
        0 | 1 => "charts-fill charts-tile-1",
        2 => "charts-fill charts-tile-2",
        3 => "charts-fill charts-tile-3",
        4 => "charts-fill charts-tile-4",
        5.. => "charts-fill charts-tile-5",
    }
}

/// Words on the two dark classes are light.
const fn ink(class: usize) -> &'static str {
    if class >= 4 { "charts-text charts-light" } else { "charts-text charts-dark" }
}

/// As many points as the class, about a middle.
fn points(pen: &mut Pen, class: usize, middle: i64, y: i64) {
    let count = i64::try_from(class).unwrap_or(1);
    let left = middle - ((count - 1) * NEXT + POINT) / 2;
    for at in 0..count {
        let ink = if class >= 4 { "charts-point charts-light" } else { "charts-point charts-dark" };
        pen.rect(ink, (left + at * NEXT, y), (POINT, POINT));
    }
}

fn said(l: Locale, tile: &Tile) -> String {
    if tile.value.is_none() && tile.text.is_empty() {
        t!(l, chart.no_data).to_owned()
    } else {
        tile.text.clone()
    }
}

fn tile_drawn(pen: &mut Pen, id: &str, tile: &Tile, text: &str, place: (i64, i64, i64), bounds: [i64; 4]) {
    let (x, y, size) = place;
    let (middle, room) = (x + size / 2, size - 60);
    let name = fitted(&tile.short, room);
    let value = fitted(text, room);
    match tile.value {
        Some(known) => {
            let class = class(known, bounds);
            pen.rect(tone(class), (x, y), (size, HEIGHT));
            pen.text(ink(class), Anchor::Middle, (middle, y + 220), &name);
            pen.text(ink(class), Anchor::Middle, (middle, y + 400), &value);
            points(pen, class, middle, y + 510);
        }
        None => {
            pen.hatched(id, Hatch::Unknown, (x, y), (size, HEIGHT));
            let plate = (width(&name).max(width(&value)) + 60).min(size);
            pen.rect("charts-plate", (middle - plate / 2, y + 80), (plate, 380));
            pen.text("charts-text charts-said", Anchor::Middle, (middle, y + 220), &name);
            pen.text("charts-text charts-said", Anchor::Middle, (middle, y + 400), &value);
        }
    }
    pen.rect("charts-edge charts-hit", (x, y), (size, HEIGHT));
}

/// Classes that a value can have, each with where it begins; equal bounds leave one of them empty.
fn classes(bounds: [i64; 4]) -> Vec<(usize, String)> {
    let mut classes = vec![(1, format!("<{}", format::percent(bounds[0])))];
    for (at, bound) in bounds.iter().enumerate() {
        if bounds.get(at + 1).is_none_or(|next| next > bound) {
            classes.push((at + 2, format!("≥{}", format::percent(*bound))));
        }
    }
    classes
}

fn legend(pen: &mut Pen, bounds: [i64; 4], y: i64) {
    let classes = classes(bounds);
    let room = WIDTH / 5;
    for (at, (class, word)) in classes.iter().enumerate() {
        let x = i64::try_from(at).unwrap_or_default() * room;
        let size = room - GAP;
        pen.rect(tone(*class), (x, y), (size, 120)).rect("charts-edge", (x, y), (size, 120));
        points(pen, *class, x + size / 2, y + 40);
        pen.words("charts-text", Anchor::Middle, (x + size / 2, y + 220 + HALF), word, room);
    }
}

fn drawing(l: Locale, id: &str, tiles: &[Tile], bounds: [i64; 4]) -> Result<Drawing, Undrawn> {
    if tiles.iter().all(|tile| tile.value.is_none()) {
        return Err(Undrawn::Empty);
    }
    let mut pen = Pen::default();
    let mut words = Vec::new();
    for (at, tile) in tiles.iter().enumerate() {
        let text = said(l, tile);
        let name = format!("{} {text}", tile.label);
        let place = place(at, tiles.len());
        pen.mark(tile.href.as_deref(), &name, |pen| tile_drawn(pen, id, tile, &text, place, bounds));
        words.push(name);
    }
    let (_, last, _) = place(tiles.len() - 1, tiles.len());
    let base = last + HEIGHT + 100;
    legend(&mut pen, bounds, base);
    let has_links = tiles.iter().any(|tile| tile.href.is_some());
    Ok(Drawing { pen, height: base + LEGEND, said: words.join(" · "), has_links })
}

fn table(l: Locale, tiles: Vec<Tile>, heads: [String; 2]) -> Table {
    let line = |tile: Tile| Line { cells: vec![said(l, &tile)], label: tile.label, href: tile.href };
    Table { unit: None, heads: heads.into(), lines: tiles.into_iter().map(line).collect(), note: None }
}

#[component]
pub fn Tiles(
    id: &'static str,
    /// what it shows, computed from the same figures
    sentence: String,
    tiles: Vec<Tile>,
    /// where the second to the fifth class begin, in thousandths, none below the one before
    bounds: [i64; 4],
    /// of the words and the values
    heads: [String; 2],
) -> impl IntoView {
    let l = locale();
    figure(id, sentence, drawing(l, id, &tiles, bounds), table(l, tiles, heads))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: [i64; 4] = [200, 400, 600, 800];

    fn tile(label: &str, value: Option<i64>) -> Tile {
        let text = value.map_or_else(String::new, format::percent);
        Tile { label: label.to_owned(), short: label.to_owned(), value, text, href: None }
    }

    #[test]
    fn a_class_begins_at_its_bound() {
        let of = [-5, 0, 199, 200, 399, 400, 600, 799, 800, 1200].map(|value| class(value, BOUNDS));
        assert_eq!(of, [1, 1, 1, 2, 2, 3, 4, 4, 5, 5]);
    }

    #[test]
    fn the_legend_leaves_out_classes_that_nothing_can_have() {
        let words = |bounds| classes(bounds).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(words(BOUNDS), ["<20.0%", "≥20.0%", "≥40.0%", "≥60.0%", "≥80.0%"]);
        assert_eq!(words([200, 200, 600, 600]), ["<20.0%", "≥20.0%", "≥60.0%"]);
        for value in 0..1000 {
            let class = class(value, [200, 200, 600, 600]);
            assert!(classes([200, 200, 600, 600]).iter().any(|(shown, _)| *shown == class), "{value}");
        }
    }

    #[test]
    fn tiles_lie_beside_each_other_within_the_drawing() {
        for count in 1..60_usize {
            let places: Vec<_> = (0..count).map(|at| place(at, count)).collect();
            for (x, _, size) in &places {
                assert!(*x >= 0 && x + size <= WIDTH && *size > 500, "{count}: {x} {size}");
            }
            for pair in places.windows(2) {
                let same = pair[0].1 == pair[1].1;
                assert!(if same {
                    pair[0].0 + pair[0].2 < pair[1].0
                } else {
                    pair[1].1 >= pair[0].1 + HEIGHT
                });
            }
        }
    }

    #[test]
    fn twenty_four_counties_and_a_long_name() {
        let mut tiles: Vec<Tile> = (0..23).map(|at| tile(&format!("县{at}"), Some(at * 40))).collect();
        tiles.push(tile("积石山保安族东乡族撒拉族自治县", None));
        let drawing = drawing(Locale::zh_CN, "a", &tiles, BOUNDS).unwrap();
        assert_eq!(drawing.height, 3 * (HEIGHT + GAP) + HEIGHT + 100 + LEGEND);
        assert!(drawing.said.ends_with("积石山保安族东乡族撒拉族自治县 无数据"));
        let svg = drawing.pen.finish();
        assert!(svg.contains("<title>积石山保安族东乡族撒拉族自治县 无数据</title>"), "{svg}");
        assert!(svg.contains(">积石山…</text>") && svg.contains("charts-unknown"), "{svg}");
    }

    #[test]
    fn where_nothing_is_known_nothing_is_drawn() {
        assert_eq!(drawing(Locale::zh_CN, "a", &[tile("青川", None)], BOUNDS).err(), Some(Undrawn::Empty));
        assert_eq!(drawing(Locale::zh_CN, "a", &[], BOUNDS).err(), Some(Undrawn::Empty));
    }
}

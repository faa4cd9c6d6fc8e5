//! Colours of charts, measured by the formula of WCAG on the tokens as they are shipped: marks stand out from their
//! ground, words from the tiles they stand on, in every theme. A word on a mark has nothing else to be read by.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeMap;
use tests::arch::sources;

type Tokens = BTreeMap<String, String>;

/// The tokens of each theme by name, each above those it takes over from the light one.
fn themes() -> Vec<(&'static str, Tokens)> {
    let sheet = sources("app/style", &[".css"]).into_iter().find(|file| file.path.ends_with("tokens.css"));
    let sheet = sheet.unwrap().text;
    let block = |opening: &str| {
        let from = sheet.find(opening).unwrap_or_else(|| panic!("{opening} is a theme")) + opening.len();
        sheet[from..].split('}').next().unwrap()
    };
    let light = tokens(block(":root,.charts-paper{"));
    let over = |opening: &str| {
        let mut all = light.clone();
        all.extend(tokens(block(opening)));
        all
    };
    vec![
        ("dark", over(":root[data-theme=\"dark\"]{")),
        ("dark by the system", over(":root:not([data-theme=\"light\"]){")),
        ("high contrast", over(":root[data-contrast=\"high\"]{")),
        ("light", light),
    ]
}

fn tokens(block: &str) -> Tokens {
    let lines = block.split(';').filter_map(|line| line.trim().split_once(':'));
    lines
        .filter(|(name, _)| name.starts_with("--"))
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

/// `#abc` or `#aabbcc` as relative luminance.
fn luminance(colour: &str) -> f64 {
    let digits: Vec<u32> =
        colour.strip_prefix('#').unwrap().chars().map(|digit| digit.to_digit(16).unwrap()).collect();
    let parts: Vec<u32> = match digits.len() {
        3 => digits.iter().map(|digit| digit * 17).collect(),
        6 => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
        other => panic!("{colour} has {other} digits"),
    };
    let linear = |part: u32| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(parts[0]) + 0.7152 * linear(parts[1]) + 0.0722 * linear(parts[2])
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_formula_measures_what_is_known() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#1a2332", "#eaf2fc") - 13.98).abs() < 0.01);
}

#[test]
fn marks_stand_out_from_their_ground_and_words_from_marks() {
    for (theme, tokens) in themes() {
        let of = |name: &str| tokens.get(name).unwrap_or_else(|| panic!("{name} in {theme}")).as_str();
        for series in (1..=8).map(|number| format!("--s{number}")) {
            let measured = contrast(of(&series), of("--bg"));
            // A line needs 3; a share of a bar has words in the colour of the ground on it.
            assert!(measured >= 4.5, "{series} in {theme}: {measured:.2}");
        }
        for mark in ["--line-ctl", "--err", "--text-2", "--text"] {
            assert!(contrast(of(mark), of("--bg")) >= 3.0, "{mark} in {theme}");
        }
    }
}

#[test]
fn words_stand_out_from_their_tiles_and_tiles_darken_in_order() {
    for (theme, tokens) in themes() {
        let of = |name: &str| tokens.get(name).unwrap_or_else(|| panic!("{name} in {theme}")).as_str();
        let mut before = f64::MAX;
        for class in 1..=5 {
            let tile = of(&format!("--tile-{class}"));
            let ink = if class >= 4 { "--on-tile-light" } else { "--on-tile-dark" };
            let measured = contrast(of(ink), tile);
            assert!(measured >= 4.5, "class {class} in {theme}: {measured:.2}");
            assert!(luminance(tile) < before, "class {class} in {theme} is no darker than the one before");
            before = luminance(tile);
        }
    }
}

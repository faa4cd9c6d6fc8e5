//! One bar of a hundred per cent, cut into parts. Knows no meaning of its parts.

use leptos::prelude::*;

/// Width of the drawing in its own units.
const WIDTH: i64 = 1000;

/// A part with its word and its size; `words` is the size as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub word: String,
    /// in any one unit, not below zero
    pub size: i64,
    pub words: String,
}

/// Left edge and width of each part; they meet without a gap and fill the bar.
pub fn cuts(sizes: &[i64], width: i64) -> Vec<(i64, i64)> {
    let whole: i128 = sizes.iter().map(|size| i128::from(*size)).sum();
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

/// The bar with its legend; parts of size zero are not drawn.
#[component]
pub fn Composition(
    /// what it shows, for who does not see it
    label: String,
    parts: Vec<Part>,
) -> impl IntoView {
    let sizes: Vec<i64> = parts.iter().map(|part| part.size.max(0)).collect();
    let drawn = cuts(&sizes, WIDTH)
        .into_iter()
        .enumerate()
        .filter(|(_, (_, width))| *width > 0)
        .map(|(at, (from, width))| {
            view! { <rect class=format!("charts-fill charts-tone-{}", at % 8) x=from y="0" width=width height="24"></rect> }
        })
        .collect_view();
    let legend = parts
        .into_iter()
        .enumerate()
        .filter(|(_, part)| part.size > 0)
        .map(|(at, part)| {
            view! {
                <li>
                    <svg class="charts-key" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                        <rect class=format!("charts-fill charts-tone-{}", at % 8) width="12" height="12"></rect>
                    </svg>
                    <span>{part.word}</span>
                    <span class="charts-words">{part.words}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <figure class="charts">
            <svg class="charts-bar" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label=label>
                {drawn}
            </svg>
            <ul class="charts-legend">{legend}</ul>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar() {
        let cuts = cuts(&[1, 1, 1], 1000);
        assert_eq!(cuts, vec![(0, 333), (333, 333), (666, 334)]);
        assert_eq!(super::cuts(&[0, 0], 1000), vec![(0, 0), (0, 0)]);
    }
}

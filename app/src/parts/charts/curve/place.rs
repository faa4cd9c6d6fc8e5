//! Where the times of a curve stand, which of their words have room, and where the words of its lines go so that none
//! lies on another. Whole numbers only; knows no values.

use super::super::label::width;
use super::super::pen::{Anchor, WIDTH};

/// The field from above: above it the unit, below it the times.
pub const TOP: i64 = 330;
pub const BASE: i64 = 1650;
/// From line to line of words, and from a point to its word.
const LINE: i64 = 150;
const BESIDE: i64 = 70;

/// The field from left to right with so many times in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub left: i64,
    pub right: i64,
    pub count: usize,
}

/// Where a line ends; `is_over`: its word belongs above it, since the others run below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub x: i64,
    pub y: i64,
    pub is_over: bool,
}

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    pub x: i64,
    pub y: i64,
    pub anchor: Anchor,
}

impl Field {
    pub fn new(left: i64, count: usize) -> Field {
        Field { left: left.min(WIDTH / 2), right: WIDTH - 80, count }
    }

    fn steps(self) -> i64 {
        i64::try_from(self.count.saturating_sub(1)).unwrap_or(1)
    }

    /// Times are even from the left end to the right one; one time alone stands in the middle.
    pub fn x(self, at: usize) -> i64 {
        let at = i64::try_from(at).unwrap_or_default();
        match self.steps() {
            0 => i64::midpoint(self.left, self.right),
            steps => self.left + at * (self.right - self.left) / steps,
        }
    }

    /// What is nearest to a time: where it begins and how wide it is.
    pub fn band(self, at: usize) -> (i64, i64) {
        let half = (self.right - self.left) / (self.steps().max(1) * 2);
        let from = (self.x(at) - half).max(self.left);
        let to = (self.x(at) + half).min(self.right);
        (from, to - from)
    }
}

/// Times whose words have room: the one that counts, the first and the last, and then as many as come, none nearer to
/// another than `room` and a gap.
pub fn shown(field: Field, room: i64, now: Option<usize>) -> Vec<usize> {
    let first = [now, Some(0), field.count.checked_sub(1)];
    let wished = first.into_iter().flatten().filter(|at| *at < field.count);
    let mut shown: Vec<usize> = Vec::new();
    let each = (1..=field.count).find(|every| step_of(field, *every) >= room + 60).unwrap_or(1);
    for at in wished.chain((0..field.count).step_by(each)) {
        if shown.iter().all(|other| (field.x(*other) - field.x(at)).abs() >= room + 60) {
            shown.push(at);
        }
    }
    shown.sort_unstable();
    shown
}

/// From a time to the one `every` times later.
fn step_of(field: Field, every: usize) -> i64 {
    let every = i64::try_from(every).unwrap_or(1);
    every * (field.right - field.left) / field.steps().max(1)
}

/// The word of each end: above and to the left of a line that rises over the others, below and to the right of one
/// that they rise over, and then pushed apart.
pub fn spots(ends: &[End], words: &[String], field: Field) -> Vec<Spot> {
    let mut spots: Vec<Spot> =
        ends.iter().zip(words).map(|(end, word)| wished(*end, width(word), field)).collect();
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by_key(|at| spots[*at].y);
    let mut least = TOP - LINE;
    for at in &order {
        spots[*at].y = spots[*at].y.max(least);
        least = spots[*at].y + LINE;
    }
    let mut most = BASE - 40;
    for at in order.iter().rev() {
        spots[*at].y = spots[*at].y.min(most);
        most = spots[*at].y - LINE;
    }
    spots
}

fn wished(end: End, size: i64, field: Field) -> Spot {
    let y = if end.is_over { end.y - BESIDE } else { end.y + BESIDE + 110 };
    let fits_left = end.x - size >= field.left;
    let fits_right = end.x + size <= WIDTH;
    let is_left = if end.is_over { fits_left } else { !fits_right && fits_left };
    match (is_left, fits_right) {
        (true, _) => Spot { x: end.x + 40, y, anchor: Anchor::End },
        (false, true) => Spot { x: end.x, y, anchor: Anchor::Start },
        // Too long for either side: against the right end, where most room is.
        (false, false) => Spot { x: WIDTH, y, anchor: Anchor::End },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_even_and_one_stands_in_the_middle() {
        let field = Field { left: 400, right: 3400, count: 4 };
        assert_eq!((0..4).map(|at| field.x(at)).collect::<Vec<_>>(), [400, 1400, 2400, 3400]);
        assert_eq!(Field { count: 1, ..field }.x(0), 1900);
        assert_eq!(Field { count: 1, ..field }.band(0), (400, 3000));
        assert_eq!([0, 1, 3].map(|at| field.band(at)), [(400, 500), (900, 1000), (2900, 500)]);
    }

    #[test]
    fn words_of_times_keep_apart_and_the_one_that_counts_is_there() {
        for count in 1..80 {
            let field = Field::new(500, count);
            for now in [None, Some(0), Some(count / 2), Some(count - 1), Some(count + 5)] {
                let shown = shown(field, 460, now);
                assert!(!shown.is_empty());
                assert!(
                    now.is_none_or(|now| now >= count || shown.contains(&now)),
                    "{count} {now:?}: {shown:?}"
                );
                assert!(shown.windows(2).all(|pair| field.x(pair[1]) - field.x(pair[0]) >= 520), "{shown:?}");
            }
        }
        assert_eq!(shown(Field::new(500, 12), 200, None).len(), 12);
    }

    #[test]
    fn words_keep_apart_and_within_the_field() {
        let field = Field::new(500, 12);
        let words: Vec<String> = (0..6).map(|at| format!("测算{at} 61,240.00")).collect();
        for height in [TOP, 700, BASE] {
            let end = |at: i64| End { x: field.x(11) - at * 200, y: height, is_over: at % 2 == 0 };
            let ends: Vec<End> = (0..6).map(end).collect();
            let spots = spots(&ends, &words, field);
            let mut lines: Vec<i64> = spots.iter().map(|spot| spot.y).collect();
            lines.sort_unstable();
            assert!(lines.windows(2).all(|pair| pair[1] - pair[0] >= LINE), "{lines:?}");
            assert!(lines[0] >= TOP - LINE && lines[5] < BASE, "{lines:?}");
        }
    }

    #[test]
    fn a_word_stands_where_it_fits() {
        let field = Field::new(500, 12);
        let at = |x: i64, is_over: bool, size: i64| wished(End { x, y: 900, is_over }, size, field).anchor;
        assert_eq!(at(3500, true, 900), Anchor::End);
        assert_eq!(at(600, true, 900), Anchor::Start);
        assert_eq!(at(600, false, 900), Anchor::Start);
        assert_eq!(at(3500, false, 900), Anchor::End);
        let long = wished(End { x: 2000, y: 900, is_over: true }, 2400, field);
        assert_eq!((long.x, long.anchor), (WIDTH, Anchor::End));
    }
}

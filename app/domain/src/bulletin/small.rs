//! No personal data below five: which counts of people may be shown beside their total. Knows no person.

use serde::{Deserialize, Serialize};

/// The least group of people that is shown.
pub const LEAST: i64 = 5;

/// A count of people as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum People {
    Known(i64),
    /// Fewer than five, or what would tell how many those are.
    Withheld,
    Unknown,
}

impl People {
    pub const fn known(self) -> Option<i64> {
        match self {
            People::Known(count) => Some(count),
            People::Withheld | People::Unknown => None,
        }
    }
}

/// One count alone: nobody is shown, one to four are not.
pub const fn alone(count: Option<i64>) -> People {
    match count {
        None => People::Unknown,
        Some(count) if 0 < count && count < LEAST => People::Withheld,
        Some(count) => People::Known(count),
    }
}

/// Counts whose total is shown too. Where what is withheld could be reckoned from the rest (one alone, or several that make
/// fewer than five together), the smallest of the others are withheld as well.
pub fn beside_their_total(counts: &[Option<i64>]) -> Vec<People> {
    let mut shown: Vec<People> = counts.iter().map(|count| alone(*count)).collect();
    withhold_beside(counts, &mut shown);
    shown
}

/// The same where some are withheld already, for whatever reason. Tells whether there is now enough that is withheld: not so
/// where nothing is left to withhold.
pub fn withhold_beside(counts: &[Option<i64>], shown: &mut [People]) -> bool {
    let hidden = |shown: &[People]| -> (usize, i64) {
        let all = shown.iter().zip(counts).filter(|(one, _)| **one == People::Withheld);
        all.fold((0, 0), |(number, sum), (_, count)| (number + 1, sum + count.unwrap_or_default()))
    };
    loop {
        let (number, sum) = hidden(shown);
        let is_safe = number == 0 || (number > 1 && sum >= LEAST);
        let next = shown
            .iter()
            .enumerate()
            .filter_map(|(at, one)| one.known().filter(|count| *count > 0).map(|count| (count, at)))
            .min();
        match next {
            Some((_, at)) if !is_safe => shown[at] = People::Withheld,
            Some(_) | None => return is_safe,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(counts: &[i64], expected: &str) {
        let counts: Vec<Option<i64>> = counts.iter().map(|count| (*count >= 0).then_some(*count)).collect();
        let sign = |one: &People| match one {
            People::Known(count) => count.to_string(),
            People::Withheld => "*".to_owned(),
            People::Unknown => "?".to_owned(),
        };
        let got: Vec<String> = beside_their_total(&counts).iter().map(sign).collect();
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn few_are_withheld_and_cannot_be_reckoned_from_the_total() {
        check(&[12, 3, 40], "* * 40");
        check(&[12, 0, 40], "12 0 40");
        check(&[1, 2, 9, 30], "* * * 30");
        check(&[4, 4, 9], "* * 9");
        check(&[2, -1, 0], "* ? 0");
        check(&[], "");
    }

    proptest! {
        #[test]
        fn what_is_withheld_makes_five_or_nothing_is_left_to_withhold(counts in prop::collection::vec(0_i64..40, 0..12)) {
            let known: Vec<Option<i64>> = counts.iter().copied().map(Some).collect();
            let shown = beside_their_total(&known);
            let hidden: Vec<i64> = shown.iter().zip(&counts).filter(|(one, _)| **one == People::Withheld).map(|(_, count)| *count).collect();
            let left = shown.iter().any(|one| one.known().is_some_and(|count| count > 0));
            prop_assert!(hidden.is_empty() || (hidden.len() > 1 && hidden.iter().sum::<i64>() >= LEAST) || !left);
            prop_assert!(shown.iter().all(|one| one.known().is_none_or(|count| count == 0 || count >= LEAST)));
        }
    }
}

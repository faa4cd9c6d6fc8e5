//! How alike two texts are: Dice's coefficient over pairs of neighbouring characters, in per mille. No float.

use crate::text;

/// The pairs of a text, sorted, each as often as it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs(Vec<(char, char)>);

impl Pairs {
    /// Width, case and space do not count. A single character makes a pair with nothing.
    pub fn of(texts: &[&str]) -> Pairs {
        let mut pairs = Vec::new();
        for text in texts {
            let letters: Vec<char> = text::fold(text).chars().collect();
            match letters.as_slice() {
                [only] => pairs.push((*only, '\0')),
                more => pairs.extend(more.windows(2).map(|pair| (pair[0], pair[1]))),
            }
        }
        pairs.sort_unstable();
        Pairs(pairs)
    }

    /// Twice the common pairs by all pairs, rounded down, 0–1000 ‰; nothing is like nothing.
    pub fn alike(&self, other: &Pairs) -> u32 {
        let all = self.0.len() + other.0.len();
        let per_mille = (2000 * self.common(other)).checked_div(all).unwrap_or(0);
        u32::try_from(per_mille).unwrap_or(1000)
    }

    /// The most that [`Pairs::alike`] can be, by the number of pairs alone.
    pub fn at_most(&self, other: &Pairs) -> u32 {
        let all = self.0.len() + other.0.len();
        let per_mille = (2000 * self.0.len().min(other.0.len())).checked_div(all).unwrap_or(0);
        u32::try_from(per_mille).unwrap_or(1000)
    }

    fn common(&self, other: &Pairs) -> usize {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0;
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    left.next();
                    right.next();
                }
            }
        }
        common
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(one: &str, two: &str, per_mille: u32) {
        assert_eq!(Pairs::of(&[one]).alike(&Pairs::of(&[two])), per_mille, "{one} {two}");
    }

    #[test]
    fn texts_are_alike_by_their_pairs() {
        check("食用菌产业园", "食用菌产业园", 1000);
        check("食用菌产业园", "食用菌产业园二期", 833);
        check("食用菌产业园项目", "食用菌产业园 项目", 1000);
        check("冷链物流中心", "竹编工坊集群", 0);
        check("园", "园", 1000);
        check("", "", 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn likeness_is_mutual_and_bounded(one in "[甲乙丙丁]{0,12}", two in "[甲乙丙丁]{0,12}") {
            let (a, b) = (Pairs::of(&[&one]), Pairs::of(&[&two]));
            prop_assert_eq!(a.alike(&b), b.alike(&a));
            prop_assert!(a.alike(&b) <= a.at_most(&b) && a.at_most(&b) <= 1000);
            prop_assert_eq!(a.alike(&a), if one.is_empty() { 0 } else { 1000 });
        }
    }
}

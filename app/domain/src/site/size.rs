//! Where the size classes of communities begin, as dated editions: documents count 800 and more, 500 and more or 200 and
//! more, so the thresholds are a setting. Knows no database and no person.

use super::SizeClass;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Fewest 人 of each class above the smallest, each more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[u32; 4]", into = "[u32; 4]")]
pub struct SizeBounds {
    small: u32,
    medium: u32,
    large: u32,
    huge: u32,
}

/// The thresholds do not rise from class to class, or the first of them is nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("thresholds must rise")]
pub struct NotRising;

/// Thresholds from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeEdition {
    /// 0 is what the product comes with
    pub number: u32,
    pub valid_from: NaiveDate,
    pub bounds: SizeBounds,
    /// the document or the reason
    pub basis: String,
}

impl SizeBounds {
    /// 特大型 from 10 000, 大型 from 3 000, 中型 from 800, 小型 from 200 (KNOWN, use of the NDRC).
    pub const fn shipped() -> SizeBounds {
        SizeBounds { small: 200, medium: 800, large: 3000, huge: 10_000 }
    }

    pub const fn new(small: u32, medium: u32, large: u32, huge: u32) -> Result<SizeBounds, NotRising> {
        if 0 < small && small < medium && medium < large && large < huge {
            Ok(SizeBounds { small, medium, large, huge })
        } else {
            Err(NotRising)
        }
    }

    /// The class of a community of so many 人.
    pub const fn of(&self, people: u32) -> SizeClass {
        if people < self.small {
            SizeClass::Micro
        } else if people < self.medium {
            SizeClass::Small
        } else if people < self.large {
            SizeClass::Medium
        } else if people < self.huge {
            SizeClass::Large
        } else {
            SizeClass::Huge
        }
    }

    /// Fewest and most 人 of a class.
    pub const fn people(&self, class: SizeClass) -> (u32, u32) {
        match class {
            SizeClass::Micro => (0, self.small - 1),
            SizeClass::Small => (self.small, self.medium - 1),
            SizeClass::Medium => (self.medium, self.large - 1),
            SizeClass::Large => (self.large, self.huge - 1),
            SizeClass::Huge => (self.huge, u32::MAX),
        }
    }

    /// Fewest 人 of 小型, 中型, 大型, 特大型.
    pub const fn least(&self) -> [u32; 4] {
        [self.small, self.medium, self.large, self.huge]
    }
}

impl TryFrom<[u32; 4]> for SizeBounds {
    type Error = NotRising;

    fn try_from([small, medium, large, huge]: [u32; 4]) -> Result<SizeBounds, NotRising> {
        SizeBounds::new(small, medium, large, huge)
    }
}

impl From<SizeBounds> for [u32; 4] {
    fn from(bounds: SizeBounds) -> [u32; 4] {
        bounds.least()
    }
}

/// The thresholds in force on a day: of the editions that had begun, the one that began last, and of two of one day the
/// later one. Before all of them those that ship.
pub fn in_force(editions: &[SizeEdition], day: NaiveDate) -> SizeBounds {
    let begun = editions.iter().filter(|edition| edition.valid_from <= day);
    let last = begun.max_by_key(|edition| (edition.valid_from, edition.number));
    last.map_or_else(SizeBounds::shipped, |edition| edition.bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_people_has_its_class() {
        for bounds in [SizeBounds::shipped(), SizeBounds::new(1, 2, 3, 4).unwrap()] {
            for class in SizeClass::ALL {
                let (least, most) = bounds.people(class);
                assert_eq!((bounds.of(least), bounds.of(most)), (class, class));
                assert_eq!(SizeClass::from_code(class.code()), Some(class));
            }
        }
        let shipped = SizeBounds::shipped();
        assert_eq!((shipped.of(799), shipped.of(800)), (SizeClass::Small, SizeClass::Medium));
    }

    #[test]
    fn thresholds_rise_and_the_edition_of_the_day_holds() {
        assert!(SizeBounds::new(0, 1, 2, 3).is_err());
        assert!(SizeBounds::new(200, 200, 300, 400).is_err());
        assert!(serde_json::from_str::<SizeBounds>("[5,4,6,7]").is_err());
        let day = |day| NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
        let edition = |number, from, small| SizeEdition {
            number,
            valid_from: day(from),
            bounds: SizeBounds::new(small, 800, 3000, 10_000).unwrap(),
            basis: "x".into(),
        };
        let editions = [edition(1, 10, 300), edition(2, 20, 400), edition(3, 20, 500)];
        let small = |at| in_force(&editions, day(at)).least()[0];
        assert_eq!((small(9), small(10), small(19), small(20)), (200, 300, 300, 500));
    }
}

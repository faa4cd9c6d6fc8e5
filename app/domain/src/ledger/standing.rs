//! Where money stands: how much lies at each stage and for how long, summed over positions. Judges nothing: limits are
//! rules of the review.

use super::ageing::Ageing;
use super::stage::{PerStage, Stage};
use crate::money::Delta;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How long money has lain, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// up to 30
    Month,
    /// 31 to 90
    Quarter,
    /// 91 to 180
    HalfYear,
    /// 181 to 365
    Year,
    /// more than 365
    Longer,
}

/// What lies at one stage. The spans less what went on without having come are the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lying {
    /// fen by [`Span::ALL`], each not below zero
    pub spans: [Delta; 5],
    /// fen that went on before they came, not below zero
    pub ahead: Delta,
    /// the day since which the oldest of it lies
    pub oldest: Option<NaiveDate>,
}

/// What lies at the stages that money goes on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing(pub PerStage<Lying>);

impl Span {
    pub const ALL: [Span; 5] = [Span::Month, Span::Quarter, Span::HalfYear, Span::Year, Span::Longer];

    /// The span of a number of days; money of tomorrow counts as of today.
    pub const fn of(days: i64) -> Span {
        match days {
            ..=30 => Span::Month,
            31..=90 => Span::Quarter,
            91..=180 => Span::HalfYear,
            181..=365 => Span::Year,
            _ => Span::Longer,
        }
    }

    /// Fewest and most days.
    pub const fn days(self) -> (i64, Option<i64>) {
        match self {
            Span::Month => (0, Some(30)),
            Span::Quarter => (31, Some(90)),
            Span::HalfYear => (91, Some(180)),
            Span::Year => (181, Some(365)),
            Span::Longer => (366, None),
        }
    }

    const fn place(self) -> usize {
        match self {
            Span::Month => 0,
            Span::Quarter => 1,
            Span::HalfYear => 2,
            Span::Year => 3,
            Span::Longer => 4,
        }
    }
}

impl Lying {
    /// Signed fen: below zero where more went on than had come.
    pub fn amount(&self) -> Delta {
        Delta::from_fen(self.spans.iter().map(|part| part.fen()).sum::<i64>() - self.ahead.fen())
    }

    /// What has lain for this span.
    pub const fn span(&self, span: Span) -> Delta {
        self.spans[span.place()]
    }

    /// Nothing lies here and nothing went ahead.
    pub fn is_empty(&self) -> bool {
        *self == Lying::default()
    }

    fn and(mut self, other: &Lying) -> Lying {
        for (part, more) in self.spans.iter_mut().zip(other.spans) {
            *part = Delta::from_fen(part.fen() + more.fen());
        }
        self.ahead = Delta::from_fen(self.ahead.fen() + other.ahead.fen());
        self.oldest = self.oldest.into_iter().chain(other.oldest).min();
        self
    }
}

impl Standing {
    /// Stages that money waits at; what is paid has arrived.
    pub const STAGES: [Stage; 3] = [Stage::Issued, Stage::Received, Stage::Disbursed];

    /// Of one position, on a day.
    pub fn of(ageing: &Ageing, as_of: NaiveDate) -> Standing {
        Standing(PerStage::of(|stage| {
            if !Standing::STAGES.contains(&stage) {
                return Lying::default();
            }
            let mut spans = [0; 5];
            for lot in ageing.lots(stage) {
                spans[Span::of(lot.days(as_of)).place()] += lot.amount.fen();
            }
            let held: i64 = spans.iter().sum();
            Lying {
                spans: spans.map(Delta::from_fen),
                ahead: Delta::from_fen(held - ageing.lying(stage).fen()),
                oldest: ageing.oldest(stage),
            }
        }))
    }

    /// Both together.
    pub fn and(&self, other: &Standing) -> Standing {
        Standing(PerStage::of(|stage| self.0.get(stage).and(other.0.get(stage))))
    }

    pub fn at(&self, stage: Stage) -> &Lying {
        self.0.get(stage)
    }

    /// The day since which the oldest of all lies.
    pub fn oldest(&self) -> Option<NaiveDate> {
        Standing::STAGES.iter().filter_map(|stage| self.at(*stage).oldest).min()
    }

    /// Nothing waits anywhere.
    pub fn is_empty(&self) -> bool {
        Standing::STAGES.iter().all(|stage| self.at(*stage).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_meet_without_a_gap() {
        for span in Span::ALL {
            let (first, last) = span.days();
            assert_eq!(Span::of(first), span);
            if let Some(last) = last {
                assert_eq!(Span::of(last), span);
                assert_ne!(Span::of(last + 1), span);
            }
        }
    }

    #[test]
    fn what_went_ahead_is_taken_off_and_the_oldest_day_wins() {
        let day = |text: &str| text.parse().ok();
        let lying = |fen: i64, ahead: i64, oldest: Option<NaiveDate>| Lying {
            spans: [Delta::from_fen(fen), Delta::ZERO, Delta::ZERO, Delta::ZERO, Delta::ZERO],
            ahead: Delta::from_fen(ahead),
            oldest,
        };
        let both = lying(70, 0, day("2026-03-01")).and(&lying(0, 100, None));
        assert_eq!((both.amount(), both.oldest), (Delta::from_fen(-30), day("2026-03-01")));
        let older = both.and(&lying(1, 0, day("2026-01-01")));
        assert_eq!((older.span(Span::Month).fen(), older.oldest), (71, day("2026-01-01")));
    }
}

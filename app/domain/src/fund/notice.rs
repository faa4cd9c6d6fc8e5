//! A fund notice (下达文件) and its split over projects: exact, never more than the notice. Judges no rule of the source.

use super::Refusal;
use crate::area::AreaPath;
use crate::id::{NoticeId, ProjectId};
use crate::money::Money;
use crate::period::FiscalYear;
use crate::source::Source;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One document that gives money of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    /// 文号
    pub document: String,
    pub date: NaiveDate,
    pub source: Source,
    /// 预算年度
    pub year: FiscalYear,
    /// The area it is given to; its projects lie there or below.
    pub area: AreaPath,
    /// Whole fen, more than zero.
    pub amount: Money,
}

/// What one project gets of a notice, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub project: ProjectId,
    pub amount: Money,
}

/// Shares that fit into their notice together with those made before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    shares: Vec<Share>,
    left: Money,
}

impl Notice {
    pub fn check(&self) -> Result<(), Refusal> {
        if self.document.trim().is_empty() {
            return Err(Refusal::DocumentMissing);
        }
        if self.amount.is_zero() { Err(Refusal::ZeroAmount) } else { Ok(()) }
    }

    /// Splits over projects; `earlier` are shares of this notice that stand already. A project stands once in a notice.
    pub fn split(&self, earlier: &[Share], shares: Vec<Share>) -> Result<Split, Refusal> {
        let mut seen = BTreeSet::new();
        for share in earlier.iter().chain(&shares) {
            if share.amount.is_zero() {
                return Err(Refusal::ZeroShare { project: share.project });
            }
            if !seen.insert(share.project) {
                return Err(Refusal::RepeatedProject { project: share.project });
            }
        }
        let sum = |shares: &[Share]| Money::sum(shares.iter().map(|share| share.amount));
        let (before, new) = sum(earlier).zip(sum(&shares)).ok_or(Refusal::TooLarge)?;
        let left = self.fits(before, new)?;
        Ok(Split { shares, left })
    }

    /// What stays free when `new` joins what is arranged already; refused when it does not fit. In fen.
    pub fn fits(&self, before: Money, new: Money) -> Result<Money, Refusal> {
        let shares = before.checked_add(new).ok_or(Refusal::TooLarge)?;
        self.amount.minus(shares).as_money().ok_or_else(|| Refusal::OverNotice {
            amount: self.amount,
            shares,
            over: shares.minus(self.amount).magnitude(),
            left: self.amount.minus(before).as_money().unwrap_or(Money::ZERO),
        })
    }

    /// A notice is edited until the first entry stands on it.
    pub const fn amendable(&self, has_entries: bool) -> Result<(), Refusal> {
        if has_entries { Err(Refusal::Arranged) } else { Ok(()) }
    }

    /// Splits all that is left by weights: exact, the odd fen to the largest remainders; who gets nothing is left out.
    pub fn split_by(&self, earlier: &[Share], weights: &[(ProjectId, u32)]) -> Result<Split, Refusal> {
        let left = self.split(earlier, Vec::new())?.left;
        if weights.is_empty() {
            return Err(Refusal::NoProject);
        }
        let amounts = left.split_by(&weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>());
        let shares = weights.iter().zip(amounts).map(|(&(project, _), amount)| Share { project, amount });
        self.split(earlier, shares.filter(|share| !share.amount.is_zero()).collect())
    }
}

impl Split {
    pub fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// What of the notice is in no share, in fen.
    pub const fn left(&self) -> Money {
        self.left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn notice(fen: i64) -> Notice {
        Notice {
            id: NoticeId::new(Uuid::nil()),
            document: "黔财示〔2026〕78号".into(),
            date: "2026-02-26".parse().unwrap(),
            source: Source::Int,
            year: FiscalYear::new(2026).unwrap(),
            area: AreaPath::new("/100000/520000/").unwrap(),
            amount: Money::from_fen(fen).unwrap(),
        }
    }

    fn share(project: u128, fen: i64) -> Share {
        Share { project: ProjectId::new(Uuid::from_u128(project)), amount: Money::from_fen(fen).unwrap() }
    }

    #[test]
    fn a_split_never_exceeds_the_notice() {
        let (fen, notice) = (|fen| Money::from_fen(fen).unwrap(), notice(100));
        assert_eq!(notice.split(&[share(1, 30)], vec![share(2, 70)]).unwrap().left(), Money::ZERO);
        let over = notice.split(&[share(1, 30)], vec![share(2, 71)]);
        let refusal = Refusal::OverNotice { amount: fen(100), shares: fen(101), over: fen(1), left: fen(70) };
        assert_eq!(over, Err(refusal));
        let twice = notice.split(&[share(1, 30)], vec![share(1, 5)]);
        assert_eq!(twice, Err(Refusal::RepeatedProject { project: share(1, 0).project }));
        let nothing = notice.split(&[], vec![share(1, 0)]);
        assert_eq!(nothing, Err(Refusal::ZeroShare { project: share(1, 0).project }));
        assert_eq!(notice.split_by(&[], &[]), Err(Refusal::NoProject));
        assert_eq!(notice.amendable(false), Ok(()));
        assert_eq!(notice.amendable(true), Err(Refusal::Arranged));
    }

    #[test]
    fn a_notice_has_a_number_and_an_amount() {
        assert_eq!(notice(0).check(), Err(Refusal::ZeroAmount));
        let nameless = Notice { document: "　".into(), ..notice(5) };
        assert_eq!(nameless.check(), Err(Refusal::DocumentMissing));
        assert_eq!(notice(5).check(), Ok(()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn a_split_by_weights_leaves_nothing(
            fen in 1..=Money::MAX.fen(),
            before in 0..=100_i64,
            weights in prop::collection::vec(0..5000_u32, 1..20),
        ) {
            let notice = notice(fen);
            let earlier: Vec<Share> =
                [share(99, fen / 100 * before)].into_iter().filter(|share| !share.amount.is_zero()).collect();
            let weights: Vec<(ProjectId, u32)> =
                (0..).zip(&weights).map(|(number, weight)| (share(number, 0).project, *weight)).collect();
            let split = notice.split_by(&earlier, &weights).unwrap();
            prop_assert_eq!(split.left(), Money::ZERO);
            let sum = Money::sum(earlier.iter().chain(split.shares()).map(|share| share.amount));
            prop_assert_eq!(sum, Some(notice.amount));
        }

        #[test]
        fn what_is_left_and_what_is_over_are_exact(
            fen in 1..1_000_i64,
            earlier in prop::collection::vec(1..200_i64, 0..4),
            shares in prop::collection::vec(1..200_i64, 0..6),
        ) {
            let of = |from: u128, fens: &[i64]| -> Vec<Share> {
                (from..).zip(fens).map(|(number, fen)| share(number, *fen)).collect()
            };
            let sum: i64 = earlier.iter().chain(&shares).sum();
            match notice(fen).split(&of(0, &earlier), of(100, &shares)) {
                Ok(split) => prop_assert_eq!(split.left().fen(), fen - sum),
                Err(Refusal::OverNotice { over, .. }) => prop_assert_eq!(over.fen(), sum - fen),
                Err(refusal) => return Err(TestCaseError::fail(refusal.to_string())),
            }
        }
    }
}

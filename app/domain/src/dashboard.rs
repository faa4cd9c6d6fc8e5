//! Plan against actual: exact shares and their differences, 时间进度, node targets as dated rules. What the figures say in
//! a sentence lies in `message`. Knows no database and no words.
//!
//! Source: domain.md C2 (序时进度) and C5.2: differences are computed from unrounded values, 97.158 − 83.333 is 13.8.

pub mod message;

use crate::area::{AreaCode, AreaPath};
use crate::mark::Mark;
use crate::money::{Delta, Money};
use crate::period::Month;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Months of a year.
const MONTHS: i64 = 12;

/// A share or a difference of shares, exact.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    part: i128,
    /// above nothing
    whole: i128,
}

impl Ratio {
    /// A share of a whole; of nothing, or of less, there is none.
    pub const fn of(part: i64, whole: i64) -> Option<Ratio> {
        if whole > 0 { Some(Ratio { part: part as i128, whole: whole as i128 }) } else { None }
    }

    /// A share of an amount.
    pub const fn of_money(part: Delta, whole: Delta) -> Option<Ratio> {
        Ratio::of(part.fen(), whole.fen())
    }

    /// Exact: nothing is rounded before it.
    pub fn minus(self, other: Ratio) -> Ratio {
        // Parts and wholes of two amounts stay below 2^63, so that their products fit.
        Ratio { part: self.part * other.whole - other.part * self.whole, whole: self.whole * other.whole }
    }

    /// Thousandths, rounded once, half away from nothing: a percentage with one decimal, or so many points of one.
    pub fn per_mille(self) -> i64 {
        let (mut part, mut whole) = (self.part, self.whole);
        // What would overflow is so large that its last bits say nothing about thousandths.
        while part.unsigned_abs() > u128::MAX >> 14 || whole > i128::MAX >> 14 {
            (part, whole) = (part >> 8, (whole >> 8).max(1));
        }
        let size = (part.unsigned_abs() * 2000 + whole.unsigned_abs()) / (whole.unsigned_abs() * 2);
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        if part < 0 { -size } else { size }
    }

    pub const fn is_below_zero(self) -> bool {
        self.part < 0
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Ratio) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        self.minus(*other).part.cmp(&0)
    }
}

/// 时间进度: the part of the year that is over at the end of a month.
pub fn elapsed(month: u32) -> Ratio {
    Ratio { part: i128::from(month), whole: i128::from(MONTHS) }
}

/// What of a year's plan is due at the end of a month, spread evenly: to the nearest fen, and all of it in December.
pub fn due(plan: Money, month: u32) -> Money {
    let twice = i128::from(plan.fen()) * i128::from(month) * 2 + i128::from(MONTHS);
    let fen = twice / (i128::from(MONTHS) * 2);
    i64::try_from(fen).ok().and_then(Money::from_fen).unwrap_or(plan)
}

/// What a node is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// 支付率: paid of what was issued
    Paid,
    /// 开工率: projects that have begun
    Started,
}

/// A node target (节点目标): how far things are to be at the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// stable
    pub code: &'static str,
    pub aim: Aim,
    /// reached by the end of this month
    pub month: u32,
    /// at least so many thousandths
    pub target: i64,
    /// from this day on, until another rule takes its place
    pub valid_from: NaiveDate,
    /// where it holds; `None` is everywhere
    pub area: Option<AreaCode>,
    pub origin: Origin,
    pub mark: Mark,
}

/// Where a node target is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 西藏自治区 2023 年调度要求, read in a copy
    Tibet2023,
    /// 9 月底 75%, read once and without its document
    Unnamed,
}

/// The targets that are known, with their marks (domain.md C2). A target without a document is a hint.
pub fn nodes() -> Vec<Node> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let tibet = |code, aim, target| Node {
        code,
        aim,
        month: 3,
        target,
        valid_from: first(2023),
        area: AreaCode::new("540000"),
        origin: Origin::Tibet2023,
        mark: Mark::Found,
    };
    vec![
        tibet("first_quarter", Aim::Paid, 300),
        tibet("april_start", Aim::Started, 1000),
        Node {
            code: "september",
            aim: Aim::Paid,
            month: 9,
            target: 750,
            valid_from: first(2023),
            area: None,
            origin: Origin::Unnamed,
            mark: Mark::Known,
        },
    ]
}

/// Of each aim the latest node that holds in an area and is due at the end of a month.
pub fn due_nodes(nodes: &[Node], area: &AreaPath, month: Month) -> Vec<Node> {
    let codes = area.codes();
    let holds = |node: &&Node| {
        node.month <= month.month()
            && node.valid_from <= month.last_day()
            && node.area.is_none_or(|place| codes.contains(&place))
    };
    [Aim::Paid, Aim::Started]
        .into_iter()
        .filter_map(|aim| {
            // Of two of one month the one that came into force later.
            nodes
                .iter()
                .filter(holds)
                .filter(|node| node.aim == aim)
                .max_by_key(|node| (node.month, node.valid_from))
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::FiscalYear;

    #[test]
    fn a_difference_is_rounded_once() {
        // Jiangmen: 629.0 of 647.4, ten months: 13.8, though 97.2 − 83.3 is 13.9.
        let share = Ratio::of(6290, 6474).unwrap();
        assert_eq!(share.per_mille(), 972);
        assert_eq!(elapsed(10).per_mille(), 833);
        assert_eq!(share.minus(elapsed(10)).per_mille(), 138);
        // Zhangye: 42.02 % at the end of April is 8.69 points above a third, and 8.7 with one decimal.
        assert_eq!(Ratio::of(4202, 10_000).unwrap().minus(elapsed(4)).per_mille(), 87);
    }

    #[test]
    fn halves_go_away_from_nothing_on_both_sides() {
        let half = |part| Ratio::of(part, 2000).unwrap().per_mille();
        assert_eq!([half(1), half(-1), half(3), half(-3)], [1, -1, 2, -2]);
        assert_eq!(Ratio::of(1, 0), None);
        assert_eq!(Ratio::of(1, -5), None);
    }

    #[test]
    fn the_largest_amounts_still_have_a_share() {
        let all = Ratio::of(i64::MAX, i64::MAX).unwrap();
        let half = Ratio::of(i64::MAX / 2, i64::MAX).unwrap();
        assert_eq!(all.minus(half).per_mille(), 500);
        assert_eq!(half.minus(all).per_mille(), -500);
        assert!(half < all && all == elapsed(12));
    }

    #[test]
    fn a_plan_is_due_evenly_and_wholly_in_december() {
        let plan = Money::from_fen(1_000_000_000_000_007).unwrap();
        assert_eq!(due(plan, 12), plan);
        assert_eq!(due(plan, 6).fen(), 500_000_000_000_004);
        let all: Vec<i64> = (1..=12).map(|month| due(plan, month).fen()).collect();
        assert!(all.is_sorted());
    }

    #[test]
    fn a_node_holds_where_and_when_its_rule_says() {
        let year = FiscalYear::new(2026).unwrap();
        let month = |month| Month::new(year, month).unwrap();
        let tibet = AreaPath::new("/100000/540000/").unwrap();
        let guizhou = AreaPath::new("/100000/520000/").unwrap();
        let codes = |area: &AreaPath, at| -> Vec<&str> {
            due_nodes(&nodes(), area, month(at)).into_iter().map(|node| node.code).collect()
        };
        assert_eq!(codes(&tibet, 2), Vec::<&str>::new());
        assert_eq!(codes(&tibet, 3), ["first_quarter", "april_start"]);
        assert_eq!(codes(&tibet, 10), ["september", "april_start"]);
        assert_eq!(codes(&guizhou, 8), Vec::<&str>::new());
        assert_eq!(codes(&guizhou, 9), ["september"]);
        let before = Month::new(FiscalYear::new(2022).unwrap(), 12).unwrap();
        assert_eq!(due_nodes(&nodes(), &tibet, before), []);
    }
}

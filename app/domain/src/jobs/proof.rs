//! Proof of the estimates over any projects: sums, splits, money, kinds. Runs in tests only.

use super::coefficient::Coefficients;
use super::estimate::Estimate;
use super::formula::Gap;
use super::input::{Basis, InputKey, Inputs, Multiplier, Override, Stated};
use super::kind::{Population, Unit};
use super::portfolio::{Portfolio, by_payment, is_whole};
use super::quantity::{Kind, Quantity, Range};
use crate::id::ProjectId;
use crate::money::Money;
use crate::project::Category;
use crate::source::Source;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

const CASES: u32 = 2500;
/// 100亿元
const MOST_FEN: i64 = 1_000_000_000_000;

fn basis() -> impl Strategy<Value = Basis> {
    let category = option::of(prop::sample::select(Category::ALL.to_vec()));
    let industry = option::of(prop::sample::select(vec!["A01", "C13", "D44", "F51", "G59", "O80"]));
    let money = || option::weighted(0.9, 0..=MOST_FEN);
    // Nothing and a little of central money are where the methods of 以工代赈 meet.
    let central = prop_oneof![Just(0), 0..=10_000_000_i64, 0..=MOST_FEN];
    (category, industry, any::<[bool; 2]>(), money(), central, money(), option::of(0..5000_u32)).prop_map(
        |(category, industry, [is_dividend, is_work_relief], total, central, pay, households)| Basis {
            category,
            industry: industry.map(str::to_owned),
            is_dividend,
            is_work_relief,
            total: total.and_then(Money::from_fen),
            central: Money::from_fen(central).unwrap(),
            labour_pay: pay.and_then(Money::from_fen),
            households,
            stated: Stated::default(),
        },
    )
}

/// Numbers of people, of one kind at most one each.
fn overrides() -> impl Strategy<Value = Vec<Override>> {
    let range = (0..2_000_000_i64, 0..500_000_i64, 0..500_000_i64);
    btree_map(prop::sample::select(Override::kinds()), range, 0..3).prop_map(|found| {
        let one = |(kind, (low, more, most)): (Kind, (i64, i64, i64))| Override {
            kind,
            range: Range::new(low, low + more, low + more + most).unwrap(),
            reason: "合同".to_owned(),
        };
        found.into_iter().map(one).collect()
    })
}

/// Figures that say nothing of the size of the project, so that halves share them; and numbers of people, which do.
fn rates() -> impl Strategy<Value = Inputs> {
    let keys = vec![
        InputKey::CostPerPost,
        InputKey::FillRate,
        InputKey::TargetShare,
        InputKey::LabourShare,
        InputKey::DayWage,
        InputKey::PayPerHead,
        InputKey::BuilderShare,
        InputKey::Deadweight,
        InputKey::Displacement,
        InputKey::Leakage,
    ];
    let values = btree_map(prop::sample::select(keys), 10..=1000_i64, 0..5);
    let multiplier = option::of(prop::sample::select(Multiplier::ALL.to_vec()));
    (values, multiplier, overrides()).prop_map(|(values, multiplier, overrides)| {
        Inputs {
            // A day is paid with 10 to 1,000 元; the others go from a hundredth to one.
            values: values
                .into_iter()
                .map(|(key, milli)| (key, Decimal::new(milli, if key == InputKey::DayWage { 0 } else { 3 })))
                .collect(),
            multiplier,
            overrides,
            ..Inputs::default()
        }
    })
}

const fn is_share_of_net(key: InputKey) -> bool {
    matches!(key, InputKey::Deadweight | InputKey::Displacement | InputKey::Leakage)
}

fn estimate(basis: &Basis, inputs: &Inputs) -> Estimate {
    Estimate::of(basis, inputs, &Coefficients::shipped())
}

fn project(number: usize) -> ProjectId {
    ProjectId::new(Uuid::from_u128(number as u128))
}

/// The basis with so many parts of its money in thousandths, and what is left of it.
fn split(basis: &Basis, part: i64) -> (Basis, Basis) {
    let halves = |money: Money| {
        let first = i64::try_from(i128::from(money.fen()) * i128::from(part) / 1000).unwrap();
        (Money::from_fen(first).unwrap(), Money::from_fen(money.fen() - first).unwrap())
    };
    let both =
        |money: Option<Money>| (money.map(|money| halves(money).0), money.map(|money| halves(money).1));
    let ((first, second), (total, rest), (pay, left)) =
        (halves(basis.central), both(basis.total), both(basis.labour_pay));
    let households = basis.households.map(|number| number / 2);
    let remain = basis.households.map(|number| number - number / 2);
    (
        Basis { central: first, total, labour_pay: pay, households, ..basis.clone() },
        Basis { central: second, total: rest, labour_pay: left, households: remain, ..basis.clone() },
    )
}

/// Sums by kind, low, default and high.
fn sums(estimates: &[&Estimate]) -> BTreeMap<Kind, Range> {
    let mut portfolio = Portfolio::default();
    for (at, estimate) in estimates.iter().enumerate() {
        portfolio.add(project(at), estimate).unwrap();
    }
    portfolio.totals(1).into_iter().map(|total| (total.kind, total.plain)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn the_sum_of_a_portfolio_is_the_sum_of_its_projects(all in vec((basis(), rates()), 0..6)) {
        let estimates: Vec<Estimate> = all.iter().map(|(basis, inputs)| estimate(basis, inputs)).collect();
        let sums = sums(&estimates.iter().collect::<Vec<_>>());
        let mut by_hand: BTreeMap<Kind, [i64; 3]> = BTreeMap::new();
        for line in estimates.iter().flat_map(|estimate| &estimate.lines) {
            let sum = by_hand.entry(line.quantity.kind).or_default();
            for (sum, part) in sum.iter_mut().zip(<[i64; 3]>::from(line.quantity.range)) {
                *sum += part;
            }
        }
        let sums: BTreeMap<Kind, [i64; 3]> = sums.into_iter().map(|(kind, range)| (kind, range.into())).collect();
        prop_assert_eq!(sums, by_hand);
    }

    /// Each number is kept in thousandths, so two halves may differ from the whole by the rounding of one of them; of a
    /// number that follows from another, by what the other was rounded by.
    #[test]
    fn a_project_split_in_two_leaves_the_total_unchanged(basis in basis(), inputs in rates(), part in 1..1000_i64) {
        prop_assume!(!basis.is_work_relief || basis.central.fen() == 0 || basis.central.fen() >= 1000);
        let inputs = Inputs { overrides: Vec::new(), ..inputs };
        let whole = estimate(&basis, &inputs);
        let (one, two) = split(&basis, part);
        let (one, two) = (estimate(&one, &inputs), estimate(&two, &inputs));
        let (before, after) = (sums(&[&whole]), sums(&[&one, &two]));
        prop_assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (kind, range) in before {
            let slack = if kind.unit == Unit::WorkDay { 400 } else { 2 };
            for (before, after) in <[i64; 3]>::from(range).into_iter().zip(<[i64; 3]>::from(after[&kind])) {
                prop_assert!((before - after).abs() <= slack, "{:?}: {} and {}", kind, before, after);
            }
        }
    }

    #[test]
    fn more_money_never_means_fewer_jobs(basis in basis(), inputs in rates(), more in 0..MOST_FEN) {
        let add = |money: Money| Money::from_fen(money.fen() + more).unwrap();
        let richer = Basis {
            total: basis.total.map(add),
            central: add(basis.central),
            ..basis.clone()
        };
        let (before, after) = (estimate(&basis, &inputs), estimate(&richer, &inputs));
        // A person's number of a part that is larger than all is no number; with more for all it becomes one.
        let is_left_out = |kind: Kind| {
            let gap = (kind.phase, Gap::PartAboveWhole { population: kind.population });
            before.gaps.contains(&gap) || after.gaps.contains(&gap)
        };
        for line in before.lines.iter().filter(|line| !is_left_out(line.quantity.kind)) {
            let (old, new) = (line.quantity.range, after.get(line.quantity.kind).unwrap());
            prop_assert!(
                old.low() <= new.low() && old.standard() <= new.standard() && old.high() <= new.high(),
                "{:?}: {:?} and {:?}", line.quantity.kind, old, new
            );
        }
    }

    #[test]
    fn net_stands_beside_gross_and_is_never_more(basis in basis(), inputs in rates()) {
        let found = estimate(&basis, &inputs);
        let gross = estimate(&basis, &Inputs {
            values: inputs.values.iter().filter(|(key, _)| !is_share_of_net(**key)).map(|(key, value)| (*key, *value)).collect(),
            ..inputs.clone()
        });
        prop_assert_eq!(&found.lines, &gross.lines, "what is added up knows no deadweight");
        prop_assert!(found.lines.iter().all(|line| !line.is_net) && gross.net.is_empty());
        for line in &found.net {
            let all = found.get(line.quantity.kind).unwrap();
            prop_assert!(line.is_net && line.manual.is_none() && line.quantity.range.high() <= all.high());
            prop_assert_eq!(line.formula.range().unwrap(), line.quantity.range);
        }
    }

    #[test]
    fn every_number_has_one_kind_and_kinds_are_never_mixed(basis in basis(), inputs in rates()) {
        let found = estimate(&basis, &inputs);
        for (at, line) in found.lines.iter().enumerate() {
            let others = &found.lines[at + 1..];
            prop_assert!(others.iter().all(|other| other.quantity.kind != line.quantity.kind));
            prop_assert!(others.iter().all(|other| line.quantity.plus(other.quantity).is_err()));
            match &line.manual {
                None => prop_assert_eq!(line.formula.range().unwrap(), line.quantity.range),
                Some(_) => prop_assert!(line.is_by_hand && line.teaches().is_none()),
            }
            if line.quantity.kind.population != Population::All {
                let all = Kind { population: Population::All, ..line.quantity.kind };
                let whole = found.get(all).unwrap_or(line.quantity.range);
                prop_assert!(!line.quantity.range.is_above(whole));
                prop_assert!(!is_whole(line.quantity.kind));
            }
        }
    }

    #[test]
    fn whatever_the_sources_paid_no_job_is_counted_twice(
        milli in 0..=Range::MAX,
        paid in btree_map(prop::sample::select(Source::ALL.to_vec()), 0..=MOST_FEN, 1..8),
    ) {
        let paid: BTreeMap<Source, Money> =
            paid.into_iter().map(|(source, fen)| (source, Money::from_fen(fen).unwrap())).collect();
        let jobs = Quantity { kind: Kind::HEADLINE, range: Range::exactly(milli).unwrap() };
        let shares = by_payment(jobs, &paid);
        let pays = paid.values().any(|money| !money.is_zero());
        let sum: i64 = shares.values().map(|share| share.range.standard()).sum();
        prop_assert_eq!(sum, if pays { milli } else { 0 });
        let mut portfolio = Portfolio::default();
        portfolio.add_lines(project(1), [jobs]).unwrap();
        prop_assert!(portfolio.add_lines(project(1), [jobs]).is_err());
    }

    #[test]
    fn the_range_of_a_sum_lies_within_the_plain_sum(ranges in vec((0..1_000_000_i64, 0..1_000_000_i64, 0..1_000_000_i64), 1..4), seed in any::<u64>()) {
        let mut portfolio = Portfolio::default();
        for (at, (low, more, most)) in ranges.into_iter().enumerate() {
            let range = Range::new(low, low + more, low + more + most).unwrap();
            portfolio.add_lines(project(at), [Quantity { kind: Kind::HEADLINE, range }]).unwrap();
        }
        let total = portfolio.totals(seed)[0];
        prop_assert!(total.plain.low() <= total.drawn.low() && total.drawn.high() <= total.plain.high());
        prop_assert_eq!(total.drawn.standard(), total.plain.standard());
    }
}

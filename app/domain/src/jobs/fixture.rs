//! The real cases of domain.md C4.1 come out of the methods. Runs in tests only.

use super::coefficient::{Coefficients, Key};
use super::estimate::Estimate;
use super::formula::{Factor, Formula, Gap};
use super::input::{Basis, InputKey, Inputs, Multiplier, Override, Stated};
use super::kind::{Layer, Phase, Population, Unit};
use super::method::Method;
use super::quantity::{Kind, Range};
use crate::money::{Money, Unit as MoneyUnit};
use crate::project::Category;
use rust_decimal::{Decimal, RoundingStrategy};

fn wan(text: &str) -> Money {
    Money::parse(text, MoneyUnit::Wan).unwrap()
}

fn inputs(values: &[(InputKey, &str)]) -> Inputs {
    let values = values.iter().map(|(key, text)| (*key, text.parse().unwrap())).collect();
    Inputs { values, ..Inputs::default() }
}

fn estimate(basis: &Basis, inputs: &Inputs) -> Estimate {
    Estimate::of(basis, inputs, &Coefficients::shipped())
}

/// Whole jobs, as they are counted.
fn whole(range: Range) -> i64 {
    (range.standard() + 500) / 1000
}

fn relocated() -> Kind {
    Kind { population: Population::Relocated, ..Kind::HEADLINE }
}

fn builders() -> Kind {
    Kind::direct(Phase::Construction, Unit::Person, Population::All)
}

/// A quotient as it is printed, half away from zero.
fn printed(number: Decimal, decimals: u32) -> String {
    number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).to_string()
}

fn workshop() -> Basis {
    Basis { category: Some(Category::ProductiveIndustry), total: Some(wan("2600")), ..Basis::default() }
}

#[test]
fn heshun_has_422_posts_at_6_16_of_which_263_relocated() {
    let basis = workshop();
    let by_cost = estimate(&basis, &inputs(&[(InputKey::CostPerPost, "6.16")]));
    assert_eq!(whole(by_cost.get(Kind::HEADLINE).unwrap()), 422);
    let staffed = inputs(&[(InputKey::Lines, "1"), (InputKey::StaffPerLine, "422")]);
    let by_lines = estimate(&basis, &staffed);
    assert_eq!(by_lines.get(Kind::HEADLINE), Range::exactly(422_000));
    assert_eq!(whole(by_lines.get(relocated()).unwrap()), 263);
    let cost = Decimal::new(by_lines.fen_per_post(&basis).unwrap(), 6);
    assert_eq!(printed(cost, 2), "6.16");
    let share = Decimal::from(26_300) / Decimal::from(422);
    assert_eq!(printed(share, 1), "62.3");
    // The usual number of posts a million holds the real one: 16.2.
    let usual = estimate(&basis, &Inputs::default()).get(Kind::HEADLINE).unwrap();
    assert_eq!(<[i64; 3]>::from(usual), [260_000, 416_000, 520_000]);
}

#[test]
fn zuoquan_solar_brings_income_to_620_households_and_no_job() {
    let basis = Basis {
        category: Some(Category::ProductiveIndustry),
        industry: Some("D44".into()),
        is_dividend: true,
        total: Some(wan("885.14")),
        households: Some(620),
        ..Basis::default()
    };
    let found = estimate(&basis, &Inputs::default());
    assert_eq!(found.get(Kind::HEADLINE), Range::exactly(0));
    assert_eq!(found.get(relocated()), Range::exactly(0));
    let households = Kind::direct(Phase::Operation, Unit::Household, Population::All);
    assert_eq!(found.get(households), Range::exactly(620_000));
    let jobs = found.lines.iter().filter(|line| line.quantity.kind.unit != Unit::Household);
    assert_eq!(jobs.map(|line| line.quantity.range.high()).sum::<i64>(), 0, "households are never jobs");
}

#[test]
fn hubei_pays_50_27_percent_of_central_money_and_1_59_a_head() {
    let basis = Basis {
        category: Some(Category::Infrastructure),
        is_work_relief: true,
        total: Some(wan("398")),
        central: wan("370"),
        labour_pay: Some(wan("186")),
        ..Basis::default()
    };
    let share = Decimal::from(18_600) / Decimal::from(370);
    assert_eq!(printed(share, 2), "50.27");
    assert_eq!(printed(Decimal::from(186) / Decimal::from(117), 2), "1.59");
    let found = estimate(&basis, &Inputs::default());
    let people = found.get(builders()).unwrap();
    assert!(people.low() <= 117_000 && 117_000 <= people.high(), "117 really came: {people:?}");
    let stated = estimate(&basis, &inputs(&[(InputKey::PayPerHead, "1.59")]));
    assert_eq!(whole(stated.get(builders()).unwrap()), 117);
    // 31 a million of central money, to compare with.
    let beside = found.benchmarks.iter().find(|line| line.quantity.kind == builders()).unwrap();
    assert_eq!(beside.quantity.range.standard(), 114_700);
}

#[test]
fn a_promise_below_the_floor_counts_as_the_floor() {
    let basis =
        Basis { is_work_relief: true, central: wan("320"), labour_pay: Some(wan("90")), ..Basis::default() };
    let found = estimate(&basis, &inputs(&[(InputKey::PayPerHead, "1.2")]));
    assert_eq!(found.get(builders()), Range::exactly(80_000), "0.30 × 320 ÷ 1.2");
    let terms = &found.lines[0].formula.terms;
    assert_eq!(terms[1].factor, Factor::Floor { key: Key::ReliefPayShare });
}

#[test]
fn the_country_paid_1_14_a_head_in_2024() {
    // 41亿元 to 36万人.
    assert_eq!(printed(Decimal::from(410_000) / Decimal::from(360_000), 2), "1.14");
    let basis = Basis { is_work_relief: true, labour_pay: Some(wan("410000")), ..Basis::default() };
    let found = estimate(&basis, &inputs(&[(InputKey::PayPerHead, "1.14")]));
    let people = found.get(builders()).unwrap().standard();
    assert!((359_500_000..360_500_000).contains(&people), "{people}");
}

#[test]
fn the_scottish_vector_100_becomes_128_and_162() {
    let mut staffed = inputs(&[(InputKey::Lines, "10"), (InputKey::StaffPerLine, "10")]);
    let direct = estimate(&workshop(), &staffed);
    assert!(direct.lines.iter().all(|line| line.quantity.kind.layer == Layer::Direct), "off by default");
    staffed.multiplier = Some(Multiplier::TypeOne);
    let one = estimate(&workshop(), &staffed).with_layers(Phase::Operation, Unit::Post).unwrap();
    assert_eq!(one.standard(), 128_000);
    staffed.multiplier = Some(Multiplier::TypeTwo);
    let two = estimate(&workshop(), &staffed).with_layers(Phase::Operation, Unit::Post).unwrap();
    assert_eq!((two.standard(), whole(two)), (161_700, 162));
}

#[test]
fn what_the_list_claims_stands_beside_and_changes_nothing() {
    let claimed = Basis {
        stated: Stated { construction: Some(9), operation: Some(900), posts: Some(9000) },
        ..workshop()
    };
    let (with, without) = (estimate(&claimed, &Inputs::default()), estimate(&workshop(), &Inputs::default()));
    assert_eq!(with.lines, without.lines);
    assert_eq!(with.stated.posts, Some(9000));
}

#[test]
fn a_persons_number_replaces_the_computed_one_and_keeps_it_in_sight() {
    let range = Range::exactly(50_000).unwrap();
    let reason = "已签订用工合同".to_owned();
    let replaced = Override { kind: Kind::HEADLINE, range, reason: reason.clone() };
    let found = estimate(&workshop(), &Inputs { overrides: vec![replaced], ..Inputs::default() });
    let line = found.lines.iter().find(|line| line.quantity.kind == Kind::HEADLINE).unwrap();
    let manual = line.manual.as_ref().unwrap();
    assert_eq!((line.quantity.range, &manual.reason), (range, &reason));
    assert_eq!(manual.computed.unwrap().standard(), 416_000);
    // The share of relocated people goes by the person's number.
    assert_eq!(found.get(relocated()).unwrap().standard(), 31_150);
    // Where nothing comes out, it stands alone.
    let service = Basis { category: Some(Category::PublicService), ..Basis::default() };
    let replaced = Override { kind: Kind::HEADLINE, range, reason };
    let alone = estimate(&service, &Inputs { overrides: vec![replaced], ..Inputs::default() });
    assert_eq!((alone.lines[0].method, alone.get(Kind::HEADLINE)), (Method::Manual, Some(range)));
}

#[test]
fn net_is_told_from_gross() {
    let gross = estimate(&workshop(), &Inputs::default());
    assert!(gross.lines.iter().all(|line| !line.is_net));
    let shares = [(InputKey::Deadweight, "0.2"), (InputKey::Displacement, "0.1"), (InputKey::Leakage, "0.5")];
    let net = estimate(&workshop(), &inputs(&shares));
    assert_eq!(net.lines, gross.lines, "what is added up stays gross");
    assert_eq!(net.net.len(), net.lines.len());
    let posts = net.net.iter().find(|line| line.quantity.kind == Kind::HEADLINE).unwrap();
    assert!(posts.is_net && gross.net.is_empty());
    assert_eq!(posts.quantity.range.standard(), 149_760, "416 × 0.8 × 0.9 × 0.5");
    // Whoever gives a number by hand has spoken of what there is: it is neither net nor corrected.
    let by_hand = Inputs { overrides: vec![by_hand(Kind::HEADLINE, 50)], ..inputs(&shares) };
    let found = estimate(&workshop(), &by_hand);
    assert!(found.lines.iter().all(|line| !line.is_net));
    assert!(found.net.iter().all(|line| line.quantity.kind.phase == Phase::Construction), "{:?}", found.net);
}

fn by_hand(kind: Kind, jobs: i64) -> Override {
    Override { kind, range: Range::exactly(jobs * 1000).unwrap(), reason: "合同".into() }
}

fn years() -> Kind {
    Kind::direct(Phase::Construction, Unit::Fte, Population::All)
}

#[test]
fn what_follows_from_a_persons_number_follows_it() {
    let relief = Basis { is_work_relief: true, central: wan("320"), ..Basis::default() };
    let people = Inputs { overrides: vec![by_hand(builders(), 200)], ..Inputs::default() };
    let found = estimate(&relief, &people);
    assert_eq!(found.get(years()).unwrap().standard(), 34_000, "200 × 0.17");
    let road =
        Basis { category: Some(Category::Infrastructure), total: Some(wan("1000")), ..Basis::default() };
    let days = Kind::direct(Phase::Construction, Unit::WorkDay, Population::All);
    for wage in [&[][..], &[(InputKey::DayWage, "200")]] {
        let inputs = Inputs { overrides: vec![by_hand(years(), 10)], ..inputs(wage) };
        assert_eq!(estimate(&road, &inputs).get(days).unwrap().standard(), 2_400_000, "10 × 240");
    }
}

#[test]
fn a_part_by_hand_is_never_more_than_all() {
    let all = estimate(&workshop(), &Inputs::default()).get(Kind::HEADLINE).unwrap();
    let of = |kind, jobs| Inputs { overrides: vec![by_hand(kind, jobs)], ..Inputs::default() };
    assert_eq!(estimate(&workshop(), &of(relocated(), 263)).get(relocated()), Range::exactly(263_000));
    for kind in [relocated(), Kind { population: Population::Poor, ..Kind::HEADLINE }] {
        let found = estimate(&workshop(), &of(kind, 417));
        assert!(found.lines.iter().all(|line| line.manual.is_none()));
        assert!(found.get(kind).is_none_or(|part| !part.is_above(all)));
        let gap = Gap::PartAboveWhole { population: kind.population };
        assert_eq!(found.gaps, [(Phase::Operation, gap)]);
    }
}

#[test]
fn a_little_central_money_takes_no_job_away() {
    let works = Basis { is_work_relief: true, total: Some(wan("100000")), ..Basis::default() };
    let before = estimate(&works, &Inputs::default()).get(builders()).unwrap();
    assert_eq!(before.standard(), 800_000);
    let found = estimate(&Basis { central: wan("1"), ..works.clone() }, &Inputs::default());
    assert_eq!((found.get(builders()), found.lines[0].method), (Some(before), Method::KeyWorks));
    let found = estimate(&Basis { central: wan("2400"), ..works }, &Inputs::default());
    assert_eq!((whole(found.get(builders()).unwrap()), found.lines[0].method), (800, Method::WorkRelief));
    assert_eq!(found.get(builders()).unwrap().high(), 3_000_000, "the wider end of both");
}

#[test]
fn a_stated_figure_teaches_nothing_of_the_coefficient_in_whose_place_it_stands() {
    let teaches = |basis: &Basis, inputs: &Inputs, kind: Kind| {
        estimate(basis, inputs).lines.into_iter().find(|line| line.quantity.kind == kind).unwrap().teaches()
    };
    assert_eq!(teaches(&workshop(), &Inputs::default(), Kind::HEADLINE), Some(Key::WorkshopPosts));
    let relief = Basis { is_work_relief: true, central: wan("320"), ..Basis::default() };
    assert_eq!(teaches(&relief, &Inputs::default(), builders()), Some(Key::ReliefPayPerHead));
    let head = [(InputKey::PayPerHead, "1.4")];
    assert_eq!(teaches(&relief, &inputs(&head), builders()), None);
    let road =
        Basis { category: Some(Category::Infrastructure), total: Some(wan("1000")), ..Basis::default() };
    assert_eq!(teaches(&road, &inputs(&head), builders()), Some(Key::RuralLabourShare));
    let both = [(InputKey::PayPerHead, "1.4"), (InputKey::LabourShare, "0.3")];
    assert_eq!(teaches(&road, &inputs(&both), builders()), None);
    let by_hand = Inputs { overrides: vec![by_hand(Kind::HEADLINE, 9)], ..Inputs::default() };
    assert_eq!(teaches(&workshop(), &by_hand, Kind::HEADLINE), None);
}

#[test]
fn funded_posts_and_ordinary_works_by_their_formulas() {
    // 武平: 2,400元 a year for a post.
    let budget = inputs(&[(InputKey::PostBudget, "24"), (InputKey::PostPay, "200")]);
    let service = Basis { category: Some(Category::PublicService), ..Basis::default() };
    assert_eq!(estimate(&service, &budget).get(Kind::HEADLINE), Range::exactly(100_000));
    let road =
        Basis { category: Some(Category::Infrastructure), total: Some(wan("1000")), ..Basis::default() };
    let days = Kind::direct(Phase::Construction, Unit::WorkDay, Population::All);
    let paid = inputs(&[(InputKey::DayWage, "200")]);
    // 1,000万元 × 0.20 ÷ 200元.
    assert_eq!(estimate(&road, &paid).get(days).unwrap().standard(), 10_000_000);
    let years = Kind::direct(Phase::Construction, Unit::Fte, Population::All);
    let usual = estimate(&road, &Inputs::default()).get(years).unwrap();
    // 200万元 ÷ (5,743元 × 12).
    assert_eq!(usual.standard(), 29_021);
}

#[test]
fn a_formula_reckons_what_it_prints() {
    let mut shares = inputs(&[(InputKey::Deadweight, "0.2")]);
    shares.multiplier = Some(Multiplier::TypeTwo);
    for line in estimate(&workshop(), &shares).lines {
        let again = Formula { terms: line.formula.terms.clone(), ..Formula::default() }.range().unwrap();
        assert_eq!(again, line.quantity.range, "{:?}", line.quantity.kind);
    }
}

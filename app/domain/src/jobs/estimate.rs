//! The estimate of one project: for each phase and unit a range with its formula. Pure: the same on server and browser.
//!
//! Rules: construction and operation stay apart; households linked are never jobs; relocated people are a share of all,
//! never added to them; a person's number replaces the computed one and carries its reason; indirect and induced jobs
//! only when switched on. Every line is gross, so that sums add like to like; what is left after deadweight, displacement
//! and leakage stands beside, in a list that no sum takes.

mod phase;

use super::calibration::proposal::key_of;
use super::coefficient::{Coefficients, Key};
use super::formula::{Factor, Formula, Gap};
use super::input::{Basis, InputKey, Inputs, Multiplier, Override, Stated};
use super::kind::{Layer, Phase, Population, Unit};
use super::method::Method;
use super::quantity::{Kind, Quantity, Range};
use crate::project::Category;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Everything that is estimated about a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// edition of coefficients it stands on
    pub edition: u32,
    /// gross, all of them: these are kept and added up
    pub lines: Vec<Line>,
    /// net numbers of the same kinds, where shares are stated; never added to anything
    pub net: Vec<Line>,
    /// phases of which nothing comes out, with the cause
    pub gaps: Vec<(Phase, Gap)>,
    /// other ways to the same number, to compare with; never counted
    pub benchmarks: Vec<Line>,
    /// 填报, beside it
    pub stated: Stated,
}

/// One number of an estimate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub quantity: Quantity,
    pub method: Method,
    pub formula: Formula,
    /// after deadweight, displacement and leakage; gross otherwise
    pub is_net: bool,
    /// a person's number stands here
    pub manual: Option<Manual>,
    /// it is a person's number, or follows from one: such a number is not corrected, since whoever gave it knew more
    pub is_by_hand: bool,
}

/// What a person's number replaced, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manual {
    /// `None` where nothing had come out
    pub computed: Option<Range>,
    pub reason: String,
}

/// Shares that make a gross number net.
const NET: [InputKey; 3] = [InputKey::Deadweight, InputKey::Displacement, InputKey::Leakage];

impl Estimate {
    pub fn of(basis: &Basis, inputs: &Inputs, coefficients: &Coefficients) -> Estimate {
        let mut estimate = Estimate {
            edition: coefficients.edition,
            lines: Vec::with_capacity(8),
            net: Vec::new(),
            gaps: Vec::new(),
            benchmarks: Vec::new(),
            stated: basis.stated,
        };
        let work = Work { basis, inputs: Cow::Borrowed(inputs), coefficients };
        for phase in Phase::ALL {
            let found = match phase {
                Phase::Construction => work.construction(),
                Phase::Operation => work.operation(),
            };
            let found = found.unwrap_or_else(|gap| {
                estimate.gaps.push((*phase, gap));
                Vec::new()
            });
            estimate.take_phase(&work, *phase, found);
        }
        estimate.net = estimate.lines.iter().filter_map(|line| work.net(line)).collect();
        if let Some(households) = work.households() {
            estimate.lines.push(households);
        }
        estimate.benchmarks = work.benchmarks();
        estimate
    }

    /// The number of one kind.
    pub fn get(&self, kind: Kind) -> Option<Range> {
        self.lines.iter().find(|line| line.quantity.kind == kind).map(|line| line.quantity.range)
    }

    /// Direct, indirect and induced of one phase and unit together, as multipliers tell them: 100 × 1.280 is 128.
    pub fn with_layers(&self, phase: Phase, unit: Unit) -> Option<Range> {
        let layers = Layer::ALL
            .iter()
            .filter_map(|layer| self.get(Kind { phase, layer: *layer, unit, population: Population::All }));
        layers.reduce(Range::plus)
    }

    /// Money a post, in fen; the default of the posts of the operation.
    pub fn fen_per_post(&self, basis: &Basis) -> Option<i64> {
        let posts = self.get(Kind::HEADLINE)?.standard();
        let fen = i128::from(basis.total?.fen()) * 1000;
        i64::try_from((fen + i128::from(posts) / 2).checked_div(i128::from(posts))?).ok()
    }

    /// Puts people's numbers in the place of computed ones, all people first: the rest is reckoned from them.
    fn take_phase(&mut self, work: &Work, phase: Phase, found: Vec<Line>) {
        let mut lines: Vec<Line> = found.into_iter().map(|line| work.overridden(line)).collect();
        work.add_manual(phase, Population::All, &mut lines);
        let work = &work.without_parts_above(phase, &lines, &mut self.gaps);
        match work.share_of_relocated(phase, &lines) {
            Ok(relocated) => lines.extend(relocated.into_iter().map(|line| work.overridden(line))),
            Err(gap) => self.gaps.push((phase, gap)),
        }
        work.add_manual(phase, Population::Relocated, &mut lines);
        work.add_manual(phase, Population::Poor, &mut lines);
        match work.further_layers(phase, &lines) {
            Ok(further) => lines.extend(further),
            Err(gap) => self.gaps.push((phase, gap)),
        }
        self.lines.extend(lines);
    }
}

/// What everything is reckoned from.
struct Work<'a> {
    basis: &'a Basis,
    inputs: Cow<'a, Inputs>,
    coefficients: &'a Coefficients,
}

impl Line {
    /// A gross number that was reckoned.
    const fn reckoned(quantity: Quantity, method: Method, formula: Formula) -> Line {
        Line { quantity, method, formula, is_net: false, manual: None, is_by_hand: false }
    }

    /// The coefficient that it teaches something of when it is held against what came: only one that it stands on.
    pub fn teaches(&self) -> Option<Key> {
        if self.is_by_hand || self.is_net { None } else { key_of(self.method, &self.formula) }
    }
}

impl<'a> Work<'a> {
    /// A line of direct jobs of all people.
    fn line(&self, phase: Phase, unit: Unit, method: Method, formula: Formula) -> Result<Line, Gap> {
        let kind = Kind::direct(phase, unit, Population::All);
        let quantity = Quantity { kind, range: formula.range()? };
        Ok(Line::reckoned(quantity, method, formula))
    }

    /// What is left of a number after the shares that are stated; nothing where none is, or where a person spoke.
    fn net(&self, line: &Line) -> Option<Line> {
        let mut formula = line.formula.clone();
        let stated = NET.into_iter().filter_map(|input| Some((input, self.inputs.get(input)?)));
        for (input, share) in stated {
            formula = formula.times(Factor::Rest { input }, Decimal::ONE - share);
        }
        if line.is_by_hand || formula == line.formula {
            return None;
        }
        let quantity = Quantity { kind: line.quantity.kind, range: formula.range().ok()? };
        Some(Line { is_net: true, ..Line::reckoned(quantity, line.method, formula) })
    }

    /// The same without numbers of people that are a part of all and larger than all; each leaves its cause behind.
    fn without_parts_above(&self, phase: Phase, wholes: &[Line], gaps: &mut Vec<(Phase, Gap)>) -> Work<'a> {
        let mut inputs = self.inputs.clone();
        let is_above = |found: &Override| {
            let all = Kind { population: Population::All, ..found.kind };
            let whole = wholes.iter().find(|line| line.quantity.kind == all).map(|line| line.quantity.range);
            found.kind.phase == phase && whole.is_some_and(|whole| found.range.is_above(whole))
        };
        if inputs.overrides.iter().any(is_above) {
            inputs.to_mut().overrides.retain(|found| {
                if is_above(found) {
                    gaps.push((phase, Gap::PartAboveWhole { population: found.kind.population }));
                }
                !is_above(found)
            });
        }
        Work { basis: self.basis, inputs, coefficients: self.coefficients }
    }

    /// A line that follows from another one.
    fn follows(
        from: &Line,
        kind: Kind,
        method: Method,
        further: impl FnOnce(Formula) -> Result<Formula, Gap>,
    ) -> Result<Line, Gap> {
        let from_unit = Factor::Estimated { unit: from.quantity.kind.unit };
        let formula = further(Formula::default().times_range(from_unit, from.quantity.range.decimals()))?;
        let quantity = Quantity { kind, range: formula.range()? };
        Ok(Line { is_by_hand: from.is_by_hand, ..Line::reckoned(quantity, method, formula) })
    }

    /// A person's number in the place of a computed one; before anything follows from it.
    fn overridden(&self, line: Line) -> Line {
        let found = self.inputs.override_of(line.quantity.kind).filter(|_| line.manual.is_none());
        let Some(found) = found else { return line };
        let manual = Manual { computed: Some(line.quantity.range), reason: found.reason.clone() };
        let quantity = Quantity { kind: found.kind, range: found.range };
        Line { quantity, manual: Some(manual), is_by_hand: true, ..line }
    }

    /// Numbers of people where nothing was computed.
    fn add_manual(&self, phase: Phase, population: Population, lines: &mut Vec<Line>) {
        for found in &self.inputs.overrides {
            let is_here = found.kind.phase == phase && found.kind.population == population;
            if is_here && lines.iter().all(|line| line.quantity.kind != found.kind) {
                lines.push(Line {
                    quantity: Quantity { kind: found.kind, range: found.range },
                    method: Method::Manual,
                    formula: Formula::default(),
                    is_net: false,
                    manual: Some(Manual { computed: None, reason: found.reason.clone() }),
                    is_by_hand: true,
                });
            }
        }
    }

    /// 搬迁群众: a share of the posts, or of the people who build. Of industry the coefficient says it; of everything
    /// else only what was stated.
    fn share_of_relocated(&self, phase: Phase, lines: &[Line]) -> Result<Vec<Line>, Gap> {
        let (unit, input) = match phase {
            Phase::Construction => (Unit::Person, InputKey::BuilderShare),
            Phase::Operation => (Unit::Post, InputKey::TargetShare),
        };
        let stated = self.inputs.get(input);
        let all = Kind::direct(phase, unit, Population::All);
        let Some(line) = lines.iter().find(|line| line.quantity.kind == all) else { return Ok(Vec::new()) };
        let is_known = phase == Phase::Operation && self.is_workplace();
        if stated.is_none() && !is_known {
            return Ok(Vec::new());
        }
        let kind = Kind { population: Population::Relocated, ..all };
        let shared = Work::follows(line, kind, line.method, |mut formula| {
            if let Some(rate) = self.inputs.get(InputKey::FillRate).filter(|_| phase == Phase::Operation) {
                formula = formula.times(Factor::Stated { input: InputKey::FillRate }, rate);
            }
            match stated {
                Some(share) => Ok(formula.times(Factor::Stated { input }, share)),
                None => formula.times_key(self.coefficients, Key::TargetShare),
            }
        })?;
        Ok(vec![shared])
    }

    fn is_workplace(&self) -> bool {
        match self.basis.category {
            Some(Category::ProductiveIndustry | Category::LivingIndustry | Category::Employment) => true,
            Some(
                Category::Infrastructure | Category::PublicService | Category::Governance | Category::Housing,
            )
            | None => false,
        }
    }

    /// Indirect and induced jobs, from the direct ones of all people.
    fn further_layers(&self, phase: Phase, lines: &[Line]) -> Result<Vec<Line>, Gap> {
        let Some(multiplier) = self.inputs.multiplier else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let layers = match multiplier {
            Multiplier::TypeOne => &[Layer::Indirect][..],
            Multiplier::TypeTwo => &[Layer::Indirect, Layer::Induced][..],
        };
        for line in lines.iter().filter(|line| line.quantity.kind.population == Population::All) {
            for layer in layers {
                let kind = Kind { phase, layer: *layer, ..line.quantity.kind };
                let (key, added) = self.added(*layer)?;
                let further = |formula: Formula| Ok(formula.times_range(Factor::Added { key }, added));
                found.push(Work::follows(line, kind, Method::Multiplier, further)?);
            }
        }
        Ok(found)
    }

    /// What a multiplier adds to one direct job in a layer; never less than nothing.
    fn added(&self, layer: Layer) -> Result<(Key, [Decimal; 3]), Gap> {
        let numbers = |key: Key| {
            let line = self.coefficients.get(key).ok_or(Gap::Coefficient { key })?;
            Ok([line.low, line.standard, line.high])
        };
        let one = numbers(Key::TypeOneMultiplier)?;
        let (key, above, below) = match layer {
            Layer::Direct | Layer::Indirect => (Key::TypeOneMultiplier, one, [Decimal::ONE; 3]),
            Layer::Induced => (Key::TypeTwoMultiplier, numbers(Key::TypeTwoMultiplier)?, one),
        };
        let mut added = [Decimal::ZERO; 3];
        for ((added, above), below) in added.iter_mut().zip(above).zip(below) {
            *added = (above - below).max(Decimal::ZERO);
        }
        added.sort_unstable();
        Ok((key, added))
    }
}

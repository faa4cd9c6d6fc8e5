//! The work on one reconciliation as what follows from its steps, in their order: unit, joined and parted, notes, hands,
//! signature. A step that does not lead on from where the work stands is refused.

use super::{Group, Hand, Outcome, Refusal};
use crate::id::{EntryId, UserId};
use crate::money::Unit;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 对账中
    Open,
    /// 待签认
    Submitted,
    /// 已签认: nothing changes any more
    Signed,
    /// 已作废: as if the file had not come
    Withdrawn,
}

/// One step, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum Step {
    /// In which unit the amounts of the file are written.
    Unit {
        unit: Unit,
    },
    Link {
        groups: Vec<Group>,
    },
    Part {
        groups: Vec<Group>,
    },
    /// Why these lines and entries differ.
    Explain {
        group: Group,
        text: String,
    },
    /// To whoever signs.
    Submit,
    Withdraw,
    /// Back to whoever matched.
    Return {
        reason: String,
    },
    /// What is signed, and up to which place of the chain the ledger was known.
    Sign {
        outcome: Outcome,
        known_at: i64,
    },
}

/// A step and who took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub step: Step,
    pub by: UserId,
}

/// Why things differ, as people wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    pub lines: BTreeMap<u32, String>,
    pub entries: BTreeMap<EntryId, String>,
}

/// Where the work stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    pub state: State,
    pub unit: Option<Unit>,
    pub hand: Hand,
    pub notes: Notes,
    /// Everybody who brought the file or matched: none of them signs.
    pub hands: BTreeSet<UserId>,
    /// Why it was given back last.
    pub returned: Option<String>,
    pub signed: Option<(Outcome, i64)>,
}

impl State {
    pub const ALL: [State; 4] = [State::Open, State::Submitted, State::Signed, State::Withdrawn];

    pub const fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Submitted => "submitted",
            State::Signed => "signed",
            State::Withdrawn => "withdrawn",
        }
    }
}

impl Step {
    /// Stable code in the database and the trail.
    pub const fn code(&self) -> &'static str {
        match self {
            Step::Unit { .. } => "unit",
            Step::Link { .. } => "link",
            Step::Part { .. } => "part",
            Step::Explain { .. } => "explain",
            Step::Submit => "submit",
            Step::Withdraw => "withdraw",
            Step::Return { .. } => "return",
            Step::Sign { .. } => "sign",
        }
    }
}

impl Work {
    /// Before any step; whoever brought the file had a hand in it.
    pub fn new(maker: UserId) -> Work {
        Work {
            state: State::Open,
            unit: None,
            hand: Hand::default(),
            notes: Notes::default(),
            hands: BTreeSet::from([maker]),
            returned: None,
            signed: None,
        }
    }

    /// What the steps led to.
    pub fn of(maker: UserId, acts: impl IntoIterator<Item = Act>) -> Result<Work, Refusal> {
        acts.into_iter().try_fold(Work::new(maker), Work::after)
    }

    /// The next step.
    pub fn after(mut self, act: Act) -> Result<Work, Refusal> {
        let Act { step, by } = act;
        let wrong = Refusal::WrongState { state: self.state };
        match (self.state, step) {
            (State::Open, Step::Unit { unit }) => {
                if !self.hand.groups.is_empty() {
                    return Err(Refusal::UnitFixed);
                }
                self.unit = Some(unit);
            }
            (State::Open, Step::Link { groups }) => self.link(groups)?,
            (State::Open, Step::Part { groups }) => self.part(groups)?,
            (State::Open, Step::Explain { group, text }) => self.explain(&group, &text)?,
            (State::Open, Step::Submit) => {
                self.known_unit()?;
                self.state = State::Submitted;
            }
            (State::Open, Step::Withdraw) => self.state = State::Withdrawn,
            (State::Submitted, Step::Return { reason }) => {
                self.state = State::Open;
                self.returned = Some(said(&reason)?);
                // Whoever gives it back did not match.
                return Ok(self);
            }
            (State::Submitted, Step::Sign { outcome, known_at }) => {
                if self.hands.contains(&by) {
                    return Err(Refusal::OwnWork);
                }
                (self.state, self.signed) = (State::Signed, Some((outcome, known_at)));
                return Ok(self);
            }
            (State::Open, Step::Return { .. } | Step::Sign { .. })
            | (
                State::Submitted,
                Step::Unit { .. }
                | Step::Link { .. }
                | Step::Part { .. }
                | Step::Explain { .. }
                | Step::Submit
                | Step::Withdraw,
            )
            | (
                State::Signed | State::Withdrawn,
                Step::Unit { .. }
                | Step::Link { .. }
                | Step::Part { .. }
                | Step::Explain { .. }
                | Step::Submit
                | Step::Withdraw
                | Step::Return { .. }
                | Step::Sign { .. },
            ) => return Err(wrong),
        }
        self.hands.insert(by);
        Ok(self)
    }

    fn known_unit(&self) -> Result<Unit, Refusal> {
        self.unit.ok_or(Refusal::UnitUnknown)
    }

    fn link(&mut self, groups: Vec<Group>) -> Result<(), Refusal> {
        self.known_unit()?;
        if groups.is_empty() || groups.iter().any(Group::is_empty) {
            return Err(Refusal::NothingChosen);
        }
        for group in groups {
            if self.hand.groups.iter().any(|other| other.touches(&group)) {
                return Err(Refusal::NotFree);
            }
            for pair in group.pairs() {
                self.hand.parted.remove(&pair);
            }
            self.hand.groups.push(group);
        }
        Ok(())
    }

    fn part(&mut self, groups: Vec<Group>) -> Result<(), Refusal> {
        self.known_unit()?;
        if groups.is_empty() || groups.iter().any(Group::is_empty) {
            return Err(Refusal::NothingChosen);
        }
        for group in groups {
            self.hand.groups.retain(|other| !other.touches(&group));
            self.hand.parted.extend(group.pairs());
        }
        Ok(())
    }

    fn explain(&mut self, group: &Group, text: &str) -> Result<(), Refusal> {
        if group.is_empty() {
            return Err(Refusal::NothingChosen);
        }
        let text = said(text)?;
        for line in &group.lines {
            self.notes.lines.insert(*line, text.clone());
        }
        for entry in &group.entries {
            self.notes.entries.insert(*entry, text.clone());
        }
        Ok(())
    }
}

/// A reason that says something.
fn said(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(text.to_owned()) }
}

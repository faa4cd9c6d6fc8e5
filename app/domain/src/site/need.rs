//! What a community needs (需求): recorded there, turned into a reserve project once, or dropped with a reason. Names no
//! resident and knows no list.

use crate::id::ProjectId;
use crate::money::Money;
use crate::project::Category;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Most characters of a reason.
pub const LONGEST_REASON: usize = 500;

/// One need of one community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    pub title: String,
    pub category: Category,
    pub content: Option<String>,
    /// 惠及人数, 人
    pub people: Option<u32>,
    /// 估算投资
    pub estimated: Option<Money>,
    pub recorded_on: NaiveDate,
    pub state: State,
}

/// Where a need stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum State {
    Open,
    Converted { project: ProjectId },
    Dropped { reason: String },
}

/// The state without what is true in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    Open,
    Converted,
    Dropped,
}

/// Why a need takes no such step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Refusal {
    /// Somebody decided it before.
    #[error("the need is {state:?}")]
    NotOpen { state: StateName },
    #[error("no reason is given")]
    NoReason,
}

impl Need {
    /// The need with the project that was made of it.
    pub fn convert(self, project: ProjectId) -> Result<Need, Refusal> {
        self.check_open()?;
        Ok(Need { state: State::Converted { project }, ..self })
    }

    /// The need that nobody will follow, and why.
    pub fn drop_for(self, reason: &str) -> Result<Need, Refusal> {
        self.check_open()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::NoReason);
        }
        Ok(Need { state: State::Dropped { reason: reason.to_owned() }, ..self })
    }

    /// Whether anything can still be decided.
    pub const fn check_open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Converted { .. } | State::Dropped { .. } => {
                Err(Refusal::NotOpen { state: self.state.name() })
            }
        }
    }
}

impl State {
    pub const fn name(&self) -> StateName {
        match self {
            State::Open => StateName::Open,
            State::Converted { .. } => StateName::Converted,
            State::Dropped { .. } => StateName::Dropped,
        }
    }
}

impl StateName {
    pub const ALL: [StateName; 3] = [StateName::Open, StateName::Converted, StateName::Dropped];

    /// Stable code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            StateName::Open => "open",
            StateName::Converted => "converted",
            StateName::Dropped => "dropped",
        }
    }

    pub fn from_code(code: &str) -> Option<StateName> {
        StateName::ALL.into_iter().find(|state| state.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn need() -> Need {
        Need {
            title: "社区工厂".into(),
            category: Category::ProductiveIndustry,
            content: None,
            people: Some(120),
            estimated: Money::from_fen(300_000_000),
            recorded_on: NaiveDate::from_ymd_opt(2026, 10, 8).unwrap(),
            state: State::Open,
        }
    }

    #[test]
    fn a_need_is_decided_once() {
        let project = ProjectId::new(Uuid::from_u128(7));
        let converted = need().convert(project).unwrap();
        assert_eq!(converted.state, State::Converted { project });
        let refused = Refusal::NotOpen { state: StateName::Converted };
        assert_eq!(converted.clone().convert(project), Err(refused.clone()));
        assert_eq!(converted.drop_for("x"), Err(refused));
        let dropped = need().drop_for(" 并入产业园 ").unwrap();
        assert_eq!(dropped.state, State::Dropped { reason: "并入产业园".into() });
        assert_eq!(dropped.convert(project), Err(Refusal::NotOpen { state: StateName::Dropped }));
        assert_eq!(need().drop_for("  "), Err(Refusal::NoReason));
    }

    #[test]
    fn codes_read_back() {
        for state in StateName::ALL {
            assert_eq!(StateName::from_code(state.code()), Some(state));
        }
        assert_eq!(StateName::from_code("x"), None);
    }
}

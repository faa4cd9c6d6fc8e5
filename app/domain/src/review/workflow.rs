//! What becomes of a finding: 待核实 → 已核实 | 误报 → 整改中 → 已整改 → 已销号. Steps consume the state and refuse with
//! facts. Who may do a step at all is the policy's affair; that nobody closes his own rectification is kept here.

use super::clause::Clause;
use super::edition::Edition;
use super::judge::Because;
use super::name::FactName;
use super::outcome::{Answer, Finding, Outcome};
use super::term::{FactValue, Relation, Term};
use crate::id::UserId;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Who acts, and for which unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    pub user: UserId,
    pub unit: String,
}

/// 整改要求.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// 责任单位
    pub unit: String,
    /// 整改期限, the last day
    pub due: NaiveDate,
    /// 整改措施
    pub measures: String,
}

/// One act, with who did it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    pub by: Hand,
    pub on: NaiveDate,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum State {
    /// 待核实
    Pending { since: NaiveDate },
    /// 已核实: a person says that it is so
    Verified { verified: Act },
    /// 误报
    Dismissed { dismissed: Act, reason: String },
    /// 整改中
    Rectifying { ordered: Act, order: Order },
    /// 已整改, waiting to be closed
    Rectified { ordered: Act, order: Order, reported: Act, evidence: String },
    /// 已销号
    Closed { ordered: Act, order: Order, reported: Act, evidence: String, closed: Act },
    /// the facts no longer bear it out
    Vanished { on: NaiveDate, because: Because },
}

/// The name of a state without what is true in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    Pending,
    Verified,
    Dismissed,
    Rectifying,
    Rectified,
    Closed,
    Vanished,
}

/// Why a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    #[error("a finding in state {state:?} takes no such step")]
    WrongState { state: StateName },
    #[error("{what:?} is empty")]
    Empty { what: Part },
    #[error("due on {due}, before {today}")]
    DueInThePast { due: NaiveDate, today: NaiveDate },
    #[error("{unit} rectifies and does not close")]
    SameUnit { unit: String },
    #[error("{user} reported the rectification and does not close it")]
    SamePerson { user: UserId },
}

/// A text that a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Reason,
    Unit,
    Measures,
    Evidence,
}

impl State {
    /// A finding that was just made.
    pub const fn new(today: NaiveDate) -> State {
        State::Pending { since: today }
    }

    pub const fn name(&self) -> StateName {
        match self {
            State::Pending { .. } => StateName::Pending,
            State::Verified { .. } => StateName::Verified,
            State::Dismissed { .. } => StateName::Dismissed,
            State::Rectifying { .. } => StateName::Rectifying,
            State::Rectified { .. } => StateName::Rectified,
            State::Closed { .. } => StateName::Closed,
            State::Vanished { .. } => StateName::Vanished,
        }
    }

    /// 核实: a person says that it is so.
    pub fn verify(self, by: Hand, today: NaiveDate) -> Result<State, Refusal> {
        match self {
            State::Pending { .. } => Ok(State::Verified { verified: Act { by, on: today } }),
            State::Verified { .. }
            | State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Rectified { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => Err(self.refused()),
        }
    }

    /// 误报, with the reason.
    pub fn dismiss(self, by: Hand, reason: &str, today: NaiveDate) -> Result<State, Refusal> {
        match self {
            State::Pending { .. } | State::Verified { .. } => {
                let reason = said(reason, Part::Reason)?;
                Ok(State::Dismissed { dismissed: Act { by, on: today }, reason })
            }
            State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Rectified { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => Err(self.refused()),
        }
    }

    /// 下达整改: names the unit, the last day and the measures.
    pub fn order(self, by: Hand, order: Order, today: NaiveDate) -> Result<State, Refusal> {
        match self {
            State::Verified { .. } => {
                let unit = said(&order.unit, Part::Unit)?;
                let measures = said(&order.measures, Part::Measures)?;
                let due = order.due;
                if due < today {
                    return Err(Refusal::DueInThePast { due, today });
                }
                Ok(State::Rectifying { ordered: Act { by, on: today }, order: Order { unit, due, measures } })
            }
            State::Pending { .. }
            | State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Rectified { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => Err(self.refused()),
        }
    }

    /// 报告整改完成, with the evidence.
    pub fn report(self, by: Hand, evidence: &str, today: NaiveDate) -> Result<State, Refusal> {
        match self {
            State::Rectifying { ordered, order } => {
                let evidence = said(evidence, Part::Evidence)?;
                Ok(State::Rectified { ordered, order, reported: Act { by, on: today }, evidence })
            }
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Rectified { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => Err(self.refused()),
        }
    }

    /// 退回整改: the evidence does not convince; the order stands as it was.
    pub fn send_back(self) -> Result<State, Refusal> {
        match self {
            State::Rectified { ordered, order, .. } => Ok(State::Rectifying { ordered, order }),
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => Err(self.refused()),
        }
    }

    /// 销号: never by the unit that rectifies, nor by the person who reported it done.
    pub fn close(self, by: Hand, today: NaiveDate) -> Result<State, Refusal> {
        match self {
            State::Rectified { ordered, order, reported, evidence } => {
                let unit = said(&by.unit, Part::Unit)?;
                for other in [&order.unit, &reported.by.unit] {
                    if text::fold(other) == text::fold(&unit) {
                        return Err(Refusal::SameUnit { unit });
                    }
                }
                if reported.by.user == by.user {
                    return Err(Refusal::SamePerson { user: by.user });
                }
                Ok(State::Closed { ordered, order, reported, evidence, closed: Act { by, on: today } })
            }
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => Err(self.refused()),
        }
    }

    /// After a run in which the rule no longer holds. Only what no person has decided vanishes: an order is obeyed and
    /// closed by people even when the figures are right again, and 误报 and 已销号 stay what they are.
    #[must_use]
    pub fn vanish(self, because: Because, today: NaiveDate) -> State {
        match self {
            State::Pending { .. } | State::Verified { .. } => State::Vanished { on: today, because },
            State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Rectified { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => self,
        }
    }

    /// After a run in which the rule holds again. What vanished is back; what was dismissed or closed comes back only
    /// on other facts than those that were decided on, the passing of days aside.
    #[must_use]
    pub fn found_again(self, before: &Finding, now: &Finding, today: NaiveDate) -> State {
        match self {
            State::Vanished { .. } => State::new(today),
            State::Dismissed { .. } | State::Closed { .. } if differs(before, now) => State::new(today),
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Rectified { .. }
            | State::Closed { .. } => self,
        }
    }

    /// The order that stands, or stood until it was closed.
    pub const fn order_of(&self) -> Option<&Order> {
        match self {
            State::Rectifying { order, .. }
            | State::Rectified { order, .. }
            | State::Closed { order, .. } => Some(order),
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Vanished { .. } => None,
        }
    }

    /// The last day of an order that its unit still owes, or met too late while it is not closed. An order that was reported
    /// done in time waits for the one who checks, whose delay is not the unit's.
    pub fn due(&self) -> Option<NaiveDate> {
        match self {
            State::Rectifying { order, .. } => Some(order.due),
            State::Rectified { order, reported, .. } => Some(order.due).filter(|due| *due < reported.on),
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => None,
        }
    }

    /// Days that a unit took, or has taken up to today, beyond the due day of an order that is not closed; `None` while in
    /// time or without an order.
    pub fn days_overdue(&self, today: NaiveDate) -> Option<i64> {
        let until = match self {
            State::Rectified { reported, .. } => reported.on,
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Rectifying { .. }
            | State::Closed { .. }
            | State::Vanished { .. } => today,
        };
        self.due().map(|due| (until - due).num_days()).filter(|days| *days > 0)
    }

    /// R44 整改逾期: past due and open, or closed without evidence (which no step of ours allows, but an import may hold).
    /// 审计法 Art. 52, which binds the unit to rectify in the set time and to report it. Therefore an order is open as long
    /// as its unit has not reported it done: one reported by its last day waits for the one who checks, and his delay is not
    /// the unit's. One reported after its last day stays overdue until it is closed, by the days up to the report. One that
    /// is sent back was not done: it is open again, and its last day stands as it was.
    pub fn overdue(&self, _edition: &Edition, today: NaiveDate) -> Answer {
        let late = |name: FactName, day: NaiveDate, order: &Order| {
            let due = Term::date(FactName::DueDate, order.due);
            Outcome::any(vec![Clause::compare(Term::date(name, day), Relation::Above, due)])
        };
        match self {
            State::Rectifying { order, .. } => late(FactName::Today, today, order),
            State::Rectified { order, reported, .. } => late(FactName::ReportedOn, reported.on, order),
            State::Closed { evidence, .. } => {
                let evidence = Some(evidence.as_str()).filter(|evidence| !text::means_empty(evidence));
                Outcome::any(vec![Clause::absent(FactName::Evidence, FactValue::of_text(evidence))])
            }
            State::Pending { .. }
            | State::Verified { .. }
            | State::Dismissed { .. }
            | State::Vanished { .. } => Outcome::clear(FactName::DueDate, FactValue::Absent),
        }
    }

    const fn refused(&self) -> Refusal {
        Refusal::WrongState { state: self.name() }
    }
}

impl StateName {
    pub const ALL: [StateName; 7] = [
        StateName::Pending,
        StateName::Verified,
        StateName::Dismissed,
        StateName::Rectifying,
        StateName::Rectified,
        StateName::Closed,
        StateName::Vanished,
    ];

    /// Stable code in the database and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            StateName::Pending => "pending",
            StateName::Verified => "verified",
            StateName::Dismissed => "dismissed",
            StateName::Rectifying => "rectifying",
            StateName::Rectified => "rectified",
            StateName::Closed => "closed",
            StateName::Vanished => "vanished",
        }
    }

    /// Still waiting for somebody.
    pub const fn is_open(self) -> bool {
        match self {
            StateName::Pending | StateName::Verified | StateName::Rectifying | StateName::Rectified => true,
            StateName::Dismissed | StateName::Closed | StateName::Vanished => false,
        }
    }

    pub fn from_code(code: &str) -> Option<StateName> {
        StateName::ALL.into_iter().find(|state| state.code() == code)
    }
}

fn said(text: &str, what: Part) -> Result<String, Refusal> {
    let text = text.trim();
    if text::means_empty(text) { Err(Refusal::Empty { what }) } else { Ok(text.to_owned()) }
}

/// True when the two rest on other facts, or the later is graver.
fn differs(before: &Finding, now: &Finding) -> bool {
    let lasting = |finding: &Finding| -> Vec<(FactName, FactValue)> {
        finding.facts.iter().filter(|(name, _)| *name != FactName::Today).cloned().collect()
    };
    lasting(before) != lasting(now) || before.level < now.level
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::fixture::{date, editions, facts, wan};
    use crate::review::judge::{gone, judge_rule};
    use crate::review::rule::RuleCode;
    use uuid::Uuid;

    fn hand(user: u128, unit: &str) -> Hand {
        Hand { user: UserId::new(Uuid::from_u128(user)), unit: unit.into() }
    }

    fn order() -> Order {
        Order { unit: "青川县财政局".into(), due: date("2026-07-31"), measures: "限期拨付".into() }
    }

    fn rectified() -> State {
        let today = date("2026-06-30");
        let state = State::new(today).verify(hand(1, "省发改委"), today).unwrap();
        let state = state.order(hand(1, "省发改委"), order(), today).unwrap();
        state.report(hand(2, "青川县财政局"), "拨付凭证 记-118", date("2026-07-20")).unwrap()
    }

    #[test]
    fn a_finding_is_verified_ordered_reported_and_closed() {
        let today = date("2026-07-25");
        let closed = rectified().close(hand(1, "省发改委"), today).unwrap();
        assert_eq!(closed.name(), StateName::Closed);
        assert_eq!(closed.clone().close(hand(1, "省发改委"), today), Err(closed.refused()));
        assert_eq!(rectified().send_back().unwrap().name(), StateName::Rectifying);
    }

    #[test]
    fn the_unit_that_rectifies_never_closes() {
        let today = date("2026-07-25");
        let unit = "青川县 财政局".to_owned();
        let refusal = Refusal::SameUnit { unit: unit.clone() };
        assert_eq!(rectified().close(hand(9, &unit), today), Err(refusal));
        let user = UserId::new(Uuid::from_u128(2));
        assert_eq!(rectified().close(hand(2, "省发改委"), today), Err(Refusal::SamePerson { user }));
        assert_eq!(rectified().close(hand(9, " "), today), Err(Refusal::Empty { what: Part::Unit }));
    }

    #[test]
    fn steps_refuse_with_facts() {
        let today = date("2026-06-30");
        let by = || hand(1, "省发改委");
        let pending = || State::new(today);
        let verified = || pending().verify(by(), today).unwrap();
        let wrong = |state| Err(Refusal::WrongState { state });
        assert_eq!(pending().order(by(), order(), today), wrong(StateName::Pending));
        assert_eq!(pending().report(by(), "x", today), wrong(StateName::Pending));
        assert_eq!(pending().close(by(), today), wrong(StateName::Pending));
        assert_eq!(pending().send_back(), wrong(StateName::Pending));
        assert_eq!(verified().verify(by(), today), wrong(StateName::Verified));
        assert_eq!(pending().dismiss(by(), " — ", today), Err(Refusal::Empty { what: Part::Reason }));
        let blank = Order { measures: String::new(), ..order() };
        assert_eq!(verified().order(by(), blank, today), Err(Refusal::Empty { what: Part::Measures }));
        let (due, late) = (date("2026-07-31"), date("2026-08-01"));
        assert_eq!(verified().order(by(), order(), late), Err(Refusal::DueInThePast { due, today: late }));
        assert!(verified().order(by(), order(), due).is_ok(), "the last day is in time");
        let rectifying = verified().order(by(), order(), today).unwrap();
        assert_eq!(rectifying.report(by(), "无", today), Err(Refusal::Empty { what: Part::Evidence }));
        for state in StateName::ALL {
            assert_eq!(StateName::from_code(state.code()), Some(state));
        }
    }

    #[test]
    fn an_order_is_overdue_the_day_after_its_last() {
        let editions = editions();
        let edition = editions.at(RuleCode::R44, &facts().path, date("2026-07-31")).unwrap();
        let overdue = |state: &State, day| state.overdue(edition, date(day)).unwrap().is_finding();
        let ordered = rectified().send_back().unwrap();
        assert_eq!(ordered.days_overdue(date("2026-07-31")), None);
        assert_eq!(ordered.days_overdue(date("2026-08-03")), Some(3));
        assert!(!overdue(&ordered, "2026-07-31") && overdue(&ordered, "2026-08-01"));
        let closed = rectified().close(hand(1, "省发改委"), date("2026-07-25")).unwrap();
        assert!(!overdue(&closed, "2026-08-01"));
        let State::Closed { ordered, order, reported, closed, .. } = closed else { panic!("closed") };
        let bare = State::Closed { ordered, order, reported, closed, evidence: String::new() };
        assert!(overdue(&bare, "2026-07-26"), "closed without evidence");
        assert!(!overdue(&State::new(date("2026-01-01")), "2026-08-01"));
    }

    #[test]
    fn an_order_reported_in_time_waits_for_its_checker_and_is_not_late() {
        let editions = editions();
        let edition = editions.at(RuleCode::R44, &facts().path, date("2026-07-31")).unwrap();
        let overdue = |state: &State, day| state.overdue(edition, date(day)).unwrap().is_finding();
        let report = |day: &str| {
            let ordered = rectified().send_back().unwrap();
            ordered.report(hand(2, "青川县财政局"), "拨付凭证 记-118", date(day)).unwrap()
        };
        let last = report("2026-07-31");
        assert_eq!((last.due(), last.days_overdue(date("2027-01-01"))), (None, None));
        assert!(!overdue(&last, "2027-01-01"), "the checker's delay is not the unit's");
        let late = report("2026-08-02");
        assert_eq!((late.due(), late.days_overdue(date("2027-01-01"))), (Some(date("2026-07-31")), Some(2)));
        assert!(overdue(&late, "2026-08-02") && overdue(&late, "2027-01-01"), "late, and not closed");
        assert!(overdue(&last.send_back().unwrap(), "2026-08-02"), "what was sent back was not done");
    }

    #[test]
    fn what_vanishes_says_what_changed_and_comes_back_with_the_facts() {
        let (editions, today) = (editions(), date("2026-06-30"));
        let mut facts = facts();
        facts.project.total = Some(wan("100"));
        let before = judge_rule(RuleCode::R01, &facts, &editions, today).findings.remove(0);
        assert_eq!(gone(&before, &facts, &editions, today), None);
        facts.project.total = Some(wan("1000"));
        let because = gone(&before, &facts, &editions, today).unwrap();
        let Because::Changed { facts: changed, edition: None } = &because else { panic!("{because:?}") };
        assert_eq!(changed.len(), 1);
        assert_eq!(changed[0].name.code(), "field.total");
        assert_eq!(changed[0].now, [FactValue::Money(wan("1000"))]);
        let vanished = State::new(today).vanish(because.clone(), today);
        assert_eq!(vanished, State::Vanished { on: today, because: because.clone() });
        assert_eq!(vanished.found_again(&before, &before, today).name(), StateName::Pending);
        assert_eq!(rectified().vanish(because, today).name(), StateName::Rectified, "people close it");
        let dismissed = State::new(today).dismiss(hand(1, "省"), "口径不同", today).unwrap();
        let same = dismissed.clone().found_again(&before, &before, today);
        assert_eq!(same.name(), StateName::Dismissed);
        facts.project.total = Some(wan("101"));
        let other = judge_rule(RuleCode::R01, &facts, &editions, today).findings.remove(0);
        assert_eq!(dismissed.found_again(&before, &other, today).name(), StateName::Pending);
        facts.project.sources.clear();
        let because = gone(&before, &facts, &editions, today);
        assert_eq!(because, Some(Because::FactsMissing { missing: vec![FactName::SourcePlan] }));
    }
}

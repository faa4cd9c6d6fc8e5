//! Which rules of a source a split would break, before it is saved. Facts only; a draft is warned, 下达 is decided above.

use super::clause::{Basis, BasisPoints, Clause, Rule};
use super::kind::SourceKind;
use super::notice::{Notice, Share, Split};
use crate::id::ProjectId;
use crate::money::Money;
use crate::project::Category;
use crate::usage::Use;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What is known of a project that gets a share. `None` is "not known", and what asks for it is left unjudged.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Placing {
    pub category: Option<Category>,
    /// What the money is for; empty when nobody said.
    pub uses: Vec<Use>,
    /// 劳务报酬 promised, in fen
    pub labour_pay: Option<Money>,
    /// Whether the project expects revenue of its own.
    pub revenue: Option<bool>,
}

/// Shares of the same source, year and area that stand already, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    pub all: Money,
    pub industry: Money,
    pub management: Money,
}

/// One rule that the split would break: the facts, and what the rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    pub breach: Breach,
    pub basis: Basis,
}

/// The facts of a broken rule. Amounts in fen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breach {
    /// The source gives no money on the day of the notice.
    NotInLife {
        on: NaiveDate,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
    ForbiddenUse {
        project: ProjectId,
        usage: Use,
    },
    UnlistedUse {
        project: ProjectId,
        usage: Use,
    },
    IndustryShare {
        industry: Money,
        all: Money,
        at_least: BasisPoints,
    },
    LabourShare {
        project: ProjectId,
        labour_pay: Money,
        amount: Money,
        at_least: BasisPoints,
    },
    ManagementShare {
        management: Money,
        all: Money,
        at_most: BasisPoints,
    },
    OverCap {
        project: ProjectId,
        amount: Money,
        at_most: Money,
    },
    NoRevenue {
        project: ProjectId,
    },
    PassedOnLate {
        days: i64,
        within: u32,
    },
}

/// A rule that could not be judged, since a fact is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unjudged {
    Uses { project: ProjectId },
    Category { project: ProjectId },
    LabourPay { project: ProjectId },
    Revenue { project: ProjectId },
}

/// What the rules say to a split.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Judgement {
    pub broken: Vec<Broken>,
    pub unjudged: Vec<Unjudged>,
}

/// A split under the rules that hold on the notice's day in its area.
struct Bench<'a> {
    split: &'a Split,
    placings: &'a BTreeMap<ProjectId, Placing>,
    tally: Tally,
    judgement: Judgement,
}

impl SourceKind {
    /// What the rules of the source say to the split. `on` is the day of the split; `tally` is what stood before it.
    pub fn judge(
        &self,
        notice: &Notice,
        split: &Split,
        placings: &BTreeMap<ProjectId, Placing>,
        tally: Tally,
        on: NaiveDate,
    ) -> Judgement {
        let mut bench = Bench { split, placings, tally, judgement: Judgement::default() };
        if let Some(life) = self.life.as_ref().filter(|life| !life.covers(notice.date)) {
            let breach = Breach::NotInLife { on: notice.date, from: life.from, to: life.to };
            bench.judgement.broken.push(Broken { breach, basis: life.basis.clone() });
        }
        for clause in self.in_force(notice.date, &notice.area) {
            bench.hear(clause, (on - notice.date).num_days());
        }
        bench.judgement.unjudged.sort_unstable();
        bench.judgement.unjudged.dedup();
        bench.judgement
    }
}

impl Bench<'_> {
    fn hear(&mut self, clause: &Clause, days: i64) {
        match &clause.rule {
            Rule::Allows { uses } => self.each_use(clause, |project, usage| {
                (!uses.contains(&usage)).then_some(Breach::UnlistedUse { project, usage })
            }),
            Rule::Forbids { uses } => self.each_use(clause, |project, usage| {
                uses.contains(&usage).then_some(Breach::ForbiddenUse { project, usage })
            }),
            Rule::IndustryShare { at_least } => self.industry(clause, *at_least),
            Rule::LabourShare { at_least } => self.labour(clause, *at_least),
            Rule::ManagementShare { at_most } => self.management(clause, *at_most),
            Rule::CapPerProject { at_most } => self.cap(clause, *at_most),
            Rule::Revenue => self.revenue(clause),
            Rule::PassOn { within_days } => {
                if days > i64::from(*within_days) {
                    self.broken(clause, Breach::PassedOnLate { days, within: *within_days });
                }
            }
            // These speak of what comes after a split, or are judged by people.
            Rule::SpendWithin { .. }
            | Rule::Publish { .. }
            | Rule::NoDemandedMatching
            | Rule::OwnDocument
            | Rule::Traceable
            | Rule::Stated => {}
        }
    }

    fn broken(&mut self, clause: &Clause, breach: Breach) {
        self.judgement.broken.push(Broken { breach, basis: clause.basis.clone() });
    }

    fn placed(&self) -> Vec<(Share, Placing)> {
        let placing = |share: &Share| self.placings.get(&share.project).cloned().unwrap_or_default();
        self.split.shares().iter().map(|share| (*share, placing(share))).collect()
    }

    fn each_use(&mut self, clause: &Clause, judge: impl Fn(ProjectId, Use) -> Option<Breach>) {
        for (share, placing) in self.placed() {
            if placing.uses.is_empty() {
                self.judgement.unjudged.push(Unjudged::Uses { project: share.project });
            }
            for usage in placing.uses {
                if let Some(breach) = judge(share.project, usage) {
                    self.broken(clause, breach);
                }
            }
        }
    }

    fn industry(&mut self, clause: &Clause, at_least: BasisPoints) {
        let mut industry = vec![self.tally.industry];
        for (share, placing) in self.placed() {
            match placing.category {
                Some(category) if category.is_industry() => industry.push(share.amount),
                Some(_) => {}
                None => {
                    // One unknown project makes the share of the whole unknown.
                    self.judgement.unjudged.push(Unjudged::Category { project: share.project });
                    return;
                }
            }
        }
        let (Some(industry), Some(all)) = (Money::sum(industry), self.all()) else { return };
        if at_least.compare(industry, all) == Ordering::Less {
            self.broken(clause, Breach::IndustryShare { industry, all, at_least });
        }
    }

    fn labour(&mut self, clause: &Clause, at_least: BasisPoints) {
        for (share, placing) in self.placed() {
            let (project, amount) = (share.project, share.amount);
            let Some(labour_pay) = placing.labour_pay else {
                self.judgement.unjudged.push(Unjudged::LabourPay { project });
                continue;
            };
            if at_least.compare(labour_pay, amount) == Ordering::Less {
                self.broken(clause, Breach::LabourShare { project, labour_pay, amount, at_least });
            }
        }
    }

    fn management(&mut self, clause: &Clause, at_most: BasisPoints) {
        let fees = self.placed().into_iter().filter(|(_, placing)| placing.uses == [Use::Management]);
        let fees = fees.map(|(share, _)| share.amount).chain([self.tally.management]);
        let (Some(management), Some(all)) = (Money::sum(fees), self.all()) else { return };
        if at_most.compare(management, all) == Ordering::Greater {
            self.broken(clause, Breach::ManagementShare { management, all, at_most });
        }
    }

    fn cap(&mut self, clause: &Clause, at_most: Money) {
        for share in self.split.shares() {
            if share.amount > at_most {
                let breach = Breach::OverCap { project: share.project, amount: share.amount, at_most };
                self.broken(clause, breach);
            }
        }
    }

    fn revenue(&mut self, clause: &Clause) {
        for (share, placing) in self.placed() {
            let project = share.project;
            match placing.revenue {
                Some(true) => {}
                Some(false) => self.broken(clause, Breach::NoRevenue { project }),
                None => self.judgement.unjudged.push(Unjudged::Revenue { project }),
            }
        }
    }

    /// Everything of source, year and area: what stood and what the split adds.
    fn all(&self) -> Option<Money> {
        Money::sum(self.split.shares().iter().map(|share| share.amount).chain([self.tally.all]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaPath;
    use crate::fund::Catalogue;
    use crate::id::NoticeId;
    use crate::mark::Mark;
    use crate::period::FiscalYear;
    use crate::source::Source;
    use uuid::Uuid;

    /// One notice of 100 万元 to Guizhou, all of it to project 1; answers the codes of what is broken and unjudged.
    fn check(source: Source, dates: (&str, &str), placing: Placing, tally: Tally, expected: &str) {
        let project = ProjectId::new(Uuid::from_u128(1));
        let notice = Notice {
            id: NoticeId::new(Uuid::nil()),
            document: "黔财示〔2026〕78号".into(),
            date: dates.0.parse().unwrap(),
            source,
            year: FiscalYear::new(2026).unwrap(),
            area: AreaPath::new("/100000/520000/").unwrap(),
            amount: wan(100),
        };
        let split = notice.split(&[], vec![Share { project, amount: wan(100) }]).unwrap();
        let placings = BTreeMap::from([(project, placing)]);
        let catalogue = Catalogue::builtin();
        let judged = catalogue.get(source).judge(&notice, &split, &placings, tally, dates.1.parse().unwrap());
        let word = |json: serde_json::Value| json.as_object().unwrap().keys().next().unwrap().clone();
        let broken = judged.broken.iter().map(|broken| word(serde_json::to_value(&broken.breach).unwrap()));
        let unjudged = judged
            .unjudged
            .iter()
            .map(|unjudged| format!("?{}", word(serde_json::to_value(unjudged).unwrap())));
        assert_eq!(broken.chain(unjudged).collect::<Vec<_>>().join(" "), expected);
    }

    fn wan(wan: i64) -> Money {
        Money::from_fen(wan * 1_000_000).unwrap()
    }

    const IN_TIME: (&str, &str) = ("2026-02-26", "2026-03-28");

    fn used(uses: &[Use]) -> Placing {
        Placing { uses: uses.to_vec(), category: Some(Category::ProductiveIndustry), ..Placing::default() }
    }

    #[test]
    fn uses_are_allowed_or_forbidden_by_the_source() {
        check(Source::Brg, IN_TIME, used(&[Use::Industry]), Tally::default(), "");
        check(Source::Brg, IN_TIME, used(&[Use::Vehicles]), Tally::default(), "unlisted_use forbidden_use");
        check(Source::Gbg, IN_TIME, used(&[Use::PublicCapital]), Tally::default(), "");
        check(Source::Gbg, IN_TIME, used(&[Use::Wages]), Tally::default(), "unlisted_use forbidden_use");
        check(Source::Loc, IN_TIME, used(&[Use::Vehicles]), Tally::default(), "");
        check(Source::Int, IN_TIME, Placing::default(), Tally::default(), "?uses");
    }

    #[test]
    fn floors_are_compared_exactly() {
        let pay = |fen| Placing { labour_pay: Money::from_fen(fen), ..Placing::default() };
        check(Source::Wfr, IN_TIME, pay(30_000_000), Tally::default(), "");
        check(Source::Wfr, IN_TIME, pay(29_999_999), Tally::default(), "labour_share");
        check(Source::Wfr, IN_TIME, Placing::default(), Tally::default(), "?labour_pay");
        // 100 of industry over 166.666666 is 60.00000024 %; over 166.666667 it is just below 60 %.
        let before = |fen| Tally { all: Money::from_fen(fen).unwrap(), ..Tally::default() };
        check(Source::Brg, IN_TIME, used(&[Use::Industry]), before(66_666_666), "");
        check(Source::Brg, IN_TIME, used(&[Use::Industry]), before(66_666_667), "industry_share");
        let fee = Tally { all: wan(9900), industry: wan(9900), management: Money::ZERO };
        check(Source::Brg, IN_TIME, used(&[Use::Management]), fee, "");
        check(
            Source::Brg,
            IN_TIME,
            used(&[Use::Management]),
            Tally { all: wan(9899), ..fee },
            "management_share",
        );
    }

    #[test]
    fn life_and_days_are_those_of_the_notice() {
        let capital = || Placing { uses: vec![Use::ProjectCapital], ..Placing::default() };
        check(Source::Fnd, ("2017-12-31", "2018-06-01"), capital(), Tally::default(), "");
        check(Source::Fnd, ("2018-01-01", "2018-01-01"), capital(), Tally::default(), "not_in_life");
        check(
            Source::Cbi,
            ("2026-02-26", "2026-03-29"),
            Placing::default(),
            Tally::default(),
            "passed_on_late",
        );
    }

    #[test]
    fn special_bonds_ask_for_revenue() {
        let revenue = |revenue| Placing { revenue, uses: vec![Use::Industry], ..Placing::default() };
        check(Source::Gbs, IN_TIME, revenue(Some(true)), Tally::default(), "");
        check(Source::Gbs, IN_TIME, revenue(Some(false)), Tally::default(), "no_revenue");
        check(Source::Gbs, IN_TIME, revenue(None), Tally::default(), "?revenue");
    }

    #[test]
    fn an_edition_can_cap_a_project() {
        let cap = Clause {
            rule: Rule::CapPerProject { at_most: wan(80) },
            from: None,
            to: None,
            area: None,
            basis: Basis { mark: Mark::Known, text: "单个项目不超过80万元".into() },
        };
        let notice = Notice {
            id: NoticeId::new(Uuid::nil()),
            document: "x".into(),
            date: "2026-02-26".parse().unwrap(),
            source: Source::Pbi,
            year: FiscalYear::new(2026).unwrap(),
            area: AreaPath::root(),
            amount: wan(100),
        };
        let project = ProjectId::new(Uuid::from_u128(1));
        let split = notice.split(&[], vec![Share { project, amount: wan(81) }]).unwrap();
        let mut kind = Catalogue::builtin().get(Source::Pbi).clone();
        kind.clauses.push(cap.clone());
        let judged = kind.judge(&notice, &split, &BTreeMap::new(), Tally::default(), notice.date);
        let breach = Breach::OverCap { project, amount: wan(81), at_most: wan(80) };
        assert_eq!(judged.broken, [Broken { breach, basis: cap.basis }]);
    }
}

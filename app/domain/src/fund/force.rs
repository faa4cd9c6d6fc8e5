//! How hard a broken rule of a source hits: it stops the split, or it is shown to who approves. Finds no breach itself.

use super::clause::{Clause, Rule};
use super::judge::{Breach, Broken};
use super::kind::SourceKind;
use crate::area::AreaPath;
use crate::mark::Mark;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a broken rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// The split is not handed on and not written.
    Stop,
    /// It is said to who asks and to who approves.
    Warn,
}

/// What the rules of a source want to know of each share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asks {
    /// 用途
    pub usage: bool,
    /// whether revenue is expected
    pub revenue: bool,
}

impl Broken {
    /// Practice without a document at hand only warns (domain.md E7). Of what was read, a list of allowed uses closes the
    /// others off only where a law says so; shares of a whole year are met by its end and not by each split; days that
    /// have passed cannot be given back.
    pub const fn force(&self) -> Force {
        match (&self.breach, self.basis.mark) {
            (_, Mark::Known) => Force::Warn,
            (Breach::UnlistedUse { .. }, Mark::Found) => Force::Warn,
            (
                Breach::IndustryShare { .. } | Breach::ManagementShare { .. } | Breach::PassedOnLate { .. },
                Mark::Law | Mark::Found,
            ) => Force::Warn,
            (
                Breach::NotInLife { .. }
                | Breach::ForbiddenUse { .. }
                | Breach::LabourShare { .. }
                | Breach::OverCap { .. }
                | Breach::NoRevenue { .. },
                Mark::Law | Mark::Found,
            )
            | (Breach::UnlistedUse { .. }, Mark::Law) => Force::Stop,
        }
    }
}

impl SourceKind {
    /// What has to be said of each share for the rules in force to be judged.
    pub fn asks(&self, on: NaiveDate, area: &AreaPath) -> Asks {
        self.in_force(on, area).fold(Asks::default(), |asks, clause| asks.and(clause))
    }
}

impl Asks {
    const fn and(self, clause: &Clause) -> Asks {
        match clause.rule {
            Rule::Allows { .. } | Rule::Forbids { .. } | Rule::ManagementShare { .. } => {
                Asks { usage: true, ..self }
            }
            Rule::Revenue => Asks { revenue: true, ..self },
            Rule::IndustryShare { .. }
            | Rule::LabourShare { .. }
            | Rule::CapPerProject { .. }
            | Rule::PassOn { .. }
            | Rule::SpendWithin { .. }
            | Rule::Publish { .. }
            | Rule::NoDemandedMatching
            | Rule::OwnDocument
            | Rule::Traceable
            | Rule::Stated => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fund::{Basis, Catalogue};
    use crate::id::ProjectId;
    use crate::source::Source;
    use crate::usage::Use;
    use uuid::Uuid;

    fn check(breach: Breach, mark: Mark, expected: Force) {
        let broken = Broken { breach, basis: Basis { mark, text: "x".into() } };
        assert_eq!(broken.force(), expected, "{broken:?}");
    }

    #[test]
    fn what_is_forbidden_stops_and_what_is_only_practice_warns() {
        let project = ProjectId::new(Uuid::nil());
        let usage = Use::Vehicles;
        check(Breach::ForbiddenUse { project, usage }, Mark::Law, Force::Stop);
        check(Breach::ForbiddenUse { project, usage }, Mark::Found, Force::Stop);
        check(Breach::ForbiddenUse { project, usage }, Mark::Known, Force::Warn);
        check(Breach::UnlistedUse { project, usage }, Mark::Law, Force::Stop);
        check(Breach::UnlistedUse { project, usage }, Mark::Found, Force::Warn);
        check(Breach::PassedOnLate { days: 40, within: 30 }, Mark::Law, Force::Warn);
        check(Breach::NoRevenue { project }, Mark::Found, Force::Stop);
    }

    #[test]
    fn only_what_the_rules_in_force_need_is_asked() {
        let (catalogue, on, area) = (Catalogue::builtin(), "2026-03-01".parse().unwrap(), AreaPath::root());
        let asks = |source| catalogue.get(source).asks(on, &area);
        assert_eq!(asks(Source::Brg), Asks { usage: true, revenue: false });
        assert_eq!(asks(Source::Gbs), Asks { usage: true, revenue: true });
        assert_eq!(asks(Source::Soc), Asks::default());
    }
}

//! R44 over the orders to rectify of one area: the one rule that judges findings themselves, by how far each is. Reads and
//! writes nothing.

use super::gather::Gathered;
use super::judge::{begun, count};
use chrono::NaiveDate;
use contract::review::RuleRun;
use domain::area::AreaPath;
use domain::id::FindingId;
use domain::review::edition::Editions;
use domain::review::judge::{Because, because};
use domain::review::outcome::{Finding, Outcome as Said, Subject};
use domain::review::portfolio::overdue_order;
use domain::review::rule::RuleCode;
use domain::review::workflow::State;
use std::collections::BTreeMap;
use store::review::Kept;

/// Findings with an order, open or closed, by their ids.
pub(super) struct Orders(BTreeMap<FindingId, Order>);

struct Order {
    rule: RuleCode,
    subject: Subject,
    state: State,
    path: AreaPath,
}

impl Orders {
    /// Of the findings held of an area. An order about R44 itself is judged by people alone: there would be no end to it.
    pub fn of(kept: &[Kept], area: &AreaPath, gathered: &Gathered) -> Orders {
        let ordered =
            kept.iter().filter(|kept| kept.finding.rule != RuleCode::R44 && kept.state.order_of().is_some());
        let order = |kept: &Kept| {
            // A project that was removed meanwhile left its findings behind.
            let project = kept.finding.subject.project();
            let project = project.filter(|project| gathered.projects.contains_key(project));
            let subject = Subject::Finding { finding: kept.id, project };
            let (rule, state) = (kept.finding.rule, kept.state.clone());
            (kept.id, Order { rule, subject, state, path: path(kept, area) })
        };
        Orders(ordered.map(order).collect())
    }

    /// Every order that is overdue, and how many are not.
    pub fn judge(&self, editions: &Editions, today: NaiveDate) -> (Vec<(Finding, AreaPath)>, RuleRun) {
        let mut run = begun(RuleCode::R44);
        let mut late = Vec::new();
        for order in self.0.values() {
            let (said, found) = order.ask(editions, today);
            count(&mut run, &said);
            late.extend(found.map(|found| (found, order.path.clone())));
        }
        (late, run)
    }

    /// Why the order of a finding is not overdue any more; `None` when there is none.
    pub fn why(
        &self,
        finding: &Finding,
        of: FindingId,
        editions: &Editions,
        today: NaiveDate,
    ) -> Option<Because> {
        let order = self.0.get(&of)?;
        let (said, _) = order.ask(editions, today);
        because(finding, editions.at(RuleCode::R44, &order.path, today), &said)
    }
}

impl Order {
    fn ask(&self, editions: &Editions, today: NaiveDate) -> (Said, Option<Finding>) {
        overdue_order(self.subject, self.rule, &self.path, &self.state, editions, today)
    }
}

/// Where the finding lies: with its project, which may have gone elsewhere since, or where it lay.
fn path(kept: &Kept, area: &AreaPath) -> AreaPath {
    match kept.finding.subject {
        Subject::Project { .. }
        | Subject::Source { .. }
        | Subject::Position { .. }
        | Subject::Entry { .. } => area.clone(),
        Subject::Pair { .. } | Subject::Site { .. } | Subject::Area { .. } | Subject::Finding { .. } => {
            kept.area_path.clone()
        }
    }
}

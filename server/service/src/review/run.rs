//! One area: its facts are gathered, all rules asked, and what they say laid beside what is kept. What is decided by
//! people stays; what the facts no longer bear out says why.

use super::gather::gather;
use super::judge::{Desk, note, size};
use super::order::Orders;
use crate::call::Call;
use crate::failure::Outcome;
use crate::retry::Tries;
use chrono::NaiveDate;
use contract::review::RuleRun;
use domain::area::AreaPath;
use domain::id::FindingId;
use domain::permission::Action;
use domain::review::catalogue;
use domain::review::edition::Editions;
use domain::review::outcome::Finding;
use domain::review::rule::RuleCode;
use domain::review::workflow::{State, StateName};
use std::collections::BTreeMap;
use store::Tx;
use store::review::Kept;

/// What the rules did in some areas.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub projects: u32,
    pub new: u32,
    pub vanished: u32,
    pub rules: BTreeMap<RuleCode, RuleRun>,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.projects = self.projects.saturating_add(other.projects);
        self.new = self.new.saturating_add(other.new);
        self.vanished = self.vanished.saturating_add(other.vanished);
        for (rule, run) in other.rules {
            match self.rules.get_mut(&rule) {
                None => {
                    self.rules.insert(rule, run);
                }
                Some(sum) => {
                    sum.findings = sum.findings.saturating_add(run.findings);
                    sum.clear = sum.clear.saturating_add(run.clear);
                    sum.not_run = sum.not_run.saturating_add(run.not_run);
                    note(&mut sum.missing, &run.missing);
                }
            }
        }
    }
}

/// The editions that hold; those that come with the product are kept when there are none yet.
pub(super) async fn kept_editions(call: &Call) -> Outcome<Editions> {
    if let Some(editions) = store::review::editions(&*call.read().await?).await? {
        return Ok(editions);
    }
    let permit = call.permit(Action::JudgeFindings, &call.area())?;
    let tx = call.begin().await?;
    store::review::keep_editions(&tx, &permit, &catalogue::shipped(call.today())).await?;
    tx.commit().await?;
    super::editions(store::review::editions(&*call.read().await?).await?, call)
}

/// Asks every rule about one area. Facts are read and judged before anything is held, so that nobody waits for the
/// rules; what changes meanwhile is looked at again by whoever follows changes.
pub(super) async fn area(call: &Call, area: &AreaPath, editions: &Editions) -> Outcome<Tally> {
    let conn = call.read().await?;
    let gathered = gather(&conn, call, area).await?;
    drop(conn);
    let mut desk = Desk { editions, today: call.today(), gathered: &gathered, rules: BTreeMap::new() };
    let found = desk.judge();
    let mut tries = Tries::default();
    let changed = loop {
        match write(call, area, &desk, &found).await {
            Err(crate::Failure::Contended) if tries.again().await => {}
            outcome => break outcome?,
        }
    };
    desk.rules.insert(RuleCode::R44, changed.overdue);
    let (new, vanished) = (changed.new, changed.vanished);
    Ok(Tally { projects: size(gathered.projects.len()), new, vanished, rules: desk.rules })
}

async fn write(
    call: &Call,
    area: &AreaPath,
    desk: &Desk<'_>,
    found: &[(Finding, AreaPath)],
) -> Outcome<Changed> {
    let permit = call.permit(Action::JudgeFindings, area)?;
    let tx = call.begin().await?;
    let changed = settle(&tx, call, area, desk, found.to_vec()).await?;
    store::review::save(&tx, &permit, &changed.rows).await?;
    tx.commit().await?;
    Ok(changed)
}

/// What a run changes.
struct Changed {
    /// with whether it is a step
    rows: Vec<(Kept, bool)>,
    new: u32,
    vanished: u32,
    /// what R44 did
    overdue: RuleRun,
}

async fn settle(
    tx: &Tx,
    call: &Call,
    area: &AreaPath,
    desk: &Desk<'_>,
    mut found: Vec<(Finding, AreaPath)>,
) -> Outcome<Changed> {
    let today = desk.today;
    let kept = store::review::hold(tx, area).await?;
    // How far an order is stays as it is from here on: nobody takes a step with a finding that is held.
    let orders = Orders::of(&kept, area, desk.gathered);
    let (late, overdue) = orders.judge(desk.editions, today);
    found.extend(late);
    let key = |finding: &Finding| (finding.rule, finding.subject.key());
    let mut kept: BTreeMap<(RuleCode, String), Kept> =
        kept.into_iter().map(|kept| (key(&kept.finding), kept)).collect();
    let mut changed = Changed { rows: Vec::new(), new: 0, vanished: 0, overdue };
    for (finding, area_path) in found {
        match kept.remove(&key(&finding)) {
            None => {
                changed.new += 1;
                let (id, state) = (FindingId::new(call.new_id()), State::new(today));
                let found_at = tx.at();
                changed.rows.push((Kept { id, finding, state, area_path, version: 1, found_at }, true));
            }
            Some(before) => changed.again(before, finding, area_path, today),
        }
    }
    for before in kept.into_values() {
        let because = desk.why(&before.finding, &orders);
        let state = before.state.clone().vanish(because, today);
        if state != before.state {
            changed.vanished += 1;
            changed.rows.push((Kept { state, version: before.version + 1, ..before }, true));
        }
    }
    Ok(changed)
}

impl Changed {
    /// What no person has decided follows the facts; what was decided keeps those it was decided on.
    fn again(&mut self, before: Kept, finding: Finding, area_path: AreaPath, today: NaiveDate) {
        let state = before.state.clone().found_again(&before.finding, &finding, today);
        let is_pending = state.name() == StateName::Pending;
        let is_back = is_pending && before.state.name() != StateName::Pending;
        self.new += u32::from(is_back);
        let finding = if is_pending { finding } else { before.finding.clone() };
        let now = Kept { finding, state, area_path, ..before.clone() };
        // Figures that follow the facts are no step, and nobody who works on the finding is held up by them.
        let is_step = now.state != before.state;
        if now != before {
            self.rows.push((Kept { version: before.version + i64::from(is_step), ..now }, is_step));
        }
    }
}

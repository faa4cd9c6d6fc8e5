//! A split against its notice and the rules of its source, with the facts that are kept of its projects.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::fund::command::Shares;
use domain::fund::{Force, Judgement, Notice, Placed, Refusal, Share, SplitOrder};
use domain::id::ProjectId;
use std::collections::BTreeMap;
use store::Conn;
use store::ledger::project::{self, Named};

/// What came of looking at a split.
pub(super) struct Looked {
    pub judgement: Judgement,
    /// of the notice, when this is written
    pub left: Option<domain::money::Money>,
    /// why it cannot be written
    pub refusal: Option<Refusal>,
}

/// The shares as amounts: weights share all that is left, exactly.
pub(super) fn amounts(notice: &Notice, earlier: &[Share], shares: Shares) -> Result<SplitOrder, Refusal> {
    let order = match shares {
        Shares::Amounts(shares) => SplitOrder { shares },
        Shares::Weights(weighed) => {
            let weights: Vec<_> = weighed.iter().map(|share| (share.project, share.weight)).collect();
            let split = notice.split_by(earlier, &weights)?;
            let said = |project: ProjectId| weighed.iter().find(|share| share.project == project);
            let shares = split.shares().iter().map(|share| Placed {
                project: share.project,
                amount: share.amount,
                usage: said(share.project).and_then(|said| said.usage),
                revenue: said(share.project).and_then(|said| said.revenue),
            });
            SplitOrder { shares: shares.collect() }
        }
    };
    if order.shares.is_empty() { Err(Refusal::NoProject) } else { Ok(order) }
}

/// The projects of a split in its order; one that the person does not have is missing.
pub(super) async fn projects(conn: &Conn, call: &Call, order: &SplitOrder) -> Outcome<Vec<Named>> {
    let ids: Vec<ProjectId> = order.shares.iter().map(|share| share.project).collect();
    let found = project::by_ids(conn, &call.scope(), &ids).await?;
    let by_id: BTreeMap<ProjectId, Named> = found.into_iter().map(|named| (named.id, named)).collect();
    ids.iter().map(|id| by_id.get(id).cloned().ok_or(Failure::NotFound)).collect()
}

/// Judges a split as it would be written today on top of `earlier`.
pub(super) async fn look(
    conn: &Conn,
    call: &Call,
    notice: &Notice,
    earlier: &[Share],
    order: &SplitOrder,
    projects: &[Named],
) -> Outcome<Looked> {
    let outside = projects.iter().find(|project| !notice.area.contains(&project.area));
    if let Some(project) = outside {
        let refusal = Some(Refusal::ProjectOutside { project: project.id });
        return Ok(Looked { judgement: Judgement::default(), left: None, refusal });
    }
    let split = match notice.split(earlier, order.shares()) {
        Ok(split) => split,
        Err(refusal) => {
            return Ok(Looked { judgement: Judgement::default(), left: None, refusal: Some(refusal) });
        }
    };
    let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
    let facts = store::fund::split::facts(conn, &call.scope(), &ids).await?;
    let placings = order.shares.iter().map(|share| {
        let (category, labour_pay) = facts.get(&share.project).copied().unwrap_or_default();
        (share.project, share.placing(category, labour_pay))
    });
    let placings = placings.collect();
    let tally = store::fund::split::tally(conn, notice).await?;
    let kind = super::edition::of_notice(conn, notice).await?;
    let judgement = kind.judge(notice, &split, &placings, tally, call.today());
    let broken: Vec<_> =
        judgement.broken.iter().filter(|broken| broken.force() == Force::Stop).cloned().collect();
    let refusal = (!broken.is_empty()).then_some(Refusal::RulesBroken { broken });
    Ok(Looked { judgement, left: Some(split.left()), refusal })
}

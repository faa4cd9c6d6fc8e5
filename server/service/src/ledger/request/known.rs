//! What orders on their way speak of, asked set-wise for all of them: entries that reversals take back, projects that
//! transfers go to. Of either only what lies in the person's area. Decides nothing.

use crate::call::Call;
use crate::failure::Outcome;
use domain::id::{EntryId, ProjectId};
use domain::ledger::{Key, Movement, Order};
use domain::money::Delta;
use std::collections::{BTreeMap, BTreeSet};
use store::Conn;
use store::ledger::entry::{self, Kept};
use store::ledger::project;

/// What an order moves: position, movement, signed amount.
pub(super) type Effect = (Key, Movement, Delta);

/// Entries and projects that orders name, as far as the person may see them.
pub(super) struct Known {
    /// originals of reversals, and the other legs of those that are transfers
    entries: BTreeMap<EntryId, Kept>,
    /// that transfers go to
    projects: BTreeSet<ProjectId>,
}

impl Known {
    pub(super) async fn of(conn: &Conn, call: &Call, orders: &[&Order]) -> Outcome<Known> {
        let (mut reversed, mut reached) = (Vec::new(), Vec::new());
        for order in orders {
            match order {
                Order::Post(_) => {}
                Order::Transfer(transfer) => reached.push(transfer.to),
                Order::Reverse(reversal) => reversed.push(reversal.entry),
            }
        }
        let scope = call.scope();
        let mut all = entry::by_ids(conn, &scope, &reversed).await?;
        let pairs: Vec<EntryId> = all.iter().filter_map(|kept| kept.entry.pair).collect();
        all.extend(entry::by_ids(conn, &scope, &pairs).await?);
        let projects = project::by_ids(conn, &scope, &reached).await?;
        Ok(Known {
            entries: all.into_iter().map(|kept| (kept.entry.id, kept)).collect(),
            projects: projects.into_iter().map(|named| named.id).collect(),
        })
    }

    /// The entry that the order takes back.
    pub(super) fn original(&self, order: &Order) -> Option<&Kept> {
        match order {
            Order::Post(_) | Order::Transfer(_) => None,
            Order::Reverse(reversal) => self.entries.get(&reversal.entry),
        }
    }

    /// Entries that a reversal of `entry` takes back: itself, and the other leg of a transfer.
    pub(super) fn originals(&self, entry: EntryId) -> Vec<&Kept> {
        let Some(first) = self.entries.get(&entry) else { return Vec::new() };
        let pair = first.entry.pair.and_then(|pair| self.entries.get(&pair));
        std::iter::once(first).chain(pair).collect()
    }

    /// Money of a project outside the person's area moves with the order: of its transfer he sees one side only.
    pub(super) fn reaches_outside(&self, order: &Order) -> bool {
        match order {
            Order::Post(_) => false,
            Order::Transfer(transfer) => !self.projects.contains(&transfer.to),
            Order::Reverse(reversal) => match self.originals(reversal.entry).as_slice() {
                [] => true,
                [one] => one.entry.pair.is_some(),
                _ => false,
            },
        }
    }

    /// Everything that the order moves, the own side first.
    pub(super) fn effects(&self, order: &Order) -> Vec<Effect> {
        match order {
            Order::Post(posting) => vec![(posting.key, posting.movement, Delta::from(posting.amount))],
            Order::Transfer(transfer) => {
                let key = |project: ProjectId| Key { project, source: transfer.source, year: transfer.year };
                let (at, amount) = (transfer.at, Delta::from(transfer.amount));
                vec![
                    (key(transfer.from), Movement::TransferOut { at, to: transfer.to }, amount),
                    (key(transfer.to), Movement::TransferIn { at, from: transfer.from }, amount),
                ]
            }
            Order::Reverse(reversal) => {
                let back = |kept: &Kept| {
                    let posting = &kept.entry.posting;
                    (posting.key, posting.movement, Delta::from_fen(-posting.amount.fen()))
                };
                self.originals(reversal.entry).into_iter().map(back).collect()
            }
        }
    }

    /// The same without what moves outside the person's area.
    pub(super) fn own_effects(&self, order: &Order) -> Vec<Effect> {
        let mut effects = self.effects(order);
        if self.reaches_outside(order) {
            effects.truncate(1);
        }
        effects
    }
}

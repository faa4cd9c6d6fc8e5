//! Money of the leaders' page: from the kept totals, or, where a category is chosen and they know none, from the entries of its
//! projects. Knows no SQL.

use super::{Look, kept, plus};
use crate::failure::Outcome;
use domain::area::AreaPath;
use domain::ledger::PerStage;
use domain::money::Delta;
use std::collections::BTreeMap;
use store::Conn;
use store::area::Area;
use store::dashboard::{Flow, Part};

/// Money of the budget year up to the month.
pub enum Moved {
    /// of the area looked at; its parts are kept beside
    Kept(Vec<Flow>),
    /// by the area of the entries
    Entries(Vec<(AreaPath, Flow)>),
}

pub async fn of(conn: &Conn, look: &Look) -> Outcome<Moved> {
    let (scope, year) = (&look.scope, look.as_of.year());
    Ok(match look.category {
        None => Moved::Kept(kept::flows(conn, scope, year, look.as_of, look.source).await?),
        Some(category) => {
            Moved::Entries(kept::entries::flows(conn, scope, year, look.as_of, look.source, category).await?)
        }
    })
}

impl Moved {
    pub fn flows(&self) -> Vec<Flow> {
        match self {
            Moved::Kept(flows) => flows.clone(),
            Moved::Entries(entries) => entries.iter().map(|(_, flow)| *flow).collect(),
        }
    }

    /// By the areas below and what lies in the area itself; `None` where the kept totals say it.
    pub fn by_part(&self, below: &[Area], area: &Area) -> Option<BTreeMap<Part, PerStage<Delta>>> {
        let Moved::Entries(entries) = self else { return None };
        let mut found: BTreeMap<Part, PerStage<Delta>> = BTreeMap::new();
        for (path, flow) in entries {
            let part = below
                .iter()
                .find(|child| child.path.contains(path))
                .map_or((area.code, true), |child| (child.code, false));
            let sum = found.entry(part).or_default();
            *sum = plus(*sum, flow.net);
        }
        Some(found)
    }
}

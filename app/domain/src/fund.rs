//! Where money comes from: source kinds with dated rules, notices (下达文件), their split over projects, envelopes (额度).
//! Knows no ledger and no database. Source of the rules: domain.md C2.

mod clause;
mod edition;
mod envelope;
mod force;
mod judge;
mod kind;
mod naming;
mod notice;
mod placed;
mod table;
mod value;

pub use clause::{Basis, BasisPoints, Clause, Rule};
pub use edition::{Edition, EditionRefusal, Editions, shipped};
pub use envelope::{Envelope, EnvelopeKey};
pub use force::{Asks, Force};
pub use judge::{Breach, Broken, Judgement, Placing, Tally, Unjudged};
pub use kind::{Catalogue, Life, SourceKind};
pub use naming::Naming;
pub use notice::{Notice, Share, Split};
pub use placed::{Placed, SplitOrder};

use crate::id::ProjectId;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Why a notice or a split cannot be. Facts only; amounts are whole fen (分).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A notice has a 文号.
    #[error("document number missing")]
    DocumentMissing,
    #[error("amount is zero")]
    ZeroAmount,
    /// A share of nothing is left out, not written down.
    #[error("share of {project} is zero")]
    ZeroShare { project: ProjectId },
    /// Another share of the same project stands in the split or was made before.
    #[error("{project} twice in one notice")]
    RepeatedProject { project: ProjectId },
    /// The shares, with those made before, exceed the notice by `over`; `left` is what was free for them.
    #[error("over the notice by {over:?}, {left:?} was left")]
    OverNotice { amount: Money, shares: Money, over: Money, left: Money },
    /// The project does not lie in the area that the notice is given to.
    #[error("{project} lies outside the area of the notice")]
    ProjectOutside { project: ProjectId },
    /// Entries stand on the notice: it is not edited any more, money goes back by reversals.
    #[error("entries stand on the notice")]
    Arranged,
    /// Rules of the source that hold money back.
    #[error("rules of the source are broken")]
    RulesBroken { broken: Vec<Broken> },
    #[error("sum too large")]
    TooLarge,
    /// There is nothing to share by.
    #[error("no project")]
    NoProject,
}

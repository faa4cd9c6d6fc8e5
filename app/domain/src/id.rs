//! Typed ids. Inside is a UUIDv7 made elsewhere (`Call::new_id`): nothing here reads a clock or a random source.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id that nothing has. Text that is no id means it, so that both are found missing in the same way.
            pub const NOTHING: Self = Self(Uuid::nil());

            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person who signs in.
    UserId,
    /// A signed-in browser.
    SessionId,
    /// A key for the public API.
    TokenId,
    /// A key by which a wall screen is shown without signing in (墙屏口令).
    WallId,
    /// A settlement community (安置点).
    SiteId,
    /// A project; people use the internal number (内部编号) instead.
    ProjectId,
    /// A file kept with a project.
    AttachmentId,
    /// One uploaded workbook on its way in.
    ImportId,
    /// Changes that were made, and can be undone, together.
    ChangeSetId,
    /// A word that a person taught the importer.
    SynonymId,
    /// A bank's export held against the ledger.
    ReconciliationId,
    /// A fund notice (下达文件).
    NoticeId,
    /// One entry of the ledger; never reused, never changed.
    EntryId,
    /// A posting that waits for a second person.
    RequestId,
    /// Lines of one file, or the reversals that undo them, written to the ledger together.
    BatchId,
    /// A closed month that somebody asks to open again.
    ReopeningId,
    /// A report of a closed month, as first issued.
    ReportId,
    /// A figure that a document states, kept to be checked.
    StatementId,
    /// Something that a review rule found.
    FindingId,
    /// One walk of the review rules over an area.
    RunId,
    /// What one county hands in for one month (月调度).
    ReturnBookId,
    /// Something a community needs.
    NeedId,
    /// A document made of a month or a quarter.
    BulletinId,
    /// One row of the audit trail.
    AuditId,
}

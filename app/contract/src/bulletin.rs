//! 调度汇总 and 通报 on the wire: what was begun, one document as it will print, and what a person asks of it. Knows no SQL
//! and no layout.

use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::bulletin::draft::Part;
use domain::bulletin::edition::Edition;
use domain::bulletin::facts::Known;
use domain::bulletin::period::Period;
use domain::bulletin::place::Place;
use domain::bulletin::rank::{Ranked, Weights};
use domain::bulletin::wording::Letterhead;
use domain::id::BulletinId;
use domain::permission::Abilities;
use serde::{Deserialize, Serialize};

pub mod check;

/// One document in the list of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulletinHead {
    pub bulletin: BulletinId,
    pub period: Period,
    pub area: AreaCode,
    /// as it was called when the document was begun
    pub area_name: String,
    pub known: Known,
    /// of the figures that it stands on
    pub sha256: String,
    pub version: i64,
    pub made_by: String,
    /// UTC
    pub made_at: NaiveDateTime,
    /// how often it was issued
    pub issues: u32,
}

/// Every document of the person's area, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulletinsView {
    pub bulletins: Vec<BulletinHead>,
    pub area: AreaCode,
    /// the months and quarters that are over, the latest first
    pub periods: Vec<Period>,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// What a block is on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// 一、
    Section,
    /// （一）
    Subsection,
    Body,
    /// rows of the block, the first of them its heads
    Table,
}

/// One block of the document, in the order of printing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub kind: BlockKind,
    pub text: String,
    pub rows: Vec<Vec<String>>,
}

/// The document as it prints, whatever it is printed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// with what stands there when nobody wrote anything
    pub head: Letterhead,
    pub blocks: Vec<Block>,
    /// the moment and the digest that it stands on
    pub basis: String,
    /// UTC; the file names it as its making
    pub made: NaiveDateTime,
}

/// A paragraph that can be reworded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub part: Part,
    pub heading: String,
    pub text: String,
    pub is_reworded: bool,
}

/// One issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueLine {
    pub number: i64,
    /// of the bytes that went out
    pub sha256: String,
    pub issuer: String,
    /// UTC
    pub at: NaiveDateTime,
}

/// Everything on the page of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulletinView {
    pub head: BulletinHead,
    /// of the rules that it goes by
    pub edition: Edition,
    /// as a person wrote it, without what stands there otherwise
    pub letterhead: Letterhead,
    pub paper: Paper,
    pub passages: Vec<Passage>,
    pub weights: Weights,
    pub ranking: Vec<Ranked>,
    pub places: Vec<Place>,
    pub whole: Place,
    /// the newest first
    pub issues: Vec<IssueLine>,
    /// made again from what was known then, the figures are those of the document
    pub is_same: bool,
    /// idempotency key for the forms on this page
    pub key: String,
    pub may: Abilities,
}

/// Asks for one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulletinForm {
    pub bulletin: String,
}

/// Begins a document; with `like` on what another one knew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BeginForm {
    /// idempotency key
    pub key: String,
    /// code of an area; empty is the person's own
    pub area: String,
    /// `2026-10`, `2026-Q3`
    pub period: String,
    /// id of a document
    pub like: String,
}

/// Other words for one paragraph; without any it is the draft's again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RewordForm {
    pub bulletin: String,
    pub version: String,
    pub part: String,
    pub text: String,
}

/// The head of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterheadForm {
    pub bulletin: String,
    pub version: String,
    pub organ: String,
    pub number: String,
    pub title: String,
    pub addressee: String,
    pub signer: String,
    pub dated: String,
}

/// The weights of the ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WeightsForm {
    pub bulletin: String,
    pub version: String,
    pub started: String,
    pub invested: String,
    pub disbursed: String,
    pub paid: String,
    pub jobs: String,
    pub rectified: String,
}

/// Issues the document as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IssueBulletinForm {
    pub bulletin: String,
    pub version: String,
    /// idempotency key
    pub key: String,
}

/// The document asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulletinQuery {
    pub bulletin: BulletinId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginBulletin {
    pub key: String,
    pub area: Option<AreaCode>,
    pub on: Basis,
}

/// What a new document stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// what is known now
    Now(Period),
    /// what another document knew
    Like(BulletinId),
}

/// What a person changes in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Paragraph { part: Part, text: Option<String> },
    Head(Letterhead),
    Weights(Weights),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeBulletin {
    pub bulletin: BulletinId,
    pub version: i64,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueBulletin {
    pub bulletin: BulletinId,
    pub version: i64,
    pub key: String,
}

//! An entry as a row: its columns, and the hash that chains it to the row before. Asks nothing but for verification.

use super::{NewEntry, figures};
use crate::fault::Fault;
use crate::sql::{Row as SqlRow, Sql};
use crate::tx::Conn;
use domain::area::AreaPath;
use domain::ledger::{Entry, Key};
use domain::period::Month;
use sha2::{Digest, Sha256};

/// Columns of `ledger_entry` in the order they are hashed and written, `prev_hash` and `hash` last.
pub(crate) const COLUMNS: [&str; 34] = [
    "seq",
    "id",
    "project_id",
    "area_code",
    "area_path",
    "horizon",
    "source",
    "budget_year",
    "movement",
    "other_project",
    "fen",
    "date",
    "month",
    "late_for",
    "document",
    "voucher",
    "payee",
    "purpose",
    "memo",
    "notice_id",
    "reverses",
    "pair",
    "batch_id",
    "sheet",
    "cell",
    "line",
    "line_ordinal",
    "approver",
    "exception",
    "maker",
    "checker",
    "at",
    "prev_hash",
    "hash",
];
/// Of [`COLUMNS`], those that are numbers.
const NUMBERS: [&str; 5] = ["seq", "budget_year", "fen", "line_ordinal", "at"];

/// An entry as a row: every column as text, in the order of [`COLUMNS`], without the two hashes.
pub(crate) struct Row {
    texts: Vec<Option<String>>,
    prev_hash: String,
    pub hash: String,
    pub area: AreaPath,
    pub horizon: String,
    pub key: Key,
    pub month: Month,
    pub figure: usize,
    pub fen: i64,
}

impl Row {
    pub fn new(
        new: &NewEntry,
        seq: i64,
        horizon: String,
        line: Option<(String, i64)>,
        at: i64,
        prev_hash: String,
    ) -> Row {
        let NewEntry { entry, area, notice, batch, place, exception } = new;
        let Entry { posting, .. } = entry;
        let fen = entry.effect().fen();
        let (sheet, cell) = place.clone().unzip();
        let (line, ordinal) = line.unzip();
        let texts = vec![
            Some(seq.to_string()),
            Some(entry.id.to_string()),
            Some(posting.key.project.to_string()),
            Some(area.code().to_string()),
            Some(area.as_str().to_owned()),
            Some(horizon.clone()),
            Some(posting.key.source.code().to_owned()),
            Some(posting.key.year.get().to_string()),
            Some(posting.movement.code()),
            posting.movement.other().map(|other| other.to_string()),
            Some(fen.to_string()),
            Some(posting.date.to_string()),
            Some(entry.month.to_string()),
            entry.late_for.map(|month| month.to_string()),
            posting.paper.document.clone(),
            posting.paper.voucher.clone(),
            posting.payee.clone(),
            posting.purpose.clone(),
            posting.memo.clone(),
            notice.map(|notice| notice.to_string()),
            entry.reverses.map(|entry| entry.to_string()),
            entry.pair.map(|entry| entry.to_string()),
            batch.map(|batch| batch.to_string()),
            sheet,
            cell,
            line,
            ordinal.map(|ordinal| ordinal.to_string()),
            exception.as_ref().map(|exception| exception.approver().to_string()),
            exception.as_ref().map(|exception| exception.reason().to_owned()),
            Some(entry.maker.to_string()),
            Some(entry.checker.to_string()),
            Some(at.to_string()),
        ];
        let hash = hash(&prev_hash, &texts);
        let (key, month, figure) = (posting.key, entry.month, figures::figure(posting.movement));
        Row { texts, prev_hash, hash, area: area.clone(), horizon, key, month, figure, fen }
    }

    pub fn values(self) -> Vec<sea_orm::Value> {
        let value = |(name, text): (&&str, Option<String>)| -> sea_orm::Value {
            if NUMBERS.contains(name) {
                text.and_then(|text| text.parse::<i64>().ok()).into()
            } else {
                text.into()
            }
        };
        let mut values: Vec<sea_orm::Value> = COLUMNS.iter().zip(self.texts).map(value).collect();
        values.push(self.prev_hash.into());
        values.push(self.hash.into());
        values
    }
}

/// SHA-256 over the previous hash and every column, each with its length, so that no two rows read alike.
fn hash(prev_hash: &str, texts: &[Option<String>]) -> String {
    let mut hasher = Sha256::new();
    for part in std::iter::once(Some(prev_hash)).chain(texts.iter().map(Option::as_deref)) {
        let (mark, text) = part.map_or(("-", ""), |text| ("+", text));
        hasher.update(format!("{mark}{}:", text.len()));
        hasher.update(text);
    }
    hex::encode(hasher.finalize())
}

/// Place, previous hash, hash as kept, and hash as the row says.
pub(crate) struct Link {
    pub seq: i64,
    pub prev_hash: String,
    pub hash: String,
    pub computed: String,
}

/// Rows after `seq`, for walking the chain.
pub(crate) async fn links(conn: &Conn, seq: i64, limit: i64) -> Result<Vec<Link>, Fault> {
    let columns = COLUMNS.join(", ");
    let sql = Sql::new(&format!("SELECT {columns} FROM ledger_entry WHERE seq > ? ORDER BY seq LIMIT ?"))
        .with(seq)
        .with(limit);
    let link = |row: &SqlRow| -> Result<Link, Fault> {
        let mut texts = Vec::with_capacity(COLUMNS.len());
        for name in &COLUMNS[..COLUMNS.len() - 2] {
            texts.push(if NUMBERS.contains(name) {
                row.maybe_int(name)?.map(|number| number.to_string())
            } else {
                row.maybe_text(name)?
            });
        }
        let prev_hash = row.text("prev_hash")?;
        let computed = hash(&prev_hash, &texts);
        Ok(Link { seq: row.int("seq")?, prev_hash, hash: row.text("hash")?, computed })
    };
    conn.all(sql).await?.iter().map(link).collect()
}

//! Keyset cursors: where the last page ended, opaque to whoever carries it. Knows no table.

use crate::fault::Fault;

/// Sort values of the last row shown, in the order of the sort columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub Vec<Key>);

/// One sort value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Key {
    Int(i64),
    Text(String),
}

/// At most this many rows a page, whatever is asked.
pub const MOST_ROWS: u64 = 500;

/// One page and the way to the next.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub next: Option<Cursor>,
}

impl Cursor {
    /// Text for a URL.
    pub fn encode(&self) -> String {
        hex::encode(serde_json::to_vec(&self.0).unwrap_or_default())
    }

    /// Reads [`Cursor::encode`] back; a cursor nobody gave out is `Missing`, like any unknown page.
    pub fn decode(text: &str) -> Result<Cursor, Fault> {
        let missing = Fault::Missing { table: "page" };
        let Ok(bytes) = hex::decode(text) else { return Err(missing) };
        serde_json::from_slice(&bytes).map(Cursor).map_err(|_| missing)
    }
}

impl From<Key> for sea_orm::Value {
    fn from(key: Key) -> sea_orm::Value {
        match key {
            Key::Int(number) => number.into(),
            Key::Text(text) => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_made_up_one_does_not() {
        let cursor = Cursor(vec![Key::Text("/100000/".into()), Key::Int(7)]);
        assert_eq!(Cursor::decode(&cursor.encode()).unwrap(), cursor);
        assert!(Cursor::decode("zz").is_err());
    }
}

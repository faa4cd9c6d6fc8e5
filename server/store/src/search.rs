//! How a name is made findable: folded text, full pinyin and initials (`llwl` finds 冷链物流中心). Knows no table.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::Tx;
use domain::text;
use pinyin::ToPinyin;
use std::collections::BTreeSet;

/// The three keys of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub folded: String,
    pub pinyin: String,
    pub initials: String,
}

/// Keys of a name; what is no 汉字 stands for itself.
pub fn keys(name: &str) -> Keys {
    let folded = text::fold(name);
    let mut pinyin = String::new();
    let mut initials = String::new();
    for letter in folded.chars() {
        match letter.to_pinyin() {
            Some(sound) => {
                pinyin.push_str(sound.plain());
                initials.push_str(sound.first_letter());
            }
            None if letter.is_alphanumeric() => {
                pinyin.push(letter);
                initials.push(letter);
            }
            None => {}
        }
    }
    Keys { folded, pinyin, initials }
}

/// A `LIKE` pattern that finds `needle` anywhere; `\` escapes what LIKE would read itself.
pub(crate) fn anywhere(needle: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text::fold(needle).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// True when a person may mean pinyin: ASCII letters and digits only.
pub(crate) fn may_be_pinyin(needle: &str) -> bool {
    let folded = text::fold(needle);
    folded.bytes().any(|b| b.is_ascii_alphabetic()) && folded.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Letters of the pieces into which searched text is cut: two for 汉字, because most words have two; three for
/// letters, because two of them are everywhere.
const WORD_PIECE: usize = 2;
const SOUND_PIECE: usize = 3;

/// What the index holds of one project.
pub(crate) struct Indexed {
    /// internal number
    pub number: i64,
    pub text: String,
    pub pinyin: String,
    pub initials: String,
}

/// Puts projects into the index, instead of what it held of them. PostgreSQL has none.
pub(crate) async fn index(tx: &Tx, projects: Vec<Indexed>) -> Result<(), Fault> {
    if tx.is_postgres() {
        return Ok(());
    }
    let row = |project: Indexed| {
        vec![
            project.number.into(),
            pieces(&project.text, WORD_PIECE).into(),
            pieces(&project.pinyin, SOUND_PIECE).into(),
            pieces(&project.initials, SOUND_PIECE).into(),
        ]
    };
    let head = "INSERT OR REPLACE INTO project_search (rowid, words, pinyin, initials)";
    tx.insert_many(head, projects.into_iter().map(row).collect()).await
}

/// Fills an index that is empty although there are projects: they came before it.
pub(crate) async fn complete(tx: &Tx) -> Result<(), Fault> {
    if tx.is_postgres() || tx.one(Sql::new("SELECT rowid FROM project_search LIMIT 1")).await?.is_some() {
        return Ok(());
    }
    let mut last = 0;
    loop {
        let sql = Sql::new(
            "SELECT number, search_text, pinyin, initials FROM project WHERE number > ? ORDER BY number LIMIT 1000",
        );
        let rows = tx.all(sql.with(last)).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.int("number")?;
        let found = rows.iter().map(|row| {
            Ok(Indexed {
                number: row.int("number")?,
                text: row.text("search_text")?,
                pinyin: row.text("pinyin")?,
                initials: row.text("initials")?,
            })
        });
        index(tx, found.collect::<Result<_, Fault>>()?).await?;
    }
}

/// Takes projects out of the index.
pub(crate) async fn forget(tx: &Tx, numbers: impl Iterator<Item = i64>) -> Result<(), Fault> {
    if tx.is_postgres() {
        return Ok(());
    }
    let list = serde_json::to_string(&numbers.collect::<Vec<_>>()).unwrap_or_default();
    let sql = Sql::new("DELETE FROM project_search WHERE rowid IN (SELECT value FROM json_each(?))");
    tx.run(sql.with(list)).await.map(drop)
}

/// What the index is asked for a search; it finds all that can match, and some more. `None` when it cannot tell.
pub(crate) fn wanted(search: &str) -> Option<String> {
    let words: Vec<String> = search.split_whitespace().take(8).filter_map(one_word).collect();
    (!words.is_empty()).then(|| words.join(" AND "))
}

fn one_word(word: &str) -> Option<String> {
    let folded = text::fold(word);
    let words = asked(&folded, WORD_PIECE)?;
    if !may_be_pinyin(word) {
        return Some(format!("(words : ({words}))"));
    }
    let sounds = asked(&folded, SOUND_PIECE)?;
    Some(format!("((words : ({words})) OR (pinyin : ({sounds})) OR (initials : ({sounds})))"))
}

/// Every piece of the needle; a needle shorter than a piece is the beginning of one.
fn asked(needle: &str, piece: usize) -> Option<String> {
    let letters: Vec<char> = needle.chars().collect();
    if letters.len() < piece {
        let whole = letters.iter().all(|letter| is_kept(*letter)) && !letters.is_empty();
        return whole.then(|| format!("\"{needle}\" *"));
    }
    let parts: BTreeSet<String> = letters
        .windows(piece)
        .filter(|part| part.iter().all(|letter| is_kept(*letter)))
        .map(|part| format!("\"{}\"", part.iter().collect::<String>()))
        .collect();
    (!parts.is_empty()).then(|| parts.into_iter().collect::<Vec<_>>().join(" AND "))
}

/// The index's tokenizer keeps letters and digits of ASCII and everything beyond it.
const fn is_kept(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || !letter.is_ascii()
}

/// All pieces of a text with blanks between; where fewer letters are left, as many as there are.
fn pieces(text: &str, piece: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut seen = BTreeSet::new();
    for at in 0..letters.len() {
        let part: String = letters[at..].iter().take(piece).take_while(|letter| is_kept(**letter)).collect();
        if !part.is_empty() {
            seen.insert(part);
        }
    }
    seen.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_text_answer_every_part_of_it() {
        assert_eq!(pieces("冷链1期", 2), "1期 冷链 期 链1");
        assert_eq!(pieces("a-b", 2), "a b");
        assert_eq!(asked("冷链物", 2).as_deref(), Some("\"冷链\" AND \"链物\""));
        assert_eq!(asked("链", 2).as_deref(), Some("\"链\" *"));
        assert_eq!(wanted("%"), None);
    }

    #[test]
    fn initials_and_full_pinyin_of_a_name() {
        let keys = keys("冷链物流中心 2期");
        assert!(keys.initials.starts_with("llwlzx2q"));
        assert!(keys.pinyin.starts_with("lenglianwuliuzhongxin"));
        assert_eq!(anywhere("50%"), "%50\\%%");
    }
}

//! Marks in a file's XML that are noticed while its bytes pass by: rows and columns out of sight, words for a unit.
//! Knows no cell. A mark that lies across two reads is found through the few bytes kept of the read before.

use memchr::memmem;

/// Longest tag that is looked at, in bytes.
const TAG_MOST: usize = 1024;
/// Rows out of sight that are remembered of one sheet.
const ROWS_MOST: usize = 200_000;

/// Rows (from 1) and columns (from 0) of a sheet that nobody sees in a spreadsheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Veil {
    pub rows: Vec<u32>,
    /// First and last of each stretch.
    pub columns: Vec<(u32, u32)>,
}

/// Finds the tags of hidden rows and columns.
#[derive(Default)]
pub struct VeilScan {
    /// The tag that the last read broke off.
    tail: Vec<u8>,
    pub veil: Veil,
}

impl VeilScan {
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        if !self.tail.is_empty() {
            let end = memchr::memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1);
            self.tail.extend_from_slice(&bytes[..end.min(TAG_MOST)]);
            if end == bytes.len() && bytes.last() != Some(&b'>') && self.tail.len() < TAG_MOST {
                return;
            }
            let tag = std::mem::take(&mut self.tail);
            self.tag(&tag);
            rest = &bytes[end..];
        }
        for at in memmem::find_iter(rest, b"hidden=") {
            let Some(start) = memchr::memrchr(b'<', &rest[..at]) else { continue };
            if let Some(end) = memchr::memchr(b'>', &rest[at..]) {
                self.tag(&rest[start..=at + end]);
            }
        }
        let open = memchr::memrchr(b'<', rest).filter(|at| memchr::memchr(b'>', &rest[*at..]).is_none());
        if let Some(at) = open.filter(|at| rest.len() - at < TAG_MOST) {
            self.tail.extend_from_slice(&rest[at..]);
        }
    }

    fn tag(&mut self, tag: &[u8]) {
        let Ok(tag) = std::str::from_utf8(tag) else { return };
        if !matches!(attribute(tag, "hidden"), Some("1" | "true")) {
            return;
        }
        let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let number = |name: &str| attribute(tag, name).and_then(|text| text.parse::<u32>().ok());
        match name.rsplit(':').next() {
            Some("row") => {
                if let Some(row) = number("r").filter(|_| self.veil.rows.len() < ROWS_MOST) {
                    self.veil.rows.push(row);
                }
            }
            Some("col") => {
                if let (Some(first), Some(last)) = (number("min"), number("max"))
                    && (1..=last).contains(&first)
                {
                    self.veil.columns.push((first - 1, last - 1));
                }
            }
            Some(_) | None => {}
        }
    }
}

/// The value of an attribute of this very name.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let alone = tag[..at].ends_with(|c: char| c.is_whitespace());
        let value = tag[at + name.len()..].strip_prefix('=').filter(|_| alone)?;
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value[1..].split(quote).next()
    })
}

/// Bytes before and behind the word that are looked at.
const NEAR: usize = 48;

/// Notices whether 单位 stands near 元 anywhere, as it does where a unit is named.
#[derive(Default)]
pub struct UnitScan {
    tail: Vec<u8>,
    pub found: bool,
}

impl UnitScan {
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.found {
            return;
        }
        self.tail.extend_from_slice(&bytes[..bytes.len().min(2 * NEAR)]);
        self.found = near(&self.tail) || near(bytes);
        self.tail.clear();
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(2 * NEAR)..]);
    }
}

fn near(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, "单位".as_bytes()).any(|at| {
        let around = &bytes[at.saturating_sub(NEAR)..(at + NEAR).min(bytes.len())];
        memmem::find(around, "元".as_bytes()).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_wherever_the_reads_break() {
        let xml = "<cols><col min=\"2\" max=\"3\" width=\"9\" hidden=\"1\"/></cols><x:row r='7' spans=\"1:3\" hidden='true'><c/></x:row><row r=\"8\" hidden=\"0\"><row r=\"9\" hidden=\"1\">本表金额单位为元".as_bytes();
        for cut in 1..xml.len() {
            let (mut veil, mut unit) = (VeilScan::default(), UnitScan::default());
            for part in [&xml[..cut], &xml[cut..]] {
                veil.feed(part);
                unit.feed(part);
            }
            assert_eq!(veil.veil, Veil { rows: vec![7, 9], columns: vec![(1, 2)] }, "cut at {cut}");
            assert!(unit.found, "cut at {cut}");
        }
    }

    #[test]
    fn a_unit_that_is_an_office_is_none() {
        let mut unit = UnitScan::default();
        unit.feed("项目单位：某某局".as_bytes());
        assert!(!unit.found);
    }
}

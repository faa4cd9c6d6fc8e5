//! What was typed into a plain form that was refused: it goes back in the address of the form's page and stands in the
//! inputs again. Bounded, because addresses are. Never for a secret: addresses stay in histories and logs.

use super::address::{encode, sheltered};
use super::gone;

/// Most characters of one text: what the longest of these inputs takes.
const TEXT_MOST: usize = 500;
/// Most bytes of all texts together. Proxies read a line of 8 KiB, and what was wrong stands in it too.
const BYTES_MOST: usize = 6000;

/// The page at `path`, which may have a query already, with what was typed, by the names of the inputs. Empty texts go along, since an input that was
/// emptied is to stay empty. A text that is too long is cut and says so with `…`; what has no room at all is left out.
pub fn back(path: &str, typed: &[(&str, &str)]) -> String {
    back_within(BYTES_MOST, path, typed)
}

/// The same for a form of very many rows, which has room for more bytes.
pub fn back_within(most: usize, path: &str, typed: &[(&str, &str)]) -> String {
    let mut room = most.saturating_sub(path.len());
    let fitted = typed.iter().filter_map(|(name, text)| {
        let name = encode(name);
        let left = room.checked_sub(name.len() + 2)?;
        let pair = format!("{name}={}", fitting(text, left)?);
        room -= pair.len() + 1;
        Some(pair)
    });
    let pairs: Vec<String> = fitted.collect();
    let joint = if path.contains('?') { '&' } else { '?' };
    if pairs.is_empty() { path.to_owned() } else { format!("{path}{joint}{}", pairs.join("&")) }
}

/// What was typed into an input, when the form of this door came back; otherwise what is kept stands there.
pub fn typed(door: &str, input: &str) -> Option<String> {
    gone::query(|query| {
        let came = query.get("__path").is_some_and(|path| path == door);
        if came { query.get(input) } else { None }
    })
}

/// A text as an address carries it, cut to the room there is.
fn fitting(text: &str, room: usize) -> Option<String> {
    let carried = |text: &str| encode(&sheltered(text));
    let whole = carried(text);
    if whole.len() <= room && text.chars().count() <= TEXT_MOST {
        return Some(whole);
    }
    let mark = encode("…");
    let room = room.checked_sub(mark.len())?;
    let mut cut = String::new();
    for sign in text.chars().take(TEXT_MOST) {
        let sign = carried(sign.encode_utf8(&mut [0; 4]));
        if cut.len() + sign.len() > room {
            break;
        }
        cut.push_str(&sign);
    }
    Some(cut + &mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_what_was_typed_also_when_that_is_nothing() {
        let typed = [("values[name]", "王 &1"), ("to", "")];
        assert_eq!(back("/a", &typed), "/a?values%5Bname%5D=%E7%8E%8B%20%261&to=");
        assert_eq!(back("/a", &[("q", "5%20")]), "/a?q=5%252520", "the router decodes it twice");
        assert_eq!(back("/a", &[]), "/a");
        assert_eq!(back("/a?q=1", &[("to", "x")]), "/a?q=1&to=x");
    }

    #[test]
    fn an_address_stays_short_and_a_cut_is_seen() {
        let long = "长".repeat(700);
        let address = back("/a", &[("x", &long), ("y", &long), ("z", &long)]);
        assert!(address.len() <= BYTES_MOST + "/a?".len(), "{}", address.len());
        let x = format!("/a?x={}%E2%80%A6&y=", "%E9%95%BF".repeat(TEXT_MOST));
        assert!(address.starts_with(&x) && address.ends_with("%E9%95%BF%E2%80%A6"), "{address}");
    }
}

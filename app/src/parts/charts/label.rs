//! How wide a word of a drawing is, and what of it fits. Reckons from the kind of each letter, because the server has no
//! font; in tenths of a pixel at 12 pixels, and rather too wide than too narrow.

/// What stands for letters left out.
pub const CUT: char = '…';
/// Letters of Chinese and their signs are as wide as they are high.
const WIDE: i64 = 120;

fn letter(sign: char) -> i64 {
    match sign {
        '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | 'i' | 'l' | 'j' | '·' => 40,
        '%' | 'M' | 'W' | 'm' | 'w' => 112,
        'A'..='Z' => 84,
        '\u{0}'..='\u{ff}' => 70,
        _ => WIDE,
    }
}

/// How wide a text is drawn.
pub fn width(text: &str) -> i64 {
    text.chars().map(letter).sum()
}

/// The widest of some texts; nothing when there is none.
pub fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> i64 {
    texts.into_iter().map(width).max().unwrap_or_default()
}

/// The text if it fits into `room`, else as many letters of it as fit before a `…`, but one at least.
pub fn fitted(text: &str, room: i64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut left = room - letter(CUT);
    let mut short = String::new();
    for sign in text.chars() {
        left -= letter(sign);
        if left < 0 && !short.is_empty() {
            break;
        }
        short.push(sign);
    }
    short.push(CUT);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(fitted("青川县", 360), "青川县");
        assert_eq!(fitted("", 0), "");
    }

    #[test]
    fn long_names_are_cut_and_then_fit() {
        let name = "积石山保安族东乡族撒拉族自治县";
        for room in [360, 480, 720, 960] {
            let short = fitted(name, room);
            assert!(short.ends_with(CUT) && width(&short) <= room, "{room}: {short}");
            assert!(name.starts_with(short.trim_end_matches(CUT)));
        }
        assert_eq!(fitted(name, 480), "积石山…");
        assert_eq!(fitted(name, 0), "积…");
    }
}

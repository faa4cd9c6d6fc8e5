//! How texts are folded before they are compared, searched or read as numbers. Knows no language rule beyond width and space.

/// Full-width ASCII, the full-width space and Chinese commas become their plain twins; ends are trimmed.
pub fn half_width(text: &str) -> String {
    text.trim().chars().map(narrow).collect::<String>().trim().to_owned()
}

/// The key under which two headings or names count as the same: half-width, lower case, without
/// spaces and line breaks, without brackets' style.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().map(narrow).filter(|c| !c.is_whitespace()) {
        match c {
            '\0'..='\u{7F}' => folded.push(c.to_ascii_lowercase()),
            // Chinese characters have no case; not asking the tables of Unicode for them halves the work.
            '\u{3400}'..='\u{9FFF}' => folded.push(c),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

const fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(plain) => plain,
            None => c,
        },
        '\u{3000}' | '\u{00A0}' => ' ',
        '。' => '.',
        '、' => ',',
        '—' | '–' | '‐' => '-',
        other => other,
    }
}

/// What people write for "nothing here": `—`, `/`, `无`, `-`, `\`.
pub fn means_empty(text: &str) -> bool {
    matches!(half_width(text).as_str(), "" | "-" | "--" | "/" | "\\" | "无" | "暂无")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn folding_is_half_width_without_spaces_and_case(text in "(\\PC|[\\s　 ＡaＺ縣İẞΣ、—]){0,12}") {
            let slow: String =
                half_width(&text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
            prop_assert_eq!(fold(&text), slow);
        }
    }

    #[test]
    fn width_and_space_do_not_matter() {
        assert_eq!(half_width("　１，２３４．５ "), "1,234.5");
        assert_eq!(fold("县（市、 区）"), fold("县(市,区)"));
        assert!(means_empty(" — "));
        assert!(!means_empty("0"));
    }
}

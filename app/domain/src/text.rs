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

/// What a person typed without what nobody can see: controls other than the line break and the tab, of which PostgreSQL
/// cannot even store the first, and marks that turn the direction of writing and so can make a name read as another.
pub fn clean(text: &str) -> String {
    let is_seen = |c: &char| matches!(c, '\n' | '\t') || (!c.is_control() && !is_direction(*c));
    text.chars().filter(is_seen).collect()
}

/// Marks that turn the direction of writing: with them `exe.pdf` can be shown as `fdp.exe`.
pub(crate) const fn is_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
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
    fn what_nobody_sees_is_taken_out_and_nothing_else() {
        assert_eq!(clean("a\0\u{7}b\u{85}c\u{7F}"), "abc");
        assert_eq!(clean("甲\u{202E}乙\u{2066}丙\u{2069}\u{200F}\u{61C}"), "甲乙丙");
        let kept = "第一行\n\t第二行 é👨\u{200D}👩 𠀀";
        assert_eq!(clean(kept), kept);
    }

    #[test]
    fn width_and_space_do_not_matter() {
        assert_eq!(half_width("　１，２３４．５ "), "1,234.5");
        assert_eq!(fold("县（市、 区）"), fold("县(市,区)"));
        assert!(means_empty(" — "));
        assert!(!means_empty("0"));
    }
}

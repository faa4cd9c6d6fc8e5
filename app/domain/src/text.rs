//! How texts are folded before they are compared, searched or read as numbers. Knows no language rule beyond width and space.

/// Full-width ASCII, the full-width space and Chinese commas become their plain twins; ends are trimmed.
pub fn half_width(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{00A0}' => ' ',
            '。' => '.',
            '、' => ',',
            '—' | '–' | '‐' => '-',
            other => other,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The key under which two headings or names count as the same: half-width, lower case, without
/// spaces and line breaks, without brackets' style.
pub fn fold(text: &str) -> String {
    half_width(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// What people write for "nothing here": `—`, `/`, `无`, `-`, `\`.
pub fn means_empty(text: &str) -> bool {
    matches!(half_width(text).as_str(), "" | "-" | "--" | "/" | "\\" | "无" | "暂无")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_space_do_not_matter() {
        assert_eq!(half_width("　１，２３４．５ "), "1,234.5");
        assert_eq!(fold("县（市、 区）"), fold("县(市,区)"));
        assert!(means_empty(" — "));
        assert!(!means_empty("0"));
    }
}

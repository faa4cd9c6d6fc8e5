//! Addresses with a query: only what was chosen is named, so that a link says what it shows. Knows no page.

/// `path?name=value&…` of the values that are not empty.
pub fn write(path: &str, parts: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Percent-encodes what may not stand in a query.
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b',');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A text that is whole again after the router has read it: its map of a query decodes every value a second time.
pub fn sheltered(text: &str) -> String {
    text.replace('%', "%25")
}

/// A path of ours. Browsers take `\\` for `/` and leave out tabs and line breaks: `/<tab>/host` would be another host.
pub fn is_own_path(path: &str) -> bool {
    let is_odd = |sign: char| sign == '\\' || sign.is_control();
    path.starts_with('/') && !path.starts_with("//") && !path.contains(is_odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_only_what_was_chosen() {
        assert_eq!(write("/a", &[("q", "社 1"), ("sort", "")]), "/a?q=%E7%A4%BE%201");
        assert_eq!(write("/a", &[("q", "")]), "/a");
    }
}

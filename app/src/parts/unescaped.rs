//! Text where the renderer of the server does not escape it: within `<title>` and `<textarea>`. In the browser both take
//! text as text. Every such place goes through here.

const IS_BROWSER: bool = cfg!(target_arch = "wasm32");

/// A text for `<title>`.
pub fn in_title(text: String) -> String {
    if IS_BROWSER { text } else { without_tags(&text) }
}

/// A text for `<textarea>`. Readers of HTML leave out a line break that comes first, so that one is put before.
pub fn in_textarea(text: String) -> String {
    if IS_BROWSER || text.is_empty() { text } else { format!("\n{}", without_tags(&text)) }
}

fn without_tags(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_ends_its_element() {
        assert_eq!(without_tags("</textarea><b>&lt;"), "&lt;/textarea>&lt;b>&amp;lt;");
    }
}

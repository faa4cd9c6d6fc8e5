//! Which language a reader gets. Knows no cookie and no header by itself: it is handed their text.

use crate::Locale;
use leptos::prelude::*;

/// Language tag as in `<html lang>`.
pub const fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::zh_CN => "zh-CN",
        Locale::en => "en",
    }
}

/// The locale of a language tag or an `Accept-Language` header; `None` when neither of ours is named.
pub fn from_tags(text: &str) -> Option<Locale> {
    text.split(',').find_map(|part| {
        let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match tag.split('-').next().unwrap_or_default() {
            "zh" => Some(Locale::zh_CN),
            "en" => Some(Locale::en),
            _ => None,
        }
    })
}

/// The language of the page being shown.
pub fn locale() -> Locale {
    use_context::<Locale>().unwrap_or_default()
}

/// The other language of the two, for the switch.
pub const fn all() -> [Locale; 2] {
    [Locale::zh_CN, Locale::en]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_have_wins() {
        assert_eq!(from_tags("fr-FR, en;q=0.8, zh;q=0.5"), Some(Locale::en));
        assert_eq!(from_tags("zh-Hans-CN"), Some(Locale::zh_CN));
        assert_eq!(from_tags("fr"), None);
    }
}

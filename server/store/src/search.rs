//! How a name is made findable: folded text, full pinyin and initials (`llwl` finds 冷链物流中心). Knows no table.

use domain::text;
use pinyin::ToPinyin;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_full_pinyin_of_a_name() {
        let keys = keys("冷链物流中心 2期");
        assert!(keys.initials.starts_with("llwlzx2q"));
        assert!(keys.pinyin.starts_with("lenglianwuliuzhongxin"));
        assert_eq!(anywhere("50%"), "%50\\%%");
    }
}

//! Every sentence of the product, in Simplified Chinese and English. Knows no page, no database, no rule.
//!
//! Texts are in `locales/<language>/<namespace>.json`; say one with `t!(locale, namespace.key, name = value)`.
//! `name` labels our enums, `explain` makes sentences of refusals, `format` writes numbers.
#![expect(
    clippy::new_ret_no_self,
    reason = "the generated module has a function a key, and a key may be called new"
)]

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

pub mod explain;
pub mod format;
pub mod locale;
pub mod name;

pub use i18n::Locale;
/// One text in one language. The locale is a value, because a page is rendered in one language and a change
/// of language is a new page.
pub use leptos_i18n::td_string as t;

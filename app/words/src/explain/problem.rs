//! Kinds of errors of the public interface: the last part of a problem's `type`, its status and its title.

use crate::{Locale, t};

/// Kind and status of every problem, in the order of the documentation.
pub const PROBLEMS: [(&str, u16); 15] = [
    ("malformed", 400),
    ("unauthenticated", 401),
    ("read-only-token", 403),
    ("forbidden", 403),
    ("not-found", 404),
    ("method", 405),
    ("too-slow", 408),
    ("stale", 409),
    ("too-large", 413),
    ("invalid", 422),
    ("key-missing", 422),
    ("refused", 422),
    ("too-many-requests", 429),
    ("unexpected", 500),
    ("busy", 503),
];

/// A few words for the kind; a kind that is not in the table is a fault of ours.
pub fn problem_title(locale: Locale, kind: &str) -> &'static str {
    match kind {
        "unauthenticated" => t!(locale, api.title_unauthenticated),
        "read-only-token" => t!(locale, api.title_read_only),
        "forbidden" => t!(locale, api.title_forbidden),
        "not-found" => t!(locale, api.title_not_found),
        "method" => t!(locale, api.title_method),
        "invalid" => t!(locale, api.title_invalid),
        "key-missing" => t!(locale, api.title_key_missing),
        "refused" => t!(locale, api.title_refused),
        "stale" => t!(locale, api.title_stale),
        "malformed" => t!(locale, api.title_malformed),
        "too-large" => t!(locale, api.title_too_large),
        "too-slow" => t!(locale, api.title_too_slow),
        "too-many-requests" => t!(locale, api.title_too_many),
        "busy" => t!(locale, api.title_busy),
        _ => t!(locale, api.title_unexpected),
    }
}

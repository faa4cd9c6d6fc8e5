//! Labels of what becomes of the needs of communities.

use crate::{Locale, t};
use domain::site::need::StateName;

/// Where a need stands.
pub fn state(locale: Locale, value: StateName) -> &'static str {
    match value {
        StateName::Open => t!(locale, need.state_open),
        StateName::Converted => t!(locale, need.state_converted),
        StateName::Dropped => t!(locale, need.state_dropped),
    }
}

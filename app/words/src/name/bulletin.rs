//! Labels of what counties are measured by.

use crate::{Locale, t};
use domain::bulletin::rate::Indicator;

/// What a county is measured by; of a share of money, with its denominator.
pub fn indicator(locale: Locale, value: Indicator) -> &'static str {
    match value {
        Indicator::Started => t!(locale, bulletin.indicator_started),
        Indicator::Invested => t!(locale, bulletin.indicator_invested),
        Indicator::Disbursed => t!(locale, bulletin.indicator_disbursed),
        Indicator::Paid => t!(locale, bulletin.indicator_paid),
        Indicator::Jobs => t!(locale, bulletin.indicator_jobs),
        Indicator::Rectified => t!(locale, bulletin.indicator_rectified),
    }
}

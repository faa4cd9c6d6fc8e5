//! Numbers, dates and percentages as people read them. Values arrive exact; rounding happens here, once.

use crate::{Locale, t};
use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use domain::money::{Delta, Money, Unit};

/// Real minus sign (U+2212), as wide as a digit.
const MINUS: char = '−';
/// What stands for an unknown value.
pub const UNKNOWN: &str = "—";
/// From this many fen (1 亿元) on, a card shows 亿元.
const ONE_YI_FEN: i64 = 10_000_000_000;

/// An amount in 万元, two decimals, grouped: `1,850.50`.
pub fn wan(amount: Money) -> String {
    delta(Delta::from(amount), Unit::Wan)
}

/// A signed amount in `unit`, two decimals, grouped, with a true minus sign.
pub fn delta(amount: Delta, unit: Unit) -> String {
    grouped(&amount.rounded(unit, 2))
}

/// All digits of an amount in 万元, grouped: `92,862.240931`.
pub fn wan_exact(amount: Money) -> String {
    grouped(&amount.wan())
}

/// An amount with its unit, for cards and prose: 万元 below one 亿, 亿元 from there on; CNY in English.
pub fn money(locale: Locale, amount: Money) -> String {
    signed_money(locale, Delta::from(amount))
}

/// The same for a signed amount: `−86.60 万元`.
pub fn signed_money(locale: Locale, amount: Delta) -> String {
    if amount.magnitude().fen() >= ONE_YI_FEN {
        return t!(locale, common.amount_yi, amount = delta(amount, Unit::Yi));
    }
    t!(locale, common.amount_wan, amount = delta(amount, Unit::Wan))
}

/// An amount with its unit and all its digits: `1,309.40 万元`, `92,862.240931 万元`.
pub fn money_exact(locale: Locale, amount: Money) -> String {
    t!(locale, common.amount_wan, amount = wan_exact(amount))
}

/// A whole number with thousands commas.
pub fn integer(value: i64) -> String {
    grouped(&value.to_string())
}

/// How many there are, with thousands commas.
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A share in per mille as a percentage with one decimal: 903 is `90.3%`.
pub fn percent(per_mille: i64) -> String {
    let sign = if per_mille < 0 { "-" } else { "" };
    let size = per_mille.unsigned_abs();
    grouped(&format!("{sign}{}.{}", size / 10, size % 10)) + "%"
}

/// A size in the largest whole unit: `64 KiB`, `40 MiB`.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    if bytes < KIB * KIB { format!("{} KiB", bytes / KIB) } else { format!("{} MiB", bytes / (KIB * KIB)) }
}

/// `2026-11-05`, for tables.
pub fn date(value: NaiveDate) -> String {
    value.format("%Y-%m-%d").to_string()
}

/// `2026 年 11 月 5 日` or `5 November 2026`, for prose.
pub fn long_date(locale: Locale, value: NaiveDate) -> String {
    match locale {
        Locale::zh_CN => format!("{} 年 {} 月 {} 日", value.year(), value.month(), value.day()),
        Locale::en => value.format("%-d %B %Y").to_string(),
    }
}

/// An instant (UTC) on the clock of Shanghai: `2026-11-05 14:03`.
pub fn instant(utc: NaiveDateTime) -> String {
    match FixedOffset::east_opt(8 * 3600) {
        Some(shanghai) => shanghai.from_utc_datetime(&utc).format("%Y-%m-%d %H:%M").to_string(),
        None => utc.format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// Chinese capital numerals as on cheques (大写): `壹仟捌佰伍拾万零伍仟元整`.
pub fn capitals(amount: Money) -> String {
    amount.capital()
}

/// Thousands commas into a plain decimal text; `-` becomes the true minus sign.
pub fn grouped(plain: &str) -> String {
    let (sign, number) = match plain.strip_prefix('-') {
        Some(rest) => (Some(MINUS), rest),
        None => (None, plain),
    };
    let (whole, decimals) = number.split_once('.').map_or((number, None), |(w, d)| (w, Some(d)));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 2);
    text.extend(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(decimals) = decimals {
        text.push('.');
        text.push_str(decimals);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three_and_a_true_minus() {
        assert_eq!(grouped("1850.50"), "1,850.50");
        assert_eq!(grouped("-1234567"), "−1,234,567");
        assert_eq!(grouped("0.00"), "0.00");
        assert_eq!(percent(903), "90.3%");
    }

    #[test]
    fn amounts_say_their_unit_and_their_sign() {
        let fen = |fen| signed_money(Locale::zh_CN, Delta::from_fen(fen));
        assert_eq!(fen(-86_600_000), "−86.60 万元");
        assert_eq!(fen(86_600_000), "86.60 万元");
        assert_eq!(fen(-25_000_000_000), "−2.50 亿元");
        let exact = |text: &str| money_exact(Locale::zh_CN, Money::parse(text, Unit::Wan).unwrap());
        assert_eq!(exact("1309.40"), "1,309.40 万元");
        assert_eq!(exact("92862.240931"), "92,862.240931 万元");
    }
}

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
    let amount_text = if amount.fen() >= ONE_YI_FEN {
        return t!(locale, common.amount_yi, amount = delta(Delta::from(amount), Unit::Yi));
    } else {
        wan(amount)
    };
    t!(locale, common.amount_wan, amount = amount_text)
}

/// A whole number with thousands commas.
pub fn integer(value: i64) -> String {
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
    let yuan = amount.fen() / 100;
    let (jiao, fen) = (amount.fen() / 10 % 10, amount.fen() % 10);
    let mut text = String::new();
    if yuan > 0 || (jiao == 0 && fen == 0) {
        text.push_str(&capital_whole(yuan));
        text.push('元');
    }
    match (jiao, fen) {
        (0, 0) => text.push('整'),
        (0, fen) => {
            if yuan > 0 {
                text.push('零');
            }
            text.push_str(digit(fen));
            text.push('分');
        }
        (jiao, 0) => {
            text.push_str(digit(jiao));
            text.push_str("角整");
        }
        (jiao, fen) => {
            text.push_str(digit(jiao));
            text.push('角');
            text.push_str(digit(fen));
            text.push('分');
        }
    }
    text
}

fn digit(value: i64) -> &'static str {
    const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
    usize::try_from(value).ok().and_then(|at| DIGITS.get(at).copied()).unwrap_or_default()
}

fn capital_whole(value: i64) -> String {
    if value == 0 {
        return digit(0).to_owned();
    }
    let sections = [(1_000_000_000_000, "万亿"), (100_000_000, "亿"), (10_000, "万"), (1, "")];
    let mut text = String::new();
    let mut gap = false;
    let mut ends_in_zero = false;
    let mut rest = value;
    for (size, name) in sections {
        let section = rest / size;
        rest %= size;
        if section == 0 {
            gap = !text.is_empty();
            continue;
        }
        if !text.is_empty() && (gap || ends_in_zero || section < 1000) {
            text.push('零');
        }
        text.push_str(&capital_section(section));
        text.push_str(name);
        gap = false;
        ends_in_zero = section % 10 == 0;
    }
    text
}

/// A number below 10,000.
fn capital_section(section: i64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (size, name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let value = section / size % 10;
        if value == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
        }
        text.push_str(digit(value));
        text.push_str(name);
        gap = false;
    }
    text
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
    fn cheque_numerals() {
        let check = |yuan: &str, expected: &str| {
            let amount = Money::parse(yuan, Unit::Yuan).unwrap();
            assert_eq!(capitals(amount), expected, "{yuan}");
        };
        check("18505000", "壹仟捌佰伍拾万零伍仟元整");
        check("0", "零元整");
        check("100000000", "壹亿元整");
        check("100000001.05", "壹亿零壹元零伍分");
        check("10010.3", "壹万零壹拾元叁角整");
        check("1018000.25", "壹佰零壹万捌仟元贰角伍分");
    }
}

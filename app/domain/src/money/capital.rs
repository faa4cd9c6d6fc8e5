//! Amounts in capital numerals (大写金额): 叁佰贰拾万元整. Source: 正确填写票据和结算凭证的基本规定 (支付结算办法, annex 1).
//!
//! Where the rule leaves a choice, one reading is taken: a 零 stands for every run of zeros between two digits of the
//! whole part; none stands before 角 when only the 元 digit is zero; nothing follows 角.

use super::Money;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const FEN_PER_YUAN: u64 = 100;

impl Money {
    /// The amount as cheques and vouchers write it, without the leading 人民币.
    pub fn capital(self) -> String {
        let fen = self.fen().unsigned_abs();
        let (yuan, jiao, fen) = (fen / FEN_PER_YUAN, fen / 10 % 10, fen % 10);
        let mut words = String::new();
        if yuan > 0 || (jiao == 0 && fen == 0) {
            words.push_str(&whole(yuan));
            words.push('元');
        }
        match (jiao, fen) {
            (0, 0) => words.push('整'),
            (0, fen) => {
                if yuan > 0 {
                    words.push('零');
                }
                words.extend([digit(fen), '分']);
            }
            (jiao, 0) => words.extend([digit(jiao), '角']),
            (jiao, fen) => words.extend([digit(jiao), '角', digit(fen), '分']),
        }
        words
    }
}

/// A whole number of 元 in words; the powers are 拾 佰 仟, every four places 万 and 亿.
fn whole(number: u64) -> String {
    if number == 0 {
        return DIGITS[0].to_string();
    }
    let digits: Vec<u64> = number.to_string().bytes().map(|byte| u64::from(byte - b'0')).collect();
    let mut words = String::new();
    let mut gap = false;
    let mut group_has_digit = false;
    for (index, &value) in digits.iter().enumerate() {
        let place = digits.len() - 1 - index;
        if value == 0 {
            gap = true;
        } else {
            if gap {
                words.push(DIGITS[0]);
            }
            gap = false;
            group_has_digit = true;
            words.push(digit(value));
            words.extend(power(place % 4));
        }
        if place.is_multiple_of(4) {
            // 亿 also closes the 万亿 above it, so it is said even when its own four places are zero.
            words.extend(group(place / 4).filter(|_| group_has_digit || place == 8));
            group_has_digit = false;
        }
    }
    words
}

const fn digit(value: u64) -> char {
    DIGITS[(value % 10) as usize]
}

const fn power(place: usize) -> Option<char> {
    match place {
        1 => Some('拾'),
        2 => Some('佰'),
        3 => Some('仟'),
        _ => None,
    }
}

/// The word behind the four places of a group, counted from the lowest.
const fn group(index: usize) -> Option<char> {
    match index {
        1 | 3 => Some('万'),
        2 => Some('亿'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Unit;
    use proptest::prelude::*;

    fn check(yuan: &str, expected: &str) {
        assert_eq!(Money::parse(yuan, Unit::Yuan).unwrap().capital(), expected, "{yuan}");
    }

    #[test]
    fn the_examples_of_the_rule() {
        check("1409.50", "壹仟肆佰零玖元伍角");
        check("6007.14", "陆仟零柒元壹角肆分");
        check("1680.32", "壹仟陆佰捌拾元叁角贰分");
        check("107000.53", "壹拾万零柒仟元伍角叁分");
        check("16409.02", "壹万陆仟肆佰零玖元零贰分");
        check("325.04", "叁佰贰拾伍元零肆分");
    }

    #[test]
    fn whole_yuan_end_with_zheng() {
        check("3200000", "叁佰贰拾万元整");
        check("0", "零元整");
        check("1", "壹元整");
        check("10", "壹拾元整");
        check("15", "壹拾伍元整");
        check("100", "壹佰元整");
        check("1000000", "壹佰万元整");
        check("18505000", "壹仟捌佰伍拾万零伍仟元整");
    }

    #[test]
    fn less_than_a_yuan_begins_with_what_there_is() {
        check("0.01", "壹分");
        check("0.10", "壹角");
        check("0.55", "伍角伍分");
        check("1.05", "壹元零伍分");
        check("100.05", "壹佰元零伍分");
        check("100.50", "壹佰元伍角");
    }

    #[test]
    fn a_run_of_zeros_is_one_zero() {
        check("1001", "壹仟零壹元整");
        check("10001", "壹万零壹元整");
        check("10010", "壹万零壹拾元整");
        check("10100", "壹万零壹佰元整");
        check("1000001", "壹佰万零壹元整");
        check("20030040", "贰仟零叁万零肆拾元整");
        check("100000001", "壹亿零壹元整");
        check("100010000", "壹亿零壹万元整");
        check("110000000", "壹亿壹仟万元整");
        check("100100000", "壹亿零壹拾万元整");
        check("1000000000", "壹拾亿元整");
        check("10000000000000", "壹拾万亿元整");
    }

    #[test]
    fn the_largest_amounts() {
        assert_eq!(Money::MAX.capital(), "玖拾万亿元整");
        check("90000000000000", "玖拾万亿元整");
        check("10000100000000", "壹拾万零壹亿元整");
        check("10000000000001", "壹拾万亿零壹元整");
        check("12345678901234.56", "壹拾贰万叁仟肆佰伍拾陆亿柒仟捌佰玖拾万零壹仟贰佰叁拾肆元伍角陆分");
    }

    /// Reads the words back, knowing only place values: the independent half of the round trip.
    fn read(words: &str) -> i64 {
        let (mut fen, mut total, mut section, mut pending) = (0_i64, 0_i64, 0_i64, 0_i64);
        for letter in words.chars() {
            if let Some(value) = DIGITS.iter().position(|known| *known == letter) {
                pending = i64::try_from(value).unwrap();
                continue;
            }
            match letter {
                '拾' => section += pending * 10,
                '佰' => section += pending * 100,
                '仟' => section += pending * 1000,
                '万' => {
                    total += (section + pending) * 10_000;
                    section = 0;
                }
                '亿' => {
                    total = (total + section + pending) * 100_000_000;
                    section = 0;
                }
                '元' => {
                    fen += (total + section + pending) * 100;
                    section = 0;
                }
                '角' => fen += pending * 10,
                '分' => fen += pending,
                other => assert_eq!(other, '整'),
            }
            pending = 0;
        }
        fen
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_words_read_back(fen in 0..=Money::MAX.fen(), zeros in 0..13_u32, tail in 0..1000_i64) {
            // Half of the amounts are round but for a small tail, where the runs of zeros are.
            let step = 10_i64.pow(zeros);
            for fen in [fen, (fen / step * step + tail).min(Money::MAX.fen())] {
                let words = Money::from_fen(fen).unwrap().capital();
                prop_assert_eq!(read(&words), fen, "{}", words);
                prop_assert!(!words.contains("零零") && !words.starts_with('零') || fen == 0, "{}", words);
            }
        }
    }
}

//! 项目代码 of the national investment platform. Source: GB/T 40058-2021, domain.md C1.3; check digit ISO 7064 MOD 11,10.

use crate::text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A code as it is kept: half-width, upper case, hyphens as written. Its soundness is asked with [`ProjectCode::verdict`],
/// because a failed check digit is a warning, not a refusal (domain.md E14).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProjectCode(String);

/// What the digits of a code say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum CodeVerdict {
    Sound,
    /// The last digit should be `expected`.
    CheckDigit {
        expected: u8,
    },
    /// The third and fourth digits are no month.
    NoSuchMonth {
        month: u8,
    },
    /// A code from before November 2020 (`2019-520526-48-01-012345`): has no check digit.
    Legacy,
    /// Neither form.
    Malformed,
}

impl ProjectCode {
    /// Keeps what was written, width and spaces folded; `None` when nothing is left or it exceeds 40 characters.
    pub fn new(text: &str) -> Option<ProjectCode> {
        let code: String = text::half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
        (!code.is_empty() && code.chars().count() <= 40).then(|| ProjectCode(code.to_uppercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks form, month and check digit.
    pub fn verdict(&self) -> CodeVerdict {
        let groups: Vec<&str> = self.0.split('-').collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let digits: Vec<u8> = self.0.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
        let all_digits = self.0.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !all_digits || lengths != [4, 6, 2, 2, 6] {
            return CodeVerdict::Malformed;
        }
        if digits.starts_with(&[2, 0, 1]) {
            return CodeVerdict::Legacy;
        }
        let month = digits[2] * 10 + digits[3];
        if !(1..=12).contains(&month) {
            return CodeVerdict::NoSuchMonth { month };
        }
        let expected = check_digit(&digits[..19]);
        if digits[19] == expected { CodeVerdict::Sound } else { CodeVerdict::CheckDigit { expected } }
    }
}

/// ISO 7064 MOD 11,10 over the first nineteen digits.
fn check_digit(digits: &[u8]) -> u8 {
    let mut product = 10_u8;
    for digit in digits {
        let sum = (product + digit) % 10;
        product = 2 * (if sum == 0 { 10 } else { sum }) % 11;
    }
    (11 - product) % 10
}

impl fmt::Display for ProjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: CodeVerdict) {
        assert_eq!(ProjectCode::new(code).unwrap().verdict(), expected, "{code}");
    }

    #[test]
    fn codes_of_real_approvals_are_sound() {
        check("2503-500236-04-01-672557", CodeVerdict::Sound);
        check("2303-610723-04-01-109448", CodeVerdict::Sound);
        check("２５１２-341324-04-01-322206", CodeVerdict::Sound);
    }

    #[test]
    fn a_wrong_code_says_what_it_should_be() {
        check("2503-500236-04-01-672558", CodeVerdict::CheckDigit { expected: 7 });
        check("2024-520526-01-01-123456", CodeVerdict::NoSuchMonth { month: 24 });
        check("2019-520526-48-01-012345", CodeVerdict::Legacy);
        check("待定", CodeVerdict::Malformed);
    }
}

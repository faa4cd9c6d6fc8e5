//! The grammar of printed figures: words, digits, 万 and 亿, unit. Yields digits and a power of ten, nothing judged.

use super::{Kind, Number, PrintedError, Qualifier};
use crate::text;

/// What stands in a text.
pub(super) struct Figure {
    pub(super) number: Number,
    pub(super) until: Option<Number>,
    pub(super) qualifier: Qualifier,
}

/// As many digits as are read: with 万亿 and fen such a figure still multiplies within 128 bits.
const LONGEST: usize = 15;

/// Words before a number, the longer first.
const BEFORE: [(&str, Qualifier); 20] = [
    ("不低于", Qualifier::AtLeast),
    ("不少于", Qualifier::AtLeast),
    ("不超过", Qualifier::AtMost),
    ("不高于", Qualifier::AtMost),
    ("接近", Qualifier::Nearly),
    ("将近", Qualifier::Nearly),
    ("大约", Qualifier::About),
    ("大概", Qualifier::About),
    ("至少", Qualifier::AtLeast),
    ("最少", Qualifier::AtLeast),
    ("超过", Qualifier::AtLeast),
    ("突破", Qualifier::AtLeast),
    ("至多", Qualifier::AtMost),
    ("最多", Qualifier::AtMost),
    ("最高", Qualifier::AtMost),
    ("近", Qualifier::Nearly),
    ("约", Qualifier::About),
    ("超", Qualifier::AtLeast),
    ("逾", Qualifier::MoreThan),
    ("≥", Qualifier::AtLeast),
];

/// Words that end a figure.
const BEHIND: [(&str, Qualifier); 5] = [
    ("以上", Qualifier::AtLeast),
    ("以下", Qualifier::AtMost),
    ("以内", Qualifier::AtMost),
    ("左右", Qualifier::About),
    ("上下", Qualifier::About),
];

/// Multipliers and their power of ten, the longer first.
const SCALES: [(&str, i32); 7] =
    [("万亿", 12), ("千万", 7), ("百万", 6), ("亿", 8), ("万", 4), ("千", 3), ("百", 2)];

/// Numerals that stand alone before a noun (八大, 三条).
const NUMERALS: [(char, i128); 11] = [
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
    ('十', 10),
];

/// Reads one figure of this kind.
pub(super) fn figure(text: &str, kind: Kind) -> Result<Figure, PrintedError> {
    let not_a_figure = || PrintedError::NotAFigure { text: text.to_owned() };
    let folded = simplified(&text::half_width(text));
    if folded.is_empty() {
        return Err(PrintedError::Empty);
    }
    if text.contains('、') {
        return Err(not_a_figure()); // stands between two numbers, never within one
    }
    let (body, mut words) = without_words(&folded);
    let (from, to) = ends(body);
    let first = part(text, from)?;
    let second = to.map(|to| part(text, to)).transpose()?;
    // 1至2万元: multiplier and unit behind the second number are those of both.
    let last = second.as_ref().unwrap_or(&first);
    let bare = first.power.is_none() && first.unit.is_empty();
    let power = if bare { last.power } else { first.power };
    let unit = if first.unit.is_empty() { last.unit } else { first.unit };
    words.extend([first.more, last.more].into_iter().flatten());
    let figure = Figure {
        number: first.number(power, unit_power(text, unit, kind)?),
        until: second
            .as_ref()
            .map(|part| Ok(part.number(part.power, unit_power(text, part.unit, kind)?)))
            .transpose()?,
        qualifier: one_of(&words).ok_or_else(not_a_figure)?,
    };
    Ok(figure)
}

/// The text without the words before and behind, and what these say.
fn without_words(folded: &str) -> (&str, Vec<Qualifier>) {
    let (mut body, mut words) = (folded.trim(), Vec::new());
    while let Some((rest, word)) = BEFORE.iter().find_map(|(w, q)| Some((body.strip_prefix(w)?, *q))) {
        body = rest.trim_start();
        words.push(word);
    }
    while let Some((rest, word)) = BEHIND.iter().find_map(|(w, q)| Some((body.strip_suffix(w)?, *q))) {
        body = rest.trim_end();
        words.push(word);
    }
    (body, words)
}

/// What several words say together; `None` when they make no sense.
fn one_of(words: &[Qualifier]) -> Option<Qualifier> {
    let Some((first, rest)) = words.split_first() else { return Some(Qualifier::Plain) };
    if rest.iter().all(|word| word == first) {
        return Some(*first);
    }
    let both = words.contains(&Qualifier::Nearly) && words.contains(&Qualifier::MoreThan);
    let sides = words.iter().all(|word| matches!(word, Qualifier::Nearly | Qualifier::MoreThan));
    (both && sides).then_some(Qualifier::Contradictory)
}

/// The two ends of a range, or the whole.
fn ends(body: &str) -> (&str, Option<&str>) {
    let split = body.char_indices().skip(1).find(|(_, c)| matches!(c, '-' | '~' | '至' | '到'));
    let Some((at, mark)) = split else { return (body, None) };
    (body[..at].trim(), Some(body[at + mark.len_utf8()..].trim_start_matches(mark).trim()))
}

/// One number with what stands behind it.
struct Part<'a> {
    digits: i128,
    decimals: i32,
    power: Option<i32>,
    more: Option<Qualifier>,
    unit: &'a str,
}

impl Part<'_> {
    fn number(&self, power: Option<i32>, unit_power: i32) -> Number {
        Number {
            digits: self.digits,
            power: power.unwrap_or(0) + unit_power - self.decimals,
            in_full: power.is_none() && self.decimals == 0,
            fillers: self.decimals == 0,
        }
    }
}

fn part<'a>(text: &str, body: &'a str) -> Result<Part<'a>, PrintedError> {
    let not_a_figure = || PrintedError::NotAFigure { text: text.to_owned() };
    let end =
        body.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | ' '))).unwrap_or(body.len());
    let (head, mut tail) = (body[..end].trim(), &body[end..]);
    let (digits, decimals) = if head.is_empty() {
        let (numeral, rest) = numeral(tail).ok_or_else(not_a_figure)?;
        tail = rest;
        (numeral, 0)
    } else {
        let (joined, decimals) = plain_digits(head).ok_or_else(not_a_figure)?;
        let long = joined.trim_start_matches('0').len() > LONGEST || joined.len() > 2 * LONGEST;
        let digits = if long { None } else { joined.parse().ok() };
        (digits.ok_or_else(|| PrintedError::TooLong { text: text.to_owned() })?, decimals)
    };
    let (before, tail) = more(tail);
    let scale = SCALES.iter().find_map(|(sign, power)| Some((*power, tail.strip_prefix(sign)?)));
    let (power, tail) = scale.map_or((None, tail), |(power, rest)| (Some(power), rest));
    let (behind, tail) = more(tail);
    let unit = tail.split('/').next().unwrap_or("").trim(); // 元/亩 is money; per what, the label says
    Ok(Part { digits, decimals, power, more: before.or(behind), unit })
}

/// 余 or 多 at the beginning.
fn more(tail: &str) -> (Option<Qualifier>, &str) {
    let tail = tail.trim_start();
    tail.strip_prefix(['余', '多']).map_or((None, tail), |rest| (Some(Qualifier::MoreThan), rest))
}

fn numeral(tail: &str) -> Option<(i128, &str)> {
    let first = tail.chars().next()?;
    let (_, value) = NUMERALS.iter().find(|(sign, _)| *sign == first)?;
    let rest = &tail[first.len_utf8()..];
    let longer = rest.starts_with(|c| NUMERALS.iter().any(|(sign, _)| *sign == c) || "百千万亿".contains(c));
    (!longer).then_some((*value, rest))
}

/// The digits without point and grouping, and how many are decimals. Groups are of three, by comma or by blank.
fn plain_digits(head: &str) -> Option<(String, i32)> {
    let (whole, decimals) = head.split_once('.').unwrap_or((head, ""));
    let pointless = head.contains('.') && decimals.is_empty();
    if whole.is_empty() || pointless || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mark = if whole.contains(',') { ',' } else { ' ' };
    let mut groups = whole.split(mark);
    let first =
        groups.next().filter(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))?;
    let rest: Vec<&str> = groups.collect();
    let sound = rest.iter().all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    if !sound || (!rest.is_empty() && first.len() > 3) {
        return None;
    }
    Some((format!("{first}{}{decimals}", rest.concat()), i32::try_from(decimals.len()).ok()?))
}

/// The power of ten that leads from the printed unit to the base unit of the kind.
fn unit_power(text: &str, unit: &str, kind: Kind) -> Result<i32, PrintedError> {
    let known = match kind {
        Kind::Money => matches!(unit, "" | "元"),
        Kind::Persons => matches!(unit, "" | "人" | "名"),
        Kind::Households => matches!(unit, "" | "户"),
        Kind::Percent => matches!(unit, "%" | "个百分点" | "百分点"),
        Kind::Area => matches!(unit, "" | "亩"),
        // Any measure word but those of the other kinds.
        Kind::Number => {
            !matches!(unit, "元" | "人" | "名" | "户" | "%" | "百分点" | "亩") && is_measure_word(unit)
        }
    };
    if !known {
        return Err(PrintedError::OtherUnit { text: text.to_owned(), unit: unit.to_owned() });
    }
    Ok(match kind {
        Kind::Money => 2,
        Kind::Percent => -2,
        Kind::Persons | Kind::Households | Kind::Area | Kind::Number => 0,
    })
}

fn is_measure_word(unit: &str) -> bool {
    unit.chars().count() <= 4 && unit.chars().all(char::is_alphabetic)
}

/// Traditional signs that occur in figures, in their simplified form.
fn simplified(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '萬' => '万',
            '億' => '亿',
            '畝' => '亩',
            '戶' => '户',
            '餘' => '余',
            '約' => '约',
            '將' => '将',
            '內' => '内',
            '過' => '过',
            '個' => '个',
            '點' => '点',
            '條' => '条',
            '兩' => '两',
            '於' => '于',
            other => other,
        })
        .collect()
}

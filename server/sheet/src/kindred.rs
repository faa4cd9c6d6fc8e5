//! What a row below the heading is: a thing of the list, a sum, or something else. Looks at words, not at amounts.

use crate::cell::{Cell, Placed};
use crate::column::Column;
use contract::import::left_out::Why;
use domain::project::{Field, Kind};
use domain::text::fold;

/// The role of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    Thing,
    Aside(Why),
}

const FOOT: [&str; 12] = [
    "填表人",
    "填报人",
    "审核人",
    "负责人",
    "填报日期",
    "填报时间",
    "制表",
    "联系电话",
    "备注:",
    "注:",
    "说明:",
    "单位负责人",
];

/// Tells what the row is. A row without a name still is a thing when it fills three other columns.
pub fn role(cells: &[Placed<'_>], column_at: &dyn Fn(u16) -> Option<Column>) -> Rows {
    let mut known = 0;
    let mut named = false;
    for (at, _) in cells {
        match column_at(*at) {
            Some(Column::Ordinal) | None => {}
            Some(column) => {
                known += 1;
                named |= column.is_name();
            }
        }
    }
    // A row that carries our own number is one of ours, whatever its name says.
    let numbered = cells.iter().find(|(at, _)| column_at(*at) == Some(Column::Project(Field::Number)));
    if named
        && numbered.is_some_and(|(_, cell)| !matches!(cell, Cell::Text(text) if label_role(text).is_some()))
    {
        return Rows::Thing;
    }
    for (at, cell) in cells.iter().take(3) {
        let Cell::Text(text) = cell else { continue };
        // Only places where a label can stand: names, ordinals, places and columns without meaning.
        let label = match column_at(*at) {
            None | Some(Column::Ordinal | Column::Site(_)) => true,
            Some(Column::Project(field)) => {
                matches!(field, Field::Name | Field::Area | Field::Sites | Field::Number)
            }
        };
        // A line at the foot fills no place, kind or month; a project called 负责人培训 does.
        if label
            && let Some(why) = label_role(text)
            && (why != Why::Foot || !has_detail(cells, column_at))
        {
            return Rows::Aside(why);
        }
    }
    if is_section(cells, column_at) {
        return Rows::Aside(Why::Section);
    }
    if is_numbering(cells) {
        return Rows::Aside(Why::Numbering);
    }
    if named && known >= 2 || known >= 3 { Rows::Thing } else { lone(cells, named) }
}

fn label_role(text: &str) -> Option<Why> {
    let folded = fold(text);
    if FOOT.iter().any(|word| folded.starts_with(word)) {
        return Some(Why::Foot);
    }
    if folded.chars().count() > 14 {
        return None;
    }
    let bare = folded.split(['(', ':']).next().unwrap_or_default();
    // 合计35个项目 counts what it adds up.
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || "个项目条处".contains(c));
    let sum = |word: &str| bare == word || bare.ends_with(word);
    if sum("小计") {
        Some(Why::Subtotal)
    } else if matches!(bare, "合计" | "总计" | "共计" | "总合计" | "累计" | "汇总" | "total") {
        Some(Why::Total)
    } else if sum("合计") || sum("总计") {
        Some(Why::Subtotal)
    } else {
        None
    }
}

/// `一、产业类项目` or an ordinal of Chinese numerals: a title over the rows below, sums or not.
fn is_section(cells: &[Placed<'_>], column_at: &dyn Fn(u16) -> Option<Column>) -> bool {
    let numerals = |text: &str| {
        let body = text.trim_start_matches('(').trim_end_matches([')', ',', '.']);
        !body.is_empty() && body.chars().all(|c| "一二三四五六七八九十".contains(c))
    };
    let Some((at, Cell::Text(text))) = cells.first() else { return false };
    let folded = fold(text);
    let titled = folded.split_once([',', ')']).is_some_and(|(numeral, _)| numerals(numeral));
    match column_at(*at) {
        Some(Column::Ordinal) => (numerals(&folded) || titled) && !has_detail(cells, column_at),
        Some(column) if column.is_name() => titled && !has_detail(cells, column_at),
        Some(Column::Project(_) | Column::Site(_)) | None => titled && !has_detail(cells, column_at),
    }
}

fn has_detail(cells: &[Placed<'_>], column_at: &dyn Fn(u16) -> Option<Column>) -> bool {
    cells.iter().filter_map(|(at, _)| column_at(*at)).any(|column| {
        matches!(
            column.kind(),
            Kind::Code | Kind::Area | Kind::Sites | Kind::Category | Kind::Nature | Kind::Month
        )
    })
}

/// 栏次: 1, 2, 3 … across the columns.
fn is_numbering(cells: &[Placed<'_>]) -> bool {
    cells.len() >= 5
        && cells.windows(2).all(|pair| match (&pair[0].1, &pair[1].1) {
            (Cell::Number(one), Cell::Number(two)) => two - one == 1.0,
            (
                Cell::Text(_)
                | Cell::Number(_)
                | Cell::Date(_)
                | Cell::Flag(_)
                | Cell::Fault(_)
                | Cell::Formula(_),
                _,
            ) => false,
        })
}

/// A row with a name and nothing else known is a thing only when it has an ordinal beside it.
fn lone(cells: &[Placed<'_>], named: bool) -> Rows {
    let numbered = matches!(cells.first(), Some((_, Cell::Number(_))));
    if named && numbered { Rows::Thing } else { Rows::Aside(Why::Sparse) }
}

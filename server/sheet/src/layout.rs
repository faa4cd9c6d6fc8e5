//! How a sheet is laid out: heading rows, columns, unit, horizon, plan year. Found from its first rows; knows no data row.

use crate::archive::Region;
use crate::cell::{Cell, Placed, column_letters};
use crate::column::{Column, Subject};
use crate::header;
use crate::mapping::Mapping;
use chrono::NaiveDate;
use domain::money::{Named, Unit};
use domain::period::{FiscalYear, Horizon, parse_date};
use domain::project::field::split_unit;
use domain::project::{Field, Kind};
use domain::text::fold;
use serde::{Deserialize, Serialize};

/// The first rows of a sheet: row number from 1 with its filled cells.
pub type Head = [(u32, Vec<(u16, Cell<'static>)>)];

/// One column of the heading and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnFacts {
    /// From 0.
    pub at: u16,
    /// `A`, `B` …
    pub letters: String,
    /// The band above the heading, empty when there is none.
    pub band: String,
    pub heading: String,
    /// Column key; `None` is a heading to ask about, an empty key a column to ignore.
    pub key: Option<String>,
    /// The unit of this column, when it has one of its own: the person's, or the one that the heading names.
    pub unit: Option<Unit>,
    /// The person gave it its unit.
    #[serde(default)]
    pub unit_told: bool,
    /// A unit that is written and none of ours; amounts below it cannot be read until a person names the unit.
    #[serde(default)]
    pub unclear: Option<String>,
}

/// What was recognised of a sheet; every fact can be changed by a [`Mapping`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    pub subject: Subject,
    /// First and last row of the heading, from 1.
    pub header_rows: (u32, u32),
    pub columns: Vec<ColumnFacts>,
    /// Unit of amounts whose heading names none.
    pub unit: Unit,
    /// False when no unit is written anywhere and 万元 was assumed.
    pub unit_stated: bool,
    pub horizon: Option<Horizon>,
    /// The first year of the amounts by year.
    pub plan_year: Option<FiscalYear>,
    pub title: Option<String>,
    /// 填报单位
    pub reporter: Option<String>,
    /// 填报日期
    pub reported_on: Option<NaiveDate>,
}

/// Finds the layout, `None` when the sheet holds no list. A unit named above the list goes before one at its foot.
pub fn find(
    sheet: &str,
    head: &Head,
    merges: &[Region],
    mapping: &Mapping,
    foot: Option<&Named>,
) -> Option<Layout> {
    let band = header::find(head, merges, mapping)?;
    let texts = above(head, band.rows.0);
    let named = texts.iter().find_map(|text| unit_of_line(text)).or_else(|| foot.cloned());
    let (stated, unclear) = apart(named);
    // What a person says of the unit ends every doubt.
    let doubt = |unclear: Option<String>| unclear.filter(|_| mapping.unit.is_none());
    let columns: Vec<ColumnFacts> = band
        .columns
        .into_iter()
        .map(|found| {
            let letters = column_letters(found.at.into());
            let told = mapping.units.get(&letters).map(|unit| Named::Unit(*unit));
            let own = told.or_else(|| split_unit(&found.heading).1).or_else(|| split_unit(&found.band).1);
            let general = if own.is_none() { unclear.clone() } else { None };
            let (unit, foreign) = apart(own);
            ColumnFacts {
                at: found.at,
                unit_told: mapping.units.contains_key(&letters),
                letters,
                unit,
                unclear: doubt(foreign.or(general)),
                key: found.key,
                band: found.band,
                heading: found.heading,
            }
        })
        .collect();
    let years = columns.iter().filter_map(|column| match Column::from_key(column.key.as_deref()?)? {
        Column::Project(Field::Year(year)) => Some(year),
        Column::Project(_) | Column::Site(_) | Column::Ordinal => None,
    });
    let title = texts.iter().find(|text| !text.contains("单位")).cloned();
    // The name of a sheet goes before its title; where one names several lists, the other may name one.
    let horizon = Horizon::find(sheet).or_else(|| title.as_deref().and_then(Horizon::find));
    Some(Layout {
        subject: band.subject,
        header_rows: band.rows,
        unit: mapping.unit.or(stated).unwrap_or(Unit::Wan),
        unit_stated: mapping.unit.or(stated).is_some() || columns.iter().any(|column| column.unit.is_some()),
        horizon: mapping.horizon.or(horizon),
        plan_year: years.min(),
        reporter: texts.iter().find_map(|text| after(text, "填报单位")),
        reported_on: texts.iter().find_map(|text| reported_on(text)),
        title,
        columns,
    })
}

/// Texts above the heading that begins in this row.
fn above(head: &Head, first: u32) -> Vec<String> {
    let rows = head.iter().filter(|(row, _)| *row < first);
    rows.flat_map(|(_, cells)| cells).map(|(_, cell)| cell.shown().trim().to_owned()).collect()
}

/// Whether amounts stand in the list whose unit nothing above them names.
pub fn lacks_unit(layout: &Layout, head: &Head) -> bool {
    let is_open = |column: &ColumnFacts| {
        let kind = column.key.as_deref().and_then(Column::from_key).map(Column::kind);
        kind == Some(Kind::Money) && column.unit.is_none() && column.unclear.is_none()
    };
    layout.columns.iter().any(is_open)
        && !above(head, layout.header_rows.0).iter().any(|text| unit_of_line(text).is_some())
}

/// The unit in a note: `注：本表金额单位为元`. A row of the list has more cells than a note.
pub fn unit_of_note(cells: &[Placed<'_>]) -> Option<(String, Named)> {
    const MOST_CELLS: usize = 3;
    if cells.len() > MOST_CELLS {
        return None;
    }
    cells.iter().find_map(|(_, cell)| match cell {
        Cell::Text(text) if text.contains("单位") => Some((text.trim().to_owned(), unit_of_line(text)?)),
        Cell::Text(_)
        | Cell::Number(_)
        | Cell::Date(_)
        | Cell::Flag(_)
        | Cell::Fault(_)
        | Cell::Formula(_) => None,
    })
}

/// The date behind `填报日期：`.
pub fn reported_on(text: &str) -> Option<NaiveDate> {
    // Every text of the sheet is asked, and hardly one has the word.
    if !text.contains("填报") {
        return None;
    }
    parse_date(&after(text, "填报日期").or_else(|| after(text, "填报时间"))?).ok()
}

/// What stands behind `label` and a colon.
fn after(text: &str, label: &str) -> Option<String> {
    let rest = text.split_once(label)?.1.trim_start().trim_start_matches(['：', ':']).trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// Units of ours and others, apart.
fn apart(named: Option<Named>) -> (Option<Unit>, Option<String>) {
    match named {
        Some(Named::Unit(unit)) => (Some(unit), None),
        Some(Named::Foreign(text)) => (None, Some(text)),
        None => (None, None),
    }
}

/// `单位：万元、户、人`, `金额单位：元；人数单位：人`, `以万元为单位`, `汇总表（万元）`. The reporting unit (填报单位) is
/// another matter.
pub(crate) fn unit_of_line(text: &str) -> Option<Named> {
    let folded = fold(text);
    let parts = |rest: &str| {
        let body = rest.trim_start_matches([':', '为', '是']);
        body.split([',', '.', '/', ';', ')', ']', '】', '〕']).find_map(Named::find)
    };
    let as_unit = || Named::find(folded.split_once("为单位")?.0.rsplit_once('以')?.1);
    let behind = folded.match_indices("单位").find_map(|(at, word)| parts(&folded[at + word.len()..]));
    behind.or_else(as_unit).or_else(|| split_unit(text).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_in_many_places() {
        for (text, unit) in [
            ("单位：万元、户、人", Some(Unit::Wan)),
            ("单位:元", Some(Unit::Yuan)),
            ("金额单位：亿元", Some(Unit::Yi)),
            ("填报单位：黎平县", None),
            ("填报单位：黎平县   单位：万元", Some(Unit::Wan)),
            ("汇总表（万元）", Some(Unit::Wan)),
            ("单位：户、人", None),
            ("金额单位：元；人数单位：人", Some(Unit::Yuan)),
            ("【单位：元】", Some(Unit::Yuan)),
            ("单位为元", Some(Unit::Yuan)),
            ("单位：元人民币", Some(Unit::Yuan)),
            ("单位：rmb元", Some(Unit::Yuan)),
            ("本表以亿元为单位", Some(Unit::Yi)),
            ("责任单位：县发改局", None),
        ] {
            assert_eq!(unit_of_line(text), unit.map(Named::Unit), "{text}");
        }
        assert_eq!(unit_of_line("单位：千元"), Some(Named::Foreign("千元".into())));
    }
}

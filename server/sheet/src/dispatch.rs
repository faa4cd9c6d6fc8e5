//! A workbook of monthly returns: which sheets are meant, what each column holds, in which unit amounts are, and every cell
//! typed or named with its fault. Which project or community a line means is looked up by whoever asks. Knows no database.

use crate::cell::address;
use crate::layout::unit_of_line;
use crate::plain::{PlainRow, PlainSheet};
use contract::dispatch::file::{FileFault, FileFinding};
use domain::dispatch::column::{Column, Kind};
use domain::dispatch::heading::Heading;
use domain::finding::{Place, Severity};
use domain::money::{Named, Unit};
use domain::project::field::split_unit;
use domain::project::value::ValueError;
use domain::text;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Rows in which the heading is looked for.
const HEAD_ROWS: usize = 30;
/// How rows of sums begin.
const ASIDE: [&str; 4] = ["合计", "小计", "总计", "备注"];

/// A line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    pub place: Place,
    pub is_site: bool,
    /// as written; empty where nothing stands
    pub number: String,
    pub code: String,
    pub name: String,
    /// cells with something in them
    pub cells: Vec<FileCell>,
}

/// A cell of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileCell {
    pub column: Column,
    pub place: Place,
    /// canonical text
    pub value: Result<String, ValueError>,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    pub lines: Vec<FileLine>,
    pub findings: Vec<FileFinding>,
}

/// Where the columns of one sheet stand.
struct Head<'a> {
    sheet: &'a str,
    /// index of the last row of the heading
    last: usize,
    first: usize,
    texts: Vec<String>,
    at: BTreeMap<Heading, usize>,
    again: Vec<usize>,
}

/// Reads every sheet that has the headings of a return.
pub fn read(sheets: &[PlainSheet]) -> File {
    let mut file = File::default();
    let mut is_found = false;
    for sheet in sheets {
        if sheet.hidden {
            file.find(Severity::Note, top(&sheet.sheet), None, FileFault::HiddenSheet);
            continue;
        }
        let Some(head) = head(sheet) else { continue };
        is_found = true;
        head.say_headings(sheet, &mut file);
        let Some(units) = head.units(sheet, &mut file) else { continue };
        for row in &sheet.rows[head.last + 1..] {
            if let Some(line) = head.line(row, &units, &mut file) {
                file.lines.push(line);
            }
        }
    }
    if !is_found {
        let seen = sheets.iter().find(|sheet| !sheet.hidden).map(|sheet| sheet.sheet.as_str());
        file.find(Severity::Error, top(seen.unwrap_or_default()), None, FileFault::NoSheet);
    }
    file
}

fn head(sheet: &PlainSheet) -> Option<Head<'_>> {
    (0..sheet.rows.len().min(HEAD_ROWS)).find_map(|first| {
        let upper = &sheet.rows[first].cells;
        let alone = Head::of(sheet, (first, first), upper.clone());
        let pair = sheet.rows.get(first + 1).map(|row| {
            let texts = joined(upper, &row.cells);
            Head::of(sheet, (first, first + 1), texts)
        });
        // A title above the headings is no band of them.
        let better =
            pair.filter(|pair| pair.is_head() && !alone.at.is_empty() && pair.at.len() > alone.at.len());
        better.or_else(|| alone.is_head().then_some(alone))
    })
}

/// Two heading rows as one: 其中农村 below 本年累计吸纳就业 is 本年累计吸纳就业其中农村.
fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut band = "";
    let join = |place: usize| {
        let over = upper.get(place).map(String::as_str).unwrap_or_default();
        let under = lower.get(place).map(String::as_str).unwrap_or_default();
        if !over.is_empty() {
            band = over;
        }
        if under.is_empty() {
            return over.to_owned();
        }
        let both = format!("{}{under}", split_unit(band).0);
        if Heading::find(&both).is_some() { both } else { under.to_owned() }
    };
    (0..upper.len().max(lower.len())).map(join).collect()
}

impl<'a> Head<'a> {
    fn of(sheet: &'a PlainSheet, (first, last): (usize, usize), texts: Vec<String>) -> Head<'a> {
        let mut at = BTreeMap::new();
        let mut again = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            let Some(heading) = Heading::find(text) else { continue };
            match at.entry(heading) {
                Entry::Occupied(_) => again.push(place),
                Entry::Vacant(free) => {
                    free.insert(place);
                }
            }
        }
        Head { sheet: &sheet.sheet, first, last, texts, at, again }
    }

    fn is_head(&self) -> bool {
        let names = [Heading::Number, Heading::Code, Heading::Name, Heading::SiteCode, Heading::SiteName];
        names.iter().any(|name| self.at.contains_key(name)) && self.figures().next().is_some()
    }

    fn figures(&self) -> impl Iterator<Item = (Column, usize)> + '_ {
        self.at.iter().filter_map(|(heading, at)| heading.figure().map(|column| (column, *at)))
    }

    fn is_of_sites(&self) -> bool {
        self.figures().all(|(column, _)| matches!(column, Column::Site(_)))
    }

    fn place(&self, row: &PlainRow, at: Option<usize>) -> Place {
        let address = at.map(|at| address(row.row, u32::try_from(at).unwrap_or(u32::MAX)));
        Place { sheet: self.sheet.to_owned(), row: row.row, address }
    }

    /// What the reader does not understand, or meets twice; of two the first is read.
    fn say_headings(&self, sheet: &PlainSheet, file: &mut File) {
        let row = &sheet.rows[self.last];
        for (at, heading) in self.texts.iter().enumerate() {
            let heading = heading.clone();
            if self.again.contains(&at) {
                let fault = FileFault::HeadingTwice { heading };
                file.find(Severity::Warning, self.place(row, Some(at)), None, fault);
            } else if !heading.is_empty() && Heading::find(&heading).is_none() {
                let fault = FileFault::UnknownHeading { heading };
                file.find(Severity::Warning, self.place(row, Some(at)), None, fault);
            }
        }
    }

    /// The unit of every column of amounts: behind its heading, above the heading, or 万元, which is said. `None` where one
    /// is written that is none of ours.
    fn units(&self, sheet: &PlainSheet, file: &mut File) -> Option<BTreeMap<Column, Unit>> {
        let mut units = BTreeMap::new();
        let row = &sheet.rows[self.last];
        let texts = sheet.rows[..self.first].iter().flat_map(|row| &row.cells);
        let above = texts.clone().find_map(|text| Named::find(text).or_else(|| unit_of_line(text)));
        let mut is_assumed = false;
        for (column, at) in self.figures().filter(|(column, _)| column.kind() == Kind::Money) {
            let unit = match split_unit(&self.texts[at]).1.or_else(|| above.clone()) {
                Some(Named::Unit(unit)) => unit,
                Some(Named::Foreign(unit)) => {
                    let fault = FileFault::ForeignUnit { unit };
                    file.find(Severity::Error, self.place(row, Some(at)), Some(column), fault);
                    return None;
                }
                None => {
                    if !is_assumed {
                        let fault = FileFault::UnitAssumed { unit: Unit::Wan };
                        file.find(Severity::Warning, self.place(row, Some(at)), Some(column), fault);
                    }
                    is_assumed = true;
                    Unit::Wan
                }
            };
            units.insert(column, unit);
        }
        Some(units)
    }

    fn text<'r>(&self, row: &'r PlainRow, heading: Heading) -> &'r str {
        let cell = self.at.get(&heading).and_then(|at| row.cells.get(*at));
        cell.map(|text| text.trim()).unwrap_or_default()
    }

    /// Sums and empty rows are none.
    fn line(&self, row: &PlainRow, units: &BTreeMap<Column, Unit>, file: &mut File) -> Option<FileLine> {
        let is_aside = |text: &String| ASIDE.iter().any(|word| text::fold(text).starts_with(word));
        if row.cells.iter().find(|text| !text.trim().is_empty()).is_none_or(is_aside) {
            return None;
        }
        let is_site = self.is_of_sites();
        let (code, name) =
            if is_site { (Heading::SiteCode, Heading::SiteName) } else { (Heading::Code, Heading::Name) };
        let number = if is_site { "" } else { self.text(row, Heading::Number) };
        let (code, name) = (self.text(row, code), self.text(row, name));
        if text::fold(name).starts_with("合计") {
            return None;
        }
        let mut cells = Vec::new();
        for (column, at) in self.figures() {
            let Some(typed) = row.cells.get(at).filter(|text| !text.trim().is_empty()) else { continue };
            let unit = units.get(&column).copied().unwrap_or(Unit::Wan);
            // What says "nothing" leaves what is there as it is.
            let value = match column.read(typed, unit) {
                Ok(Some(value)) => Ok(value),
                Ok(None) => continue,
                Err(error) => Err(error),
            };
            cells.push(FileCell { column, place: self.place(row, Some(at)), value });
        }
        let place = self.place(row, None);
        if number.is_empty() && code.is_empty() && name.is_empty() {
            if !cells.is_empty() {
                file.find(Severity::Error, place, None, FileFault::NoName);
            }
            return None;
        }
        let (number, code, name) = (number.to_owned(), code.to_owned(), name.to_owned());
        Some(FileLine { place, is_site, number, code, name, cells })
    }
}

impl File {
    fn find(&mut self, severity: Severity, place: Place, column: Option<Column>, fault: FileFault) {
        self.findings.push(FileFinding { severity, place, column, fault });
    }
}

fn top(sheet: &str) -> Place {
    Place { sheet: sheet.to_owned(), row: 1, address: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dispatch::column::{ProjectColumn, SiteColumn};

    fn sheet(name: &str, rows: &[&[&str]]) -> PlainSheet {
        let row = |(at, cells): (usize, &&[&str])| PlainRow {
            row: u32::try_from(at + 1).unwrap(),
            cells: cells.iter().map(|text| (*text).to_owned()).collect(),
        };
        let rows = rows.iter().enumerate().map(row).collect();
        PlainSheet { sheet: name.into(), hidden: false, rows, merges: Vec::new() }
    }

    #[test]
    fn a_sheet_with_bands_is_read_in_its_unit_and_a_bad_cell_is_named() {
        let file = read(&[
            sheet(
                "项目",
                &[
                    &["月调度表", "", "", "", "单位：元"],
                    &["序号", "项目名称", "累计完成投资", "本年累计吸纳就业（人）", "", "天气"],
                    &["", "", "", "", "其中农村", ""],
                    &["1", "甲项目", "120000", "30", "很多", "晴"],
                    &["2", "乙项目", "—", "", "", ""],
                    &["", "合计", "120000", "30", "", ""],
                    &["3", "", "5", "", "", ""],
                ],
            ),
            sheet("社区", &[&["安置社区", "劳动力", "其中省外"], &["阳光社区", "603", "12"]]),
        ]);
        assert_eq!(file.lines.len(), 3, "{:?}", file.lines);
        let first = &file.lines[0];
        assert_eq!(first.cells[0].value.as_deref(), Ok("12000000"), "元 → fen");
        assert_eq!(first.cells[1].column, Column::Project(ProjectColumn::JobsCumulative));
        assert_eq!(first.cells[2].column, Column::Project(ProjectColumn::JobsCumulativeRural));
        assert_eq!(first.cells[2].place.address.as_deref(), Some("E4"));
        assert!(first.cells[2].value.is_err());
        assert!(file.lines[1].cells.is_empty());
        assert!(file.lines[2].is_site);
        assert_eq!(file.lines[2].cells[1].column, Column::Site(SiteColumn::OutOfProvince));
        let faults: Vec<_> = file.findings.iter().map(|one| &one.fault).collect();
        assert_eq!(
            faults,
            [&FileFault::UnknownHeading { heading: "天气".into() }, &FileFault::NoName],
            "{faults:?}"
        );
    }

    #[test]
    fn a_unit_nobody_wrote_is_said_and_a_foreign_one_stops_the_sheet() {
        let assumed = read(&[sheet("a", &[&["项目名称", "累计完成投资"], &["甲", "1"]])]);
        assert_eq!(assumed.findings[0].fault, FileFault::UnitAssumed { unit: Unit::Wan });
        assert_eq!(assumed.lines[0].cells[0].value.as_deref(), Ok("1000000"));
        let foreign = read(&[sheet("a", &[&["项目名称", "累计完成投资（千元）"], &["甲", "1"]])]);
        assert!(matches!(foreign.findings[0].fault, FileFault::ForeignUnit { .. }));
        assert!(foreign.lines.is_empty());
        assert_eq!(read(&[sheet("a", &[&["别的"]])]).findings[0].fault, FileFault::NoSheet);
    }
}

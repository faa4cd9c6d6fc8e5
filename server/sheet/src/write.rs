//! Lists written as the official form: title, unit line, two heading rows, 合计 on top. Knows no database.
//!
//! The form is an official one, so its words are Chinese in every language of the screens, and it reads back by them.

pub mod book;
pub mod bulletin;
pub mod csv;
pub mod dispatch;
pub mod figures;
pub mod plain;
pub mod report;
pub mod sites;

pub use ::csv::Error as CsvError;
pub use rust_xlsxwriter::XlsxError;

use book::BookWriter;
use domain::money::Money;
use domain::period::{FiscalYear, Horizon};
use domain::project::{Field, Kind, ProjectFacts, Value};
use std::collections::BTreeMap;
use std::io::Cursor;

/// One or several lists in one file.
#[derive(Clone, Debug)]
pub struct ListBook {
    /// 填报单位
    pub reporter: String,
    /// The year whose lists these are.
    pub plan_year: Option<FiscalYear>,
    /// Columns in the order of the file; 序号 and 内部编号 always come first, whether named here or not.
    pub columns: Vec<Field>,
    pub sheets: Vec<ListSheet>,
}

/// One list.
#[derive(Clone, Debug)]
pub struct ListSheet {
    /// Name of the sheet: the horizon's word when there is one.
    pub name: String,
    pub title: String,
    pub rows: Vec<ListRow>,
}

/// What stands on top of a list: known before its rows are, so that they can pass one by one.
#[derive(Clone, Debug)]
pub struct ListHead {
    pub name: String,
    pub title: String,
    pub rows: u64,
    pub sums: Sums,
}

/// Sums of the columns that can be summed; a missing one is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub amounts: BTreeMap<Field, Money>,
    /// people, households or posts by column
    pub counts: BTreeMap<Field, u64>,
}

/// One project of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// 内部编号
    pub number: String,
    pub id: String,
    pub version: i64,
    /// Names of the area and of the sites, since the facts hold only codes and ids.
    pub area: String,
    pub sites: Vec<String>,
    pub facts: ProjectFacts,
}

pub(crate) const ORDINAL: &str = "序号";
const TITLE: &str = "易地搬迁后续扶持项目储备清单";
pub(crate) const UNIT_LINE: &str = "单位：万元、户、人";

impl ListSheet {
    /// The usual sheet of a horizon.
    pub fn of(horizon: Horizon, rows: Vec<ListRow>) -> ListSheet {
        let name = horizon.sign().to_owned();
        ListSheet { title: format!("{TITLE}（{name}）"), name, rows }
    }

    /// The head over these rows.
    pub fn head(&self) -> ListHead {
        let mut sums = Sums::default();
        self.rows.iter().for_each(|row| sums.add(&row.facts));
        ListHead { name: self.name.clone(), title: self.title.clone(), rows: self.rows.len() as u64, sums }
    }
}

impl Sums {
    fn add(&mut self, facts: &ProjectFacts) {
        let years: Vec<FiscalYear> = facts.years.keys().copied().collect();
        for field in Field::all(&years) {
            match facts.get(field) {
                Some(Value::Money(amount)) => {
                    let sum = self.amounts.entry(field).or_insert(Money::ZERO);
                    *sum = sum.checked_add(amount).unwrap_or(Money::MAX);
                }
                Some(Value::Count(count)) => *self.counts.entry(field).or_default() += u64::from(count),
                Some(_) | None => {}
            }
        }
    }
}

/// The title of a list of a plan year.
pub fn title(plan_year: FiscalYear, list: &str) -> String {
    format!("{plan_year}年{TITLE}（{list}）")
}

/// The columns behind 序号, 内部编号 first.
pub(crate) fn fields(columns: &[Field]) -> Vec<Field> {
    let rest = columns.iter().copied().filter(|field| *field != Field::Number);
    std::iter::once(Field::Number).chain(rest).collect()
}

impl ListRow {
    /// What stands in a column as text, `None` when it is empty. Amounts are exact 万元.
    pub(crate) fn text(&self, field: Field) -> Option<String> {
        if field == Field::Number {
            return Some(self.number.clone());
        }
        if field == Field::Maturity {
            return Some(format!("{:?}", self.facts.maturity()));
        }
        match field.kind() {
            Kind::Area => Some(self.area.clone()),
            Kind::Sites => (!self.sites.is_empty()).then(|| self.sites.join("、")),
            Kind::Text
            | Kind::Money
            | Kind::Month
            | Kind::Date
            | Kind::Count
            | Kind::Flag
            | Kind::Code
            | Kind::Category
            | Kind::Nature
            | Kind::Stage
            | Kind::Horizon
            | Kind::Derived => self.facts.get(field).map(|value| shown(&value)),
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Money(money) => money.wan(),
        Value::Month(month) => month.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        Value::Code(code) => code.to_string(),
        Value::Category(item) => item.sign().to_owned(),
        Value::Nature(item) => item.sign().to_owned(),
        Value::Stage(item) => item.sign().to_owned(),
        Value::Horizon(item) => item.sign().to_owned(),
        Value::Area(_) | Value::Sites(_) => value.canonical(),
    }
}

/// The bytes of an .xlsx file; for books of a size that fits into memory.
pub fn workbook(book: &ListBook) -> Result<Vec<u8>, XlsxError> {
    let mut out = BookWriter::new(&book.reporter, book.plan_year, &book.columns);
    for list in &book.sheets {
        out.begin(&list.head())?;
        for row in &list.rows {
            out.row(row)?;
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    out.finish(&mut bytes)?;
    Ok(bytes.into_inner())
}

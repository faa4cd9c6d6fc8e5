//! THE table of a project's columns. Import, export, grid, difference, history and conflict all speak in `Field`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "`kind`, `spellings` and `plain_key` are exhaustive; the others name only the columns that differ"
)]

mod heading;

use super::gate::Gate;
use crate::period::FiscalYear;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

pub use heading::{split_unit, strip_unit};

/// One column of the recommended list (domain.md C5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Field {
    /// 内部编号, given at entry, never changed
    Number,
    Name,
    Code,
    /// 清单类型 in the plan year at hand
    Horizon,
    Stage,
    /// 所属安置点, several allowed
    Sites,
    /// 县（区划码）
    Area,
    /// 建设地点
    Place,
    Category,
    /// GB/T 4754 division, e.g. `C13`
    Industry,
    Nature,
    Content,
    Start,
    Finish,
    /// 建设年限, years
    TermYears,
    /// 总投资
    Total,
    /// planned amount of one source
    Source(Source),
    /// planned amount of one year
    Year(FiscalYear),
    /// 已下达 as stated in a list; never an entry of the ledger
    StatedIssued,
    /// 已到位 as stated
    StatedReceived,
    /// 已支付 as stated
    StatedPaid,
    /// date of a gate
    Gate(Gate),
    /// 成熟度, computed from the gates
    Maturity,
    /// 是否以工代赈
    WorkRelief,
    /// 劳务报酬
    LabourPay,
    /// 受益户数
    Households,
    /// 受益人数
    People,
    /// 带动就业（建设期）, 人
    JobsConstruction,
    /// 带动就业（运营期）, 人
    JobsOperation,
    /// 岗位数, 岗位
    Posts,
    Goal,
    /// 联农带农机制
    Link,
    /// 资产归属
    AssetOwner,
    /// 管护单位
    Maintainer,
    /// 责任单位
    Unit,
    /// 责任人
    Person,
    /// 填报单位
    Reporter,
    /// 填报日期
    ReportedOn,
    Remark,
}

/// What kind of value stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Text,
    Money,
    Month,
    Date,
    Count,
    Flag,
    Code,
    Category,
    Nature,
    Stage,
    Horizon,
    Area,
    Sites,
    /// Computed or given by the product; never read from a file or a form.
    Derived,
}

impl Field {
    /// Every column without the years, in the order of the official form; see [`Field::all`].
    pub fn fixed() -> Vec<Field> {
        Field::all(&[])
    }

    /// Every column in the order of the official form, with the amounts of these `years`.
    pub fn all(years: &[FiscalYear]) -> Vec<Field> {
        use Field as F;
        let mut fields = vec![
            F::Number,
            F::Name,
            F::Code,
            F::Horizon,
            F::Stage,
            F::Sites,
            F::Area,
            F::Place,
            F::Category,
            F::Industry,
            F::Nature,
            F::Content,
            F::Start,
            F::Finish,
            F::TermYears,
            F::Total,
        ];
        fields.extend(Source::ALL.map(F::Source));
        fields.extend(years.iter().copied().map(F::Year));
        fields.extend([F::StatedIssued, F::StatedReceived, F::StatedPaid]);
        fields.extend(Gate::ALL.map(F::Gate));
        fields.extend([
            F::Maturity,
            F::WorkRelief,
            F::LabourPay,
            F::Households,
            F::People,
            F::JobsConstruction,
            F::JobsOperation,
            F::Posts,
            F::Goal,
            F::Link,
            F::AssetOwner,
            F::Maintainer,
            F::Unit,
            F::Person,
            F::Reporter,
            F::ReportedOn,
            F::Remark,
        ]);
        fields
    }

    pub const fn kind(self) -> Kind {
        match self {
            Field::Number | Field::Maturity => Kind::Derived,
            Field::Name
            | Field::Place
            | Field::Industry
            | Field::Content
            | Field::Goal
            | Field::Link
            | Field::AssetOwner
            | Field::Maintainer
            | Field::Unit
            | Field::Person
            | Field::Reporter
            | Field::Remark => Kind::Text,
            Field::Code => Kind::Code,
            Field::Horizon => Kind::Horizon,
            Field::Stage => Kind::Stage,
            Field::Sites => Kind::Sites,
            Field::Area => Kind::Area,
            Field::Category => Kind::Category,
            Field::Nature => Kind::Nature,
            Field::Start | Field::Finish => Kind::Month,
            Field::Total
            | Field::Source(_)
            | Field::Year(_)
            | Field::StatedIssued
            | Field::StatedReceived
            | Field::StatedPaid
            | Field::LabourPay => Kind::Money,
            Field::Gate(_) | Field::ReportedOn => Kind::Date,
            Field::WorkRelief => Kind::Flag,
            Field::TermYears
            | Field::Households
            | Field::People
            | Field::JobsConstruction
            | Field::JobsOperation
            | Field::Posts => Kind::Count,
        }
    }

    /// Longest text of a text column, in characters.
    pub const fn longest(self) -> usize {
        match self {
            Field::Content | Field::Goal | Field::Link | Field::Remark => 4000,
            _ => 200,
        }
    }

    /// The heading of the column itself, for a two-row header its lower row.
    pub fn heading(self) -> String {
        match self {
            Field::Year(year) => format!("{year}年"),
            Field::Source(source) => source.heading().to_owned(),
            Field::Gate(gate) => gate.heading().to_owned(),
            other => other.spellings().first().copied().unwrap_or_default().to_owned(),
        }
    }

    /// The band above it (资金来源, 分年度投资, …), `None` for a column that spans both rows.
    pub const fn band(self) -> Option<&'static str> {
        match self {
            Field::Source(_) => Some("资金来源"),
            Field::Year(_) => Some("分年度投资"),
            Field::Gate(_) => Some("前期工作进展"),
            Field::JobsConstruction | Field::JobsOperation => Some("带动搬迁群众就业人数"),
            _ => None,
        }
    }

    /// Stable key in files, URLs, the database and the API: `total`, `source.CBI`, `year.2026`, `gate.design`.
    pub fn key(self) -> String {
        match self {
            Field::Source(source) => format!("source.{}", source.code()),
            Field::Year(year) => format!("year.{year}"),
            Field::Gate(gate) => format!("gate.{}", gate.code()),
            other => other.plain_key().to_owned(),
        }
    }

    /// The key of every field that carries nothing; [`Field::key`] names the others.
    const fn plain_key(self) -> &'static str {
        match self {
            Field::Number => "number",
            Field::Name => "name",
            Field::Code => "code",
            Field::Horizon => "horizon",
            Field::Stage => "stage",
            Field::Sites => "sites",
            Field::Area => "area",
            Field::Place => "place",
            Field::Category => "category",
            Field::Industry => "industry",
            Field::Nature => "nature",
            Field::Content => "content",
            Field::Start => "start",
            Field::Finish => "finish",
            Field::TermYears => "term_years",
            Field::Total => "total",
            Field::StatedIssued => "stated_issued",
            Field::StatedReceived => "stated_received",
            Field::StatedPaid => "stated_paid",
            Field::Maturity => "maturity",
            Field::WorkRelief => "work_relief",
            Field::LabourPay => "labour_pay",
            Field::Households => "households",
            Field::People => "people",
            Field::JobsConstruction => "jobs_construction",
            Field::JobsOperation => "jobs_operation",
            Field::Posts => "posts",
            Field::Goal => "goal",
            Field::Link => "link",
            Field::AssetOwner => "asset_owner",
            Field::Maintainer => "maintainer",
            Field::Unit => "unit",
            Field::Person => "person",
            Field::Reporter => "reporter",
            Field::ReportedOn => "reported_on",
            Field::Remark => "remark",
            Field::Source(_) => "source",
            Field::Year(_) => "year",
            Field::Gate(_) => "gate",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl FromStr for Field {
    type Err = String;
    fn from_str(key: &str) -> Result<Field, String> {
        let found = match key.split_once('.') {
            Some(("source", code)) => Source::from_code(code).map(Field::Source),
            Some(("year", year)) => year.parse().ok().and_then(FiscalYear::new).map(Field::Year),
            Some(("gate", code)) => Gate::from_code(code).map(Field::Gate),
            Some(_) => None,
            None => Field::fixed().into_iter().find(|field| field.key() == key),
        };
        found.ok_or_else(|| format!("not a column: {key}"))
    }
}

impl From<Field> for String {
    fn from(field: Field) -> String {
        field.key()
    }
}

impl TryFrom<String> for Field {
    type Error = String;
    fn try_from(key: String) -> Result<Field, String> {
        key.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        let years = FiscalYear::new(2026).unwrap().list_years();
        for field in Field::all(&years) {
            assert_eq!(field.key().parse(), Ok(field));
        }
    }
}

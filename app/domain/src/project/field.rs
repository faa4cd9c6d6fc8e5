//! THE table of a project's columns. Import, export, grid, difference, history and conflict all speak in `Field`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "`kind`, `spellings` and `plain_key` are exhaustive; the others name only the columns that differ"
)]

use super::gate::Gate;
use crate::period::FiscalYear;
use crate::source::Source;
use crate::text;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

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

    /// The column that a heading names, given the band above it. Years are found as `2026年` or `2026`.
    pub fn find(band: Option<&str>, heading: &str) -> Option<Field> {
        let folded = text::fold(strip_unit(heading));
        let band = band.map(text::fold).unwrap_or_default();
        let under = |word: &str| band.contains(word);
        if folded.is_empty() {
            return None;
        }
        if let Some(year) = year_of(&folded).filter(|_| band.is_empty() || under("年度") || under("投资"))
        {
            return Some(Field::Year(year));
        }
        if let Some(source) = Source::find(&folded).filter(|_| under("来源") || under("资金")) {
            return Some(Field::Source(source));
        }
        if let Some(gate) = Gate::find(&folded).filter(|_| under("前期") || under("进展") || under("要件"))
        {
            return Some(Field::Gate(gate));
        }
        let named = |field: &Field| field.spellings().iter().any(|known| text::fold(known) == folded);
        Field::fixed()
            .into_iter()
            .find(named)
            .or_else(|| Source::find(&folded).filter(|source| *source != Source::Oth).map(Field::Source))
            .or_else(|| Gate::find(&folded).map(Field::Gate))
    }

    /// Spellings met on forms, the printed one first; sources, years and gates have tables of their own.
    #[expect(clippy::too_many_lines, reason = "one table: a column a line")]
    const fn spellings(self) -> &'static [&'static str] {
        match self {
            Field::Number => &["内部编号", "项目编号", "系统编号"],
            Field::Name => &["项目名称", "名称", "项目", "工程名称"],
            Field::Code => &["项目代码", "国家项目代码", "投资项目代码", "全国投资项目在线审批监管平台代码"],
            Field::Horizon => &["清单类型", "清单", "所属清单", "储备期限"],
            Field::Stage => &["项目状态", "状态", "项目阶段"],
            Field::Sites => &[
                "所属安置点",
                "安置点",
                "安置点名称",
                "所属安置点（社区）",
                "安置社区",
                "所属社区",
                "集中安置点",
            ],
            Field::Area => &[
                "县（市、区）",
                "县",
                "县区",
                "县市区",
                "区县",
                "所在县",
                "所属县",
                "县(区)",
                "县（市、区、特区）",
                "地区",
                "行政区划",
            ],
            Field::Place => &["建设地点", "地点", "实施地点"],
            Field::Category => &["项目类型", "项目类别", "类型", "类别"],
            Field::Industry => &["行业", "国民经济行业", "行业代码", "所属行业"],
            Field::Nature => &["建设性质", "性质"],
            Field::Content => &[
                "建设规模及内容",
                "建设内容",
                "建设内容及规模",
                "建设内容和规模",
                "主要建设内容及规模",
                "主要建设内容",
            ],
            Field::Start => {
                &["计划开工年月", "开工年月", "计划开工时间", "拟开工时间", "开工时间", "计划开工"]
            }
            Field::Finish => &[
                "计划完工年月",
                "完工年月",
                "计划完工时间",
                "计划竣工时间",
                "竣工时间",
                "完工时间",
                "计划竣工年月",
                "计划完工",
            ],
            Field::TermYears => &["建设年限", "建设工期", "建设年限（年）"],
            Field::Total => &["总投资", "项目总投资", "估算总投资", "投资总额", "计划总投资", "总投资额"],
            Field::StatedIssued => &["已下达", "已下达资金", "累计下达"],
            Field::StatedReceived => &["已到位", "已到位资金", "累计到位"],
            Field::StatedPaid => &["已支付", "已支付资金", "累计支付"],
            Field::Maturity => &["成熟度", "项目成熟度"],
            Field::WorkRelief => &["是否以工代赈", "以工代赈项目", "是否采取以工代赈"],
            Field::LabourPay => &["劳务报酬", "劳务报酬金额", "发放劳务报酬"],
            Field::Households => &["受益户数", "受益户", "受益搬迁户数"],
            Field::People => &["受益人数", "受益人口", "受益群众"],
            Field::JobsConstruction => &["建设期", "建设期就业", "带动就业（建设期）", "建设期带动就业人数"],
            Field::JobsOperation => &["运营期", "运营期就业", "带动就业（运营期）", "运营期带动就业人数"],
            Field::Posts => &["岗位数", "就业岗位", "岗位"],
            Field::Goal => &["绩效目标", "绩效"],
            Field::Link => &["联农带农机制", "带农机制", "利益联结机制"],
            Field::AssetOwner => &["资产归属", "资产权属"],
            Field::Maintainer => &["管护单位", "管护主体"],
            Field::Unit => {
                &["责任单位", "项目业主", "业主单位", "实施单位", "项目单位", "建设单位", "项目法人"]
            }
            Field::Person => &["责任人", "联系人", "项目负责人"],
            Field::Reporter => &["填报单位"],
            Field::ReportedOn => &["填报日期", "填报时间"],
            Field::Remark => &["备注", "说明"],
            Field::Source(_) | Field::Year(_) | Field::Gate(_) => &[],
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

/// A heading without its unit in brackets: `总投资（万元）` is `总投资`.
pub fn strip_unit(heading: &str) -> &str {
    let trimmed = heading.trim();
    for open in ['（', '('] {
        if let Some(at) = trimmed.rfind(open) {
            let inside = trimmed[at..].trim_matches(['（', '(', '）', ')']).trim();
            if matches!(
                inside,
                "元" | "万元" | "亿元" | "户" | "人" | "个" | "亩" | "年" | "单位：万元" | "单位:万元"
            ) {
                return trimmed[..at].trim_end();
            }
        }
    }
    trimmed
}

fn year_of(folded: &str) -> Option<FiscalYear> {
    let digits = folded.trim_end_matches("投资").trim_end_matches('度').trim_end_matches('年');
    let sound = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten().and_then(FiscalYear::new)
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

    #[test]
    fn every_heading_of_our_own_form_reads_back() {
        let years = FiscalYear::new(2026).unwrap().list_years();
        for field in Field::all(&years) {
            assert_eq!(Field::find(field.band(), &field.heading()), Some(field), "{}", field.heading());
        }
    }

    #[test]
    fn headings_of_the_counties() {
        let check = |band, heading, key: &str| {
            assert_eq!(Field::find(band, heading).map(Field::key).unwrap_or_default(), key, "{heading}");
        };
        check(None, "总投资\n（万元）", "total");
        check(None, "县(市、 区)", "area");
        check(Some("资金来源"), "其他", "source.OTH");
        check(None, "其他", "");
        check(Some("分年度投资"), "2027年", "year.2027");
        check(Some("带动搬迁群众就业人数"), "运营期", "jobs_operation");
        check(None, "没有见过的列", "");
    }
}

//! Which column a heading names: the spellings counties use, bands, years and units in brackets. Knows no sheet.

use super::Field;
use crate::money::{Named, Unit};
use crate::period::FiscalYear;
use crate::project::Gate;
use crate::source::Source;
use crate::text;

impl Field {
    /// The column that a heading names, given the band above it. Years are found as `2026年` or `2026`.
    pub fn find(band: Option<&str>, heading: &str) -> Option<Field> {
        let folded = text::fold(strip_unit(heading));
        let folded =
            folded.strip_prefix("其中").map_or(&*folded, |rest| rest.trim_start_matches(':')).to_owned();
        let band = band.map(text::fold).unwrap_or_default();
        if DONE.iter().any(|word| band.contains(word)) {
            return None;
        }
        if matches!(folded.as_str(), "合计" | "小计" | "总计") && band.contains("总投资") {
            return Some(Field::Total);
        }
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
    pub(super) const fn spellings(self) -> &'static [&'static str] {
        match self {
            // 项目编号 is the county's own numbering; ours stands in exports only.
            Field::Number => &["内部编号"],
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
            Field::Total => {
                &["总投资", "项目总投资", "估算总投资", "投资总额", "计划总投资", "总投资额", "投资额"]
            }
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
}

/// A heading without its unit: `总投资（万元）`, `总投资[元]`, `总投资/亿元` are `总投资`.
pub fn strip_unit(heading: &str) -> &str {
    split_unit(heading).0
}

/// A heading and the unit of money that it names.
pub fn split_unit(heading: &str) -> (&str, Option<Named>) {
    let trimmed = heading.trim();
    if let Some(at) = trimmed.rfind(['（', '(', '[', '［', '【', '〔']) {
        let inside = trimmed[at..].trim_matches(|c: char| "（()）[]［］【】〔〕".contains(c)).trim();
        let named = Named::find(inside).or_else(|| among(inside));
        if named.is_some() || COUNTED.contains(&inside) {
            return (trimmed[..at].trim_end(), named);
        }
    }
    let mark = |c: char| c.is_whitespace() || "/／:：,，".contains(c);
    if let Some((at, _)) = trimmed.char_indices().rev().find(|(_, c)| mark(*c)) {
        let rest = trimmed[at..].trim_start_matches(mark);
        if let Some(named) = Named::find(rest) {
            return (trimmed[..at].trim_end_matches(mark), Some(named));
        }
    }
    match Unit::strip(trimmed) {
        (Some(unit), bare) if !bare.is_empty() && trimmed.ends_with('元') && !bare.ends_with(NO_UNIT) => {
            (bare, Some(Named::Unit(unit)))
        }
        (Some(_) | None, _) => (trimmed, None),
    }
}

/// The unit in a bracket that says more: `元，含税`, `含税、单位：万元`. Two different ones name none for sure.
fn among(inside: &str) -> Option<Named> {
    let parts = inside.split(|c: char| c.is_whitespace() || "，,、；;".contains(c));
    let mut named: Vec<Named> = parts.filter_map(Named::find).collect();
    named.dedup();
    match named.as_slice() {
        [] => None,
        [_] => named.pop(),
        [_, _, ..] => Some(Named::Foreign(inside.to_owned())),
    }
}

/// Units of other figures.
const COUNTED: [&str; 6] = ["户", "人", "个", "亩", "年", "岗位"];
/// Before 元 these make another word or another unit: 单元, 公元, 千元, 美元.
const NO_UNIT: [char; 9] = ['单', '公', '多', '纪', '十', '百', '千', '美', '欧'];

/// Bands over amounts that were already spent or given; those below are no plan.
const DONE: [&str; 8] = ["完成", "到位", "支付", "下达", "拨付", "累计", "支出", "结余"];

fn year_of(folded: &str) -> Option<FiscalYear> {
    let digits = folded.trim_end_matches("投资").trim_end_matches('度').trim_end_matches('年');
    let sound = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten().and_then(FiscalYear::new)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check(None, "投资额(单位：元)", "total");
        check(None, "县(市、 区)", "area");
        check(Some("资金来源"), "其他", "source.OTH");
        check(None, "其他", "");
        check(Some("分年度投资"), "2027年", "year.2027");
        check(Some("带动搬迁群众就业人数"), "运营期", "jobs_operation");
        check(None, "没有见过的列", "");
        check(Some("已到位资金"), "中央预算内", "");
        check(Some("已完成投资"), "2026年", "");
        check(Some("总投资"), "合计", "total");
        check(Some("资金来源"), "其中：其他", "source.OTH");
    }

    #[test]
    fn units_stand_behind_a_heading_in_many_ways() {
        for text in [
            "总投资（元）",
            "总投资（单位：元）",
            "总投资[元]",
            "总投资【元】",
            "总投资/元",
            "总投资 元",
            "总投资：元",
            "总投资(人民币元)",
            "总投资元",
            "总投资（元，含税）",
            "总投资（含税、单位：元）",
            "总投资（含税 元）",
        ] {
            assert_eq!(split_unit(text), ("总投资", Some(Named::Unit(Unit::Yuan))), "{text}");
        }
        assert_eq!(split_unit("总投资(千元)"), ("总投资", Some(Named::Foreign("千元".into()))));
        assert_eq!(split_unit("总投资（万元、含税）"), ("总投资", Some(Named::Unit(Unit::Wan))));
        assert_eq!(split_unit("总投资（元、万元）"), ("总投资", Some(Named::Foreign("元、万元".into()))));
        assert_eq!(split_unit("规模（亩，含林地）"), ("规模（亩，含林地）", None));
        assert_eq!(split_unit("搬迁户数（户）"), ("搬迁户数", None));
        assert_eq!(split_unit("单元"), ("单元", None));
    }
}

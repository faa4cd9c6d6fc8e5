//! Headings of a workbook of returns, by the spellings that are met. The printed one comes first, as files of ours have it.

use super::column::{Column, ProjectColumn, SiteColumn};
use crate::project::field::split_unit;
use crate::text;
use serde::{Deserialize, Serialize};

/// What a column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// 序号: of no meaning
    Serial,
    /// 内部编号
    Number,
    /// 项目代码
    Code,
    /// 项目名称
    Name,
    /// 安置点编号
    SiteCode,
    /// 安置点名称
    SiteName,
    /// 年度计划投资: shown, never read back
    Planned,
    Figure(Column),
}

impl Heading {
    /// Every heading, those of projects first.
    pub fn all() -> Vec<Heading> {
        let fixed = [
            Heading::Serial,
            Heading::Number,
            Heading::Code,
            Heading::Name,
            Heading::SiteCode,
            Heading::SiteName,
            Heading::Planned,
        ];
        let projects = ProjectColumn::ALL.into_iter().map(Column::Project);
        let sites = SiteColumn::ALL.into_iter().map(Column::Site);
        fixed.into_iter().chain(projects.chain(sites).map(Heading::Figure)).collect()
    }

    /// Spellings, the printed one first.
    pub const fn spellings(self) -> &'static [&'static str] {
        match self {
            Heading::Serial => &["序号"],
            Heading::Number => &["内部编号", "编号", "项目编号"],
            Heading::Code => &["项目代码", "项目编码", "投资项目代码"],
            Heading::Name => &["项目名称", "项目"],
            Heading::SiteCode => &["安置点编号", "社区编号", "安置点代码"],
            Heading::SiteName => &["安置点名称", "安置点", "安置社区", "社区名称", "社区", "集中安置点"],
            Heading::Planned => &["年度计划投资", "本年计划投资", "年度计划"],
            Heading::Figure(Column::Project(column)) => of_project(column),
            Heading::Figure(Column::Site(column)) => of_site(column),
        }
    }

    /// As files of ours print it.
    pub const fn printed(self) -> &'static str {
        self.spellings()[0]
    }

    /// What a heading means; a unit behind it is left aside.
    pub fn find(heading: &str) -> Option<Heading> {
        let (whole, bare) = (text::fold(heading), text::fold(split_unit(heading).0));
        let is =
            |one: &Heading, folded: &str| one.spellings().iter().any(|known| text::fold(known) == folded);
        let all = Heading::all();
        all.iter().find(|one| is(one, &whole)).or_else(|| all.iter().find(|one| is(one, &bare))).copied()
    }

    /// The column of figures, where it is one.
    pub const fn figure(self) -> Option<Column> {
        match self {
            Heading::Figure(column) => Some(column),
            Heading::Serial
            | Heading::Number
            | Heading::Code
            | Heading::Name
            | Heading::SiteCode
            | Heading::SiteName
            | Heading::Planned => None,
        }
    }
}

const fn of_project(column: ProjectColumn) -> &'static [&'static str] {
    match column {
        ProjectColumn::IsStarted => &["是否开工", "开工情况", "是否已开工"],
        ProjectColumn::Progress => &["形象进度", "工程进度", "本月形象进度", "工程形象进度"],
        ProjectColumn::Invested => {
            &["本年累计完成投资", "累计完成投资", "年度累计完成投资", "1至本月累计完成投资", "本年完成投资"]
        }
        ProjectColumn::JobsPresent => {
            &["报告期当日吸纳就业", "当日吸纳就业", "当前在岗人数", "在岗人数", "现有就业"]
        }
        ProjectColumn::JobsPresentRural => {
            &["当日吸纳就业其中农村", "报告期当日吸纳就业其中农村", "在岗其中农村", "当日其中农村"]
        }
        ProjectColumn::JobsPresentRelocated => &[
            "当日吸纳就业其中搬迁群众",
            "报告期当日吸纳就业其中搬迁群众",
            "在岗其中搬迁群众",
            "当日其中搬迁群众",
        ],
        ProjectColumn::JobsCumulative => &["本年累计吸纳就业", "累计吸纳就业", "本年累计吸纳"],
        ProjectColumn::JobsCumulativeRural => {
            &["累计吸纳就业其中农村", "本年累计吸纳就业其中农村", "累计其中农村", "累计吸纳当地农村就业"]
        }
        ProjectColumn::JobsCumulativeRelocated => {
            &["累计吸纳就业其中搬迁群众", "本年累计吸纳就业其中搬迁群众", "累计其中搬迁群众"]
        }
        ProjectColumn::Pay => &["累计发放劳动报酬", "本年累计发放劳动报酬", "发放劳动报酬", "劳务报酬"],
        ProjectColumn::ReasonNotStarted => &["未开工主要原因", "未开工原因"],
        ProjectColumn::ReasonFallen => &["累计数减少原因", "减少原因", "调减原因"],
        ProjectColumn::Explanation => &["进度偏慢说明", "进度说明", "本月主要措施"],
    }
}

const fn of_site(column: SiteColumn) -> &'static [&'static str] {
    match column {
        SiteColumn::Labour => &["劳动力", "劳动力人数", "劳动力总数"],
        SiteColumn::Employed => &["已就业", "就业人数", "已就业人数"],
        SiteColumn::OutOfProvince => &["省外就业", "其中省外", "省外"],
        SiteColumn::InProvince => &["省内县外就业", "其中省内县外", "省内县外"],
        SiteColumn::InCounty => &["县内就业", "其中县内", "县内"],
        SiteColumn::ZeroEmploymentHouseholds => &["零就业家庭", "零就业户", "零就业家庭户数"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_spelling_means_one_column_with_and_without_a_unit() {
        let mut seen = BTreeSet::new();
        for heading in Heading::all() {
            for spelling in heading.spellings() {
                assert!(seen.insert(text::fold(spelling)), "{spelling} stands twice");
                assert_eq!(Heading::find(spelling), Some(heading), "{spelling}");
            }
        }
        let invested = Some(Heading::Figure(Column::Project(ProjectColumn::Invested)));
        assert_eq!(Heading::find("累计完成投资（元）"), invested);
        assert_eq!(Heading::find(" 本年累计完成投资(万元) "), invested);
        assert_eq!(Heading::find("别的"), None);
    }
}

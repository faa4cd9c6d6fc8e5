//! Columns of a monthly return: of a project and of a community. Stable keys for inputs, history, files and conflicts.

use crate::money::{Money, Unit};
use crate::project::Field;
use crate::project::value::{Value, ValueError};
use crate::text;
use serde::{Deserialize, Serialize};

/// Most characters of a text.
pub const TEXT_MOST: usize = 500;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Flag,
    Text,
    /// canonical text is whole fen
    Money,
    /// 人 or 户
    Count,
}

/// A column of a project's return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectColumn {
    /// 是否开工
    IsStarted,
    /// 形象进度
    Progress,
    /// 本年累计完成投资
    Invested,
    /// 报告期当日吸纳就业, 人
    JobsPresent,
    /// 其中农村, 人
    JobsPresentRural,
    /// 其中搬迁群众, 人
    JobsPresentRelocated,
    /// 本年累计吸纳就业, 人
    JobsCumulative,
    /// 其中农村, 人
    JobsCumulativeRural,
    /// 其中搬迁群众, 人
    JobsCumulativeRelocated,
    /// 本年累计发放劳动报酬
    Pay,
    /// 未开工主要原因
    ReasonNotStarted,
    /// 累计数减少的原因
    ReasonFallen,
    /// 进度偏慢的说明
    Explanation,
}

/// A column of a community's return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteColumn {
    /// 劳动力, 人
    Labour,
    /// 已就业, 人
    Employed,
    /// 其中省外, 人
    OutOfProvince,
    /// 其中省内县外, 人
    InProvince,
    /// 其中县内, 人
    InCounty,
    /// 零就业家庭, 户
    ZeroEmploymentHouseholds,
}

/// A column of either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    Project(ProjectColumn),
    Site(SiteColumn),
}

impl ProjectColumn {
    pub const ALL: [ProjectColumn; 13] = [
        ProjectColumn::IsStarted,
        ProjectColumn::Progress,
        ProjectColumn::Invested,
        ProjectColumn::JobsPresent,
        ProjectColumn::JobsPresentRural,
        ProjectColumn::JobsPresentRelocated,
        ProjectColumn::JobsCumulative,
        ProjectColumn::JobsCumulativeRural,
        ProjectColumn::JobsCumulativeRelocated,
        ProjectColumn::Pay,
        ProjectColumn::ReasonNotStarted,
        ProjectColumn::ReasonFallen,
        ProjectColumn::Explanation,
    ];

    /// Sums since the year began: they cannot fall without a reason.
    pub const CUMULATIVE: [ProjectColumn; 5] = [
        ProjectColumn::Invested,
        ProjectColumn::JobsCumulative,
        ProjectColumn::JobsCumulativeRural,
        ProjectColumn::JobsCumulativeRelocated,
        ProjectColumn::Pay,
    ];

    /// Each part with its whole; the parts of one whole overlap, so they are never added.
    pub const PARTS: [(ProjectColumn, ProjectColumn); 4] = [
        (ProjectColumn::JobsPresentRural, ProjectColumn::JobsPresent),
        (ProjectColumn::JobsPresentRelocated, ProjectColumn::JobsPresent),
        (ProjectColumn::JobsCumulativeRural, ProjectColumn::JobsCumulative),
        (ProjectColumn::JobsCumulativeRelocated, ProjectColumn::JobsCumulative),
    ];

    /// Name of the input, of the column in files of ours and in conflicts.
    pub const fn key(self) -> &'static str {
        match self {
            ProjectColumn::IsStarted => "is_started",
            ProjectColumn::Progress => "progress",
            ProjectColumn::Invested => "invested",
            ProjectColumn::JobsPresent => "jobs_present",
            ProjectColumn::JobsPresentRural => "jobs_present_rural",
            ProjectColumn::JobsPresentRelocated => "jobs_present_relocated",
            ProjectColumn::JobsCumulative => "jobs_cumulative",
            ProjectColumn::JobsCumulativeRural => "jobs_cumulative_rural",
            ProjectColumn::JobsCumulativeRelocated => "jobs_cumulative_relocated",
            ProjectColumn::Pay => "pay",
            ProjectColumn::ReasonNotStarted => "reason_not_started",
            ProjectColumn::ReasonFallen => "reason_fallen",
            ProjectColumn::Explanation => "explanation",
        }
    }

    pub fn from_key(key: &str) -> Option<ProjectColumn> {
        ProjectColumn::ALL.into_iter().find(|column| column.key() == key)
    }

    pub const fn kind(self) -> Kind {
        match self {
            ProjectColumn::IsStarted => Kind::Flag,
            ProjectColumn::Progress
            | ProjectColumn::ReasonNotStarted
            | ProjectColumn::ReasonFallen
            | ProjectColumn::Explanation => Kind::Text,
            ProjectColumn::Invested | ProjectColumn::Pay => Kind::Money,
            ProjectColumn::JobsPresent
            | ProjectColumn::JobsPresentRural
            | ProjectColumn::JobsPresentRelocated
            | ProjectColumn::JobsCumulative
            | ProjectColumn::JobsCumulativeRural
            | ProjectColumn::JobsCumulativeRelocated => Kind::Count,
        }
    }
}

impl SiteColumn {
    pub const ALL: [SiteColumn; 6] = [
        SiteColumn::Labour,
        SiteColumn::Employed,
        SiteColumn::OutOfProvince,
        SiteColumn::InProvince,
        SiteColumn::InCounty,
        SiteColumn::ZeroEmploymentHouseholds,
    ];

    /// Name of the input, of the column in files of ours and in conflicts.
    pub const fn key(self) -> &'static str {
        match self {
            SiteColumn::Labour => "labour",
            SiteColumn::Employed => "employed",
            SiteColumn::OutOfProvince => "employed_out_of_province",
            SiteColumn::InProvince => "employed_in_province",
            SiteColumn::InCounty => "employed_in_county",
            SiteColumn::ZeroEmploymentHouseholds => "zero_employment_households",
        }
    }

    pub fn from_key(key: &str) -> Option<SiteColumn> {
        SiteColumn::ALL.into_iter().find(|column| column.key() == key)
    }
}

impl Column {
    pub const fn key(self) -> &'static str {
        match self {
            Column::Project(column) => column.key(),
            Column::Site(column) => column.key(),
        }
    }

    pub const fn kind(self) -> Kind {
        match self {
            Column::Project(column) => column.kind(),
            Column::Site(_) => Kind::Count,
        }
    }

    /// Reads what a person typed or a cell says into the canonical text; amounts without a unit are in `unit`. Blank, and
    /// where no text is meant also `—` and `无`, is nothing.
    pub fn read(self, typed: &str, unit: Unit) -> Result<Option<String>, ValueError> {
        let typed = text::clean(typed);
        let typed = typed.trim();
        let is_text = self.kind() == Kind::Text;
        if typed.is_empty() || (!is_text && text::means_empty(typed)) {
            return Ok(None);
        }
        let read = match self.kind() {
            Kind::Text if typed.chars().count() > TEXT_MOST => {
                return Err(ValueError::TooLong { allowed: TEXT_MOST });
            }
            Kind::Text => typed.to_owned(),
            Kind::Money => Money::parse(typed, unit).map_err(ValueError::Amount)?.fen().to_string(),
            // Counts and answers are read as those of projects are.
            Kind::Count => return Ok(Value::read(Field::People, typed, unit)?.map(|count| count.canonical())),
            Kind::Flag => {
                return Ok(Value::read(Field::WorkRelief, typed, unit)?.map(|flag| flag.canonical()));
            }
        };
        Ok(Some(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_one_column_each_and_cells_are_read_as_people_write_them() {
        for column in ProjectColumn::ALL {
            assert_eq!(ProjectColumn::from_key(column.key()), Some(column));
        }
        for column in SiteColumn::ALL {
            assert_eq!(SiteColumn::from_key(column.key()), Some(column));
        }
        let read = |column, typed| Column::Project(column).read(typed, Unit::Wan);
        assert_eq!(read(ProjectColumn::Invested, "１，２００.5").unwrap().as_deref(), Some("1200500000"));
        assert_eq!(read(ProjectColumn::Invested, "12元").unwrap().as_deref(), Some("1200"));
        assert_eq!(read(ProjectColumn::JobsPresent, "—").unwrap(), None);
        assert_eq!(read(ProjectColumn::IsStarted, "是").unwrap().as_deref(), Some("1"));
        assert_eq!(read(ProjectColumn::ReasonFallen, "无").unwrap().as_deref(), Some("无"));
        assert!(read(ProjectColumn::JobsPresent, "-1").is_err());
        assert!(read(ProjectColumn::Progress, &"长".repeat(501)).is_err());
    }
}

//! One row of a monthly return: a project's or a community's figures of a month. A figure nobody gave is none, never zero.

use super::column::{Column, Kind, ProjectColumn, SiteColumn};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What a project reports. Amounts and `…_cumulative` are sums of the year up to the month's end, `…_present` stands on its
/// last day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectRow {
    pub is_started: Option<bool>,
    pub progress: Option<String>,
    pub invested: Option<Money>,
    /// 人
    pub jobs_present: Option<u32>,
    pub jobs_present_rural: Option<u32>,
    pub jobs_present_relocated: Option<u32>,
    /// 人
    pub jobs_cumulative: Option<u32>,
    pub jobs_cumulative_rural: Option<u32>,
    pub jobs_cumulative_relocated: Option<u32>,
    pub pay: Option<Money>,
    pub reason_not_started: Option<String>,
    pub reason_fallen: Option<String>,
    pub explanation: Option<String>,
}

/// What a community reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteRow {
    /// 人
    pub labour: Option<u32>,
    pub employed: Option<u32>,
    pub employed_out_of_province: Option<u32>,
    pub employed_in_province: Option<u32>,
    pub employed_in_county: Option<u32>,
    /// 户
    pub zero_employment_households: Option<u32>,
}

/// Figures of several projects added up, each with like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub projects: u64,
    pub started: u64,
    pub invested: Money,
    /// 人
    pub jobs_present: u64,
    pub jobs_present_rural: u64,
    pub jobs_present_relocated: u64,
    /// 人
    pub jobs_cumulative: u64,
    pub jobs_cumulative_rural: u64,
    pub jobs_cumulative_relocated: u64,
    pub pay: Money,
}

impl ProjectRow {
    /// Canonical text of a column: whole fen, whole people, `1` or `0`.
    pub fn text(&self, column: ProjectColumn) -> Option<String> {
        match column {
            ProjectColumn::IsStarted => self.is_started.map(|is| if is { "1" } else { "0" }.to_owned()),
            ProjectColumn::Progress => self.progress.clone(),
            ProjectColumn::ReasonNotStarted => self.reason_not_started.clone(),
            ProjectColumn::ReasonFallen => self.reason_fallen.clone(),
            ProjectColumn::Explanation => self.explanation.clone(),
            ProjectColumn::Invested
            | ProjectColumn::JobsPresent
            | ProjectColumn::JobsPresentRural
            | ProjectColumn::JobsPresentRelocated
            | ProjectColumn::JobsCumulative
            | ProjectColumn::JobsCumulativeRural
            | ProjectColumn::JobsCumulativeRelocated
            | ProjectColumn::Pay => self.figure(column).map(|figure| figure.to_string()),
        }
    }

    /// The number in a column of amounts (fen) or people; texts have none.
    pub fn figure(&self, column: ProjectColumn) -> Option<i64> {
        match column {
            ProjectColumn::Invested => self.invested.map(Money::fen),
            ProjectColumn::Pay => self.pay.map(Money::fen),
            ProjectColumn::JobsPresent => self.jobs_present.map(i64::from),
            ProjectColumn::JobsPresentRural => self.jobs_present_rural.map(i64::from),
            ProjectColumn::JobsPresentRelocated => self.jobs_present_relocated.map(i64::from),
            ProjectColumn::JobsCumulative => self.jobs_cumulative.map(i64::from),
            ProjectColumn::JobsCumulativeRural => self.jobs_cumulative_rural.map(i64::from),
            ProjectColumn::JobsCumulativeRelocated => self.jobs_cumulative_relocated.map(i64::from),
            ProjectColumn::IsStarted
            | ProjectColumn::Progress
            | ProjectColumn::ReasonNotStarted
            | ProjectColumn::ReasonFallen
            | ProjectColumn::Explanation => None,
        }
    }

    /// Puts a canonical text in; false when it is none of this column.
    pub fn set(&mut self, column: ProjectColumn, text: Option<&str>) -> bool {
        let Some(text) = text else {
            self.clear(column);
            return true;
        };
        match column.kind() {
            Kind::Text => self.words(column).map(|slot| *slot = Some(text.to_owned())).is_some(),
            Kind::Flag => {
                self.is_started = Some(text == "1");
                text == "1" || text == "0"
            }
            Kind::Money => {
                let amount = text.parse().ok().and_then(Money::from_fen);
                amount.is_some() && self.amount(column).map(|slot| *slot = amount).is_some()
            }
            Kind::Count => {
                let count = text.parse().ok();
                count.is_some() && self.count(column).map(|slot| *slot = count).is_some()
            }
        }
    }

    /// Nothing was ever given.
    pub fn is_blank(&self) -> bool {
        *self == ProjectRow::default()
    }

    fn clear(&mut self, column: ProjectColumn) {
        if column == ProjectColumn::IsStarted {
            self.is_started = None;
        }
        if let Some(slot) = self.words(column) {
            *slot = None;
        }
        if let Some(slot) = self.amount(column) {
            *slot = None;
        }
        if let Some(slot) = self.count(column) {
            *slot = None;
        }
    }

    fn words(&mut self, column: ProjectColumn) -> Option<&mut Option<String>> {
        match column {
            ProjectColumn::Progress => Some(&mut self.progress),
            ProjectColumn::ReasonNotStarted => Some(&mut self.reason_not_started),
            ProjectColumn::ReasonFallen => Some(&mut self.reason_fallen),
            ProjectColumn::Explanation => Some(&mut self.explanation),
            ProjectColumn::IsStarted
            | ProjectColumn::Invested
            | ProjectColumn::JobsPresent
            | ProjectColumn::JobsPresentRural
            | ProjectColumn::JobsPresentRelocated
            | ProjectColumn::JobsCumulative
            | ProjectColumn::JobsCumulativeRural
            | ProjectColumn::JobsCumulativeRelocated
            | ProjectColumn::Pay => None,
        }
    }

    fn amount(&mut self, column: ProjectColumn) -> Option<&mut Option<Money>> {
        if column == ProjectColumn::Invested {
            Some(&mut self.invested)
        } else if column == ProjectColumn::Pay {
            Some(&mut self.pay)
        } else {
            None
        }
    }

    fn count(&mut self, column: ProjectColumn) -> Option<&mut Option<u32>> {
        match column {
            ProjectColumn::JobsPresent => Some(&mut self.jobs_present),
            ProjectColumn::JobsPresentRural => Some(&mut self.jobs_present_rural),
            ProjectColumn::JobsPresentRelocated => Some(&mut self.jobs_present_relocated),
            ProjectColumn::JobsCumulative => Some(&mut self.jobs_cumulative),
            ProjectColumn::JobsCumulativeRural => Some(&mut self.jobs_cumulative_rural),
            ProjectColumn::JobsCumulativeRelocated => Some(&mut self.jobs_cumulative_relocated),
            ProjectColumn::IsStarted
            | ProjectColumn::Progress
            | ProjectColumn::Invested
            | ProjectColumn::Pay
            | ProjectColumn::ReasonNotStarted
            | ProjectColumn::ReasonFallen
            | ProjectColumn::Explanation => None,
        }
    }
}

impl SiteRow {
    pub fn figure(&self, column: SiteColumn) -> Option<u32> {
        match column {
            SiteColumn::Labour => self.labour,
            SiteColumn::Employed => self.employed,
            SiteColumn::OutOfProvince => self.employed_out_of_province,
            SiteColumn::InProvince => self.employed_in_province,
            SiteColumn::InCounty => self.employed_in_county,
            SiteColumn::ZeroEmploymentHouseholds => self.zero_employment_households,
        }
    }

    pub fn text(&self, column: SiteColumn) -> Option<String> {
        self.figure(column).map(|figure| figure.to_string())
    }

    /// Puts a canonical text in; false when it is no count.
    pub fn set(&mut self, column: SiteColumn, text: Option<&str>) -> bool {
        let count = text.and_then(|text| text.parse().ok());
        let slot = match column {
            SiteColumn::Labour => &mut self.labour,
            SiteColumn::Employed => &mut self.employed,
            SiteColumn::OutOfProvince => &mut self.employed_out_of_province,
            SiteColumn::InProvince => &mut self.employed_in_province,
            SiteColumn::InCounty => &mut self.employed_in_county,
            SiteColumn::ZeroEmploymentHouseholds => &mut self.zero_employment_households,
        };
        *slot = count;
        text.is_some() == count.is_some()
    }

    /// Nothing was ever given.
    pub fn is_blank(&self) -> bool {
        *self == SiteRow::default()
    }
}

impl Totals {
    /// The sums of these rows; what was not given adds nothing. `None` when amounts leave the range of money.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a ProjectRow>) -> Option<Totals> {
        let count = |figure: Option<u32>| u64::from(figure.unwrap_or_default());
        rows.into_iter().try_fold(Totals::default(), |sum, row| {
            Some(Totals {
                projects: sum.projects + 1,
                started: sum.started + u64::from(row.is_started == Some(true)),
                invested: sum.invested.checked_add(row.invested.unwrap_or_default())?,
                jobs_present: sum.jobs_present + count(row.jobs_present),
                jobs_present_rural: sum.jobs_present_rural + count(row.jobs_present_rural),
                jobs_present_relocated: sum.jobs_present_relocated + count(row.jobs_present_relocated),
                jobs_cumulative: sum.jobs_cumulative + count(row.jobs_cumulative),
                jobs_cumulative_rural: sum.jobs_cumulative_rural + count(row.jobs_cumulative_rural),
                jobs_cumulative_relocated: sum.jobs_cumulative_relocated
                    + count(row.jobs_cumulative_relocated),
                pay: sum.pay.checked_add(row.pay.unwrap_or_default())?,
            })
        })
    }

    /// Both together.
    pub fn and(self, other: Totals) -> Option<Totals> {
        Some(Totals {
            projects: self.projects + other.projects,
            started: self.started + other.started,
            invested: self.invested.checked_add(other.invested)?,
            jobs_present: self.jobs_present + other.jobs_present,
            jobs_present_rural: self.jobs_present_rural + other.jobs_present_rural,
            jobs_present_relocated: self.jobs_present_relocated + other.jobs_present_relocated,
            jobs_cumulative: self.jobs_cumulative + other.jobs_cumulative,
            jobs_cumulative_rural: self.jobs_cumulative_rural + other.jobs_cumulative_rural,
            jobs_cumulative_relocated: self.jobs_cumulative_relocated + other.jobs_cumulative_relocated,
            pay: self.pay.checked_add(other.pay)?,
        })
    }
}

/// What a cell of either kind of row is called in files, findings and conflicts: the row's id, a dot, the column's key.
pub fn cell_name(row: &str, column: Column) -> String {
    format!("{row}.{}", column.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_keeps_its_canonical_text_and_is_emptied_again() {
        let mut row = ProjectRow::default();
        for column in ProjectColumn::ALL {
            let text = if column.kind() == Kind::Text { "甲" } else { "1" };
            assert!(row.set(column, Some(text)), "{column:?}");
            assert_eq!(row.text(column).as_deref(), Some(text), "{column:?}");
        }
        for column in ProjectColumn::ALL {
            assert!(row.set(column, None));
        }
        assert!(row.is_blank());
        assert!(!row.set(ProjectColumn::JobsPresent, Some("x")));
        let mut site = SiteRow::default();
        for column in SiteColumn::ALL {
            assert!(site.set(column, Some("7")));
            assert_eq!(site.text(column).as_deref(), Some("7"));
        }
    }
}

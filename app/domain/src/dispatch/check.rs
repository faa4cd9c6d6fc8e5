//! Checks of a row: against itself, against the month before and the one after it that count, against the year's plan.
//! Cumulative figures cannot fall without a reason, in whatever order months are handed in.

use super::column::{Column, ProjectColumn, SiteColumn};
use super::row::{ProjectRow, SiteRow};
use crate::finding::Severity;
use crate::id::{ProjectId, SiteId};
use crate::money::Money;
use crate::period::Month;
use serde::{Deserialize, Serialize};

/// Refusals that are named with a book that cannot be handed in.
const FIRST: usize = 20;
/// Points of a hundred by which progress may be behind 时间进度.
const SLACK: i128 = 10;

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Project(ProjectId),
    Site(SiteId),
}

/// One thing that was found, by the name of what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub severity: Severity,
    pub subject: Subject,
    pub name: String,
    pub fault: Fault,
}

/// What was found. Figures of amounts are whole fen; the column says which they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Missing {
        column: Column,
    },
    /// Less than in the month before. An error without a reason, a note with one.
    Fallen {
        column: ProjectColumn,
        before: i64,
        month: Month,
        now: Option<i64>,
    },
    /// A later month that counts has less, and no reason for it.
    AboveNext {
        column: ProjectColumn,
        now: i64,
        month: Month,
        next: Option<i64>,
    },
    PartAboveWhole {
        part: Column,
        value: i64,
        whole: Column,
        of: i64,
    },
    /// More people present than were taken on: those of years before may stay, so it is a question.
    PresentAboveCumulative {
        present: u32,
        cumulative: u32,
    },
    NotStartedWithoutReason,
    /// Not started, and yet money was spent or people work there.
    NotStartedWithFigures,
    /// More than ten points behind 时间进度; a warning without an explanation, a note with one.
    Slow {
        invested: Money,
        planned: Money,
        month: Month,
    },
    /// The three channels together are not the employed.
    ChannelsDiffer {
        sum: i64,
        employed: i64,
    },
}

/// What stands around a project's row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// the greatest earlier month of the same year whose book counts
    pub before: Option<(Month, &'a ProjectRow)>,
    /// the smallest later one
    pub after: Option<(Month, &'a ProjectRow)>,
    /// investment of the year as planned
    pub planned: Option<Money>,
}

/// Everything there is to say of a project's row.
pub fn project(month: Month, row: &ProjectRow, around: Around<'_>) -> Vec<(Severity, Fault)> {
    let mut found = Vec::new();
    found.extend(missing(row).map(|column| {
        let fault = Fault::Missing { column: Column::Project(column) };
        (Severity::Error, fault)
    }));
    if row.is_started == Some(false) {
        if is_blank(row.reason_not_started.as_deref()) {
            found.push((Severity::Error, Fault::NotStartedWithoutReason));
        }
        let figures = [ProjectColumn::Invested, ProjectColumn::JobsPresent, ProjectColumn::Pay];
        if figures.into_iter().any(|column| row.figure(column).is_some_and(|figure| figure > 0)) {
            found.push((Severity::Warning, Fault::NotStartedWithFigures));
        }
    }
    found.extend(falls(row, around));
    found.extend(parts(row));
    if let (Some(present), Some(cumulative)) = (row.jobs_present, row.jobs_cumulative)
        && present > cumulative
    {
        found.push((Severity::Warning, Fault::PresentAboveCumulative { present, cumulative }));
    }
    found.extend(slow(month, row, around.planned));
    found
}

/// Everything there is to say of a community's row.
pub fn site(row: &SiteRow) -> Vec<(Severity, Fault)> {
    let missing = site_missing(row).map(|column| {
        let fault = Fault::Missing { column: Column::Site(column) };
        (Severity::Error, fault)
    });
    let mut found: Vec<(Severity, Fault)> = missing.collect();
    let figure = |column| row.figure(column).map(i64::from);
    if let (Some(value), Some(of)) = (figure(SiteColumn::Employed), figure(SiteColumn::Labour))
        && value > of
    {
        let (part, whole) = (Column::Site(SiteColumn::Employed), Column::Site(SiteColumn::Labour));
        found.push((Severity::Error, Fault::PartAboveWhole { part, value, whole, of }));
    }
    let channels = [SiteColumn::OutOfProvince, SiteColumn::InProvince, SiteColumn::InCounty].map(figure);
    if let ([Some(far), Some(near), Some(home)], Some(employed)) = (channels, figure(SiteColumn::Employed))
        && far + near + home != employed
    {
        found.push((Severity::Warning, Fault::ChannelsDiffer { sum: far + near + home, employed }));
    }
    found
}

/// Cells that have to be filled in and are not: what a project that began has, and why another did not.
pub fn missing(row: &ProjectRow) -> impl Iterator<Item = ProjectColumn> {
    let needed: &[ProjectColumn] = match row.is_started {
        None => &[ProjectColumn::IsStarted],
        Some(false) => &[],
        Some(true) => &[
            ProjectColumn::Progress,
            ProjectColumn::Invested,
            ProjectColumn::JobsPresent,
            ProjectColumn::JobsCumulative,
            ProjectColumn::Pay,
        ],
    };
    needed.iter().copied().filter(|column| row.text(*column).is_none())
}

/// The same of a community.
pub fn site_missing(row: &SiteRow) -> impl Iterator<Item = SiteColumn> {
    let needed = [SiteColumn::Labour, SiteColumn::Employed, SiteColumn::ZeroEmploymentHouseholds];
    needed.into_iter().filter(|column| row.figure(*column).is_none())
}

/// The errors that a refusal names.
pub fn first_errors(found: &[Found]) -> Vec<Found> {
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    errors.take(FIRST).cloned().collect()
}

fn falls(row: &ProjectRow, around: Around<'_>) -> Vec<(Severity, Fault)> {
    let mut found = Vec::new();
    for column in ProjectColumn::CUMULATIVE {
        let now = row.figure(column);
        if let Some((month, before)) = around.before
            && let Some(before) = before.figure(column)
            && before > now.unwrap_or_default()
        {
            let given = !is_blank(row.reason_fallen.as_deref());
            let severity = if given { Severity::Note } else { Severity::Error };
            found.push((severity, Fault::Fallen { column, before, month, now }));
        }
        if let Some((month, after)) = around.after
            && is_blank(after.reason_fallen.as_deref())
            && let Some(now) = now
            && now > after.figure(column).unwrap_or_default()
        {
            let next = after.figure(column);
            found.push((Severity::Error, Fault::AboveNext { column, now, month, next }));
        }
    }
    found
}

fn parts(row: &ProjectRow) -> Vec<(Severity, Fault)> {
    let above = |(part, whole): (ProjectColumn, ProjectColumn)| {
        let (value, of) = (row.figure(part)?, row.figure(whole).unwrap_or_default());
        let (part, whole) = (Column::Project(part), Column::Project(whole));
        (value > of).then_some((Severity::Error, Fault::PartAboveWhole { part, value, whole, of }))
    };
    ProjectColumn::PARTS.into_iter().filter_map(above).collect()
}

/// Behind when invested ÷ planned < month ÷ 12 − 10 points, from unrounded values.
fn slow(month: Month, row: &ProjectRow, planned: Option<Money>) -> Option<(Severity, Fault)> {
    let planned = planned.filter(|planned| !planned.is_zero())?;
    row.is_started?;
    let invested = row.invested.unwrap_or_default();
    let done = i128::from(invested.fen()) * 1200;
    let due = i128::from(planned.fen()) * (i128::from(month.month()) * 100 - SLACK * 12);
    if done >= due {
        return None;
    }
    let said = [row.explanation.as_deref(), row.reason_not_started.as_deref()];
    let is_explained = said.into_iter().any(|text| !is_blank(text));
    let severity = if is_explained { Severity::Note } else { Severity::Warning };
    Some((severity, Fault::Slow { invested, planned, month }))
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn month(number: u32) -> Month {
        Month::new(crate::period::FiscalYear::new(2026).unwrap(), number).unwrap()
    }

    fn row(jobs: u32) -> ProjectRow {
        ProjectRow {
            is_started: Some(true),
            progress: Some("主体施工".into()),
            invested: Money::from_fen(100),
            jobs_present: Some(0),
            jobs_cumulative: Some(jobs),
            pay: Money::from_fen(0),
            ..ProjectRow::default()
        }
    }

    fn errors(row: &ProjectRow, around: Around<'_>) -> Vec<Fault> {
        let found = project(month(6), row, around).into_iter();
        found.filter(|(severity, _)| *severity == Severity::Error).map(|(_, fault)| fault).collect()
    }

    #[test]
    fn a_fall_needs_a_reason_and_names_both_values() {
        let before = row(30);
        let around = Around { before: Some((month(5), &before)), ..Around::default() };
        let fallen = Fault::Fallen {
            column: ProjectColumn::JobsCumulative,
            before: 30,
            month: month(5),
            now: Some(29),
        };
        assert_eq!(errors(&row(29), around), [fallen]);
        let reason = ProjectRow { reason_fallen: Some("上月重复计数".into()), ..row(29) };
        assert_eq!(errors(&reason, around), []);
        assert_eq!(errors(&ProjectRow { reason_fallen: Some(" ".into()), ..row(29) }, around).len(), 1);
        assert_eq!(errors(&row(30), around), []);
    }

    #[test]
    fn parts_fit_their_wholes_and_what_is_missing_is_named() {
        let wrong = ProjectRow { jobs_present_rural: Some(3), jobs_present: Some(2), ..row(5) };
        assert!(matches!(
            errors(&wrong, Around::default())[..],
            [Fault::PartAboveWhole { value: 3, of: 2, .. }]
        ));
        let blank = errors(&ProjectRow::default(), Around::default());
        assert_eq!(blank, [Fault::Missing { column: Column::Project(ProjectColumn::IsStarted) }]);
        let idle = ProjectRow { is_started: Some(false), ..ProjectRow::default() };
        assert_eq!(errors(&idle, Around::default()), [Fault::NotStartedWithoutReason]);
        let started = ProjectRow { is_started: Some(true), ..ProjectRow::default() };
        assert_eq!(errors(&started, Around::default()).len(), 5);
    }

    #[test]
    fn slow_is_judged_from_unrounded_values_and_only_warns() {
        let planned = Money::from_fen(1000);
        let at = |invested| {
            let row = ProjectRow { invested: Money::from_fen(invested), ..row(0) };
            project(month(6), &row, Around { planned, ..Around::default() }).len()
        };
        // 6/12 − 10 points is 40 of a hundred.
        assert_eq!((at(399), at(400)), (1, 0));
        let explained = ProjectRow { explanation: Some("雨季".into()), ..row(0) };
        let found = project(month(6), &explained, Around { planned, ..Around::default() });
        assert!(matches!(found[..], [(Severity::Note, Fault::Slow { .. })]), "{found:?}");
    }

    #[test]
    fn a_community_has_no_more_employed_than_labour() {
        let row = SiteRow {
            labour: Some(10),
            employed: Some(11),
            employed_out_of_province: Some(4),
            employed_in_province: Some(4),
            employed_in_county: Some(4),
            zero_employment_households: Some(0),
        };
        let found = site(&row);
        assert!(matches!(found[0], (Severity::Error, Fault::PartAboveWhole { value: 11, of: 10, .. })));
        assert_eq!(found[1], (Severity::Warning, Fault::ChannelsDiffer { sum: 12, employed: 11 }));
        assert_eq!(site(&SiteRow::default()).len(), 3);
    }

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % most
        }

        fn row(&mut self) -> ProjectRow {
            let jobs = u32::try_from(self.below(4)).unwrap();
            let part = |dice: &mut Dice| {
                let part = u32::try_from(dice.below(u64::from(jobs) + 1)).unwrap();
                (dice.below(2) == 0).then_some(part)
            };
            ProjectRow {
                invested: Money::from_fen(i64::try_from(self.below(4)).unwrap()),
                pay: Money::from_fen(i64::try_from(self.below(3)).unwrap()),
                jobs_cumulative_rural: part(self),
                jobs_cumulative_relocated: part(self),
                reason_fallen: (self.below(5) == 0).then(|| "更正".to_owned()),
                ..row(jobs)
            }
        }
    }

    /// Months are handed in, given back and handed in again in any order; whatever counts at any moment never falls without
    /// a reason from one month that counts to the next.
    #[test]
    fn no_order_of_handing_in_lets_a_cumulative_figure_fall_without_a_reason() {
        let mut dice = Dice(20_261_105);
        let (mut handed_in, mut refused) = (0, 0);
        for case in 0..3_000 {
            let mut counting: BTreeMap<Month, ProjectRow> = BTreeMap::new();
            for _ in 0..24 {
                let month = month(u32::try_from(dice.below(12) + 1).unwrap());
                if dice.below(6) == 0 {
                    // Only the last month that counts is given back, as `Book::give_back` demands.
                    counting.pop_last();
                    continue;
                }
                let row = dice.row();
                if counting.contains_key(&month) {
                    continue;
                }
                let around = Around {
                    before: counting.range(..month).next_back().map(|(month, row)| (*month, row)),
                    after: counting.range(month..).next().map(|(month, row)| (*month, row)),
                    planned: None,
                };
                if errors(&row, around).is_empty() {
                    counting.insert(month, row);
                    handed_in += 1;
                } else {
                    refused += 1;
                }
            }
            let rows: Vec<&ProjectRow> = counting.values().collect();
            for pair in rows.windows(2) {
                for column in ProjectColumn::CUMULATIVE {
                    let (one, two) = (pair[0].figure(column), pair[1].figure(column));
                    let falls = one.unwrap_or_default() > two.unwrap_or_default();
                    let is_said = pair[1].reason_fallen.is_some();
                    assert!(!falls || is_said, "case {case}: {column:?} {one:?} {two:?}");
                }
            }
        }
        assert!(handed_in > 6_000 && refused > 6_000, "{handed_in} handed in, {refused} refused");
    }
}

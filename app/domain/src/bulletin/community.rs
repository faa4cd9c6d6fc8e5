//! What communities (安置点) reported of people at work, as far as a document may show it. A row adds up to the people able to
//! work, a column to its county, and both sums are printed: what would tell a group of fewer than five is withheld with it.
//! Reckoned county by county, so that the documents of a county and of the areas above it withhold the same rows, and no sum
//! of the one tells what the other withholds.

#[cfg(test)]
mod proof;

use super::facts::Facts;
use super::rate::Rate;
use super::small::{self, People};
use crate::area::{AreaCode, AreaPath};
use crate::dispatch::row::SiteRow;
use crate::id::SiteId;
use crate::period::Month;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A community with its newest report of the year that gives people able to work and at work; `None` of what nobody reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    pub id: SiteId,
    pub code: Option<String>,
    pub name: String,
    pub area: AreaPath,
    pub reported: Option<(Month, SiteRow)>,
}

/// What may be shown of one community, or of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// 劳动力, 人
    pub labour: People,
    /// 已就业, 人
    pub employed: People,
    /// 省外, 省内县外, 县内, 人
    pub channels: [People; 3],
    /// 未就业, 人
    pub idle: People,
    /// 零就业家庭, 户
    pub zero_households: People,
}

/// Parts of the people able to work (three channels, at work by none of them, without work), and these themselves.
const COLUMNS: usize = 6;
const IDLE: usize = 4;
const LABOUR: usize = 5;
type Counts = [Option<i64>; COLUMNS];
type Shown = [People; COLUMNS];

impl Community {
    pub fn place(&self) -> AreaCode {
        Facts::place_of(&self.area)
    }

    fn row(&self) -> SiteRow {
        self.reported.as_ref().map(|(_, row)| *row).unwrap_or_default()
    }

    fn employed(&self) -> Option<i64> {
        self.row().employed.map(i64::from)
    }

    fn labour(&self) -> Option<i64> {
        self.row().labour.map(i64::from)
    }

    fn zero_households(&self) -> Option<i64> {
        self.row().zero_employment_households.map(i64::from)
    }

    /// More at work than able to, or more by channel than at work, is no part of anything.
    fn counts(&self) -> Counts {
        let row = self.row();
        let channels = [row.employed_out_of_province, row.employed_in_province, row.employed_in_county]
            .map(|count| count.map(i64::from));
        let employed = self.employed();
        let told: i64 = channels.iter().flatten().sum();
        let rest = employed.map(|employed| employed - told).filter(|rest| *rest > 0);
        let idle = self.labour().zip(employed).map(|(labour, employed)| labour - employed);
        [channels[0], channels[1], channels[2], rest, idle.filter(|idle| *idle >= 0), self.labour()]
    }
}

/// What may be shown of each community, in their order, and of all together.
pub fn work(communities: &[Community]) -> (Vec<Work>, Work) {
    let mut places: BTreeMap<AreaCode, Vec<usize>> = BTreeMap::new();
    for (at, community) in communities.iter().enumerate() {
        places.entry(community.place()).or_default().push(at);
    }
    let mut works = vec![Work::UNKNOWN; communities.len()];
    let mut totals = Vec::new();
    for at in places.into_values() {
        let own: Vec<&Community> = at.iter().map(|at| &communities[*at]).collect();
        let (rows, total) = of_place(&own);
        at.into_iter().zip(rows).for_each(|(at, work)| works[at] = work);
        totals.push(total);
    }
    let whole = if let [(only, _)] = totals[..] { only } else { whole(communities, &totals) };
    (works, whole)
}

/// All of several counties. What one of them withholds of its sums would follow from this sum and those of the others, which
/// stand in their own documents; and one part would follow from the people able to work and the others.
fn whole(communities: &[Community], totals: &[(Work, Shown)]) -> Work {
    let every: Vec<&Community> = communities.iter().collect();
    let told = |is_withheld: bool, sum: Option<i64>| {
        if is_withheld { sum.map_or(People::Unknown, |_| People::Withheld) } else { small::alone(sum) }
    };
    let is_withheld = totals.iter().any(|(_, shown)| shown.contains(&People::Withheld));
    let zero_is_withheld = totals.iter().any(|(total, _)| total.zero_households == People::Withheld);
    let mut shown = sums(&every).map(|sum| told(is_withheld, sum));
    let labour_is_withheld = totals.iter().any(|(total, _)| total.labour == People::Withheld);
    shown[LABOUR] = told(labour_is_withheld, sum(&every, Community::labour));
    Work {
        zero_households: told(zero_is_withheld, sum(&every, Community::zero_households)),
        ..Work::of(sum(&every, Community::employed), &shown)
    }
}

fn of_place(own: &[&Community]) -> (Vec<Work>, (Work, Shown)) {
    let zero: Vec<Option<i64>> = own.iter().map(|one| one.zero_households()).collect();
    let zero = small::beside_their_total(&zero);
    let counts: Vec<Counts> = own.iter().map(|one| one.counts()).chain([sums(own)]).collect();
    let mut shown: Vec<Shown> = counts.iter().map(|row| row.map(small::alone)).collect();
    settle(&counts, &mut shown);
    while let Some((row, column)) = beside_what_follows(&counts, &shown) {
        shown[row][column] = People::Withheld;
        settle(&counts, &mut shown);
    }
    let hidden = hidden(&shown);
    if hidden.iter().any(|cell| follows(&hidden, *cell, shown.len())) {
        // Nobody is left beside it: then nothing of this county is told.
        shown.iter_mut().for_each(|row| *row = row.map(withheld));
    }
    let row = |((one, shown), zero_households): ((&&Community, &Shown), People)| Work {
        zero_households,
        ..Work::of(one.employed(), shown)
    };
    let rows = own.iter().zip(&shown).zip(zero).map(row).collect();
    let total = Work {
        zero_households: small::alone(sum(own, Community::zero_households)),
        ..Work::of(sum(own, Community::employed), &shown[own.len()])
    };
    (rows, (total, shown[own.len()]))
}

/// Withholds until nothing that is withheld follows from the rest of its row or its column alone; the last row is the sum of
/// the others.
fn settle(counts: &[Counts], shown: &mut [Shown]) {
    loop {
        let before = shown.to_vec();
        for (counts, row) in counts.iter().zip(shown.iter_mut()) {
            if row[LABOUR] != People::Withheld {
                small::withhold_beside(&counts[..LABOUR], &mut row[..LABOUR]);
            }
        }
        for at in 0..COLUMNS {
            let column: Vec<Option<i64>> = counts.iter().map(|row| row[at]).collect();
            let mut own: Vec<People> = shown.iter().map(|row| row[at]).collect();
            column_of(&column, &mut own);
            shown.iter_mut().zip(own).for_each(|(row, one)| row[at] = one);
        }
        if *shown == *before {
            return;
        }
    }
}

fn column_of(counts: &[Option<i64>], shown: &mut [People]) {
    let Some((total, rows)) = shown.split_last_mut() else { return };
    if *total != People::Withheld && !small::withhold_beside(&counts[..rows.len()], rows) {
        *total = withheld(*total);
    }
}

/// Rows add up to the people able to work, columns to their last row. Taken as edges between its row and its column, a
/// withheld figure follows from all that is shown exactly where nothing else withheld leads around it. Beside the first such
/// one: the smallest figure shown in its row or its column, to be withheld too; `None` where nothing follows, or nothing that
/// does has anybody beside it.
fn beside_what_follows(counts: &[Counts], shown: &[Shown]) -> Option<(usize, usize)> {
    let hidden = hidden(shown);
    hidden.iter().filter(|cell| follows(&hidden, **cell, shown.len())).find_map(|(row, column)| {
        cells(shown)
            .filter(|(other, beside)| other == row || beside == column)
            .filter(|(row, column)| shown[*row][*column].known().is_some_and(|count| count > 0))
            .min_by_key(|(row, column)| counts[*row][*column])
    })
}

/// Places of all figures: row and column.
fn cells(shown: &[Shown]) -> impl Iterator<Item = (usize, usize)> + use<> {
    (0..shown.len()).flat_map(|row| (0..COLUMNS).map(move |column| (row, column)))
}

fn hidden(shown: &[Shown]) -> Vec<(usize, usize)> {
    cells(shown).filter(|(row, column)| shown[*row][*column] == People::Withheld).collect()
}

/// Nothing else that is hidden leads from the row of a cell to its column.
fn follows(hidden: &[(usize, usize)], cell: (usize, usize), rows: usize) -> bool {
    let mut reached = vec![false; rows + COLUMNS];
    reached[cell.0] = true;
    loop {
        let before = reached.iter().filter(|is| **is).count();
        for (row, column) in hidden.iter().filter(|other| **other != cell) {
            let is_reached = reached[*row] || reached[rows + column];
            reached[*row] |= is_reached;
            reached[rows + column] |= is_reached;
        }
        if reached[rows + cell.1] {
            return false;
        }
        if reached.iter().filter(|is| **is).count() == before {
            return true;
        }
    }
}

/// Nobody is nobody, and what is not known stays so.
const fn withheld(people: People) -> People {
    match people {
        People::Known(0) | People::Unknown => people,
        People::Known(_) | People::Withheld => People::Withheld,
    }
}

fn sum(own: &[&Community], of: fn(&Community) -> Option<i64>) -> Option<i64> {
    own.iter().filter_map(|one| of(one)).reduce(i64::saturating_add)
}

fn sums(own: &[&Community]) -> Counts {
    std::array::from_fn(|at| own.iter().filter_map(|one| one.counts()[at]).reduce(i64::saturating_add))
}

impl Work {
    const UNKNOWN: Work = Work {
        labour: People::Unknown,
        employed: People::Unknown,
        channels: [People::Unknown; 3],
        idle: People::Unknown,
        zero_households: People::Unknown,
    };

    /// People at work follow from those able to and those without.
    fn of(employed: Option<i64>, shown: &Shown) -> Work {
        let is_hidden = shown[LABOUR] == People::Withheld || shown[IDLE] == People::Withheld;
        let employed = small::alone(employed);
        Work {
            labour: shown[LABOUR],
            employed: if is_hidden { withheld(employed) } else { employed },
            channels: [shown[0], shown[1], shown[2]],
            idle: shown[IDLE],
            zero_households: People::Unknown,
        }
    }

    /// 就业率: at work of those able to.
    pub fn rate(&self) -> Rate {
        match (self.employed, self.labour) {
            (People::Known(employed), People::Known(labour)) => Rate::share(employed.into(), labour.into()),
            (People::Withheld, _) | (_, People::Withheld) => Rate::Few,
            (People::Unknown, _) | (_, People::Unknown) => Rate::Unknown,
        }
    }
}

//! What communities (安置点) reported of people at work, as far as a document may show it. A row adds up to the people able to
//! work, a column to its county, and both sums are printed: what would tell a group of fewer than five is withheld with it.
//! Reckoned county by county, so that the documents of a county and of the areas above it withhold the same rows; the sum of
//! several counties is told where it tells no small group beside the rows of its document.

use super::facts::Facts;
use super::rate::Rate;
use super::small::{self, LEAST, People};
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

/// Parts of the people able to work: three channels, at work by none of them, without work.
const PARTS: usize = 5;
const IDLE: usize = 4;
type Counts = [Option<i64>; PARTS];
type Shown = [People; PARTS];

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
    fn parts(&self) -> Counts {
        let row = self.row();
        let channels = [row.employed_out_of_province, row.employed_in_province, row.employed_in_county]
            .map(|count| count.map(i64::from));
        let employed = self.employed();
        let told: i64 = channels.iter().flatten().sum();
        let rest = employed.map(|employed| employed - told).filter(|rest| *rest > 0);
        let idle = self.labour().zip(employed).map(|(labour, employed)| labour - employed);
        [channels[0], channels[1], channels[2], rest, idle.filter(|idle| *idle >= 0)]
    }
}

/// What may be shown of each community, in their order, and of all together.
pub fn work(communities: &[Community]) -> (Vec<Work>, Work) {
    let mut places: BTreeMap<AreaCode, Vec<usize>> = BTreeMap::new();
    for (at, community) in communities.iter().enumerate() {
        places.entry(community.place()).or_default().push(at);
    }
    let mut rows = vec![(Work::UNKNOWN, [People::Unknown; PARTS]); communities.len()];
    let mut totals = Vec::new();
    for at in places.into_values() {
        let own: Vec<&Community> = at.iter().map(|at| &communities[*at]).collect();
        let (found, total) = of_place(&own);
        at.into_iter().zip(found).for_each(|(at, row)| rows[at] = row);
        totals.push(total);
    }
    let whole = if let [only] = totals[..] { only } else { whole(communities, &rows) };
    (rows.into_iter().map(|(work, _)| work).collect(), whole)
}

/// All of several counties. A sum is told where it tells no small group beside the rows of the document; of the parts all are
/// told or none, since together with the people able to work the last one would follow.
fn whole(communities: &[Community], rows: &[(Work, Shown)]) -> Work {
    let every: Vec<&Community> = communities.iter().collect();
    let told = |shown: &dyn Fn(&(Work, Shown)) -> People, raw: &dyn Fn(&Community) -> Option<i64>| {
        let hidden = rows.iter().zip(communities).filter(|(row, _)| shown(row) == People::Withheld);
        let (number, people) =
            hidden.fold((0, 0), |(number, sum), (_, one)| (number + 1, sum + raw(one).unwrap_or_default()));
        number == 0 || (number > 1 && people >= LEAST)
    };
    let sum_of = |is_told: bool, sum: Option<i64>| {
        if is_told { small::alone(sum) } else { sum.map_or(People::Unknown, |_| People::Withheld) }
    };
    let labour = sum_of(told(&|row| row.0.labour, &Community::labour), sum(&every, Community::labour));
    let are_parted = (0..PARTS).all(|part| told(&|row| row.1[part], &|one| one.parts()[part]));
    let parts = sums(&every).map(|sum| sum_of(are_parted, sum));
    let zero_households = sum_of(
        told(&|row| row.0.zero_households, &Community::zero_households),
        sum(&every, Community::zero_households),
    );
    Work { zero_households, ..Work::of(labour, sum(&every, Community::employed), &parts) }
}

fn of_place(own: &[&Community]) -> (Vec<(Work, Shown)>, Work) {
    let labour: Vec<Option<i64>> = own.iter().map(|one| one.labour()).collect();
    let labour = small::beside_their_total(&labour);
    let zero: Vec<Option<i64>> = own.iter().map(|one| one.zero_households()).collect();
    let zero = small::beside_their_total(&zero);
    let counts: Vec<Counts> = own.iter().map(|one| one.parts()).chain([sums(own)]).collect();
    let mut shown: Vec<Shown> = counts.iter().map(|row| row.map(small::alone)).collect();
    // Whose people able to work are withheld has no part that would add up to them.
    for (row, _) in shown.iter_mut().zip(&labour).filter(|(_, labour)| **labour == People::Withheld) {
        *row = row.map(withheld);
    }
    settle(&counts, &mut shown);
    let row = |((one, parts), (labour, zero_households)): ((&&Community, &Shown), (&People, People))| {
        (Work { zero_households, ..Work::of(*labour, one.employed(), parts) }, *parts)
    };
    let rows = own.iter().zip(&shown).zip(labour.iter().zip(zero)).map(row);
    let total = Work {
        zero_households: small::alone(sum(own, Community::zero_households)),
        ..Work::of(
            small::alone(sum(own, Community::labour)),
            sum(own, Community::employed),
            &shown[own.len()],
        )
    };
    (rows.collect(), total)
}

/// Withholds until nothing that is withheld follows from the rest of its row or its column; the last row is the sum of the
/// others.
fn settle(counts: &[Counts], shown: &mut [Shown]) {
    loop {
        let before = shown.to_vec();
        for (counts, row) in counts.iter().zip(shown.iter_mut()) {
            small::withhold_beside(counts, row);
        }
        for part in 0..PARTS {
            let column: Vec<Option<i64>> = counts.iter().map(|row| row[part]).collect();
            let mut own: Vec<People> = shown.iter().map(|row| row[part]).collect();
            column_of(&column, &mut own);
            shown.iter_mut().zip(own).for_each(|(row, one)| row[part] = one);
        }
        if *shown == *before {
            return;
        }
    }
}

fn column_of(counts: &[Option<i64>], shown: &mut [People]) {
    let Some((total, rows)) = shown.split_last_mut() else { return };
    let counts = &counts[..rows.len()];
    if *total != People::Withheld {
        if !small::withhold_beside(counts, rows) {
            *total = withheld(*total);
        }
    } else if !rows.contains(&People::Withheld) {
        // The sum would be that of the rows.
        let least = (0..rows.len()).filter(|at| counts[*at] > Some(0)).min_by_key(|at| counts[*at]);
        if let Some(at) = least {
            rows[at] = People::Withheld;
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
    std::array::from_fn(|part| own.iter().filter_map(|one| one.parts()[part]).reduce(i64::saturating_add))
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
    fn of(labour: People, employed: Option<i64>, parts: &Shown) -> Work {
        let idle = parts[IDLE];
        let is_hidden = labour == People::Withheld || idle == People::Withheld;
        let employed = small::alone(employed);
        Work {
            labour,
            employed: if is_hidden { withheld(employed) } else { employed },
            channels: [parts[0], parts[1], parts[2]],
            idle,
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// `county labour out in-province in-county zero`
    fn community(row: &[i64]) -> Community {
        let count = |at: usize| u32::try_from(row[at]).ok();
        let report = SiteRow {
            labour: count(1),
            employed: u32::try_from(row[2] + row[3] + row[4]).ok(),
            employed_out_of_province: count(2),
            employed_in_province: count(3),
            employed_in_county: count(4),
            zero_employment_households: count(5),
        };
        Community {
            id: SiteId::new(Uuid::from_u128(1)),
            code: None,
            name: String::new(),
            area: AreaPath::new(&format!("/100000/520000/520500/5205{:02}/", row[0])).unwrap(),
            reported: (row[1] >= 0).then_some((Month::parse("2026-10").unwrap(), report)),
        }
    }

    fn said(work: &Work) -> String {
        let sign = |one: People| match one {
            People::Known(count) => count.to_string(),
            People::Withheld => "*".to_owned(),
            People::Unknown => "?".to_owned(),
        };
        let [out, province, county] = work.channels.map(sign);
        format!(
            "{} {} {out}+{province}+{county} {} {}",
            sign(work.labour),
            sign(work.employed),
            sign(work.idle),
            sign(work.zero_households)
        )
    }

    fn check(rows: &[&[i64]], expected: &[&str]) {
        let communities: Vec<Community> = rows.iter().map(|row| community(row)).collect();
        let (works, whole) = work(&communities);
        let got: Vec<String> = works.iter().chain([&whole]).map(said).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_is_large_is_shown_and_adds_up() {
        check(
            &[&[26, 300, 50, 60, 120, 0], &[26, 200, 20, 30, 90, 7], &[27, 90, 10, 20, 30, 5]],
            &[
                "300 230 50+60+120 70 0",
                "200 140 20+30+90 60 7",
                "90 60 10+20+30 30 5",
                "590 430 80+110+240 160 12",
            ],
        );
    }

    #[test]
    fn two_without_work_are_told_by_no_row_column_or_sum() {
        check(
            &[&[26, 300, 50, 60, 188, 0], &[26, 200, 20, 30, 90, 0], &[26, 400, 90, 80, 150, 0]],
            &[
                "300 * *+60+188 * 0",
                "200 * *+30+90 * 0",
                "400 320 90+80+150 80 0",
                "900 758 160+170+428 142 0",
            ],
        );
    }

    #[test]
    fn what_a_county_withholds_the_sum_of_all_counties_does_not_tell() {
        check(
            &[&[26, 300, 50, 60, 188, 2], &[27, 200, 20, 30, 90, 6]],
            &["300 * *+60+188 * *", "200 140 20+30+90 60 6", "500 * *+*+* * *"],
        );
    }

    #[test]
    fn what_two_counties_withhold_is_told_together_where_it_is_no_small_group() {
        check(
            &[&[26, 300, 50, 60, 120, 2], &[27, 200, 20, 30, 90, 4], &[28, 90, 10, 20, 30, 9]],
            &[
                "300 230 50+60+120 70 *",
                "200 140 20+30+90 60 *",
                "90 60 10+20+30 30 9",
                "590 430 80+110+240 160 15",
            ],
        );
    }

    #[test]
    fn what_nobody_reported_is_unknown() {
        check(&[&[26, -1, 0, 0, 0, 0]], &["? ? ?+?+? ? ?", "? ? ?+?+? ? ?"]);
    }

    proptest! {
        /// Whoever adds up rows and columns finds no single part, and none that make fewer than five together.
        #[test]
        fn nothing_withheld_follows_from_a_row_or_a_column(
            rows in prop::collection::vec((0_i64..40, 0_i64..40, 0_i64..40, 0_i64..40), 1..7),
            counties in 1_usize..4
        ) {
            let communities: Vec<Community> = rows.iter().enumerate().map(|(at, (out, province, county, idle))| {
                let place = 20 + (at % counties) as i64;
                community(&[place, out + province + county + idle, *out, *province, *county, 0])
            }).collect();
            let is_one = communities.iter().all(|one| one.place() == communities[0].place());
            let (works, whole) = work(&communities);
            let shown = |work: &Work| [work.channels[0], work.channels[1], work.channels[2], work.idle];
            let raw: Vec<[i64; 4]> = rows.iter().map(|row| [row.0, row.1, row.2, row.3]).collect();
            for (work, raw) in works.iter().zip(&raw) {
                prop_assume!(work.labour != People::Withheld);
                let hidden: Vec<i64> = shown(work).iter().zip(raw).filter(|(one, _)| **one == People::Withheld).map(|(_, count)| *count).collect();
                let is_rest_shown = shown(work).iter().any(|one| one.known().is_some_and(|count| count > 0));
                prop_assert!(hidden.is_empty() || !is_rest_shown || (hidden.len() > 1 && hidden.iter().sum::<i64>() >= small::LEAST), "{work:?}");
                prop_assert_eq!(work.employed == People::Withheld && raw[..3] != [0, 0, 0], work.idle == People::Withheld && raw[..3] != [0, 0, 0]);
            }
            for part in 0..4 {
                let hidden: Vec<i64> = works.iter().zip(&raw).filter(|(work, _)| shown(work)[part] == People::Withheld).map(|(_, raw)| raw[part]).collect();
                if shown(&whole)[part] == People::Withheld {
                    prop_assert!(!is_one || !hidden.is_empty(), "the sum follows from its rows");
                } else {
                    prop_assert!(hidden.is_empty() || (hidden.len() > 1 && hidden.iter().sum::<i64>() >= small::LEAST), "{works:?}");
                }
            }
        }
    }
}

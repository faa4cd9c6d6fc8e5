//! That no small group follows from what is shown of communities, by figures and by linear algebra over random ones.

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
        &["300 * *+60+188 * 0", "200 * *+30+90 * 0", "400 320 90+80+150 80 0", "900 758 160+170+428 142 0"],
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
fn what_nobody_reported_is_unknown() {
    check(&[&[26, -1, 0, 0, 0, 0]], &["? ? ?+?+? ? ?", "? ? ?+?+? ? ?"]);
}

#[test]
fn a_lone_part_is_told_by_the_people_able_to_work_and_hides_nobody() {
    let rows: [&[i64]; 2] = [&[26, 57, 23, 21, 11, 0], &[26, 52, 0, 0, 0, 0]];
    let communities: Vec<Community> = rows.iter().map(|row| community(row)).collect();
    let (works, whole) = work(&communities);
    assert_eq!(works[0].idle, People::Withheld);
    let is_told = works[1].labour != People::Withheld && whole.idle != People::Withheld;
    assert!(!is_told, "{works:?} {whole:?}");
}

proptest! {
    /// Nothing withheld follows from all the figures of a county's document together, but where nobody is left to withhold.
    #[test]
    fn nothing_withheld_follows_from_what_is_shown(
        rows in prop::collection::vec((0_i64..40, 0_i64..40, 0_i64..40, 0_i64..40), 1..7)
    ) {
        let communities: Vec<Community> = rows.iter().map(|(out, province, county, idle)| {
            community(&[26, out + province + county + idle, *out, *province, *county, 0])
        }).collect();
        let (works, whole) = work(&communities);
        let shown: Vec<[People; 5]> = works
            .iter()
            .chain([&whole])
            .map(|work| [work.channels[0], work.channels[1], work.channels[2], work.idle, work.labour])
            .collect();
        // Unknowns with their value, and what each row and each column says of them: sums of signs.
        let unknowns: Vec<(usize, usize)> = (0..shown.len())
            .flat_map(|row| (0..5).map(move |column| (row, column)))
            .filter(|(row, column)| shown[*row][*column] == People::Withheld)
            .collect();
        let at = |row: usize, column: usize| unknowns.iter().position(|one| *one == (row, column));
        let mut system: Vec<Vec<i64>> = Vec::new();
        for row in 0..shown.len() {
            let mut equation = vec![0; unknowns.len()];
            (0..5).filter_map(|column| Some((at(row, column)?, column))).for_each(|(at, column)| {
                equation[at] = if column == 4 { -1 } else { 1 };
            });
            system.push(equation);
        }
        for column in 0..5 {
            let mut equation = vec![0; unknowns.len()];
            (0..shown.len()).filter_map(|row| Some((at(row, column)?, row))).for_each(|(at, row)| {
                equation[at] = if row + 1 == shown.len() { -1 } else { 1 };
            });
            system.push(equation);
        }
        let is_left = shown.iter().flatten().any(|one| one.known().is_some_and(|count| count > 0));
        for (number, cell) in unknowns.iter().enumerate() {
            prop_assert!(!is_determined(&system, number) || !is_left, "{cell:?} follows: {shown:?}");
        }
    }
}

/// A prime: in the field of it the rank of so small a system of ones is what it is in fractions.
const PRIME: i64 = 1_000_003;

/// Whether the equations fix one unknown: its unit vector lies in their span.
fn is_determined(system: &[Vec<i64>], unknown: usize) -> bool {
    let rank = |mut rows: Vec<Vec<i64>>| {
        let mut rank = 0;
        for column in 0..rows.first().map_or(0, Vec::len) {
            let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column] % PRIME != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let (done, left) = rows.split_at_mut(rank + 1);
            let pivot = &done[rank];
            for row in left {
                let (own, of) = (row[column], pivot[column]);
                row.iter_mut()
                    .zip(pivot)
                    .for_each(|(cell, above)| *cell = (*cell * of - above * own) % PRIME);
            }
            rank += 1;
        }
        rank
    };
    let mut unit = vec![0; system[0].len()];
    unit[unknown] = 1;
    let more: Vec<Vec<i64>> = system.iter().cloned().chain([unit]).collect();
    rank(more) == rank(system.to_vec())
}

//! What still lies on the desk while lines and entries are paired, found by amount and day, and by voucher. Every answer is
//! a function of the sets alone.

use super::{BankLine, BookItem, By, DAYS, Direction, Group, Pair};
use crate::id::EntryId;
use crate::ledger::identity::number_of_paper;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Direction, fen and day.
type Spot = (Direction, i64, NaiveDate);
/// Direction, voucher in one spelling, and fen where the amount counts.
type Paper = (Direction, String, Option<i64>);

/// One side of the desk.
struct Side<K> {
    free: BTreeMap<K, (Spot, Option<String>)>,
    at: HashMap<Spot, BTreeSet<K>>,
    under: HashMap<Paper, BTreeSet<K>>,
}

pub(super) struct Desk<'a> {
    lines: Side<u32>,
    items: Side<EntryId>,
    parted: &'a BTreeSet<Pair>,
}

impl<K: Ord + Copy> Side<K> {
    fn new(all: impl Iterator<Item = (K, Spot, Option<String>)>) -> Side<K> {
        let mut side = Side { free: BTreeMap::new(), at: HashMap::new(), under: HashMap::new() };
        for (key, spot, voucher) in all {
            // Of two with one key the first stays; keys are ids, so there are none.
            if side.free.contains_key(&key) {
                continue;
            }
            side.at.entry(spot).or_default().insert(key);
            for paper in papers(&spot, voucher.as_deref()) {
                side.under.entry(paper).or_default().insert(key);
            }
            side.free.insert(key, (spot, voucher));
        }
        side
    }

    fn remove(&mut self, key: K) {
        let Some((spot, voucher)) = self.free.remove(&key) else { return };
        if let Some(all) = self.at.get_mut(&spot) {
            all.remove(&key);
        }
        for paper in papers(&spot, voucher.as_deref()) {
            if let Some(all) = self.under.get_mut(&paper) {
                all.remove(&key);
            }
        }
    }

    /// Those that fit what lies at a spot of the other side, the nearest day first.
    fn fitting(&self, by: By, spot: Spot, voucher: Option<&str>) -> Box<dyn Iterator<Item = K> + '_> {
        let (direction, fen, date) = spot;
        match by {
            By::Voucher => {
                let paper = voucher.map(|voucher| (direction, voucher.to_owned(), Some(fen)));
                let found = paper.and_then(|paper| self.under.get(&paper)).into_iter().flatten().copied();
                let near = move |key: &K| self.free.get(key).is_some_and(|(spot, _)| near(spot.2, date));
                Box::new(found.filter(near))
            }
            By::SameDay => Box::new(self.at.get(&spot).into_iter().flatten().copied()),
            By::NearDay => {
                Box::new(around(date).flat_map(move |date| {
                    self.at.get(&(direction, fen, date)).into_iter().flatten().copied()
                }))
            }
            By::Hand => Box::new(std::iter::empty()),
        }
    }
}

fn papers(spot: &Spot, voucher: Option<&str>) -> Vec<Paper> {
    let Some(voucher) = voucher else { return Vec::new() };
    vec![(spot.0, voucher.to_owned(), Some(spot.1)), (spot.0, voucher.to_owned(), None)]
}

fn near(one: NaiveDate, other: NaiveDate) -> bool {
    (one - other).num_days().abs() <= DAYS
}

/// The day itself, then the days before and after it, further and further away.
fn around(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (0..=DAYS.unsigned_abs()).flat_map(move |days| {
        let before = date.checked_sub_days(Days::new(days)).filter(|_| days > 0);
        [before, date.checked_add_days(Days::new(days))].into_iter().flatten()
    })
}

/// A voucher in one spelling; a blank one is none.
fn spoken(voucher: Option<&str>) -> Option<String> {
    voucher.map(number_of_paper).filter(|voucher| !voucher.is_empty())
}

impl<'a> Desk<'a> {
    pub fn new(lines: &[BankLine], items: &[BookItem], parted: &'a BTreeSet<Pair>) -> Desk<'a> {
        let lines = lines.iter().map(|line| {
            let spot = (line.direction, line.amount.fen(), line.date);
            (line.number, spot, spoken(line.voucher.as_deref()))
        });
        let items = items.iter().map(|item| {
            let spot = (item.direction, item.amount.fen(), item.date);
            (item.entry, spot, spoken(item.voucher.as_deref()))
        });
        Desk { lines: Side::new(lines), items: Side::new(items), parted }
    }

    /// Takes all of a group off the desk, or nothing when a part of it does not lie there.
    pub fn take(&mut self, group: &Group) -> bool {
        let whole = group.lines.iter().all(|line| self.lines.free.contains_key(line))
            && group.entries.iter().all(|entry| self.items.free.contains_key(entry));
        if whole {
            group.lines.iter().for_each(|line| self.lines.remove(*line));
            group.entries.iter().for_each(|entry| self.items.remove(*entry));
        }
        whole
    }

    /// Pairs of which the line has no other entry and the entry no other line.
    pub fn alone(&self, by: By) -> Vec<Pair> {
        let of_line = |(line, (spot, voucher)): (&u32, &(Spot, Option<String>))| {
            let entry = only(self.items_of(*line, by, *spot, voucher.as_deref()))?;
            let (spot, voucher) = self.items.free.get(&entry)?;
            let lines = self.lines.fitting(by, *spot, voucher.as_deref());
            let back = only(lines.filter(|line| !self.parted.contains(&Pair { line: *line, entry })))?;
            (back == *line).then_some(Pair { line: *line, entry })
        };
        self.lines.free.iter().filter_map(of_line).collect()
    }

    fn items_of(
        &self,
        line: u32,
        by: By,
        spot: Spot,
        voucher: Option<&str>,
    ) -> impl Iterator<Item = EntryId> + '_ {
        let kept = move |entry: &EntryId| !self.parted.contains(&Pair { line, entry: *entry });
        self.items.fitting(by, spot, voucher).filter(kept)
    }

    /// Of what is left, each line with the likeliest entry that no other line took: one voucher on whatever day, then the
    /// nearest day. They leave the desk.
    pub fn likely(&mut self) -> Vec<Pair> {
        let mut found = Vec::new();
        for distance in std::iter::once(None).chain((0..=DAYS).map(Some)) {
            let lines: Vec<(u32, Spot, Option<String>)> = self
                .lines
                .free
                .iter()
                .map(|(line, (spot, voucher))| (*line, *spot, voucher.clone()))
                .collect();
            for (line, spot, voucher) in lines {
                let Some(entry) = self.likeliest(line, spot, voucher.as_deref(), distance) else { continue };
                let pair = Pair { line, entry };
                self.take(&pair.group());
                found.push(pair);
            }
        }
        found
    }

    fn likeliest(
        &self,
        line: u32,
        spot: Spot,
        voucher: Option<&str>,
        distance: Option<i64>,
    ) -> Option<EntryId> {
        let kept = |entry: &EntryId| !self.parted.contains(&Pair { line, entry: *entry });
        let Some(distance) = distance else {
            let paper = (spot.0, voucher?.to_owned(), Some(spot.1));
            return self.items.under.get(&paper)?.iter().copied().find(kept);
        };
        let at = |entry: &EntryId| {
            let date = self.items.free.get(entry).map(|(spot, _)| spot.2);
            date.is_some_and(|date| (date - spot.2).num_days().abs() == distance)
        };
        self.items.fitting(By::NearDay, spot, None).filter(at).find(kept)
    }

    /// One voucher, two amounts, and nothing else under that voucher. They leave the desk.
    pub fn differing(&mut self) -> Vec<Pair> {
        let of_line = |(line, (spot, voucher)): (&u32, &(Spot, Option<String>))| {
            let paper: Paper = (spot.0, voucher.clone()?, None);
            let entry = only(self.items.under.get(&paper)?.iter().copied())?;
            let back = only(self.lines.under.get(&paper)?.iter().copied())?;
            let pair = Pair { line: *line, entry };
            let same = self.items.free.get(&entry).is_some_and(|(item, _)| item.1 == spot.1);
            (back == *line && !same && !self.parted.contains(&pair)).then_some(pair)
        };
        let found: Vec<Pair> = self.lines.free.iter().filter_map(of_line).collect();
        for pair in &found {
            self.take(&pair.group());
        }
        found
    }

    /// What is left of the lines, and of the entries of their days.
    pub fn left(self, lines: &[BankLine]) -> (Vec<u32>, Vec<EntryId>) {
        let first = lines.iter().map(|line| line.date).min();
        let last = lines.iter().map(|line| line.date).max();
        let inside = |date: NaiveDate| {
            first.is_some_and(|first| first <= date) && last.is_some_and(|last| date <= last)
        };
        let entries =
            self.items.free.into_iter().filter(|(_, (spot, _))| inside(spot.2)).map(|(entry, _)| entry);
        (self.lines.free.into_keys().collect(), entries.collect())
    }
}

/// The only one.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    if all.next().is_some() { None } else { Some(first) }
}

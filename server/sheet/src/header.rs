//! Finds the heading rows of a list: one to three rows, merged or with blanks to the right. Knows no unit and no data.

use crate::archive::Region;
use crate::cell::column_letters;
use crate::column::{Column, SiteColumn, Subject};
use crate::layout::Head;
use crate::mapping::Mapping;
use domain::project::Field;
use std::collections::{BTreeSet, HashMap};

/// The heading that was found.
pub struct Header {
    pub subject: Subject,
    pub rows: (u32, u32),
    pub columns: Vec<Found>,
}

/// One column of it.
pub struct Found {
    pub at: u16,
    pub band: String,
    pub heading: String,
    pub key: Option<String>,
}

/// Filled rows in which headings are compared; below them the first one counts.
const NEAR_ROWS: usize = 30;
/// Headings have at most this many rows.
const TALLEST: u32 = 3;
/// Headings are shorter than this, in characters.
const LONGEST: usize = 40;
/// A heading with so many known columns is taken without looking further down.
const ENOUGH: usize = 8;
/// A list has at least this many known columns.
const FEWEST: usize = 4;

type Grid = HashMap<(u32, u16), String>;

/// The heading with the most known columns; on a tie the lower and shorter one.
pub fn find(head: &Head, merges: &[Region], mapping: &Mapping) -> Option<Header> {
    let grid = grid(head, merges);
    let mut finder = Finder { grid: &grid, mapping, known: HashMap::new() };
    if let Some(rows) = mapping.header_rows {
        return finder.best_subject(rows, 1);
    }
    let mut best: Option<(usize, Header)> = None;
    for (at, (top, _)) in head.iter().enumerate() {
        // Below a good heading stand data; looking each of its texts up would cost more than reading the sheet.
        // Further down a second table must not take the place of the first.
        let far = |header: &Header| *top > header.rows.1 && at >= NEAR_ROWS;
        if best
            .as_ref()
            .is_some_and(|(score, header)| (*score >= ENOUGH && *top > header.rows.1) || far(header))
        {
            break;
        }
        for height in 1..=TALLEST {
            let Some(header) = finder.best_subject((*top, top + height - 1), FEWEST) else { continue };
            let score = known(&header);
            let (least, shorter) = best
                .as_ref()
                .map_or((0, true), |(least, known)| (*least, height <= known.rows.1 - known.rows.0));
            if score > least || (score == least && shorter) {
                best = Some((score, header));
            }
        }
    }
    best.map(|(score, header)| finder.with_bands(merges, score, header))
}

/// How many different columns are known; a merged heading says the same over each of its columns.
fn known(header: &Header) -> usize {
    header.columns.iter().filter_map(|column| column.key.as_deref()).collect::<BTreeSet<_>>().len()
}

/// Texts of the first rows with merged regions filled in.
fn grid(head: &Head, merges: &[Region]) -> Grid {
    let mut grid: Grid = head
        .iter()
        .flat_map(|(row, cells)| {
            cells.iter().map(|(column, cell)| ((*row, *column), cell.shown().trim().to_owned()))
        })
        .collect();
    let last = head.last().map_or(0, |(row, _)| *row);
    for region in merges.iter().filter(|region| region.top <= last && region.bottom - region.top < TALLEST) {
        let Some(text) =
            u16::try_from(region.left).ok().and_then(|left| grid.get(&(region.top, left)).cloned())
        else {
            continue;
        };
        for row in region.top..=region.bottom {
            for column in region.left..=region.right.min(region.left + 500) {
                if let Ok(column) = u16::try_from(column) {
                    grid.insert((row, column), text.clone());
                }
            }
        }
    }
    grid
}

struct Finder<'a> {
    grid: &'a Grid,
    mapping: &'a Mapping,
    known: HashMap<(Subject, String, String), Option<String>>,
}

impl Finder<'_> {
    /// The same heading with the rows above it that its merged cells reach up to: a person looks there for its bands.
    fn with_bands(&mut self, merges: &[Region], score: usize, header: Header) -> Header {
        let (top, bottom) = header.rows;
        let reaching = merges.iter().filter(|region| {
            region.bottom - region.top < TALLEST
                && region.top < top
                && (top..=bottom).contains(&region.bottom)
        });
        let Some(higher) = reaching.map(|region| region.top).min().filter(|higher| bottom - higher < TALLEST)
        else {
            return header;
        };
        let taller = self.best_subject((higher, bottom), FEWEST);
        taller.filter(|taller| known(taller) >= score).unwrap_or(header)
    }

    /// The heading in these rows read as a list of projects or of sites, if it has enough known columns.
    fn best_subject(&mut self, rows: (u32, u32), fewest: usize) -> Option<Header> {
        let paths = paths(self.grid, rows);
        let mut read = |subject: Subject| -> (usize, Header) {
            let columns: Vec<Found> = paths
                .iter()
                .map(|(at, band, heading)| Found {
                    at: *at,
                    key: self.key_of(subject, *at, band, heading),
                    band: band.clone(),
                    heading: heading.clone(),
                })
                .collect();
            let known: BTreeSet<&str> = columns.iter().filter_map(|column| column.key.as_deref()).collect();
            (known.len(), Header { subject, rows, columns })
        };
        let (projects, sites) = (read(Subject::Projects), read(Subject::Sites));
        let forced = self.mapping.header_rows.is_some();
        let sound = |(score, header): &(usize, Header)| *score >= fewest && (forced || is_list(header));
        [sites, projects].into_iter().filter(sound).max_by_key(|(score, _)| *score).map(|(_, header)| header)
    }

    fn key_of(&mut self, subject: Subject, at: u16, band: &str, heading: &str) -> Option<String> {
        let told =
            self.mapping.key_at(&column_letters(at.into())).or_else(|| self.mapping.key_of(band, heading));
        // A word remembered from lists of projects says nothing about a list of communities.
        if let Some(key) = told.filter(|key| key.is_empty() || fits(subject, key)) {
            return Some(key.to_owned());
        }
        if heading.chars().count() > LONGEST {
            return None;
        }
        let place = (subject, band.to_owned(), heading.to_owned());
        self.known
            .entry(place)
            .or_insert_with(|| Column::find(subject, band, heading).map(Column::key))
            .clone()
    }
}

/// Whether a list about `subject` can have the column of this key.
fn fits(subject: Subject, key: &str) -> bool {
    match Column::from_key(key) {
        Some(Column::Project(_)) => subject == Subject::Projects,
        Some(Column::Site(_)) => subject == Subject::Sites,
        Some(Column::Ordinal) => true,
        None => false,
    }
}

/// A list of projects has names and amounts of its plan, a list of sites has names and figures.
fn is_list(header: &Header) -> bool {
    let columns: Vec<Column> =
        header.columns.iter().filter_map(|found| Column::from_key(found.key.as_deref()?)).collect();
    let has = |wanted: &dyn Fn(&Column) -> bool| columns.iter().filter(|column| wanted(column)).count();
    match header.subject {
        Subject::Projects => {
            let amounts = has(&|column| {
                matches!(column, Column::Project(Field::Total | Field::Source(_) | Field::Year(_)))
            });
            has(&|column| column.is_name()) > 0 && amounts > 0
        }
        Subject::Sites => {
            let name = has(&|column| *column == Column::Site(SiteColumn::Name)) > 0;
            name && has(&|column| matches!(column.kind(), domain::project::Kind::Count)) >= 2
        }
    }
}

/// Column, band and heading of every column that has a text in these rows.
fn paths(grid: &Grid, rows: (u32, u32)) -> Vec<(u16, String, String)> {
    let columns: BTreeSet<u16> =
        grid.keys().filter(|(row, _)| (rows.0..=rows.1).contains(row)).map(|(_, column)| *column).collect();
    let mut found: Vec<(u16, String, String)> = Vec::new();
    let mut running: Option<String> = None;
    for at in columns {
        let mut path: Vec<&String> = (rows.0..=rows.1).filter_map(|row| grid.get(&(row, at))).collect();
        path.dedup();
        let top = grid.get(&(rows.0, at));
        let Some(heading) = path.pop().map(|heading| flat(heading)) else { continue };
        let own: Vec<String> = path.into_iter().map(|band| flat(band)).collect();
        // Without merges a band stands over its first column only; it runs on while the top row is blank.
        let band = match (own.is_empty(), top) {
            (false, _) => own.join("/"),
            (true, None) => running.clone().unwrap_or_default(),
            (true, Some(_)) => String::new(),
        };
        running = (!band.is_empty()).then(|| band.clone());
        found.push((at, band, heading));
    }
    found
}

/// A heading on one line.
fn flat(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The live grid: rows, selection, ticks, undo. Decides what an act changes; knows no element and no door.

use super::keys::{Mode, Step};
use super::model::{Cell, Edit, Fate, Figure, Row};
use super::range::{Range, Size, Spot};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// From this many cells on, a paste is shown before it is written.
pub const PREVIEW_FROM: usize = 200;

/// Reads what was typed in a cell, as the server will: the cell as it will look, or why not.
pub type Reader = Callback<(usize, usize, String), Result<Cell, String>>;

/// A paste on its way: what would be written, and what cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paste {
    pub good: Vec<Edit>,
    /// with the reason
    pub bad: Vec<(Edit, String)>,
}

/// Everything that changes while a person works in the grid.
#[derive(Clone, Copy)]
pub struct GridState {
    rows: StoredValue<Vec<RwSignal<Row>>>,
    pub columns: usize,
    pub range: RwSignal<Range>,
    pub mode: RwSignal<Mode>,
    /// Text in the cell's input.
    pub draft: RwSignal<String>,
    /// Row numbers that are ticked, from 0.
    pub ticked: RwSignal<BTreeSet<usize>>,
    pub preview: RwSignal<Option<Paste>>,
    /// The active row is shown beside the grid.
    pub looking: RwSignal<bool>,
    /// Scripts run: the grid is one tab stop and its cells are reached by arrows.
    pub awake: RwSignal<bool>,
    undo: StoredValue<Vec<Vec<Edit>>>,
    redo: StoredValue<Vec<Vec<Edit>>>,
    reader: Reader,
    on_save: Callback<Vec<Edit>>,
    /// Goes to the page of a row.
    pub on_open: Callback<usize>,
}

impl GridState {
    pub fn new(
        rows: Vec<Row>,
        columns: usize,
        reader: Reader,
        on_save: Callback<Vec<Edit>>,
        on_open: Callback<usize>,
    ) -> GridState {
        GridState {
            rows: StoredValue::new(rows.into_iter().map(RwSignal::new).collect()),
            columns,
            range: RwSignal::new(Range::default()),
            mode: RwSignal::new(Mode::Select),
            draft: RwSignal::new(String::new()),
            ticked: RwSignal::new(BTreeSet::new()),
            preview: RwSignal::new(None),
            looking: RwSignal::new(false),
            awake: RwSignal::new(false),
            undo: StoredValue::new(Vec::new()),
            redo: StoredValue::new(Vec::new()),
            reader,
            on_save,
            on_open,
        }
    }

    /// `-1` for what is reached by arrows once scripts run; without them, and without rows, everything is a tab stop.
    pub fn tab(self) -> Option<&'static str> {
        (self.awake.get() && self.size().rows > 0).then_some("-1")
    }

    pub fn size(self) -> Size {
        Size { rows: self.rows.with_value(Vec::len), columns: self.columns }
    }

    pub fn row(self, row: usize) -> Option<RwSignal<Row>> {
        self.rows.with_value(|rows| rows.get(row).copied())
    }

    /// A copy of a cell, tracked.
    pub fn cell(self, spot: Spot) -> Option<Cell> {
        self.row(spot.row)?.with(|row| row.cells.get(spot.column).cloned())
    }

    /// A copy of a cell as it is now.
    pub fn cell_untracked(self, spot: Spot) -> Option<Cell> {
        self.row(spot.row)?.with_untracked(|row| row.cells.get(spot.column).cloned())
    }

    /// The first cell that was not written, as the number of its row and the reason; tracked.
    pub fn refused(self) -> Option<(String, String)> {
        let rows = self.rows.get_value();
        rows.into_iter().find_map(|row| {
            row.with(|row| {
                let why = row.cells.iter().find_map(|cell| match &cell.fate {
                    Fate::Failed { why } => Some(why.clone()),
                    Fate::Quiet | Fate::Pending | Fate::Saved => None,
                });
                Some((row.number.clone(), why?))
            })
        })
    }

    /// Puts a cell in place, for a save that came back.
    pub fn put(self, spot: Spot, cell: Cell) {
        if let Some(row) = self.row(spot.row) {
            row.update(|row| {
                if let Some(slot) = row.cells.get_mut(spot.column) {
                    *slot = cell;
                }
            });
        }
    }

    /// Marks what became of an edit, leaving the text as it is.
    pub fn settle(self, spot: Spot, fate: Fate) {
        if let Some(mut cell) = self.cell_untracked(spot) {
            cell.fate = fate;
            self.put(spot, cell);
        }
    }

    pub fn select(self, spot: Spot, extend: bool) {
        self.range
            .update(|range| *range = if extend { Range { far: spot, ..*range } } else { Range::one(spot) });
    }

    pub fn step(self, step: Step, extend: bool) {
        let size = self.size();
        let range = self.range.get_untracked();
        let from = if extend { range.far } else { range.active };
        self.select(from.after(step, size), extend);
    }

    /// Opens the active cell with its text; false when it is locked.
    pub fn begin(self) -> bool {
        let Some(cell) = self.cell_untracked(self.range.get_untracked().active) else { return false };
        if cell.locked.is_some() {
            return false;
        }
        // What was typed and could not be read is mended, not lost.
        let text = if matches!(cell.fate, Fate::Failed { .. }) { cell.shown } else { cell.raw };
        self.draft.set(text);
        self.mode.set(Mode::Edit);
        true
    }

    /// Typing on a selected cell replaces its content.
    pub fn replace(self, typed: String) {
        let cell = self.cell_untracked(self.range.get_untracked().active);
        if cell.is_some_and(|cell| cell.locked.is_none()) {
            self.draft.set(typed);
            self.mode.set(Mode::Edit);
        }
    }

    pub fn discard(self) {
        self.draft.set(String::new());
        self.mode.set(Mode::Select);
    }

    /// Keeps the draft. Unreadable text stays in the cell, marked, and is not sent.
    pub fn save(self) {
        if self.mode.get_untracked() != Mode::Edit {
            return;
        }
        let text = self.draft.get_untracked();
        self.discard();
        let edits = self.edit_of(self.range.get_untracked().active, &text).into_iter().collect();
        self.write(edits, true);
    }

    /// Why the draft cannot be read, while typing.
    pub fn complaint(self) -> Option<String> {
        if self.mode.get() != Mode::Edit {
            return None;
        }
        let spot = self.range.get().active;
        self.reader.run((spot.row, spot.column, self.draft.get())).err()
    }

    /// The edit that puts `text` in a cell, `None` when nothing would change or it is locked.
    fn edit_of(self, spot: Spot, text: &str) -> Option<Edit> {
        let cell = self.cell_untracked(spot)?;
        let same = cell.raw == text && !matches!(cell.fate, Fate::Failed { .. });
        let edit = Edit { row: spot.row, column: spot.column, old: cell.raw, text: text.to_owned() };
        (cell.locked.is_none() && !same).then_some(edit)
    }

    /// Shows edits at once and sends those that can be read.
    pub fn write(self, edits: Vec<Edit>, remember: bool) {
        let mut sent = Vec::new();
        for edit in edits {
            let spot = Spot { row: edit.row, column: edit.column };
            match self.reader.run((edit.row, edit.column, edit.text.clone())) {
                Ok(cell) => {
                    self.put(spot, Cell { fate: Fate::Pending, ..cell });
                    sent.push(edit);
                }
                Err(why) => {
                    if let Some(cell) = self.cell_untracked(spot) {
                        self.put(spot, Cell { shown: edit.text.clone(), fate: Fate::Failed { why }, ..cell });
                    }
                }
            }
        }
        if sent.is_empty() {
            return;
        }
        if remember {
            self.undo.update_value(|undo| undo.push(sent.clone()));
            self.redo.update_value(Vec::clear);
        }
        self.on_save.run(sent);
    }

    pub fn clear(self) {
        let spots = self.range.get_untracked().spots();
        self.write(spots.into_iter().filter_map(|spot| self.edit_of(spot, "")).collect(), true);
    }

    /// The first row of the range goes into the others.
    pub fn fill_down(self) {
        let range = self.range.get_untracked();
        let top = range.top_left().row;
        let edits = range.spots().into_iter().filter(|spot| spot.row > top).filter_map(|spot| {
            let source = self.cell_untracked(Spot { row: top, column: spot.column })?;
            self.edit_of(spot, &source.raw)
        });
        self.write(edits.collect(), true);
    }

    /// Why the text cannot stand in the column, `None` when it can.
    pub fn unreadable(self, column: usize, text: &str) -> Option<String> {
        let row = self.ticked.with(|ticked| ticked.first().copied())?;
        self.reader.run((row, column, text.to_owned())).err()
    }

    /// One text into a column of all ticked rows, as one act.
    pub fn put_all(self, column: usize, text: &str) {
        let rows = self.ticked.get_untracked().into_iter();
        self.write(rows.filter_map(|row| self.edit_of(Spot { row, column }, text)).collect(), true);
    }

    pub fn undo(self) {
        self.take_back(self.undo, self.redo);
    }

    pub fn redo(self) {
        self.take_back(self.redo, self.undo);
    }

    fn take_back(self, from: StoredValue<Vec<Vec<Edit>>>, to: StoredValue<Vec<Vec<Edit>>>) {
        let Some(last) = from.try_update_value(Vec::pop).flatten() else { return };
        let turned = |edit: Edit| Edit { old: edit.text, text: edit.old, ..edit };
        let edits: Vec<Edit> = last.into_iter().map(turned).collect();
        to.update_value(|to| to.push(edits.clone()));
        self.write(edits, false);
    }

    /// The range as cells for the clipboard.
    pub fn copied(self) -> Vec<Vec<String>> {
        let range = self.range.get_untracked();
        let (low, high) = (range.top_left(), range.bottom_right());
        let text =
            |row, column| self.cell_untracked(Spot { row, column }).map(|cell| cell.raw).unwrap_or_default();
        let line = |row| (low.column..=high.column).map(|column| text(row, column)).collect();
        (low.row..=high.row).map(line).collect()
    }

    /// Whole columns of the range, or with `all` everything.
    pub fn take(self, all: bool) {
        let size = self.size();
        let (last_row, last_column) = (size.rows.saturating_sub(1), size.columns.saturating_sub(1));
        self.range.update(|range| {
            let (low, high) = (range.top_left().column, range.bottom_right().column);
            range.active = Spot { row: 0, column: if all { 0 } else { low } };
            range.far = Spot { row: last_row, column: if all { last_column } else { high } };
        });
    }

    /// A date, `2026-11-05`, into the cell; a column of months takes its month.
    pub fn put_date(self, date: &str) {
        if self.mode.get_untracked() == Mode::Edit {
            self.draft.update(|draft| draft.push_str(date));
            return;
        }
        let spot = self.range.get_untracked().active;
        let month = date.get(..7).unwrap_or(date);
        let readable = [date, month]
            .into_iter()
            .find(|text| self.reader.run((spot.row, spot.column, (*text).to_owned())).is_ok());
        self.write(self.edit_of(spot, readable.unwrap_or(date)).into_iter().collect(), true);
    }

    /// Takes a table from the clipboard into the rows shown. Large or partly unreadable ones are shown first.
    pub fn paste(self, table: &[Vec<String>]) {
        let paste = self.judged(self.spread(table));
        if paste.good.len() + paste.bad.len() > PREVIEW_FROM || !paste.bad.is_empty() {
            self.preview.set(Some(paste));
        } else {
            self.write(paste.good, true);
        }
    }

    /// One copied cell fills the whole range; a table lies down from its top left.
    fn spread(self, table: &[Vec<String>]) -> Vec<Edit> {
        let range = self.range.get_untracked();
        if let [row] = table
            && let [text] = row.as_slice()
        {
            return range.spots().into_iter().filter_map(|spot| self.edit_of(spot, text)).collect();
        }
        let at = range.top_left();
        let cells = table.iter().enumerate().flat_map(|(down, row)| {
            row.iter()
                .enumerate()
                .map(move |(right, text)| (Spot { row: at.row + down, column: at.column + right }, text))
        });
        cells.filter_map(|(spot, text)| self.edit_of(spot, text)).collect()
    }

    fn judged(self, edits: Vec<Edit>) -> Paste {
        let mut paste = Paste::default();
        for edit in edits {
            match self.reader.run((edit.row, edit.column, edit.text.clone())) {
                Ok(_) => paste.good.push(edit),
                Err(why) => paste.bad.push((edit, why)),
            }
        }
        paste
    }

    pub fn tick(self, row: usize) {
        self.ticked.update(|ticked| {
            if !ticked.remove(&row) {
                ticked.insert(row);
            }
        });
    }

    pub fn tick_all(self, all: bool) {
        let rows = self.size().rows;
        self.ticked.set(if all { (0..rows).collect() } else { BTreeSet::new() });
    }

    /// Cells in the range that hold something, and the figures among them; tracked.
    pub fn summary(self) -> (usize, Vec<Figure>) {
        let cells: Vec<Cell> =
            self.range.get().spots().into_iter().filter_map(|spot| self.cell(spot)).collect();
        let filled = cells.iter().filter(|cell| !cell.raw.is_empty()).count();
        (filled, cells.iter().filter_map(|cell| cell.figure).collect())
    }
}

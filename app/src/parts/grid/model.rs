//! What the grid shows: columns, rows, cells, subtotals. Knows no project and no door: values arrive as text.

use domain::project::Stage;

/// Which side the text of a column keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
    Centre,
}

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Not,
    Up,
    Down,
}

/// The link in a heading that sorts by its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub order: Order,
    pub href: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub key: String,
    pub heading: String,
    /// Word above several columns; neighbours with the same one share it.
    pub band: Option<String>,
    pub align: Align,
    /// Stays at the left edge: its place there, from 0. Only the first columns may.
    pub frozen: Option<u8>,
    /// The last one that stays: a strong line stands behind it.
    pub edge: bool,
    pub sort: Option<Sort>,
    /// Words offered while typing; empty for free text.
    pub choices: Vec<String>,
}

/// A number behind a cell, for the sums of the status bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// whole fen (分)
    Fen(i64),
    /// people, posts, households or years
    Count(i64),
}

/// How a cell is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Link(String),
    Stage(Stage),
    Warn,
}

/// What became of the last edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    #[default]
    Quiet,
    Pending,
    Saved,
    /// The typed text stays in the cell, with the reason.
    Failed {
        why: String,
    },
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub shown: String,
    /// What editing begins with, and what the clipboard carries.
    pub raw: String,
    pub look: Look,
    pub figure: Option<Figure>,
    /// Why it cannot be edited.
    pub locked: Option<String>,
    pub fate: Fate,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What its tick sends with the form of this page, where scripts are off.
    pub tick: String,
    /// Number shown in the first column.
    pub number: String,
    pub href: String,
    /// What the row is called, for its tick box.
    pub title: String,
    pub cells: Vec<Cell>,
}

/// A subtotal above the rows it sums up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subtotal {
    /// 0 is the outermost group.
    pub depth: usize,
    pub label: String,
    /// Where it is opened, or closed again.
    pub href: String,
    pub open: bool,
    /// One text a column, empty where nothing is summed.
    pub sums: Vec<String>,
}

/// One cell to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub row: usize,
    pub column: usize,
    /// What was there, as editable text.
    pub old: String,
    /// What was typed.
    pub text: String,
}

impl Cell {
    /// A cell that says only its text.
    pub fn plain(text: impl Into<String>) -> Cell {
        let shown = text.into();
        Cell { raw: shown.clone(), shown, look: Look::Plain, figure: None, locked: None, fate: Fate::Quiet }
    }
}

impl Column {
    /// Classes of every cell of the column, head and sums included.
    pub fn class(&self) -> String {
        let edge = if self.edge { " grid-edge" } else { "" };
        let frozen = self.frozen.map(|place| format!(" grid-frozen grid-frozen-{place}{edge}"));
        format!("{}{}", self.align.class(), frozen.unwrap_or_default())
    }
}

impl Align {
    pub const fn class(self) -> &'static str {
        match self {
            Align::Left => "",
            Align::Right => "grid-right",
            Align::Centre => "grid-centre",
        }
    }
}

/// Neighbouring columns under one word, as (word, how many); `None` for a column that spans both heads.
pub fn bands(columns: &[Column]) -> Vec<(Option<String>, usize)> {
    let mut bands: Vec<(Option<String>, usize)> = Vec::new();
    for column in columns {
        match bands.last_mut() {
            Some((word, count)) if word.is_some() && *word == column.band => *count += 1,
            Some(_) | None => bands.push((column.band.clone(), 1)),
        }
    }
    bands
}

//! Positions and rectangles of cells. Pure geometry; knows no value.

use super::keys::Step;

/// Rows that Page Up and Page Down pass over.
const PAGE: usize = 10;

/// A cell by row and column among those shown, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spot {
    pub row: usize,
    pub column: usize,
}

/// How many rows and columns are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub rows: usize,
    pub columns: usize,
}

/// The selected rectangle: where it began and where it reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    pub active: Spot,
    pub far: Spot,
}

impl Spot {
    /// One step further, kept inside the grid.
    pub fn after(self, step: Step, size: Size) -> Spot {
        let (last_row, last_column) = (size.rows.saturating_sub(1), size.columns.saturating_sub(1));
        let Spot { row, column } = self;
        match step {
            Step::Up => Spot { row: row.saturating_sub(1), column },
            Step::Down => Spot { row: (row + 1).min(last_row), column },
            Step::Left => Spot { row, column: column.saturating_sub(1) },
            Step::Right => Spot { row, column: (column + 1).min(last_column) },
            Step::Top => Spot { row: 0, column },
            Step::Bottom => Spot { row: last_row, column },
            Step::RowStart => Spot { row, column: 0 },
            Step::RowEnd => Spot { row, column: last_column },
            Step::First => Spot { row: 0, column: 0 },
            Step::Last => Spot { row: last_row, column: last_column },
            Step::PageUp => Spot { row: row.saturating_sub(PAGE), column },
            Step::PageDown => Spot { row: (row + PAGE).min(last_row), column },
        }
    }
}

impl Range {
    /// One cell alone.
    pub const fn one(spot: Spot) -> Range {
        Range { active: spot, far: spot }
    }

    pub fn top_left(&self) -> Spot {
        Spot { row: self.active.row.min(self.far.row), column: self.active.column.min(self.far.column) }
    }

    pub fn bottom_right(&self) -> Spot {
        Spot { row: self.active.row.max(self.far.row), column: self.active.column.max(self.far.column) }
    }

    pub fn contains(&self, spot: Spot) -> bool {
        let (low, high) = (self.top_left(), self.bottom_right());
        (low.row..=high.row).contains(&spot.row) && (low.column..=high.column).contains(&spot.column)
    }

    /// Every cell, row by row.
    pub fn spots(&self) -> Vec<Spot> {
        let (low, high) = (self.top_left(), self.bottom_right());
        (low.row..=high.row)
            .flat_map(|row| (low.column..=high.column).map(move |column| Spot { row, column }))
            .collect()
    }

    pub fn is_one(&self) -> bool {
        self.active == self.far
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { rows: 3, columns: 4 };

    #[test]
    fn steps_stay_inside() {
        let corner = Spot { row: 2, column: 3 };
        assert_eq!(corner.after(Step::Down, SIZE), corner);
        assert_eq!(corner.after(Step::Right, SIZE), corner);
        assert_eq!(corner.after(Step::First, SIZE), Spot::default());
        assert_eq!(Spot::default().after(Step::Up, SIZE), Spot::default());
    }

    #[test]
    fn a_range_drawn_backwards_is_the_same() {
        let range = Range { active: Spot { row: 2, column: 1 }, far: Spot { row: 1, column: 0 } };
        assert_eq!(range.spots().len(), 4);
        assert!(range.contains(Spot { row: 1, column: 1 }));
        assert!(!range.contains(Spot { row: 0, column: 1 }));
    }
}

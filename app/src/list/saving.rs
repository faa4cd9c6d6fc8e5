//! Sends edits of the grid one batch after the other, so that versions never overtake each other, and puts what came
//! back in place. A conflict waits for the person. Knows doors and cells, no layout.

use super::{api, columns};
use crate::later::{Answer, Missing};
use crate::parts::grid::model::{Cell, Edit, Fate};
use crate::parts::grid::range::Spot;
use crate::parts::grid::state::GridState;
use contract::error::{ApiError, StaleField};
use contract::list::{CellForm, EditCellsForm, EditedView, GridColumn, ProjectRow};
use domain::money::Delta;
use domain::project::{Field, Value};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;
use words::{Locale, explain};

/// How long ✓ stays.
const SAVED_MARK: Duration = Duration::from_millis(800);

/// An edit that met somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub edits: Vec<Edit>,
    pub fields: Vec<StaleField>,
}

/// The edits of one page of a list, on their way.
#[derive(Clone, Copy)]
pub struct Saver {
    locale: Locale,
    grid: StoredValue<Option<GridState>>,
    rows: StoredValue<Vec<ProjectRow>>,
    columns: StoredValue<Vec<GridColumn>>,
    queue: StoredValue<VecDeque<Vec<Edit>>>,
    busy: StoredValue<bool>,
    pub conflict: RwSignal<Option<Conflict>>,
    /// what is added up elsewhere on the page follows what was written
    written: Callback<()>,
}

impl Saver {
    pub fn new(
        locale: Locale,
        rows: Vec<ProjectRow>,
        columns: Vec<GridColumn>,
        written: Callback<()>,
    ) -> Saver {
        Saver {
            locale,
            grid: StoredValue::new(None),
            rows: StoredValue::new(rows),
            columns: StoredValue::new(columns),
            queue: StoredValue::new(VecDeque::new()),
            busy: StoredValue::new(false),
            conflict: RwSignal::new(None),
            written,
        }
    }

    pub fn attach(self, grid: GridState) {
        self.grid.set_value(Some(grid));
    }

    /// Takes a batch; sends it when those before it are through.
    pub fn send(self, edits: Vec<Edit>) {
        self.queue.update_value(|queue| queue.push_back(edits));
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            while let Some(batch) = self.queue.try_update_value(VecDeque::pop_front).flatten() {
                self.deliver(batch).await;
            }
            self.busy.set_value(false);
        });
    }

    async fn deliver(self, batch: Vec<Edit>) {
        match api::edit_cells(self.form(&batch)).await {
            Ok(view) => self.take(&batch, &view),
            // One stale row must not keep the others back: they go one by one.
            Err(ApiError::Stale { .. }) if rows_of(&batch).len() > 1 => {
                for row in rows_of(&batch) {
                    let edits: Vec<Edit> = batch.iter().filter(|edit| edit.row == row).cloned().collect();
                    match api::edit_cells(self.form(&edits)).await {
                        Ok(view) => self.take(&edits, &view),
                        Err(error) => self.refuse(edits, error),
                    }
                }
            }
            Err(error) => self.refuse(batch, error),
        }
    }

    fn form(self, edits: &[Edit]) -> EditCellsForm {
        let cell = |edit: &Edit| {
            let row = self.rows.with_value(|rows| rows.get(edit.row).cloned())?;
            Some(CellForm {
                project: row.project.to_string(),
                version: row.version.to_string(),
                field: self.column(edit.column)?.key(),
                text: edit.text.clone(),
            })
        };
        EditCellsForm { key: new_key(), cells: edits.iter().filter_map(cell).collect() }
    }

    fn column(self, at: usize) -> Option<GridColumn> {
        self.columns.with_value(|columns| columns.get(at).copied())
    }

    /// Every cell of the rows that came back is put in place, since sums and gaps change with an amount.
    fn take(self, edits: &[Edit], view: &EditedView) {
        let Some(grid) = self.grid.get_value() else { return };
        for fresh in &view.rows {
            let at = self.rows.with_value(|rows| rows.iter().position(|row| row.project == fresh.project));
            let Some(at) = at else { continue };
            self.rows.update_value(|rows| rows[at] = fresh.clone());
            for (column, about) in self.columns.get_value().into_iter().enumerate() {
                let spot = Spot { row: at, column };
                let waiting = grid.cell_untracked(spot).is_some_and(|cell| cell.fate != Fate::Quiet);
                let saved = edits.iter().any(|edit| edit.row == at && edit.column == column);
                if saved || !waiting {
                    let fate = if saved { Fate::Saved } else { Fate::Quiet };
                    grid.put(spot, Cell { fate, ..columns::cell(self.locale, about, fresh) });
                }
            }
        }
        let spots: Vec<Spot> = edits.iter().map(spot_of).collect();
        let calm = move || {
            for spot in spots {
                if grid.cell_untracked(spot).is_some_and(|cell| cell.fate == Fate::Saved) {
                    grid.settle(spot, Fate::Quiet);
                }
            }
        };
        set_timeout(calm, SAVED_MARK);
        // The person may have left the page meanwhile; then nothing follows.
        self.written.try_run(());
    }

    /// The typed text stays; the cell says why it was not written.
    fn refuse(self, edits: Vec<Edit>, error: ApiError) {
        let Some(grid) = self.grid.get_value() else { return };
        let invalid = |at: usize| match &error {
            ApiError::Invalid { errors } => {
                errors.of(&format!("cells.{at}")).map(|fault| explain::field_fault(self.locale, fault))
            }
            ApiError::SignedOut
            | ApiError::Forbidden { .. }
            | ApiError::NotFound
            | ApiError::Refused { .. }
            | ApiError::Stale { .. }
            | ApiError::Unexpected { .. }
            | ApiError::Busy
            | ApiError::TooLarge { .. }
            | ApiError::Incomplete
            | ApiError::Transport { .. } => None,
        };
        for (at, edit) in edits.iter().enumerate() {
            let why = invalid(at).unwrap_or_else(|| explain::api_error(self.locale, &error));
            grid.settle(spot_of(edit), Fate::Failed { why });
        }
        if let ApiError::Stale { conflicts } = error {
            self.conflict.set(Some(Conflict { edits, fields: conflicts }));
        }
    }

    /// Ends a conflict: the row is read again; then my text is sent anew, or theirs is shown.
    pub fn resolve(self, mine: bool) {
        let Some(conflict) = self.conflict.get_untracked() else { return };
        self.conflict.set(None);
        leptos::task::spawn_local(async move {
            let Some(first) = conflict.edits.first() else { return };
            let id = self.rows.with_value(|rows| rows.get(first.row).map(|row| row.project.to_string()));
            let Some(id) = id else { return };
            let read = match again(id).await {
                Ok(asked) => asked.await,
                Err(Missing) => Err(ApiError::Transport { detail: String::new() }),
            };
            match read {
                Ok(fresh) => {
                    self.refresh(first.row, fresh);
                    if mine {
                        self.send(conflict.edits);
                    } else {
                        self.show_theirs(&conflict.edits);
                    }
                }
                Err(error) => self.refuse(conflict.edits, error),
            }
        });
    }

    fn refresh(self, at: usize, fresh: Fresh) {
        self.rows.update_value(|rows| {
            if let Some(row) = rows.get_mut(at) {
                row.version = fresh.version;
                row.values = fresh.values;
                row.gap = fresh.gap;
            }
        });
    }

    fn show_theirs(self, edits: &[Edit]) {
        let Some(grid) = self.grid.get_value() else { return };
        for edit in edits {
            let row = self.rows.with_value(|rows| rows.get(edit.row).cloned());
            if let (Some(row), Some(column)) = (row, self.column(edit.column)) {
                grid.put(spot_of(edit), columns::cell(self.locale, column, &row));
            }
        }
    }

    /// Column of a conflict, for its words.
    pub fn field(field: &StaleField) -> Option<Field> {
        field.field.parse().ok()
    }
}

/// What a row takes from its project when that is read again.
struct Fresh {
    version: i64,
    values: Vec<(Field, Value)>,
    gap: Option<Delta>,
}

/// Reads a project again. Comes with the other part of the program, like the drawer: whole projects are not for the grid.
#[wasm_split(pages, wasm_split_path = ::leptos::wasm_split, fallible)]
fn again(id: String) -> Result<Answer<Result<Fresh, ApiError>>, Missing> {
    Ok(Box::pin(async move {
        let view = crate::project::api::project(id).await?;
        Ok(Fresh { version: view.version, values: view.values, gap: view.gap })
    }))
}

fn spot_of(edit: &Edit) -> Spot {
    Spot { row: edit.row, column: edit.column }
}

fn rows_of(edits: &[Edit]) -> BTreeSet<usize> {
    edits.iter().map(|edit| edit.row).collect()
}

/// A key that no other change has. Made on a click or a key press, never while a page is rendered.
pub fn new_key() -> String {
    let part = || format!("{:08x}", (js_sys::Math::random() * f64::from(u32::MAX)) as u32);
    format!("{}{}{}{}", part(), part(), part(), part())
}

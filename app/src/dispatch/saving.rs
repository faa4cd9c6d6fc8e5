//! Sends what is typed into the grid as soon as an input is left, one batch after the other, so that versions never overtake
//! each other. Knows doors and names of inputs, no layout.

use super::api;
use contract::dispatch::form::{CellsForm, VERSION, row_id, row_key};
use contract::dispatch::{BookView, EditedView, Sums};
use contract::error::{ApiError, StaleField};
use domain::dispatch::check::Found;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use words::locale::locale;
use words::{Locale, explain};

/// Texts of cells by column, by row.
type Cells = BTreeMap<String, BTreeMap<String, String>>;

/// How it stands with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    Quiet,
    Busy,
    Saved,
    Failed(String),
}

/// Everything of the grid that changes while it is open.
#[derive(Clone, Copy)]
pub struct Saver {
    l: Locale,
    book: StoredValue<String>,
    is_sites: bool,
    pub versions: RwSignal<BTreeMap<String, i64>>,
    pub sums: RwSignal<Sums>,
    pub found: RwSignal<Vec<Found>>,
    pub state: RwSignal<Saving>,
    pub conflicts: RwSignal<Vec<StaleField>>,
    /// sentences by name of the cell
    pub wrong: RwSignal<BTreeMap<String, String>>,
    waiting: StoredValue<Cells>,
    busy: StoredValue<bool>,
}

impl Saver {
    pub fn new(view: &BookView, is_sites: bool) -> Saver {
        let versions = if is_sites {
            view.sites.iter().map(|line| (line.site.to_string(), line.version)).collect()
        } else {
            view.projects.iter().map(|line| (line.project.to_string(), line.version)).collect()
        };
        Saver {
            l: locale(),
            book: StoredValue::new(view.head.book.to_string()),
            is_sites,
            versions: RwSignal::new(versions),
            sums: RwSignal::new(view.sums),
            found: RwSignal::new(view.found.clone()),
            state: RwSignal::new(Saving::Quiet),
            conflicts: RwSignal::new(Vec::new()),
            wrong: RwSignal::new(BTreeMap::new()),
            waiting: StoredValue::new(Cells::new()),
            busy: StoredValue::new(false),
        }
    }

    /// Something is wrong with a cell.
    pub fn said(self, cell: String, sentence: String) {
        self.wrong.update(|wrong| drop(wrong.insert(cell, sentence)));
    }

    /// Takes the text of an input by its name: `form[projects][id][column]`.
    pub fn take(self, name: &str, text: String) {
        let mut parts = name.split(['[', ']']).filter(|part| !part.is_empty()).skip(2);
        let (Some(row), Some(column)) = (parts.next(), parts.next()) else { return };
        self.waiting.update_value(|waiting| {
            waiting.entry(row_id(row).to_owned()).or_default().insert(column.to_owned(), text);
        });
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        self.state.set(Saving::Busy);
        spawn_local(async move {
            self.send_all().await;
            self.busy.try_set_value(false);
        });
    }

    async fn send_all(self) {
        loop {
            let batch = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
            if batch.is_empty() {
                break;
            }
            match api::edit_cells(self.form(batch.clone())).await {
                Ok(view) => self.saved(&batch, view),
                Err(ApiError::Stale { conflicts }) => {
                    self.conflicts.try_set(conflicts);
                    let sentence = explain::api_error(self.l, &ApiError::Stale { conflicts: Vec::new() });
                    self.state.try_set(Saving::Failed(sentence));
                }
                Err(error) => {
                    // What was typed since goes before what could not be sent.
                    self.waiting.try_update_value(|waiting| {
                        for (row, cells) in batch {
                            let newer = waiting.entry(row).or_default();
                            for (column, text) in cells {
                                newer.entry(column).or_insert(text);
                            }
                        }
                    });
                    self.state.try_set(Saving::Failed(explain::api_error(self.l, &error)));
                    break;
                }
            }
        }
    }

    fn form(self, mut rows: Cells) -> CellsForm {
        let versions = self.versions.try_get_untracked().unwrap_or_default();
        for (row, cells) in &mut rows {
            let version = versions.get(row).copied().unwrap_or_default();
            cells.insert(VERSION.to_owned(), version.to_string());
        }
        let rows = rows.into_iter().map(|(row, cells)| (row_key(&row), cells)).collect();
        let book = self.book.try_get_value().unwrap_or_default();
        if self.is_sites {
            CellsForm { book, sites: rows, ..CellsForm::default() }
        } else {
            CellsForm { book, projects: rows, ..CellsForm::default() }
        }
    }

    fn saved(self, batch: &Cells, view: EditedView) {
        self.versions.try_update(|versions| versions.extend(view.versions));
        self.sums.try_set(view.sums);
        self.found.try_set(view.found);
        self.wrong.try_update(|wrong| {
            for (row, cells) in batch {
                for column in cells.keys() {
                    wrong.remove(&format!("{row}.{column}"));
                }
            }
            for one in view.wrong {
                wrong.insert(one.cell, explain::value_error(self.l, &one.wrong.error));
            }
        });
        let two = view.conflicts.into_iter().map(|two| StaleField {
            field: two.cell,
            yours: two.yours,
            theirs: two.theirs,
            only_yours: false,
        });
        self.conflicts.try_update(|conflicts| conflicts.extend(two));
        self.state.try_set(Saving::Saved);
    }
}

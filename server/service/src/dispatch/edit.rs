//! Cells of a book on their way in: row by row, each against the version it was seen at. What cannot be read and what somebody
//! else changed comes back with its cell; everything else is saved.

use super::rows::Rows;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::dispatch::{EditCells, EditedView, RowEdit, TwoValues, WrongCell, WrongText};
use contract::error::StaleField;
use domain::dispatch::column::Column;
use domain::dispatch::row::cell_name;
use domain::permission::Action;
use store::dispatch::book;
use store::dispatch::{Of, project, site};

/// What becomes of the cells while they are gone through.
#[derive(Default)]
struct Sorted {
    versions: Vec<(String, i64)>,
    saved: u64,
    wrong: Vec<WrongCell>,
    conflicts: Vec<TwoValues>,
}

/// Changes cells of an open book.
pub async fn edit(call: &Call, command: EditCells) -> Outcome<EditedView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move { change(&call, command).await }).await
}

async fn change(call: &Call, command: EditCells) -> Outcome<EditedView> {
    let scope = call.scope();
    let tx = call.begin().await?;
    let kept = book::hold(&tx, &scope, command.book).await?;
    let path = kept.book.area().clone();
    let permit = call.permit(Action::FillReturn, &path)?;
    kept.book.open()?;
    let month = kept.book.month();
    let of = Of::Book(&scope, &path);
    let mut sorted = Sorted::default();
    let is_sites = !command.sites.is_empty();
    let kept_projects =
        if command.projects.is_empty() { Vec::new() } else { project::rows(&tx, of, month).await? };
    for edit in command.projects {
        let line = kept_projects.iter().find(|line| line.project == edit.row).ok_or(Failure::NotFound)?;
        let mut row = line.row.clone();
        let id = line.project.to_string();
        let seen = (id.as_str(), line.version);
        let sound = sorted.sort(seen, edit, |column| (Column::Project(column), line.row.text(column)));
        if sound.iter().all(|(column, text)| row.set(*column, text.as_deref())) && row != line.row {
            project::update(&tx, &permit, month, line, &row).await?;
            sorted.versions.push((id, line.version + 1));
        }
    }
    let kept_sites = if is_sites { site::rows(&tx, of, month).await? } else { Vec::new() };
    for edit in command.sites {
        let line = kept_sites.iter().find(|line| line.site == edit.row).ok_or(Failure::NotFound)?;
        let mut row = line.row;
        let id = line.site.to_string();
        let seen = (id.as_str(), line.version);
        let sound = sorted.sort(seen, edit, |column| (Column::Site(column), line.row.text(column)));
        if sound.iter().all(|(column, text)| row.set(*column, text.as_deref())) && row != line.row {
            site::update(&tx, &permit, month, line, &row).await?;
            sorted.versions.push((id, line.version + 1));
        }
    }
    if sorted.saved == 0 && !sorted.conflicts.is_empty() {
        tx.rollback().await?;
        return Err(Failure::Stale(sorted.conflicts.into_iter().map(stale).collect()));
    }
    let rows = Rows::load(&tx, of, month).await?;
    let (sums, found) = (rows.sums()?, rows.found(month));
    tx.commit().await?;
    let Sorted { versions, saved, wrong, conflicts } = sorted;
    Ok(EditedView { book: kept.id, is_sites, saved, versions, wrong, conflicts, sums, found })
}

fn stale(two: TwoValues) -> StaleField {
    StaleField { field: two.cell, yours: two.yours, theirs: two.theirs, only_yours: false }
}

impl Sorted {
    /// The cells of a row that are to be changed: those that say something new, when the row is as it was seen.
    fn sort<I, C: Copy>(
        &mut self,
        (id, version): (&str, i64),
        edit: RowEdit<I, C>,
        kept: impl Fn(C) -> (Column, Option<String>),
    ) -> Vec<(C, Option<String>)> {
        let mut sound = Vec::new();
        for (column, typed) in edit.cells {
            let (named, stored) = kept(column);
            let cell = cell_name(id, named);
            match typed {
                Err(WrongText { text, error }) => {
                    self.wrong.push(WrongCell { cell, wrong: WrongText { text, error } });
                }
                Ok(text) if text == stored => {}
                Ok(text) if edit.version != version => {
                    self.conflicts.push(TwoValues { cell, yours: text, theirs: stored });
                }
                Ok(text) => {
                    self.saved += 1;
                    sound.push((column, text));
                }
            }
        }
        sound
    }
}

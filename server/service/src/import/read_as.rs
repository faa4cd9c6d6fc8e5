//! A person says how a sheet is to be read; what he says of headings may be remembered for later files.

use super::staged::{Settings, Summary, is_open, json, read};
use super::upload::begin;
use super::view::view;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::claim;
use contract::error::{FieldFault, Refusal};
use contract::import::command::ReadAs;
use contract::import::{ImportState, ImportView};
use domain::id::SynonymId;
use domain::permission::Action;
use domain::text::fold;
use sheet::column::Column;
use sheet::layout::{ColumnFacts, Layout};
use sheet::mapping::Mapping;
use std::collections::BTreeMap;
use std::time::Duration;
use store::Tx;
use store::import::batch;
use store::synonym::{self, SynonymKind};

const ROUTE: &str = "import/read_as";
/// A short file is read within this time, so that a page without scripts shows the result at once.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Headings taught by people of this area and above, folded, with the column they mean.
pub async fn remembered(call: &Call) -> Outcome<BTreeMap<String, String>> {
    Ok(synonym::known(&*call.read().await?, &call.scope(), SynonymKind::Heading).await?)
}

/// Reads the file anew under another understanding of one sheet.
pub async fn read_as(call: &Call, command: ReadAs) -> Outcome<ImportView> {
    let call = call.clone();
    call.app().clone().see_through(async move { again(&call, command).await }).await
}

async fn again(call: &Call, command: ReadAs) -> Outcome<ImportView> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let tx = call.begin().await?;
    let mut batch = batch::load_for_update(&tx, &call.scope(), call.user()?, command.import).await?;
    if !claim(&tx, &permit, ROUTE, &command.key, &command).await? {
        tx.rollback().await?;
        return view(call, command.import).await;
    }
    is_open(&batch, command.version)?;
    if !matches!(batch.state, ImportState::Staged | ImportState::Failed) {
        return Err(Failure::Refused(Refusal::ImportNotReady));
    }
    let summary: Summary = read(&batch.summary)?;
    let layout = summary.sheets.iter().find(|sheet| sheet.sheet == command.sheet);
    let layout = match (layout, command.sheet.as_str()) {
        (Some(sheet), _) => sheet.layout.as_ref(),
        // The plan year belongs to no sheet.
        (None, "") => None,
        (None, _) => return Err(Failure::NotFound),
    };
    let told = told(&command, layout)?;
    if command.remember {
        teach(call, &tx, &told, layout).await?;
    }
    let mut settings: Settings = read(&batch.settings)?;
    settings.plan_year = command.plan_year.or(settings.plan_year);
    if !command.sheet.is_empty() {
        understand(&mut settings, &command, told);
    }
    batch.settings = json(&settings)?;
    batch.state = ImportState::Reading;
    batch::save(&tx, &permit, &batch, None).await?;
    store::idempotency::keep(&tx, &permit, ROUTE, &command.key, "").await?;
    tx.commit().await?;
    begin(call, batch.id, batch.version + 1);
    call.app().jobs().wait(batch.id, PATIENCE).await;
    view(call, command.import).await
}

/// The columns for which the person says something new, by letters. A form may carry all of them.
fn told(command: &ReadAs, layout: Option<&Layout>) -> Outcome<BTreeMap<String, String>> {
    let mut told = BTreeMap::new();
    for (letters, key) in &command.columns {
        if !key.is_empty() && Column::from_key(key).is_none() {
            return Err(Failure::field(&format!("columns[{letters}]"), FieldFault::NotAChoice));
        }
        let known = layout.and_then(|layout| column(layout, letters));
        if known.and_then(|column| column.key.as_ref()) != Some(key) {
            told.insert(letters.clone(), key.clone());
        }
    }
    Ok(told)
}

/// Whether two headings read the same, so that a later file could not tell them apart.
fn alike(one: &ColumnFacts, two: &ColumnFacts) -> bool {
    fold(&one.heading) == fold(&two.heading) && fold(&one.band) == fold(&two.band)
}

fn column<'a>(layout: &'a Layout, letters: &str) -> Option<&'a ColumnFacts> {
    layout.columns.iter().find(|column| column.letters == letters)
}

/// Remembers the headings of these columns for the person's area.
async fn teach(
    call: &Call,
    tx: &Tx,
    told: &BTreeMap<String, String>,
    layout: Option<&Layout>,
) -> Outcome<()> {
    let permit = call.permit(Action::TeachSynonym, &call.area())?;
    for (letters, key) in told {
        let Some(layout) = layout else { continue };
        let Some(column) = column(layout, letters) else { continue };
        // What was said of one column would be remembered of every heading that says the same.
        if layout.columns.iter().any(|other| other.letters != column.letters && alike(other, column)) {
            continue;
        }
        let spelling = if column.band.is_empty() {
            column.heading.clone()
        } else {
            format!("{}/{}", column.band, column.heading)
        };
        let id = SynonymId::new(call.new_id());
        synonym::teach(tx, &permit, id, SynonymKind::Heading, &spelling, key).await?;
    }
    Ok(())
}

/// Adds what was said to what was said before about the sheet.
fn understand(settings: &mut Settings, command: &ReadAs, told: BTreeMap<String, String>) {
    let known = settings.mappings.iter().position(|mapping| mapping.sheet.as_ref() == Some(&command.sheet));
    let at = known.unwrap_or_else(|| {
        settings.mappings.push(Mapping { sheet: Some(command.sheet.clone()), ..Mapping::default() });
        settings.mappings.len() - 1
    });
    let mapping = &mut settings.mappings[at];
    mapping.unit = command.unit.or(mapping.unit);
    mapping.horizon = command.horizon.or(mapping.horizon);
    mapping.header_rows = command.header_rows.or(mapping.header_rows);
    mapping.letters.extend(told);
    for (letters, unit) in &command.units {
        if let Some(unit) = unit {
            mapping.units.insert(letters.clone(), *unit);
        } else {
            mapping.units.remove(letters);
        }
    }
}

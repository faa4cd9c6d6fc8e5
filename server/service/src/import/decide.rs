//! The person decides: mends cells, answers questions, chooses in conflicts, gives up. Every decision compares anew.

use super::staged::{Judged, Work, is_open, json, read};
use super::view::view;
use super::{CellChoice, RowChoices, file, judge};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::claim;
use contract::error::{FieldFault, Refusal};
use contract::import::command::{Choose, Mend, RowChoice, Step, Whole, WholeChoice};
use contract::import::{ImportState, ImportView};
use domain::area::AreaCode;
use domain::id::{ImportId, SiteId};
use domain::permission::Action;
use domain::project::Kind;
use domain::site::SiteFacts;
use domain::text::{fold, half_width};
use sheet::again::Mends;
use sheet::column::Column;
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::import::{batch, row};

/// One decision.
#[derive(Clone, Debug)]
enum Decision {
    Mend(Mend),
    Choose(Choose),
    Whole(Whole),
}

/// Gives a cell another text; its row is read and compared anew.
pub async fn mend(call: &Call, command: Mend) -> Outcome<ImportView> {
    decided(call, Decision::Mend(command)).await
}

/// Notes what the person says about one row.
pub async fn choose(call: &Call, command: Choose) -> Outcome<ImportView> {
    decided(call, Decision::Choose(command)).await
}

/// Notes what the person says about the file, or makes the communities that nobody knows.
pub async fn whole(call: &Call, command: Whole) -> Outcome<ImportView> {
    decided(call, Decision::Whole(command)).await
}

/// Gives the import up. A file that is still being read is read no further; nothing is kept but the name.
pub async fn cancel(call: &Call, step: Step) -> Outcome<ImportView> {
    let call = call.clone();
    call.app().clone().see_through(async move { give_up(&call, step).await }).await
}

async fn decided(call: &Call, decision: Decision) -> Outcome<ImportView> {
    let call = call.clone();
    call.app().clone().see_through(async move { decide(&call, &decision).await }).await
}

impl Decision {
    fn head(&self) -> (ImportId, i64, &str, &'static str) {
        match self {
            Decision::Mend(it) => (it.import, it.version, &it.key, "import/mend"),
            Decision::Choose(it) => (it.import, it.version, &it.key, "import/choose"),
            Decision::Whole(it) => (it.import, it.version, &it.key, "import/whole"),
        }
    }
}

async fn decide(call: &Call, decision: &Decision) -> Outcome<ImportView> {
    let (import, version, key, route) = decision.head();
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let tx = call.begin().await?;
    let batch = batch::load_for_update(&tx, &call.scope(), call.user()?, import).await?;
    if !claim(&tx, &permit, route, key, decision).await? {
        tx.rollback().await?;
        return view(call, import).await;
    }
    is_open(&batch, version)?;
    if batch.state != ImportState::Staged {
        return Err(Failure::Refused(Refusal::ImportNotReady));
    }
    let before = row::all(&tx, &batch).await?;
    let mut work = Work::open(batch, before.clone())?;
    match decision {
        Decision::Mend(command) => put(&mut work, command)?,
        Decision::Choose(command) => say(&mut work, command)?,
        Decision::Whole(Whole { what: WholeChoice::MatchNames(yes), .. }) => work.settings.match_names = *yes,
        Decision::Whole(Whole { what: WholeChoice::BlankClears(yes), .. }) => {
            work.settings.blank_clears = Some(*yes);
        }
        Decision::Whole(Whole { what: WholeChoice::MakeSites, .. }) => {
            let unknown = work.summary.unknown_sites.iter();
            let unknown: Option<Vec<_>> =
                unknown.map(|site| AreaCode::new(&site.area).map(|area| (area, site.name.clone()))).collect();
            make_sites(call, &tx, unknown.ok_or(Failure::NotFound)?).await?;
        }
    }
    judge::judge(call, &tx, &mut work).await?;
    judge::save(&tx, &permit, &mut work, &before, None).await?;
    store::idempotency::keep(&tx, &permit, route, key, "").await?;
    tx.commit().await?;
    view(call, import).await
}

/// Puts another text into a cell and reads all rows once more: the same project code may now stand on two of them.
fn put(work: &mut Work, command: &Mend) -> Outcome<()> {
    let at = work.find(&command.sheet, command.row)?;
    let sheet = work.summary.sheets.iter().find(|sheet| sheet.sheet == command.sheet);
    let layout = sheet.and_then(|sheet| sheet.layout.as_ref()).ok_or(Failure::NotFound)?;
    let column = Column::from_key(&command.field).filter(|column| column.kind() != Kind::Derived);
    let stands = layout.columns.iter().any(|column| column.key.as_ref() == Some(&command.field));
    let column = column.filter(|_| stands).ok_or_else(|| Failure::field("field", FieldFault::NotAChoice))?;
    let mut mends: Mends = read(&work.lines[at].mends)?;
    mends.insert(command.field.clone(), text_of(column, &command.text));
    work.lines[at].mends = json(&mends)?;
    work.reread()
}

/// A place chosen from a finding comes as code and name; the code says which.
fn text_of(column: Column, text: &str) -> String {
    let first = half_width(text).split_whitespace().next().map(str::to_owned).unwrap_or_default();
    if column.is_area() && AreaCode::new(&first).is_some() { first } else { text.to_owned() }
}

fn say(work: &mut Work, command: &Choose) -> Outcome<()> {
    let at = work.find(&command.sheet, command.row)?;
    let judged: Judged = read(&work.lines[at].judged)?;
    let mut choice = work.choice(at)?;
    match &command.choice {
        RowChoice::None => choice = RowChoices::default(),
        RowChoice::Skip => choice.skip = true,
        RowChoice::New => choice = RowChoices { as_new: true, cells: choice.cells, ..RowChoices::default() },
        RowChoice::Is(project) => {
            if !judged.candidates.contains(project) && choice.is != Some(*project) {
                return Err(Failure::field("choice", FieldFault::NotAChoice));
            }
            choice = RowChoices { is: Some(*project), cells: choice.cells, ..RowChoices::default() };
        }
        RowChoice::Take(field) => settle(&mut choice, &judged, field.as_ref(), true)?,
        RowChoice::Keep(field) => settle(&mut choice, &judged, field.as_ref(), false)?,
    }
    let none = choice == RowChoices::default();
    work.lines[at].choice = if none { None } else { Some(json(&choice)?) };
    Ok(())
}

/// Notes which value stands in one conflict of the row, or in all.
fn settle(choice: &mut RowChoices, judged: &Judged, field: Option<&String>, take: bool) -> Outcome<()> {
    let meant: Vec<_> =
        judged.conflicts.iter().filter(|clash| field.is_none_or(|field| *field == clash.field)).collect();
    if meant.is_empty() {
        return Err(Failure::field("field", FieldFault::NotAChoice));
    }
    choice.skip = false;
    for clash in meant {
        choice.cells.insert(clash.field.clone(), CellChoice { take, theirs: clash.theirs.clone() });
    }
    Ok(())
}

/// Makes the communities that the file names and nobody knows, each in its county.
pub(super) async fn make_sites(call: &Call, tx: &Tx, unknown: Vec<(AreaCode, String)>) -> Outcome<()> {
    let mut by_area: BTreeMap<AreaCode, Vec<String>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (area, name) in unknown {
        if seen.insert((area, fold(&name))) {
            by_area.entry(area).or_default().push(name);
        }
    }
    for (area, names) in by_area {
        let found = store::area::load(tx, &call.scope(), area).await?;
        let permit = call.permit(Action::EditSite, &found.path)?;
        let sites: Vec<(SiteId, SiteFacts)> =
            names.into_iter().map(|name| (SiteId::new(call.new_id()), named(name, area))).collect();
        store::site::insert_many(tx, &permit, &sites).await?;
    }
    Ok(())
}

/// A community of which only name and county are known.
pub(super) const fn named(name: String, area: AreaCode) -> SiteFacts {
    SiteFacts {
        code: None,
        name,
        area,
        households: None,
        people: None,
        labour: None,
        employed: None,
        employed_out_of_province: None,
        employed_in_province: None,
        employed_in_county: None,
        zero_employment_households: None,
    }
}

async fn give_up(call: &Call, step: Step) -> Outcome<ImportView> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    call.app().jobs().stop(step.import);
    let tx = call.begin().await?;
    let mut batch = batch::load_for_update(&tx, &call.scope(), call.user()?, step.import).await?;
    // Giving up twice, or while the reading ends, is giving up.
    match batch.state {
        ImportState::Cancelled => return view(call, step.import).await,
        ImportState::Committed => {
            return Err(Failure::Refused(Refusal::ImportDone { import: step.import }));
        }
        ImportState::Undone => return Err(Failure::Refused(Refusal::ImportNotReady)),
        ImportState::Reading | ImportState::Failed | ImportState::Staged => {}
    }
    batch.state = ImportState::Cancelled;
    row::remove(&tx, &permit, batch.id).await?;
    batch::save(&tx, &permit, &batch, Some("cancelled")).await?;
    tx.commit().await?;
    file::remove(call.app(), step.import).await?;
    view(call, step.import).await
}

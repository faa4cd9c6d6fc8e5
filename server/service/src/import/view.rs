//! An import as the wizard shows it, and as its findings are given back. Decides nothing.

mod line;

use super::file::{Kept, kept};
use super::staged::{Judged, Settings, Summary, read};
use super::undo;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::row::instant;
use contract::import::command::{ImportQuery, RowsQuery};
use contract::import::{
    Candidate, ColumnView, FINDINGS_SHOWN, ImportLine, ImportState, ImportView, LayoutView, OwnImports,
    Progress, ROWS_A_PAGE, RowsView, SheetView,
};
use contract::workbook::ReadRefusal;
use domain::finding::Finding;
use domain::id::{ImportId, ProjectId};
use domain::money::Money;
use domain::permission::Action;
use sheet::again::{Mends, address};
use sheet::layout::Layout;
use sheet::staged::{SheetFacts, StagedRow};
use std::collections::{BTreeMap, HashMap};
use store::Conn;
use store::audit::Act;
use store::import::batch::{self, Batch};
use store::import::done::{self, Done};
use store::import::row::{self, StagedLine};
use store::project::Project;

/// Imports shown to a person.
const LISTED: u32 = 50;
/// Rows with findings that an annotated copy looks at.
const ANNOTATED: usize = 20_000;

/// A file and everything that was found in it.
pub struct Findings {
    pub kept: Kept,
    pub findings: Vec<Finding>,
    pub mended: Vec<MendedCell>,
}

/// A cell that the person gave another text in the wizard.
pub struct MendedCell {
    pub sheet: String,
    /// from 1
    pub row: u32,
    pub address: String,
    pub text: String,
}

/// One import.
pub async fn one(call: &Call, query: ImportQuery) -> Outcome<ImportView> {
    view(call, query.import).await
}

/// The person's latest imports.
pub async fn list(call: &Call, (): ()) -> Outcome<OwnImports> {
    call.permit(Action::ImportWorkbook, &call.area())?;
    let conn = call.read().await?;
    let batches = batch::list(&conn, &call.scope(), call.user()?, LISTED).await?;
    let lines = batches.into_iter().map(line).collect::<Outcome<Vec<_>>>()?;
    Ok(OwnImports { key: call.new_id().to_string(), lines })
}

fn line(batch: Batch) -> Outcome<ImportLine> {
    let summary: Summary = read(&batch.summary)?;
    Ok(ImportLine {
        import: batch.id,
        kind: batch.kind,
        state: batch.state,
        file_name: batch.file_name,
        by: batch.by,
        at: instant(batch.created_at)?,
        counts: summary.counts,
    })
}

pub(super) async fn view(call: &Call, import: ImportId) -> Outcome<ImportView> {
    call.permit(Action::ImportWorkbook, &call.area())?;
    let user = call.user()?;
    let mut conn = call.read().await?;
    let mut batch = batch::load(&conn, &call.scope(), user, import).await?;
    let mut progress = call.app().jobs().progress(import);
    if batch.state == ImportState::Reading && progress.is_none() {
        // The reading may have ended between the two looks.
        conn = call.read().await?;
        batch = batch::load(&conn, &call.scope(), user, import).await?;
        progress = call.app().jobs().progress(import);
    }
    build(call, &conn, batch, progress).await
}

async fn build(call: &Call, conn: &Conn, batch: Batch, progress: Option<Progress>) -> Outcome<ImportView> {
    let (settings, mut summary): (Settings, Summary) = (read(&batch.settings)?, read(&batch.summary)?);
    // A reading that nobody does any more was broken off by a restart.
    let broken_off = batch.state == ImportState::Reading && progress.is_none();
    let state = if broken_off { ImportState::Failed } else { batch.state };
    let refusal = if broken_off { Some(ReadRefusal::Cancelled) } else { summary.refusal.take() };
    let found = findings(conn, &batch, &summary, FINDINGS_SHOWN).await?;
    let in_all = summary.findings as usize + summary.loose.len();
    let more_findings = u32::try_from(in_all.saturating_sub(found.len())).unwrap_or(u32::MAX);
    let (changed_since, obstacle) =
        if state == ImportState::Committed { undo::kept_back(call, conn, &batch).await? } else { (0, None) };
    Ok(ImportView {
        import: batch.id,
        kind: batch.kind,
        state,
        file_name: batch.file_name,
        size: batch.size,
        by: batch.by,
        at: instant(batch.created_at)?,
        version: batch.version,
        progress: if state == ImportState::Reading { progress } else { None },
        refusal,
        plan_year: batch.plan_year,
        exported: summary.exported,
        blank_clears: settings.blank_clears.unwrap_or(summary.exported),
        sheets: summary.sheets.into_iter().map(sheet).collect(),
        counts: summary.counts,
        findings: found,
        more_findings,
        unknown_sites: summary.unknown_sites,
        name_matches: summary.name_matches,
        match_names: settings.match_names,
        effect: summary.effect,
        change_set: batch.change_set,
        changed_since,
        obstacle,
        key: call.new_id().to_string(),
        may: call.abilities(&call.area()),
    })
}

/// Findings of sheets and rows in file order, at most so many.
async fn findings(conn: &Conn, batch: &Batch, summary: &Summary, most: usize) -> Outcome<Vec<Finding>> {
    let mut found = summary.loose.clone();
    for text in row::findings(conn, batch, most).await? {
        found.extend(read::<Vec<Finding>>(&text)?);
    }
    let order: HashMap<&str, usize> =
        summary.sheets.iter().enumerate().map(|(at, sheet)| (sheet.sheet.as_str(), at)).collect();
    found.sort_by_key(|finding| {
        let place = &finding.place;
        (order.get(place.sheet.as_str()).copied(), place.row, place.address.clone())
    });
    found.truncate(most);
    Ok(found)
}

fn sheet(facts: SheetFacts) -> SheetView {
    let money = |text: &str| text.parse().ok().and_then(Money::from_fen);
    SheetView {
        totals: facts.totals.iter().filter_map(|(key, fen)| Some((key.clone(), money(fen)?))).collect(),
        counts: facts.counts,
        sheet: facts.sheet,
        rows: facts.rows,
        layout: facts.layout.map(layout),
        aside: facts.aside,
        left_out: facts.left_out,
        sample: facts.sample,
    }
}

fn layout(layout: Layout) -> LayoutView {
    LayoutView {
        header_rows: layout.header_rows,
        unit: layout.unit,
        unit_stated: layout.unit_stated,
        horizon: layout.horizon,
        title: layout.title,
        columns: layout
            .columns
            .into_iter()
            .map(|column| ColumnView {
                letters: column.letters,
                band: column.band,
                heading: column.heading,
                key: column.key,
                unit: column.unit,
                unit_told: column.unit_told,
            })
            .collect(),
    }
}

/// One page of compared rows, in file order. A page token is `a` or `b` and the place after or before which it lies.
pub async fn rows(call: &Call, query: RowsQuery) -> Outcome<RowsView> {
    call.permit(Action::ImportWorkbook, &call.area())?;
    let conn = call.read().await?;
    let batch = batch::load(&conn, &call.scope(), call.user()?, query.import).await?;
    let (back, seq) = match query.page.as_deref() {
        None => (false, before_row(&conn, &batch, query.at.as_ref()).await?),
        Some(page) => {
            let way = page.get(..1).filter(|way| matches!(*way, "a" | "b")).ok_or(Failure::NotFound)?;
            (way == "b", page[1..].parse().map_err(|_| Failure::NotFound)?)
        }
    };
    let mut lines = row::window(&conn, &batch, query.outcome, seq, back, ROWS_A_PAGE + 1).await?;
    let more = lines.len() > ROWS_A_PAGE;
    if more && back {
        lines.remove(0);
    }
    lines.truncate(ROWS_A_PAGE);
    let first = lines.first().map_or(0, |line| line.seq);
    let last = lines.last().map_or(seq, |line| line.seq);
    let before = if back {
        more
    } else {
        !row::window(&conn, &batch, query.outcome, first, true, 1).await?.is_empty()
    };
    let after = if back { true } else { more };
    Ok(RowsView {
        rows: page(call, &conn, &batch, lines).await?,
        previous: before.then(|| format!("b{first}")),
        next: after.then(|| format!("a{last}")),
    })
}

/// Where the page begins that shows a row asked for, with some rows above it.
async fn before_row(conn: &Conn, batch: &Batch, at: Option<&(String, u32)>) -> Outcome<i64> {
    const ABOVE: i64 = 4;
    let Some((sheet, row)) = at else { return Ok(0) };
    let seq = row::seq_of(conn, batch, sheet, *row).await?.unwrap_or_default();
    Ok((seq - 1 - ABOVE).max(0))
}

async fn page(
    call: &Call,
    conn: &Conn,
    batch: &Batch,
    lines: Vec<StagedLine>,
) -> Outcome<Vec<contract::import::RowView>> {
    let summary: Summary = read(&batch.summary)?;
    let layouts: HashMap<&str, &Layout> = summary
        .sheets
        .iter()
        .filter_map(|sheet| Some((sheet.sheet.as_str(), sheet.layout.as_ref()?)))
        .collect();
    let mut read_lines = Vec::with_capacity(lines.len());
    let mut ids: Vec<ProjectId> = Vec::new();
    for line in lines {
        let (parsed, judged): (StagedRow, Judged) = (read(&line.parsed)?, read(&line.judged)?);
        ids.extend(line.target.as_deref().and_then(|id| id.parse::<ProjectId>().ok()));
        ids.extend(judged.candidates.iter().copied());
        read_lines.push((line, parsed, judged));
    }
    let projects = match batch.plan_year {
        Some(year) => store::project::load_many(conn, &call.scope(), &ids, year).await?,
        None => Vec::new(),
    };
    let beside = line::Beside {
        projects: projects.into_iter().map(|project| (project.id, project)).collect(),
        areas: crate::list::row::names(&store::area::all(conn, &call.scope()).await?),
        undoable: undoable(conn, batch).await?,
    };
    read_lines
        .into_iter()
        .map(|(line, parsed, judged)| {
            let layout = layouts.get(parsed.sheet.as_str()).copied();
            line::view(line, &parsed, &judged, layout, &beside)
        })
        .collect()
}

/// Rows of a committed import that can be taken back alone.
async fn undoable(conn: &Conn, batch: &Batch) -> Outcome<std::collections::HashSet<(String, u32)>> {
    if batch.state != ImportState::Committed {
        return Ok(std::collections::HashSet::new());
    }
    let standing = |done: &Done| !done.undone && done.untouched && !done.has_money;
    let all = done::all(conn, batch).await?;
    Ok(all.into_iter().filter(standing).map(|done| (done.sheet, done.row)).collect())
}

fn candidate(project: &Project) -> Candidate {
    Candidate {
        project: project.id,
        number: u64::try_from(project.number).unwrap_or_default(),
        name: project.facts.name.clone(),
        total: project.facts.total,
    }
}

/// The person's file with everything found in it, to be given back annotated. Giving out is noted in the trail.
pub async fn all_findings(call: &Call, query: ImportQuery) -> Outcome<Findings> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let kept = kept(call, query.import).await?;
    let conn = call.read().await?;
    let batch = batch::load(&conn, &call.scope(), call.user()?, query.import).await?;
    let summary: Summary = read(&batch.summary)?;
    let findings = findings(&conn, &batch, &summary, ANNOTATED).await?;
    let mended = mended(&conn, &batch, &summary).await?;
    drop(conn);
    let tx = call.begin().await?;
    let detail = format!("annotated copy, findings={}", findings.len());
    let object_id = Some(query.import.to_string());
    store::audit::note(&tx, &permit, Act { object: "import", object_id, detail, ..Act::default() });
    tx.commit().await?;
    Ok(Findings { kept, findings, mended })
}

/// Every cell that was mended, where it stands in the file.
async fn mended(conn: &Conn, batch: &Batch, summary: &Summary) -> Outcome<Vec<MendedCell>> {
    let mut cells = Vec::new();
    for (sheet, row, mends) in row::mended(conn, batch).await? {
        let facts = summary.sheets.iter().find(|facts| facts.sheet == sheet);
        let Some(layout) = facts.and_then(|facts| facts.layout.as_ref()) else { continue };
        for (key, text) in read::<Mends>(&mends)? {
            if let Some(address) = address(layout, &key, row) {
                cells.push(MendedCell { sheet: sheet.clone(), row, address, text });
            }
        }
    }
    Ok(cells)
}

/// By id.
type Projects = BTreeMap<ProjectId, Project>;

/// Name of the person's area, as the reporting unit of an empty form; asked for by those who may import.
pub async fn reporter(call: &Call) -> Outcome<String> {
    call.permit(Action::ImportWorkbook, &call.area())?;
    let conn = call.read().await?;
    Ok(store::area::load(&conn, &call.scope(), call.area().code()).await?.name)
}

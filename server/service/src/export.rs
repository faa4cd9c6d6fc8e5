//! Lists as files: exactly the rows a filter shows to this person, read page by page and written beside, so that
//! memory does not grow with the list. Every export stands in the trail. Knows no HTTP.

mod names;
pub mod paper;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::{plan_year, query};
use contract::error::Refusal;
use contract::export::{ExportLists, FileFormat};
use contract::list::ListKind;
use domain::id::ProjectId;
use domain::period::{FiscalYear, Horizon};
use domain::permission::Action;
use domain::project::Field;
use names::Names;
use sheet::write::book::{BookWriter, MOST_ROWS};
use sheet::write::csv::CsvWriter;
use sheet::write::{ListHead, ListRow, Sums, title};
use std::fs::File;
use std::io::{BufWriter, Seek};
use store::Conn;
use store::audit::Act;
use store::project::filter::{Filter, Standing};
use store::project::page::{Sort, ids};
use store::project::totals::totals;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Projects read and handed over at one time.
const BATCH: usize = 500;
const POOL_WORD: &str = "全部储备库";
const EVERY_WORD: &str = "三张清单";

/// A finished file; it has no name on the disk and is gone when it is closed.
#[derive(Debug)]
pub struct Exported {
    pub file: File,
    /// bytes
    pub size: u64,
    /// what the browser should call it
    pub name: String,
    pub format: FileFormat,
    pub rows: u64,
}

/// One sheet before its rows are read.
struct Planned {
    head: ListHead,
    ids: Vec<ProjectId>,
}

/// What is common to all sheets.
struct Form {
    reporter: String,
    plan_year: FiscalYear,
    columns: Vec<Field>,
    format: FileFormat,
}

enum Part {
    Begin(ListHead),
    Rows(Vec<ListRow>),
}

/// Writes the lists asked for into a file.
pub async fn lists(call: &Call, asked: ExportLists) -> Outcome<Exported> {
    let year = plan_year(call)?;
    let conn = call.read().await?;
    let areas = store::area::all(&conn, &call.scope()).await?;
    let filter = Filter { ids: asked.rows.clone(), ..query::filter(call, &asked.query, &areas)? };
    let place = filter.area.clone().unwrap_or_else(|| call.area());
    let permit = call.permit(Action::ExportList, &place)?;
    let names = Names::new(&areas);
    let (planned, columns) = plan(&conn, call, &asked, &filter).await?;
    let rows = planned.iter().map(|sheet| sheet.head.rows).sum();
    let name = format!("{}_{}_{}", word(&asked), names.plain(place.code()), call.today());
    let form = Form { reporter: names.plain(place.code()), plan_year: year, columns, format: asked.format };
    let (to_writer, from_reader) = channel(2);
    let writer = tokio::task::spawn_blocking(move || write(&form, from_reader));
    let read = hand_over(&conn, call, planned, names, &to_writer, year).await;
    drop(to_writer);
    let file = writer.await.map_err(|panic| Failure::Unexpected(panic.to_string()))??;
    read?;
    drop(conn);
    let size = file.metadata().map_err(|fault| Failure::Unexpected(fault.to_string()))?.len();
    let detail = format!("format={} rows={rows} {}", asked.format.code(), asked.asked);
    let picked = if asked.rows.is_empty() { String::new() } else { format!(" picked={}", asked.rows.len()) };
    let tx = call.begin().await?;
    let act = Act { object: "list", detail: detail + &picked, ..Act::default() };
    store::audit::note(&tx, &permit, act);
    tx.commit().await?;
    Ok(Exported { file, size, name: format!("{name}.{}", asked.format.code()), format: asked.format, rows })
}

/// What the file is about, in the words of the form.
fn word(asked: &ExportLists) -> &'static str {
    if asked.every_list { EVERY_WORD } else { list_word(asked.query.list) }
}

const fn list_word(list: ListKind) -> &'static str {
    match list {
        ListKind::Horizon(horizon) => horizon.sign(),
        ListKind::Pool => POOL_WORD,
    }
}

/// Sheets with their sums and the order of their rows, and the columns that they all have.
async fn plan(
    conn: &Conn,
    call: &Call,
    asked: &ExportLists,
    filter: &Filter,
) -> Outcome<(Vec<Planned>, Vec<Field>)> {
    let standings: Vec<(&'static str, Standing)> = match (asked.every_list, asked.format) {
        (true, FileFormat::Xlsx) => {
            Horizon::ALL.map(|horizon| (horizon.sign(), Standing::List(horizon))).to_vec()
        }
        // A text table has no sheets: 清单类型 is a column of it.
        (true, FileFormat::Csv) => vec![(EVERY_WORD, Standing::AnyList)],
        (false, _) => vec![(list_word(asked.query.list), filter.standing)],
    };
    let scope = call.scope();
    let sort = asked.query.sort.map(|sort| Sort { field: sort.field, descending: sort.down });
    let mut years = filter.plan_year.list_years();
    let mut planned = Vec::new();
    for (word, standing) in standings {
        let filter = Filter { standing, ..filter.clone() };
        let found = totals(conn, &scope, &filter).await?;
        if found.projects > MOST_ROWS {
            return Err(Failure::Refused(Refusal::TooManyRows { rows: found.projects, most: MOST_ROWS }));
        }
        // Other years that carry an amount follow behind the years of the lists.
        for field in found.amounts.keys() {
            if let Field::Year(year) = field
                && !years.contains(year)
            {
                years.push(*year);
            }
        }
        let (ids, _) = ids(conn, &scope, &filter, sort, None, found.projects).await?;
        let sums = Sums { amounts: found.amounts, counts: found.counts };
        let title = title(filter.plan_year, word);
        planned.push(Planned {
            head: ListHead { name: word.to_owned(), title, rows: found.projects, sums },
            ids,
        });
    }
    Ok((planned, Field::all(&years)))
}

/// Reads the rows in batches and hands them to the writer. A writer that gave up says why itself.
async fn hand_over(
    conn: &Conn,
    call: &Call,
    planned: Vec<Planned>,
    mut names: Names,
    to: &Sender<Part>,
    year: FiscalYear,
) -> Outcome<()> {
    for sheet in planned {
        if to.send(Part::Begin(sheet.head)).await.is_err() {
            return Ok(());
        }
        for chunk in sheet.ids.chunks(BATCH) {
            let projects = store::project::load_many(conn, &call.scope(), chunk, year).await?;
            names.learn_sites(conn, call, &projects).await?;
            let rows = projects.into_iter().map(|project| names.row(project)).collect();
            if to.send(Part::Rows(rows)).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Writes what comes, outside of the threads that answer requests.
fn write(form: &Form, parts: Receiver<Part>) -> Outcome<File> {
    let fault = |fault: &dyn std::fmt::Display| Failure::Unexpected(format!("export: {fault}"));
    let mut file = tempfile::tempfile().map_err(|e| fault(&e))?;
    match form.format {
        FileFormat::Xlsx => write_book(form, parts, &file).map_err(|e| fault(&e))?,
        FileFormat::Csv => write_csv(form, parts, &file).map_err(|e| fault(&e))?,
    }
    file.rewind().map_err(|e| fault(&e))?;
    Ok(file)
}

fn write_book(form: &Form, mut parts: Receiver<Part>, file: &File) -> Result<(), sheet::write::XlsxError> {
    let mut out = BookWriter::new(&form.reporter, Some(form.plan_year), &form.columns);
    while let Some(part) = parts.blocking_recv() {
        match part {
            Part::Begin(head) => out.begin(&head)?,
            Part::Rows(rows) => rows.iter().try_for_each(|row| out.row(row))?,
        }
    }
    out.finish(BufWriter::new(file))
}

fn write_csv(form: &Form, mut parts: Receiver<Part>, file: &File) -> Result<(), sheet::write::CsvError> {
    let mut out = None;
    while let Some(part) = parts.blocking_recv() {
        match (part, &mut out) {
            (Part::Begin(head), _) => {
                let to = BufWriter::new(file);
                out = Some(CsvWriter::begin(to, &form.reporter, &form.columns, &head.title)?);
            }
            (Part::Rows(rows), Some(out)) => rows.iter().try_for_each(|row| out.row(row))?,
            (Part::Rows(_), None) => {}
        }
    }
    if let Some(out) = out {
        std::io::Write::flush(&mut out.finish()?)?;
    }
    Ok(())
}

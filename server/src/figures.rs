//! How a table of figures goes out: what stands over it, its columns and cells, the name of its file. Knows no table.

use crate::tables::{Made, XLSX, aside, unexpected};
use chrono::NaiveDateTime;
use service::Call;
use sheet::write::figures::{FigureCell, Figures, Heading, workbook};
use words::{Locale, format, t};

/// What stands over every table.
pub struct Head {
    title: String,
    made: NaiveDateTime,
}

/// The workbook of a table, named by its title and the day. Written on a thread that may take its time.
pub async fn written(
    call: &Call,
    title: &str,
    table: impl FnOnce(&Head) -> Figures + Send + 'static,
) -> Made {
    let head = Head { title: title.to_owned(), made: call.now().naive_utc() };
    let bytes = aside(move || workbook(&table(&head)).map_err(unexpected)).await?;
    Ok((bytes, format!("{title}_{}.xlsx", format::date(call.today())), XLSX))
}

/// A table under its head; the unit is said where amounts are added up.
pub fn table(l: Locale, head: &Head, headings: Vec<Heading>, rows: Vec<Vec<FigureCell>>) -> Figures {
    let has_sums = headings.iter().any(|heading| heading.summed);
    Figures {
        name: head.title.clone(),
        title: head.title.clone(),
        about: format::instant(head.made),
        unit: if has_sums { t!(l, ledger.unit).to_owned() } else { String::new() },
        total: t!(l, common.total).to_owned(),
        headings,
        rows,
        notes: Vec::new(),
        made: head.made,
    }
}

/// What the table is about, before the moment at which it was made.
pub fn about(head: &Head, parts: Vec<String>) -> String {
    let moment = format::instant(head.made);
    parts.into_iter().chain([moment]).collect::<Vec<_>>().join(" · ")
}

pub fn column(word: &str, width: u16) -> Heading {
    Heading { word: word.to_owned(), summed: false, width }
}

/// A column of amounts that are added up.
pub fn amounts(word: impl Into<String>) -> Heading {
    Heading { word: word.into(), summed: true, width: 14 }
}

pub fn text(text: impl Into<String>) -> FigureCell {
    FigureCell::Text(text.into())
}

pub fn maybe(found: Option<String>) -> FigureCell {
    found.map_or(FigureCell::Empty, FigureCell::Text)
}

/// A number of things.
pub fn count(number: u64) -> FigureCell {
    FigureCell::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

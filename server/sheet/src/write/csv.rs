//! One list as CSV in the shape of the form: UTF-8 with a byte order mark, formulas disarmed. Knows no .xlsx.

use super::{ListBook, ListRow, ListSheet, ORDINAL, UNIT_LINE, fields};
use crate::csv_text::guard;
use ::csv::{Error, Writer, WriterBuilder};
use domain::project::Field;
use std::io::{self, Write};

/// A list under construction. It carries no versions, so a blank cell in it keeps the old value on re-import.
pub struct CsvWriter<W: Write> {
    out: Writer<W>,
    fields: Vec<Field>,
    placed: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Writes title, unit line and headings; the rows follow.
    pub fn begin(mut to: W, reporter: &str, columns: &[Field], title: &str) -> Result<CsvWriter<W>, Error> {
        to.write_all(&[0xEF, 0xBB, 0xBF])?;
        let fields = fields(columns);
        let mut out = WriterBuilder::new().flexible(true).from_writer(to);
        out.write_record([title])?;
        out.write_record([format!("填报单位：{reporter}"), UNIT_LINE.to_owned()])?;
        let mut running = None;
        let (mut upper, mut lower) = (vec![ORDINAL.to_owned()], vec![String::new()]);
        for field in &fields {
            match field.band() {
                None => {
                    upper.push(field.heading());
                    lower.push(String::new());
                }
                Some(band) => {
                    upper.push(if running == Some(band) { String::new() } else { band.to_owned() });
                    lower.push(field.heading());
                }
            }
            running = field.band();
        }
        out.write_record(&upper)?;
        out.write_record(&lower)?;
        Ok(CsvWriter { out, fields, placed: 0 })
    }

    /// The next project.
    pub fn row(&mut self, row: &ListRow) -> Result<(), Error> {
        self.placed += 1;
        let mut cells = vec![self.placed.to_string()];
        cells.extend(
            self.fields
                .iter()
                .map(|field| row.text(*field).map(|text| guard(&text).into_owned()).unwrap_or_default()),
        );
        self.out.write_record(&cells)
    }

    /// Everything written, handed back.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(|fault| fault.into_error())
    }
}

/// The bytes of the file; for lists of a size that fits into memory.
pub fn csv(book: &ListBook, list: &ListSheet) -> Result<Vec<u8>, Error> {
    let mut out = CsvWriter::begin(Vec::new(), &book.reporter, &book.columns, &list.title)?;
    for row in &list.rows {
        out.row(row)?;
    }
    Ok(out.finish()?)
}

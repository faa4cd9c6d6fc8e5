//! One list as CSV in the shape of the form: UTF-8 with a byte order mark, formulas disarmed. Knows no .xlsx.

use super::{ListBook, ListSheet, ORDINAL, UNIT_LINE};
use crate::csv_text::guard;
use domain::project::Field;

/// The bytes of the file. It carries no versions, so a blank cell in it keeps the old value on re-import.
pub fn csv(book: &ListBook, list: &ListSheet) -> Result<Vec<u8>, ::csv::Error> {
    let fields = book.fields();
    let mut out = ::csv::WriterBuilder::new().flexible(true).from_writer(vec![0xEF, 0xBB, 0xBF]);
    out.write_record([list.title.as_str()])?;
    out.write_record([format!("填报单位：{}", book.reporter), UNIT_LINE.to_owned()])?;
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
    for (place, row) in list.rows.iter().enumerate() {
        let mut cells = vec![(place + 1).to_string()];
        cells.extend(
            fields.iter().map(|field: &Field| {
                row.text(*field).map(|text| guard(&text).into_owned()).unwrap_or_default()
            }),
        );
        out.write_record(&cells)?;
    }
    out.into_inner().map_err(|fault| ::csv::Error::from(fault.into_error()))
}

//! One cell against its column: a typed value or the reason why not. Knows no other cell of the row.

use crate::cell::{Cell, date_of_serial, plain_number};
use crate::column::{Column, SiteColumn};
use domain::money::{AmountError, Money, Unit};
use domain::period::{DateError, Month};
use domain::project::value::ValueError;
use domain::project::{Field, Kind, Value};
use std::borrow::Cow;
use std::collections::HashMap;

/// Remembers how texts of one column were read: most columns repeat a few words.
#[derive(Default)]
pub struct Memory {
    read: HashMap<String, Result<Option<Value>, ValueError>>,
}

/// Texts remembered of a column.
const REMEMBERED: usize = 2_000;

/// What a cell came to.
pub type Verdict = Result<Option<Value>, ValueError>;

/// Reads a cell. Areas, sites and our own number stay `Ok(None)`: their text is resolved by the service.
/// `keep` false skips building texts that nobody will look at.
pub fn judge(column: Column, cell: &Cell<'_>, unit: Unit, memory: &mut Memory, keep: bool) -> Verdict {
    match cell {
        Cell::Fault(fault) => return Err(fault_of(column.kind(), fault)),
        // What is computed again here is never taken from a file; everything else must not pass for a blank cell.
        Cell::Formula(_) if column.kind() == Kind::Derived && column != Column::Project(Field::Number) => {
            return Ok(None);
        }
        Cell::Formula(_) => return Err(ValueError::NotCalculated),
        Cell::Text(_) | Cell::Number(_) | Cell::Date(_) | Cell::Flag(_) => {}
    }
    match column.kind() {
        Kind::Derived | Kind::Area | Kind::Sites => Ok(None),
        Kind::Money => money(cell, unit).map(|found| found.map(Value::Money)),
        Kind::Count => count(column, cell, memory),
        Kind::Month => dated(cell, column, memory, |date| Month::of(date).map(Value::Month)),
        Kind::Date => dated(cell, column, memory, |date| Some(Value::Date(date))),
        Kind::Text => text(column, cell, keep),
        Kind::Code => Value::read(Field::Code, &cell.shown(), unit),
        Kind::Flag | Kind::Category | Kind::Nature | Kind::Stage | Kind::Horizon => match cell {
            Cell::Flag(flag) if column.kind() == Kind::Flag => Ok(Some(Value::Flag(*flag))),
            Cell::Text(_)
            | Cell::Number(_)
            | Cell::Date(_)
            | Cell::Flag(_)
            | Cell::Fault(_)
            | Cell::Formula(_) => remembered(column, &cell.shown(), memory),
        },
    }
}

/// The amount in a cell; a number is rounded to 15 significant digits first, a text is taken exactly.
pub fn money(cell: &Cell<'_>, unit: Unit) -> Result<Option<Money>, ValueError> {
    let text: Cow<'_, str> = match cell {
        Cell::Number(number) => match whole_fen(*number, unit) {
            Some(money) => return Ok(Some(money)),
            None => Cow::Owned(plain_number(*number)),
        },
        Cell::Text(_) | Cell::Date(_) | Cell::Flag(_) | Cell::Fault(_) | Cell::Formula(_) => cell.shown(),
    };
    if domain::text::means_empty(&text) {
        return Ok(None);
    }
    Money::parse(&text, unit).map(Some).map_err(ValueError::Amount)
}

/// The quick way for the usual number: when whole fen divide back to the very same double, the rounding
/// to 15 digits would have found them too.
fn whole_fen(number: f64, unit: Unit) -> Option<Money> {
    let per = unit.fen() as f64;
    let fen = (number * per).round();
    let same = (0.0..1e15).contains(&fen) && fen / per == number;
    if same { Money::from_fen(fen as i64) } else { None }
}

fn count(column: Column, cell: &Cell<'_>, memory: &mut Memory) -> Verdict {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 && (0.0..=1e9).contains(number) => {
            Ok(Some(Value::Count(*number as u32)))
        }
        Cell::Number(_)
        | Cell::Text(_)
        | Cell::Date(_)
        | Cell::Flag(_)
        | Cell::Fault(_)
        | Cell::Formula(_) => remembered(column, &cell.shown(), memory),
    }
}

fn dated(
    cell: &Cell<'_>,
    column: Column,
    memory: &mut Memory,
    value: impl Fn(chrono::NaiveDate) -> Option<Value>,
) -> Verdict {
    let date = match cell {
        Cell::Date(date) => Some(*date),
        // A date whose number format was lost shows as its serial number.
        Cell::Number(number) => date_of_serial(*number),
        Cell::Text(_) | Cell::Flag(_) | Cell::Fault(_) | Cell::Formula(_) => None,
    };
    match date.map(value) {
        Some(Some(value)) => Ok(Some(value)),
        Some(None) => Err(ValueError::Date(DateError::NotADate { text: cell.shown().into_owned() })),
        None => remembered(column, &cell.shown(), memory),
    }
}

fn text(column: Column, cell: &Cell<'_>, keep: bool) -> Verdict {
    let field = column.field().unwrap_or(Field::Remark);
    let shown = cell.shown();
    // Bytes bound characters from above, so a short text needs no look when nobody keeps it.
    if !keep && shown.len() <= field.longest() {
        return Ok(None);
    }
    if column == Column::Site(SiteColumn::Name) {
        return Ok(Some(Value::Text(shown.trim().to_owned())));
    }
    Value::read(field, &shown, Unit::Wan)
}

fn remembered(column: Column, text: &str, memory: &mut Memory) -> Verdict {
    if let Some(known) = memory.read.get(text) {
        return known.clone();
    }
    // Figures of sites are read as any other count.
    let read = Value::read(column.field().unwrap_or(Field::Households), text, Unit::Wan);
    if memory.read.len() < REMEMBERED {
        memory.read.insert(text.to_owned(), read.clone());
    }
    read
}

fn fault_of(kind: Kind, fault: &str) -> ValueError {
    let text = fault.to_owned();
    match kind {
        Kind::Money => ValueError::Amount(AmountError::NotANumber { text }),
        Kind::Month | Kind::Date => ValueError::Date(DateError::NotADate { text }),
        Kind::Count => ValueError::NotACount { text },
        Kind::Flag => ValueError::NotAFlag { text },
        Kind::Text
        | Kind::Code
        | Kind::Category
        | Kind::Nature
        | Kind::Stage
        | Kind::Horizon
        | Kind::Area
        | Kind::Sites
        | Kind::Derived => ValueError::NotInDictionary { text },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: Cell<'_>, unit: Unit, expected: &str) {
        let got = match money(&cell, unit) {
            Ok(found) => found.map_or("nothing".to_owned(), |money| money.fen().to_string()),
            Err(ValueError::Amount(AmountError::NotANumber { .. })) => "not a number".to_owned(),
            Err(ValueError::Amount(AmountError::Negative { .. })) => "negative".to_owned(),
            Err(ValueError::Amount(AmountError::TooPrecise { .. })) => "too precise".to_owned(),
            Err(ValueError::Amount(AmountError::TooLarge { .. })) => "too large".to_owned(),
            Err(other) => other.to_string(),
        };
        assert_eq!(got, expected, "{cell:?}");
    }

    #[test]
    fn amounts_are_exact_or_refused() {
        check(Cell::Number(14_984_958.04_f64.next_down()), Unit::Wan, "14984958040000");
        check(Cell::Number(3_290.066_513), Unit::Wan, "3290066513");
        check(Cell::Number(0.1 + 0.2), Unit::Wan, "300000");
        check(Cell::Number(-0.0), Unit::Wan, "0");
        check(Cell::Number(1e-7), Unit::Wan, "too precise");
        check(Cell::Number(f64::NAN), Unit::Wan, "not a number");
        check(Cell::Number(-1.0), Unit::Wan, "negative");
        check(Cell::Text("3290.066513万元".into()), Unit::Yuan, "3290066513");
        check(Cell::Text("1e400".into()), Unit::Wan, "not a number");
        check(Cell::Text("NaN".into()), Unit::Wan, "not a number");
        check(Cell::Text("—".into()), Unit::Wan, "nothing");
        check(Cell::Number(1e300), Unit::Wan, "not a number");
    }
}

//! Sixteen sums: four rows of the domain's totals times four stages, as columns of one name everywhere.

use crate::fault::Fault;
use crate::sql::Row;
use contract::ledger::Sums;
use domain::ledger::{Movement, PerStage, Stage, Totals};
use domain::money::{Delta, Money};

/// Row and stage of each column, and the code of the movement that it counts.
pub(crate) const FIGURES: [(&str, &str); 16] = [
    ("entered_issued_fen", "issue"),
    ("entered_received_fen", "receive"),
    ("entered_disbursed_fen", "disburse"),
    ("entered_paid_fen", "pay"),
    ("recovered_issued_fen", "recover:issued"),
    ("recovered_received_fen", "recover:received"),
    ("recovered_disbursed_fen", "recover:disbursed"),
    ("recovered_paid_fen", "recover:paid"),
    ("moved_out_issued_fen", "transfer_out:issued"),
    ("moved_out_received_fen", "transfer_out:received"),
    ("moved_out_disbursed_fen", "transfer_out:disbursed"),
    ("moved_out_paid_fen", "transfer_out:paid"),
    ("moved_in_issued_fen", "transfer_in:issued"),
    ("moved_in_received_fen", "transfer_in:received"),
    ("moved_in_disbursed_fen", "transfer_in:disbursed"),
    ("moved_in_paid_fen", "transfer_in:paid"),
];

/// The figure of [`FIGURES`] that a movement counts in.
pub(crate) const fn figure(movement: Movement) -> usize {
    match movement {
        Movement::Issue => 0,
        Movement::Receive => 1,
        Movement::Disburse => 2,
        Movement::Pay => 3,
        Movement::Recover { from } => 4 + place(from),
        Movement::TransferOut { at, .. } => 8 + place(at),
        Movement::TransferIn { at, .. } => 12 + place(at),
    }
}

const fn place(stage: Stage) -> usize {
    match stage {
        Stage::Issued => 0,
        Stage::Received => 1,
        Stage::Disbursed => 2,
        Stage::Paid => 3,
    }
}

/// `a_fen, b_fen, …`
pub(crate) fn names() -> String {
    FIGURES.map(|(name, _)| name).join(", ")
}

/// `CAST(COALESCE(SUM(x.a_fen), 0) AS BIGINT) AS a_fen, …`
pub(crate) fn sums(alias: &str) -> String {
    FIGURES.map(|(name, _)| format!("CAST(COALESCE(SUM({alias}.{name}), 0) AS BIGINT) AS {name}")).join(", ")
}

/// The same from the entries themselves.
pub(crate) fn sums_of_entries(alias: &str) -> String {
    let sum = |(name, code): (&str, &str)| {
        format!(
            "CAST(COALESCE(SUM(CASE WHEN {alias}.movement = '{code}' THEN {alias}.fen ELSE 0 END), 0) AS BIGINT) AS {name}"
        )
    };
    FIGURES.map(sum).join(", ")
}

/// Some figure is not zero.
pub(crate) fn any(alias: &str) -> String {
    let one = |(name, _): (&str, &str)| format!("{alias}.{name} <> 0");
    format!("({})", FIGURES.map(one).join(" OR "))
}

pub(crate) fn of_totals(totals: &Totals) -> [i64; 16] {
    let mut figures = [0; 16];
    let rows = [&totals.entered, &totals.recovered, &totals.moved_out, &totals.moved_in];
    for (at, row) in rows.into_iter().enumerate() {
        for stage in Stage::ALL {
            figures[at * 4 + place(stage)] = row.get(stage).fen();
        }
    }
    figures
}

fn read(row: &Row) -> Result<[i64; 16], Fault> {
    let mut figures = [0; 16];
    for ((name, _), figure) in FIGURES.iter().zip(&mut figures) {
        *figure = row.int(name)?;
    }
    Ok(figures)
}

pub(crate) fn totals(row: &Row, table: &'static str, id: &str) -> Result<Totals, Fault> {
    let figures = read(row)?;
    let corrupt = || Fault::Corrupt { table, id: id.to_owned() };
    let money = figures.map(Money::from_fen);
    let of = |at: usize| -> Result<PerStage<Money>, Fault> {
        let part = |stage: Stage| money[at * 4 + place(stage)].ok_or_else(corrupt);
        Ok(PerStage {
            issued: part(Stage::Issued)?,
            received: part(Stage::Received)?,
            disbursed: part(Stage::Disbursed)?,
            paid: part(Stage::Paid)?,
        })
    };
    Ok(Totals { entered: of(0)?, recovered: of(1)?, moved_out: of(2)?, moved_in: of(3)? })
}

pub(crate) fn signed(row: &Row) -> Result<Sums, Fault> {
    let figures = read(row)?;
    let of = |at: usize| PerStage::of(|stage| Delta::from_fen(figures[at * 4 + place(stage)]));
    Ok(Sums { entered: of(0), recovered: of(1), moved_out: of(2), moved_in: of(3) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::ProjectId;

    #[test]
    fn a_movement_counts_in_the_column_of_its_code() {
        let other = ProjectId::new(uuid::Uuid::nil());
        for (at, (_, code)) in FIGURES.iter().enumerate() {
            let other = code.starts_with("transfer").then_some(other);
            let movement = Movement::from_code(code, other).unwrap();
            assert_eq!(figure(movement), at, "{code}");
        }
    }
}

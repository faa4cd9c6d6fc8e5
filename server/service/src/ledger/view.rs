//! What the ledger's pages show, from what is kept. Decides nothing.

use chrono::{DateTime, NaiveDateTime};
use contract::ledger::{EntryLine, ExceptionView, NamedProject, Origin};
use domain::permission::Scope;
use store::ledger::entry::Kept;
use store::ledger::project::Named;

/// Unix milliseconds as UTC.
pub(crate) fn instant(millis: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc()
}

pub(crate) fn named(project: Named) -> NamedProject {
    NamedProject {
        project: project.id,
        number: project.number.unsigned_abs(),
        area: project.area_code(),
        name: project.name,
        code: project.code,
        area_name: project.area_name,
    }
}

/// An entry of the scope. Of what it touches outside nothing is said but that it is a transfer, or which file it came from.
pub(crate) fn entry_line(scope: &Scope, kept: Kept) -> EntryLine {
    let area = kept.area_code();
    let opens = kept.batch_area.as_ref().is_some_and(|area| scope.area().contains(area));
    let entry = kept.entry;
    let effect = entry.effect();
    let posting = entry.posting;
    let outside = posting.movement.other().is_some() && kept.other_name.is_none();
    let exception =
        kept.exception.map(|reason| ExceptionView { approver: kept.approver.unwrap_or_default(), reason });
    EntryLine {
        entry: entry.id,
        seq: kept.seq,
        date: posting.date,
        month: entry.month,
        late_for: entry.late_for,
        movement: if outside { posting.movement.unnamed() } else { posting.movement },
        project: NamedProject {
            project: posting.key.project,
            number: kept.number.unsigned_abs(),
            name: kept.project_name,
            code: kept.project_code,
            area,
            area_name: kept.area_name,
        },
        other: kept.other_name,
        source: posting.key.source,
        year: posting.key.year,
        effect,
        document: posting.paper.document,
        voucher: posting.paper.voucher,
        payee: posting.payee,
        purpose: posting.purpose,
        memo: posting.memo,
        reverses: entry.reverses,
        reversed_by: kept.reversed_by,
        pair: entry.pair.filter(|_| !outside),
        origin: kept.origin.map(|(batch, file_name, sheet, cell)| Origin {
            batch: opens.then_some(batch),
            file_name,
            sheet,
            cell,
        }),
        exception,
        maker: kept.maker_name,
        checker: kept.checker_name,
        at: instant(kept.at),
        hash: kept.hash,
    }
}

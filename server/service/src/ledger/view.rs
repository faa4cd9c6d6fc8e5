//! What the ledger's pages show, from what is kept. Decides nothing.

use chrono::{DateTime, NaiveDateTime};
use contract::ledger::{EntryLine, ExceptionView, NamedProject, Origin};
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

pub(crate) fn entry_line(kept: Kept) -> EntryLine {
    let area = kept.area_code();
    let entry = kept.entry;
    let effect = entry.effect();
    let posting = entry.posting;
    let exception =
        kept.exception.map(|reason| ExceptionView { approver: kept.approver.unwrap_or_default(), reason });
    EntryLine {
        entry: entry.id,
        seq: kept.seq,
        date: posting.date,
        month: entry.month,
        late_for: entry.late_for,
        movement: posting.movement,
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
        pair: entry.pair,
        origin: kept.origin.map(|(batch, file_name, sheet, cell)| Origin { batch, file_name, sheet, cell }),
        exception,
        maker: kept.maker_name,
        checker: kept.checker_name,
        at: instant(kept.at),
        hash: kept.hash,
    }
}

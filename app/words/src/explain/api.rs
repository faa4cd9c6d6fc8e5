//! What a door answers when it says no.

use super::finding::value_error;
use super::fund::fund_refusal;
use super::ledger::ledger_refusal;
use crate::{Locale, format, name, t};
use contract::error::{ApiError, FieldFault, Refusal};
use contract::workbook::{OtherFormat, ReadRefusal as R};
use domain::jobs::quantity::Range;
use domain::site::need::Refusal as NeedRefusal;

const BYTES_OF_MIB: u64 = 1024 * 1024;

/// One sentence, or a heading when single inputs are wrong; those are said by [`field_fault`].
pub fn api_error(locale: Locale, error: &ApiError) -> String {
    match error {
        ApiError::SignedOut => t!(locale, error.signed_out).to_owned(),
        ApiError::Forbidden { action } => t!(locale, error.forbidden, action = name::action(locale, *action)),
        ApiError::NotFound => t!(locale, error.not_found).to_owned(),
        ApiError::Invalid { errors } => t!(locale, error.invalid, count = errors.iter().count()),
        ApiError::Refused { refusal } => self::refusal(locale, refusal),
        ApiError::Stale { .. } => t!(locale, error.stale).to_owned(),
        ApiError::Unexpected { reference } => t!(locale, error.unexpected, reference = reference.clone()),
        ApiError::Busy => t!(locale, error.busy).to_owned(),
        ApiError::TooLarge { most } => t!(locale, api.too_large, most = format::size(*most)),
        ApiError::Incomplete => t!(locale, error.incomplete).to_owned(),
        ApiError::Transport { .. } => t!(locale, error.transport).to_owned(),
    }
}

/// A rule that said no.
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    match refusal {
        Refusal::WrongPassword { left } => t!(locale, account.wrong_left, left = *left),
        Refusal::TooManyAttempts { wait_seconds } => t!(locale, account.wait, seconds = *wait_seconds),
        Refusal::WrongSetupCode => t!(locale, error.wrong_setup_code).to_owned(),
        Refusal::AlreadySetUp => t!(locale, error.already_set_up).to_owned(),
        Refusal::KeyReused => t!(locale, error.key_reused).to_owned(),
        Refusal::File { refusal } => refusal_file(locale, refusal),
        Refusal::ImportNotReady => t!(locale, error.import_not_ready).to_owned(),
        Refusal::ImportDone { .. } => t!(locale, error.import_done).to_owned(),
        Refusal::ChangedSince { rows } => t!(locale, error.changed_since, rows = *rows),
        Refusal::MoneyStands { projects, first } => money_stands(locale, *projects, first),
        Refusal::ChangedAfter { names } => t!(locale, history.changed_after, names = names.join(" · ")),
        Refusal::AlreadyUndone => t!(locale, history.already_undone).to_owned(),
        Refusal::ErrorsLeft { rows } => t!(locale, error.errors_left, rows = *rows),
        Refusal::ReasonNeeded => t!(locale, error.reason_needed).to_owned(),
        Refusal::TooManyRows { rows, most } => t!(locale, export.too_many_rows, rows = *rows, most = *most),
        Refusal::FileTypeNotAllowed => t!(locale, error.file_type).to_owned(),
        Refusal::QuotaFull => t!(locale, error.quota_full).to_owned(),
        Refusal::LastAdministrator => t!(locale, error.last_administrator).to_owned(),
        Refusal::WrongWallKey { left } => t!(locale, wall.wrong, left = *left),
        Refusal::WallOver { revoked: true } => t!(locale, wall.revoked_sentence).to_owned(),
        Refusal::WallOver { revoked: false } => t!(locale, wall.expired_sentence).to_owned(),
        Refusal::PasswordMustChange => t!(locale, people.must_change).to_owned(),
        Refusal::Ledger { refusal } => ledger_refusal(locale, refusal),
        Refusal::Fund { refusal } => fund_refusal(locale, refusal),
        Refusal::Review { refusal } => super::review_refusal(locale, refusal),
        Refusal::Need { refusal } => need_refusal(locale, refusal),
        Refusal::Statement { refusal } => super::statement_refusal(locale, refusal),
        Refusal::Reconcile { refusal } => super::reconcile_refusal(locale, refusal),
        Refusal::Dispatch { refusal } => super::dispatch::refusal(locale, refusal),
        Refusal::Coefficients { refusal } => super::coefficient_refusal(locale, refusal),
        Refusal::NoRecord => t!(locale, coefficient.no_record).to_owned(),
        Refusal::BatchNotReady => t!(locale, ledger.batch_not_ready).to_owned(),
        Refusal::NoFont => t!(locale, bulletin.no_font).to_owned(),
        Refusal::NoPdf => t!(locale, bulletin.no_pdf).to_owned(),
        Refusal::NoLedgerSheet { sheets } => t!(locale, ledger.no_ledger_sheet, sheets = sheets.join(" · ")),
    }
}

/// Why a need takes no such step.
fn need_refusal(locale: Locale, refusal: &NeedRefusal) -> String {
    match refusal {
        NeedRefusal::NotOpen { state } => {
            t!(locale, need.refused_state, state = name::need::state(locale, *state))
        }
        NeedRefusal::NoReason => t!(locale, need.refused_reason).to_owned(),
    }
}

/// How many projects the ledger speaks of, and the first of them by number and name.
fn money_stands(locale: Locale, projects: u32, first: &[(i64, String)]) -> String {
    let mut named: Vec<String> = first.iter().map(|(number, name)| format!("{number} {name}")).collect();
    if named.len() < projects as usize {
        named.push("…".to_owned());
    }
    t!(locale, error.money_stands, projects = projects, names = named.join(" · "))
}

/// Default and ends, as many decimals as there are.
fn jobs(range: Range) -> String {
    let [low, standard, high] =
        range.decimals().map(|number| format::grouped(&number.normalize().to_string()));
    if low == high { standard } else { format!("{standard} ({low}–{high})") }
}

/// What is wrong with one input, to stand beside it.
pub fn field_fault(locale: Locale, fault: &FieldFault) -> String {
    match fault {
        FieldFault::Missing => t!(locale, error.missing).to_owned(),
        FieldFault::TooShort { least } => t!(locale, error.too_short, least = *least),
        FieldFault::TooLong { most } => t!(locale, error.too_long, most = *most),
        FieldFault::Between { least, most } => t!(locale, error.between, least = *least, most = *most),
        FieldFault::TooLarge { most } => t!(locale, error.too_large, most = *most / BYTES_OF_MIB),
        FieldFault::NotAChoice => t!(locale, error.not_a_choice).to_owned(),
        FieldFault::Taken => t!(locale, error.taken).to_owned(),
        FieldFault::Wrong => t!(locale, error.wrong).to_owned(),
        FieldFault::Zero => t!(locale, error.zero).to_owned(),
        FieldFault::AboveWhole { whole } => t!(locale, error.above_whole, whole = jobs(*whole)),
        FieldFault::BelowPart { population, part } => {
            t!(
                locale,
                error.below_part,
                population = name::jobs::population(locale, *population),
                part = jobs(*part)
            )
        }
        FieldFault::Value { error } => value_error(locale, error),
    }
}

/// Why a workbook was refused as a whole, with the cure.
pub fn refusal_file(locale: Locale, refusal: &R) -> String {
    match refusal {
        R::Empty => t!(locale, error.file_empty).to_owned(),
        R::NotAWorkbook => t!(locale, error.file_not_a_workbook).to_owned(),
        R::OldFormat { format } => t!(locale, error.file_old_format, format = extension(*format)),
        R::Encrypted => t!(locale, error.file_encrypted).to_owned(),
        R::FileTooLarge { most, .. } => t!(locale, error.file_too_large, most = most / BYTES_OF_MIB),
        R::TooManyEntries { entries, .. } => t!(locale, error.file_unsafe, place = format!("zip: {entries}")),
        R::EntryTooLarge { entry, .. } | R::RatioTooHigh { entry, .. } | R::LyingEntry { entry, .. } => {
            t!(locale, error.file_unsafe, place = entry.clone())
        }
        R::TotalTooLarge { most } => {
            t!(locale, error.file_unsafe, place = format!("zip: > {} MiB", most / BYTES_OF_MIB))
        }
        R::TooManyCells { sheet, most } => {
            t!(locale, error.file_too_many_cells, sheet = sheet.clone(), most = *most)
        }
        R::TooManyRows { sheet, address, most } => {
            t!(
                locale,
                error.file_too_many_rows,
                sheet = sheet.clone(),
                address = address.clone(),
                most = *most
            )
        }
        R::TooManyColumns { sheet, address, most } => {
            t!(
                locale,
                error.file_too_many_columns,
                sheet = sheet.clone(),
                address = address.clone(),
                most = *most
            )
        }
        R::CellTooLong { sheet, address, most } => {
            t!(
                locale,
                error.file_cell_too_long,
                sheet = sheet.clone(),
                address = address.clone(),
                most = *most
            )
        }
        R::TimedOut { seconds } => t!(locale, error.file_timed_out, seconds = *seconds),
        R::MemoryExceeded { mebibytes } => t!(locale, error.file_memory, mebibytes = *mebibytes),
        R::Damaged { place, .. } => t!(locale, error.file_damaged, place = place.clone()),
        R::NoSuchSheet { sheet } => t!(locale, error.file_no_such_sheet, sheet = sheet.clone()),
        R::NoList { sheets } => t!(locale, error.file_no_list, sheets = sheets.join(" · ")),
        R::Cancelled => t!(locale, error.file_cancelled).to_owned(),
        R::ReaderFailed { .. } => t!(locale, error.file_reader_failed).to_owned(),
    }
}

const fn extension(format: OtherFormat) -> &'static str {
    match format {
        OtherFormat::Xls => ".xls",
        OtherFormat::Et => ".et",
        OtherFormat::Xlsb => ".xlsb",
        OtherFormat::Ods => ".ods",
    }
}

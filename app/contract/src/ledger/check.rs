//! How the raw texts of the ledger become queries and commands. The browser and the door call the same checks.

mod control;

use super::command::{
    BalanceQuery, BatchQuery, BatchStep, CloseMonth, Decide, EntryQuery, LedgerFile, LedgerQuery, PostEntry,
    Reopen, RequestQuery, Verdict,
};
use super::form::{
    BalanceForm, BatchForm, BatchStepForm, BookForm, CloseForm, DecideForm, EntryForm, LedgerForm,
    PostEntryForm, ReopenForm, RequestForm,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::NaiveDate;
use domain::area::AreaCode;
use domain::id::EntryId;
use domain::ledger::{Key, Kind, Movement, Order, Paper, Posting, Reversal, Stage, Transfer};
use domain::money::{Money, Unit};
use domain::period::{FiscalYear, Month, parse_date, parse_day};
use domain::project::Category;
use domain::project::value::ValueError;
use domain::source::Source;
use domain::text::clean;

/// Most characters of a number or a name.
const TEXT_MOST: u32 = 200;
/// Most characters of a reason or a note.
const NOTE_MOST: u32 = 500;

/// Reads inputs one after the other and keeps every fault.
pub(crate) struct Inputs {
    errors: FieldErrors,
}

impl Inputs {
    pub(crate) fn new() -> Inputs {
        Inputs { errors: FieldErrors::new() }
    }

    pub(crate) fn done(self) -> Result<(), FieldErrors> {
        self.errors.into_result()
    }

    pub(crate) fn wrong(&mut self, name: &str, fault: FieldFault) {
        self.errors.add(name, fault);
    }

    /// A choice that may be left open.
    pub(crate) fn chosen<T>(
        &mut self,
        name: &str,
        text: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            self.wrong(name, FieldFault::NotAChoice);
        }
        value
    }

    /// A choice that must be made.
    pub(crate) fn needed<T>(
        &mut self,
        name: &str,
        text: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if text.trim().is_empty() {
            self.wrong(name, FieldFault::Missing);
            return None;
        }
        self.chosen(name, text, read)
    }

    pub(crate) fn key(&mut self, key: &str) -> String {
        if !(8..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.wrong("key", FieldFault::Wrong);
        }
        key.to_owned()
    }

    fn text(&mut self, name: &str, text: &str, most: u32) -> Option<String> {
        let text = clean(text);
        let text = text.trim();
        if text.chars().count() > most as usize {
            self.wrong(name, FieldFault::TooLong { most });
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A place by its code or its name; which one is meant is found where areas are known.
    pub(crate) fn place(&mut self, name: &str, text: &str) -> Option<String> {
        self.text(name, text, TEXT_MOST)
    }

    pub(crate) fn needed_text(&mut self, name: &str, text: &str) -> String {
        let found = self.text(name, text, NOTE_MOST);
        if found.is_none() {
            self.wrong(name, FieldFault::Missing);
        }
        found.unwrap_or_default()
    }

    /// A day; a month alone is none.
    pub(crate) fn date(&mut self, name: &str, text: &str) -> Option<NaiveDate> {
        if text.trim().is_empty() {
            self.wrong(name, FieldFault::Missing);
            return None;
        }
        match parse_day(text) {
            Ok(date) => Some(date),
            Err(error) => {
                self.wrong(name, FieldFault::Value { error: ValueError::Date(error) });
                None
            }
        }
    }

    pub(crate) fn amount(&mut self, name: &str, text: &str, unit: &str) -> Option<Money> {
        let unit = self.chosen("unit", unit, Unit::from_code).unwrap_or(Unit::Wan);
        if text.trim().is_empty() {
            self.wrong(name, FieldFault::Missing);
            return None;
        }
        match Money::parse(text, unit) {
            Ok(amount) if amount.is_zero() => {
                self.wrong(name, FieldFault::Zero);
                None
            }
            Ok(amount) => Some(amount),
            Err(error) => {
                self.wrong(name, FieldFault::Value { error: ValueError::Amount(error) });
                None
            }
        }
    }
}

pub(crate) fn year(text: &str) -> Option<FiscalYear> {
    text.parse().ok().and_then(FiscalYear::new)
}

pub(crate) fn month(text: &str) -> Option<Month> {
    Month::parse(text).ok()
}

pub(crate) fn parsed<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

impl Form for LedgerForm {
    type Command = LedgerQuery;

    fn check(&self) -> Result<LedgerQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let query = LedgerQuery {
            area: inputs.place("area", &self.area),
            project: inputs.chosen("project", &self.project, parsed),
            category: inputs.chosen("category", &self.category, Category::from_code),
            source: inputs.chosen("source", &self.source, Source::from_code),
            year: inputs.chosen("year", &self.year, year),
            month: inputs.chosen("month", &self.month, month),
            through: inputs.chosen("through", &self.through, month),
            kind: inputs.chosen("kind", &self.kind, Kind::from_code),
            batch: inputs.chosen("batch", &self.batch, parsed),
            notice: inputs.chosen("notice", &self.notice, parsed),
            given: inputs.chosen("given", &self.given, AreaCode::new),
            as_of: inputs.chosen("as_of", &self.as_of, |text| parse_date(text).ok()),
            known_at: inputs.chosen("known_at", &self.known_at, parsed),
            own: !self.own.is_empty(),
            page: (!self.page.is_empty()).then(|| self.page.clone()),
        };
        inputs.done()?;
        Ok(query)
    }
}

impl Form for BalanceForm {
    type Command = BalanceQuery;

    fn check(&self) -> Result<BalanceQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let project = inputs.needed("project", &self.project, parsed);
        let source = inputs.chosen("source", &self.source, Source::from_code);
        let year = inputs.chosen("year", &self.year, year);
        inputs.done()?;
        let project = project.ok_or_else(FieldErrors::new)?;
        Ok(BalanceQuery { project, source, year })
    }
}

impl Form for PostEntryForm {
    type Command = PostEntry;

    fn check(&self) -> Result<PostEntry, FieldErrors> {
        let mut inputs = Inputs::new();
        let request = match self.request.as_str() {
            "" => None,
            request => {
                let version = inputs.needed("version", &self.version, parsed);
                inputs.needed("request", request, parsed).zip(version)
            }
        };
        let key = inputs.key(&self.key);
        let order = self.order(&mut inputs);
        inputs.done()?;
        let order = order.ok_or_else(FieldErrors::new)?;
        Ok(PostEntry { request, key, order, submit: !self.submit.is_empty() })
    }
}

impl PostEntryForm {
    fn order(&self, inputs: &mut Inputs) -> Option<Order> {
        let date = inputs.date("date", &self.date);
        let paper = Paper {
            document: inputs.text("document", &self.document, TEXT_MOST),
            voucher: inputs.text("voucher", &self.voucher, TEXT_MOST),
        };
        if self.kind == "reverse" {
            let entry = inputs.needed("entry", &self.entry, parsed);
            let reason = inputs.needed_text("memo", &self.memo);
            return Some(Order::Reverse(Reversal { entry: entry?, date: date?, paper, reason }));
        }
        let kind = inputs.needed("kind", &self.kind, Kind::from_code);
        let project = inputs.needed("project", &self.project, parsed);
        let source = inputs.needed("source", &self.source, Source::from_code);
        let year = inputs.needed("year", &self.year, year);
        let amount = inputs.amount("amount", &self.amount, &self.unit);
        let payee = inputs.text("payee", &self.payee, TEXT_MOST);
        let purpose = inputs.text("purpose", &self.purpose, TEXT_MOST);
        let memo = inputs.text("memo", &self.memo, NOTE_MOST);
        let movement = match kind? {
            Kind::Issue => Movement::Issue,
            Kind::Receive => Movement::Receive,
            Kind::Disburse => Movement::Disburse,
            Kind::Pay => Movement::Pay,
            Kind::Recover => {
                Movement::Recover { from: inputs.needed("stage", &self.stage, Stage::from_code)? }
            }
            Kind::Transfer => {
                let at = inputs.needed("stage", &self.stage, Stage::from_code);
                let to = inputs.needed("other", &self.other, parsed);
                return Some(Order::Transfer(Transfer {
                    from: project?,
                    to: to?,
                    source: source?,
                    year: year?,
                    at: at?,
                    amount: amount?,
                    date: date?,
                    paper,
                    memo,
                }));
            }
        };
        let key = Key { project: project?, source: source?, year: year? };
        let (amount, date) = (amount?, date?);
        Some(Order::Post(Posting { movement, key, amount, date, paper, payee, purpose, memo }))
    }
}

impl Form for BookForm {
    type Command = LedgerFile;

    fn check(&self) -> Result<LedgerFile, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        if self.bytes.is_empty() {
            inputs.wrong("file", FieldFault::Missing);
        }
        inputs.done()?;
        Ok(LedgerFile { key, file_name: self.file_name.clone(), bytes: self.bytes.clone() })
    }
}

impl Form for EntryForm {
    type Command = EntryQuery;

    fn check(&self) -> Result<EntryQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        // A text that is no id names nothing, like an id that is not known: no entry has the nil id.
        let nothing = EntryId::new(uuid::Uuid::nil());
        let entry = inputs.needed("entry", &self.entry, |text| Some(text.parse().unwrap_or(nothing)));
        inputs.done()?;
        Ok(EntryQuery { entry: entry.ok_or_else(FieldErrors::new)? })
    }
}

impl Form for RequestForm {
    type Command = RequestQuery;

    fn check(&self) -> Result<RequestQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let request = inputs.needed("request", &self.request, parsed);
        inputs.done()?;
        Ok(RequestQuery { request: request.ok_or_else(FieldErrors::new)? })
    }
}

impl Form for DecideForm {
    type Command = Decide;

    fn check(&self) -> Result<Decide, FieldErrors> {
        let mut inputs = Inputs::new();
        let request = inputs.needed("request", &self.request, parsed);
        let version = inputs.needed("version", &self.version, parsed);
        let key = inputs.key(&self.key);
        let verdict = match self.verdict.as_str() {
            "submit" => Some(Verdict::Submit),
            "withdraw" => Some(Verdict::Withdraw),
            "approve" => Some(Verdict::Approve { exception: inputs.text("reason", &self.reason, NOTE_MOST) }),
            "return" => Some(Verdict::Return { reason: inputs.needed_text("reason", &self.reason) }),
            _ => {
                inputs.wrong("verdict", FieldFault::NotAChoice);
                None
            }
        };
        inputs.done()?;
        let all = request.zip(version).zip(verdict);
        let ((request, version), verdict) = all.ok_or_else(FieldErrors::new)?;
        Ok(Decide { request, version, key, verdict })
    }
}

impl Form for BatchForm {
    type Command = BatchQuery;

    fn check(&self) -> Result<BatchQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let batch = inputs.needed("batch", &self.batch, parsed);
        inputs.done()?;
        Ok(BatchQuery { batch: batch.ok_or_else(FieldErrors::new)? })
    }
}

impl Form for BatchStepForm {
    type Command = BatchStep;

    fn check(&self) -> Result<BatchStep, FieldErrors> {
        let mut inputs = Inputs::new();
        let batch = inputs.needed("batch", &self.batch, parsed);
        let version = inputs.needed("version", &self.version, parsed);
        let key = inputs.key(&self.key);
        let reason = inputs.text("reason", &self.reason, NOTE_MOST).unwrap_or_default();
        inputs.done()?;
        let (batch, version) = batch.zip(version).ok_or_else(FieldErrors::new)?;
        Ok(BatchStep { batch, version, key, reason })
    }
}

impl Form for CloseForm {
    type Command = CloseMonth;

    fn check(&self) -> Result<CloseMonth, FieldErrors> {
        let mut inputs = Inputs::new();
        let month = inputs.needed("month", &self.month, month);
        let key = inputs.key(&self.key);
        inputs.done()?;
        Ok(CloseMonth { month: month.ok_or_else(FieldErrors::new)?, key })
    }
}

impl Form for ReopenForm {
    type Command = Reopen;

    fn check(&self) -> Result<Reopen, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        if self.reopening.is_empty() {
            let month = inputs.needed("month", &self.month, month);
            let reason = inputs.needed_text("reason", &self.reason);
            inputs.done()?;
            return Ok(Reopen::Ask { month: month.ok_or_else(FieldErrors::new)?, reason, key });
        }
        let reopening = inputs.needed("reopening", &self.reopening, parsed);
        inputs.done()?;
        let reopening = reopening.ok_or_else(FieldErrors::new)?;
        Ok(if self.refuse.is_empty() {
            Reopen::Grant { reopening, key }
        } else {
            Reopen::Refuse { reopening, key }
        })
    }
}

#[cfg(test)]
mod tests;

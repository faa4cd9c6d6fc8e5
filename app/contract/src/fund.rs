//! Fund notices (下达文件) on the wire: register one, see what of it is arranged. Knows no SQL and no layout.

use crate::error::FieldErrors;
use crate::form::Form;
use crate::ledger::check::{Inputs, year};
use chrono::NaiveDate;
use domain::area::AreaCode;
use domain::id::NoticeId;
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
use domain::permission::Abilities;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// A notice and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    pub notice: NoticeId,
    pub version: i64,
    /// 文号
    pub document: String,
    pub date: NaiveDate,
    pub source: Source,
    pub year: FiscalYear,
    pub area: AreaCode,
    pub area_name: String,
    pub amount: Money,
    /// by entries, reversals taken off
    pub arranged: Money,
    pub left: Delta,
    /// projects that have a share
    pub projects: u64,
}

/// Notices of the person's area, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesView {
    pub rows: Vec<NoticeLine>,
    pub key: String,
    pub may: Abilities,
}

/// A notice as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeForm {
    pub key: String,
    pub document: String,
    pub date: String,
    /// `Source::code`
    pub source: String,
    /// budget year
    pub year: String,
    /// six digits; the person's own area when empty
    pub area: String,
    pub amount: String,
    /// `Unit::code`; 万元 when empty
    pub unit: String,
}

/// A notice to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterNotice {
    pub key: String,
    pub document: String,
    pub date: NaiveDate,
    pub source: Source,
    pub year: FiscalYear,
    pub area: Option<AreaCode>,
    pub amount: Money,
}

impl Form for NoticeForm {
    type Command = RegisterNotice;

    fn check(&self) -> Result<RegisterNotice, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        let document = inputs.needed_text("document", &self.document);
        let date = inputs.date("date", &self.date);
        let source = inputs.needed("source", &self.source, Source::from_code);
        let year = inputs.needed("year", &self.year, year);
        let area = inputs.chosen("area", &self.area, AreaCode::new);
        let amount = inputs.amount("amount", &self.amount, &self.unit);
        inputs.done()?;
        let all = date.zip(source).zip(year).zip(amount);
        let (((date, source), year), amount) = all.ok_or_else(FieldErrors::new)?;
        Ok(RegisterNotice { key, document, date, source, year, area, amount })
    }
}

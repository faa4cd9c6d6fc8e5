//! Raw texts of the forms of sources and notices, and what becomes of them. The browser and the door call the same checks.

use super::command::{
    CheckSplit, DecideSplit, NoticeQuery, NoticesQuery, RegisterNotice, SaveSplit, Shares, SourcesQuery,
    SplitVerdict, Weighed,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::check::{Inputs, parsed, year};
use domain::fund::Placed;
use domain::id::ProjectId;
use domain::source::Source;
use domain::text::clean;
use domain::usage::Use;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most shares of one split.
pub const SHARES_MOST: usize = 200;

/// Which envelopes, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourcesForm {
    /// a code or a name
    pub area: String,
    /// budget year
    pub year: String,
}

/// Which notices, as it stands in the address. Empty is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticesForm {
    /// a code or a name
    pub area: String,
    /// `Source::code`
    pub source: String,
    /// budget year
    pub year: String,
    /// token of a page, from the answer before
    pub page: String,
}

/// Asks for one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceForm {
    /// `Source::code`
    pub source: String,
}

/// The next edition of the rules of a source as typed. Rules are named by their places in the edition in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EditSourceForm {
    /// `Source::code`
    pub source: String,
    /// number of the edition that is to be made
    pub number: String,
    pub key: String,
    pub valid_from: String,
    /// by place, where a rule has a value
    pub values: BTreeMap<String, String>,
    /// by place: what each rests on
    pub bases: BTreeMap<String, String>,
    /// by place: not empty where a rule holds no more
    pub dropped: BTreeMap<String, String>,
    /// `Rule::code` of one that is added; empty adds none
    pub rule: String,
    pub value: String,
    /// `Mark::code`
    pub mark: String,
    pub basis: String,
}

/// Asks for one notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OneNoticeForm {
    pub notice: String,
}

/// A notice as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeForm {
    /// empty for a new one
    pub notice: String,
    /// the version the person saw; empty for a new one
    pub version: String,
    pub key: String,
    pub document: String,
    pub date: String,
    /// `Source::code`
    pub source: String,
    /// budget year
    pub year: String,
    /// a code or a name; the person's own area when empty
    pub area: String,
    pub amount: String,
    /// `Unit::code`; 万元 when empty
    pub unit: String,
}

/// One row of a split as typed. A row without a value is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShareForm {
    pub project: String,
    /// text by which a project is looked for
    pub find: String,
    /// an amount in 万元, or a weight
    pub value: String,
    /// `Use::code`
    pub usage: String,
    /// `yes`, `no`, or empty
    pub revenue: String,
}

/// A split as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SplitForm {
    pub notice: String,
    /// of the split that is changed; empty for a new one
    pub version: String,
    pub key: String,
    /// `weights`, or amounts
    pub by: String,
    pub shares: Vec<ShareForm>,
    /// not empty: hand it to the second person at once
    pub submit: String,
}

/// What is done with a split that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecideSplitForm {
    pub notice: String,
    pub version: String,
    pub key: String,
    /// `withdraw`, `approve` or `return`
    pub verdict: String,
    /// why it is returned
    pub reason: String,
}

/// The name of an input of a row, from 0; the page's ids are the same.
pub fn share_input(row: usize, input: &str) -> String {
    format!("share-{row}-{input}")
}

impl Form for SourcesForm {
    type Command = SourcesQuery;

    fn check(&self) -> Result<SourcesQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let area = inputs.place("area", &self.area);
        let year = inputs.chosen("year", &self.year, year);
        inputs.done()?;
        Ok(SourcesQuery { area, year })
    }
}

impl Form for NoticesForm {
    type Command = NoticesQuery;

    fn check(&self) -> Result<NoticesQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let area = inputs.place("area", &self.area);
        let source = inputs.chosen("source", &self.source, Source::from_code);
        let year = inputs.chosen("year", &self.year, year);
        inputs.done()?;
        Ok(NoticesQuery { area, source, year, page: (!self.page.is_empty()).then(|| self.page.clone()) })
    }
}

impl Form for OneNoticeForm {
    type Command = NoticeQuery;

    fn check(&self) -> Result<NoticeQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let notice = inputs.needed("notice", &self.notice, parsed);
        inputs.done()?;
        Ok(NoticeQuery { notice: notice.ok_or_else(FieldErrors::new)? })
    }
}

impl Form for NoticeForm {
    type Command = RegisterNotice;

    fn check(&self) -> Result<RegisterNotice, FieldErrors> {
        let mut inputs = Inputs::new();
        let notice = match self.notice.as_str() {
            "" => None,
            notice => {
                let version = inputs.needed("version", &self.version, parsed);
                inputs.needed("notice", notice, parsed).zip(version)
            }
        };
        let key = inputs.key(&self.key);
        let document = inputs.needed_text("document", &self.document);
        let date = inputs.date("date", &self.date);
        let source = inputs.needed("source", &self.source, Source::from_code);
        let year = inputs.needed("year", &self.year, year);
        let area = inputs.chosen("area", &self.area, |text| Some(clean(text)));
        let amount = inputs.amount("amount", &self.amount, &self.unit);
        inputs.done()?;
        let all = date.zip(source).zip(year).zip(amount);
        let (((date, source), year), amount) = all.ok_or_else(FieldErrors::new)?;
        Ok(RegisterNotice { notice, key, document, date, source, year, area, amount })
    }
}

impl SplitForm {
    /// Reads the rows that have a value.
    fn read(&self, inputs: &mut Inputs) -> Shares {
        let mut amounts = Vec::new();
        let mut weights = Vec::new();
        if self.shares.len() > SHARES_MOST {
            inputs.wrong("shares", FieldFault::Between { least: 1, most: SHARES_MOST as u64 });
        }
        for (row, share) in self.shares.iter().take(SHARES_MOST).enumerate() {
            if share.value.trim().is_empty() {
                continue;
            }
            let name = |input: &str| share_input(row, input);
            let project: Option<ProjectId> = inputs.needed(&name("find"), &share.project, parsed);
            let usage = inputs.chosen(&name("usage"), &share.usage, Use::from_code);
            let revenue = inputs.chosen(&name("revenue"), &share.revenue, yes_or_no);
            if self.is_by_weights() {
                let weight = inputs.needed(&name("value"), &share.value, parsed);
                let all = project.zip(weight);
                weights.extend(all.map(|(project, weight)| Weighed { project, weight, usage, revenue }));
            } else {
                let amount = inputs.amount(&name("value"), &share.value, "");
                let all = project.zip(amount);
                amounts.extend(all.map(|(project, amount)| Placed { project, amount, usage, revenue }));
            }
        }
        if self.is_by_weights() { Shares::Weights(weights) } else { Shares::Amounts(amounts) }
    }

    pub fn is_by_weights(&self) -> bool {
        self.by == "weights"
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A split to look at: the same inputs, nothing of it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckSplitForm {
    pub split: SplitForm,
}

impl Form for CheckSplitForm {
    type Command = CheckSplit;

    fn check(&self) -> Result<CheckSplit, FieldErrors> {
        let mut inputs = Inputs::new();
        let notice = inputs.needed("notice", &self.split.notice, parsed);
        let shares = self.split.read(&mut inputs);
        inputs.done()?;
        Ok(CheckSplit { notice: notice.ok_or_else(FieldErrors::new)?, shares })
    }
}

impl Form for SplitForm {
    type Command = SaveSplit;

    fn check(&self) -> Result<SaveSplit, FieldErrors> {
        let mut inputs = Inputs::new();
        let notice = inputs.needed("notice", &self.notice, parsed);
        let version = inputs.chosen("version", &self.version, parsed);
        let key = inputs.key(&self.key);
        let shares = self.read(&mut inputs);
        inputs.done()?;
        let notice = notice.ok_or_else(FieldErrors::new)?;
        Ok(SaveSplit { notice, version, key, shares, submit: !self.submit.is_empty() })
    }
}

impl Form for DecideSplitForm {
    type Command = DecideSplit;

    fn check(&self) -> Result<DecideSplit, FieldErrors> {
        let mut inputs = Inputs::new();
        let notice = inputs.needed("notice", &self.notice, parsed);
        let version = inputs.needed("version", &self.version, parsed);
        let key = inputs.key(&self.key);
        let verdict = match self.verdict.as_str() {
            "withdraw" => Some(SplitVerdict::Withdraw),
            "approve" => Some(SplitVerdict::Approve),
            "return" => Some(SplitVerdict::Return { reason: inputs.needed_text("reason", &self.reason) }),
            _ => {
                inputs.wrong("verdict", FieldFault::NotAChoice);
                None
            }
        };
        inputs.done()?;
        let all = notice.zip(version).zip(verdict);
        let ((notice, version), verdict) = all.ok_or_else(FieldErrors::new)?;
        Ok(DecideSplit { notice, version, key, verdict })
    }
}

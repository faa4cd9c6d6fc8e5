//! How the raw texts of a reconciliation become commands. The browser and the door call the same checks.

use super::{
    BankFile, BankFileForm, JudgeForm, JudgeReconciliation, Judgement, ReconciliationForm,
    ReconciliationQuery, StepAct, StepForm, TakeStep,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::check::Inputs;
use domain::id::EntryId;
use domain::ledger::reconcile::{Group, Pair};
use domain::money::Unit;
use domain::source::Source;

/// Most things ticked at once.
const MOST: usize = 500;

impl Form for ReconciliationForm {
    type Command = ReconciliationQuery;

    /// Text that is no id is an id that nobody has: the use case answers `NotFound` to both.
    fn check(&self) -> Result<ReconciliationQuery, FieldErrors> {
        Ok(ReconciliationQuery { reconciliation: self.reconciliation.parse().ok() })
    }
}

impl Form for BankFileForm {
    type Command = BankFile;

    fn check(&self) -> Result<BankFile, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        let source = inputs.chosen("source", &self.source, Source::from_code);
        let unit = inputs.chosen("unit", &self.unit, of_banks);
        if self.bytes.is_empty() {
            inputs.wrong("file", FieldFault::Missing);
        }
        inputs.done()?;
        Ok(BankFile { key, source, unit, file_name: self.file_name.clone(), bytes: self.bytes.clone() })
    }
}

impl Form for StepForm {
    type Command = TakeStep;

    fn check(&self) -> Result<TakeStep, FieldErrors> {
        let mut inputs = Inputs::new();
        let reconciliation = inputs.needed("reconciliation", &self.reconciliation, |id| id.parse().ok());
        let seen = inputs.needed("seen", &self.seen, |seen| seen.parse().ok());
        let key = inputs.key(&self.key);
        let act = match self.act.as_str() {
            "unit" => inputs.needed("unit", &self.unit, of_banks).map(StepAct::Unit),
            "link" => Some(StepAct::Link(vec![self.group(&mut inputs)])),
            "accept" => Some(StepAct::Link(self.pairs(&mut inputs))),
            "part" => Some(StepAct::Part(self.group(&mut inputs).lines)),
            "explain" => {
                let group = self.group(&mut inputs);
                Some(StepAct::Explain(group, inputs.needed_text("text", &self.text)))
            }
            "submit" => Some(StepAct::Submit),
            "withdraw" => Some(StepAct::Withdraw),
            _ => {
                inputs.wrong("act", FieldFault::NotAChoice);
                None
            }
        };
        inputs.done()?;
        let all = reconciliation.zip(seen).zip(act);
        let ((reconciliation, seen), act) = all.ok_or_else(FieldErrors::new)?;
        Ok(TakeStep { reconciliation, seen, key, act })
    }
}

impl StepForm {
    fn group(&self, inputs: &mut Inputs) -> Group {
        let lines = all(inputs, "lines", self.lines.keys(), line);
        let entries = all(inputs, "entries", self.entries.keys(), entry);
        Group::new(lines, entries)
    }

    fn pairs(&self, inputs: &mut Inputs) -> Vec<Group> {
        let lines: Vec<u32> = all(inputs, "pairs", self.pairs.keys(), line);
        let entries: Vec<EntryId> = all(inputs, "pairs", self.pairs.values(), |entry| entry.parse().ok());
        lines.into_iter().zip(entries).map(|(line, entry)| Pair { line, entry }.group()).collect()
    }
}

impl Form for JudgeForm {
    type Command = JudgeReconciliation;

    fn check(&self) -> Result<JudgeReconciliation, FieldErrors> {
        let mut inputs = Inputs::new();
        let reconciliation = inputs.needed("reconciliation", &self.reconciliation, |id| id.parse().ok());
        let seen = inputs.needed("seen", &self.seen, |seen| seen.parse().ok());
        let key = inputs.key(&self.key);
        let verdict = match self.verdict.as_str() {
            "sign" => Some(Judgement::Sign { digest: self.digest.clone() }),
            "return" => Some(Judgement::Return { reason: inputs.needed_text("reason", &self.reason) }),
            _ => {
                inputs.wrong("verdict", FieldFault::NotAChoice);
                None
            }
        };
        inputs.done()?;
        let all = reconciliation.zip(seen).zip(verdict);
        let ((reconciliation, seen), verdict) = all.ok_or_else(FieldErrors::new)?;
        Ok(JudgeReconciliation { reconciliation, seen, key, verdict })
    }
}

/// Reads [`super::line_key`] back.
fn line(key: &str) -> Option<u32> {
    key.strip_prefix('l')?.parse().ok()
}

/// Reads [`super::entry_key`] back.
fn entry(key: &str) -> Option<EntryId> {
    key.strip_prefix('e')?.parse().ok()
}

/// No bank writes in 亿元, and a slip there would be the largest.
fn of_banks(code: &str) -> Option<Unit> {
    Unit::from_code(code).filter(|unit| *unit != Unit::Yi)
}

fn all<'a, T>(
    inputs: &mut Inputs,
    name: &str,
    texts: impl ExactSizeIterator<Item = &'a String>,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    if texts.len() > MOST {
        inputs.wrong(name, FieldFault::Between { least: 1, most: MOST as u64 });
        return Vec::new();
    }
    let count = texts.len();
    let found: Vec<T> = texts.filter_map(|text| read(text)).collect();
    if found.len() < count {
        inputs.wrong(name, FieldFault::NotAChoice);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const ID: &str = "018f0000-0000-7000-8000-00000000dead";

    fn form(act: &str) -> StepForm {
        StepForm {
            reconciliation: ID.into(),
            seen: "2".into(),
            key: "key-12345678".into(),
            act: act.into(),
            ..StepForm::default()
        }
    }

    #[test]
    fn ticks_become_a_group_and_pairs_become_groups() {
        let ticked = |key: &str, value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
        let entry = super::super::entry_key(ID.parse().unwrap());
        let link = StepForm { lines: ticked("l7", "1"), entries: ticked(&entry, "1"), ..form("link") };
        let group = Pair { line: 7, entry: ID.parse().unwrap() }.group();
        assert_eq!(link.check().unwrap().act, StepAct::Link(vec![group.clone()]));
        let accept = StepForm { pairs: ticked("l7", ID), ..form("accept") };
        assert_eq!(accept.check().unwrap().act, StepAct::Link(vec![group]));
        let names =
            |form: StepForm| form.check().unwrap_err().iter().map(|e| e.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(StepForm { lines: ticked("x", "1"), ..form("explain") }), ["lines", "text"]);
        assert_eq!(names(StepForm { unit: "yi".into(), ..form("unit") }), ["unit"]);
        assert_eq!(names(form("")), ["act"]);
    }
}

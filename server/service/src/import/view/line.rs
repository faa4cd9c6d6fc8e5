//! One row of the file beside what is kept, cell by cell. Asks no database.

use super::super::staged::{Judged, read};
use super::{Projects, candidate};
use crate::failure::Outcome;
use crate::import::RowChoices;
use contract::import::{CellView, RowOutcome, RowView};
use domain::area::AreaCode;
use domain::finding::Finding;
use domain::id::{ProjectId, SiteId};
use domain::project::{Field, Value};
use sheet::again::{Mends, address};
use sheet::column::{Column, SiteColumn};
use sheet::layout::Layout;
use sheet::staged::{CellFact, StagedRow};
use std::collections::{BTreeMap, HashSet};
use store::import::row::StagedLine;
use store::project::Project;

/// What the rows of a page need besides themselves.
pub(super) struct Beside {
    pub projects: Projects,
    pub areas: BTreeMap<AreaCode, String>,
    pub undoable: HashSet<(String, u32)>,
}

/// A row with everything that is known of it.
struct Line<'a> {
    row: &'a StagedRow,
    judged: &'a Judged,
    layout: Option<&'a Layout>,
    mends: Mends,
    findings: Vec<Finding>,
    target: Option<&'a Project>,
}

pub(super) fn view(
    line: StagedLine,
    row: &StagedRow,
    judged: &Judged,
    layout: Option<&Layout>,
    beside: &Beside,
) -> Outcome<RowView> {
    let choice: RowChoices = line.choice.as_deref().map_or_else(|| Ok(RowChoices::default()), read)?;
    let target = line.target.as_deref().and_then(|id| beside.projects.get(&id.parse::<ProjectId>().ok()?));
    let line_of =
        Line { row, judged, layout, mends: read(&line.mends)?, findings: read(&line.findings)?, target };
    let cells = line_of.cells(line.outcome);
    let whole =
        line_of.findings.iter().filter(|finding| line_of.key_of(finding).is_none()).cloned().collect();
    let area = judged.area.and_then(|area| beside.areas.get(&area).cloned());
    Ok(RowView {
        outcome: line.outcome,
        name: line_of.name(),
        area_name: area
            .unwrap_or_else(|| line_of.written(&[Field::Area.key(), SiteColumn::Area.key().to_owned()])),
        horizon: line_of.horizon(),
        total: line_of.value(Field::Total).and_then(|value| value.money()),
        cells,
        findings: whole,
        target: target.map(candidate),
        candidates: judged
            .candidates
            .iter()
            .filter_map(|id| beside.projects.get(id))
            .map(candidate)
            .collect(),
        choice: code(&choice),
        undoable: beside.undoable.contains(&(row.sheet.clone(), row.row)),
        sheet: row.sheet.clone(),
        row: row.row,
    })
}

fn code(choice: &RowChoices) -> Option<String> {
    if choice.skip {
        return Some("skip".to_owned());
    }
    if choice.as_new {
        return Some("new".to_owned());
    }
    choice.is.map(|project| project.to_string())
}

impl Line<'_> {
    fn written(&self, keys: &[String]) -> String {
        let cell = keys.iter().find_map(|key| self.row.cells.get(key));
        cell.map(|cell| cell.raw.trim().to_owned()).unwrap_or_default()
    }

    fn name(&self) -> String {
        let name = self.written(&[Field::Name.key(), SiteColumn::Name.key().to_owned()]);
        if name.is_empty() {
            self.target.map(|target| target.facts.name.clone()).unwrap_or_default()
        } else {
            name
        }
    }

    fn value(&self, field: Field) -> Option<Value> {
        let kept = || self.target.and_then(|target| target.facts.get(field));
        self.row.cells.get(&field.key()).and_then(|cell| cell.value.clone()).or_else(kept)
    }

    fn horizon(&self) -> Option<domain::period::Horizon> {
        match self.row.cells.get(&Field::Horizon.key()).and_then(|cell| cell.value.as_ref()) {
            Some(Value::Horizon(horizon)) => Some(*horizon),
            Some(_) | None => self.layout.and_then(|layout| layout.horizon),
        }
    }

    /// The column on which a finding stands.
    fn key_of(&self, finding: &Finding) -> Option<String> {
        let address = finding.place.address.as_ref()?;
        let letters = address.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let column = self.layout?.columns.iter().find(|column| column.letters == letters)?;
        column.key.clone().filter(|key| !key.is_empty())
    }

    /// Cells that change, are new, are faulty, mended or in conflict, in the order of the sheet.
    fn cells(&self, outcome: RowOutcome) -> Vec<CellView> {
        let mut keys: HashSet<String> =
            self.findings.iter().filter_map(|finding| self.key_of(finding)).collect();
        keys.extend(self.judged.changes.iter().map(|(key, ..)| key.clone()));
        keys.extend(self.judged.conflicts.iter().map(|clash| clash.field.clone()));
        keys.extend(self.mends.keys().cloned());
        if outcome == RowOutcome::New {
            keys.extend(self.row.cells.keys().cloned());
        }
        let order: Vec<&String> = self
            .layout
            .iter()
            .flat_map(|layout| &layout.columns)
            .filter_map(|column| column.key.as_ref())
            .collect();
        let mut keys: Vec<String> = keys.into_iter().collect();
        keys.sort_by_key(|key| {
            (order.iter().position(|known| *known == key).unwrap_or(usize::MAX), key.clone())
        });
        keys.into_iter().map(|key| self.cell(key)).collect()
    }

    fn cell(&self, key: String) -> CellView {
        let fact = self.row.cells.get(&key);
        let change = self.judged.changes.iter().find(|(changed, ..)| *changed == key);
        let clash = self.judged.conflicts.iter().find(|clash| clash.field == key);
        let (old, new) = match (clash, change) {
            (Some(clash), _) => (clash.theirs.clone(), clash.yours.clone()),
            (None, Some((_, old, new))) => (old.clone(), new.clone()),
            (None, None) => (self.kept(&key), fact.and_then(|fact| self.canonical(&key, fact))),
        };
        let on_it = |finding: &&Finding| self.key_of(finding).as_ref() == Some(&key);
        CellView {
            address: fact
                .map(|fact| fact.address.clone())
                .or_else(|| address(self.layout?, &key, self.row.row)),
            raw: fact.map(|fact| fact.raw.clone()).unwrap_or_default(),
            old,
            new,
            conflict: clash.is_some(),
            take: clash.and_then(|clash| clash.take),
            findings: self.findings.iter().filter(on_it).cloned().collect(),
            mended: self.mends.contains_key(&key),
            field: key,
        }
    }

    fn kept(&self, key: &str) -> Option<String> {
        let field: Field = key.parse().ok()?;
        self.target?.facts.get(field).map(|value| value.canonical())
    }

    /// What the file says, with names of places and communities resolved.
    fn canonical(&self, key: &str, fact: &CellFact) -> Option<String> {
        match Column::from_key(key)? {
            Column::Project(Field::Area) | Column::Site(SiteColumn::Area) => {
                self.judged.area.map(|area| area.to_string())
            }
            Column::Project(Field::Sites) => {
                let sites: Vec<String> = self.judged.sites.iter().map(SiteId::to_string).collect();
                (!sites.is_empty()).then(|| sites.join(","))
            }
            Column::Project(Field::Number) => Some(fact.raw.trim().to_owned()),
            Column::Project(_) | Column::Site(_) | Column::Ordinal => {
                fact.value.as_ref().map(Value::canonical)
            }
        }
    }
}

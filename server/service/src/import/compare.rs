//! Each row beside the project it speaks of: new, changed, the same, faulty, unclear or in conflict. Asks no database.

use super::known::{Known, code, written};
use super::{CellConflict, Choices, Compared, Comparison, RowChoices, Verdict};
use crate::area::Resolved;
use domain::area::AreaCode;
use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::id::{ProjectId, SiteId};
use domain::period::{FiscalYear, Horizon};
use domain::project::{Field, Kind, ProjectFacts, Value};
use domain::text::fold;
use sheet::layout::Layout;
use sheet::staged::{Parsed, StagedRow};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::project::Project;

/// Name, place, communities and list: what may stand for a missing code.
type Likeness = (String, AreaCode, Vec<SiteId>, Option<Horizon>);

/// A row with everything that its own cells say.
struct Read<'a> {
    row: &'a StagedRow,
    layout: Option<&'a Layout>,
    area: Option<AreaCode>,
    sites: Vec<SiteId>,
    unknown_sites: Vec<String>,
    sound: bool,
}

/// Rows so far, and what may stand for a missing code among them and among what is kept.
struct Comparing<'a> {
    parsed: &'a Parsed,
    known: &'a Known,
    choices: &'a Choices,
    /// projects kept, by likeness
    stored: HashMap<Likeness, Vec<ProjectId>>,
    /// rows of the file, by likeness
    inside: HashMap<Likeness, usize>,
    /// projects that an earlier row spoke of
    used: BTreeSet<ProjectId>,
    findings: Vec<Finding>,
    name_matches: u32,
}

pub(super) fn compare(parsed: &Parsed, known: &Known, choices: &Choices, year: FiscalYear) -> Comparison {
    let layouts: HashMap<&str, &Layout> = parsed
        .sheets
        .iter()
        .filter_map(|sheet| Some((sheet.sheet.as_str(), sheet.layout.as_ref()?)))
        .collect();
    let mut findings = parsed.findings.clone();
    let read: Vec<Read<'_>> = parsed
        .rows
        .iter()
        .map(|row| read(row, layouts.get(row.sheet.as_str()).copied(), known, &mut findings))
        .collect();
    let mut stored: HashMap<Likeness, Vec<ProjectId>> = HashMap::new();
    for project in known.projects.values() {
        stored.entry(likeness_of(&project.facts)).or_default().push(project.id);
    }
    let mut inside: HashMap<Likeness, usize> = HashMap::new();
    for likeness in read.iter().filter_map(likeness) {
        *inside.entry(likeness).or_default() += 1;
    }
    let used = BTreeSet::new();
    let mut work = Comparing { parsed, known, choices, stored, inside, used, findings, name_matches: 0 };
    let mut unknown_sites: BTreeMap<(AreaCode, String), u32> = BTreeMap::new();
    let mut rows = Vec::with_capacity(read.len());
    for row in &read {
        rows.push(work.row(row));
        for name in &row.unknown_sites {
            let Some(area) = row.area else { continue };
            *unknown_sites.entry((area, name.clone())).or_default() += 1;
        }
    }
    let Comparing { mut findings, name_matches, .. } = work;
    findings.sort_by(|one, two| one.place.cmp(&two.place));
    Comparison { plan_year: year, rows, findings, unknown_sites, name_matches }
}

impl<'a> Comparing<'a> {
    fn row(&mut self, read: &Read<'a>) -> Compared {
        let row = read.row;
        let mut compared = Compared {
            sheet: row.sheet.clone(),
            row: row.row,
            verdict: Verdict::Skipped,
            target: None,
            conflicts: Vec::new(),
            area: read.area,
            sites: read.sites.clone(),
        };
        let none = RowChoices::default();
        let choice = self.choices.rows.get(&(row.sheet.clone(), row.row)).unwrap_or(&none);
        let verdict = self.verdict(read, choice, &mut compared);
        compared.verdict = if choice.skip { Verdict::Skipped } else { verdict };
        compared
    }

    fn verdict(&mut self, read: &Read<'a>, choice: &RowChoices, compared: &mut Compared) -> Verdict {
        let named = target(read, self.known, &mut self.findings);
        let (Ok(named), true) = (named, read.sound) else { return Verdict::Faulty };
        let chosen = choice.is.and_then(|id| self.known.projects.get(&id));
        if let Some(project) = named.or(chosen) {
            return self.beside(read, project, choice, compared);
        }
        // A number without our mark may be another office's numbering: only the person knows.
        if let (Some(project), false) = (numbered(read.row, self.known), choice.as_new) {
            return Verdict::Unclear { candidates: vec![project.id] };
        }
        // A row with a code of its own that nobody has is a project of its own.
        if choice.as_new || code(read.row).is_some() {
            return fresh(read);
        }
        let Some(likeness) = likeness(read) else { return fresh(read) };
        let alike = self.stored.get(&likeness).cloned().unwrap_or_default();
        let alone = self.inside.get(&likeness) == Some(&1);
        match alike.as_slice() {
            [] => fresh(read),
            [id] if alone => {
                self.name_matches += 1;
                match self.known.projects.get(id) {
                    Some(project) if self.choices.match_names => self.beside(read, project, choice, compared),
                    Some(_) | None => Verdict::Unclear { candidates: alike },
                }
            }
            [_, ..] => Verdict::Unclear { candidates: alike },
        }
    }

    /// Compares with a project. Cells that somebody else changed since the export, or since the person first saw the
    /// comparison, stay theirs when the file left them alone, and are a conflict to choose when it did not.
    fn beside(
        &mut self,
        read: &Read<'a>,
        project: &Project,
        choice: &RowChoices,
        compared: &mut Compared,
    ) -> Verdict {
        if !self.used.insert(project.id) {
            return Verdict::Unclear { candidates: vec![project.id] };
        }
        compared.target = Some((project.id, project.version));
        let ours = self.parsed.exported && read.row.origin.is_some();
        let clears = self.choices.blank_clears.unwrap_or(ours);
        let Some(mut after) = filled(read, project.facts.clone(), clears) else { return Verdict::Faulty };
        if let Some(since) = self.seen_at(read.row, project.id) {
            compared.conflicts = self.conflicts(read, project, since, choice, &mut after);
        }
        let changes = project.facts.changes_to(&after);
        if compared.conflicts.iter().any(|conflict| conflict.take.is_none()) {
            Verdict::Conflict { changes }
        } else if changes.is_empty() {
            Verdict::Same
        } else {
            Verdict::Changed { target: Box::new(project.clone()), after: Box::new(after), changes }
        }
    }

    /// The version that the person's file or the person's screen shows.
    fn seen_at(&self, row: &StagedRow, project: ProjectId) -> Option<i64> {
        let base = self.choices.bases.get(&(row.sheet.clone(), row.row));
        let base = base.filter(|(id, _)| *id == project).map(|(_, version)| *version);
        row.origin.as_ref().map(|origin| origin.version).or(base)
    }

    fn conflicts(
        &mut self,
        read: &Read<'a>,
        project: &Project,
        since: i64,
        choice: &RowChoices,
        after: &mut ProjectFacts,
    ) -> Vec<CellConflict> {
        let mut conflicts = Vec::new();
        let mut seen = BTreeSet::new();
        let past = self.known.past.get(&project.id).map(Vec::as_slice).unwrap_or_default();
        for change in past.iter().filter(|change| change.version_after > since) {
            let field = change.field;
            let (yours, theirs) = (after.get(field), project.facts.get(field));
            // The oldest change since then holds what the person saw.
            if !seen.insert(field) || yours == theirs {
                continue;
            }
            let said = choice.cells.get(&field.key());
            let said = said.filter(|cell| cell.theirs == theirs.as_ref().map(Value::canonical));
            let untouched = yours == change.before;
            let keeps = untouched || said.is_none_or(|cell| !cell.take);
            // A name or a place cannot be emptied; then the row stays in conflict.
            let kept = !keeps || after.set(field, theirs.clone()).is_ok();
            if untouched && kept {
                continue;
            }
            let take = said.map(|cell| cell.take).filter(|_| kept);
            if take.is_none() {
                let theirs = theirs.as_ref().map(told);
                self.findings.push(found(read.row, field, Severity::Error, FindingKind::Conflict { theirs }));
            }
            conflicts.push(CellConflict { field, yours, theirs, take });
        }
        conflicts
    }
}

fn found(row: &StagedRow, field: Field, severity: Severity, kind: FindingKind) -> Finding {
    let address = row.cells.get(&field.key()).map(|cell| cell.address.clone());
    Finding {
        severity,
        place: Place { sheet: row.sheet.clone(), row: row.row, address },
        field: Some(field),
        kind,
    }
}

fn read<'a>(
    row: &'a StagedRow,
    layout: Option<&'a Layout>,
    known: &Known,
    findings: &mut Vec<Finding>,
) -> Read<'a> {
    let mut sound = row.findings.iter().all(|finding| finding.severity != Severity::Error);
    let name = written(row, Field::Area).to_owned();
    let (area, kind) = match known.areas.get(&name) {
        Some(Resolved::One(area)) => (Some(area.code), None),
        Some(Resolved::Several(several)) => {
            let choices = several.iter().map(|area| format!("{} {}", area.code, area.name)).collect();
            (None, Some(FindingKind::AmbiguousArea { name, choices }))
        }
        Some(Resolved::NotYours) => (None, Some(FindingKind::AreaNotYours { name })),
        Some(Resolved::Unknown) => (None, Some(FindingKind::UnknownArea { name })),
        // A blank place was already found when the row was read, or belongs to a project that has one.
        None => (None, None),
    };
    let told = row
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error && finding.field == Some(Field::Area));
    // A place that cannot be read was said to be so already.
    if let (Some(kind), false) = (kind, told) {
        findings.push(found(row, Field::Area, Severity::Error, kind));
        sound = false;
    }
    let (mut sites, mut unknown_sites) = (Vec::new(), Vec::new());
    let separators = ['、', ';', '；', ',', '，', '\n'];
    for name in written(row, Field::Sites).split(separators).map(str::trim).filter(|name| !name.is_empty()) {
        let Some(area) = area else { break };
        let kind = match known.sites.get(&(area, fold(name))).map(Vec::as_slice) {
            Some([one]) => {
                sites.push(*one);
                continue;
            }
            Some([_, _, ..]) => FindingKind::AmbiguousSite { name: name.to_owned(), choices: Vec::new() },
            Some([]) | None => {
                unknown_sites.push(name.to_owned());
                FindingKind::UnknownSite { name: name.to_owned() }
            }
        };
        findings.push(found(row, Field::Sites, Severity::Error, kind));
        sound = false;
    }
    Read { row, layout, area, sites, unknown_sites, sound }
}

/// The project of the number in a row.
fn numbered<'k>(row: &StagedRow, known: &'k Known) -> Option<&'k Project> {
    let number = written(row, Field::Number).parse::<i64>().ok()?;
    known.projects.get(known.numbers.get(&number)?)
}

/// A value as a person reads it beside his own: amounts in 万元 without their unit, the rest as stored.
fn told(value: &Value) -> String {
    value.money().map_or_else(|| value.canonical(), |money| money.wan())
}

/// The project a row names by code, then by id or number.
fn target<'k>(
    read: &Read<'_>,
    known: &'k Known,
    findings: &mut Vec<Finding>,
) -> Result<Option<&'k Project>, ()> {
    let origin = read.row.origin.as_ref().and_then(|origin| origin.id.parse::<ProjectId>().ok());
    let by_id = origin.and_then(|id| known.projects.get(&id)).or_else(|| {
        numbered(read.row, known)
            .filter(|project| fold(&project.facts.name) == fold(written(read.row, Field::Name)))
    });
    let Some(code) = code(read.row) else { return Ok(by_id) };
    let by_code = known.codes.get(code.as_str()).and_then(|id| known.projects.get(id));
    let mismatch = matches!((by_code, by_id), (Some(one), Some(two)) if one.id != two.id);
    if mismatch || (by_code.is_none() && known.taken.contains(code.as_str())) {
        let kind = FindingKind::CodeTaken { code: code.as_str().to_owned() };
        findings.push(found(read.row, Field::Code, Severity::Error, kind));
        return Err(());
    }
    Ok(by_code.or(by_id))
}

fn likeness_of(facts: &ProjectFacts) -> Likeness {
    let mut sites = facts.sites.clone();
    sites.sort_unstable();
    (fold(&facts.name), facts.area, sites, facts.horizon)
}

fn likeness(read: &Read<'_>) -> Option<Likeness> {
    let facts = filled(read, ProjectFacts::new(String::new(), read.area?), false)?;
    Some(likeness_of(&facts))
}

/// The facts after the row; `clears` when a blank cell of a known column empties it.
fn filled(read: &Read<'_>, mut facts: ProjectFacts, clears: bool) -> Option<ProjectFacts> {
    let columns = read.layout.into_iter().flat_map(|layout| &layout.columns);
    for field in columns.filter_map(|column| column.key.as_deref()?.parse::<Field>().ok()) {
        let cell = read.row.cells.get(&field.key());
        if field.kind() == Kind::Derived {
            continue;
        }
        if field == Field::Area {
            facts.area = read.area.unwrap_or(facts.area);
        } else if field == Field::Sites {
            if !read.sites.is_empty() || clears {
                facts.set(field, Some(Value::Sites(read.sites.clone()))).ok()?;
            }
        } else {
            match cell.map(|cell| cell.value.clone()) {
                Some(Some(value)) => facts.set(field, Some(value)).ok()?,
                None if clears && field != Field::Name => facts.set(field, None).ok()?,
                Some(None) | None => (),
            }
        }
    }
    if !read.row.cells.contains_key(&Field::Horizon.key()) {
        facts.horizon = read.layout.and_then(|layout| layout.horizon).or(facts.horizon);
    }
    (!facts.name.trim().is_empty()).then_some(facts)
}

fn fresh(read: &Read<'_>) -> Verdict {
    let facts = read.area.and_then(|area| filled(read, ProjectFacts::new(String::new(), area), false));
    facts.map_or(Verdict::Faulty, |facts| Verdict::New(Box::new(facts)))
}

//! Each row beside the project it speaks of: new, changed, the same, faulty, unclear or in conflict. Asks no database.

use super::known::{Known, code, written};
use super::{Choices, Compared, Comparison, Verdict};
use crate::area::Resolved;
use domain::area::AreaCode;
use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::id::{ProjectId, SiteId};
use domain::period::{FiscalYear, Horizon};
use domain::project::{Field, Kind, ProjectFacts, Value};
use domain::text::fold;
use sheet::layout::Layout;
use sheet::staged::{Parsed, StagedRow};
use std::collections::{BTreeSet, HashMap};
use store::project::Project;

/// Name, place, communities and list: what may stand for a missing code.
type Likeness = (String, AreaCode, Vec<SiteId>, Option<Horizon>);

/// A row with everything that its own cells say.
struct Read<'a> {
    row: &'a StagedRow,
    layout: Option<&'a Layout>,
    area: Option<AreaCode>,
    sites: Vec<SiteId>,
    sound: bool,
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
    let mut used = BTreeSet::new();
    let mut rows = Vec::with_capacity(read.len());
    for row in &read {
        let verdict = match target(row, known, &mut findings) {
            _ if !row.sound => Verdict::Faulty,
            Err(()) => Verdict::Faulty,
            Ok(Some(project)) => judge(parsed, known, row, project, &mut used, &mut findings),
            Ok(None) => {
                let likeness = likeness(row);
                let alike = likeness.as_ref().and_then(|likeness| stored.get(likeness));
                let alone = likeness.as_ref().and_then(|likeness| inside.get(likeness)) == Some(&1);
                match alike.map(Vec::as_slice) {
                    // A row with a code of its own that nobody has is a project of its own.
                    None | Some([]) => fresh(row),
                    Some(_) if code(row.row).is_some() => fresh(row),
                    Some([id]) if alone && choices.match_names => match known.projects.get(id) {
                        Some(project) => judge(parsed, known, row, project, &mut used, &mut findings),
                        None => fresh(row),
                    },
                    Some(several) => Verdict::Unclear { candidates: several.to_vec() },
                }
            }
        };
        rows.push(Compared { sheet: row.row.sheet.clone(), row: row.row.row, verdict });
    }
    findings.sort_by(|one, two| one.place.cmp(&two.place));
    Comparison { plan_year: year, rows, findings }
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
    if let Some(kind) = kind {
        findings.push(found(row, Field::Area, Severity::Error, kind));
        sound = false;
    }
    let mut sites = Vec::new();
    let separators = ['、', ';', '；', ',', '，', '\n'];
    for name in written(row, Field::Sites).split(separators).map(str::trim).filter(|name| !name.is_empty()) {
        let Some(area) = area else { break };
        let kind = match known.sites.get(&(area, fold(name))).map(Vec::as_slice) {
            Some([one]) => {
                sites.push(*one);
                continue;
            }
            Some([_, _, ..]) => FindingKind::AmbiguousSite { name: name.to_owned(), choices: Vec::new() },
            Some([]) | None => FindingKind::UnknownSite { name: name.to_owned() },
        };
        findings.push(found(row, Field::Sites, Severity::Error, kind));
        sound = false;
    }
    Read { row, layout, area, sites, sound }
}

/// The project a row names by code, then by id or number.
fn target<'k>(
    read: &Read<'_>,
    known: &'k Known,
    findings: &mut Vec<Finding>,
) -> Result<Option<&'k Project>, ()> {
    let origin = read.row.origin.as_ref().and_then(|origin| origin.id.parse::<ProjectId>().ok());
    let number = written(read.row, Field::Number).parse::<i64>().ok();
    let by_id = origin
        .and_then(|id| known.projects.get(&id))
        .or_else(|| known.projects.get(known.numbers.get(&number?)?));
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

/// Compares with a project. Cells that somebody else changed since the export stay theirs when the file left them
/// alone, and are a conflict when it did not.
fn judge(
    parsed: &Parsed,
    known: &Known,
    read: &Read<'_>,
    project: &Project,
    used: &mut BTreeSet<ProjectId>,
    findings: &mut Vec<Finding>,
) -> Verdict {
    if !used.insert(project.id) {
        return Verdict::Unclear { candidates: vec![project.id] };
    }
    let Some(mut after) = filled(read, project.facts.clone(), parsed.exported && read.row.origin.is_some())
    else {
        return Verdict::Faulty;
    };
    let mut conflict = false;
    if let Some(origin) = &read.row.origin {
        let past = known.past.get(&project.id).map(Vec::as_slice).unwrap_or_default();
        let mut seen = BTreeSet::new();
        for change in past.iter().filter(|change| change.version_after > origin.version) {
            // The oldest change since the export holds what the export showed.
            if !seen.insert(change.field) || after.get(change.field) == project.facts.get(change.field) {
                continue;
            }
            let theirs = project.facts.get(change.field);
            if after.get(change.field) == change.before {
                conflict |= after.set(change.field, theirs).is_err();
            } else {
                let theirs = theirs.as_ref().map(Value::canonical);
                let kind = FindingKind::Conflict { theirs };
                findings.push(found(read.row, change.field, Severity::Error, kind));
                conflict = true;
            }
        }
    }
    let changes = project.facts.changes_to(&after);
    if conflict {
        Verdict::Conflict
    } else if changes.is_empty() {
        Verdict::Same
    } else {
        Verdict::Changed { target: Box::new(project.clone()), after: Box::new(after), changes }
    }
}

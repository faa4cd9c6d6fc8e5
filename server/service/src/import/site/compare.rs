//! Each row of the book beside the community it speaks of. Asks no database but to load what is known.

use super::{SiteCompared, SiteComparison, SiteVerdict};
use crate::area::Resolved;
use crate::call::Call;
use crate::failure::Outcome;
use crate::import::RowPlace;
use crate::import::decide::named;
use domain::area::AreaCode;
use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::id::SiteId;
use domain::project::Value;
use domain::site::SiteFacts;
use domain::text::fold;
use sheet::column::SiteColumn;
use sheet::staged::{Parsed, StagedRow};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::Conn;
use store::site::Site;

/// Everything kept that the book may speak of.
pub(super) struct Known {
    places: BTreeMap<String, Resolved>,
    sites: BTreeMap<SiteId, Site>,
    codes: HashMap<String, SiteId>,
    names: HashMap<(AreaCode, String), SiteId>,
    /// Codes of communities anywhere, also of those this person cannot see.
    taken: BTreeSet<String>,
}

const FIGURES: [SiteColumn; 8] = [
    SiteColumn::Households,
    SiteColumn::People,
    SiteColumn::Labour,
    SiteColumn::Employed,
    SiteColumn::OutOfProvince,
    SiteColumn::InProvince,
    SiteColumn::InCounty,
    SiteColumn::ZeroEmployment,
];

/// Where the community lies as written: the code when there is one, else the name.
pub(super) fn place(row: &StagedRow) -> &str {
    let (code, name) = (text(row, SiteColumn::AreaCode), text(row, SiteColumn::Area));
    if code.is_empty() { name } else { code }
}

fn text(row: &StagedRow, column: SiteColumn) -> &str {
    row.cells.get(column.key()).map(|cell| cell.raw.trim()).unwrap_or_default()
}

fn code(row: &StagedRow) -> Option<String> {
    let code = text(row, SiteColumn::Code);
    (!domain::text::means_empty(code)).then(|| code.to_owned())
}

pub(super) async fn load(
    call: &Call,
    conn: &Conn,
    parsed: &Parsed,
    places: BTreeMap<String, Resolved>,
) -> Outcome<Known> {
    let scope = call.scope();
    let codes: Vec<String> = parsed.rows.iter().filter_map(code).collect();
    let areas: BTreeSet<AreaCode> = places
        .values()
        .filter_map(|found| match found {
            Resolved::One(area) => Some(area.code),
            Resolved::Several(_) | Resolved::NotYours | Resolved::Unknown => None,
        })
        .collect();
    let mut found = store::import::site::by_codes(conn, &scope, &codes).await?;
    if !areas.is_empty() {
        let areas: Vec<AreaCode> = areas.into_iter().collect();
        found.extend(store::site::of_areas(conn, &scope, &areas).await?);
    }
    let sites: BTreeMap<SiteId, Site> = found.into_iter().map(|site| (site.id, site)).collect();
    Ok(Known {
        places,
        codes: sites.values().filter_map(|site| Some((site.facts.code.clone()?, site.id))).collect(),
        names: sites.values().map(|site| ((site.facts.area, fold(&site.facts.name)), site.id)).collect(),
        taken: store::import::site::codes_taken(conn, &codes).await?,
        sites,
    })
}

pub(super) fn compare(parsed: &Parsed, known: &Known, skipped: &HashSet<RowPlace>) -> SiteComparison {
    let mut done = SiteComparison { rows: Vec::new(), findings: parsed.findings.clone() };
    let mut seen = HashMap::new();
    for row in &parsed.rows {
        let skip = skipped.contains(&(row.sheet.clone(), row.row));
        let area = area(row, known);
        let judged = judge(row, &area, known, &mut seen);
        let (verdict, area) = match judged {
            Ok(verdict) => (verdict, area.ok().flatten()),
            Err(findings) => {
                done.findings.extend(findings);
                (SiteVerdict::Faulty, area.ok().flatten())
            }
        };
        let verdict = if skip { SiteVerdict::Skipped } else { verdict };
        done.rows.push(SiteCompared { sheet: row.sheet.clone(), row: row.row, verdict, area });
    }
    done.findings.sort_by(|one, two| one.place.cmp(&two.place));
    done
}

fn finding(row: &StagedRow, column: SiteColumn, kind: FindingKind) -> Finding {
    let address = row.cells.get(column.key()).map(|cell| cell.address.clone());
    let place = Place { sheet: row.sheet.clone(), row: row.row, address };
    Finding { severity: Severity::Error, place, field: None, kind }
}

/// The county; `None` when the row leaves it blank.
fn area(row: &StagedRow, known: &Known) -> Result<Option<AreaCode>, FindingKind> {
    let name = place(row).to_owned();
    match known.places.get(&name) {
        Some(Resolved::One(area)) => Ok(Some(area.code)),
        Some(Resolved::Several(several)) => {
            let choices = several.iter().map(|area| format!("{} {}", area.code, area.name)).collect();
            Err(FindingKind::AmbiguousArea { name, choices })
        }
        Some(Resolved::NotYours) => Err(FindingKind::AreaNotYours { name }),
        Some(Resolved::Unknown) => Err(FindingKind::UnknownArea { name }),
        None => Ok(None),
    }
}

/// What becomes of a row, or the findings that keep it out besides those of reading.
fn judge(
    row: &StagedRow,
    area: &Result<Option<AreaCode>, FindingKind>,
    known: &Known,
    seen: &mut HashMap<String, (String, u32)>,
) -> Result<SiteVerdict, Vec<Finding>> {
    let area = match area {
        Ok(area) => *area,
        Err(kind) => {
            let column = if text(row, SiteColumn::AreaCode).is_empty() {
                SiteColumn::Area
            } else {
                SiteColumn::AreaCode
            };
            return Err(vec![finding(row, column, kind.clone())]);
        }
    };
    if row.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Ok(SiteVerdict::Faulty);
    }
    let (code, name) = (code(row), text(row, SiteColumn::Name).to_owned());
    let same = |code: String, (sheet, first): (String, u32)| {
        let sheet = (sheet != row.sheet).then_some(sheet);
        vec![finding(row, SiteColumn::Code, FindingKind::SameAsRow { row: first, code, sheet })]
    };
    let here = || (row.sheet.clone(), row.row);
    if let Some(code) = &code
        && let Some(first) = seen.insert(code.clone(), here())
    {
        return Err(same(code.clone(), first));
    }
    let by_code = code.as_ref().and_then(|code| known.codes.get(code)).and_then(|id| known.sites.get(id));
    if let (Some(code), None) = (&code, by_code)
        && known.taken.contains(code)
    {
        return Err(vec![finding(row, SiteColumn::Code, FindingKind::CodeTaken { code: code.clone() })]);
    }
    let county = area.or(by_code.map(|site| site.facts.area));
    let Some(county) = county else {
        return Err(vec![finding(row, SiteColumn::Area, FindingKind::UnknownArea { name: String::new() })]);
    };
    if let Some(first) = seen.insert(format!("{county} {}", fold(&name)), here()) {
        return Err(same(name, first));
    }
    let by_name = known.names.get(&(county, fold(&name))).and_then(|id| known.sites.get(id));
    let other = |site: &Site| site.facts.code.is_some() && code.is_some() && site.facts.code != code;
    let clash = match (by_code, by_name) {
        (Some(one), Some(two)) => one.id != two.id,
        (None, Some(two)) => other(two),
        (Some(_) | None, None) => false,
    };
    if let (true, Some(two)) = (clash, by_name) {
        let choices = two.facts.code.iter().chain(&code).cloned().collect();
        return Err(vec![finding(row, SiteColumn::Name, FindingKind::AmbiguousSite { name, choices })]);
    }
    Ok(beside(row, county, name, code, by_code.or(by_name)))
}

/// The row beside the community of the same code or name. A blank cell keeps what is there.
fn beside(
    row: &StagedRow,
    area: AreaCode,
    name: String,
    code: Option<String>,
    target: Option<&Site>,
) -> SiteVerdict {
    let mut facts = target.map_or_else(|| named(name.clone(), area), |site| site.facts.clone());
    (facts.name, facts.area) = (name, area);
    facts.code = code.or(facts.code);
    for column in FIGURES {
        if let Some(Value::Count(count)) = row.cells.get(column.key()).and_then(|cell| cell.value.as_ref())
            && let Some(slot) = figure(&mut facts, column)
        {
            *slot = Some(*count);
        }
    }
    let Some(target) = target else { return SiteVerdict::New(Box::new(facts)) };
    let (old, new) = (texts(&target.facts), texts(&facts));
    let changes: Vec<_> = old
        .into_iter()
        .zip(new)
        .filter(|((_, old), (_, new))| old != new)
        .map(|((key, old), (_, new))| (key.to_owned(), old, new))
        .collect();
    if changes.is_empty() {
        return SiteVerdict::Same;
    }
    SiteVerdict::Changed { target: Box::new(target.clone()), after: Box::new(facts), changes }
}

const fn figure(facts: &mut SiteFacts, column: SiteColumn) -> Option<&mut Option<u32>> {
    match column {
        SiteColumn::Households => Some(&mut facts.households),
        SiteColumn::People => Some(&mut facts.people),
        SiteColumn::Labour => Some(&mut facts.labour),
        SiteColumn::Employed => Some(&mut facts.employed),
        SiteColumn::OutOfProvince => Some(&mut facts.employed_out_of_province),
        SiteColumn::InProvince => Some(&mut facts.employed_in_province),
        SiteColumn::InCounty => Some(&mut facts.employed_in_county),
        SiteColumn::ZeroEmployment => Some(&mut facts.zero_employment_households),
        SiteColumn::Code | SiteColumn::Name | SiteColumn::Area | SiteColumn::AreaCode => None,
    }
}

/// Every column as text, in the order of the form.
fn texts(facts: &SiteFacts) -> Vec<(&'static str, Option<String>)> {
    let mut facts = facts.clone();
    let mut texts = vec![
        (SiteColumn::Code.key(), facts.code.clone()),
        (SiteColumn::Name.key(), Some(facts.name.clone())),
        (SiteColumn::Area.key(), Some(facts.area.to_string())),
    ];
    for column in FIGURES {
        let count = figure(&mut facts, column).and_then(|slot| *slot);
        texts.push((column.key(), count.map(|count| count.to_string())));
    }
    texts
}

//! What a report says: its lines, the names it froze, and its workbook. Asks no clock: the same input gives the same bytes.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::ledger::view::instant;
use contract::ledger::Sums;
use contract::ledger::report::ReportLine;
use domain::area::AreaCode;
use domain::ledger::{PerStage, Stage};
use domain::money::Delta;
use domain::review::edition::Editions;
use domain::review::rule::RuleCode;
use domain::source::Source;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sheet::write::report::{MonthBook, MonthLine};
use std::collections::BTreeMap;
use store::Conn;
use store::ledger::entry::{Filter, sums_by_area};
use store::ledger::report::Issue;

/// Names and editions as they stood at first issue, by code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub issuer: String,
    pub areas: BTreeMap<String, String>,
    pub sources: BTreeMap<String, String>,
    pub rules: Vec<(String, u32)>,
    pub control: i64,
}

/// Names by code.
pub struct Names {
    pub areas: BTreeMap<String, String>,
    sources: BTreeMap<String, String>,
}

impl Frozen {
    pub fn read(issue: &Issue) -> Outcome<Frozen> {
        Ok(serde_json::from_str(&issue.frozen)?)
    }

    pub fn text(&self) -> Outcome<String> {
        Ok(serde_json::to_string(self)?)
    }

    pub fn names(&self) -> Names {
        Names { areas: self.areas.clone(), sources: self.sources.clone() }
    }
}

/// The area of the report and those directly under it, as they are called now.
pub async fn names(conn: &Conn, call: &Call, issue: &Issue) -> Outcome<BTreeMap<String, String>> {
    let (scope, own) = (call.scope(), issue.area.code());
    let mut areas = store::area::children(conn, &scope, own).await?;
    areas.push(store::area::load(conn, &scope, own).await?);
    Ok(areas.into_iter().map(|area| (area.code.to_string(), area.name)).collect())
}

/// Rules that hold in the report's area on the last day of its month, with their editions.
pub fn holding(editions: &Editions, issue: &Issue) -> Vec<(String, u32)> {
    let day = issue.month.last_day();
    let held = RuleCode::ALL.iter().filter_map(|rule| editions.at(*rule, &issue.area, day));
    held.map(|edition| (edition.rule.code().to_owned(), edition.number)).collect()
}

/// Lines by area directly under the report's and by source, of entries up to `known_at`.
pub async fn lines(
    conn: &Conn,
    call: &Call,
    issue: &Issue,
    known_at: i64,
    names: &Names,
) -> Outcome<Vec<ReportLine>> {
    let scope = call.scope();
    let total = Filter {
        area: Some(issue.area.clone()),
        as_of: Some(issue.month.last_day()),
        known_at: Some(known_at),
        ..Filter::default()
    };
    let month = Filter { since: Some(issue.month.first_day()), ..total.clone() };
    let depth = issue.area.codes().len();
    let mut sums: BTreeMap<(AreaCode, Source), [Sums; 2]> = BTreeMap::new();
    for (at, filter) in [month, total].iter().enumerate() {
        for (area, source, found) in sums_by_area(conn, &scope, filter).await? {
            let area = area.codes().get(depth).copied().unwrap_or_else(|| issue.area.code());
            let both = sums.entry((area, source)).or_default();
            both[at] = crate::ledger::sum([both[at], found].into_iter());
        }
    }
    let name = |names: &BTreeMap<String, String>, code: &str| {
        names.get(code).cloned().unwrap_or_else(|| code.to_owned())
    };
    let line = |((area, source), [month, total]): ((AreaCode, Source), [Sums; 2])| ReportLine {
        area,
        area_name: name(&names.areas, area.as_str()),
        source,
        source_name: name(&names.sources, source.code()),
        month: PerStage::of(|stage| month.net(stage)),
        total: PerStage::of(|stage| total.net(stage)),
    };
    let is_empty = |sums: &PerStage<Delta>| Stage::ALL.iter().all(|stage| sums.get(*stage).is_zero());
    let lines = sums.into_iter().map(line);
    Ok(lines.filter(|line| !is_empty(&line.month) || !is_empty(&line.total)).collect())
}

/// A workbook as it goes out.
pub struct Book {
    pub bytes: Vec<u8>,
    /// of the bytes, in hexadecimal digits
    pub sha256: String,
}

/// The workbook of an issue, written on a thread that may take its time.
pub async fn workbook(issue: &Issue, frozen: &Frozen, lines: &[ReportLine]) -> Outcome<Book> {
    let book = month_book(issue, frozen, lines);
    let write = move || {
        let bytes = sheet::write::report::workbook(&book).map_err(unexpected)?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        Ok::<_, Failure>(Book { bytes, sha256 })
    };
    tokio::task::spawn_blocking(write).await.map_err(unexpected)?
}

fn unexpected(fault: impl std::fmt::Display) -> Failure {
    Failure::Unexpected(fault.to_string())
}

fn month_book(issue: &Issue, frozen: &Frozen, lines: &[ReportLine]) -> MonthBook {
    let line = |line: &ReportLine| MonthLine {
        area: line.area_name.clone(),
        source: line.source_name.clone(),
        month: line.month,
        total: line.total,
    };
    let rules: Vec<String> = frozen.rules.iter().map(|(rule, number)| format!("{rule}#{number}")).collect();
    MonthBook {
        area: frozen.areas.get(issue.area.code().as_str()).cloned().unwrap_or_default(),
        month: issue.month,
        known_at: issue.known_at,
        issuer: frozen.issuer.clone(),
        at: instant(issue.at),
        rules,
        control: frozen.control,
        lines: lines.iter().map(line).collect(),
    }
}

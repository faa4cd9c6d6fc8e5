//! What an estimate was when a month ended: a line that changes for the first time in a month is kept as it stood until
//! then. Reckons nothing.
//!
//! A kept line stood from `since` to the day before `until`, so a month goes by the line within which its last day lies.
//! Lines that stand yet have no end; a month that is over before one begins does not go by it.

use super::estimate::KeptLine;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::Tx;
use chrono::NaiveDate;
use domain::area::AreaPath;
use domain::id::ProjectId;
use domain::jobs::quantity::Kind;
use domain::period::Month;
use domain::permission::Permit;

/// A line that stands, with the area it names and its first day.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub line: KeptLine,
    pub path: AreaPath,
    /// `None` for longer than anybody wrote down
    pub since: Option<NaiveDate>,
}

impl Standing {
    /// Whether another line says something else; what it can teach is no number.
    fn differs(&self, other: &KeptLine) -> bool {
        let seen = |line: &KeptLine| (line.quantity, line.method, line.is_manual, line.edition);
        seen(&self.line) != seen(other)
    }
}

/// Since when the next lines of a project stand: those that stay as they were since the same day.
pub(super) fn since(before: &[Standing], after: &KeptLine, today: NaiveDate) -> Option<NaiveDate> {
    let same = before.iter().find(|one| one.line.quantity.kind == after.quantity.kind && !one.differs(after));
    same.map_or(Some(today), |one| one.since)
}

/// Keeps lines that stood when the last month ended and are about to change.
pub(super) async fn keep(
    tx: &Tx,
    changes: &[(ProjectId, Vec<Standing>, Vec<KeptLine>)],
    today: NaiveDate,
) -> Result<(), Fault> {
    const COLUMNS: &str = "project_id, phase, layer, unit, population, until, since, area_path, method, low_milli, standard_milli, high_milli, is_manual, edition, is_net, teaches";
    let Some(until) = Month::of(today).map(Month::first_day) else { return Ok(()) };
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::new();
    for (project, before, after) in changes {
        let stays = |one: &Standing| {
            after.iter().any(|line| line.quantity.kind == one.line.quantity.kind && !one.differs(line))
        };
        let is_older = |one: &&Standing| one.since.is_none_or(|since| since < until);
        for one in before.iter().filter(is_older).filter(|one| !stays(one)) {
            let Kind { phase, layer, unit, population } = one.line.quantity.kind;
            let [low, standard, high] = one.line.quantity.range.into();
            rows.push(vec![
                project.to_string().into(),
                phase.code().to_owned().into(),
                layer.code().to_owned().into(),
                unit.code().to_owned().into(),
                population.code().to_owned().into(),
                until.to_string().into(),
                one.since.map(|since| since.to_string()).into(),
                one.path.as_str().to_owned().into(),
                one.line.method.code().to_owned().into(),
                low.into(),
                standard.into(),
                high.into(),
                i64::from(one.line.is_manual).into(),
                one.line.edition.into(),
                one.line.is_net.map(i64::from).into(),
                one.line.teaches.map(|key| key.code().to_owned()).into(),
            ]);
        }
    }
    // What was kept first for a day is what stood then.
    const TAIL: &str = " ON CONFLICT (project_id, phase, layer, unit, population, until) DO NOTHING";
    tx.upsert_many(&format!("INSERT INTO estimate_past ({COLUMNS})"), rows, TAIL).await
}

/// Lets the estimates of the permit's area stand since a day: the demo invents months that are over, and estimates that
/// stood in them.
pub async fn stand_since(tx: &Tx, permit: &Permit, since: NaiveDate) -> Result<u64, Fault> {
    let mut sql = Sql::new("UPDATE estimate_line SET since = ? WHERE ").with(since.to_string());
    crate::scope::under(&mut sql, "area_path", permit.area());
    tx.run(sql).await
}

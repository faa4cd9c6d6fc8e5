//! The desk of findings: a filter, findings that agree counted together, pages of the others, counts by state. Judges
//! nothing.

use super::{COLUMNS, Kept, body, read};
use crate::fault::Fault;
use crate::page::{Cursor, Key, MOST_ROWS, Page};
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use chrono::NaiveDate;
use domain::area::AreaPath;
use domain::id::{FindingId, ProjectId};
use domain::permission::Scope;
use domain::project::Category;
use domain::review::rule::{Level, RuleCode};
use domain::review::workflow::{State, StateName};
use domain::source::Source;
use std::collections::BTreeMap;

/// The gravest first.
const RANK: &str = "CASE level WHEN 'red' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END";

/// Which findings; everything within a scope when nothing is set.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub rule: Option<RuleCode>,
    pub level: Option<Level>,
    /// in one of these; empty is any
    pub states: Vec<StateName>,
    pub area: Option<AreaPath>,
    pub source: Option<Source>,
    /// of the project as it is now
    pub category: Option<Category>,
    pub project: Option<ProjectId>,
    /// text of a `GroupKey`
    pub group: Option<String>,
    /// due before this day and not closed
    pub overdue_on: Option<NaiveDate>,
}

/// Findings that say the same, counted.
#[derive(Clone, Debug)]
pub struct Group {
    pub rule: RuleCode,
    pub level: Level,
    pub group: String,
    pub count: u32,
    /// one of them
    pub first: FindingId,
    rank: i64,
}

/// One step of a finding's way.
#[derive(Clone, Debug)]
pub struct Step {
    pub number: i64,
    pub state: State,
    /// name of the person, `None` for a walk of the rules
    pub by: Option<String>,
    /// Unix milliseconds
    pub at: i64,
}

impl Filter {
    fn condition(&self, sql: &mut Sql, scope: &Scope) {
        scope::under(sql, "area_path", scope.area());
        if let Some(area) = &self.area {
            sql.push(" AND ");
            scope::under(sql, "area_path", area);
        }
        let texts = [
            (" AND rule = ?", self.rule.map(|rule| rule.code().to_owned())),
            (" AND level = ?", self.level.map(|level| level.code().to_owned())),
            (" AND source = ?", self.source.map(|source| source.code().to_owned())),
            (" AND project_id = ?", self.project.map(|id| id.to_string())),
            (" AND group_key = ?", self.group.clone()),
            (" AND due_on < ?", self.overdue_on.map(|day| day.to_string())),
        ];
        for (text, value) in texts {
            if let Some(value) = value {
                sql.bind(text, value);
            }
        }
        if let Some(category) = self.category {
            let text = " AND project_id IN (SELECT c.id FROM project c WHERE c.category = ?)";
            sql.bind(text, category.code().to_owned());
        }
        if !self.states.is_empty() {
            sql.push(" AND state IN ").list(self.states.iter().map(|state| state.code().to_owned()));
        }
    }
}

/// One page of findings that say the same, the gravest first.
pub async fn groups(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Group>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let mut sql = Sql::new(&format!(
        "SELECT CAST({RANK} AS BIGINT) AS rank, rule, level, group_key, COUNT(*) AS n, MIN(id) AS first FROM finding WHERE "
    ));
    filter.condition(&mut sql, scope);
    if let Some(Cursor(keys)) = after {
        begin(&mut sql, &["rule", "group_key"], keys)?;
    }
    sql.push(" GROUP BY rule, level, group_key ORDER BY 1, rule, group_key");
    sql.bind(" LIMIT ?", i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut rows = conn.all(sql).await?.iter().map(group).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let cursor = |last: &Group| {
        let (rule, group) = (last.rule.code().to_owned(), last.group.clone());
        Cursor(vec![Key::Int(last.rank), Key::Text(rule), Key::Text(group)])
    };
    let next = rows.last().filter(|_| more).map(cursor);
    Ok(Page { rows, next })
}

fn group(row: &Row) -> Result<Group, Fault> {
    Ok(Group {
        rule: row.parsed("finding", "rule", RuleCode::from_code)?,
        level: row.parsed("finding", "level", Level::from_code)?,
        group: row.text("group_key")?,
        count: u32::try_from(row.int("n")?).unwrap_or(u32::MAX),
        first: row.parsed("finding", "first", |id| id.parse().ok())?,
        rank: row.int("rank")?,
    })
}

/// Continues after a row: its rank, then these columns.
fn begin(sql: &mut Sql, columns: &[&str], keys: &[Key]) -> Result<(), Fault> {
    if keys.len() != columns.len() + 1 {
        return Err(Fault::Missing { table: "page" });
    }
    sql.push(&format!(" AND (CAST({RANK} AS BIGINT), {}) > ", columns.join(", "))).list(keys.to_vec());
    Ok(())
}

/// One page of findings: the gravest first, those that say the same beside each other, by area within.
pub async fn page(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Kept>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM finding WHERE "));
    filter.condition(&mut sql, scope);
    if let Some(Cursor(keys)) = after {
        begin(&mut sql, &["rule", "group_key", "area_path", "id"], keys)?;
    }
    sql.push(&format!(" ORDER BY {RANK}, rule, group_key, area_path, id"));
    sql.bind(" LIMIT ?", i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut rows = conn.all(sql).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(cursor);
    Ok(Page { rows, next })
}

fn cursor(last: &Kept) -> Cursor {
    let rank = match last.finding.level {
        Level::Red => 0,
        Level::Warning => 1,
        Level::Hint => 2,
    };
    let texts = [
        last.finding.rule.code().to_owned(),
        last.finding.group.as_str().to_owned(),
        last.area_path.as_str().to_owned(),
        last.id.to_string(),
    ];
    Cursor(std::iter::once(Key::Int(rank)).chain(texts.map(Key::Text)).collect())
}

/// Findings of the scope by id, in no order.
pub async fn by_ids(conn: &Conn, scope: &Scope, ids: &[FindingId]) -> Result<Vec<Kept>, Fault> {
    let mut sql = super::selection(scope);
    sql.push(" AND id IN ").list(ids.iter().map(FindingId::to_string));
    conn.all(sql).await?.iter().map(read).collect()
}

/// How many stand in each state, whatever states the filter names, and how many are overdue on `today`.
pub async fn counts(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    today: NaiveDate,
) -> Result<(BTreeMap<StateName, u32>, u32), Fault> {
    let whole = Filter { states: Vec::new(), overdue_on: None, ..filter.clone() };
    let mut sql = Sql::new("SELECT state, COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN due_on < ");
    sql.bind("? THEN 1 ELSE 0 END), 0) AS BIGINT) AS late FROM finding WHERE ", today.to_string());
    whole.condition(&mut sql, scope);
    sql.push(" GROUP BY state");
    let (mut counts, mut late) = (BTreeMap::new(), 0_u32);
    let size = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    for row in conn.all(sql).await? {
        let state = row.parsed("finding", "state", StateName::from_code)?;
        counts.insert(state, size(row.int("n")?));
        late = late.saturating_add(size(row.int("late")?));
    }
    Ok((counts, late))
}

/// How many findings each rule has in the filter, whatever rule it names.
pub async fn by_rule(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<BTreeMap<RuleCode, u32>, Fault> {
    let whole = Filter { rule: None, group: None, ..filter.clone() };
    let mut sql = Sql::new("SELECT rule, COUNT(*) AS n FROM finding WHERE ");
    whole.condition(&mut sql, scope);
    sql.push(" GROUP BY rule");
    let read = |row: &Row| {
        let rule = row.parsed("finding", "rule", RuleCode::from_code)?;
        Ok((rule, u32::try_from(row.int("n")?).unwrap_or(u32::MAX)))
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// Every step of a finding, the first one first.
pub async fn steps(conn: &Conn, id: FindingId) -> Result<Vec<Step>, Fault> {
    let mut sql = Sql::new(
        "SELECT s.number AS number, s.state_body AS state_body, s.at AS at, a.name AS by_name FROM finding_step s LEFT JOIN account a ON a.id = s.by_account",
    );
    sql.bind(" WHERE s.finding_id = ? ORDER BY s.number", id.to_string());
    let read = |row: &Row| {
        Ok(Step {
            number: row.int("number")?,
            state: body(row, "state_body", "finding_step")?,
            by: row.maybe_text("by_name")?,
            at: row.int("at")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

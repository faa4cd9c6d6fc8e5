//! Which projects a screen, an export or the API asks for, as SQL. The scope is added first and cannot be left out.

use super::row::{column, is_number};
use crate::scope;
use crate::search::{anywhere, may_be_pinyin};
use crate::sql::Sql;
use domain::area::{AreaCode, AreaPath};
use domain::id::{ProjectId, SiteId};
use domain::period::{FiscalYear, Horizon};
use domain::permission::Scope;
use domain::project::{Category, Field, Gate, Nature, Stage, Value};
use domain::source::Source;

/// Where projects stand in the plan year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// on one list
    List(Horizon),
    /// on any of the three
    AnyList,
    /// on none: the pool
    Pool,
    /// all of them
    Everywhere,
}

/// Bounds of a column, both included; a column without a value is in no range.
#[derive(Clone, Debug)]
pub struct Range {
    pub field: Field,
    pub least: Option<Value>,
    pub most: Option<Value>,
}

/// What is asked for. Empty lists mean no restriction.
#[derive(Clone, Debug)]
pub struct Filter {
    pub plan_year: FiscalYear,
    pub standing: Standing,
    /// narrower than the scope
    pub area: Option<AreaPath>,
    /// several areas, none within another; instead of `area`
    pub areas: Vec<AreaPath>,
    /// lying in this very area, not under it: an opened group
    pub in_area: Option<AreaCode>,
    pub categories: Vec<Category>,
    pub stages: Vec<Stage>,
    pub natures: Vec<Nature>,
    /// with an amount from one of these
    pub sources: Vec<Source>,
    /// without any amount by source
    pub no_source: bool,
    /// total differs from the sum of the sources
    pub gap: bool,
    /// fewer gates passed than there are
    pub gates_missing: bool,
    /// last changed before this, in Unix milliseconds
    pub quiet_before: Option<i64>,
    pub site: Option<SiteId>,
    /// 汉字 of any length, pinyin or initials
    pub text: Option<String>,
    pub ranges: Vec<Range>,
    /// text columns that contain a text
    pub contains: Vec<(Field, String)>,
    /// columns that are empty (`true`) or not
    pub empty: Vec<(Field, bool)>,
    pub ids: Vec<ProjectId>,
    /// internal numbers among which every answer lies; the store finds them itself by an index
    pub among: Option<Vec<i64>>,
}

impl Filter {
    /// Everything with one standing.
    pub const fn new(plan_year: FiscalYear, standing: Standing) -> Filter {
        Filter {
            plan_year,
            standing,
            area: None,
            areas: Vec::new(),
            in_area: None,
            categories: Vec::new(),
            stages: Vec::new(),
            natures: Vec::new(),
            sources: Vec::new(),
            no_source: false,
            gap: false,
            gates_missing: false,
            quiet_before: None,
            site: None,
            text: None,
            ranges: Vec::new(),
            contains: Vec::new(),
            empty: Vec::new(),
            ids: Vec::new(),
            among: None,
        }
    }

    /// True when the kept totals answer: area × list × category × stage and nothing else.
    pub fn is_kept(&self) -> bool {
        self.standing != Standing::Pool && self.in_area.is_none() && !self.needs_project()
    }

    /// True when a column of `project` or a part of it is asked for.
    pub(crate) fn needs_project(&self) -> bool {
        let text = self.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let marked = self.gap || self.gates_missing || self.quiet_before.is_some();
        let by_source = self.no_source || !self.sources.is_empty();
        text || marked
            || by_source
            || self.site.is_some()
            || self.among.is_some()
            || !(self.natures.is_empty()
                && self.ranges.is_empty()
                && self.contains.is_empty()
                && self.empty.is_empty()
                && self.ids.is_empty())
    }

    /// The areas to look under; those outside the scope are left out, and nothing left means nothing found.
    pub(crate) fn areas_within(&self, scope: &Scope) -> Vec<AreaPath> {
        let asked: Vec<&AreaPath> = self.areas.iter().chain(&self.area).collect();
        if asked.is_empty() {
            return vec![scope.area().clone()];
        }
        let within = |area: &AreaPath| scope.narrowed(area).map(|scope| scope.area().clone());
        asked.into_iter().filter_map(within).collect()
    }

    /// Table or join to read from and the alias (`e` or `p`) that holds area, category, stage and number.
    pub(crate) fn source(&self, join: bool) -> (Sql, &'static str) {
        let year = i64::from(self.plan_year.get());
        match self.standing {
            // SQLite takes the tables of a CROSS JOIN in the order written: from the numbers found to their entries.
            Standing::List(_) | Standing::AnyList if self.among.is_some() => {
                (Sql::new("project p CROSS JOIN list_entry e ON e.project_id = p.id"), "e")
            }
            Standing::List(_) | Standing::AnyList if join => {
                (Sql::new("list_entry e JOIN project p ON p.id = e.project_id"), "e")
            }
            Standing::List(_) | Standing::AnyList => (Sql::new("list_entry e"), "e"),
            Standing::Pool | Standing::Everywhere => (
                Sql::new("project p LEFT JOIN list_entry e ON e.project_id = p.id AND e.plan_year = ?")
                    .with(year),
                "p",
            ),
        }
    }

    /// ` WHERE …` with the scope first; a filter outside the scope asks for nothing.
    pub(crate) fn condition(&self, sql: &mut Sql, scope: &Scope, alias: &str) {
        sql.push(" WHERE ");
        let areas = self.areas_within(scope);
        sql.push(if areas.is_empty() { "(1 = 0" } else { "(" });
        for (at, area) in areas.iter().enumerate() {
            sql.push(if at == 0 { "" } else { " OR " });
            scope::under(sql, &format!("{alias}.area_path"), area);
        }
        sql.push(")");
        if let Some(area) = self.in_area {
            sql.bind(&format!(" AND {alias}.area_code = ?"), area.to_string());
        }
        match self.standing {
            Standing::List(horizon) => {
                sql.bind(" AND e.plan_year = ?", i64::from(self.plan_year.get()));
                sql.bind(" AND e.horizon = ?", horizon.code().to_owned());
            }
            // Naming all three lets the page index serve, which begins with plan year and horizon.
            Standing::AnyList => {
                sql.bind(" AND e.plan_year = ?", i64::from(self.plan_year.get()));
            }
            Standing::Pool => drop(sql.push(" AND e.project_id IS NULL")),
            Standing::Everywhere => {}
        }
        if let Some(numbers) = &self.among {
            let list = serde_json::to_string(numbers).unwrap_or_default();
            sql.bind(" AND p.number IN (SELECT value FROM json_each(?))", list);
        }
        self.dictionaries(sql, alias);
        self.by_text(sql);
        self.by_parts(sql);
        if let Some(site) = self.site {
            sql.bind(
                " AND p.id IN (SELECT project_id FROM project_site WHERE site_id = ?)",
                site.to_string(),
            );
        }
        if !self.ids.is_empty() {
            sql.push(" AND p.id IN ").list(self.ids.iter().map(ProjectId::to_string));
        }
        self.columns(sql);
    }

    fn dictionaries(&self, sql: &mut Sql, alias: &str) {
        if !self.categories.is_empty() {
            sql.push(&format!(" AND {alias}.category IN "))
                .list(self.categories.iter().map(|item| item.code().to_owned()));
        }
        if !self.stages.is_empty() {
            sql.push(&format!(" AND {alias}.stage IN "))
                .list(self.stages.iter().map(|item| item.code().to_owned()));
        }
        if !self.natures.is_empty() {
            sql.push(" AND p.nature IN ").list(self.natures.iter().map(|item| item.code().to_owned()));
        }
    }

    /// What is known only from the tables beside the project.
    fn by_parts(&self, sql: &mut Sql) {
        let of = "FROM project_amount x WHERE x.project_id = p.id AND x.kind = 'source'";
        if !self.sources.is_empty() {
            sql.push(&format!(" AND EXISTS (SELECT 1 {of} AND x.key IN "));
            sql.list(self.sources.iter().map(|source| source.code().to_owned())).push(")");
        }
        if self.no_source {
            sql.push(&format!(" AND NOT EXISTS (SELECT 1 {of})"));
        }
        if self.gap {
            sql.push(&format!(" AND p.total_fen <> (SELECT COALESCE(SUM(x.fen), 0) {of})"));
        }
        if self.gates_missing {
            let gates = Gate::ALL.len();
            sql.push(&format!(
                " AND (SELECT COUNT(*) FROM project_gate x WHERE x.project_id = p.id) < {gates}"
            ));
        }
        if let Some(before) = self.quiet_before {
            sql.bind(" AND p.updated_at < ?", before);
        }
    }

    /// Every word must be found.
    fn by_text(&self, sql: &mut Sql) {
        for word in self.text.as_deref().unwrap_or_default().split_whitespace().take(8) {
            let pattern = anywhere(word);
            sql.bind(" AND (p.search_text LIKE ? ESCAPE '\\'", pattern.clone());
            if may_be_pinyin(word) {
                sql.bind(" OR p.pinyin LIKE ? ESCAPE '\\'", pattern.clone());
                sql.bind(" OR p.initials LIKE ? ESCAPE '\\'", pattern);
            }
            sql.push(")");
        }
    }

    fn columns(&self, sql: &mut Sql) {
        for range in &self.ranges {
            for (bound, sign) in [(&range.least, ">="), (&range.most, "<=")] {
                if let Some(value) = bound {
                    sql.push(" AND ");
                    expression(sql, range.field);
                    sql.bind(&format!(" {sign} ?"), super::row::stored(range.field, Some(value.clone())));
                }
            }
        }
        for (field, text) in &self.contains {
            sql.push(" AND ");
            expression(sql, *field);
            sql.bind(" LIKE ? ESCAPE '\\'", anywhere(text));
        }
        for (field, empty) in &self.empty {
            sql.push(" AND ");
            expression(sql, *field);
            sql.push(if *empty { " IS NULL" } else { " IS NOT NULL" });
        }
    }
}

/// The value of any field as SQL over `p` and `e`, NULL when empty.
pub(crate) fn expression(sql: &mut Sql, field: Field) {
    if let Some(name) = column(field) {
        sql.push(&format!("p.{name}"));
        return;
    }
    let part = |sql: &mut Sql, kind: &str, key: String| {
        sql.push(&format!(
            "(SELECT x.fen FROM project_amount x WHERE x.project_id = p.id AND x.kind = '{kind}'"
        ));
        sql.bind(" AND x.key = ?)", key);
    };
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other field has a column and was answered above"
    )]
    match field {
        Field::Source(source) => part(sql, "source", source.code().to_owned()),
        Field::Year(year) => part(sql, "year", year.to_string()),
        Field::Gate(gate) => {
            sql.bind(
                "(SELECT x.passed_on FROM project_gate x WHERE x.project_id = p.id AND x.gate = ?)",
                gate.code().to_owned(),
            );
        }
        Field::Sites => {
            sql.push("(SELECT MIN(x.site_id) FROM project_site x WHERE x.project_id = p.id)");
        }
        Field::Horizon => {
            sql.push("e.horizon");
        }
        Field::Maturity => {
            sql.push("p.maturity_score");
        }
        _ => {
            sql.push("p.number");
        }
    }
}

/// True when `expression` gives a whole number.
pub(crate) const fn is_numeric(field: Field) -> bool {
    is_number(field.kind()) || matches!(field, Field::Number | Field::Maturity)
}

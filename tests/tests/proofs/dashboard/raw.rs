//! The raw rows behind the leaders' page, read past the product: every sum is written anew and uses no kept total.

use contract::dashboard::{DashboardView, Key, Value};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use std::time::{Duration, Instant};
use tests::bank::beside;
use tests::world::World;

pub struct Raw(DatabaseConnection);

/// Findings that wait for somebody.
const OPEN: &str = "('pending', 'verified', 'rectifying', 'rectified')";

/// Estimates of every kind, of which one is the headline, so that adding the others up would be seen.
const LINES: [(&str, &str, &str, &str, i64); 5] = [
    ("operation", "direct", "post", "all", 700),
    ("operation", "direct", "post", "relocated", 310),
    ("operation", "direct", "household", "all", 5000),
    ("operation", "indirect", "post", "all", 90),
    ("construction", "direct", "post", "all", 1100),
];

impl Raw {
    pub async fn beside(world: &World) -> Raw {
        Raw(beside(&world.url()).await)
    }

    async fn run(&self, text: &str) {
        self.0.execute_unprepared(text).await.unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    }

    /// One number, or nothing.
    async fn number(&self, text: &str) -> Option<i64> {
        let statement = Statement::from_string(self.0.get_database_backend(), text);
        let row = self.0.query_one_raw(statement).await.unwrap_or_else(|fault| panic!("{fault}\n{text}"));
        row.and_then(|row| row.try_get::<Option<i64>>("", "n").unwrap())
    }

    /// Codes of an area and all under it.
    pub async fn areas(&self, code: &str) -> Vec<String> {
        let text = format!("SELECT code AS code FROM area WHERE path LIKE '%/{code}/%' ORDER BY path");
        let statement = Statement::from_string(self.0.get_database_backend(), text);
        let rows = self.0.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get("", "code").unwrap()).collect()
    }

    /// Estimates and returns of every project: books that count and books that do not, rows that are missing, figures nobody gave.
    pub async fn fill(&self) {
        // Every third project is finished; lists repeat the stage.
        for (table, id) in [("project", "number"), ("list_entry", "number")] {
            self.run(&format!("UPDATE {table} SET stage = 'completed' WHERE {id} % 3 = 0")).await;
        }
        self.run("DELETE FROM estimate_line").await;
        for (phase, layer, unit, population, milli) in LINES {
            self.run(&format!(
                "INSERT INTO estimate_line (project_id, phase, layer, unit, population, area_code, area_path, method, low_milli, standard_milli, high_milli, is_manual, edition) \
                 SELECT id, '{phase}', '{layer}', '{unit}', '{population}', area_code, area_path, 'capacity', 0, (number % 50) * {milli}, (number % 50) * {milli} * 2, 0, 0 FROM project WHERE number % 9 > 0"
            ))
            .await;
        }
        self.run("DELETE FROM project_return").await;
        self.run("DELETE FROM return_book").await;
        for month in 1..=10 {
            let state = match month % 5 {
                0 => "filling",
                3 => "returned",
                _ => "submitted",
            };
            // Every seventh county has another state that month.
            self.run(&format!(
                "INSERT INTO return_book (id, area_code, area_path, month, state, version) \
                 SELECT area_code || '-{month}', area_code, MIN(area_path), '2026-{month:02}', CASE WHEN CAST(area_code AS BIGINT) % 7 = {month} % 7 THEN 'filling' ELSE '{state}' END, 1 FROM project GROUP BY area_code"
            ))
            .await;
            self.run(&format!(
                "INSERT INTO project_return (project_id, month, area_code, area_path, is_started, invested_cumulative_fen, jobs_present, jobs_present_relocated, version, updated_at) \
                 SELECT id, '2026-{month:02}', area_code, area_path, CASE WHEN number % 4 < {month} THEN 1 ELSE 0 END, number % 13 * 1000003 * {month}, \
                 CASE WHEN number % 11 = 0 THEN NULL ELSE number % 17 + {month} END, number % 5, 1, 0 FROM project WHERE number % 6 <> {month} % 6"
            ))
            .await;
        }
    }

    /// Waits until the rules have followed what was changed: findings that move would be counted at two moments.
    pub async fn settled(&self) {
        let begin = Instant::now();
        let mut before = None;
        loop {
            let now = self
                .number("SELECT CAST(COALESCE(SUM(version), 0) + COUNT(*) AS BIGINT) AS n FROM finding")
                .await;
            if now == before {
                return;
            }
            before = now;
            assert!(begin.elapsed() < Duration::from_secs(300), "the rules do not come to rest");
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
    }

    /// Every figure of the cards against its own sum.
    pub async fn agrees(&self, view: &DashboardView, place: &str) {
        for (key, value) in self.sums(view).await {
            assert_eq!(view.value(key), value, "{place}: {key:?}");
        }
        for (source, fen) in &view.composition {
            let own = format!(" AND e.source = '{}'", source.code());
            assert_eq!(Some(fen.fen()), self.reached(view, 0, &own).await, "{place}: {source:?}");
        }
        for (level, count) in
            [("red", view.warnings.red), ("warning", view.warnings.warning), ("hint", view.warnings.hint)]
        {
            let found = self.findings(view, &format!(" AND f.level = '{level}'")).await;
            assert_eq!(found, i64::try_from(count).unwrap(), "{place}: {level}");
        }
    }

    async fn sums(&self, view: &DashboardView) -> Vec<(Key, Value)> {
        let year = view.as_of.year();
        let (area, source) = (under(view, "p.area_path"), drawn(view));
        let projects = format!("FROM project p WHERE {area}{source}");
        let listed = format!(
            "FROM project p JOIN list_entry l ON l.project_id = p.id AND l.plan_year = {year} AND l.horizon = '1y' WHERE {area}{source}"
        );
        let planned = listed.replacen(
            " WHERE ",
            &format!(" JOIN project_amount a ON a.project_id = p.id AND a.kind = 'year' AND a.key = '{year}' WHERE "),
            1,
        );
        let count = |found: Option<i64>| Value::Count(found.unwrap_or_default());
        let amount =
            |found: Option<i64>| Value::Amount(domain::money::Delta::from_fen(found.unwrap_or_default()));
        let sum = |what: &str| format!("SELECT CAST(SUM({what}) AS BIGINT) AS n ");
        let counted = "SELECT COUNT(*) AS n ";
        let newest = self.newest(view, &listed);
        let known = |found: Option<i64>| found.map_or(Value::Unknown, Value::Count);
        let plan = sum("a.fen") + planned.as_str();
        let industry =
            sum("CASE WHEN p.category IN ('productive_industry', 'living_industry') THEN a.fen ELSE 0 END")
                + planned.as_str();
        let due = format!(" AND f.due_on < '{}'", domain::period::business_date(view.at.and_utc()));
        vec![
            (Key::Reserve, count(self.number(&format!("{counted}{projects}")).await)),
            (Key::ReserveTotal, amount(self.number(&(sum("p.total_fen") + projects.as_str())).await)),
            (Key::ReserveAdded, count(self.number(&added(view, &projects)).await)),
            (Key::PlanProjects, count(self.number(&format!("{counted}{listed}")).await)),
            (Key::Plan, amount(self.number(&(sum("a.fen") + planned.as_str())).await)),
            (Key::Issued, amount(self.reached(view, 0, "").await)),
            (Key::Disbursed, amount(self.reached(view, 2, "").await)),
            (Key::Paid, amount(self.reached(view, 3, "").await)),
            (Key::Estimate, count(self.estimate(&listed).await)),
            (Key::Present, known(self.number(&newest.replace("WHAT", "jobs_present")).await)),
            (Key::Started, count(self.number(&newest.replace("WHAT", "is_started")).await)),
            (
                Key::Invested,
                self.number(&newest.replace("WHAT", "invested_cumulative_fen"))
                    .await
                    .map_or(Value::Unknown, |fen| Value::Amount(domain::money::Delta::from_fen(fen))),
            ),
            (Key::JobsRate, self.met(&newest).await),
            (Key::Industry, share(self.number(&industry).await, self.number(&plan).await)),
            (
                Key::InvestedRate,
                share(
                    self.number(&newest.replace("WHAT", "invested_cumulative_fen")).await,
                    self.number(&plan).await,
                ),
            ),
            (Key::Findings, Value::Count(self.findings(view, "").await)),
            (Key::Overdue, Value::Count(self.findings(view, &due).await)),
            (Key::LateStart, Value::Count(self.findings(view, " AND f.rule = 'R27'").await)),
        ]
    }

    /// Whole posts, half up, of the one headline.
    async fn estimate(&self, listed: &str) -> Option<i64> {
        let text = listed.replacen(
            " WHERE ",
            " JOIN estimate_line t ON t.project_id = p.id AND t.phase = 'operation' AND t.layer = 'direct' AND t.unit = 'post' AND t.population = 'all' WHERE ",
            1,
        );
        let milli = self.number(&format!("SELECT CAST(SUM(t.standard_milli) AS BIGINT) AS n {text}")).await?;
        Some((milli + 500) / 1000)
    }

    /// People present by posts estimated, of the projects that have both.
    async fn met(&self, newest: &str) -> Value {
        let both = |what: &str| {
            newest.replace("SUM(n.WHAT)", &format!("SUM({what})")).replace(
                ") n WHERE",
                ") n JOIN estimate_line t ON t.project_id = n.project_id AND t.phase = 'operation' AND t.layer = 'direct' AND t.unit = 'post' AND t.population = 'all' JOIN project q ON q.id = n.project_id AND q.stage IN ('completed', 'accepted') WHERE n.jobs_present IS NOT NULL AND",
            )
        };
        let (came, held) =
            (self.number(&both("n.jobs_present")).await, self.number(&both("t.standard_milli")).await);
        share(came.map(|came| came * 1000), held)
    }

    /// The newest return that counts, by numbering all of them.
    fn newest(&self, view: &DashboardView, listed: &str) -> String {
        let year = view.as_of.year();
        let returns = listed.replacen(
            " WHERE ",
            &format!(
                " JOIN project_return r ON r.project_id = p.id AND r.month BETWEEN '{year}-01' AND '{}' \
                 JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month AND b.state IN ('submitted', 'accepted') WHERE ",
                view.as_of
            ),
            1,
        );
        format!(
            "SELECT CAST(SUM(n.WHAT) AS BIGINT) AS n FROM (SELECT r.project_id, r.jobs_present, r.is_started, r.invested_cumulative_fen, \
             ROW_NUMBER() OVER (PARTITION BY r.project_id ORDER BY r.month DESC) AS place {returns}) n WHERE n.place = 1"
        )
    }

    /// What has reached a stage (0 下达 … 3 支付), from the entries.
    async fn reached(&self, view: &DashboardView, stage: usize, more: &str) -> Option<i64> {
        let (movements, stages) =
            (["issue", "receive", "disburse", "pay"], ["issued", "received", "disbursed", "paid"]);
        let later = |word: &str| {
            let codes: Vec<String> =
                stages[stage..].iter().map(|stage| format!("'{word}:{stage}'")).collect();
            codes.join(", ")
        };
        let source =
            view.source.map(|source| format!(" AND e.source = '{}'", source.code())).unwrap_or_default();
        let category = of_category(view, "e.project_id");
        self.number(&format!(
            "SELECT CAST(SUM(CASE WHEN e.movement = '{}' OR e.movement IN ({}) THEN e.fen WHEN e.movement IN ({}, {}) THEN -e.fen ELSE 0 END) AS BIGINT) AS n \
             FROM ledger_entry e WHERE {} AND e.budget_year = {} AND e.month <= '{}'{source}{category}{more}",
            movements[stage],
            later("transfer_in"),
            later("transfer_out"),
            later("recover"),
            under(view, "e.area_path"),
            view.as_of.year(),
            view.as_of,
        ))
        .await
    }

    async fn findings(&self, view: &DashboardView, more: &str) -> i64 {
        let source =
            view.source.map(|source| format!(" AND f.source = '{}'", source.code())).unwrap_or_default();
        let (area, category) = (under(view, "f.area_path"), of_category(view, "f.project_id"));
        let text = format!(
            "SELECT COUNT(*) AS n FROM finding f WHERE f.state IN {OPEN} AND {area}{source}{category}{more}"
        );
        self.number(&text).await.unwrap()
    }
}

/// Lies in the area looked at.
fn under(view: &DashboardView, column: &str) -> String {
    let (code, _) = view.area().unwrap();
    format!("{column} LIKE '%/{code}/%'")
}

/// Of the category now.
fn of_category(view: &DashboardView, column: &str) -> String {
    let Some(category) = view.category else { return String::new() };
    format!(" AND (SELECT k.category FROM project k WHERE k.id = {column}) = '{}'", category.code())
}

/// Of the category, and draws on the source.
fn drawn(view: &DashboardView) -> String {
    let category = of_category(view, "p.id");
    let Some(source) = view.source else { return category };
    format!(
        "{category} AND p.id IN (SELECT s.project_id FROM project_amount s WHERE s.kind = 'source' AND s.key = '{}')",
        source.code()
    )
}

/// Entered within the month, by the clock of China.
fn added(view: &DashboardView, projects: &str) -> String {
    let begin = |month: domain::period::Month| {
        let noon = month.first_day().and_hms_opt(0, 0, 0).unwrap() - chrono::Duration::hours(8);
        noon.and_utc().timestamp_millis()
    };
    let (from, to) = (begin(view.as_of), begin(view.as_of.next().unwrap()));
    format!("SELECT COUNT(*) AS n {projects} AND p.created_at BETWEEN {from} AND {}", to - 1)
}

/// In thousandths, halves up; unknown without a part or a whole.
fn share(part: Option<i64>, whole: Option<i64>) -> Value {
    match (part, whole) {
        (Some(part), Some(whole)) if whole > 0 => {
            let (part, whole) = (i128::from(part), i128::from(whole));
            Value::Share(i64::try_from((part * 2000 + whole) / (whole * 2)).unwrap())
        }
        (_, _) => Value::Unknown,
    }
}

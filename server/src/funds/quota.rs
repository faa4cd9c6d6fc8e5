//! `/funds/sources/export` and `/funds/notices/export`: 额度分解表 and 下达文件 as workbooks, in the reader's words. Reads the
//! same query as the page of each.

use crate::figures::{Head, about, amounts, column, count, table, text, written};
use crate::state::State;
use crate::tables::{hand_out, query};
use app::fund::address::{notices_asked, sources_asked};
use app::fund::notices::step_word;
use app::fund::rules::said;
use app::fund::sources::{life_words, used_per_mille};
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::form::Form;
use contract::fund::{NoticeLine, SourceLine, SourcesView};
use domain::money::Delta;
use domain::period::FiscalYear;
use domain::source::Source;
use service::fund;
use service::fund::export::NoticesTaken;
use sheet::write::figures::{FigureCell, Figures};
use words::{Locale, name, t};

type Pairs = Vec<(String, String)>;

/// Every source with its envelope in one area and year.
pub async fn sources(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let asked = sources_asked(&query(pairs)).check()?;
        let view = fund::export::sources(&call, asked).await?;
        written(&call, t!(l, fund.quota_table), move |head| sources_table(l, head, view)).await
    })
    .await
}

/// Every notice of a filter.
pub async fn notices(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let asked = notices_asked(&query(pairs)).check()?;
        let (source, year) = (asked.source, asked.year);
        let found = fund::export::notices(&call, asked).await?;
        written(&call, t!(l, fund.notices), move |head| notices_table(l, head, found, source, year)).await
    })
    .await
}

fn sources_table(l: Locale, head: &Head, view: SourcesView) -> Figures {
    let headings = vec![
        column(t!(l, fund.source), 30),
        amounts(t!(l, fund.quota)),
        amounts(t!(l, fund.arranged)),
        amounts(t!(l, fund.left)),
        column(t!(l, fund.used), 10),
        column(t!(l, fund.spend_by), 12),
        column(t!(l, fund.notices), 10),
        column(t!(l, fund.rules), 90),
    ];
    let row = |line: &SourceLine| {
        vec![
            text(format!("{} {}", name::source(l, line.source), line.source.code())),
            FigureCell::Amount(Delta::from(line.quota)),
            FigureCell::Amount(line.arranged),
            FigureCell::Amount(line.left),
            used_per_mille(line.quota, line.arranged).map_or(FigureCell::Empty, FigureCell::Share),
            line.spend_by.map_or(FigureCell::Empty, FigureCell::Date),
            count(line.notices),
            text(rules(l, line)),
        ]
    };
    let rows = view.rows.iter().map(row).collect();
    let mut made = table(l, head, headings, rows);
    let year = view.year.to_string();
    made.about =
        about(head, vec![t!(l, export.reporter, name = view.area_name), t!(l, fund.of_year, year = year)]);
    made.notes = vec![t!(l, fund.sources_lead).to_owned()];
    made
}

/// Life span and rules of a source, a line each.
fn rules(l: Locale, line: &SourceLine) -> String {
    let life = life_words(l, line).join(" · ");
    let clauses = line.clauses.iter().map(|clause| said(l, clause));
    let lines: Vec<String> = std::iter::once(life).filter(|life| !life.is_empty()).chain(clauses).collect();
    lines.join("\n")
}

fn notices_table(
    l: Locale,
    head: &Head,
    found: NoticesTaken,
    source: Option<Source>,
    year: Option<FiscalYear>,
) -> Figures {
    let headings = vec![
        column(t!(l, fund.document), 30),
        column(t!(l, fund.date), 12),
        column(t!(l, fund.source), 28),
        column(t!(l, fund.year), 10),
        column(t!(l, fund.area), 20),
        amounts(t!(l, fund.amount)),
        amounts(t!(l, fund.arranged)),
        amounts(t!(l, fund.left)),
        column(t!(l, fund.projects), 10),
        column(t!(l, fund.split_state), 16),
    ];
    let row = |line: &NoticeLine| {
        vec![
            text(line.document.as_str()),
            FigureCell::Date(line.date),
            text(name::source(l, line.source)),
            text(line.year.to_string()),
            text(line.area_name.as_str()),
            FigureCell::Amount(Delta::from(line.amount)),
            FigureCell::Amount(Delta::from(line.arranged)),
            FigureCell::Amount(line.left),
            count(line.projects),
            text(step_word(l, line)),
        ]
    };
    let rows = found.rows.iter().map(row).collect();
    let mut made = table(l, head, headings, rows);
    let reporter = t!(l, export.reporter, name = found.area_name);
    let source = source.map(|source| name::source(l, source).to_owned());
    let year = year.map(|year| t!(l, fund.of_year, year = year.to_string()));
    made.about = about(head, [Some(reporter), source, year].into_iter().flatten().collect());
    made
}

//! `/funds/ledger/…/export`: entries, positions, pairs out of order, standing and reports as workbooks, in the reader's words.
//! Reads the same query as the page of each. Envelopes and notices lie in `quota`, the matrix in `control`.

pub mod control;
pub mod quota;

use crate::figures::{Head, about as under, amounts, column, maybe, table, text, written};
use crate::state::State;
use crate::tables::{Made, XLSX, hand_out, query};
use app::ledger::address::{Place, standing_of};
use app::ledger::inverted::excess;
use app::ledger::standing::{grouping, lying_at, span};
use app::ledger::text::{about, movement};
use axum::extract::{Path, Query, Request};
use axum::response::Response;
use contract::form::Form;
use contract::ledger::asked::Taken;
use contract::ledger::command::LedgerQuery;
use contract::ledger::form::{LedgerForm, ReportForm, StandingForm};
use contract::ledger::standing::{Group, StandingLine, StandingView};
use contract::ledger::{EntryLine, InvertedPair, PositionLine};
use domain::ledger::{Span, Stage, Standing};
use service::{Call, Outcome, ledger};
use sheet::write::figures::{FigureCell, Figures};
use words::{Locale, name, t};

type Pairs = Vec<(String, String)>;

/// Every entry of a filter.
pub async fn entries(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    let title = |l: Locale| t!(l, ledger.title);
    of_filter(&state, pairs, request, ledger::export::entries, title, entries_table).await
}

/// Every position of a filter.
pub async fn positions(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    let title = |l: Locale| t!(l, ledger.tab_positions);
    of_filter(&state, pairs, request, ledger::export::positions, title, positions_table).await
}

/// 资金倒挂: every pair of a filter.
pub async fn inverted(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    let title = |l: Locale| t!(l, ledger.tab_inverted);
    of_filter(&state, pairs, request, ledger::export::inverted, title, inverted_table).await
}

/// Where money stands.
pub async fn standing(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let form: StandingForm = standing_of(&query(pairs));
        let taken = ledger::export::standing(&call, form.check()?).await?;
        written(&call, t!(l, ledger.tab_standing), move |head| standing_table(l, head, taken)).await
    })
    .await
}

/// The workbook of a report as it went out first: Chinese for everybody, since its bytes are the same for everybody.
pub async fn report(
    axum::extract::State(state): axum::extract::State<State>,
    Path(report): Path<String>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, _| async move {
        let made = ledger::report::export(&call, ReportForm { report }.check()?).await?;
        Made::Ok((made.bytes, made.name, XLSX))
    })
    .await
}

/// What `read` finds of a ledger's filter, as the table made of it.
async fn of_filter<T: Send + 'static>(
    state: &State,
    pairs: Pairs,
    request: Request,
    read: impl AsyncFn(&Call, LedgerQuery) -> Outcome<Taken<Vec<T>>>,
    title: fn(Locale) -> &'static str,
    table: fn(Locale, &Head, Vec<T>) -> Figures,
) -> Response {
    hand_out(state, request, |call, l| async move {
        let form: LedgerForm = Place::read(&query(pairs)).form;
        let Taken { asked, found } = read(&call, form.check()?).await?;
        let made = move |head: &Head| {
            let mut made = table(l, head, found);
            made.about = under(head, about(l, &asked));
            made
        };
        written(&call, title(l), made).await
    })
    .await
}

fn entries_table(l: Locale, head: &Head, lines: Vec<EntryLine>) -> Figures {
    let headings = vec![
        column(t!(l, ledger.seq), 8),
        column(t!(l, ledger.date), 12),
        column(t!(l, ledger.kind), 14),
        column(t!(l, ledger.project), 30),
        column(t!(l, ledger.column_code), 24),
        column(t!(l, common.area), 20),
        column(t!(l, ledger.source), 24),
        column(t!(l, ledger.year), 10),
        amounts(t!(l, ledger.amount)),
        column(t!(l, ledger.document), 24),
        column(t!(l, ledger.voucher), 16),
        column(t!(l, ledger.payee), 24),
        column(t!(l, ledger.purpose), 24),
        column(t!(l, ledger.memo), 24),
        column(t!(l, ledger.month), 10),
        column(t!(l, ledger.maker), 12),
        column(t!(l, ledger.checker), 12),
        column(t!(l, ledger.origin), 30),
    ];
    let row = |entry: EntryLine| {
        let origin = entry.origin.map(|at| format!("{} {} {}", at.file_name, at.sheet, at.cell));
        vec![
            FigureCell::Count(entry.seq),
            FigureCell::Date(entry.date),
            text(movement(l, entry.movement)),
            text(entry.project.name),
            maybe(entry.project.code),
            text(entry.project.area_name),
            text(name::source(l, entry.source)),
            text(entry.year.to_string()),
            FigureCell::Amount(entry.effect),
            maybe(entry.document),
            maybe(entry.voucher),
            maybe(entry.payee),
            maybe(entry.purpose),
            maybe(entry.memo),
            text(entry.month.to_string()),
            text(entry.maker),
            text(entry.checker),
            text(origin.unwrap_or_else(|| t!(l, ledger.by_hand).to_owned())),
        ]
    };
    let rows = lines.into_iter().map(row).collect();
    table(l, head, headings, rows)
}

fn positions_table(l: Locale, head: &Head, lines: Vec<PositionLine>) -> Figures {
    let mut headings = vec![
        column(t!(l, ledger.project), 30),
        column(t!(l, ledger.column_code), 24),
        column(t!(l, common.area), 20),
        column(t!(l, ledger.source), 24),
        column(t!(l, ledger.year), 10),
    ];
    headings.extend(Stage::ALL.map(|stage| amounts(name::fund_stage(l, stage))));
    let left = [t!(l, ledger.to_receive), t!(l, ledger.to_disburse), t!(l, ledger.to_pay)];
    headings.extend(left.map(amounts));
    let row = |line: PositionLine| {
        let mut cells = vec![
            text(line.project.name),
            maybe(line.project.code),
            text(line.project.area_name),
            text(name::source(l, line.source)),
            text(line.year.to_string()),
        ];
        cells.extend(Stage::ALL.map(|stage| FigureCell::Amount(line.totals.net(stage))));
        let left = line.totals.left();
        cells.extend([left.to_receive, left.to_disburse, left.to_pay].map(FigureCell::Amount));
        cells
    };
    let rows = lines.into_iter().map(row).collect();
    table(l, head, headings, rows)
}

/// The amounts and what is above what: doubts, as the note under them says.
fn inverted_table(l: Locale, head: &Head, pairs: Vec<InvertedPair>) -> Figures {
    let mut headings = vec![
        column(t!(l, ledger.project), 30),
        column(t!(l, ledger.column_code), 24),
        column(t!(l, common.area), 20),
        column(t!(l, ledger.source), 24),
    ];
    headings.extend(Stage::ALL.map(|stage| amounts(name::fund_stage(l, stage))));
    headings.push(column(t!(l, ledger.arithmetic), 44));
    let note = format!("{} {}", t!(l, ledger.pairs, count = pairs.len()), t!(l, ledger.pairs_text));
    let row = |InvertedPair { project, source, totals, breaches }: InvertedPair| {
        let sums: Vec<String> = breaches.iter().map(|breach| excess(l, breach)).collect();
        let mut cells = vec![
            text(project.name),
            maybe(project.code),
            text(project.area_name),
            text(name::source(l, source)),
        ];
        cells.extend(Stage::ALL.map(|stage| FigureCell::Amount(totals.net(stage))));
        cells.push(text(sums.join("\n")));
        cells
    };
    let rows = pairs.into_iter().map(row).collect();
    let mut made = table(l, head, headings, rows);
    made.notes = vec![note];
    made
}

fn standing_table(l: Locale, head: &Head, taken: Taken<StandingView>) -> Figures {
    let Taken { asked, found: view } = taken;
    let mut headings = vec![column(grouping(l, view.by), 30), column(t!(l, ledger.oldest_days), 10)];
    for stage in Standing::STAGES {
        headings.push(amounts(lying_at(l, stage)));
        headings.extend(Span::ALL.map(|one| amounts(format!("{} {}", lying_at(l, stage), span(l, one)))));
    }
    let row = |line: StandingLine| {
        let days = line.standing.oldest().map(|day| (view.as_of - day).num_days());
        let mut cells = vec![text(group(l, line.group)), days.map_or(FigureCell::Empty, FigureCell::Count)];
        for stage in Standing::STAGES {
            let lying = line.standing.at(stage);
            cells.push(FigureCell::Amount(lying.amount()));
            cells.extend(Span::ALL.map(|one| FigureCell::Amount(lying.span(one))));
        }
        cells
    };
    let rows = view.rows.into_iter().map(row).collect();
    let mut made = table(l, head, headings, rows);
    let rows = t!(l, ledger.about_rows, count = view.count);
    made.about = under(head, about(l, &asked).into_iter().chain([rows]).collect());
    made
}

fn group(l: Locale, group: Group) -> String {
    match group {
        Group::Area { name, own: true, .. } => t!(l, ledger.own_level, name = name),
        Group::Area { name, own: false, .. } => name,
        Group::Source { source } => name::source(l, source).to_owned(),
        Group::Project { project } => project.name,
        Group::Year { year } => year.to_string(),
    }
}

//! `/statements/export`: every figure that documents state, with what came of checking it and the figure that is worked with,
//! as a workbook in the reader's words.

use crate::figures::{Head, column, maybe, table, text, written};
use crate::state::State;
use crate::tables::hand_out;
use axum::extract::Request;
use axum::response::Response;
use contract::statement::{StatementLine, WorkingLine};
use domain::statement::check::{Checked, Verdict};
use domain::statement::interval::Interval;
use domain::statement::printed::Kind;
use sheet::write::figures::{FigureCell, Figures, Heading};
use words::explain::statement as explain;
use words::{Locale, format, name, t};

/// The table of all; remarks about texts stay on the page.
pub async fn statements(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let view = service::statement::export(&call, ()).await?;
        written(&call, t!(l, common.statements), move |head| {
            let rows = view.lines.iter().map(|line| row(l, line)).collect();
            statements_table(l, head, rows)
        })
        .await
    })
    .await
}

fn statements_table(l: Locale, head: &Head, rows: Vec<Vec<FigureCell>>) -> Figures {
    let mut made = table(l, head, headings(l), rows);
    made.notes = vec![t!(l, statement.lead).to_owned()];
    made
}

fn headings(l: Locale) -> Vec<Heading> {
    vec![
        column(t!(l, statement.code), 8),
        column(t!(l, statement.indicator), 30),
        column(t!(l, statement.stated), 16),
        column(t!(l, statement.value), 24),
        column(t!(l, statement.difference), 14),
        column(t!(l, statement.least_gap), 14),
        column(t!(l, statement.unit), 12),
        column(t!(l, statement.verdict), 14),
        column(t!(l, statement.severity), 8),
        column(t!(l, statement.arithmetic), 50),
        column(t!(l, statement.place_head), 36),
        column(t!(l, statement.words_head), 40),
        column(t!(l, statement.working), 16),
        column(t!(l, statement.reason), 30),
        column(t!(l, statement.signed_by), 12),
        column(t!(l, statement.signed_at), 16),
    ]
}

fn row(l: Locale, line: &StatementLine) -> Vec<FigureCell> {
    let statement = &line.statement;
    let source = statement.stated().source.as_ref();
    let place = source.map(|source| {
        let (document, locator) = (source.document.clone(), source.locator.clone());
        t!(l, statement.place_short, document = document, locator = locator)
    });
    let [difference, least_gap] = gap(l, line);
    let (verdict, severity) = judged(l, line);
    let mut cells = vec![
        text(statement.code()),
        text(statement.indicator()),
        text(statement.printed().text()),
        computed(l, line),
        difference,
        least_gap,
        text(explain::unit(l, statement.printed().kind())),
        text(verdict),
        text(severity),
        text(explain::basis(l, statement)),
        maybe(place),
        maybe(source.map(|source| source.words.clone())),
    ];
    cells.extend(working(l, line.working.as_ref()));
    cells
}

fn judged(l: Locale, line: &StatementLine) -> (&'static str, &'static str) {
    let none = t!(l, statement.severity_none);
    match &line.checked {
        Err(_) => (t!(l, statement.verdict_cannot), none),
        Ok(checked) => {
            let severity = checked.severity().map_or(none, |severity| name::severity(l, severity));
            (name::verdict(l, &checked.verdict), severity)
        }
    }
}

/// One value as a number; several ways, and what cannot be computed, in words.
fn computed(l: Locale, line: &StatementLine) -> FigureCell {
    let checked = match &line.checked {
        Ok(checked) => checked,
        Err(error) => return text(explain::check_error(l, error)),
    };
    let kind = explain::computed_kind(&line.statement);
    if let [value] = checked.computed.as_slice()
        && kind == line.statement.printed().kind()
    {
        return figure(l, value.named, kind);
    }
    let said =
        |label: &str, value: String| if label.is_empty() { value } else { format!("{label}: {value}") };
    let values = checked.computed.iter().map(|value| said(&value.label, explain::span(l, value.named, kind)));
    text(values.collect::<Vec<_>>().join("\n"))
}

/// The difference by the printed numbers, and the least one whatever their hidden digits are.
fn gap(l: Locale, line: &StatementLine) -> [FigureCell; 2] {
    let verdict = line.checked.as_ref().ok().map(|Checked { verdict, .. }| verdict);
    if let Some(
        Verdict::Differs { difference: by, least_gap } | Verdict::PartExceedsWhole { by, least_gap },
    ) = verdict
    {
        let kind = line.statement.printed().kind();
        return [figure(l, *by, kind), figure(l, Interval::point(*least_gap), kind)];
    }
    [FigureCell::Empty, FigureCell::Empty]
}

/// An amount in whole fen and a number of people as numbers, everything else as people read it.
fn figure(l: Locale, span: Interval, kind: Kind) -> FigureCell {
    let value = span.single();
    let number = match kind {
        Kind::Money => value.and_then(|value| value.fen()).map(FigureCell::Amount),
        Kind::Persons | Kind::Households => value
            .filter(|value| value.floor() == value.ceil())
            .and_then(|value| i64::try_from(value.floor()).ok())
            .map(FigureCell::Count),
        Kind::Percent | Kind::Area | Kind::Number => None,
    };
    number.unwrap_or_else(|| text(explain::span(l, span, kind)))
}

/// The figure that somebody chose to work with, why, who signed it and when.
fn working(l: Locale, working: Option<&WorkingLine>) -> [FigureCell; 4] {
    let Some(working) = working else {
        let none = text(t!(l, statement.working_none));
        return [none, FigureCell::Empty, FigureCell::Empty, FigureCell::Empty];
    };
    [
        figure(l, Interval::point(working.value), working.kind),
        text(working.reason.as_str()),
        text(working.signed_by.as_str()),
        text(format::instant(working.signed_at)),
    ]
}

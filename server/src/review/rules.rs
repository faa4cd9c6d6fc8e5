//! `/findings/rules/export`: 规则目录 as it holds today in the reader's area, as a workbook in the reader's words.

use crate::figures::{Head, about, column, maybe, table, text, written};
use crate::state::State;
use crate::tables::hand_out;
use app::review::rules::{current, elsewhere, lacks, named, ran_counts, runs};
use axum::extract::Request;
use axum::response::Response;
use contract::review::{RuleLine, RulesView};
use domain::review::edition::Edition;
use sheet::write::figures::{FigureCell, Figures};
use words::{Locale, name, t};

/// Every rule with the edition that holds.
pub async fn catalogue(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let view = service::review::rules::export(&call, ()).await?;
        written(&call, t!(l, review.tab_rules), move |head| catalogue_table(l, head, view)).await
    })
    .await
}

fn catalogue_table(l: Locale, head: &Head, view: RulesView) -> Figures {
    let headings = vec![
        column(t!(l, review.rule), 28),
        column(t!(l, review.state), 20),
        column(t!(l, review.lacks_head), 30),
        column(t!(l, review.level), 8),
        column(t!(l, review.parameters), 40),
        column(t!(l, review.basis), 50),
        column(t!(l, review.mark), 14),
        column(t!(l, review.edition), 8),
        column(t!(l, review.valid_from), 12),
        column(t!(l, review.valid_to), 12),
        column(t!(l, review.every_open), 10),
        column(t!(l, review.ran), 30),
    ];
    let rows = view.rules.iter().map(|line| row(l, line)).collect();
    let mut made = table(l, head, headings, rows);
    made.about = about(head, vec![t!(l, review.rules_area, area = view.area_name)]);
    made.notes = vec![t!(l, review.rules_lead).to_owned()];
    made
}

fn row(l: Locale, line: &RuleLine) -> Vec<FigureCell> {
    let state = [Some(runs(l, line)), elsewhere(l, line)];
    let mut cells = vec![
        text(format!("{} {}", line.rule, name::review::rule(l, line.rule))),
        text(state.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
        maybe(lacks(l, line)),
    ];
    cells.extend(edition(l, current(line)));
    cells.extend([FigureCell::Count(i64::from(line.open)), maybe(ran_counts(l, line))]);
    cells
}

/// Level, parameters, basis, mark, number, first and last day.
fn edition(l: Locale, edition: Option<&Edition>) -> [FigureCell; 7] {
    let Some(edition) = edition else {
        let none = FigureCell::Empty;
        let said = text(t!(l, review.no_edition));
        return [none.clone(), none.clone(), said, none.clone(), none.clone(), none.clone(), none];
    };
    let parameters = named(l, edition).into_iter().map(|(word, value)| format!("{word}: {value}"));
    [
        text(name::review::finding_level(l, edition.level)),
        text(parameters.collect::<Vec<_>>().join("\n")),
        text(edition.basis.as_str()),
        text(format!("{} · {}", edition.mark.code(), name::mark(l, edition.mark))),
        FigureCell::Count(i64::from(edition.number)),
        FigureCell::Date(edition.valid_from),
        edition.valid_to.map_or(FigureCell::Empty, FigureCell::Date),
    ]
}

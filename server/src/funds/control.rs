//! `/admin/controls/export`: the control matrix that applies, sources down and kinds across, in the reader's words.

use crate::figures::{Head, about, column, table, text, written};
use crate::state::State;
use crate::tables::hand_out;
use app::ledger::control::{meaning, valid};
use axum::extract::Request;
use axum::response::Response;
use contract::ledger::ControlView;
use domain::ledger::{Control, Kind, Response as Answer};
use domain::source::Source;
use service::ledger::control;
use sheet::write::figures::{FigureCell, Figures};
use words::{Locale, name, t};

/// The matrix of today; what its editions changed stays on the page.
pub async fn matrix(axum::extract::State(state): axum::extract::State<State>, request: Request) -> Response {
    hand_out(&state, request, |call, l| async move {
        let view = control::export(&call, ()).await?;
        written(&call, t!(l, control.title), move |head| matrix_table(l, head, &view)).await
    })
    .await
}

fn matrix_table(l: Locale, head: &Head, view: &ControlView) -> Figures {
    let kinds = Kind::ALL.map(|kind| column(name::fund_kind(l, kind), 12));
    let headings = std::iter::once(column(t!(l, ledger.source), 30)).chain(kinds).collect();
    let applies = view
        .cells
        .iter()
        .fold(Control::default(), |control, (kind, source, answer)| control.with(*kind, *source, *answer));
    let row = |source: Source| -> Vec<FigureCell> {
        let answers = Kind::ALL.map(|kind| text(name::response(l, applies.get(kind, source))));
        std::iter::once(text(name::source(l, source))).chain(answers).collect()
    };
    let rows = Source::ALL.into_iter().map(row).collect();
    let mut made = table(l, head, headings, rows);
    made.about = about(head, vec![valid(l, view.validity)]);
    let said = |answer: Answer| format!("{}: {}", name::response(l, answer), meaning(l, answer));
    made.notes = Answer::ALL.map(said).to_vec();
    made
}

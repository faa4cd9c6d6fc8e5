//! `/jobs/portfolio/export`: the sums of estimates as they stand on the page, as a workbook that says how ranges were found.

use crate::figures::{Head, about, column, count, table, text, written};
use crate::state::State;
use crate::tables::{hand_out, query};
use app::jobs::portfolio::address::asked;
use app::jobs::portfolio::page::{kind, rule, sentence};
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::form::Form;
use contract::jobs::portfolio::PortfolioView;
use domain::jobs::portfolio::Total;
use sheet::write::figures::{FigureCell, Figures};
use words::{Locale, t};

/// The sums of a filter.
pub async fn sums(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let form = asked(&query(pairs));
        let view = service::jobs::portfolio::export(&call, form.check()?).await?;
        written(&call, t!(l, portfolio.title), move |head| sums_table(l, head, &view)).await
    })
    .await
}

fn sums_table(l: Locale, head: &Head, view: &PortfolioView) -> Figures {
    let plain = t!(l, portfolio.plain);
    let headings = vec![
        column(t!(l, portfolio.kind), 36),
        column(t!(l, coefficient.projects), 10),
        column(t!(l, portfolio.standard), 14),
        column(&format!("{} · {}", t!(l, portfolio.drawn), t!(l, jobs.low)), 18),
        column(&format!("{} · {}", t!(l, portfolio.drawn), t!(l, jobs.high)), 18),
        column(&format!("{plain} · {}", t!(l, jobs.low)), 18),
        column(&format!("{plain} · {}", t!(l, jobs.high)), 18),
    ];
    let row = |total: &Total| {
        let (drawn, plain) = (total.drawn, total.plain);
        let mut cells = vec![text(kind(l, total)), count(u64::from(total.projects))];
        cells.extend(
            [plain.standard(), drawn.low(), drawn.high(), plain.low(), plain.high()]
                .map(FigureCell::Thousandths),
        );
        cells
    };
    let mut made = table(l, head, headings, view.totals.iter().map(row).collect());
    let served = view.served;
    made.about = about(head, vec![sentence(l, view)]);
    made.notes = vec![
        rule(l, view),
        t!(l, portfolio.parts).to_owned(),
        t!(
            l,
            portfolio.served_text,
            gross = served.gross.to_string(),
            overlap = served.overlap.to_string(),
            net = served.net.to_string()
        ),
        t!(l, portfolio.served_rule).to_owned(),
    ];
    made
}

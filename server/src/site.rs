//! `/communities/standing/export`: communities in the order of need, with the figures it stands on, as a workbook in the
//! reader's words.

use crate::figures::{amounts, column, count, maybe, table, text, written};
use crate::state::State;
use crate::tables::{hand_out, query};
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::form::Form;
use contract::site::SiteRow;
use sheet::write::figures::{FigureCell, Heading};
use words::{Locale, name, t};

pub async fn standing(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let form = app::site::list::read(&query(pairs));
        let view = service::site::table::export(&call, form.check()?).await?;
        written(&call, t!(l, site.standing_title), move |head| {
            let rows = view.rows.iter().map(|row| cells(l, row)).collect();
            let mut made = table(l, head, headings(l), rows);
            made.notes = vec![
                app::site::text::medians(l, &view.medians),
                t!(l, site.need_rule).to_owned(),
                t!(l, site.money_rule).to_owned(),
            ];
            made
        })
        .await
    })
    .await
}

/// The columns of the paper, the money of each community beside the money per head, and the month of the figures.
fn headings(l: Locale) -> Vec<Heading> {
    let words = app::site::print::headings(l);
    let mut found: Vec<Heading> = words.iter().map(|word| column(word, 12)).collect();
    found.push(amounts(t!(l, site.money_part)));
    found.push(column(t!(l, site.below_median), 12));
    found.push(column(t!(l, site.figures_from), 14));
    found
}

fn cells(l: Locale, row: &SiteRow) -> Vec<FigureCell> {
    let (facts, standing) = (&row.facts, &row.standing);
    let people = |value: Option<u32>| value.map_or(FigureCell::Empty, |value| count(value.into()));
    vec![
        count(standing.places.place.into()),
        text(facts.name.as_str()),
        text(row.area_name.as_str()),
        maybe(row.size.map(|size| name::size_class(l, size).to_owned())),
        people(facts.people),
        people(facts.labour),
        people(facts.employed),
        people(standing.without_work),
        facts.employment_rate().map_or(FigureCell::Empty, FigureCell::Share),
        people(facts.zero_employment_households),
        count(row.projects),
        standing.per_head.map_or(FigureCell::Empty, |money| FigureCell::Amount(money.into())),
        count(row.needs.into()),
        FigureCell::Amount(standing.money.into()),
        text(if standing.is_below_median { "▲" } else { "" }),
        text(row.month.map_or_else(|| t!(l, site.figures_own).to_owned(), |month| month.to_string())),
    ]
}

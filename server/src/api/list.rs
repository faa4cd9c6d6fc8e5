//! The three lists with their sums, exact to the fen.

use super::body::Asked;
use super::caller::Reader;
use super::problem::{Denied, Problem};
use super::project::columns;
use axum::Json;
use axum::extract::Path;
use contract::form::Form;
use contract::list::feed::SumsView;
use contract::list::{GridColumn, ListForm, ListQuery, Sum};
use domain::period::Horizon;
use domain::project::Field;
use serde::{Deserialize, Serialize};
use service::{Failure, list};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which projects of a list are summed; all parts together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Code of an area; everything under it
    area: String,
    /// Codes of categories, comma between
    category: String,
    /// Codes of stages, comma between
    stage: String,
    /// Words, pinyin or initials
    q: String,
}

/// Every list with its sums.
#[derive(Serialize, ToSchema)]
pub struct Lists {
    plan_year: i32,
    items: Vec<ListSums>,
}

/// Sums over all projects of a list that the filter asks for.
#[derive(Serialize, ToSchema)]
pub struct ListSums {
    #[schema(example = "1y")]
    list: String,
    plan_year: i32,
    projects: u64,
    /// Total investment, in fen
    #[schema(example = "1850500000")]
    total_fen: String,
    /// Planned fen by funding source
    sources_fen: BTreeMap<String, String>,
    /// Planned fen by year
    years_fen: BTreeMap<String, String>,
    /// Total less all sources, in fen; may be negative
    gap_fen: String,
    stated_issued_fen: String,
    stated_received_fen: String,
    stated_paid_fen: String,
    labour_pay_fen: String,
    jobs_construction: i64,
    jobs_operation: i64,
    posts: i64,
    households: i64,
    people: i64,
}

/// All three lists
#[utoipa::path(get, path = "/lists", tag = "lists", params(Filter), security(("token" = [])), responses(
    (status = 200, body = Lists),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn all(Reader(call): Reader, Asked(filter): Asked<Filter>) -> Result<Json<Lists>, Denied> {
    let mut items = Vec::new();
    let mut plan_year = 0;
    for horizon in Horizon::ALL {
        let view = list::feed::sums(&call, filter.checked(horizon)?).await?;
        plan_year = view.plan_year.get();
        items.push(ListSums::of(horizon, &view));
    }
    Ok(Json(Lists { plan_year, items }))
}

/// One list
#[utoipa::path(get, path = "/lists/{list}", tag = "lists", security(("token" = [])),
    params(("list" = String, Path, description = "`1y`, `2y` or `5y`"), Filter),
    responses(
        (status = 200, body = ListSums),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(
    Reader(call): Reader,
    Path(list): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<Json<ListSums>, Denied> {
    let horizon = Horizon::from_code(&list).ok_or(Failure::NotFound)?;
    let view = list::feed::sums(&call, filter.checked(horizon)?).await?;
    Ok(Json(ListSums::of(horizon, &view)))
}

impl Filter {
    fn checked(&self, horizon: Horizon) -> Result<ListQuery, Denied> {
        let form = ListForm {
            list: horizon.code().to_owned(),
            area: self.area.clone(),
            category: self.category.clone(),
            stage: self.stage.clone(),
            q: self.q.clone(),
            ..ListForm::default()
        };
        Ok(form.check()?)
    }
}

impl ListSums {
    fn of(horizon: Horizon, view: &SumsView) -> ListSums {
        let fen = |field: Field| amount(view.totals.of(GridColumn::Field(field)));
        let count = |field: Field| match view.totals.of(GridColumn::Field(field)) {
            Some(Sum::Count(count)) => count,
            Some(Sum::Amount(_)) | None => 0,
        };
        ListSums {
            list: horizon.code().to_owned(),
            plan_year: view.plan_year.get(),
            projects: view.totals.projects,
            total_fen: fen(Field::Total),
            sources_fen: group(view, "sources_fen."),
            years_fen: group(view, "years_fen."),
            gap_fen: amount(view.totals.of(GridColumn::Gap)),
            stated_issued_fen: fen(Field::StatedIssued),
            stated_received_fen: fen(Field::StatedReceived),
            stated_paid_fen: fen(Field::StatedPaid),
            labour_pay_fen: fen(Field::LabourPay),
            jobs_construction: count(Field::JobsConstruction),
            jobs_operation: count(Field::JobsOperation),
            posts: count(Field::Posts),
            households: count(Field::Households),
            people: count(Field::People),
        }
    }
}

fn amount(sum: Option<Sum>) -> String {
    match sum {
        Some(Sum::Amount(amount)) => amount.fen().to_string(),
        Some(Sum::Count(_)) | None => "0".to_owned(),
    }
}

/// Sums of the columns whose property begins with the group's name.
fn group(view: &SumsView, group: &str) -> BTreeMap<String, String> {
    let of = |(column, sum): &(GridColumn, Sum)| {
        let key = columns::said(&column.key());
        Some((key.strip_prefix(group)?.to_owned(), amount(Some(*sum))))
    };
    view.totals.sums.iter().filter_map(of).collect()
}

//! Who the token acts for.

use super::caller::Reader;
use super::problem::{Denied, Problem};
use axum::Json;
use domain::permission::Action;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Me {
    id: String,
    login: String,
    name: String,
    /// `planner`, `treasurer`, `reviewer`, `leader`, `administrator` or `auditor`
    role: String,
    area: NamedArea,
    /// What the person may do in the own area
    may: Vec<String>,
    /// The data is invented
    demo: bool,
}

/// An area with its name.
#[derive(Serialize, ToSchema)]
pub struct NamedArea {
    /// Six digits of GB/T 2260
    #[schema(example = "520526")]
    pub code: String,
    pub name: String,
}

/// The person of this token
#[utoipa::path(get, path = "/me", tag = "me", security(("token" = [])), responses(
    (status = 200, body = Me),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub async fn me(Reader(call): Reader) -> Result<Json<Me>, Denied> {
    let view = service::account::me(&call, ()).await?;
    let may = Action::ALL.into_iter().filter(|action| view.may.includes(*action));
    Ok(Json(Me {
        id: view.user.to_string(),
        login: view.login,
        name: view.name,
        role: view.role.code().to_owned(),
        area: NamedArea { code: view.area.to_string(), name: view.area_name },
        may: may.map(|action| action.code().to_owned()).collect(),
        demo: view.demo,
    }))
}

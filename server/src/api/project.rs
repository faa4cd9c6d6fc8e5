//! Projects: pages, one, made, changed, moved between the lists, history.

pub mod columns;

use super::body::{Asked, Object};
use super::caller::{Key, Reader, Writer, key};
use super::problem::{Denied, Problem};
use crate::state::State;
use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::response::{IntoResponse, Response};
use columns::{ProjectInput, Wanted};
use contract::error::{FieldErrors, FieldFault};
use contract::form::Form;
use contract::list::feed::{FeedEntry, FeedQuery, LIMIT_MOST, LIMIT_USUAL};
use contract::list::{Bounds, ListForm, ListQuery, MoveForm};
use contract::project::{ProjectQuery, SaveProject};
use domain::id::ProjectId;
use domain::period::FiscalYear;
use domain::project::{Field, Value as Fact};
use http::header::{ETAG, IF_MATCH, LOCATION};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use service::{Call, Failure, history, list, project};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoParams, PartialSchema, ToSchema};

/// One project. Its columns are described from the table of columns.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Project(Map<String, Value>);

/// Which projects are asked for; all parts together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// `1y`, `2y` or `5y`; without it every project, on a list or not
    list: String,
    /// Code of an area; everything under it
    area: String,
    /// Codes of categories, comma between
    category: String,
    /// Codes of stages, comma between
    stage: String,
    /// Total investment at least, in fen
    least_fen: String,
    /// Total investment at most, in fen
    most_fen: String,
    /// Words, pinyin or initials
    q: String,
    /// Column to sort by, `-` in front for downwards: `number`, `name`, `area`, `category`, `stage`, `total`, `start`, `posts`
    sort: String,
    /// Projects of a page: 1 to 500, 100 when left out. More is refused
    #[param(value_type = Option<u32>, minimum = 1, maximum = 500)]
    limit: String,
    /// `next` of the page before
    cursor: String,
}

/// A page of projects.
#[derive(Serialize, ToSchema)]
pub struct ProjectPage {
    plan_year: i32,
    items: Vec<Project>,
    /// Cursor of the next page; null on the last one
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct HistoryPage {
    items: Vec<HistoryEntry>,
}

/// One change of one column.
#[derive(Serialize, ToSchema)]
pub struct HistoryEntry {
    change_set: String,
    /// `edit`, `bulk`, `import`, `undo` or `move`
    kind: String,
    /// UTC
    #[schema(example = "2026-01-31T08:15:00Z")]
    at: String,
    by: String,
    /// The project was made by this change
    created: bool,
    #[schema(example = "total_fen")]
    property: String,
    /// Amounts in fen
    old: Option<String>,
    new: Option<String>,
}

/// Where a project is to stand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The version that was read
    version: i64,
    /// `1y`, `2y` or `5y`; null takes it off the lists
    list: Option<String>,
    /// Needed when a list is skipped or the step goes back
    #[serde(default)]
    reason: Option<String>,
}

/// The version that the caller read, from `If-Match`, and the key, if there is one.
pub struct Preconditions {
    version: Option<i64>,
    key: Option<String>,
}

impl PartialSchema for Project {
    fn schema() -> RefOr<Schema> {
        let text = |says: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(says));
        let number = |says: &str| ObjectBuilder::new().schema_type(Type::Integer).description(Some(says));
        let area = || RefOr::<Schema>::Ref(Ref::from_schema_name("NamedArea"));
        let site = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("id", text("Id of the site"))
            .property("name", text("Name of the site"))
            .required("id")
            .required("name");
        let sites = utoipa::openapi::schema::ArrayBuilder::new().items(site.build()).build();
        let mut builder = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("id", text("Id"))
            .property("number", number("Internal number, never reused"))
            .property("version", number("Grows with every change"))
            .property("plan_year", number("Year of the lists at hand"))
            .property("area", area())
            .property("sites", sites)
            .property("updated_at", text("UTC"));
        for name in ["id", "number", "version", "plan_year", "area", "sites", "updated_at"] {
            builder = builder.required(name);
        }
        columns::described(builder, true).build().into()
    }
}

impl ToSchema for Project {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("NamedArea".to_owned(), super::me::NamedArea::schema()));
    }
}

impl Project {
    fn of(entry: &FeedEntry, plan_year: FiscalYear) -> Project {
        let mut object = columns::write(&entry.values);
        let sites = entry.sites.iter().map(|(id, name)| json!({ "id": id.to_string(), "name": name }));
        let head = [
            ("id", json!(entry.project.to_string())),
            ("number", json!(entry.number)),
            ("version", json!(entry.version)),
            ("plan_year", json!(plan_year.get())),
            ("area", json!({ "code": entry.area.to_string(), "name": entry.area_name })),
            ("sites", sites.collect()),
            ("updated_at", json!(super::instant(entry.updated))),
        ];
        object.extend(head.map(|(name, value)| (name.to_owned(), value)));
        Project(object)
    }
}

impl Filter {
    /// The filter as the screens ask it.
    pub fn checked(&self) -> Result<ListQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut amount = |name: &str, text: &str| match text {
            "" => None,
            text => columns::fen(text).map_err(|fault| errors.add(name, fault)).ok(),
        };
        let (least, most) = (amount("least_fen", &self.least_fen), amount("most_fen", &self.most_fen));
        let form = ListForm {
            list: if self.list.is_empty() { "pool".into() } else { self.list.clone() },
            area: self.area.clone(),
            category: self.category.clone(),
            stage: self.stage.clone(),
            q: self.q.clone(),
            sort: self.sort.clone(),
            ..ListForm::default()
        };
        let query = match form.check() {
            Ok(query) => Some(query),
            Err(found) => {
                found.iter().for_each(|error| errors.add(error.name.clone(), error.fault.clone()));
                None
            }
        };
        errors.into_result()?;
        let mut query = query.ok_or_else(FieldErrors::new)?;
        if least.is_some() || most.is_some() {
            let (least, most) = (least.map(Fact::Money), most.map(Fact::Money));
            query.bounds.push(Bounds { field: Field::Total, least, most });
        }
        Ok(query)
    }

    fn feed(&self) -> Result<FeedQuery, Denied> {
        let limit = super::limit(&self.limit, LIMIT_USUAL, LIMIT_MOST)?;
        let cursor = (!self.cursor.is_empty()).then(|| self.cursor.clone());
        Ok(FeedQuery { list: self.checked()?, cursor, limit })
    }
}

impl FromRequestParts<State> for Preconditions {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Preconditions, Denied> {
        let version = match parts.headers.get(IF_MATCH) {
            None => None,
            Some(value) => {
                let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
                let wrong = || Failure::field("If-Match", FieldFault::Wrong);
                Some(text.parse().map_err(|_| wrong())?)
            }
        };
        Ok(Preconditions { version, key: key(parts)? })
    }
}

/// Projects, page by page
#[utoipa::path(get, path = "/projects", tag = "projects", params(Filter), security(("token" = [])), responses(
    (status = 200, body = ProjectPage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "The area is none of the caller's", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "A parameter is wrong, or the limit above 500", body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(Reader(call): Reader, Asked(filter): Asked<Filter>) -> Result<Json<ProjectPage>, Denied> {
    let view = list::feed::page(&call, filter.feed()?).await?;
    let items = view.entries.iter().map(|entry| Project::of(entry, view.plan_year)).collect();
    Ok(Json(ProjectPage { plan_year: view.plan_year.get(), items, next: view.next }))
}

/// One project
#[utoipa::path(get, path = "/projects/{id}", tag = "projects", security(("token" = [])),
    params(("id" = String, Path, description = "Id of the project")),
    responses(
        (status = 200, body = Project, headers(("ETag" = String, description = "The version, in quotes"))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Missing, or outside the caller's area", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(Reader(call): Reader, Path(id): Path<String>) -> Result<Response, Denied> {
    shown(&call, id_of(&id)?, StatusCode::OK).await
}

/// Make a project
#[utoipa::path(post, path = "/projects", tag = "projects", security(("token" = [])), request_body = ProjectInput,
    params(("Idempotency-Key" = String, Header, description = "8 to 64 printable ASCII characters; the same key makes one project")),
    responses(
        (status = 201, body = Project, headers(("Location" = String), ("ETag" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn create(Writer(call): Writer, Key(key): Key, Object(body): Object) -> Result<Response, Denied> {
    let mut tries = service::retry::Tries::default();
    let save = loop {
        let Wanted { values, area } = columns::read(&body)?;
        let save = SaveProject { project: None, key: key.clone(), values, area };
        match project::save(&call, save).await {
            Err(Failure::Contended) if tries.again().await => {}
            outcome => break outcome?,
        }
    };
    let mut response = shown(&call, save.project, StatusCode::CREATED).await?;
    let location = format!("{}/projects/{}", super::PREFIX, save.project);
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

/// Change a project
#[utoipa::path(patch, path = "/projects/{id}", tag = "projects", security(("token" = [])), request_body = ProjectInput,
    params(
        ("id" = String, Path, description = "Id of the project"),
        ("If-Match" = Option<String>, Header, description = "The version that was read, instead of `version`"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key makes one change"),
    ),
    responses(
        (status = 200, body = Project, headers(("ETag" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Changed by somebody else; both values of every column", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn change(
    Writer(call): Writer,
    Path(id): Path<String>,
    preconditions: Preconditions,
    Object(mut body): Object,
) -> Result<Response, Denied> {
    let id = id_of(&id)?;
    let version = match body.remove("version") {
        Some(version) => Some(version.as_i64().ok_or_else(|| Failure::field("version", FieldFault::Wrong))?),
        None => preconditions.version,
    };
    let version = version.ok_or_else(|| Failure::field("version", FieldFault::Missing))?;
    let key = preconditions.key.unwrap_or_else(|| call.new_id().to_string());
    let mut tries = service::retry::Tries::default();
    loop {
        let Wanted { values, area } = columns::read(&body)?;
        let save = SaveProject { project: Some((id, version)), key: key.clone(), values, area };
        match project::save(&call, save).await {
            Err(Failure::Contended) if tries.again().await => {}
            outcome => {
                outcome?;
                return shown(&call, id, StatusCode::OK).await;
            }
        }
    }
}

/// Move a project between the lists
#[utoipa::path(post, path = "/projects/{id}/move", tag = "projects", security(("token" = [])), request_body = Move,
    params(
        ("id" = String, Path, description = "Id of the project"),
        ("Idempotency-Key" = String, Header, description = "The same key moves once"),
    ),
    responses(
        (status = 200, body = Project, headers(("ETag" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A reason is needed, or a property is wrong", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn relocate(
    Writer(call): Writer,
    Path(id): Path<String>,
    Key(key): Key,
    Object(body): Object,
) -> Result<Response, Denied> {
    let id = id_of(&id)?;
    let asked: Move = serde_json::from_value(Value::Object(body))
        .map_err(|fault| Denied::Malformed(format!("JSON: {fault}")))?;
    let form = MoveForm {
        key,
        projects: vec![format!("{id}:{}", asked.version)],
        to: asked.list.unwrap_or_else(|| "pool".into()),
        reason: asked.reason.unwrap_or_default(),
    };
    let mut tries = service::retry::Tries::default();
    loop {
        match list::move_projects(&call, form.check()?).await {
            Err(Failure::Contended) if tries.again().await => {}
            outcome => {
                outcome?;
                return shown(&call, id, StatusCode::OK).await;
            }
        }
    }
}

/// Changes of a project, the newest first
#[utoipa::path(get, path = "/projects/{id}/history", tag = "projects", security(("token" = [])),
    params(("id" = String, Path, description = "Id of the project")),
    responses(
        (status = 200, body = HistoryPage),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn history_of(Reader(call): Reader, Path(id): Path<String>) -> Result<Json<HistoryPage>, Denied> {
    let view = history::of_project(&call, ProjectQuery { project: id_of(&id)? }).await?;
    let items = view.lines.into_iter().map(|line| HistoryEntry {
        change_set: line.change_set.to_string(),
        kind: line.kind.code().to_owned(),
        at: super::instant(line.at),
        by: line.by,
        created: line.created,
        property: columns::said(&line.field),
        old: line.old,
        new: line.new,
    });
    Ok(Json(HistoryPage { items: items.collect() }))
}

/// Text that is no id is an id that nobody has.
fn id_of(text: &str) -> Result<ProjectId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

async fn shown(call: &Call, id: ProjectId, status: StatusCode) -> Result<Response, Denied> {
    let (plan_year, entry) = list::feed::one(call, id).await?;
    let mut headers = HeaderMap::new();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", entry.version)) {
        headers.insert(ETAG, tag);
    }
    Ok((status, headers, Json(Project::of(&entry, plan_year))).into_response())
}

//! Bodies and queries of the interface: read strictly, refused as problems. Knows no column.

use super::problem::Denied;
use crate::state::State;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A JSON object.
pub struct Object(pub Map<String, Value>);

/// A query whose parameters are all known.
pub struct Asked<T>(pub T);

impl FromRequest<State> for Object {
    type Rejection = Denied;

    async fn from_request(request: Request, _: &State) -> Result<Object, Denied> {
        let kind = request.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !kind.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("application/json")) {
            return Err(Denied::Malformed("Content-Type: application/json".into()));
        }
        // The body was bounded and read before routing, so this copies what is in memory already.
        let bytes = axum::body::to_bytes(request.into_body(), usize::MAX)
            .await
            .map_err(|fault| Denied::Malformed(fault.to_string()))?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(object)) => Ok(Object(object)),
            Ok(_) => Err(Denied::Malformed("JSON: {}".into())),
            Err(fault) => Err(Denied::Malformed(format!("JSON: {fault}"))),
        }
    }
}

impl<T: DeserializeOwned> FromRequestParts<State> for Asked<T> {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Asked<T>, Denied> {
        Query::<T>::try_from_uri(&parts.uri)
            .map(|Query(asked)| Asked(asked))
            .map_err(|fault| Denied::Malformed(fault.body_text()))
    }
}

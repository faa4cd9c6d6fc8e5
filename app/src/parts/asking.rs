//! A page's question to a door: asked on the server while the page is rendered, its answer travels with the page.
//! Knows no door.

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A question and its answer.
pub type Asked<T> = Resource<T, Json>;

/// Asks `door` whenever `what` changes. In place of leptos' `Resource::new`, for the size of the program: see [`Json`].
pub fn ask<S, T, Answer>(
    what: impl Fn() -> S + Send + Sync + 'static,
    door: impl Fn(S) -> Answer + Send + Sync + 'static,
) -> Asked<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Answer: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(what, door, false)
}

/// JSON, read as the doors read it: from bytes. leptos' own reads from text, and every view would be compiled a second
/// time for that.
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

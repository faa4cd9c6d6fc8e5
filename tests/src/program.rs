//! A program that calls the public interface with a token, and the judge of its answers against their description.
//! Knows no use case.

use crate::world::{Answer, World};
use axum::body::Body;
use http::{Method, Request, header};
use serde_json::Value;

/// A token made by its person through the door of the account page.
pub struct Program<'a> {
    world: &'a World,
    pub token: String,
}

impl World {
    /// Signs in as the person and makes a token; `scope` is `read` or `write`.
    pub async fn program(&self, login: &str, scope: &str) -> Program<'_> {
        let cookie = self.cookie(login).await;
        let form = format!("name=program&scope={scope}");
        let made = self.post(&cookie, "/api/account/make_token", &form).await;
        let made: Value = serde_json::from_slice(&made.body).expect("the door answers JSON");
        let token = made["secret"].as_str().expect("the secret is in the answer").to_owned();
        Program { world: self, token }
    }
}

impl Program<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, &[]).await
    }

    /// With a key of its own when `headers` has none.
    pub async fn post(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, Some(body), headers).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body), &[]).await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.world.send(request, body).await
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text()))
    }
}

/// What is wrong with a value under a schema of the description; empty when it conforms. Knows the words that our
/// description uses, and says so when it meets another.
pub fn offences(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(name) = schema["$ref"].as_str() {
        let target = document.pointer(name.trim_start_matches('#'));
        let Some(target) = target else { return vec![format!("{place}: {name} is not described")] };
        return offences(document, target, value, place);
    }
    for (key, rule) in schema.as_object().into_iter().flatten() {
        match key.as_str() {
            "type" => found.extend(wrong_type(rule, value, place)),
            "enum" => {
                if !rule.as_array().is_some_and(|choices| choices.contains(value)) {
                    found.push(format!("{place}: {value} is not one of {rule}"));
                }
            }
            "required" => {
                for name in rule.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    if value.is_object() && value.get(name).is_none() {
                        found.push(format!("{place}: {name} is missing"));
                    }
                }
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(offences(document, rule, item, &format!("{place}[{at}]")));
                }
            }
            "properties" => found.extend(wrong_properties(document, schema, value, place)),
            "additionalProperties" if schema.get("properties").is_none() => {
                for (name, item) in value.as_object().into_iter().flatten() {
                    found.extend(offences(document, rule, item, &format!("{place}.{name}")));
                }
            }
            "allOf" => {
                for part in rule.as_array().into_iter().flatten() {
                    found.extend(offences(document, part, value, place));
                }
            }
            "oneOf" | "anyOf" => {
                let fits = |part: &Value| offences(document, part, value, place).is_empty();
                if !rule.as_array().is_some_and(|parts| parts.iter().any(fits)) {
                    found.push(format!("{place}: {value} fits no part"));
                }
            }
            "pattern" => found.extend(wrong_pattern(rule, value, place)),
            "description"
            | "example"
            | "format"
            | "minimum"
            | "maximum"
            | "additionalProperties"
            | "propertyNames"
            | "default" => {}
            other => found.push(format!("{place}: the judge does not know `{other}`")),
        }
    }
    found
}

fn wrong_properties(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    // Parts of an `allOf` each describe some properties only.
    let is_whole = schema.get("additionalProperties").is_none_or(|more| more == &Value::Bool(false));
    for (name, item) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(rule) => found.extend(offences(document, rule, item, &format!("{place}.{name}"))),
            None if is_whole && !place.ends_with("(part)") => {
                found.push(format!("{place}: {name} is not described"));
            }
            None => {}
        }
    }
    found
}

fn wrong_type(rule: &Value, value: &Value, place: &str) -> Option<String> {
    let one = std::slice::from_ref(rule);
    let kinds = rule.as_array().map_or(one, Vec::as_slice).iter().filter_map(Value::as_str);
    let kinds: Vec<&str> = kinds.collect();
    let fits = |kind: &&str| match *kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    (!kinds.iter().any(fits)).then(|| format!("{place}: {value} is no {rule}"))
}

/// The three patterns that we use, digit for digit.
fn wrong_pattern(rule: &Value, value: &Value, place: &str) -> Option<String> {
    let text = value.as_str()?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let lengths = |lengths: &[usize]| {
        let parts: Vec<&str> = text.split('-').collect();
        parts.len() == lengths.len()
            && parts.iter().zip(lengths).all(|(part, length)| digits(part) && part.len() == *length)
    };
    let fits = match rule.as_str()? {
        "^[0-9]{1,16}$" => digits(text) && text.len() <= 16,
        "^[0-9]{4}-[0-9]{2}$" => lengths(&[4, 2]),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => lengths(&[4, 2, 2]),
        other => return Some(format!("{place}: the judge does not know the pattern {other}")),
    };
    (!fits).then(|| format!("{place}: {text} is not like {rule}"))
}

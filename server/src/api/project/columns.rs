//! The columns of a project as properties, made from the one table of columns: a new column is in the interface, in
//! its description and in its errors without a line here. Knows no handler.
//!
//! A column is a property of its own (`name`, `total_fen`) or an entry of a group (`sources_fen.CBI`, `years_fen.2026`,
//! `gates.design`). Amounts are whole fen as strings.

use contract::error::{FieldErrors, FieldFault};
use domain::id::SiteId;
use domain::money::{Money, Unit};
use domain::project::value::ValueError;
use domain::project::{Field, Gate, Kind, Value};
use domain::source::Source;
use serde_json::{Map, Value as Json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, Object, ObjectBuilder, Schema, SchemaType, Type,
};
use utoipa::{PartialSchema, ToSchema};
use words::{Locale, name};

const SOURCES: &str = "sources_fen";
const YEARS: &str = "years_fen";
const GATES: &str = "gates";

/// Columns asked for in a body.
#[derive(Debug, Default)]
pub struct Wanted {
    /// everything but the area
    pub values: Vec<(Field, Option<Value>)>,
    pub area: Option<String>,
}

/// Group, if any, and property of a column.
fn property(field: Field) -> (Option<&'static str>, String) {
    let key = field.key();
    let inner = || key.split_once('.').map(|(_, inner)| inner.to_owned()).unwrap_or_default();
    if matches!(field, Field::Source(_)) {
        (Some(SOURCES), inner())
    } else if matches!(field, Field::Year(_)) {
        (Some(YEARS), inner())
    } else if matches!(field, Field::Gate(_)) {
        (Some(GATES), inner())
    } else if field == Field::Horizon {
        (None, "list".to_owned())
    } else if matches!(field.kind(), Kind::Money) {
        (None, format!("{key}_fen"))
    } else {
        (None, key)
    }
}

/// How an input is called here: a column by its property, anything else by its own name.
pub fn said(input: &str) -> String {
    let Ok(field) = input.parse::<Field>() else { return input.to_owned() };
    let (group, property) = property(field);
    group.map_or(property.clone(), |group| format!("{group}.{property}"))
}

/// Columns that stand in a project's answer besides number, area and sites.
fn shown() -> impl Iterator<Item = Field> {
    Field::fixed()
        .into_iter()
        .filter(|field| !matches!(field.kind(), Kind::Derived | Kind::Area | Kind::Sites))
}

/// Columns as properties; what is empty is null, or missing in its group.
pub fn write(values: &[(Field, Value)]) -> Map<String, Json> {
    let mut object = Map::new();
    for group in [SOURCES, YEARS, GATES] {
        object.insert(group.to_owned(), Json::Object(Map::new()));
    }
    for field in shown() {
        if let (None, property) = property(field) {
            object.insert(property, Json::Null);
        }
    }
    for (field, value) in values {
        if matches!(field.kind(), Kind::Area | Kind::Sites) {
            continue;
        }
        match property(*field) {
            (None, property) => drop(object.insert(property, json(value))),
            (Some(group), property) => {
                if let Some(Json::Object(group)) = object.get_mut(group) {
                    group.insert(property, json(value));
                }
            }
        }
    }
    object
}

fn json(value: &Value) -> Json {
    match value {
        Value::Count(count) => (*count).into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Sites(sites) => sites.iter().map(SiteId::to_string).collect(),
        Value::Text(_)
        | Value::Money(_)
        | Value::Month(_)
        | Value::Date(_)
        | Value::Code(_)
        | Value::Category(_)
        | Value::Nature(_)
        | Value::Stage(_)
        | Value::Horizon(_)
        | Value::Area(_) => value.canonical().into(),
    }
}

/// Reads a body; every wrong property is named at once.
pub fn read(body: &Map<String, Json>) -> Result<Wanted, FieldErrors> {
    let (mut wanted, mut errors) = (Wanted::default(), FieldErrors::new());
    for (property, json) in body {
        match (group_of(property), json) {
            (Some(group), Json::Object(entries)) => {
                for (entry, json) in entries {
                    read_one(&mut wanted, &mut errors, &format!("{group}.{entry}"), json);
                }
            }
            (Some(_), _) => errors.add(property.clone(), FieldFault::Wrong),
            (None, json) => read_one(&mut wanted, &mut errors, &key_of(property), json),
        }
    }
    errors.into_result()?;
    Ok(wanted)
}

/// The first part of the keys of a group's columns.
fn group_of(property: &str) -> Option<&'static str> {
    match property {
        SOURCES => Some("source"),
        YEARS => Some("year"),
        GATES => Some("gate"),
        _ => None,
    }
}

fn key_of(name: &str) -> String {
    let found = Field::fixed().into_iter().find(|field| property(*field) == (None, name.to_owned()));
    found.map_or_else(|| name.to_owned(), Field::key)
}

fn read_one(wanted: &mut Wanted, errors: &mut FieldErrors, key: &str, json: &Json) {
    let outcome = match key.parse::<Field>() {
        Ok(Field::Area) => match json.as_str().map(str::trim).filter(|text| !text.is_empty()) {
            Some(area) => {
                wanted.area = Some(area.to_owned());
                Ok(())
            }
            None => Err(FieldFault::Missing),
        },
        Ok(field) => value(field, json).map(|value| wanted.values.push((field, value))),
        Err(_) => Err(FieldFault::Wrong),
    };
    if let Err(fault) = outcome {
        errors.add(key, fault);
    }
}

fn value(field: Field, json: &Json) -> Result<Option<Value>, FieldFault> {
    if matches!(field.kind(), Kind::Derived | Kind::Horizon) {
        return Err(FieldFault::Value { error: ValueError::ReadOnly });
    }
    match (field.kind(), json) {
        (_, Json::Null) if field == Field::Name => Err(FieldFault::Missing),
        (_, Json::Null) => Ok(None),
        (Kind::Money, Json::String(text)) => fen(text).map(|money| Some(Value::Money(money))),
        (Kind::Count, Json::Number(number)) => {
            let count = number.as_u64().filter(|count| *count <= 1_000_000_000);
            let count = count.and_then(|count| u32::try_from(count).ok()).ok_or(FieldFault::Wrong)?;
            Ok(Some(Value::Count(count)))
        }
        (Kind::Flag, Json::Bool(flag)) => Ok(Some(Value::Flag(*flag))),
        (Kind::Sites, Json::Array(sites)) => {
            let ids = sites.iter().map(|site| site.as_str()?.parse().ok());
            let ids: Vec<SiteId> = ids.collect::<Option<_>>().ok_or(FieldFault::NotAChoice)?;
            Ok((!ids.is_empty()).then_some(Value::Sites(ids)))
        }
        (Kind::Money | Kind::Count | Kind::Flag | Kind::Sites, _) => Err(FieldFault::Wrong),
        (_, Json::String(text)) => {
            Value::read(field, text, Unit::Yuan).map_err(|error| FieldFault::Value { error })
        }
        (_, _) => Err(FieldFault::Wrong),
    }
}

/// Digits only: neither sign nor point nor blank.
pub fn fen(text: &str) -> Result<Money, FieldFault> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let fen = digits.then(|| text.parse().ok()).flatten();
    fen.and_then(Money::from_fen).ok_or(FieldFault::Wrong)
}

/// The schema of an amount.
pub fn fen_schema() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]{1,16}$"))
}

fn nullable(kind: Type) -> SchemaType {
    SchemaType::from_iter([kind, Type::Null])
}

fn schema_of(field: Field) -> Object {
    let builder = ObjectBuilder::new().description(Some(name::field(Locale::en, field)));
    let codes = |codes: Vec<&str>| {
        let codes = codes.into_iter().map(Json::from).chain([Json::Null]);
        ObjectBuilder::new().description(Some(name::field(Locale::en, field))).enum_values(Some(codes))
    };
    let builder = match field.kind() {
        Kind::Money => builder
            .schema_type(nullable(Type::String))
            .pattern(Some("^[0-9]{1,16}$"))
            .description(Some(format!("{} in fen", name::field(Locale::en, field)))),
        Kind::Count => builder.schema_type(nullable(Type::Integer)).minimum(Some(0)),
        Kind::Flag => builder.schema_type(nullable(Type::Boolean)),
        Kind::Month => builder.schema_type(nullable(Type::String)).pattern(Some("^[0-9]{4}-[0-9]{2}$")),
        Kind::Date => {
            builder.schema_type(nullable(Type::String)).pattern(Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
        }
        Kind::Horizon => codes(vec!["1y", "2y", "5y"]).schema_type(nullable(Type::String)),
        Kind::Text
        | Kind::Code
        | Kind::Category
        | Kind::Nature
        | Kind::Stage
        | Kind::Area
        | Kind::Sites
        | Kind::Derived => builder.schema_type(nullable(Type::String)),
    };
    builder.build()
}

/// The properties of `shown`, groups included.
pub fn described(mut builder: ObjectBuilder, all_required: bool) -> ObjectBuilder {
    for field in shown() {
        if let (None, property) = property(field) {
            builder = builder.property(&property, schema_of(field));
            if all_required {
                builder = builder.required(property);
            }
        }
    }
    let group = |description: &str, entries: Object| {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some(description.to_owned()))
            .additional_properties(Some(AdditionalProperties::RefOr(RefOr::T(Schema::Object(entries)))))
            .build()
    };
    let sources = Source::ALL.map(Source::code).join(", ");
    let gates = Gate::ALL.map(Gate::code).join(", ");
    let amount = || {
        let amount = ObjectBuilder::new().schema_type(nullable(Type::String));
        amount.pattern(Some("^[0-9]{1,16}$")).build()
    };
    let date = ObjectBuilder::new().schema_type(nullable(Type::String)).build();
    builder = builder
        .property(SOURCES, group(&format!("Planned fen by funding source: {sources}"), amount()))
        .property(YEARS, group("Planned fen by year, such as 2026", amount()))
        .property(GATES, group(&format!("Dates of the steps passed: {gates}"), date));
    if all_required {
        for group in [SOURCES, YEARS, GATES] {
            builder = builder.required(group);
        }
    }
    builder
}

/// What a person asks to change: every property may be left out, null clears.
pub struct ProjectInput;

impl PartialSchema for ProjectInput {
    fn schema() -> RefOr<Schema> {
        let text =
            |says: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(says)).build();
        let sites = ArrayBuilder::new().items(text("Id of a site of the same county")).build();
        let version = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some("The version that was read; needed to change, unless If-Match is sent"))
            .build();
        let builder = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("version", version)
            .property("area", text("Six digits of a county in the own area"))
            .property("sites", sites)
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        described(builder, false).build().into()
    }
}

impl ToSchema for ProjectInput {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_property_and_errors_speak_of_it() {
        let names: std::collections::BTreeSet<String> =
            Field::fixed().into_iter().map(|field| said(&field.key())).collect();
        assert_eq!(names.len(), Field::fixed().len(), "two columns share a property");
        assert_eq!(said("source.CBI"), "sources_fen.CBI");
        assert_eq!(said("total"), "total_fen");
        assert_eq!(said("limit"), "limit");
    }

    #[test]
    fn amounts_are_digits_in_a_string() {
        let body = |json: &str| serde_json::from_str::<Map<String, Json>>(json).unwrap();
        let wanted = read(&body(r#"{"total_fen":"100","sources_fen":{"CBI":"7"}}"#)).unwrap();
        assert_eq!(wanted.values.len(), 2);
        for wrong in ["100", r#""-1""#, r#""1.0""#, r#""1e3""#, r#""""#, r#""99999999999999999999""#] {
            let errors = read(&body(&format!(r#"{{"total_fen":{wrong}}}"#))).unwrap_err();
            assert!(errors.of("total").is_some(), "{wrong}");
        }
        assert!(read(&body(r#"{"nonsense":1}"#)).is_err());
    }
}

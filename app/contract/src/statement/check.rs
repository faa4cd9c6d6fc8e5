//! How the raw texts about statements become commands. The browser and the door call the same checks.

use super::{ChooseFigure, ChooseForm, Figure, KeepShipped, KeepShippedForm, StatementForm, StatementQuery};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::statement::working::LONGEST_REASON;
use domain::text::clean;

/// Most characters of a figure.
const FIGURE_MOST: u32 = 60;

impl Form for StatementForm {
    type Command = StatementQuery;

    /// Text that is no id is an id that nobody has: the use case answers `NotFound` to both.
    fn check(&self) -> Result<StatementQuery, FieldErrors> {
        Ok(StatementQuery { statement: self.statement.parse().ok() })
    }
}

impl Form for ChooseForm {
    type Command = ChooseFigure;

    fn check(&self) -> Result<ChooseFigure, FieldErrors> {
        let mut errors = FieldErrors::new();
        let key = key(&mut errors, &self.key);
        let (statement, seen) = (self.statement.parse().ok(), self.seen.parse().ok());
        if statement.is_none() || seen.is_none() {
            errors.add("statement", FieldFault::Wrong);
        }
        let figure = match figure(&self.figure, &self.other) {
            Ok(figure) => Some(figure),
            Err((name, fault)) => {
                errors.add(name, fault);
                None
            }
        };
        let reason = clean(&self.reason);
        let reason = reason.trim();
        if reason.is_empty() {
            errors.add("reason", FieldFault::Missing);
        }
        if reason.chars().count() > LONGEST_REASON {
            let most = u32::try_from(LONGEST_REASON).unwrap_or(u32::MAX);
            errors.add("reason", FieldFault::TooLong { most });
        }
        match (statement, seen, figure) {
            (Some(statement), Some(seen), Some(figure)) if errors.is_empty() => {
                Ok(ChooseFigure { statement, seen, key, figure, reason: reason.to_owned() })
            }
            (_, _, _) => Err(errors),
        }
    }
}

impl Form for KeepShippedForm {
    type Command = KeepShipped;

    fn check(&self) -> Result<KeepShipped, FieldErrors> {
        let mut errors = FieldErrors::new();
        let key = key(&mut errors, &self.key);
        errors.into_result()?;
        Ok(KeepShipped { key })
    }
}

fn key(errors: &mut FieldErrors, key: &str) -> String {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
    key.to_owned()
}

fn figure(which: &str, other: &str) -> Result<Figure, (&'static str, FieldFault)> {
    let other = clean(other);
    let other = other.trim();
    match which {
        "" => Err(("figure", FieldFault::Missing)),
        "stated" => Ok(Figure::Stated),
        "other" if other.is_empty() => Err(("other", FieldFault::Missing)),
        "other" if other.chars().count() > FIGURE_MOST as usize => {
            Err(("other", FieldFault::TooLong { most: FIGURE_MOST }))
        }
        "other" => Ok(Figure::Other(other.to_owned())),
        computed => {
            let place = computed.strip_prefix("computed.").and_then(|place| place.parse().ok());
            place.map(Figure::Computed).ok_or(("figure", FieldFault::NotAChoice))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(figure: &str, other: &str, reason: &str, expected: &str) {
        let form = ChooseForm {
            statement: "018f0000-0000-7000-8000-00000000dead".into(),
            seen: "0".into(),
            key: "key-12345678".into(),
            figure: figure.into(),
            other: other.into(),
            reason: reason.into(),
        };
        let got = match form.check() {
            Ok(command) => format!("{:?} {}", command.figure, command.reason),
            Err(errors) => errors.iter().map(|error| error.name.as_str()).collect::<Vec<_>>().join(" "),
        };
        assert_eq!(got, expected);
    }

    #[test]
    fn a_choice_needs_a_figure_and_a_reason() {
        check("stated", "", " 以文件为准 ", "Stated 以文件为准");
        check("computed.1", "", "x", "Computed(1) x");
        check("other", " 92000万元 ", "x", "Other(\"92000万元\") x");
        check("other", "", "", "other reason");
        check("computed.x", "", "x", "figure");
        check("", "", &"长".repeat(501), "figure reason");
    }
}

//! How the table of responses becomes an edition of the controls. Knows no entry.

use super::{Inputs, parsed};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::command::EditControl;
use crate::ledger::form::ControlForm;
use domain::ledger::{Control, Kind, Response};
use domain::source::Source;

impl Form for ControlForm {
    type Command = EditControl;

    fn check(&self) -> Result<EditControl, FieldErrors> {
        let mut inputs = Inputs::new();
        let edition = inputs.needed("edition", &self.edition, parsed);
        let mut control = Control::default();
        for (place, text) in &self.cells {
            let cell = place.split_once('.').and_then(|(kind, source)| {
                Some((Kind::from_code(kind)?, Source::from_code(source)?, Response::from_code(text)?))
            });
            match cell {
                Some((kind, source, response)) => control = control.with(kind, source, response),
                None => inputs.wrong(place, FieldFault::NotAChoice),
            }
        }
        inputs.done()?;
        Ok(EditControl { edition: edition.ok_or_else(FieldErrors::new)?, control })
    }
}

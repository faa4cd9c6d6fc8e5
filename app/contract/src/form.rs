//! A form is raw text, as it stands in the inputs; checked, it is a command. The browser calls the same check while typing.

use crate::error::FieldErrors;

/// Raw text on its way to a command.
pub trait Form {
    type Command;

    /// Every wrong input at once, or the command.
    fn check(&self) -> Result<Self::Command, FieldErrors>;
}

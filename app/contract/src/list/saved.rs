//! Views that a person named (视图): a list with its filters, order and groups, as the address says them.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use serde::{Deserialize, Serialize};

/// Most views one person keeps.
pub const VIEWS_MOST: usize = 30;
const NAME_LETTERS: usize = 40;
const QUERY_BYTES: usize = 2000;

/// One named view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub name: String,
    /// what follows `/projects?`
    pub query: String,
}

/// Names the view at hand; one of the same name gives way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveViewForm {
    pub name: String,
    pub query: String,
}

/// Forgets a view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropViewForm {
    pub name: String,
}

impl Form for SaveViewForm {
    type Command = SavedView;

    fn check(&self) -> Result<SavedView, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = self.name.trim();
        if name.is_empty() {
            errors.add("name", FieldFault::Missing);
        } else if name.chars().count() > NAME_LETTERS || name.chars().any(char::is_control) {
            errors.add("name", FieldFault::Wrong);
        }
        // An address as browsers write it: what is not ASCII is encoded in it.
        if self.query.len() > QUERY_BYTES
            || !self.query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')
        {
            errors.add("query", FieldFault::Wrong);
        }
        errors.into_result()?;
        Ok(SavedView { name: name.to_owned(), query: self.query.clone() })
    }
}

impl Form for DropViewForm {
    type Command = String;

    fn check(&self) -> Result<String, FieldErrors> {
        Ok(self.name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_a_name_and_an_address_of_ours() {
        let check = |name: &str, query: &str| {
            SaveViewForm { name: name.to_owned(), query: query.to_owned() }.check().is_ok()
        };
        assert!(check(" 县级调度 ", "list=1y&q=%E5%86%B7"));
        assert!(!check("  ", "list=1y"));
        assert!(!check("a\u{7}", "list=1y"));
        assert!(!check("县级", "list=1y#x") && !check("县级", "list=1y x"));
        assert!(!check(&"县".repeat(41), "list=1y"));
    }
}

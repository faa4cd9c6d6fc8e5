//! Addresses of the wizard: which step, which rows, which page of them. Knows no component.

use crate::parts::address::encode;
use contract::import::RowsForm;
use domain::id::ImportId;
use leptos_router::params::ParamsMap;

/// The page with the form and the list of own imports.
pub const PATH: &str = "/projects/import";

/// What the query of the wizard's page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `columns` or `compare`; empty lets the page choose
    pub step: String,
    /// code of a `RowOutcome`; empty: all
    pub outcome: String,
    /// cursor, given out by the server
    pub page: String,
    /// sheet and row, `Sheet1!17`: the page that holds this row
    pub at: String,
    /// `all` shows every column of the file, not just those that change
    pub columns: String,
}

impl Place {
    pub fn read(query: &ParamsMap) -> Place {
        let text = |name: &str| query.get(name).unwrap_or_default();
        Place {
            step: text("step"),
            outcome: text("outcome"),
            page: text("page"),
            at: text("at"),
            columns: text("columns"),
        }
    }

    pub fn form(&self, import: ImportId) -> RowsForm {
        RowsForm {
            import: import.to_string(),
            outcome: self.outcome.clone(),
            page: self.page.clone(),
            at: self.at.clone(),
        }
    }

    /// The address of this place of an import.
    pub fn write(&self, import: ImportId) -> String {
        let all = [
            ("step", &self.step),
            ("outcome", &self.outcome),
            ("page", &self.page),
            ("at", &self.at),
            ("columns", &self.columns),
        ];
        let pairs: Vec<String> = all
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let path = of(import);
        if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) }
    }
}

/// The page of one import.
pub fn of(import: ImportId) -> String {
    format!("{PATH}/{import}")
}

/// The person's own workbook with comments.
pub fn annotated(import: ImportId) -> String {
    format!("{PATH}/{import}/annotated/export")
}

/// The empty official form.
pub const TEMPLATE: &str = "/projects/import/template/export";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_only_what_was_chosen() {
        let id = ImportId::new(uuid::Uuid::nil());
        assert_eq!(Place::default().write(id), format!("/projects/import/{id}"));
        let place = Place { outcome: "faulty".into(), page: "a+b".into(), ..Place::default() };
        assert!(place.write(id).ends_with("?outcome=faulty&page=a%2Bb"));
    }
}

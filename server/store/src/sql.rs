//! A statement under construction: text with `?` for values, numbered for PostgreSQL at the end. Knows no table.

use sea_orm::{DatabaseBackend, QueryResult, Statement, TryGetable, Value};

use crate::fault::Fault;

/// SQL text and the values for its `?` marks. No literal may contain a question mark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub fn new(text: &str) -> Sql {
        Sql { text: text.to_owned(), values: Vec::new() }
    }

    pub fn push(&mut self, text: &str) -> &mut Sql {
        self.text.push_str(text);
        self
    }

    /// The value of the next `?` that is already in the text.
    pub fn with(mut self, value: impl Into<Value>) -> Sql {
        self.values.push(value.into());
        self
    }

    /// Adds text holding one `?` and its value.
    pub fn bind(&mut self, text: &str, value: impl Into<Value>) -> &mut Sql {
        self.text.push_str(text);
        self.values.push(value.into());
        self
    }

    /// Adds `(?, ?, …)`; an empty list becomes `(NULL)`, which equals nothing.
    pub fn list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Sql {
        let before = self.values.len();
        self.values.extend(values.into_iter().map(Into::into));
        let marks = vec!["?"; self.values.len() - before].join(", ");
        self.text.push_str(if marks.is_empty() { "(NULL)" } else { "" });
        if !marks.is_empty() {
            self.text.push('(');
            self.text.push_str(&marks);
            self.text.push(')');
        }
        self
    }

    /// Adds another statement's text and values.
    pub fn append(&mut self, other: Sql) -> &mut Sql {
        self.text.push_str(&other.text);
        self.values.extend(other.values);
        self
    }

    /// The finished statement. A text with the character 0, which PostgreSQL cannot store, is refused on both databases,
    /// so that they take the same texts.
    pub fn statement(self, backend: DatabaseBackend) -> Result<Statement, Fault> {
        if self.values.iter().any(holds_zero) {
            return Err(Fault::Unstorable);
        }
        let text = if backend == DatabaseBackend::Postgres { numbered(&self.text) } else { self.text };
        Ok(Statement::from_sql_and_values(backend, text, self.values))
    }
}

fn holds_zero(value: &Value) -> bool {
    matches!(value, Value::String(Some(text)) if text.contains('\0'))
}

fn numbered(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut count = 0_usize;
    for part in text.chars() {
        if part == '?' {
            count += 1;
            out.push('$');
            out.push_str(&count.to_string());
        } else {
            out.push(part);
        }
    }
    out
}

/// A row read by column name, with the fault that fits.
pub(crate) struct Row(pub QueryResult);

impl Row {
    pub fn get<T: TryGetable>(&self, column: &str) -> Result<T, Fault> {
        Ok(self.0.try_get::<T>("", column)?)
    }

    pub fn text(&self, column: &str) -> Result<String, Fault> {
        self.get(column)
    }

    pub fn maybe_text(&self, column: &str) -> Result<Option<String>, Fault> {
        self.get(column)
    }

    pub fn int(&self, column: &str) -> Result<i64, Fault> {
        self.get(column)
    }

    pub fn maybe_int(&self, column: &str) -> Result<Option<i64>, Fault> {
        self.get(column)
    }

    pub fn flag(&self, column: &str) -> Result<bool, Fault> {
        Ok(self.int(column)? != 0)
    }

    /// Reads a text through its own parser; a text that does not parse is a corrupt row.
    pub fn parsed<T>(
        &self,
        table: &'static str,
        column: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Fault> {
        let text = self.text(column)?;
        read(&text).ok_or(Fault::Corrupt { table, id: text })
    }

    /// The same for a column that may be empty.
    pub fn maybe_parsed<T>(
        &self,
        table: &'static str,
        column: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        let Some(text) = self.maybe_text(column)? else { return Ok(None) };
        read(&text).map(Some).ok_or(Fault::Corrupt { table, id: text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_numbered_for_postgres_only() {
        let mut sql = Sql::new("SELECT 1 WHERE a = ? AND b IN ").with(1_i64);
        sql.list([2_i64, 3]);
        let statement = sql.clone().statement(DatabaseBackend::Postgres).unwrap();
        assert_eq!(statement.sql, "SELECT 1 WHERE a = $1 AND b IN ($2, $3)");
        assert_eq!(
            sql.statement(DatabaseBackend::Sqlite).unwrap().sql,
            "SELECT 1 WHERE a = ? AND b IN (?, ?)"
        );
    }

    #[test]
    fn a_text_that_one_database_cannot_store_goes_to_neither() {
        for backend in [DatabaseBackend::Sqlite, DatabaseBackend::Postgres] {
            let sql = |text: &str| Sql::new("SELECT ?").with(text.to_owned()).statement(backend);
            assert!(matches!(sql("a\0b"), Err(Fault::Unstorable)));
            assert!(sql("a\tb").is_ok());
        }
    }
}

//! A write transaction and a reader: statements with `?` for both databases. Knows no table.

use crate::fault::Fault;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, QueryResult, Statement, Value,
};
use tokio::sync::OwnedMutexGuard;

/// A write transaction. Dropped without [`Tx::commit`] it rolls back.
pub struct Tx {
    pub(crate) inner: DatabaseTransaction,
    /// Held on SQLite: one writer at a time, in order of arrival.
    pub(crate) _turn: Option<OwnedMutexGuard<()>>,
}

/// A connection that only reads.
#[derive(Clone)]
pub struct Reader {
    pub(crate) inner: DatabaseConnection,
}

/// Reading by statement, for both kinds of connection. `?` stands for a value on both databases.
pub trait Rows: Sync {
    #[doc(hidden)]
    fn backend(&self) -> DbBackend;

    /// Every row of a query.
    fn all(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Vec<QueryResult>, Fault>> + Send;

    /// The first row of a query.
    fn one(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Option<QueryResult>, Fault>> + Send;
}

impl Rows for Tx {
    fn backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, Fault> {
        Ok(self.inner.query_all_raw(statement(self.backend(), sql, values)).await?)
    }

    async fn one(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, Fault> {
        Ok(self.inner.query_one_raw(statement(self.backend(), sql, values)).await?)
    }
}

impl Rows for Reader {
    fn backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, Fault> {
        Ok(self.inner.query_all_raw(statement(self.backend(), sql, values)).await?)
    }

    async fn one(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, Fault> {
        Ok(self.inner.query_one_raw(statement(self.backend(), sql, values)).await?)
    }
}

impl Tx {
    /// Runs a statement and says how many rows it touched.
    pub(crate) async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64, Fault> {
        Ok(self.inner.execute_raw(statement(self.backend(), sql, values)).await?.rows_affected())
    }

    /// Inserts many rows with few statements. `head` ends before `VALUES`; every row has as many values.
    pub(crate) async fn insert_rows(&self, head: &str, rows: Vec<Vec<Value>>) -> Result<(), Fault> {
        let Some(width) = rows.first().map(Vec::len).filter(|width| *width > 0) else { return Ok(()) };
        // Both databases take at least 32,766 values in a statement; short statements are parsed faster.
        let per_statement = (8_000 / width).max(1);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Value>> = rows.by_ref().take(per_statement).collect();
            let one = format!("({})", vec!["?"; width].join(","));
            let sql = format!("{head} VALUES {}", vec![one; chunk.len()].join(","));
            self.run(&sql, chunk.into_iter().flatten().collect()).await?;
        }
        Ok(())
    }

    /// Makes everything last. A failure means nothing was written.
    pub async fn commit(self) -> Result<(), Fault> {
        Ok(self.inner.commit().await?)
    }
}

fn statement(backend: DbBackend, sql: &str, values: Vec<Value>) -> Statement {
    if backend == DbBackend::Sqlite {
        return Statement::from_sql_and_values(backend, sql, values);
    }
    let mut numbered = String::with_capacity(sql.len() + values.len() * 2);
    let mut count = 0_usize;
    let mut quoted = false;
    for c in sql.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                numbered.push(c);
            }
            '?' if !quoted => {
                count += 1;
                numbered.push_str(&format!("${count}"));
            }
            other => numbered.push(other),
        }
    }
    Statement::from_sql_and_values(backend, numbered, values)
}

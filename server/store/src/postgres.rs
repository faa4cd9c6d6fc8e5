//! PostgreSQL as rule 5 demands: no inherited transaction, time limits, durable commits.

use crate::fault::Fault;
use crate::tx::{Reader, Rows};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use std::time::Duration;

/// Connects; refuses a server that acknowledges what it has not written, unless a test allows it.
pub async fn open(url: &str, allow_unsynced: bool) -> Result<DatabaseConnection, Fault> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(10).sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
    options.map_sqlx_postgres_opts(|postgres| {
        postgres.options([
            ("statement_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "15s"),
            ("lock_timeout", "5s"),
            ("TimeZone", "UTC"),
        ])
    });
    // A request cancelled inside `begin()` leaves a transaction open on the pooled connection (sqlx 0.9.0);
    // without this the next request's acknowledged writes would vanish with it.
    options.map_sqlx_postgres_before_acquire(|connection, _meta| {
        Box::pin(async move {
            use sea_orm::sqlx::Executor;
            connection.execute("ROLLBACK").await?;
            Ok(true)
        })
    });
    let pool = Database::connect(options).await?;
    let rows = Reader { inner: pool.clone() };
    let fsync: String = match rows.one("SHOW fsync", vec![]).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => String::new(),
    };
    if fsync != "on" && !allow_unsynced {
        return Err(Fault::Refused("PostgreSQL runs with fsync=off: a crash would lose acknowledged writes".into()));
    }
    Ok(pool)
}

//! PostgreSQL opened strictly: timeouts, no connection handed out inside a transaction, no `fsync=off`.

use crate::fault::Fault;
use domain::broken::{self, Broken};
use sea_orm::sqlx::Executor;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement};
use std::time::Duration;

/// Milliseconds.
const SETTINGS: [(&str, &str); 4] = [
    ("statement_timeout", "10000"),
    ("idle_in_transaction_session_timeout", "15000"),
    ("lock_timeout", "5000"),
    ("client_min_messages", "error"),
];

pub(super) async fn open(url: &str, most: u32, allow_fsync_off: bool) -> Result<DatabaseConnection, Fault> {
    let mut connect = ConnectOptions::new(url);
    connect
        .map_sqlx_postgres_opts(|options| options.options(SETTINGS))
        // A request cancelled inside `begin` can leave a transaction open on its connection; sqlx 0.9.0 was measured
        // losing acknowledged writes that way. The next user of the connection ends it first.
        .map_sqlx_postgres_before_acquire(|connection, _| {
            Box::pin(async move {
                if !broken::is(Broken::Cancel) {
                    connection.execute("ROLLBACK").await?;
                }
                Ok(true)
            })
        })
        .max_connections(most.max(2))
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    let connection = Database::connect(connect).await?;
    if setting(&connection, "fsync").await? == "off" && !allow_fsync_off {
        return Err(Fault::Unfit("PostgreSQL runs with fsync=off".into()));
    }
    for (name, expected) in [("statement_timeout", "10s"), ("lock_timeout", "5s")] {
        let found = setting(&connection, name).await?;
        if found != expected {
            return Err(Fault::Unfit(format!("{name} is {found}, not {expected}")));
        }
    }
    Ok(connection)
}

async fn setting(connection: &DatabaseConnection, name: &str) -> Result<String, Fault> {
    let statement = Statement::from_string(DatabaseBackend::Postgres, format!("SHOW {name}"));
    let row = connection.query_one_raw(statement).await?;
    row.map_or(Ok(String::new()), |row| Ok(row.try_get_by_index::<String>(0)?))
}

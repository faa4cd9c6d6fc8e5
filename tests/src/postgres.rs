//! One PostgreSQL database for one test, in the cluster that `HOUFU_TEST_PG` names; dropped with the test.
//! Knows no table.

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use std::process::Command;

/// Address of the cluster without a database name, such as `postgres://postgres@127.0.0.1:5433`.
pub fn cluster() -> Option<String> {
    let address = std::env::var_os("HOUFU_TEST_PG")?.into_string().ok()?;
    (!address.is_empty()).then(|| address.trim_end_matches('/').to_owned())
}

/// A database that lives as long as this value.
pub struct OwnDatabase {
    cluster: String,
    name: String,
}

impl OwnDatabase {
    /// `None` when no cluster was started for this run.
    pub async fn create() -> Option<OwnDatabase> {
        let cluster = cluster()?;
        let name = format!("houfu_{}", uuid_letters());
        let admin = Database::connect(options(&cluster)).await.expect("the cluster answers");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a new name is free");
        admin.close().await.expect("the admin connection closes");
        Some(OwnDatabase { cluster, name })
    }

    pub fn url(&self) -> String {
        format!("{}/{}", self.cluster, self.name)
    }
}

impl Drop for OwnDatabase {
    /// By `psql`, because a runtime may be ending; the whole cluster goes away after the run in any case.
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let done = Command::new("psql").args([&format!("{}/postgres", self.cluster), "-qc", &drop]).status();
        if !done.is_ok_and(|status| status.success()) {
            eprintln!("database {} stays until the cluster is thrown away", self.name);
        }
    }
}

fn options(cluster: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("{cluster}/postgres"));
    options.max_connections(1).sqlx_logging(false);
    options
}

#[expect(clippy::disallowed_methods, reason = "a test has no Call; the name only has to be new")]
fn uuid_letters() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

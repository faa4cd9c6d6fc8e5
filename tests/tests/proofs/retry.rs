//! A request that loses a deadlock against another transaction is carried out all the same. PostgreSQL only: SQLite
//! has one writer at a time.

use contract::form::Form;
use contract::project::SaveForm;
use domain::permission::Role;
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};
use service::project;
use std::time::Duration;
use tests::world::World;

const WEINING: &str = "520526";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_loser_of_a_deadlock_tries_again() {
    let Some(world) = World::postgres().await else { return };
    world.person("weining", Role::Planner, WEINING).await;
    let call = world.call("weining").await;
    let mut ids = Vec::new();
    for name in ["one", "two"] {
        let mut form = SaveForm { key: format!("key-{name}-1"), ..SaveForm::default() };
        form.values.insert("name".into(), name.into());
        form.values.insert("area".into(), WEINING.into());
        ids.push(project::save(&call, form.check().unwrap()).await.unwrap().project.to_string());
    }
    ids.sort();
    let watch = Database::connect(world.state.config.database.clone().unwrap()).await.unwrap();
    let rival = watch.begin().await.unwrap();
    // Whoever looks for a deadlock first is the one to be ended; the rival does not look.
    rival.execute_unprepared("SET LOCAL deadlock_timeout = '10min'").await.unwrap();
    let lock = |id: &str| format!("SELECT id FROM project WHERE id = '{id}' FOR UPDATE");
    rival.execute_unprepared(&lock(&ids[1])).await.unwrap();
    let cookie = world.cookie("weining").await;
    let form = format!("key=deadlock-1&projects[0]={}:1&projects[1]={}:1&to=5y&reason=", ids[0], ids[1]);
    let request = world.post(&cookie, "/api/list/move_projects", &form);
    // The request holds the first project and waits for the second; the rival then asks for the first.
    let ring = async {
        while !waits(&watch).await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        rival.execute_unprepared(&lock(&ids[0])).await.unwrap();
        rival.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(request, ring);
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().contains('2'), "both were moved: {}", answer.text());
}

/// Somebody waits for a row of another transaction. A question that fails is asked again by the caller.
async fn waits(watch: &DatabaseConnection) -> bool {
    let asked =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let found = watch.query_one_raw(Statement::from_string(watch.get_database_backend(), asked)).await;
    found.is_ok_and(|row| row.is_some())
}

//! The schema, one file a step, for SQLite and PostgreSQL. A shipped step is never edited; no step imports an entity.
//!
//! Only words that mean the same on both databases are used: ids, dates and hashes are TEXT, amounts (whole fen),
//! instants (Unix milliseconds), counts and flags are BIGINT. Every constraint has a name: the store turns it into a fact.

mod m0001_people_and_places;
mod m0002_projects;
mod m0003_lists;
mod m0004_imports;
mod m0005_trail;
mod m0006_import;
mod m0008_site;
mod m0010_list;
mod m0011_ledger;
mod m0012_statement;
mod m0013_review;
mod m0014_review_run;
mod m0015_notice_split;
mod m0016_ledger_report;
mod m0017_reconciliation;
mod m0018_gap;
mod m0019_jobs;
mod m0020_return;
mod m0021_need;
mod m0022_bulletin;
mod m0023_request_other;
mod m0024_due_in_time;
mod m0025_dashboard;
mod m0026_source_edition;
mod m0027_dashboard_category;
mod m0028_wall;
mod m0029_estimate_net;
mod m0030_return_two_hands;
mod m0031_reopening_end;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people_and_places::Migration),
            Box::new(m0002_projects::Migration),
            Box::new(m0003_lists::Migration),
            Box::new(m0004_imports::Migration),
            Box::new(m0005_trail::Migration),
            Box::new(m0006_import::Migration),
            Box::new(m0008_site::Migration),
            Box::new(m0010_list::Migration),
            Box::new(m0011_ledger::Migration),
            Box::new(m0012_statement::Migration),
            Box::new(m0013_review::Migration),
            Box::new(m0014_review_run::Migration),
            Box::new(m0015_notice_split::Migration),
            Box::new(m0016_ledger_report::Migration),
            Box::new(m0017_reconciliation::Migration),
            Box::new(m0018_gap::Migration),
            Box::new(m0019_jobs::Migration),
            Box::new(m0020_return::Migration),
            Box::new(m0021_need::Migration),
            Box::new(m0022_bulletin::Migration),
            Box::new(m0023_request_other::Migration),
            Box::new(m0024_due_in_time::Migration),
            Box::new(m0025_dashboard::Migration),
            Box::new(m0026_source_edition::Migration),
            Box::new(m0027_dashboard_category::Migration),
            Box::new(m0028_wall::Migration),
            Box::new(m0029_estimate_net::Migration),
            Box::new(m0030_return_two_hands::Migration),
            Box::new(m0031_reopening_end::Migration),
        ]
    }
}

/// Runs statements that are separated by semicolons.
async fn run(manager: &SchemaManager<'_>, schema: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(schema).await.map(|_| ())
}

//! The schema, one file a step, for SQLite and PostgreSQL. A shipped step is never edited; no step imports an entity.

mod dialect;
mod m2026_11_24_000001_places_and_people;
mod m2026_11_24_000002_projects;
mod m2026_11_24_000003_imports;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_24_000001_places_and_people::Step),
            Box::new(m2026_11_24_000002_projects::Step),
            Box::new(m2026_11_24_000003_imports::Step),
        ]
    }
}

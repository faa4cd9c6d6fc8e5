//! One text of the schema for two databases: type words are written in capitals with a `$` and replaced here.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs `schema` statement by statement. Words: `$ID` (UUID), `$TIME` (instant, UTC), `$DATE`, `$BOOL`, `$BIG` (64-bit),
/// `$HASH` (bytes), `$TEXT` (text compared byte by byte, so that a prefix is a range of the index).
/// Statements are separated by lines of `--;`.
pub async fn run(manager: &SchemaManager<'_>, schema: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let words: [(&str, &str); 7] = if connection.get_database_backend() == DbBackend::Sqlite {
        [
            ("$ID", "BLOB"),
            ("$TIME", "TEXT"),
            ("$DATE", "TEXT"),
            ("$BOOL", "BOOLEAN"),
            ("$BIG", "BIGINT"),
            ("$HASH", "BLOB"),
            ("$TEXT", "TEXT"),
        ]
    } else {
        [
            ("$ID", "UUID"),
            ("$TIME", "TIMESTAMPTZ"),
            ("$DATE", "DATE"),
            ("$BOOL", "BOOLEAN"),
            ("$BIG", "BIGINT"),
            ("$HASH", "BYTEA"),
            ("$TEXT", "TEXT COLLATE \"C\""),
        ]
    };
    for statement in schema.split("--;") {
        let mut sql = statement.trim().to_owned();
        if sql.is_empty() {
            continue;
        }
        for (word, kind) in words {
            sql = sql.replace(word, kind);
        }
        connection.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Triggers that refuse to change or remove rows of `table`.
pub async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let statements = if connection.get_database_backend() == DbBackend::Sqlite {
        ["UPDATE", "DELETE"]
            .map(|act| {
                let low = act.to_lowercase();
                format!(
                    "CREATE TRIGGER tr_{table}_no_{low} BEFORE {act} ON {table} \
                     BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            })
            .to_vec()
    } else {
        vec![
            format!(
                "CREATE FUNCTION refuse_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
            ),
            format!(
                "CREATE TRIGGER tr_{table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION refuse_{table}()"
            ),
        ]
    };
    for statement in statements {
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

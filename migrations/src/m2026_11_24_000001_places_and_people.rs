//! Areas, people, sessions, tokens, idempotency keys and the audit trail.

use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

const SCHEMA: &str = r#"
CREATE TABLE area (
    code TEXT NOT NULL CONSTRAINT pk_area PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL CONSTRAINT ck_area_level CHECK (level IN ('nation','province','city','county')),
    parent TEXT CONSTRAINT fk_area_parent REFERENCES area (code),
    path $TEXT NOT NULL CONSTRAINT uq_area_path UNIQUE,
    valid_from $DATE,
    valid_to $DATE,
    folded TEXT NOT NULL,
    short TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL
)
--;
CREATE INDEX ix_area_folded ON area (folded)
--;
CREATE INDEX ix_area_short ON area (short)
--;
CREATE TABLE account (
    id $ID NOT NULL CONSTRAINT pk_account PRIMARY KEY,
    login TEXT NOT NULL CONSTRAINT uq_account_login UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    area_code TEXT NOT NULL CONSTRAINT fk_account_area REFERENCES area (code),
    area_path $TEXT NOT NULL,
    password TEXT NOT NULL,
    disabled $BOOL NOT NULL,
    preferences TEXT NOT NULL,
    last_seen $TIME,
    created_at $TIME NOT NULL,
    version $BIG NOT NULL
)
--;
CREATE INDEX ix_account_area ON account (area_path)
--;
CREATE TABLE session (
    token $HASH NOT NULL CONSTRAINT pk_session PRIMARY KEY,
    account_id $ID NOT NULL CONSTRAINT fk_session_account REFERENCES account (id),
    created_at $TIME NOT NULL,
    seen_at $TIME NOT NULL,
    ip TEXT NOT NULL
)
--;
CREATE INDEX ix_session_account ON session (account_id)
--;
CREATE TABLE api_token (
    id $ID NOT NULL CONSTRAINT pk_api_token PRIMARY KEY,
    account_id $ID NOT NULL CONSTRAINT fk_api_token_account REFERENCES account (id),
    name TEXT NOT NULL,
    token $HASH NOT NULL CONSTRAINT uq_api_token UNIQUE,
    scopes TEXT NOT NULL,
    created_at $TIME NOT NULL,
    expires_at $TIME,
    revoked $BOOL NOT NULL
)
--;
CREATE TABLE setup_code (
    token $HASH NOT NULL CONSTRAINT pk_setup_code PRIMARY KEY,
    created_at $TIME NOT NULL
)
--;
CREATE TABLE user_pref (
    account_id $ID NOT NULL CONSTRAINT fk_user_pref_account REFERENCES account (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_user_pref PRIMARY KEY (account_id, key)
)
--;
CREATE TABLE idempotency (
    account_id $ID NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body $HASH NOT NULL,
    answer TEXT NOT NULL,
    created_at $TIME NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (account_id, route, key)
)
--;
CREATE TABLE audit (
    seq $BIG NOT NULL CONSTRAINT pk_audit PRIMARY KEY,
    at $TIME NOT NULL,
    actor $ID,
    role TEXT NOT NULL,
    ip TEXT NOT NULL,
    action TEXT NOT NULL,
    area_path $TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev_hash $HASH NOT NULL,
    hash $HASH NOT NULL
)
--;
CREATE INDEX ix_audit_area ON audit (area_path, seq)
--;
CREATE TABLE audit_head (
    id INTEGER NOT NULL CONSTRAINT pk_audit_head PRIMARY KEY CONSTRAINT ck_audit_head_one CHECK (id = 1),
    seq $BIG NOT NULL,
    hash $HASH NOT NULL
)
--;
CREATE TABLE counter (
    name TEXT NOT NULL CONSTRAINT pk_counter PRIMARY KEY,
    value $BIG NOT NULL
)
--;
INSERT INTO counter (name, value) VALUES ('project_number', 0)
"#;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, SCHEMA).await?;
        dialect::append_only(manager, "audit").await
    }
}

//! Areas, users, sessions, tokens and what a person prefers. Knows no project.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, PLACES).await?;
        crate::run(manager, PEOPLE).await
    }
}

const PLACES: &str = "
CREATE TABLE area (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT,
    path TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    folded TEXT NOT NULL,
    short TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_area PRIMARY KEY (code),
    CONSTRAINT uq_area_path UNIQUE (path),
    CONSTRAINT fk_area_parent FOREIGN KEY (parent) REFERENCES area (code),
    CONSTRAINT ck_area_level CHECK (level IN ('nation', 'province', 'city', 'county')),
    CONSTRAINT ck_area_valid CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)
);
CREATE INDEX ix_area_parent ON area (parent);
CREATE INDEX ix_area_folded ON area (folded);
CREATE INDEX ix_area_short ON area (short);
CREATE TABLE area_alias (
    folded TEXT NOT NULL,
    area_code TEXT NOT NULL,
    alias TEXT NOT NULL,
    CONSTRAINT pk_area_alias PRIMARY KEY (folded, area_code),
    CONSTRAINT fk_area_alias_area FOREIGN KEY (area_code) REFERENCES area (code)
);
";

const PEOPLE: &str = "
CREATE TABLE account (
    id TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change BIGINT NOT NULL,
    disabled BIGINT NOT NULL,
    locale TEXT,
    theme TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_sign_in BIGINT,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_login UNIQUE (login),
    CONSTRAINT fk_account_area FOREIGN KEY (area_code) REFERENCES area (code),
    CONSTRAINT ck_account_role CHECK (role IN ('planner', 'treasurer', 'reviewer', 'leader', 'administrator', 'auditor')),
    CONSTRAINT ck_account_disabled CHECK (disabled IN (0, 1))
);
CREATE INDEX ix_account_area ON account (area_path, login);
CREATE TABLE session (
    id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (id),
    CONSTRAINT uq_session_token UNIQUE (token_hash),
    CONSTRAINT fk_session_user FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_session_user ON session (user_id);
CREATE INDEX ix_session_expiry ON session (expires_at);
CREATE TABLE api_token (
    id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    can_write BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used BIGINT,
    CONSTRAINT pk_api_token PRIMARY KEY (id),
    CONSTRAINT uq_api_token_hash UNIQUE (token_hash),
    CONSTRAINT fk_api_token_user FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_api_token_user ON api_token (user_id);
CREATE TABLE setup_code (
    code_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_setup_code PRIMARY KEY (code_hash)
);
CREATE TABLE user_pref (
    user_id TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_user_pref PRIMARY KEY (user_id, key),
    CONSTRAINT fk_user_pref_user FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE TABLE idempotency (
    user_id TEXT NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (user_id, route, key)
);
CREATE INDEX ix_idempotency_created ON idempotency (created_at);
CREATE TABLE synonym (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    folded TEXT NOT NULL,
    spelling TEXT NOT NULL,
    target TEXT NOT NULL,
    area_path TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_synonym PRIMARY KEY (id),
    CONSTRAINT uq_synonym UNIQUE (kind, folded, area_path),
    CONSTRAINT ck_synonym_kind CHECK (kind IN ('heading', 'area', 'site', 'source', 'category'))
);
";

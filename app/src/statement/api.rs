//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::statement::{KeptView, StatementListView, StatementView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// All statements that the person may see, with their verdicts.
#[server(prefix = "/api", endpoint = "statement/list", input = GetUrl)]
pub async fn statements() -> Result<StatementListView, ApiError> {
    crate::bridge::ask(service::statement::list).await
}

/// One statement.
#[server(prefix = "/api", endpoint = "statement/one", input = GetUrl)]
pub async fn statement(statement: String) -> Result<StatementView, ApiError> {
    crate::bridge::read(&contract::statement::StatementForm { statement }, service::statement::one).await
}

/// Signs the figure to work with.
#[server(prefix = "/api", endpoint = "statement/choose")]
pub async fn choose_figure(
    statement: String,
    seen: String,
    key: String,
    #[server(default)] figure: String,
    #[server(default)] other: String,
    #[server(default)] reason: String,
) -> Result<StatementView, ApiError> {
    let form = contract::statement::ChooseForm { statement, seen, key, figure, other, reason };
    crate::bridge::write_or_back(
        &form,
        service::statement::choose,
        super::one::signed_path,
        super::one::retyped,
    )
    .await
}

/// Keeps the statements that come with the product.
#[server(prefix = "/api", endpoint = "statement/keep_shipped")]
pub async fn keep_shipped(key: String) -> Result<KeptView, ApiError> {
    let form = contract::statement::KeepShippedForm { key };
    crate::bridge::write_then(&form, service::statement::keep_shipped, super::list::kept_path).await
}

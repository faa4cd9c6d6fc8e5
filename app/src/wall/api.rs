//! The doors of this slice, one line each.

use contract::dashboard::{DashboardForm, DashboardView};
use contract::error::ApiError;
use contract::wall::{WallLine, WallMade};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Keys of wall screens of the own area and below.
#[server(prefix = "/api", endpoint = "wall/list", input = GetUrl)]
pub async fn walls() -> Result<Vec<WallLine>, ApiError> {
    crate::bridge::ask(service::wall::list).await
}

/// Makes a key; the answer is the only time its secret is shown.
#[server(prefix = "/api", endpoint = "wall/make")]
pub async fn make_wall(
    name: String,
    #[server(default)] area: String,
    #[server(default)] expires: String,
) -> Result<WallMade, ApiError> {
    crate::bridge::make_wall(&contract::wall::WallForm { name, area, expires }).await
}

/// Takes a key back.
#[server(prefix = "/api", endpoint = "wall/revoke")]
pub async fn revoke_wall(wall: String) -> Result<(), ApiError> {
    crate::bridge::write(&contract::wall::RevokeWallForm { wall }, service::wall::revoke).await
}

/// Hands a key in; open to everybody, since nobody signs in on a wall.
#[server(prefix = "/api", endpoint = "screen/enter")]
pub async fn enter_wall(secret: String) -> Result<(), ApiError> {
    crate::bridge::enter_wall(&contract::wall::EnterForm { secret }).await
}

/// The leaders' page of the key's area; answers the key alone, whoever is signed in.
#[server(prefix = "/api", endpoint = "screen/figures", input = GetUrl)]
pub async fn figures(#[server(default)] form: DashboardForm) -> Result<DashboardView, ApiError> {
    crate::bridge::wall_figures(&form).await
}

//! The doors of this slice, one line each.

use contract::account::people::{
    BlankPersonView, PeopleCommitted, PeopleForm, PeopleImportView, PeopleView, PersonView, SavedPerson,
};
use contract::area::Staged;
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

/// One page of people.
#[server(prefix = "/api", endpoint = "people/page", input = GetUrl)]
pub async fn people_page(#[server(default)] form: PeopleForm) -> Result<PeopleView, ApiError> {
    crate::bridge::read(&form, service::account::people::list).await
}

/// One person.
#[server(prefix = "/api", endpoint = "people/one", input = GetUrl)]
pub async fn person(user: String) -> Result<PersonView, ApiError> {
    crate::bridge::read(&contract::account::people::PersonForm { user }, service::account::people::one).await
}

/// What an empty form needs.
#[server(prefix = "/api", endpoint = "people/blank", input = GetUrl)]
pub async fn blank_person() -> Result<BlankPersonView, ApiError> {
    crate::bridge::ask(service::account::people::blank).await
}

/// Adds a person.
#[server(prefix = "/api", endpoint = "people/add")]
pub async fn add_person(
    key: String,
    login: String,
    name: String,
    role: String,
    area: String,
    password: String,
) -> Result<SavedPerson, ApiError> {
    let form = contract::account::people::AddPersonForm { key, login, name, role, area, password };
    crate::bridge::write_or_back(
        &form,
        service::account::people::hire,
        super::one::saved_path,
        super::one::unadded,
    )
    .await
}

/// Changes name, role and area.
#[server(prefix = "/api", endpoint = "people/change")]
pub async fn change_person(
    user: String,
    version: String,
    name: String,
    role: String,
    area: String,
) -> Result<SavedPerson, ApiError> {
    let form = contract::account::people::ChangePersonForm { user, version, name, role, area };
    crate::bridge::write_or_back(
        &form,
        service::account::people::change,
        super::one::saved_path,
        super::one::unchanged,
    )
    .await
}

/// Shuts a person out or lets him in again.
#[server(prefix = "/api", endpoint = "people/disable")]
pub async fn disable_person(
    user: String,
    version: String,
    disabled: String,
) -> Result<SavedPerson, ApiError> {
    let form = contract::account::people::DisableForm { user, version, disabled };
    crate::bridge::write_then(&form, service::account::people::disable, super::one::saved_path).await
}

/// Gives a person another password.
#[server(prefix = "/api", endpoint = "people/reset")]
pub async fn reset_password(
    user: String,
    version: String,
    password: String,
) -> Result<SavedPerson, ApiError> {
    let form = contract::account::people::ResetForm { user, version, password };
    crate::bridge::write_then(&form, service::account::people::reset, super::one::saved_path).await
}

/// Keeps a table of people aside, to be looked at before anybody is added.
#[server(prefix = "/api", endpoint = "people/upload", input = MultipartFormData)]
pub async fn upload_people(data: MultipartData) -> Result<Staged, ApiError> {
    crate::bridge::upload_then(data, service::account::people::upload::stage, super::import::staged_path)
        .await
}

/// Every row of a table with what is wrong with it; nothing while none is named.
#[server(prefix = "/api", endpoint = "people/staged", input = GetUrl)]
pub async fn staged_people(#[server(default)] batch: String) -> Result<Option<PeopleImportView>, ApiError> {
    let form = contract::area::StagedForm { batch };
    crate::bridge::read(&form, service::account::people::upload::preview).await
}

/// Adds the good rows of a table.
#[server(prefix = "/api", endpoint = "people/commit")]
pub async fn commit_people(
    batch: String,
    key: String,
    #[server(default)] passwords: Vec<String>,
) -> Result<PeopleCommitted, ApiError> {
    let form = contract::account::people::CommitPeopleForm { batch, key, passwords };
    crate::bridge::write_then(&form, service::account::people::upload::commit, super::list::added_path).await
}

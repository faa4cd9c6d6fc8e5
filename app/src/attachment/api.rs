//! The doors of this slice, one line each. Reading a file is a plain address of its own.

use contract::attachment::{FilesView, KeptView};
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

/// The files of a project.
#[server(prefix = "/api", endpoint = "project/files", input = GetUrl)]
pub async fn files(project: String) -> Result<FilesView, ApiError> {
    crate::bridge::read(&contract::project::ProjectForm { project }, service::attachment::list).await
}

/// Keeps a file with a project.
#[server(prefix = "/api", endpoint = "project/attachment/upload", input = MultipartFormData)]
pub async fn upload(data: MultipartData) -> Result<KeptView, ApiError> {
    crate::bridge::send_then::<contract::attachment::UploadForm, _>(
        data,
        service::attachment::upload,
        |kept| format!("/projects/{}/files?done=attached", kept.project),
    )
    .await
}

/// Takes a file off its project.
#[server(prefix = "/api", endpoint = "project/attachment/remove")]
pub async fn remove(project: String, attachment: String, key: String) -> Result<KeptView, ApiError> {
    crate::bridge::write_then(
        &contract::attachment::RemoveForm { project, attachment, key },
        service::attachment::remove,
        |gone| format!("/projects/{}/files?done=removed", gone.project),
    )
    .await
}

//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::import::{
    ChooseForm, ImportView, MendForm, OwnImports, ReadAsForm, RowsForm, RowsView, StepForm, WholeForm,
};
use domain::id::ImportId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

/// Takes a workbook in and begins to read it. A plain form is sent to the import's own page.
#[server(prefix = "/api", endpoint = "import/upload", input = MultipartFormData)]
pub async fn upload(data: MultipartData) -> Result<ImportId, ApiError> {
    crate::bridge::send_then::<contract::import::UploadForm, _>(
        data,
        service::import::upload::upload,
        |import| format!("/projects/import/{import}"),
    )
    .await
}

/// The person's own imports.
#[server(prefix = "/api", endpoint = "import/list", input = GetUrl)]
pub async fn imports() -> Result<OwnImports, ApiError> {
    crate::bridge::ask(service::import::view::list).await
}

/// One import.
#[server(prefix = "/api", endpoint = "import/one", input = GetUrl)]
pub async fn import(import: String) -> Result<ImportView, ApiError> {
    crate::bridge::read(&contract::import::ImportForm { import }, service::import::view::one).await
}

/// One page of its rows.
#[server(prefix = "/api", endpoint = "import/rows", input = GetUrl)]
pub async fn rows(#[server(default)] form: RowsForm) -> Result<RowsView, ApiError> {
    crate::bridge::read(&form, service::import::view::rows).await
}

/// Reads the file anew under another understanding of a sheet.
#[server(prefix = "/api", endpoint = "import/read_as")]
pub async fn read_as(form: ReadAsForm) -> Result<ImportView, ApiError> {
    crate::bridge::write(&form, service::import::read_as::read_as).await
}

/// Gives a cell another text.
#[server(prefix = "/api", endpoint = "import/mend")]
pub async fn mend(form: MendForm) -> Result<ImportView, ApiError> {
    crate::bridge::write(&form, service::import::decide::mend).await
}

/// Notes what the person says about a row.
#[server(prefix = "/api", endpoint = "import/choose")]
pub async fn choose(form: ChooseForm) -> Result<ImportView, ApiError> {
    crate::bridge::write(&form, service::import::decide::choose).await
}

/// Notes what the person says about the file.
#[server(prefix = "/api", endpoint = "import/whole")]
pub async fn whole(form: WholeForm) -> Result<ImportView, ApiError> {
    crate::bridge::write(&form, service::import::decide::whole).await
}

/// Writes new and changed rows.
#[server(prefix = "/api", endpoint = "import/commit")]
pub async fn commit(form: StepForm) -> Result<ImportView, ApiError> {
    crate::bridge::write(&form, service::import::apply::commit).await
}

/// Gives the import up.
#[server(prefix = "/api", endpoint = "import/cancel")]
pub async fn cancel(form: StepForm) -> Result<ImportView, ApiError> {
    crate::bridge::write(&form, service::import::decide::cancel).await
}

/// Takes the import back, or one row of it.
#[server(prefix = "/api", endpoint = "import/undo")]
pub async fn undo(form: StepForm) -> Result<ImportView, ApiError> {
    crate::bridge::write(&form, service::import::undo::staged).await
}

//! `/bulletins/{id}/…/export`: a document as workbook, as .docx and as PDF. Chinese for everybody, since its bytes are the same
//! for everybody.

use crate::state::State;
use crate::tables::{Made, hand_out};
use axum::extract::{Path, Request};
use axum::response::Response;
use contract::bulletin::BulletinForm;
use contract::form::Form;
use service::bulletin::export;
use service::bulletin::paper::Paper;

/// 调度汇总表
pub async fn xlsx(state: axum::extract::State<State>, path: Path<String>, request: Request) -> Response {
    sent(state, path, request, Paper::Xlsx).await
}

/// 通报
pub async fn docx(state: axum::extract::State<State>, path: Path<String>, request: Request) -> Response {
    sent(state, path, request, Paper::Docx).await
}

/// 通报 as PDF
pub async fn pdf(state: axum::extract::State<State>, path: Path<String>, request: Request) -> Response {
    sent(state, path, request, Paper::Pdf).await
}

async fn sent(
    axum::extract::State(state): axum::extract::State<State>,
    Path(bulletin): Path<String>,
    request: Request,
    file: Paper,
) -> Response {
    hand_out(&state, request, |call, _| async move {
        let made = export(&call, BulletinForm { bulletin }.check()?, file).await?;
        Made::Ok((made.bytes, made.name, file.media_type()))
    })
    .await
}

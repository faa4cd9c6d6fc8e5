//! A form with a file on its way, with its share of bytes sent. Knows the answer's shape, no layout.

use super::upload::ACTION;
use contract::error::ApiError;
use domain::id::ImportId;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use server_fn::error::FromServerFnError;
use std::cell::RefCell;
use web_sys::{FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};

thread_local! {
    /// The one upload of this page; the browser has a single thread.
    static REQUEST: RefCell<Option<XmlHttpRequest>> = const { RefCell::new(None) };
}

#[derive(Clone, Copy)]
pub struct Sending {
    /// per cent of the bytes, while it is on its way
    pub share: RwSignal<Option<u32>>,
    pub error: RwSignal<Option<ApiError>>,
}

impl Sending {
    pub fn new(error: Option<ApiError>) -> Sending {
        Sending { share: RwSignal::new(None), error: RwSignal::new(error) }
    }

    /// Gives the upload up; the server has nothing then.
    pub fn stop(self) {
        if let Some(request) = REQUEST.take() {
            // A request that has just ended needs no stopping.
            drop(request.abort());
        }
        self.share.set(None);
    }

    fn fail(self, detail: &str) {
        self.share.set(None);
        self.error.set(Some(ApiError::Transport { detail: detail.to_owned() }));
    }
}

/// Posts the form; calls `then` with the import that came of it.
pub fn send(sending: Sending, form: &HtmlFormElement, then: impl Fn(ImportId) + 'static) {
    sending.error.set(None);
    sending.share.set(Some(0));
    if start(sending, form, then).is_err() {
        sending.fail("the request cannot be made");
    }
}

fn start(
    sending: Sending,
    form: &HtmlFormElement,
    then: impl Fn(ImportId) + 'static,
) -> Result<(), leptos::wasm_bindgen::JsValue> {
    let body = FormData::new_with_form(form)?;
    let request = XmlHttpRequest::new()?;
    request.open("POST", ACTION)?;
    request.set_request_header("Accept", "application/json")?;
    let sent = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            sending.share.set(Some((event.loaded() / event.total() * 100.0) as u32));
        }
    });
    request.upload()?.set_onprogress(Some(sent.as_ref().unchecked_ref()));
    let answered = {
        let request = request.clone();
        Closure::once_into_js(move || {
            drop(sent);
            REQUEST.take();
            sending.share.set(None);
            match answer(&request) {
                Ok(import) => then(import),
                Err(error) => sending.error.set(Some(error)),
            }
        })
    };
    request.set_onload(Some(answered.unchecked_ref()));
    let lost = Closure::once_into_js(move || sending.fail("the connection broke"));
    request.set_onerror(Some(lost.unchecked_ref()));
    request.send_with_opt_form_data(Some(&body))?;
    REQUEST.set(Some(request));
    Ok(())
}

/// What the door said: the import, or why not.
fn answer(request: &XmlHttpRequest) -> Result<ImportId, ApiError> {
    const TOO_LARGE: u16 = 413;
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        Ok(200) => serde_json::from_slice::<ImportId>(text.as_bytes())
            .map_err(|fault| ApiError::Transport { detail: fault.to_string() }),
        Ok(TOO_LARGE) => Err(too_large()),
        _ => Err(ApiError::de(text.into())),
    }
}

/// The body was cut off before any door could answer.
fn too_large() -> ApiError {
    const MOST: u64 = 40 * 1024 * 1024;
    let refusal = contract::workbook::ReadRefusal::FileTooLarge { bytes: MOST + 1, most: MOST };
    ApiError::Refused { refusal: contract::error::Refusal::File { refusal } }
}

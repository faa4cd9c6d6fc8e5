//! Starts the screens in the browser; nothing else, ever.

#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Called by the page once the program is loaded, with the name of the part that the page needs. Nothing comes alive
/// before the part is there. Without it the page stays what the server made of it: links and forms work, as they do
/// with scripts off, and the next page tries again.
#[wasm_bindgen]
pub fn hydrate(part: String) {
    console_error_panic_hook::set_once();
    spawn_local(async move {
        if app::routes::load(&part).await.is_ok() {
            leptos::mount::hydrate_body(app::routes::App);
        }
    });
}

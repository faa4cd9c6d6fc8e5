//! What a page knows of its reader: language, look, and who is signed in. Knows no cookie; the bridge reads those.

use crate::parts::asking::Json;
use contract::account::MeView;
use contract::error::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use words::Locale;
use words::locale::from_tags;

/// How the reader wants pages to look. Texts are the values of the attributes on `<html>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// empty (as the system), `light` or `dark`
    pub theme: String,
    /// empty or `high`
    pub contrast: String,
    /// empty, `125` or `150` (per cent)
    pub text: String,
    /// empty or `off`
    pub motion: String,
    /// empty or `small`
    #[serde(default)]
    pub menu: String,
}

/// Who is signed in, known before the page is rendered and the same until the next page load: signing in and out are
/// plain forms. Not a resource, so that the frame waits for nothing and renders the page within it once only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader(pub Result<MeView, ApiError>);

impl Look {
    /// Keeps known values only: the text goes into attributes.
    pub fn checked(self) -> Look {
        let keep = |value: String, known: &[&str]| {
            if known.contains(&value.as_str()) { value } else { String::new() }
        };
        Look {
            theme: keep(self.theme, &["light", "dark"]),
            contrast: keep(self.contrast, &["high"]),
            text: keep(self.text, &["125", "150"]),
            motion: keep(self.motion, &["off"]),
            menu: keep(self.menu, &["small"]),
        }
    }
}

/// Puts language, look and session within reach of every component.
pub fn provide() {
    provide_context(page_locale());
    provide_context(page_look());
    let reader = SharedValue::<Reader, Json>::new_with_encoding(|| {
        use_context().unwrap_or(Reader(Err(ApiError::SignedOut)))
    });
    provide_context(reader.into_inner());
}

/// The look of this page.
pub fn look() -> Look {
    use_context().unwrap_or_default()
}

/// The person signed in; inside the frame there always is one.
pub fn me() -> Option<MeView> {
    use_context()
}

/// On the server the bridge has decided; in the browser the page says so.
fn page_locale() -> Locale {
    use_context::<Locale>().or_else(|| attribute("lang").as_deref().and_then(from_tags)).unwrap_or_default()
}

fn page_look() -> Look {
    use_context::<Look>().unwrap_or_else(|| {
        let value = |name| attribute(name).unwrap_or_default();
        Look {
            theme: value("data-theme"),
            contrast: value("data-contrast"),
            text: value("data-text"),
            motion: value("data-motion"),
            menu: value("data-menu"),
        }
    })
}

fn attribute(name: &str) -> Option<String> {
    if !is_browser() {
        return None;
    }
    document().document_element().and_then(|html| html.get_attribute(name))
}

fn is_browser() -> bool {
    cfg!(target_arch = "wasm32")
}

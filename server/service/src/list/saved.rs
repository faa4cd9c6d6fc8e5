//! Views that a person named, kept with the account. Knows no filter: an address is a text here.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::FieldFault;
use contract::list::saved::{SavedView, VIEWS_MOST};

pub(crate) const VIEWS_KEY: &str = "views.list";

/// Names the view at hand; one of the same name gives way. The latest stands last.
pub async fn save_view(call: &Call, command: SavedView) -> Outcome<()> {
    let mut views = views(call).await?;
    views.retain(|view| view.name != command.name);
    if views.len() >= VIEWS_MOST {
        return Err(Failure::field("name", FieldFault::Wrong));
    }
    views.push(command);
    keep(call, &views).await
}

/// Forgets a view; one that is not there is forgotten already.
pub async fn drop_view(call: &Call, name: String) -> Outcome<()> {
    let mut views = views(call).await?;
    views.retain(|view| view.name != name);
    keep(call, &views).await
}

/// What is kept under [`VIEWS_KEY`]; a text that this version cannot read counts as none.
pub(crate) fn read(text: Option<&str>) -> Vec<SavedView> {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

async fn views(call: &Call) -> Outcome<Vec<SavedView>> {
    let text = store::preference::load(&*call.read().await?, call.user()?, VIEWS_KEY).await?;
    Ok(read(text.as_deref()))
}

async fn keep(call: &Call, views: &[SavedView]) -> Outcome<()> {
    let text = serde_json::to_string(views).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    crate::account::set_preference(call, VIEWS_KEY, &text).await
}

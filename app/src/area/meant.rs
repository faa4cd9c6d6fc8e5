//! What the text of a filter means as an area.

use super::api::search_areas;
use contract::error::ApiError;

/// The six digits at the beginning, as the picker writes them (`520526 Weining`); a name by itself is looked up. A text
/// that means no area comes back as it is, and the door says so.
pub async fn code_of(text: String) -> Result<String, ApiError> {
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.is_empty() || (first.len() == 6 && first.bytes().all(|byte| byte.is_ascii_digit())) {
        return Ok(first.to_owned());
    }
    let hits = search_areas(text.clone()).await?;
    Ok(hits.first().map_or(text, |hit| hit.code.to_string()))
}

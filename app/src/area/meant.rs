//! What the text of a filter means as an area.

use super::api::search_areas;
use contract::error::ApiError;

/// The six digits at the beginning, as the picker writes them (`520526 Weining`), or else the whole text.
pub fn picked(text: String) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_code = first.len() == 6 && first.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { first.to_owned() } else { text }
}

/// A code, or the area of a name when it is the only one found or the only one called just so. A text that means none or
/// several comes back as it is, and the door says so.
pub async fn code_of(text: String) -> Result<String, ApiError> {
    let text = picked(text);
    if text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text);
    }
    let hits = search_areas(text.clone()).await?;
    let mut exact = hits.iter().filter(|hit| hit.name == text);
    let meant = match (exact.next(), exact.next(), hits.as_slice()) {
        (Some(only), None, _) | (None, _, [only]) => Some(only),
        _ => None,
    };
    Ok(meant.map_or(text, |hit| hit.code.to_string()))
}

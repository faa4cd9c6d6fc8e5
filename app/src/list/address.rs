//! The address of a page of a list: everything that is shown can be linked to. Knows no component.

use contract::list::ListForm;
use leptos_router::params::ParamsMap;

/// The path of the lists.
pub const PATH: &str = "/projects";

/// The query of an address. Tick boxes send one name several times; those are joined by commas.
pub fn read(query: &ParamsMap) -> ListForm {
    let text = |name: &str| query.get(name).unwrap_or_default();
    let several = |name: &str| {
        query
            .get_all(name)
            .unwrap_or_default()
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(",")
    };
    ListForm {
        list: text("list"),
        area: text("area"),
        category: several("category"),
        stage: several("stage"),
        least: text("least"),
        most: text("most"),
        q: text("q"),
        sort: text("sort"),
        group: several("group"),
        page: text("page"),
    }
}

/// Names and values that are not empty, for links and hidden inputs.
pub fn parts(form: &ListForm) -> Vec<(&'static str, String)> {
    let all = [
        ("list", &form.list),
        ("area", &form.area),
        ("category", &form.category),
        ("stage", &form.stage),
        ("least", &form.least),
        ("most", &form.most),
        ("q", &form.q),
        ("sort", &form.sort),
        ("group", &form.group),
        ("page", &form.page),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.clone()))
        .collect()
}

/// The address of a query.
pub fn write(form: &ListForm) -> String {
    write_at(PATH, form)
}

/// The same query at another path, such as the export's.
pub fn write_at(path: &str, form: &ListForm) -> String {
    let pairs: Vec<String> =
        parts(form).iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// The same filter from its first page on.
pub fn first_page(form: &ListForm) -> ListForm {
    ListForm { page: String::new(), ..form.clone() }
}

/// True when rows are left out by something the person chose.
pub fn is_filtered(form: &ListForm) -> bool {
    [&form.area, &form.category, &form.stage, &form.least, &form.most, &form.q]
        .iter()
        .any(|text| !text.is_empty())
}

/// Percent-encodes what may not stand in a query.
fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b',');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_only_what_was_chosen() {
        let form = ListForm { list: "1y".into(), q: "冷链 1".into(), ..ListForm::default() };
        assert_eq!(write(&form), "/projects?list=1y&q=%E5%86%B7%E9%93%BE%201");
        assert_eq!(write(&ListForm::default()), "/projects");
        assert!(is_filtered(&form));
        assert!(!is_filtered(&ListForm { list: "5y".into(), ..ListForm::default() }));
    }
}
